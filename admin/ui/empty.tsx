import type { ReactNode } from 'react'
import styles from './empty.module.css'
import { Icon, type IconName } from './icon'

/** In place of what would be there: why it is not, and what to do. */
export function Empty({
  icon = 'calendar',
  title,
  role,
  children,
}: {
  icon?: IconName
  title: string
  role?: 'alert' | 'status'
  children?: ReactNode
}) {
  return (
    <div className={styles.empty} role={role}>
      <Icon name={icon} />
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  )
}
