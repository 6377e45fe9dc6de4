import { Prisma } from '@prisma/client'
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
             seats_taken AS "seatsTaken", is_open AS "isOpen"
        FROM slot WHERE recurring_slot_id = ${recurringSlotId} AND date >= ${from}::date ORDER BY date`,
  )

/** Gives them the hour, the length and the seats of their rule. */
export const moveSlots = (ctx: Context, slots: readonly MadeSlot[], pattern: Pattern, timeZone: string) =>
  rowsOf(
    ctx,
    Prisma.sql`
      UPDATE slot
         SET start_time = ${pattern.startTime}, duration_minutes = ${pattern.durationMinutes},
             capacity = ${pattern.capacity}, starts_at = (date + ${pattern.startTime}::time) AT TIME ZONE ${timeZone}
       WHERE id = ANY (${slots.map(({ id }) => id)}::int[])`,
  )

/** Whom it expects keep it; it takes nobody more, and its day is free for the slot of the new hour. */
export const detachKept = (ctx: Context, slots: readonly MadeSlot[]) =>
  rowsOf(
    ctx,
    Prisma.sql`
      UPDATE slot SET capacity = seats_taken, recurring_slot_id = NULL
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
      UPDATE slot SET is_open = false, recurring_slot_id = NULL
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
