import { lazy, Suspense, useState, type InputHTMLAttributes } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import type { CivilDate } from '../../resources/shared/civil-time'
import { buttonClass } from './button'
import { classes } from './classes'
import styles from './date-field.module.css'
import type { FieldProps } from './field'
import { Icon } from './icon'

// Most dates are typed: the months are read when they are first asked for.
const Months = lazy(() => import('./months'))

/**
 * A day: typed in the agent's own words, or picked in the months that open beside it. The screen says what it
 * understood of what is typed; a day picked is written as typed ones are.
 *
 *   <Field label="Date">{(field) => <DateField field={field} value={text} onPick={…} onChange={…} />}</Field>
 */
export function DateField({
  field,
  date,
  today,
  onPick,
  ...input
}: {
  field: FieldProps
  /** What was understood: the day the months open on. */
  date: CivilDate | null
  today: CivilDate
  onPick: (date: CivilDate) => void
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.control}>
      <input autoComplete="off" {...field} {...input} />
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <AriaButton
          className={classes(buttonClass(), styles.opener) ?? ''}
          aria-label="Choisir dans le calendrier"
        >
          <Icon name="calendar" />
        </AriaButton>
        <Popover placement="bottom end" className={classes('surface', styles.popover) ?? ''}>
          <Dialog className={styles.months ?? ''} aria-label="Calendrier">
            <Suspense fallback={<p className="hint">Calendrier…</p>}>
              <Months
                date={date}
                today={today}
                onPick={(picked) => {
                  onPick(picked)
                  setOpen(false)
                }}
              />
            </Suspense>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  )
}
