import type { ReactNode } from 'react'

/** Opens without JavaScript, by the browser's own search, and when the address names what it holds. */
export function Accordion({
  title,
  level = 3,
  id,
  open = false,
  children,
}: {
  title: ReactNode
  level?: 2 | 3 | 4
  /** Of what it holds: a link to it opens it. */
  id?: string
  open?: boolean
  children: ReactNode
}) {
  const Heading = `h${level}` as const
  return (
    <details className="fr-accordion" open={open}>
      <summary>
        <Heading className="fr-accordion__title">{title}</Heading>
      </summary>
      <div className="msj-accordion__content" id={id}>
        {children}
      </div>
    </details>
  )
}
