import type { ReactNode } from 'react'

/** Opens without JavaScript, and is found by the browser's own search. */
export function Accordion({
  title,
  open = false,
  children,
}: {
  title: string
  open?: boolean
  children: ReactNode
}) {
  return (
    <details className="fr-accordion" open={open}>
      <summary>
        <h3 className="fr-accordion__title">{title}</h3>
      </summary>
      <div className="msj-accordion__content">{children}</div>
    </details>
  )
}
