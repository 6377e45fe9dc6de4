import type { ReactNode } from 'react'

/** A table wider than a phone moves within its frame, by the keyboard too. */
export function Scrolling({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard
    <div className="msj-table" role="region" aria-labelledby={labelledBy} tabIndex={0}>
      {children}
    </div>
  )
}
