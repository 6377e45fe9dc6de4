import type { Context } from '../../shared/context'
import { deliverMessage, deliveryKeyPrefix, deliveryPriority } from '../jobs'
import { claimLasts, receiptsStopAfter } from '../rules'

/** Rows a sweep takes at once: one bad row never stops more than its batch. */
export const sweepBatch = 500

const ago = (ctx: Context, milliseconds: number) => new Date(ctx.now.getTime() - milliseconds)

/**
 * Puts back in the queue what is due and planned without a job of its own: lost with a database
 * restored, or dropped by hand. A retry under way keeps its hour. Oldest deadline first.
 */
export async function enqueueDueMessages(ctx: Context): Promise<number> {
  const enqueued = await ctx.tx.$queryRaw<unknown[]>`
    SELECT 1 FROM (
      SELECT id, kind, row_number() OVER (ORDER BY deadline, id) AS turn FROM (
        SELECT m.id, m.kind, m.deadline FROM message m
         WHERE m.state = 'planned' AND m.due_at <= ${ctx.now}
           AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j
                            WHERE j.key = ${deliveryKeyPrefix} || m.id AND j.attempts < j.max_attempts)
         ORDER BY m.deadline, m.id LIMIT ${sweepBatch} FOR UPDATE OF m SKIP LOCKED) locked
      ) due,
      LATERAL graphile_worker.add_job(
        identifier => ${deliverMessage.name},
        payload => json_build_object('messageId', due.id),
        run_at => ${ctx.now}::timestamptz + due.turn * interval '1 microsecond',
        job_key => ${deliveryKeyPrefix} || due.id,
        priority => CASE due.kind WHEN 'reminder' THEN ${deliveryPriority('reminder')} ELSE ${deliveryPriority('summons')} END::int
      ) job`
  return enqueued.length
}

/** A claim without an answer for ten minutes is a crash between claim and answer: outcome unknown. */
export async function giveUpLostClaims(ctx: Context): Promise<void> {
  const by = ago(ctx, claimLasts)
  await ctx.tx
    .$executeRaw`UPDATE message SET state = 'unknown' WHERE state = 'sending' AND claimed_at < ${by}`
  await ctx.tx
    .$executeRaw`UPDATE test_sms SET state = 'unknown' WHERE state = 'sending' AND claimed_at < ${by}`
}

/** Nothing has come back for 72 hours: said as such to the agent, and never as received. */
export function closeWithoutReceipt(ctx: Context): Promise<number> {
  return ctx.tx.$executeRaw`
    UPDATE message SET end_reason = 'no_receipt', ended_at = ${ctx.now}
     WHERE state = 'sent' AND ended_at IS NULL AND sent_at < ${ago(ctx, receiptsStopAfter)}`
}
