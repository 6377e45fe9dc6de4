import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon'
import styles from './steps.module.css'

export interface Step {
  /** Says in words whether it was reached: "Partie", "Pas encore partie", "Pas partie". */
  label: string
  detail: ReactNode
  state: 'done' | 'waiting' | 'failed'
}
const stepIcons = { done: 'check', waiting: 'clock', failed: 'cross' } as const

/** The steps of a message: demandée, partie, reçue. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={step.label} className={styles[step.state]}>
          <b>
            <Icon name={stepIcons[step.state]} />
            {step.label}
          </b>
          {step.detail}
        </li>
      ))}
    </ol>
  )
}
