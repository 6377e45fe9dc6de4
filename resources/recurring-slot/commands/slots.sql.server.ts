import { Prisma } from '@prisma/client'
import { holdsSql } from '../../closure/queries/holding.sql.server'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { MadeSlot, Pattern } from '../rules'

/** What becomes of the slots of a rule when it changes or goes: half a year of them at once. */

/** The slots of a rule from a day on. */
export const slotsFrom = (ctx: Context, recurringSlotId: number, from: string): Promise<MadeSlot[]> =>
  rowsOf<MadeSlot>(
    ctx,
    Prisma.sql`
      SELECT id, date::text AS date, start_time AS "startTime", duration_minutes AS "durationMinutes", capacity,
             seats_taken AS "seatsTaken", NOT is_open AND closure_id IS NULL AS "closedByHand",
             EXISTS (SELECT 1 FROM appointment WHERE slot_id = slot.id) AS "isNamed"
        FROM slot WHERE recurring_slot_id = ${recurringSlotId} AND date >= ${from}::date ORDER BY date`,
  )

/**
 * Gives them the hour, the length and the seats of their rule. At another hour, a slot is closed by what closes that
 * hour, and by nothing else.
 */
export const moveSlots = (
  ctx: Context,
  slots: readonly MadeSlot[],
  pattern: Pattern,
  { placeId, timeZone }: { placeId: number; timeZone: string },
) =>
  rowsOf(
    ctx,
    Prisma.sql`
      WITH moved AS (
        SELECT s.id, CASE WHEN s.start_time = ${pattern.startTime} THEN s.is_open ELSE c.id IS NULL END AS is_open,
               CASE WHEN s.start_time = ${pattern.startTime} THEN s.closure_id ELSE c.id END AS closure_id
          FROM slot s
          LEFT JOIN LATERAL (
            SELECT min(c.id) AS id FROM closure c
             WHERE ${holdsSql({
               agendaId: Prisma.sql`s.agenda_id`,
               placeId: Prisma.sql`${placeId}`,
               date: Prisma.sql`s.date`,
               time: Prisma.sql`${pattern.startTime}`,
             })}) AS c ON true
         WHERE s.id = ANY (${slots.map(({ id }) => id)}::int[]))
      UPDATE slot
         SET start_time = ${pattern.startTime}, duration_minutes = ${pattern.durationMinutes},
             capacity = ${pattern.capacity}, starts_at = (date + ${pattern.startTime}::time) AT TIME ZONE ${timeZone},
             is_open = moved.is_open, closure_id = moved.closure_id, updated_at = ${ctx.now}
        FROM moved WHERE slot.id = moved.id`,
  )

/** Whom it expects keep it; it takes nobody more, and its day is free for the slot of the new hour. */
export const detachKept = (ctx: Context, slots: readonly MadeSlot[]) =>
  rowsOf(
    ctx,
    Prisma.sql`
      UPDATE slot SET capacity = seats_taken, recurring_slot_id = NULL, updated_at = ${ctx.now}
       WHERE id = ANY (${slots.map(({ id }) => id)}::int[])`,
  )

/** Slots to come, taken away where nobody is expected: `kept` are those where somebody is. */
export async function takeAway(
  ctx: Context,
  slotIds: readonly number[],
): Promise<{ slots: number; kept: number }> {
  const ids = [...slotIds]
  const closed = await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE slot SET is_open = false, closure_id = NULL, recurring_slot_id = NULL, updated_at = ${ctx.now}
       WHERE id = ANY (${ids}::int[]) AND seats_taken = 0
         AND EXISTS (SELECT 1 FROM appointment WHERE slot_id = slot.id)
      RETURNING id`,
  )
  const deleted = await rowsOf(
    ctx,
    Prisma.sql`
      DELETE FROM slot
       WHERE id = ANY (${ids}::int[]) AND seats_taken = 0
         AND NOT EXISTS (SELECT 1 FROM appointment WHERE slot_id = slot.id)
      RETURNING id`,
  )
  const slots = closed.length + deleted.length
  return { slots, kept: ids.length - slots }
}
