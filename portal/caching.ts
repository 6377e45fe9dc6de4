/** Of pages that are the same for everybody; opening hours on them may be five minutes old. */
export function publicHeaders() {
  return { 'Cache-Control': 'public, max-age=300, stale-while-revalidate=300' }
}
