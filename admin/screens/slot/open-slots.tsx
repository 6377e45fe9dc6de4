import { useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router-dom'
import { civilOf, isCivilDate, type CivilDate } from '../../../resources/shared/civil-time'
import {
  count,
  formatDay,
  formatHour,
  formatShortDate,
  parseTypedDate,
  parseTypedTime,
} from '../../../resources/shared/french'
import { useAction, useOpened, type OpenedData } from '../../client/action'
import { useAgent } from '../../client/agent'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery } from '../../client/query'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { DateField } from '../../ui/date-field'
import { ErrorText } from '../../ui/error-text'
import { Field, fieldAnchor } from '../../ui/field'
import { Guidance } from '../../ui/guidance'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import styles from './open-slots.module.css'

const crumbs = [{ label: 'Créneaux', href: paths.resourceAction('Slot', 'calendar') }]
const title = 'Ouvrir des créneaux'

/** Several days, at several hours: what will exist is said before it does. */
export function OpenSlots() {
  const { data: opened, failure, reload } = useOpened('Slot', 'new')
  if (!opened || failure)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  return <OpenForm start={opened.data} />
}

interface HoursLine {
  first: string
  last: string
  everyMinutes: string
}
const oneLine: HoursLine = { first: '', last: '', everyMinutes: '30' }

function OpenForm({ start: { options, values, guidance } }: { start: OpenedData<'Slot', 'new'> }) {
  // The calendar says where, and which day.
  const [asked] = useSearchParams()
  const offered = (name: 'agendaId' | 'typeCode') =>
    options[name].find(({ value }) => value === asked.get(name))?.value ?? values[name]
  const askedDay = asked.get('date') ?? ''
  const blank = {
    agendaId: offered('agendaId'),
    typeCode: offered('typeCode'),
    day: isCivilDate(askedDay) ? formatDay(askedDay) : '',
    dates: [] as CivilDate[],
    hours: [oneLine],
    durationMinutes: String(values.durationMinutes),
    capacity: String(values.capacity),
  }
  const draft = useDraft('ouvrir-creneaux', blank)
  const typed = draft.value
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()
  const { busy, run } = useAction('Slot', 'new')
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  const day = parseTypedDate(typed.day, today)

  // The day still in its field counts: nobody has to press "Ajouter" for the last one.
  const dates = [...new Set([...typed.dates, ...(day ? [day] : [])])].sort()
  const input = {
    agendaId: typed.agendaId,
    typeCode: typed.typeCode,
    dates: typed.day && !day ? [...dates, typed.day] : dates,
    hours: typed.hours.map(({ first, last, everyMinutes }) => ({
      first: parseTypedTime(first) ?? first,
      last: last && (parseTypedTime(last) ?? last),
      everyMinutes,
    })),
    durationMinutes: typed.durationMinutes,
    capacity: typed.capacity,
  }
  /** Where the slots are seen: on the calendar of their agenda, around their first day. */
  const toCalendar = (date: CivilDate | undefined) =>
    `${paths.resourceAction('Slot', 'calendar')}?${new URLSearchParams({
      ...(typed.agendaId && { agendaId: typed.agendaId }),
      ...(date && { date }),
    }).toString()}`
  const isWhole = input.agendaId && input.typeCode && dates.length > 0 && input.hours[0]?.first
  const { data: preview, failure: foreseen } = useQuery('previewSlots', isWhole ? input : null, {
    delay: 400,
  })
  const errors = refusal?.fieldErrors ?? foreseen?.fieldErrors ?? {}

  const change = (part: Partial<typeof blank>) => {
    setRefusal(null)
    draft.setValue((before) => ({ ...before, ...part }))
  }
  const changeLine = (rank: number, part: Partial<HoursLine>) =>
    change({ hours: typed.hours.map((line, at) => (at === rank ? { ...line, ...part } : line)) })

  const submit = async () => {
    setRefusal(null)
    const answer = await run(input)
    if (answer.ok) {
      draft.clear()
      navigate(toCalendar(dates[0]), { state: { notice: { title: answer.notice } } })
      return
    }
    setRefusal(answer)
    focusFirstError(form.current)
  }

  return (
    <Page title={title} crumbs={crumbs}>
      <form
        ref={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void submit()
        }}
      >
        <Card
          label={title}
          footer={
            <div className="cluster">
              <Button type="submit" look="main" busy={busy} data-key="main">
                {preview
                  ? `Ouvrir ${count(preview.slots.length, 'créneau', 'créneaux')}`
                  : 'Ouvrir les créneaux'}
              </Button>
              <ButtonLink to={toCalendar(dates[0])}>Renoncer</ButtonLink>
              <DraftKept draft={draft} onStartAgain={() => draft.clear(blank)} />
            </div>
          }
        >
          {guidance && <Guidance text={guidance} />}
          {refusal && <RefusalNote refusal={refusal} />}
          <div className={styles.pair}>
            <Choice
              name="agendaId"
              label="Agenda"
              options={options.agendaId}
              value={typed.agendaId}
              error={errors.agendaId}
              onChange={(agendaId) => change({ agendaId })}
            />
            <Choice
              name="typeCode"
              label="Type de convocation"
              options={options.typeCode}
              value={typed.typeCode}
              error={errors.typeCode}
              onChange={(typeCode) => change({ typeCode })}
            />
          </div>
          <Days
            text={typed.day}
            understood={day}
            dates={typed.dates}
            today={today}
            errors={errors}
            allDates={input.dates}
            onChange={change}
          />
          <fieldset id={fieldAnchor('hours')} data-invalid={errors.hours ? '' : undefined}>
            <legend>Heures</legend>
            {errors.hours && <ErrorText>{errors.hours}</ErrorText>}
            {typed.hours.map((line, rank) => (
              <div className={styles.hours} key={rank}>
                <Hour
                  name={`hours.${rank}.first`}
                  label={rank === 0 ? 'De' : 'Puis de'}
                  value={line.first}
                  error={errors[`hours.${rank}.first`]}
                  onChange={(first) => changeLine(rank, { first })}
                />
                <Hour
                  name={`hours.${rank}.last`}
                  label="à"
                  optional
                  value={line.last}
                  error={errors[`hours.${rank}.last`]}
                  onChange={(last) => changeLine(rank, { last })}
                />
                {line.last && (
                  <Field
                    name={`hours.${rank}.everyMinutes`}
                    label="par (minutes)"
                    required
                    error={errors[`hours.${rank}.everyMinutes`]}
                  >
                    {(field) => (
                      <input
                        {...field}
                        inputMode="numeric"
                        value={line.everyMinutes}
                        onChange={(event) => changeLine(rank, { everyMinutes: event.target.value })}
                      />
                    )}
                  </Field>
                )}
                {typed.hours.length > 1 && (
                  <Button
                    look="quiet"
                    icon="cross"
                    aria-label={`Retirer la ligne ${rank + 1}`}
                    onClick={() => change({ hours: typed.hours.filter((_, at) => at !== rank) })}
                  />
                )}
              </div>
            ))}
            <Button icon="plus" onClick={() => change({ hours: [...typed.hours, oneLine] })}>
              D’autres heures
            </Button>
          </fieldset>
          <div className={styles.pair}>
            <Field name="durationMinutes" label="Durée en minutes" required error={errors.durationMinutes}>
              {(field) => (
                <input
                  {...field}
                  inputMode="numeric"
                  value={typed.durationMinutes}
                  onChange={(event) => change({ durationMinutes: event.target.value })}
                />
              )}
            </Field>
            <Field name="capacity" label="Places par créneau" required error={errors.capacity}>
              {(field) => (
                <input
                  {...field}
                  inputMode="numeric"
                  value={typed.capacity}
                  onChange={(event) => change({ capacity: event.target.value })}
                />
              )}
            </Field>
          </div>
          <div role="status">
            {preview ? (
              <Foreseen preview={preview} />
            ) : (
              !isWhole && (
                <p className="hint">
                  Choisissez l’agenda, le type, un jour et une heure&nbsp;: ce qui va exister est dit ici
                  avant d’ouvrir.
                </p>
              )
            )}
          </div>
        </Card>
      </form>
    </Page>
  )
}

function Choice({
  name,
  label,
  options,
  value,
  error,
  onChange,
}: {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  value: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  return (
    <Field name={name} label={label} required error={error}>
      {(field) => (
        <select {...field} value={value} onChange={(event) => onChange(event.target.value)}>
          {value === '' && <option value="">Choisir</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** One field for the next day, and those that are chosen, each with its own error. */
function Days({
  text,
  understood,
  dates,
  today,
  errors,
  allDates,
  onChange,
}: {
  text: string
  understood: CivilDate | null
  dates: readonly CivilDate[]
  today: CivilDate
  errors: Readonly<Record<string, string>>
  /** As they are sent: errors name them by their rank. */
  allDates: readonly string[]
  onChange: (part: { day?: string; dates?: CivilDate[] }) => void
}) {
  const errorOf = (date: string) => errors[`dates.${allDates.indexOf(date)}`]
  const add = (date: CivilDate) => onChange({ day: '', dates: [...new Set([...dates, date])].sort() })
  return (
    <div className="stack tight">
      <Field
        name="dates"
        label="Jours"
        required
        hint={text ? undefined : 'Tapez 3/3, 3 mars ou mardi, puis Entrée pour en ajouter un autre.'}
        fine={understood && formatDay(understood)}
        error={errors.dates ?? (text ? errorOf(understood ?? text) : undefined)}
      >
        {(field) => (
          <DateField
            field={field}
            date={understood}
            today={today}
            value={text}
            onChange={(event) => onChange({ day: event.target.value })}
            onPick={add}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !understood) return
              event.preventDefault()
              add(understood)
            }}
          />
        )}
      </Field>
      {dates.length > 0 && (
        <ul className={styles.days} aria-label="Jours choisis">
          {dates.map((date) => (
            <li key={date}>
              {formatDay(date)}
              <Button
                look="quiet"
                icon="cross"
                aria-label={`Retirer ${formatDay(date)}`}
                onClick={() => onChange({ dates: dates.filter((other) => other !== date) })}
              />
              {errorOf(date) && <ErrorText>{errorOf(date)}</ErrorText>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Hour({
  name,
  label,
  optional = false,
  value,
  error,
  onChange,
}: {
  name: string
  label: string
  optional?: boolean
  value: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  const time = parseTypedTime(value)
  return (
    <Field
      name={name}
      label={label}
      required={!optional}
      optional={optional}
      fine={time && formatHour(time)}
      error={error}
    >
      {(field) => (
        <input
          {...field}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          placeholder={optional ? '' : '9h30'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** Exactly what will exist: a sentence, then each hour of each day. */
function Foreseen({
  preview: { slots, capacity },
}: {
  preview: { slots: readonly { date: CivilDate; time: string; already: boolean }[]; capacity: number }
}) {
  const days = [...new Set(slots.map(({ date }) => date))].filter(isCivilDate)
  const already = slots.filter((slot) => slot.already).length
  return (
    <div className="stack tight">
      <p>
        <b>{count(slots.length, 'créneau', 'créneaux')}</b>, {count(days.length, 'jour')}&nbsp;:{' '}
        {count(slots.length * capacity, 'place')} en tout.
      </p>
      {already > 0 && (
        <Alert tone="warn" title={`${count(already, 'existe déjà', 'existent déjà')} à la même heure`}>
          <p>{already > 1 ? 'Ils seront ouverts en double.' : 'Il sera ouvert en double.'}</p>
        </Alert>
      )}
      <ul className={styles.foreseen} aria-label="Ce qui existera">
        {days.map((date) => (
          <li key={date}>
            <span className={styles.date}>{formatShortDate(date)}</span>
            {slots
              .filter((slot) => slot.date === date)
              .map(({ time }) => (
                <span className={styles.chip} key={time}>
                  {formatHour(time)}
                </span>
              ))}
          </li>
        ))}
      </ul>
    </div>
  )
}
