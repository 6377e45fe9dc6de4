import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import styles from './tag.module.css'
import type { Tone } from './tone'

export const toneIcon: Record<Tone, IconName> = {
  ok: 'check',
  warn: 'warning',
  bad: 'cross',
  info: 'info',
  off: 'forbidden',
}

/** A state: a word, a sign, then a colour. */
export function Tag({
  tone,
  icon = toneIcon[tone],
  children,
}: {
  tone: Tone
  icon?: IconName
  children: ReactNode
}) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon name={icon} />
      {children}
    </span>
  )
}
