/** The appointments of a day, and those whose outcome waits: the hour opens the appointment, the name the person. */
import { Link } from 'react-router-dom'
import { daysBetween } from '../../resources/shared/civil-time'
import {
  formatBriefDate,
  formatDay,
  formatHour,
  formatWeekday,
  fullName,
  inDays,
} from '../../resources/shared/french'
import { paths } from '../paths'
import type { Column } from '../define/list'
import { OutcomeCell } from '../screens/appointment/outcome-cell'
import { DeliveryTag } from '../screens/message/delivery-tag'
import { ButtonLink } from '../ui/button'
import { Card } from '../ui/card'
import { Empty } from '../ui/empty'
import { Cell, Row as TableRow, Table } from '../ui/table'
import { listOf, said, shownCount, type HomeData, type Row, type SaidBy } from './data'
import styles from './home.module.css'

const hourColumn: Column = { key: 'hour', label: 'Heure', unbroken: true }
const personColumn: Column = { key: 'person', label: 'Personne et type' }
const smsColumn: Column = { key: 'sms', label: 'SMS' }
const outcomeColumn: Column = { key: 'outcome', label: 'Est-elle venue\u00a0?', end: true }
/** Nobody has come yet: it opens the appointment, as the hour does. */
const openColumn: Column = { key: 'outcome', label: '', end: true, spare: true }

/** The day, and the next one beside it; when nobody is expected today, the next one in its place. */
export function Today({ data, todays }: { data: HomeData; todays: SaidBy<'todays'> }) {
  const { rows, total } = todays
  const next = said(data.cards.next)
  if (total === 0 && next && next.total > 0)
    return (
      <Card title={dayTitle(data.date, next.date)} flush aside={<RestOf data={data} day={next} />}>
        <DayTable
          act={openColumn}
          rows={next.rows}
          label={`Tableau des convocations du ${formatDay(next.date)}`}
        />
      </Card>
    )
  return (
    <Card title="Aujourd’hui" flush aside={<RestOf data={data} day={{ ...todays, date: data.date }} />}>
      {rows.length === 0 ? (
        <Empty title="Aucune convocation aujourd’hui">
          <Link to={paths.registerAndConvoke}>Enregistrer et convoquer une personne</Link>
        </Empty>
      ) : (
        <DayTable
          act={outcomeColumn}
          rows={rows}
          label="Tableau des convocations du jour"
          now={rows.findIndex((row) => row.time > data.time)}
        />
      )}
    </Card>
  )
}

/** The list of the day, where it has more than is shown. */
function RestOf({
  data,
  day: { rows, total, date },
  shown = rows.length,
}: {
  data: HomeData
  day: { rows: readonly Row[]; total: number; date: string }
  shown?: number
}) {
  if (total <= shown) return null
  return <Link to={listOf(data, `view=day&date=${date}`)}>Voir les {shownCount(total)}</Link>
}

function DayTable({
  act,
  rows,
  label,
  now,
}: {
  act: Column
  rows: readonly Row[]
  label: string
  now?: number
}) {
  return (
    <Table label={label} columns={[hourColumn, personColumn, smsColumn, act]}>
      {rows.map((row, index) => (
        <TableRow key={row.id} mark={index === now}>
          <Cell column={hourColumn}>
            <HourLink row={row} />
          </Cell>
          <PersonCell row={row} />
          <Cell column={smsColumn}>
            <DeliveryTag delivery={row.delivery} unreachable={row.probationer.unreachable} />
          </Cell>
          <Cell column={asksNothing(row) ? openColumn : act}>
            <OutcomeOrOpen row={row} />
          </Cell>
        </TableRow>
      ))}
    </Table>
  )
}

/** The hour, whose link says whose appointment it opens. */
function HourLink({ row }: { row: Row }) {
  const hour = formatHour(row.time)
  return (
    <Link to={paths.appointment(row.id)} aria-label={`${hour}, ${row.type}, ${fullName(row.probationer)}`}>
      <span className="hour">{hour}</span>
    </Link>
  )
}

function PersonCell({ row }: { row: Row }) {
  return (
    <Cell column={personColumn}>
      <Link to={paths.probationer(row.probationer.id)}>{fullName(row.probationer)}</Link>
      <span className="subline">{row.type}</span>
    </Cell>
  )
}

const asksNothing = ({ state, asksOutcome }: Row) => state === 'booked' && !asksOutcome

function OutcomeOrOpen({ row }: { row: Row }) {
  const name = fullName(row.probationer)
  if (asksNothing(row))
    return (
      <ButtonLink look="quiet" to={paths.appointment(row.id)} aria-label={`Ouvrir la convocation de ${name}`}>
        Ouvrir
      </ButtonLink>
    )
  return (
    <OutcomeCell
      data={{
        subject: {
          appointmentId: row.id,
          name,
          unreachable: row.probationer.unreachable,
          toldMissed: row.state === 'missed' && row.delivery?.kind === 'missed',
        },
        state: row.state,
        asks: row.asksOutcome,
        mayUndo: row.mayUndo,
        // The first page opens the appointment.
        toCome: null,
        reconvenes: row.mayReconvene ? row.probationer.id : null,
        reconvened: row.reconvened,
      }}
    />
  )
}

/** Beyond a week, the day is written in full. */
const dayTitle = (today: string, date: string) =>
  daysBetween(today, date) < 7 ? `${inDays(today, date)}, ${formatWeekday(date)}` : formatDay(date)

const fewRows = 5

export function NextDay({ data, next }: { data: HomeData; next: SaidBy<'next'> }) {
  const rows = next.rows.slice(0, fewRows)
  // In the place of today already.
  if (said(data.cards.todays)?.total === 0 && rows.length > 0) return null
  return (
    <Card
      title={dayTitle(data.date, next.date)}
      aside={<RestOf data={data} day={next} shown={rows.length} />}
    >
      {rows.length === 0 && <p className="hint">Aucune convocation à venir.</p>}
      {rows.length > 0 && (
        <ul className={styles.next}>
          {rows.map((row) => (
            <li key={row.id}>
              <HourLink row={row} />
              <Link to={paths.probationer(row.probationer.id)}>{fullName(row.probationer)}</Link>
              <DeliveryTag delivery={row.delivery} unreachable={row.probationer.unreachable} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const dateColumn: Column = { key: 'date', label: 'Date et heure', unbroken: true }
const unsettledColumns = [dateColumn, personColumn, outcomeColumn]

export function Unsettled({
  data,
  unsettled: { rows, total },
}: {
  data: HomeData
  unsettled: SaidBy<'unsettled'>
}) {
  if (rows.length === 0) return null
  return (
    <Card
      title="Issues à renseigner"
      flush
      aside={
        total > rows.length && (
          <Link to={listOf(data, 'view=outcome_missing')}>Voir les {shownCount(total)}</Link>
        )
      }
    >
      <Table label="Tableau des issues à renseigner" columns={unsettledColumns}>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <Cell column={dateColumn}>
              <HourLink row={row} />
              <span className="subline">{formatBriefDate(row.date)}</span>
            </Cell>
            <PersonCell row={row} />
            <Cell column={outcomeColumn}>
              <OutcomeOrOpen row={row} />
            </Cell>
          </TableRow>
        ))}
      </Table>
    </Card>
  )
}
