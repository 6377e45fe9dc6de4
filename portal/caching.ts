/**
 * Of pages that are the same for everybody, in browsers and in what stands before the site; opening hours on them
 * may be five minutes old.
 */
export function publicHeaders() {
  return { 'Cache-Control': 'public, max-age=300, s-maxage=300, stale-while-revalidate=300' }
}
