import { Prisma } from '@prisma/client'
import { holdsSql } from '../../closure/queries/holding.sql.server'
import { isWorkingDay } from '../../shared/calendar'
import { addDays, addMonths, civilOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { lock } from '../../shared/lock.server'
import { rowsOf } from '../../shared/prepared.server'
import { generatedMonths } from '../rules'

export interface Generated {
  made: number
  /** Rules of a type that their place receives no more: nothing is made for them. */
  leftOut: number
}

/**
 * Makes the slots that these rules lack, from today to six months ahead as the wall of each place counts: on worked
 * days of the territory, neither for what is archived, nor while its agenda or its place is closed, nor on the wrong
 * side of a relocation, nor where a slot was, closed ones included. Asked twice, it makes nothing.
 */
export async function generateSlots(ctx: Context, recurringSlotIds: readonly number[]): Promise<Generated> {
  if (recurringSlotIds.length === 0) return { made: 0, leftOut: 0 }
  const ids = [...recurringSlotIds]
  // Who changes a rule meanwhile waits, then finds what was made. Apart: what is read next sees a closure that was
  // being written.
  await lock(ctx, { recurring_slot: ids }, { recurring_slot: 'SHARE' })
  const departments = await rowsOf<{ code: string }>(
    ctx,
    Prisma.sql`
      SELECT DISTINCT p.department_code AS code
        FROM recurring_slot r JOIN agenda a ON a.id = r.agenda_id JOIN place p ON p.id = a.place_id
       WHERE r.id = ANY (${ids}::int[])`,
  )
  const worked = departments.flatMap(({ code }) => workedDays(ctx, code).map((date) => ({ code, date })))
  const [generated] = await rowsOf<Generated>(
    ctx,
    Prisma.sql`
      WITH rule AS MATERIALIZED (
        SELECT r.id, r.agenda_id, r.type_code, r.weekday, r.start_time, r.duration_minutes, r.capacity,
               r.skipped_dates, p.id AS place_id, p.department_code, o.time_zone,
               (${ctx.now}::timestamptz AT TIME ZONE o.time_zone)::date AS today,
               EXISTS (SELECT 1 FROM place_appointment_type t
                        WHERE t.place_id = p.id AND t.type_code = r.type_code) AS hosted
          FROM recurring_slot r
          JOIN agenda a ON a.id = r.agenda_id
          JOIN place p ON p.id = a.place_id
          JOIN organization o ON o.id = p.organization_id
         WHERE r.id = ANY (${ids}::int[])
           AND r.archived_at IS NULL AND a.archived_at IS NULL AND p.archived_at IS NULL),
      made AS (
        INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, recurring_slot_id)
        SELECT rule.agenda_id, rule.type_code, worked.date, rule.start_time, at.instant, rule.duration_minutes,
               rule.capacity, rule.id
          FROM rule
          JOIN unnest(${worked.map(({ code }) => code)}::text[], ${worked.map(({ date }) => date)}::date[])
               AS worked (department_code, date)
            ON worked.department_code = rule.department_code AND extract(isodow FROM worked.date) = rule.weekday
         CROSS JOIN LATERAL (
           -- People are received from 6 to 21: no clock of the Republic changes then.
           SELECT (worked.date + rule.start_time::time) AT TIME ZONE rule.time_zone AS instant) AS at
         WHERE rule.hosted
           AND at.instant > ${ctx.now}
           AND worked.date <= rule.today + interval '1 month' * ${generatedMonths}::int
           AND worked.date <> ALL (rule.skipped_dates)
           AND NOT EXISTS (SELECT 1 FROM slot WHERE recurring_slot_id = rule.id AND date = worked.date)
           AND NOT EXISTS (SELECT 1 FROM closure c
                            WHERE ${holdsSql({
                              agendaId: Prisma.sql`rule.agenda_id`,
                              placeId: Prisma.sql`rule.place_id`,
                              date: Prisma.sql`worked.date`,
                              time: Prisma.sql`rule.start_time`,
                            })})
           AND NOT EXISTS (SELECT 1 FROM place_relocation m
                            WHERE m.old_place_id = rule.place_id AND worked.date >= m.date
                               OR m.new_place_id = rule.place_id AND worked.date < m.date)
         ORDER BY worked.date, rule.start_time
        ON CONFLICT (recurring_slot_id, date) DO NOTHING
        RETURNING 1)
      SELECT (SELECT count(*) FROM made)::int AS made,
             (SELECT count(*) FROM rule WHERE NOT hosted)::int AS "leftOut"`,
  )
  return generated ?? { made: 0, leftOut: 0 }
}

/** The worked days of a département that any place of it may call today to six months ahead. */
function workedDays(ctx: Context, departmentCode: string): CivilDate[] {
  const { date } = civilOf(ctx.now, 'UTC')
  const last = addDays(addMonths(date, generatedMonths), 2)
  const days: CivilDate[] = []
  for (let day = addDays(date, -1); day <= last; day = addDays(day, 1))
    if (isWorkingDay(day, departmentCode)) days.push(day)
  return days
}

/** The rules of an agenda or of a place, in their order. */
export async function rulesOf(
  ctx: Context,
  { kind, id }: { kind: 'agenda' | 'place' | 'agent'; id: number },
): Promise<number[]> {
  if (kind === 'agent') return []
  const rows = await ctx.tx.recurringSlot.findMany({
    where: { archivedAt: null, ...(kind === 'agenda' ? { agendaId: id } : { agenda: { placeId: id } }) },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map((rule) => rule.id)
}

/** The rules of the places that keep this clock, in their order. */
export async function rulesAtClock(ctx: Context, timeZone: string): Promise<number[]> {
  const rows = await ctx.tx.recurringSlot.findMany({
    where: {
      archivedAt: null,
      agenda: { archivedAt: null, place: { archivedAt: null, organization: { timeZone } } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}
