import { Prisma } from '@prisma/client'
import { exitAgendaVisibleSql } from '../../place/queries/visible.sql.server'
import type { AgentActor, Role } from '../../shared/actor'
import type { CivilDate, CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { DeskType, Month } from '../schema'

/** The hot readings of a desk: the month of an agenda, each one statement. */

/** What a month of an agenda holds for a type. */
export interface DeskOf {
  typeCode: DeskType
  agendaId: number
  month: Month
}

export interface DeskAppointment {
  id: number
  organizationId: number
  creatingOrganizationId: number
  creatingOrganization: string
  /** Of who sent the person: whoever gave it another date is not told. */
  bookedByRole: Role | null
  prosecutionNumber: string | null
  person: { id: number; lastName: string; firstName: string; followingOrganizationIds: number[] }
  /** By id of the column. */
  values: Record<string, string>
}

export interface DeskSlot {
  id: number
  date: CivilDate
  time: CivilTime
  capacity: number
  seatsTaken: number
  isOpen: boolean
  toCome: boolean
  appointments: DeskAppointment[]
}

/** The first day of a month, and of the next. */
const daysOf = (month: Month): [first: string, next: string] => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return [`${month}-01`, `${next}-01`]
}

const slotsSql = ({ typeCode, agendaId, month }: DeskOf): Prisma.Sql => {
  const [first, next] = daysOf(month)
  return Prisma.sql`
    FROM slot s
   WHERE s.agenda_id = ${agendaId} AND s.type_code = ${typeCode} AND s.date >= ${first}::date AND s.date < ${next}::date`
}

/** Whoever is expected, or was: what was cancelled or moved leaves its seat. */
const held = Prisma.sql`a.state NOT IN ('cancelled', 'rescheduled')`

/** The slots that are open, and the closed ones where somebody is still expected, with who sits there. */
export const slotsOfDesk = (ctx: Context, desk: DeskOf): Promise<DeskSlot[]> =>
  rowsOf<DeskSlot>(
    ctx,
    Prisma.sql`
      SELECT * FROM (
        SELECT s.id, s.date::text AS date, s.start_time AS time, s.capacity, s.seats_taken AS "seatsTaken",
               s.is_open AS "isOpen", s.starts_at > ${ctx.now} AS "toCome",
               (SELECT coalesce(json_agg(json_build_object(
                         'id', a.id, 'organizationId', a.organization_id,
                         'creatingOrganizationId', a.creating_organization_id, 'creatingOrganization', o.name,
                         'bookedByRole', CASE WHEN a.rescheduled_from_id IS NULL THEN booker.role END,
                         'prosecutionNumber', a.prosecution_number,
                         'person', json_build_object('id', p.id, 'lastName', p.last_name, 'firstName', p.first_name,
                                                     'followingOrganizationIds', p.following_organization_ids),
                         'values', (SELECT coalesce(json_object_agg(v.custom_column_id, v.value), '{}')
                                      FROM custom_column_value v WHERE v.appointment_id = a.id)
                       ) ORDER BY p.last_name, p.first_name, a.id), '[]')
                  FROM appointment a
                  JOIN probationer p ON p.id = a.probationer_id
                  JOIN organization o ON o.id = a.creating_organization_id
                  LEFT JOIN agent booker ON booker.id = a.booked_by_id
                 WHERE a.slot_id = s.id AND ${held}) AS appointments
          ${slotsSql(desk)}) AS slots
       WHERE "isOpen" OR json_array_length(appointments) > 0
       ORDER BY date, time, id`,
  )

/** Whatever a desk shows changes it: a seat, a state, a number, a cell. Null of an agenda the actor may not read. */
export async function stampOfDesk(ctx: Context<AgentActor>, desk: DeskOf): Promise<string | null> {
  const [row] = await rowsOf<{ stamp: string }>(
    ctx,
    Prisma.sql`
      WITH slots AS MATERIALIZED (SELECT s.id, s.capacity, s.seats_taken, s.is_open ${slotsSql(desk)}),
           expected AS MATERIALIZED (
             SELECT a.id, a.slot_id, a.state, a.updated_at
               FROM slots JOIN appointment a ON a.slot_id = slots.id WHERE ${held}),
           cells AS (
             SELECT v.appointment_id, v.custom_column_id, v.value
               FROM expected JOIN custom_column_value v ON v.appointment_id = expected.id)
      SELECT concat_ws('/',
               (SELECT sum(hash_record_extended(slots, 0)) FROM slots),
               (SELECT sum(hash_record_extended(expected, 0)) FROM expected),
               (SELECT sum(hash_record_extended(cells, 0)) FROM cells)) AS stamp
        FROM agenda JOIN place p ON p.id = agenda.place_id
       WHERE agenda.id = ${desk.agendaId} AND ${exitAgendaVisibleSql(ctx.actor)}`,
  )
  return row?.stamp ?? null
}

/** Of these months of an agenda, in order, those that show a line, and whether a seat is free there. */
export const monthsOfDesk = async (
  ctx: Context,
  { typeCode, agendaId, months }: Omit<DeskOf, 'month'> & { months: readonly Month[] },
): Promise<{ month: Month; free: boolean }[]> => {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return []
  const [from] = daysOf(first)
  const [, until] = daysOf(last)
  return rowsOf(
    ctx,
    Prisma.sql`
      SELECT to_char(s.date, 'YYYY-MM') AS month,
             bool_or(s.is_open AND s.seats_taken < s.capacity AND s.starts_at > ${ctx.now}) AS free
        FROM slot s
       WHERE s.agenda_id = ${agendaId} AND s.type_code = ${typeCode}
         AND s.date >= ${from}::date AND s.date < ${until}::date
         AND (s.is_open OR EXISTS (SELECT 1 FROM appointment a WHERE a.slot_id = s.id AND ${held}))
       GROUP BY 1 ORDER BY 1`,
  )
}

/** The first month, from this day on, in which an agenda has a slot of the type; null when it has none. */
export async function firstMonthOf(
  ctx: Context,
  { typeCode, agendaId, from }: Omit<DeskOf, 'month'> & { from: CivilDate },
): Promise<Month | null> {
  const [row] = await rowsOf<{ month: Month | null }>(
    ctx,
    Prisma.sql`
      SELECT to_char(min(s.date), 'YYYY-MM') AS month FROM slot s
       WHERE s.agenda_id = ${agendaId} AND s.type_code = ${typeCode} AND s.date >= ${from}::date`,
  )
  return row?.month ?? null
}
