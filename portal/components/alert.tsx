import type { ReactNode } from 'react'
import { Icon } from './icon'

const kinds = {
  info: 'Information',
  message: 'Information',
  success: 'Succès',
  warning: 'Attention',
  error: 'Erreur',
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
  const role = live ? (kind === 'error' ? 'alert' : 'status') : undefined
  return (
    <div className={`fr-alert fr-alert--${kind}`} role={role} id={id} tabIndex={id ? -1 : undefined}>
      <h2 className="fr-alert__title">
        <Icon name={kind} />
        <span>
          <span className="fr-sr-only">{kinds[kind]}&nbsp;: </span>
          {title}
        </span>
      </h2>
      {children}
    </div>
  )
}
