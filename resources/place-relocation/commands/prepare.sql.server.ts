import { Prisma } from '@prisma/client'
import type { HistoryEvent } from '../../history'
import type { CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** What a relocation moves by the thousand: one statement an act. */

/** An agenda or a rule of the old place, and the one of the new place that takes over. */
export interface Copied {
  id: number
  copyId: number
}

const copiesSql = (copied: readonly Copied[]): Prisma.Sql => Prisma.sql`
  unnest(${copied.map(({ id }) => id)}::int[], ${copied.map(({ copyId }) => copyId)}::int[]) AS copy (id, copy_id)`

interface Places {
  oldPlaceId: number
  newPlaceId: number
}

export const copyTypes = (ctx: Context, { oldPlaceId, newPlaceId }: Places) =>
  rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO place_appointment_type (place_id, type_code)
      SELECT ${newPlaceId}, type_code FROM place_appointment_type WHERE place_id = ${oldPlaceId}
          ON CONFLICT DO NOTHING`,
  )

/** The same rules, at the new place. */
export const copyRules = (ctx: Context, agendas: readonly Copied[]): Promise<Copied[]> =>
  rowsOf<Copied>(
    ctx,
    Prisma.sql`
      WITH made AS (
        INSERT INTO recurring_slot (agenda_id, type_code, weekday, start_time, duration_minutes, capacity,
                                    skipped_dates, updated_at)
        SELECT copy.copy_id, r.type_code, r.weekday, r.start_time, r.duration_minutes, r.capacity, r.skipped_dates,
               ${ctx.now}
          FROM recurring_slot r JOIN ${copiesSql(agendas)} ON copy.id = r.agenda_id
         WHERE r.archived_at IS NULL
        RETURNING id, agenda_id, type_code, weekday, start_time)
      SELECT r.id, made.id AS "copyId"
        FROM made
        JOIN ${copiesSql(agendas)} ON copy.copy_id = made.agenda_id
        JOIN recurring_slot r
          ON r.agenda_id = copy.id
         AND (r.type_code, r.weekday, r.start_time) = (made.type_code, made.weekday, made.start_time)`,
  )

/** The slots from the date on, those of a rule to its copy. @returns their ids. */
export async function moveSlots(
  ctx: Context,
  { agendas, rules, date }: { agendas: readonly Copied[]; rules: readonly Copied[]; date: CivilDate },
): Promise<number[]> {
  const moved = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      UPDATE slot
         SET agenda_id = copy.copy_id, updated_at = ${ctx.now},
             recurring_slot_id = coalesce(
               (SELECT rule.copy_id FROM unnest(${rules.map(({ id }) => id)}::int[],
                                                ${rules.map(({ copyId }) => copyId)}::int[]) AS rule (id, copy_id)
                 WHERE rule.id = slot.recurring_slot_id),
               slot.recurring_slot_id)
        FROM ${copiesSql(agendas)}
       WHERE slot.agenda_id = copy.id AND slot.date >= ${date}::date
      RETURNING slot.id`,
  )
  return moved.map(({ id }) => id)
}

/**
 * Whom these slots name are expected at the new place, and their history says so.
 *
 * @returns how many people are still to come.
 */
export async function moveAppointments(
  ctx: Context,
  { slots, newPlaceId }: { slots: readonly number[]; newPlaceId: number },
): Promise<number> {
  const [moved] = await rowsOf<{ people: number }>(
    ctx,
    Prisma.sql`
      WITH moved AS (
        UPDATE appointment SET place_id = ${newPlaceId}, updated_at = ${ctx.now}
         WHERE slot_id = ANY (${[...slots]}::int[])
        RETURNING id, probationer_id, slot_id, type_code, state),
      told AS (
        INSERT INTO history_entry (probationer_id, appointment_id, category, event, data, at)
        SELECT moved.probationer_id, moved.id, 'appointment', ${'appointment.relocated' satisfies HistoryEvent},
               json_build_object('date', slot.date, 'time', slot.start_time, 'typeCode', moved.type_code,
                                 'place', (SELECT name FROM place WHERE id = ${newPlaceId})),
               ${ctx.now}
          FROM moved JOIN slot ON slot.id = moved.slot_id
         WHERE moved.state = 'booked')
      SELECT count(DISTINCT probationer_id) FILTER (WHERE state = 'booked')::int AS people FROM moved`,
  )
  return moved?.people ?? 0
}

/** What closes the place or an agenda from the date on closes the new one; what goes across it is cut in two. */
export async function moveClosures(
  ctx: Context,
  {
    oldPlaceId,
    newPlaceId,
    agendas,
    slots,
    date,
  }: Places & { agendas: readonly Copied[]; slots: readonly number[]; date: CivilDate },
): Promise<void> {
  const concerned = Prisma.sql`
    closure.lifted_at IS NULL AND closure.last_date >= ${date}::date
    AND (closure.place_id = ${oldPlaceId} OR closure.agenda_id = ANY (${agendas.map(({ id }) => id)}::int[]))`
  const there = Prisma.sql`
    CASE WHEN closure.place_id IS NOT NULL THEN ${newPlaceId}::int END,
    (SELECT copy.copy_id FROM ${copiesSql(agendas)} WHERE copy.id = closure.agenda_id)`
  await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE closure SET (place_id, agenda_id) = (SELECT ${there})
       WHERE ${concerned} AND closure.first_date >= ${date}::date`,
  )
  await rowsOf(
    ctx,
    Prisma.sql`
      WITH across AS (
        SELECT closure.*, nextval(pg_get_serial_sequence('closure', 'id'))::int AS later_id
          FROM closure WHERE ${concerned} AND closure.first_date < ${date}::date),
      later AS (
        INSERT INTO closure (id, organization_id, place_id, agenda_id, first_date, last_date, from_time, to_time,
                             reason, created_by_id, created_at)
        SELECT closure.later_id, closure.organization_id, ${there}, ${date}::date, closure.last_date,
               closure.from_time, closure.to_time, closure.reason, closure.created_by_id, closure.created_at
          FROM across AS closure
        RETURNING id),
      earlier AS (
        UPDATE closure SET last_date = ${date}::date - 1 FROM across WHERE closure.id = across.id RETURNING 1)
      UPDATE slot SET closure_id = across.later_id
        FROM across
       WHERE slot.closure_id = across.id AND slot.id = ANY (${[...slots]}::int[])
         AND (SELECT count(*) FROM later) >= 0 AND (SELECT count(*) FROM earlier) >= 0`,
  )
}
