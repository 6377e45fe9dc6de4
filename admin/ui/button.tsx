import { type ButtonHTMLAttributes, type ReactNode, type Ref } from 'react'
import { Link, type LinkProps } from 'react-router-dom'
import styles from './button.module.css'
import { classes } from './classes'
import { Icon, type IconName } from './icon'

export type ButtonLook = 'main' | 'danger' | 'danger solid' | 'quiet'

interface Looks {
  look?: ButtonLook | undefined
  icon?: IconName
  big?: boolean
  wide?: boolean
}

/** The class of what looks like a button, for the few that are neither of those below. */
export const buttonClass = ({ look, big, wide }: Looks = {}) =>
  classes(
    styles.button,
    ...(look ?? '').split(' ').map((name) => name && styles[name]),
    big && styles.large,
    wide && styles.wide,
  )

export function Button({
  look,
  icon,
  big = false,
  wide = false,
  busy = false,
  children,
  ...rest
}: Looks & {
  /** Waiting for an answer: a second press does nothing, the focus stays. */
  busy?: boolean
} & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ look, big, wide })}
      data-look={look}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : rest.onClick?.(event))}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A link within the back office that looks like a button. */
export function ButtonLink({
  look,
  icon,
  big = false,
  wide = false,
  shortcut,
  children,
  ...rest
}: Looks & {
  /** The act it is for the keyboard: see shortcuts.tsx. */
  shortcut?: string
} & Omit<LinkProps, 'className'>) {
  return (
    <Link
      {...rest}
      className={buttonClass({ look, big, wide })}
      data-button=""
      data-look={look}
      data-key={shortcut}
    >
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

/** Buttons that answer one question, side by side. */
export function ButtonGroup({
  label,
  groupRef,
  children,
}: {
  label: string
  groupRef?: Ref<HTMLDivElement>
  children: ReactNode
}) {
  return (
    <div className={styles.group} role="group" aria-label={label} ref={groupRef}>
      {children}
    </div>
  )
}
