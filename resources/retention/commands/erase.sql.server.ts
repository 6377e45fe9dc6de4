import { Prisma } from '@prisma/client'
import { recordAudit } from '../../audit/commands.server'
import { endMailPrefix } from '../../divestment/jobs'
import { deliveryKeyPrefix } from '../../message/jobs'
import { forgetSpaceTriesOf } from '../../probationer-space/commands/sign-in.server'
import { keepFigures } from '../../reporting/commands/hold.sql.server'
import type { Context } from '../../shared/context'
import { Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { rowsOf } from '../../shared/prepared.server'
import { erasableSql } from '../queries/due.sql.server'

/** Any number that only this act takes, beside the id of a person: two workers never wait for the same one. */
const erasureLock = 7_411_742

/**
 * Erases a person whose day has come (decision P6), in the transaction of the context.
 *
 * @returns false when another worker has them, or when they were unarchived or limited meanwhile.
 */
export async function eraseDue(ctx: Context, probationerId: number): Promise<boolean> {
  const [taken] = await rowsOf<{ mine: boolean }>(
    ctx,
    Prisma.sql`SELECT pg_try_advisory_xact_lock(${erasureLock}::int, ${probationerId}::int) AS mine`,
  )
  if (!taken?.mine) return false
  await holdWhole(ctx, [probationerId])
  const [due] = await rowsOf(
    ctx,
    Prisma.sql`SELECT 1 FROM probationer p WHERE p.id = ${probationerId} AND ${erasableSql(ctx.now)}`,
  )
  if (!due) return false
  await erase(ctx, probationerId)
  return true
}

/**
 * Locks persons with their appointments and the seats that go with them, in the house's order: nobody is midway
 * through an act on one of them.
 *
 * @throws Refused when an appointment was made, or changed slots, meanwhile: asked again, it is seen.
 */
export async function holdWhole(ctx: Context, probationerIds: readonly number[]): Promise<void> {
  const { appointments, slots } = await boundRows(ctx, probationerIds)
  await lock(
    ctx,
    { slot: slots, appointment: appointments, probationer: [...probationerIds] },
    { slot: 'UPDATE', appointment: 'UPDATE', probationer: 'UPDATE' },
  )
  const bound = await boundRows(ctx, probationerIds)
  const isHeld = (ids: readonly number[], held: readonly number[]) => ids.every((id) => held.includes(id))
  if (!isHeld(bound.appointments, appointments) || !isHeld(bound.slots, slots))
    throw new Refused('record.changed_meanwhile')
}

/** Their appointments; the slots where they hold a seat to come, and those that were opened for them alone. */
async function boundRows(ctx: Context, probationerIds: readonly number[]) {
  const [bound] = await rowsOf<{ appointments: number[]; slots: number[] }>(
    ctx,
    Prisma.sql`
      SELECT coalesce(array_agg(a.id), '{}') AS appointments,
             coalesce(array_agg(a.slot_id) FILTER (
               WHERE a.state = 'booked' AND a.starts_at > ${ctx.now} OR NOT t.uses_published_slots), '{}') AS slots
        FROM appointment a JOIN appointment_type t ON t.code = a.type_code
       WHERE a.probationer_id = ANY (${[...probationerIds]}::int[])`,
  )
  return bound ?? { appointments: [], slots: [] }
}

const counted = Prisma.sql`
  organization_id, place_id, type_code, month, referent_id, reminder, outcome,
  appointments, texts_sent, texts_received, parts_sent`
const added = Prisma.sql`
  ON CONFLICT (organization_id, month, place_id, type_code, referent_id, reminder, outcome) DO UPDATE
     SET appointments = cell.appointments + excluded.appointments,
         texts_sent = cell.texts_sent + excluded.texts_sent,
         texts_received = cell.texts_received + excluded.texts_received,
         parts_sent = cell.parts_sent + excluded.parts_sent`

/**
 * Erases a person who is held whole, and all that leads to them: appointments, whose seats to come are free again,
 * messages and their jobs, history, divestments, the account of their space, look-ups, the receipts and the outbox
 * where their numbers are. What their appointments count for is kept, by nobody's name, in the same transaction: no
 * figure moves. Traces keep ids, which name nobody any more.
 */
export async function erase(ctx: Context, probationerId: number): Promise<void> {
  const person = Prisma.sql`${probationerId}::int`
  await keepFigures(ctx, probationerId)
  await forgetSpaceTriesOf(ctx, probationerId)
  // What is leaving at this instant has left, and is in the outbox, before it is looked for there.
  await rowsOf(
    ctx,
    Prisma.sql`SELECT id FROM message WHERE probationer_id = ${person} ORDER BY id FOR UPDATE`,
  )
  const [dropped] = await rowsOf<{ ownSlots: number[]; divestments: number[] }>(
    ctx,
    Prisma.sql`
      WITH theirs AS MATERIALIZED (
        SELECT id, state, created_at FROM message WHERE probationer_id = ${person}),
      counted AS MATERIALIZED (
        SELECT live.organization_id, place_id, type_code, month, referent_id, reminder, outcome,
               count(*)::int AS appointments, sum(texts_sent)::int AS texts_sent,
               sum(texts_received)::int AS texts_received, sum(parts_sent)::int AS parts_sent,
               live.starts_at > night.counted_until AS later
          FROM reporting.live_appointment live
          LEFT JOIN reporting.service_night night ON night.organization_id = live.organization_id
         WHERE probationer_id = ${person} AND starts_at <= ${ctx.now}
         GROUP BY 1, 2, 3, 4, 5, 6, 7, later),
      kept AS (
        INSERT INTO reporting.erased_appointment AS cell (${counted})
        SELECT organization_id, place_id, type_code, month, referent_id, reminder, outcome,
               sum(appointments), sum(texts_sent), sum(texts_received), sum(parts_sent)
          FROM counted
         GROUP BY 1, 2, 3, 4, 5, 6, 7
         -- Two workers that add to the same cells come one after the other.
         ORDER BY 1, 4, 2, 3, 5, 6, 7
        ${added}),
      -- What the night has not counted yet is no more there to be counted as it is read.
      kept_for_today AS (
        INSERT INTO reporting.nightly_appointment_count AS cell (${counted})
        SELECT organization_id, place_id, type_code, month, referent_id, reminder, outcome,
               appointments, texts_sent, texts_received, parts_sent
          FROM counted WHERE later
         ORDER BY 1, 4, 2, 3, 5, 6, 7
        ${added}),
      freed AS (
        UPDATE slot SET seats_taken = seats_taken - seats.held
          FROM (SELECT slot_id, count(*)::int AS held FROM appointment
                 WHERE probationer_id = ${person} AND state = 'booked' AND starts_at > ${ctx.now}
                 GROUP BY slot_id) AS seats
         WHERE slot.id = seats.slot_id),
      numbers AS MATERIALIZED (
        SELECT phone FROM (
          SELECT phone FROM probationer WHERE id = ${person}
          UNION SELECT phone FROM message WHERE probationer_id = ${person}
          UNION SELECT unnest(ARRAY[data->>'from', data->>'to']) FROM history_entry
                 WHERE probationer_id = ${person} AND (event LIKE 'probationer.phone%' OR event = 'probationer.merged')) AS known
         -- One that is somebody else's by now leads to them, and their messages stay.
         WHERE phone IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM probationer other WHERE other.phone = known.phone AND other.id <> ${person})),
      sent AS (
        DELETE FROM outbox_item
         WHERE reference = ANY (ARRAY(SELECT ${deliveryKeyPrefix}::text || id || ':' || (extract(epoch FROM created_at) * 1000)::bigint FROM theirs))
            OR recipient = ANY (ARRAY(SELECT phone FROM numbers))),
      tested AS (
        DELETE FROM test_sms WHERE phone = ANY (ARRAY(SELECT phone FROM numbers))),
      received AS (
        DELETE FROM receipt WHERE phone_ends_in(raw) && ARRAY(SELECT right(phone, 9) FROM numbers)),
      jobs AS (
        SELECT graphile_worker.remove_job(${deliveryKeyPrefix}::text || id) FROM theirs
         WHERE state IN ('planned', 'sending', 'unknown'))
      SELECT (SELECT count(*) FROM jobs)::int AS jobs,
             ARRAY(SELECT id FROM divestment WHERE probationer_id = ${person}) AS divestments,
             ARRAY(SELECT a.slot_id FROM appointment a JOIN appointment_type t ON t.code = a.type_code
                    WHERE a.probationer_id = ${person} AND NOT t.uses_published_slots) AS "ownSlots"`,
  )
  await forgetMailsOf(ctx, dropped?.divestments ?? [])
  // Their rows everywhere go with theirs, by foreign key.
  await rowsOf(ctx, Prisma.sql`DELETE FROM probationer WHERE id = ${person}`)
  const ownSlots = dropped?.ownSlots ?? []
  if (ownSlots.length > 0)
    await rowsOf(
      ctx,
      Prisma.sql`
        DELETE FROM slot WHERE id = ANY (${ownSlots}::int[]) AND recurring_slot_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM appointment WHERE slot_id = slot.id)`,
    )
  await recordAudit(ctx, {
    action: 'delete',
    subject: 'probationer',
    subjectId: probationerId,
    probationerId,
  })
}

/** A mail that says how a request ended quotes what was answered, which may name the person. */
async function forgetMailsOf(ctx: Context, divestments: readonly number[]): Promise<void> {
  if (divestments.length === 0) return
  const references = divestments.map((id) => `${endMailPrefix(id)}%`)
  await rowsOf(
    ctx,
    Prisma.sql`DELETE FROM outbox_item WHERE channel = 'email' AND reference LIKE ANY (${references}::text[])`,
  )
}
