import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import { useSearchParams } from 'react-router-dom'
import {
  addDays,
  civilOf,
  isCivilDate,
  isoWeekday,
  type CivilDate,
} from '../../../resources/shared/civil-time'
import {
  count,
  formatBriefDay,
  formatDay,
  formatHour,
  formatMonth,
  weekdays,
} from '../../../resources/shared/french'
import { useOpened, type OpenedData } from '../../client/action'
import { useAgent } from '../../client/agent'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import type { Lookups } from '../../lookups'
import { LeftAlone } from '../../frame/left-alone'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { DayPanel } from './day-panel'
import styles from './calendar.module.css'

type Calendar = ResultOf<Lookups['slotCalendar']>
type Day = Calendar['days'][number]
type Series = Day['series'][number]
type View = 'month' | 'week'

const title = 'Créneaux'

/** The slots of an agenda, month by month or week by week: free and in all, full, closed, holidays by their name. */
export function SlotCalendar() {
  const { data: opened, failure, reload } = useOpened('Slot', 'calendar')
  if (!opened || failure)
    return <EmptyPage title={title} what="le calendrier" failure={failure} onRetry={reload} />
  return <CalendarOf start={opened.data} />
}

const monday = (date: CivilDate) => addDays(date, 1 - isoWeekday(date))
/** A week-end shows the week that comes. */
const workday = (date: CivilDate) => (isoWeekday(date) > 5 ? addDays(date, 8 - isoWeekday(date)) : date)
/** From the Monday to the Friday around a month or a week. */
function spanOf(view: View, date: CivilDate): { from: CivilDate; to: CivilDate } {
  if (view === 'week') return { from: monday(date), to: addDays(monday(date), 4) }
  const first = `${date.slice(0, 7)}-01`
  const last = addDays(nextMonth(date, 1), -1)
  return { from: monday(first), to: addDays(monday(last), 4) }
}
/** The first day of a month, so many months away. */
function nextMonth(date: CivilDate, away: number): CivilDate {
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + away
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}

function CalendarOf({ start: { options, values } }: { start: OpenedData<'Slot', 'calendar'> }) {
  const [asked, ask] = useSearchParams()
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  const agendaId =
    options.agendaId.find(({ value }) => value === asked.get('agendaId'))?.value ??
    (values.agendaId || options.agendaId[0]?.value)
  const typeCode = options.typeCode.find(({ value }) => value === asked.get('typeCode'))?.value ?? ''
  const view: View = asked.get('view') === 'week' ? 'week' : 'month'
  const wanted = asked.get('date') ?? ''
  const date = workday(isCivilDate(wanted) ? wanted : today)
  const [chosen, choose] = useState<CivilDate | null>(null)
  const { from, to } = spanOf(view, date)

  const { data, failure, reload } = useQuery(
    'slotCalendar',
    agendaId ? { agendaId, typeCode, from, to, each: view === 'week' } : null,
    { live: true },
  )
  const show = (part: { agendaId?: string; typeCode?: string; view?: View; date?: CivilDate }) =>
    ask((before) => new URLSearchParams({ ...Object.fromEntries(before), ...part }), { replace: true })
  const day = data?.days.find((one) => one.date === chosen)
  const step = (away: 1 | -1) =>
    show({ date: view === 'week' ? addDays(monday(date), 7 * away) : workday(nextMonth(date, away)) })

  const toOpen = (day?: CivilDate) =>
    `${paths.resourceAction('Slot', 'new')}?${new URLSearchParams({
      ...(agendaId && { agendaId }),
      ...(typeCode && { typeCode }),
      ...(day && { date: day }),
    }).toString()}`
  const toClose = (day?: CivilDate) =>
    `${paths.resourceAction('Closure', 'new')}?${new URLSearchParams({
      ...(agendaId && { scope: `agenda:${agendaId}` }),
      ...(day && { date: day }),
    }).toString()}`

  if (!agendaId)
    return (
      <Page title={title}>
        <Card label={title}>
          <Empty icon="calendar" title="Aucun agenda où vous ouvrez des créneaux">
            <p className="hint">
              Les créneaux se placent dans les agendas des lieux de votre service qui reçoivent une sortie
              d’audience ou des poses de bracelet.
            </p>
            <LeftAlone />
          </Empty>
        </Card>
      </Page>
    )
  return (
    <Page
      title={title}
      lede={
        data && (
          <>
            <b>{count(data.freeSeats, 'place libre', 'places libres')}</b> d’ici le {formatDay(to)}. Les
            heures sont celles du lieu.
          </>
        )
      }
      actions={
        <>
          <ButtonLink to={toClose()} icon="lock">
            Fermer une période
          </ButtonLink>
          <ButtonLink to={toOpen()} look="main" icon="plus" shortcut="main">
            Ouvrir des créneaux
          </ButtonLink>
        </>
      }
    >
      {data && <StaleNote failure={failure} onRetry={reload} />}
      <LeftAlone />
      <div className={styles.toolbar}>
        <Field label="Agenda">
          {(field) => (
            <select
              {...field}
              value={agendaId}
              onChange={(event) => {
                choose(null)
                show({ agendaId: event.target.value })
              }}
            >
              {options.agendaId.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          )}
        </Field>
        {options.typeCode.length > 1 && (
          <Field label="Type">
            {(field) => (
              <select
                {...field}
                value={typeCode}
                onChange={(event) => show({ typeCode: event.target.value })}
              >
                <option value="">Tous</option>
                {options.typeCode.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <div className={styles.steps} role="group" aria-label="Période montrée">
          <Button
            icon="previous"
            aria-label={view === 'week' ? 'Semaine précédente' : 'Mois précédent'}
            onClick={() => step(-1)}
          />
          <b aria-live="polite">
            {view === 'week' ? `${formatBriefDay(from)} – ${formatBriefDay(to)}` : formatMonth(date)}
          </b>
          <Button
            icon="next"
            aria-label={view === 'week' ? 'Semaine suivante' : 'Mois suivant'}
            onClick={() => step(1)}
          />
        </div>
        <div className={styles.views} role="group" aria-label="Vue">
          <Button aria-pressed={view === 'month'} onClick={() => show({ view: 'month' })}>
            Mois
          </Button>
          <Button aria-pressed={view === 'week'} onClick={() => show({ view: 'week' })}>
            Semaine
          </Button>
          <ButtonLink to={`${paths.resource('Slot')}?${new URLSearchParams({ agendaId }).toString()}`}>
            Liste
          </ButtonLink>
        </div>
      </div>
      <div className={styles.split} data-open={day ? '' : undefined}>
        <section className="surface" aria-label="Calendrier">
          {!data && failure && <StaleNote failure={failure} onRetry={reload} />}
          {data && (
            <Grid
              data={data}
              view={view}
              month={view === 'month' ? date.slice(0, 7) : null}
              focused={date}
              chosen={chosen}
              typeLabels={
                typeCode ? {} : Object.fromEntries(options.typeCode.map(({ value, label }) => [value, label]))
              }
              onMove={(next) => show({ date: next })}
              onChoose={choose}
            />
          )}
          <p className={styles.legend}>
            <span className={styles.sample}>
              <span className={styles.chip} data-state="open">
                9 h <b>2 / 4</b>
              </span>{' '}
              libres / total
            </span>
            <span className={styles.sample}>
              <span className={styles.chip} data-state="full">
                plein
              </span>{' '}
              complet
            </span>
            <span className={styles.sample}>
              <span className={styles.chip} data-state="closed">
                fermé
              </span>{' '}
              ne reçoit plus
            </span>
            <span className={styles.keyboard}>
              Au clavier, les flèches vont d’un jour à l’autre, Entrée ouvre le jour.
            </span>
          </p>
        </section>
        {day && (
          <DayPanel
            key={`${agendaId} ${day.date}`}
            {...{ agendaId, typeCode, day, toOpen: toOpen(day.date), toClose: toClose(day.date) }}
            past={day.date < today}
            onClose={() => {
              choose(null)
              document.querySelector<HTMLElement>(`[data-day="${day.date}"]`)?.focus()
            }}
          />
        )}
      </div>
    </Page>
  )
}

/** Where the sheet lists days one under another: five columns of hours would not be read there. */
const phone = '(max-width: 700px)'
const useIsPhone = () =>
  useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(phone)
      query.addEventListener('change', onChange)
      return () => query.removeEventListener('change', onChange)
    },
    () => window.matchMedia(phone).matches,
  )

/** A row a week, or a row an hour; every day is a button, and the arrows go from one to another. */
function Grid({
  data: { days, today },
  view,
  month,
  focused,
  chosen,
  typeLabels,
  onMove,
  onChoose,
}: {
  data: Calendar
  view: View
  /** The month shown: days around it are set back. */
  month: string | null
  focused: CivilDate
  chosen: CivilDate | null
  /** Empty when one type alone is shown. */
  typeLabels: Readonly<Record<string, string>>
  onMove: (date: CivilDate) => void
  onChoose: (date: CivilDate | null) => void
}) {
  const table = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  const isPhone = useIsPhone()
  // The day may be of another month: its button is there once it is read.
  useEffect(() => {
    if (!moved.current) return
    const button = table.current?.querySelector<HTMLButtonElement>(`[data-day="${focused}"]`)
    if (!button) return
    moved.current = false
    button.focus()
  }, [focused, days])

  const onKeyDown = (event: KeyboardEvent, day: CivilDate) => {
    const next = dayAt(event.key, day)
    if (!next) return
    event.preventDefault()
    moved.current = true
    onMove(next)
  }
  const shown = new Map(days.map((day) => [day.date, day]))
  const entry = days.some(({ date }) => date === focused) ? focused : days[0]?.date
  const dayButton = (day: Day) => (
    <button
      type="button"
      className={styles.dayButton}
      data-day={day.date}
      tabIndex={day.date === entry ? 0 : -1}
      aria-pressed={day.date === chosen}
      aria-label={[formatDay(day.date), day.holiday && `${day.holiday}, férié`, seatsWords(day)]
        .filter(Boolean)
        .join(', ')}
      aria-current={day.date === today ? 'date' : undefined}
      onKeyDown={(event) => onKeyDown(event, day.date)}
      onClick={() => onChoose(day.date === chosen ? null : day.date)}
    >
      <span className={styles.wide}>
        {view === 'week' || (month && !day.date.startsWith(month))
          ? formatBriefDay(day.date)
          : Number(day.date.slice(8))}
      </span>
      <span className={styles.narrow}>{formatBriefDay(day.date)}</span>
    </button>
  )
  const notes = (day: Day) => (
    <>
      {day.holiday && <span className={styles.note}>{day.holiday}, férié</span>}
      {day.closed !== null && (
        <span className={styles.note}>{day.closed ? `Fermé\u00a0: ${day.closed}` : 'Fermé'}</span>
      )}
    </>
  )
  const names = Object.keys(typeLabels).length > 1 ? typeLabels : {}

  if (view === 'week' && !isPhone) {
    const hours = hoursOf(days)
    return (
      <table ref={table} className={styles.week}>
        <thead>
          <tr>
            <td />
            {days.map((day) => (
              <th key={day.date} scope="col" data-chosen={day.date === chosen ? '' : undefined}>
                {dayButton(day)}
                {notes(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour}>
              <th scope="row">{formatHour(hour)}</th>
              {days.map((day) => (
                <td key={day.date} data-off={day.holiday || day.closed !== null ? '' : undefined}>
                  <Chips
                    series={day.series.filter(({ first }) => first.slice(0, 2) === hour.slice(0, 2))}
                    names={names}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )
  }
  const weeks = days.filter(({ date }) => isoWeekday(date) === 1).map(({ date }) => date)
  return (
    <table ref={table} className={styles.month}>
      <thead>
        <tr>
          {weekdays.slice(0, 5).map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((first) => (
          <tr key={first}>
            {[0, 1, 2, 3, 4].map((away) => {
              const day = shown.get(addDays(first, away))
              return (
                day && (
                  <td
                    key={day.date}
                    data-around={month && !day.date.startsWith(month) ? '' : undefined}
                    data-off={day.holiday || day.closed !== null ? '' : undefined}
                    data-chosen={day.date === chosen ? '' : undefined}
                    data-today={day.date === today ? '' : undefined}
                    data-empty={
                      day.series.length === 0 && !day.holiday && day.closed === null ? '' : undefined
                    }
                  >
                    {dayButton(day)}
                    {notes(day)}
                    <Chips series={day.series} names={names} />
                  </td>
                )
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Chips({ series, names }: { series: readonly Series[]; names: Readonly<Record<string, string>> }) {
  if (series.length === 0) return null
  return (
    <ul className={styles.chips}>
      {series.map((one) => {
        const state = stateOf(one)
        const name = names[one.typeCode]
        return (
          <li key={`${one.typeCode} ${one.first} ${one.isOpen}`} className={styles.chip} data-state={state}>
            <span>
              {one.first === one.last
                ? formatHour(one.first)
                : `${formatHour(one.first)} à ${formatHour(one.last)}`}
            </span>{' '}
            <b>{state === 'open' ? `${one.free} / ${one.total}` : state === 'full' ? 'plein' : 'fermé'}</b>
            {name && <small>{name}</small>}
          </li>
        )
      })}
    </ul>
  )
}

const stateOf = ({ isOpen, free }: Series) => (!isOpen ? 'closed' : free === 0 ? 'full' : 'open')

function seatsWords({ series, closed }: Day): string {
  if (closed !== null) return 'fermé'
  if (series.length === 0) return 'aucun créneau'
  const slots = series.reduce((sum, one) => sum + one.slots, 0)
  const free = series.reduce((sum, one) => sum + one.free, 0)
  return `${count(slots, 'créneau', 'créneaux')}, ${count(free, 'place libre', 'places libres')}`
}

/** The worked day that a key goes to. */
function dayAt(key: string, date: CivilDate): CivilDate | null {
  switch (key) {
    case 'ArrowRight':
      return workday(addDays(date, 1))
    case 'ArrowLeft':
      return isoWeekday(date) === 1 ? addDays(date, -3) : addDays(date, -1)
    case 'ArrowDown':
      return addDays(date, 7)
    case 'ArrowUp':
      return addDays(date, -7)
    case 'PageDown':
      return workday(nextMonth(date, 1))
    case 'PageUp':
      return workday(nextMonth(date, -1))
    case 'Home':
      return monday(date)
    case 'End':
      return addDays(monday(date), 4)
    default:
      return null
  }
}

/** The hours that a week has slots in, and those between; a morning at least. */
function hoursOf(days: readonly Day[]): string[] {
  const hours = days.flatMap(({ series }) => series.map(({ first }) => Number(first.slice(0, 2))))
  const from = Math.min(9, ...hours)
  const to = Math.max(16, ...hours)
  return Array.from({ length: to - from + 1 }, (_, rank) => `${String(from + rank).padStart(2, '0')}:00`)
}
