import { useEffect, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router-dom'
import { roleNames } from '../../../resources/agent/fr'
import { deskWords } from '../../../resources/hearing-exit/fr'
import type { DeskType } from '../../../resources/hearing-exit/schema'
import { count, formatDay, formatHour, formatMonth, fullName } from '../../../resources/shared/french'
import { useQuery } from '../../client/query'
import type { Column } from '../../define/list'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { LeftAlone } from '../../frame/left-alone'
import { paths } from '../../paths'
import { Button, buttonClass } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { Empty } from '../../ui/empty'
import { Field } from '../../ui/field'
import { Guidance } from '../../ui/guidance'
import { Icon } from '../../ui/icon'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'
import { BookSeat } from './book-seat'
import type { Day, Desk, Shown, Slot, Taken } from './data'
import { FilledCell } from './filled-cell'
import styles from './desk.module.css'

/** Another clerk's booking is seen so soon. */
const askedEvery = 4_000

const types: Readonly<Record<string, DeskType>> = {
  judgeDesk: 'hearing_exit_sentence_judge',
  probationDesk: 'hearing_exit_probation',
  tagDesk: 'electronic_tag_fitting',
}

/** Who leaves a hearing with a date: the month of an agenda, a seat a line, booked and filled where it stands. */
export function HearingExitDesk() {
  const { actionName = '' } = useParams()
  const typeCode = types[actionName] ?? 'hearing_exit_probation'
  return <DeskOf key={typeCode} typeCode={typeCode} />
}

function DeskOf({ typeCode }: { typeCode: DeskType }) {
  const { title, empty } = deskWords[typeCode]
  const [asked, ask] = useSearchParams()
  const { data, failure, reload } = useQuery(
    'hearingExitDesk',
    {
      typeCode,
      placeId: asked.get('placeId'),
      agendaId: asked.get('agendaId'),
      month: asked.get('month'),
    },
    { live: true },
  )
  const shown = data?.shown ?? null
  const { data: now } = useQuery(
    'deskStamp',
    shown && { typeCode, agendaId: shown.agendaId, month: shown.month },
    { every: askedEvery, live: true },
  )
  useEffect(() => {
    if (now && shown && now.stamp !== shown.stamp) reload()
  }, [now, shown, reload])
  const freeOnly = asked.get('free') === 'on'

  if (!data) return <EmptyPage title={title} what="les créneaux du mois" failure={failure} onRetry={reload} />
  const show = (part: Record<string, string>) =>
    ask((before) => new URLSearchParams({ ...Object.fromEntries(before), ...part }), { replace: true })
  const { places, agendas, placeId } = data
  const placeChoice = places.length > 1 && (
    <Choice
      label="Lieu"
      value={placeId}
      options={places.map(placeOption)}
      onChange={(value) => show({ placeId: value, agendaId: '', month: '' })}
    />
  )
  if (places.length === 0 || !shown)
    return (
      <Page title={title}>
        {placeChoice}
        <Card label={title}>
          <Empty icon="calendar" title={empty}>
            <LeftAlone />
            <p className="hint">
              Les services ouvrent leurs créneaux dans «&nbsp;Créneaux&nbsp;»&nbsp;; ils apparaissent ici
              aussitôt.
            </p>
          </Empty>
        </Card>
      </Page>
    )
  const days = shown.days
    .map((day) => ({ ...day, slots: freeOnly ? day.slots.filter(({ free }) => free > 0) : day.slots }))
    .filter(({ slots }) => slots.length > 0)
  return (
    <Page
      title={title}
      lede="Chaque ligne est une place. Les lignes libres se réservent ici, sans quitter la page."
      actions={
        <a
          className={buttonClass()}
          href={`/admin/api/files/sorties-audience.pdf?${new URLSearchParams({
            typeCode,
            placeId: String(placeId),
            agendaId: String(shown.agendaId),
            month: shown.month,
          }).toString()}`}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="print" /> Imprimer le mois (PDF)
        </a>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      <LeftAlone />
      <div className={styles.toolbar}>
        <Choice
          label="Mois"
          value={shown.month}
          options={shown.months.map((month) => ({ value: month, label: formatMonth(`${month}-01`) }))}
          onChange={(month) => show({ month })}
        />
        {placeChoice}
        {agendas.length > 1 && (
          <Choice
            label="Agenda"
            value={shown.agendaId}
            options={agendas.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(value) => show({ agendaId: value, month: '' })}
          />
        )}
        <Checkbox checked={freeOnly} onChange={(checked) => show({ free: checked ? 'on' : '' })}>
          Seulement les places libres
        </Checkbox>
      </div>
      {shown.guidance && <Guidance text={shown.guidance} />}
      <p className={styles.total} role="status">
        <b>{count(shown.free, 'place libre', 'places libres')}</b> sur {shown.seats} en{' '}
        {formatMonth(`${shown.month}-01`)}
      </p>
      {shown.days.length > 1 && (
        <nav className={styles.strip} aria-label="Jours du mois, et leurs places libres">
          {shown.days.map(({ date, free }) => (
            <a
              key={date}
              href={`#jour-${date}`}
              data-state={free > 0 ? 'open' : 'full'}
              aria-label={`${formatDay(date)}\u00a0: ${free > 0 ? count(free, 'place libre', 'places libres') : 'plein'}`}
            >
              {Number(date.slice(8))}
              <span>{free > 0 ? free : 'plein'}</span>
            </a>
          ))}
        </nav>
      )}
      {days.length === 0 && (
        <Card label={title}>
          <Empty
            icon="calendar"
            title={freeOnly ? 'Aucune place libre ce mois-ci' : 'Aucun créneau ce mois-ci'}
          >
            <p className="hint">Choisissez un autre mois ou un autre agenda.</p>
          </Empty>
        </Card>
      )}
      {days.map((day) => (
        <DayTable key={day.date} {...{ day, shown, typeCode }} />
      ))}
    </Page>
  )
}

const placeOption = ({ id, name, service }: Desk['places'][number]) => ({
  value: String(id),
  label: name === service ? name : `${name}, ${service}`,
})

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string | number | null
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  return (
    <Field label={label}>
      {(field) => (
        <select {...field} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
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

const fixed: readonly Column[] = [
  { key: 'hour', label: 'Heure', unbroken: true },
  { key: 'name', label: 'Nom' },
  { key: 'prosecution', label: 'N° de parquet', named: true },
  { key: 'service', label: 'Service d’origine', named: true },
]

function DayTable({ day, shown, typeCode }: { day: Day; shown: Shown; typeCode: DeskType }) {
  const own = shown.columns.map(({ id, name }): Column => ({ key: String(id), label: name, named: true }))
  const columns = [...fixed, ...own]
  return (
    <div id={`jour-${day.date}`} className={styles.block}>
      <Card
        title={formatDay(day.date)}
        flush
        aside={`${count(day.free, 'place libre', 'places libres')} sur ${day.seats}`}
      >
        <Table label={`Sorties d’audience, ${formatDay(day.date)}`} columns={columns}>
          {day.slots.flatMap((slot) => [
            ...slot.appointments.map((taken) => (
              <TakenLine key={taken.id} {...{ slot, taken, columns, shown }} />
            )),
            <FreeLine key={`free-${slot.id}`} {...{ slot, day, columns, shown, typeCode }} />,
          ])}
        </Table>
      </Card>
    </div>
  )
}

function TakenLine({
  slot,
  taken,
  columns,
  shown,
}: {
  slot: Slot
  taken: Taken
  columns: readonly Column[]
  shown: Shown
}) {
  const [hour, name, prosecution, service, ...own] = columns
  if (!hour || !name || !prosecution || !service) return null
  return (
    <Row>
      <Cell column={hour}>{formatHour(slot.time)}</Cell>
      <Cell column={name}>
        {taken.person ? (
          taken.mayShow ? (
            <Link to={paths.appointment(taken.id)}>{fullName(taken.person)}</Link>
          ) : (
            fullName(taken.person)
          )
        ) : (
          <span className="hint">Place prise</span>
        )}
        {!slot.isOpen && <span className="subline">créneau fermé</span>}
      </Cell>
      <Cell column={prosecution}>{taken.prosecutionNumber}</Cell>
      <Cell column={service}>
        {taken.service}
        {taken.role && <span className="subline">{roleNames[taken.role]}</span>}
      </Cell>
      {own.map((column, index) => {
        const cell = taken.cells[index]
        const kind = shown.columns[index]
        return (
          <Cell key={column.key} column={column}>
            {cell && kind && taken.person && (
              <FilledCell
                appointmentId={taken.id}
                column={kind}
                cell={cell}
                label={`${column.label} de ${fullName(taken.person)}`}
              />
            )}
          </Cell>
        )
      })}
    </Row>
  )
}

function FreeLine({
  slot,
  day,
  columns,
  shown,
  typeCode,
}: {
  slot: Slot
  day: Day
  columns: readonly Column[]
  shown: Shown
  typeCode: DeskType
}) {
  const [open, setOpen] = useState(false)
  const [hour, name, ...others] = columns
  // Opened, it stays when another clerk takes the last seat: what was typed is read, and refused with its reason.
  if (!hour || !name || (slot.free === 0 && !open)) return null
  const when = `${formatDay(day.date)} à ${formatHour(slot.time)}`
  return (
    <Row>
      <Cell column={hour}>{formatHour(slot.time)}</Cell>
      <Cell column={name}>
        <span className={styles.free}>
          {slot.free > 1 ? `${slot.free} places libres` : slot.free === 1 ? 'Place libre' : 'Plus de place'}
          {slot.mayBook && (
            <Button
              icon="plus"
              aria-expanded={open}
              aria-label={`Convoquer ici, ${when}`}
              onClick={() => setOpen(!open)}
            >
              Convoquer ici
            </Button>
          )}
        </span>
        {open && <BookSeat {...{ slot, when, shown, typeCode }} onClose={() => setOpen(false)} />}
      </Cell>
      {others.map((column) => (
        <Cell key={column.key} column={column} />
      ))}
    </Row>
  )
}
