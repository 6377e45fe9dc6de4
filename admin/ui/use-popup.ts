import { useEffect, useRef, useState, type RefObject } from 'react'

/**
 * What opens in place: closes when the reader goes elsewhere, and at Échap, which brings the focus
 * back to the control that opened it (the first one of the place).
 */
export function usePopup(place: RefObject<HTMLElement | null>) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open) return
    const onElsewhere = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      place.current?.querySelector<HTMLElement>('input, button')?.focus()
    }
    document.addEventListener('pointerdown', onElsewhere)
    document.addEventListener('focusin', onElsewhere)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('pointerdown', onElsewhere)
      document.removeEventListener('focusin', onElsewhere)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [open, place])
  return [open, setOpen] as const
}

/**
 * A question that opened in place and waits for its answer: it takes the focus, Échap closes it, and the
 * focus goes back to what opened it, unless it is already elsewhere. The returned ref is for what is focused
 * first.
 */
export function usePanel<Element extends HTMLElement>(onClose: () => void): RefObject<Element> {
  const first = useRef<Element>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const opener = document.activeElement
    first.current?.focus()
    // Its buttons too, which come after what is focused.
    first.current?.closest('[role="group"]')?.scrollIntoView({ block: 'nearest' })
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      // The focus that was in the panel is lost with it; that of another panel's button stays there.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return first
}
