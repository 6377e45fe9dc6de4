import type { ReactNode, Ref } from 'react'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { Icon } from '../../ui/icon'
import styles from './book.module.css'

/** A form that makes a date: what is chosen, the SMS beside it, and the act that stays in sight below them. */
export function BookingLayout({
  formRef,
  messages,
  act,
  paper,
  onSubmit,
  children,
}: {
  formRef: Ref<HTMLFormElement>
  messages: ReactNode
  /** What is about to be done, and its button. */
  act: ReactNode
  /** What becomes of the paper, which alone holds. */
  paper: ReactNode
  onSubmit: () => void
  children: ReactNode
}) {
  return (
    <form
      className={classes('split', styles.columns)}
      noValidate
      ref={formRef}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <div className="stack">{children}</div>
      <div className={styles.aside}>
        {messages}
        <div className={styles.confirm}>
          <Card label="Valider">
            {act}
            <p className="hint cluster beside">
              <Icon name="paper" />
              <span>{paper}</span>
            </p>
          </Card>
        </div>
      </div>
    </form>
  )
}
