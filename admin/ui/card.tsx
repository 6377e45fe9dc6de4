import { useId, type ReactNode } from 'react'
import { classes } from './classes'
import styles from './card.module.css'

/** A part of a screen: its title, its content, its foot. */
export function Card({
  title,
  step,
  aside,
  footer,
  footerStays = false,
  flush = false,
  label,
  question = false,
  children,
}: {
  title?: ReactNode
  /** It asks one question: the keys of outcomes answer it while the focus is inside. */
  question?: boolean
  /** The number of a step, before the title. */
  step?: number
  /** At the end of the title line. */
  aside?: ReactNode
  footer?: ReactNode
  /** The foot stays in sight at the foot of the window: the button of a form longer than it. */
  footerStays?: boolean
  /** Without inner margins: for a table. */
  flush?: boolean
  /** Its accessible name when it shows no title. */
  label?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      className={classes('surface', styles.card)}
      data-question={question ? '' : undefined}
      {...(title ? { 'aria-labelledby': id } : label ? { 'aria-label': label } : {})}
    >
      {title && (
        <header>
          {step !== undefined && <span className={styles.step}>{step}</span>}
          <h2 id={id}>{title}</h2>
          {aside && <div className={styles.aside}>{aside}</div>}
        </header>
      )}
      {flush ? children : <div className={classes('stack', styles.body)}>{children}</div>}
      {footer && <footer className={footerStays ? styles.stays : undefined}>{footer}</footer>}
    </section>
  )
}
