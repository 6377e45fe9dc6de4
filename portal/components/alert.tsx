import type { ReactNode } from 'react'
import { useLocation } from '@remix-run/react'
import { languageOf, languageWords } from '../../resources/shared/language'
import { Icon } from './icon'

const kinds = {
  info: 'information',
  message: 'information',
  success: 'success',
  warning: 'warning',
  error: 'error',
} as const

interface AlertProps {
  kind: keyof typeof kinds
  title: string
  /** Of the answer to an act: read out at once. */
  live?: boolean
  id?: string
  children?: ReactNode
}

/** Colour and sign repeat the word that stands before the title for those who hear it. */
export function Alert({ kind, title, live = false, id, children }: AlertProps) {
  const words = languageWords[languageOf(useLocation().pathname)]
  const role = live ? (kind === 'error' ? 'alert' : 'status') : undefined
  return (
    <div className={`fr-alert fr-alert--${kind}`} role={role} id={id} tabIndex={id ? -1 : undefined}>
      <h2 className="fr-alert__title">
        <Icon name={kind} />
        <span>
          <span className="fr-sr-only">{words[kinds[kind]]}&nbsp;: </span>
          {title}
        </span>
      </h2>
      {children}
    </div>
  )
}
