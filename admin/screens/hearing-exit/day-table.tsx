import { Link } from 'react-router-dom'
import { roleNames } from '../../../resources/agent/fr'
import { seatWords } from '../../../resources/hearing-exit/fr'
import type { DeskType } from '../../../resources/hearing-exit/schema'
import { count, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import type { Column } from '../../define/list'
import { paths } from '../../paths'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Icon } from '../../ui/icon'
import { Cell, Row, Table } from '../../ui/table'
import { Tag } from '../../ui/tag'
import { BookSeat } from './book-seat'
import type { Day, Shown, Slot, Taken } from './data'
import { FilledCell } from './filled-cell'
import type { InHand } from './in-hand'
import styles from './desk.module.css'

const fixed: readonly Column[] = [
  { key: 'hour', label: 'Heure', unbroken: true },
  { key: 'name', label: 'Nom' },
  { key: 'prosecution', label: 'N° de parquet', named: true },
  { key: 'service', label: 'Service d’origine', named: true },
]

/** A day of a desk: its seats one a line, those that are taken, then the free ones. */
export function DayTable({
  day,
  shown,
  typeCode,
  inHand,
  justArrived,
}: {
  day: Day
  shown: Shown
  typeCode: DeskType
  inHand: InHand
  justArrived: ReadonlySet<number>
}) {
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
              <TakenLine
                key={taken.id}
                {...{ slot, taken, columns, shown, inHand }}
                isNew={justArrived.has(taken.id) && !inHand.booked.includes(taken.id)}
              />
            )),
            <FreeLine key={`free-${slot.id}`} {...{ slot, day, columns, shown, typeCode, inHand }} />,
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
  inHand,
  isNew,
}: {
  slot: Slot
  taken: Taken
  columns: readonly Column[]
  shown: Shown
  inHand: InHand
  /** Convoked by somebody else while the page was open. */
  isNew: boolean
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
        {isNew && (
          <span className={styles.arrived}>
            <Tag tone="info" icon="clock">
              à l’instant
            </Tag>
          </span>
        )}
        {!slot.isOpen && <span className="subline">créneau fermé</span>}
        {inHand.booked.includes(taken.id) && <Paper appointmentId={taken.id} />}
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
                onWrite={() => inHand.keep(slot.id)}
              />
            )}
          </Cell>
        )
      })}
    </Row>
  )
}

/** What whoever has just been convoked takes away: only the paper holds. */
const Paper = ({ appointmentId }: { appointmentId: number }) => (
  <span className={styles.paper}>
    <a
      href={paths.summons(appointmentId)}
      target="_blank"
      rel="noreferrer"
      data-light=""
      data-paper={appointmentId}
    >
      <Icon name="print" /> Imprimer la convocation
      <span className="visually-hidden"> (nouvel onglet)</span>
    </a>
  </span>
)

function FreeLine({
  slot,
  day,
  columns,
  shown,
  typeCode,
  inHand,
}: {
  slot: Slot
  day: Day
  columns: readonly Column[]
  shown: Shown
  typeCode: DeskType
  inHand: InHand
}) {
  const [hour, name, ...others] = columns
  const seat = { date: day.date, slot }
  const form = inHand.forms.find((one) => one.slot.id === slot.id)
  // Opened, it stays when another clerk takes the last seat: what was typed goes to another one.
  if (!hour || !name || (slot.empty === 0 && !form)) return null
  const when = `${formatDay(day.date)} à ${formatHour(slot.time)}`
  return (
    <Row>
      <Cell column={hour}>{formatHour(slot.time)}</Cell>
      <Cell column={name}>
        <span className={styles.free}>
          {slot.empty > 1
            ? `${slot.empty} places libres`
            : slot.empty === 1
              ? 'Place libre'
              : 'Plus de place'}
          {slot.empty > 0 && slot.whyNot && <span className="hint">{seatWords[slot.whyNot]}</span>}
          {slot.free > 0 && !slot.whyNot && (
            <Button
              icon="plus"
              aria-expanded={form !== undefined}
              aria-label={`Convoquer ici, ${when}`}
              onClick={() => (form ? inHand.close(slot.id) : inHand.open(seat))}
            >
              Convoquer ici
            </Button>
          )}
        </span>
        {form && <BookSeat {...{ seat, form, shown, typeCode, inHand }} />}
      </Cell>
      {others.map((column) => (
        <Cell key={column.key} column={column} />
      ))}
    </Row>
  )
}
