import { useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * What is being written stays under the eye when the page is read again and lines come or go above it: the page
 * scrolls by as much as it was pushed.
 */
export function useStillPlace(): RefObject<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null)
  const written = place.current?.contains(document.activeElement) ? document.activeElement : null
  // Where it is before this render is drawn.
  const before = written?.getBoundingClientRect().top
  useLayoutEffect(() => {
    if (before === undefined || !written?.isConnected || written !== document.activeElement) return
    const moved = written.getBoundingClientRect().top - before
    if (moved !== 0) window.scrollBy(0, moved)
  })
  return place
}
