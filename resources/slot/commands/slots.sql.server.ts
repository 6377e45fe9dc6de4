import { Prisma } from '@prisma/client'
import type { Moment } from '../../appointment/rules'
import { instantOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { SlotsAsked } from '../schema'
import type { AgendaToFill } from './agenda.server'

/** Slots by the hundred: one statement an act. */

/** When the agenda has slots of this type already, on these days. */
export const momentsThere = (
  ctx: Context,
  asked: { agendaId: number; typeCode: string; dates: CivilDate[] },
): Promise<Moment[]> =>
  rowsOf<Moment>(
    ctx,
    Prisma.sql`
      SELECT date::text AS date, start_time AS time FROM slot
       WHERE agenda_id = ${asked.agendaId} AND type_code = ${asked.typeCode} AND date = ANY (${asked.dates}::date[])`,
  )

/** @returns their ids. */
export async function insertSlots(
  ctx: Context,
  agenda: AgendaToFill,
  { typeCode, durationMinutes, capacity }: SlotsAsked,
  moments: readonly Moment[],
): Promise<number[]> {
  const { timeZone } = agenda.place.organization
  const rows = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, updated_at)
      SELECT ${agenda.id}, ${typeCode}, date, time, starts_at, ${durationMinutes}, ${capacity}, ${ctx.now}
        FROM unnest(${moments.map(({ date }) => date)}::date[], ${moments.map(({ time }) => time)}::text[],
                    ${moments.map(({ date, time }) => instantOf(date, time, timeZone))}::timestamptz[])
             AS moment (date, time, starts_at)
      RETURNING id`,
  )
  return rows.map(({ id }) => id)
}

/** Deletes slots; their rules do not make them again. */
export const removeSlots = (ctx: Context, slots: readonly { id: number }[]): Promise<unknown> =>
  rowsOf(
    ctx,
    Prisma.sql`
        WITH deleted AS (
          DELETE FROM slot WHERE id = ANY (${slots.map(({ id }) => id)}::int[])
          RETURNING recurring_slot_id, date),
        skipped AS (
          SELECT recurring_slot_id, array_agg(date) AS dates FROM deleted
           WHERE recurring_slot_id IS NOT NULL GROUP BY recurring_slot_id)
        UPDATE recurring_slot SET skipped_dates = skipped_dates || skipped.dates
          FROM skipped WHERE recurring_slot.id = skipped.recurring_slot_id`,
  )
