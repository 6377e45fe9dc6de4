import { useRef } from 'react'
import { appointmentRefusals } from '../../../resources/appointment/fr'
import { workingDayFrom } from '../../../resources/shared/calendar'
import { addDays, addMonths, type CivilDate, type CivilTime } from '../../../resources/shared/civil-time'
import { formatDay, formatHour, formatShortDate } from '../../../resources/shared/french'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Checkbox } from '../../ui/checkbox'
import { DateField } from '../../ui/date-field'
import { Field } from '../../ui/field'
import { Tag } from '../../ui/tag'
import styles from './book.module.css'
import { typedAfter, type Errors, type Preview } from './state'

const periods: [string, (from: CivilDate) => CivilDate][] = [
  ['1 semaine', (from) => addDays(from, 7)],
  ['2 semaines', (from) => addDays(from, 14)],
  ['1 mois', (from) => addMonths(from, 1)],
]

/** Days that one click chooses: so long from today, or so much later than it was. */
export function Shortcuts({
  from,
  later = false,
  onChoose,
}: {
  from: CivilDate
  later?: boolean
  onChoose: (date: CivilDate) => void
}) {
  return (
    <div className={styles.shortcuts} role="group" aria-label="Raccourcis de date">
      {!later && <span className="hint">dans</span>}
      {periods.map(([label, dateFrom]) => (
        <Button key={label} onClick={() => onChoose(dateFrom(from))}>
          {later ? `+\u00a0${label}` : label}
        </Button>
      ))}
    </div>
  )
}

/** A day and an hour as typed, and what they were understood as. */
export interface TypedMoment {
  date: string
  dateUnderstood: CivilDate | null
  time: string
}
type MomentChange = Partial<Pick<TypedMoment, 'date' | 'time'>> & { keepOverlap: boolean }

/** A day and an hour of an agenda, typed freely: shortcuts, what is taken, what is free. */
export function FreeMoment({
  focused,
  today,
  laterThan,
  departmentCode,
  allowedOnDaysOff,
  typed,
  time,
  preview,
  errors,
  onChange,
}: {
  focused: boolean
  today: CivilDate
  /** The day of the appointment that is moved. */
  laterThan?: CivilDate
  departmentCode: string
  allowedOnDaysOff: boolean
  typed: TypedMoment
  time: CivilTime | null
  preview: Preview | null
  errors: Errors
  onChange: (change: MomentChange) => void
}) {
  const date = typed.dateUnderstood
  // What a shortcut wrote: text typed after it replaces it.
  const written = useRef({ date: '', time: '' })
  const write = (field: 'date' | 'time', text: string) => {
    written.current[field] = text
    onChange({ [field]: text, keepOverlap: false })
  }
  const type = (field: 'date' | 'time', text: string) => {
    const added = typedAfter(written.current[field], text)
    written.current[field] = ''
    onChange({ [field]: added, keepOverlap: false })
  }
  const refusal = preview?.refusal
  const sentence = refusal && appointmentRefusals[refusal].replace('{holiday}', preview.holiday ?? '')
  const onHour = refusal === 'appointment.hour_outside'
  const dateError = errors.date ?? (sentence && !onHour ? sentence : undefined)
  const timeError = errors.time ?? (sentence && onHour ? sentence : undefined)
  const isTaken = time !== null && preview?.day?.taken.includes(time)
  const workingDay = (wanted: CivilDate): CivilDate =>
    allowedOnDaysOff ? wanted : workingDayFrom(wanted, departmentCode)
  return (
    <div className={styles.moment}>
      <div className="stack">
        <Field
          name="date"
          label="Date"
          required
          hint={date ? undefined : 'Tapez 3/3, 3 mars ou mardi'}
          fine={date && formatDay(date)}
          error={dateError}
        >
          {(field) => (
            <DateField
              field={field}
              date={date}
              today={today}
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={focused}
              value={typed.date}
              onChange={(event) => type('date', event.target.value)}
              onPick={(day) => write('date', formatShortDate(day))}
            />
          )}
        </Field>
        <Shortcuts
          from={laterThan ?? today}
          later={laterThan !== undefined}
          onChoose={(day) => write('date', formatShortDate(workingDay(day)))}
        />
      </div>
      <div className="stack">
        <Field
          name="time"
          label="Heure"
          required
          hint={time ? undefined : 'Tapez 1430 ou 14h30'}
          fine={time && !isTaken && formatHour(time)}
          error={timeError}
        >
          {(field) => (
            <input
              {...field}
              value={typed.time}
              autoComplete="off"
              inputMode="numeric"
              onChange={(event) => type('time', event.target.value)}
            />
          )}
        </Field>
        {isTaken && (
          <p role="status">
            <Tag tone="warn" icon="warning">
              Déjà prise dans cet agenda
            </Tag>
          </p>
        )}
        {preview?.day && preview.day.free.length > 0 && (
          <div className="cluster" role="group" aria-label="Libres ce jour-là">
            <span className="hint">libres</span>
            {preview.day.free.slice(0, 5).map((free) => (
              <Button key={free} aria-pressed={free === time} onClick={() => write('time', formatHour(free))}>
                {formatHour(free)}
              </Button>
            ))}
          </div>
        )}
        {preview?.day && preview.day.taken.length > 0 && (
          <p className="hint">
            Prises dans cet agenda&nbsp;: {preview.day.taken.map(formatHour).join(', ')}.
          </p>
        )}
      </div>
    </div>
  )
}

/** Where else the person is expected: at that moment, which may be kept; or that day, which is only said. */
export function Elsewhere({
  preview,
  keep,
  error,
  onChange,
}: {
  preview: Preview | null
  keep: boolean
  error: string | undefined
  onChange: (change: { keepOverlap: boolean }) => void
}) {
  const overlap = preview?.overlap
  if (!overlap && !error) return <SameDay expected={preview?.sameDay ?? []} />
  return (
    <Alert
      tone="warn"
      announce="status"
      title={overlap?.sameInstant ? 'Déjà une convocation à cette heure' : 'Déjà une convocation à ce moment'}
    >
      <p>
        {overlap?.at
          ? `${overlap.at.placeName}, ${formatDay(overlap.at.date)} à ${formatHour(overlap.at.time)}.`
          : overlap
            ? 'Dans un service d’un autre ressort.'
            : error}
      </p>
      {!overlap?.sameInstant && (
        <Checkbox
          field="keepOverlap"
          checked={keep}
          error={overlap ? error : undefined}
          onChange={(keepOverlap) => onChange({ keepOverlap })}
        >
          Garder cette heure
        </Checkbox>
      )}
    </Alert>
  )
}

function SameDay({ expected }: { expected: Preview['sameDay'] }) {
  if (expected.length === 0) return null
  return (
    <Alert tone="info" announce="status" title="Déjà une convocation ce jour-là">
      <p>
        {expected
          .map(({ placeName, date, time }) => `${formatDay(date)} à ${formatHour(time)}, ${placeName}`)
          .join('\u00a0; ')}
        . Vous pouvez garder ce jour.
      </p>
    </Alert>
  )
}
