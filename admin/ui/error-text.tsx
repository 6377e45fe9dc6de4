import type { ReactNode } from 'react'
import styles from './error-text.module.css'
import { Icon } from './icon'

/** What is wrong, in a sentence. `announce` reads it to screen readers when it appears, away from a field. */
export function ErrorText({
  id,
  announce = false,
  children,
}: {
  id?: string
  announce?: boolean
  children: ReactNode
}) {
  return (
    <p className={styles.error} id={id} role={announce ? 'alert' : undefined}>
      <Icon name="warning" />
      {children}
    </p>
  )
}
