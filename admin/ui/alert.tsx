import { useEffect, useRef, type ReactNode } from 'react'
import styles from './alert.module.css'
import { Icon, type IconName } from './icon'
import { toneIcon } from './tag'
import type { Tone } from './tone'

/**
 * A notice in place. `announce` reads it to screen readers when it appears: `status` politely,
 * `alert` at once. `focus` brings the focus to it, after an act.
 */
export function Alert({
  tone,
  title,
  icon = tone === 'bad' ? 'warning' : toneIcon[tone],
  announce,
  focus = false,
  children,
}: {
  tone: Tone
  title?: ReactNode
  icon?: IconName
  announce?: 'status' | 'alert'
  focus?: boolean
  children?: ReactNode
}) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) element.current?.focus()
  }, [focus])
  return (
    <div
      ref={element}
      className={styles.alert}
      data-tone={tone}
      role={announce}
      tabIndex={focus ? -1 : undefined}
    >
      <Icon name={icon} />
      {title && <b>{title}</b>}
      {children}
    </div>
  )
}
