import { Prisma } from '@prisma/client'
import { holdsSql } from '../../closure/queries/holding.sql.server'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { removeSlots } from '../../slot/commands/slots.sql.server'

/** What a merge does to half a year of slots: one statement an act. */

interface Pair {
  /** The agenda that is emptied. */
  agendaId: number
  intoId: number
}

/** The slots to come of both agendas. */
export async function slotsConcerned(ctx: Context, { agendaId, intoId }: Pair): Promise<number[]> {
  const slots = await ctx.tx.slot.findMany({
    where: { agendaId: { in: [agendaId, intoId] }, startsAt: { gt: ctx.now } },
    select: { id: true },
  })
  return slots.map(({ id }) => id)
}

interface RuleMet {
  id: number
  metId: number
  weekday: number
  startTime: string
  sameLength: boolean
  /** Of both together. */
  seats: number
}

/** The rules that the other agenda has too: the same type, day and hour. */
export const rulesMet = (ctx: Context, { agendaId, intoId }: Pair): Promise<RuleMet[]> =>
  rowsOf<RuleMet>(
    ctx,
    Prisma.sql`
      SELECT r.id, met.id AS "metId", r.weekday, r.start_time AS "startTime",
             r.duration_minutes = met.duration_minutes AS "sameLength", r.capacity + met.capacity AS seats
        FROM recurring_slot r
        JOIN recurring_slot met USING (type_code, weekday, start_time)
       WHERE r.agenda_id = ${agendaId} AND met.agenda_id = ${intoId}
       ORDER BY r.weekday, r.start_time`,
  )

interface SlotMet {
  ids: number[]
  metId: number
  date: string
  startTime: string
  seats: number
}

/** Whether a slot `s` joins a slot `met`: the seat of a free hour is one person's, and joins nothing. */
const joinsSql = Prisma.sql`
  (s.type_code, s.starts_at, s.duration_minutes, s.is_open)
    = (met.type_code, met.starts_at, met.duration_minutes, met.is_open)
  AND s.closure_id IS NOT DISTINCT FROM met.closure_id
  AND EXISTS (SELECT 1 FROM appointment_type t WHERE t.code = s.type_code AND t.uses_published_slots)`

/** The slots to come that join one of the other agenda; of twins there, the first. */
export const slotsMet = (ctx: Context, { agendaId, intoId }: Pair): Promise<SlotMet[]> =>
  rowsOf<SlotMet>(
    ctx,
    Prisma.sql`
      SELECT array_agg(pair.id) AS ids, pair.met_id AS "metId", pair.date::text AS date,
             pair.start_time AS "startTime", (sum(pair.capacity) + met.capacity)::int AS seats
        FROM (SELECT s.id, s.date, s.start_time, s.capacity,
                     (SELECT min(met.id) FROM slot met WHERE met.agenda_id = ${intoId} AND ${joinsSql}) AS met_id
                FROM slot s WHERE s.agenda_id = ${agendaId} AND s.starts_at > ${ctx.now}) AS pair
        JOIN slot met ON met.id = pair.met_id
       GROUP BY pair.met_id, pair.date, pair.start_time, met.capacity
       ORDER BY pair.date, pair.start_time`,
  )

/** How many slots to come would join one of each of these agendas. */
export const joinsByAgenda = (
  ctx: Context,
  agendaId: number,
  intoIds: readonly number[],
): Promise<{ intoId: number; slots: number }[]> =>
  rowsOf(
    ctx,
    Prisma.sql`
      SELECT met.agenda_id AS "intoId", count(DISTINCT s.id)::int AS slots
        FROM slot s JOIN slot met ON ${joinsSql}
       WHERE s.agenda_id = ${agendaId} AND s.starts_at > ${ctx.now} AND met.agenda_id = ANY (${[...intoIds]}::int[])
       GROUP BY met.agenda_id`,
  )

/** Seats add up, appointments follow theirs, the emptied slots go. @returns how many joined another. */
export async function joinSlots(ctx: Context, met: readonly SlotMet[]): Promise<number> {
  const pairs = met.flatMap(({ ids, metId }) => ids.map((id) => ({ id, metId })))
  if (pairs.length === 0) return 0
  const pairsSql = Prisma.sql`unnest(${pairs.map(({ id }) => id)}::int[], ${pairs.map(({ metId }) => metId)}::int[])
                              AS pair (id, met_id)`
  await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE slot SET capacity = slot.capacity + added.capacity, seats_taken = slot.seats_taken + added.seats_taken,
                      updated_at = ${ctx.now}
        FROM (SELECT pair.met_id, sum(s.capacity)::int AS capacity, sum(s.seats_taken)::int AS seats_taken
                FROM ${pairsSql} JOIN slot s ON s.id = pair.id GROUP BY pair.met_id) AS added
       WHERE slot.id = added.met_id`,
  )
  await rowsOf(
    ctx,
    Prisma.sql`UPDATE appointment SET slot_id = pair.met_id FROM ${pairsSql} WHERE appointment.slot_id = pair.id`,
  )
  // Its rule, moved, would make it again beside the one it joined.
  await removeSlots(ctx, pairs)
  return pairs.length
}

/**
 * The slots to come that join none change agenda, and close with what closes it; whose rule has a slot that day
 * already leave it.
 */
export async function moveSlots(ctx: Context, { agendaId, intoId }: Pair): Promise<number> {
  const moved = await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE slot SET agenda_id = ${intoId}, updated_at = ${ctx.now}, is_open = slot.is_open AND shut.id IS NULL,
             closure_id = coalesce(slot.closure_id, shut.id), recurring_slot_id = CASE
               WHEN met.id IS NULL THEN slot.recurring_slot_id
               WHEN EXISTS (SELECT 1 FROM slot taken WHERE taken.recurring_slot_id = met.id AND taken.date = slot.date)
                 THEN NULL
               ELSE met.id END
        FROM slot s
        LEFT JOIN recurring_slot r ON r.id = s.recurring_slot_id
        LEFT JOIN recurring_slot met
          ON met.agenda_id = ${intoId}
         AND (met.type_code, met.weekday, met.start_time) = (r.type_code, r.weekday, r.start_time)
        LEFT JOIN LATERAL (
          -- The place is the same: what closes it has closed them already.
          SELECT min(c.id) AS id FROM closure c
           WHERE ${holdsSql({
             agendaId: Prisma.sql`${intoId}`,
             placeId: Prisma.sql`NULL::int`,
             date: Prisma.sql`s.date`,
             time: Prisma.sql`s.start_time`,
           })}
             AND s.is_open
             AND EXISTS (SELECT 1 FROM appointment_type t WHERE t.code = s.type_code AND t.uses_published_slots)) AS shut
          ON true
       WHERE slot.id = s.id AND s.agenda_id = ${agendaId} AND s.starts_at > ${ctx.now}
      RETURNING slot.id`,
  )
  return moved.length
}

/** A rule that the other agenda has too is one with it from now on. */
export async function joinRules(ctx: Context, met: readonly RuleMet[]): Promise<void> {
  if (met.length === 0) return
  await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE recurring_slot SET capacity = met.seats, updated_at = ${ctx.now}
        FROM unnest(${met.map(({ metId }) => metId)}::int[], ${met.map(({ seats }) => seats)}::int[]) AS met (id, seats)
       WHERE recurring_slot.id = met.id`,
  )
  await ctx.tx.recurringSlot.deleteMany({ where: { id: { in: met.map(({ id }) => id) } } })
}

/** The other rules change agenda. @returns how many. */
export async function moveRules(ctx: Context, { agendaId, intoId }: Pair): Promise<number> {
  const { count } = await ctx.tx.recurringSlot.updateMany({
    where: { agendaId },
    data: { agendaId: intoId, updatedAt: ctx.now },
  })
  return count
}
