import type { ReactNode } from 'react'
import styles from './error-text.module.css'
import { Icon } from './icon'

/** What is wrong, in a sentence. `announce` reads it to screen readers when it appears, away from a field. */
export function ErrorText({
  id,
  announce = false,
  tone = 'bad',
  children,
}: {
  id?: string
  announce?: boolean
  /** A warning refuses nothing. */
  tone?: 'bad' | 'warn'
  children: ReactNode
}) {
  return (
    <p className={styles.error} data-tone={tone} id={id} role={announce ? 'alert' : undefined}>
      <Icon name="warning" />
      {children}
    </p>
  )
}
