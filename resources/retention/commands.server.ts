import { Prisma } from '@prisma/client'
import type { Context } from '../shared/context'
import { day } from '../shared/duration'

/** What one call erases of each table at most: a backlog is worked off call by call, none of them long. */
export const eraseAtMost = 5_000

const tracesKeptFor = 365

/**
 * What is kept for a time: traces of reading and change one year (decision R8), sessions that are over,
 * links past their end, receipts, job lines, alerts that ended, reports of files, what visitors sent, and the outbox, whose names, numbers and links are only what
 * a demonstration of this week is looked at with.
 */
const kept: readonly [table: string, since: string, days: number][] = [
  ['audit_entry', 'at', tracesKeptFor],
  ['session', 'expire', 1],
  ['agent_token', 'expires_at', 30],
  ['sign_in_tries', 'expires_at', 0],
  ['space_token', 'expires_at', 30],
  ['space_session', 'expire', 1],
  ['space_sign_in_tries', 'expires_at', 0],
  ['receipt', 'received_at', 90],
  ['outbox_item', 'created_at', 7],
  ['job_run', 'started_at', 90],
  ['watch_alert', 'ended_at', 90],
  ['identity_look_up', 'at', 1],
  ['import_run', 'created_at', 30],
  ['test_sms', 'created_at', 30],
  // Twelve months, less for what was written to a service: said by each row.
  ['site_request', 'expires_at', 0],
  ['page_vote', 'day', 730],
]

/** Erases some of what is past its time. @returns how many rows: fewer than `eraseAtMost`, none is left. */
export async function eraseExpired(ctx: Context): Promise<number> {
  let erased = 0
  for (const [table, since, days] of kept) {
    const [from, at] = [table, since].map((name) => Prisma.raw(`"${name}"`))
    erased += await ctx.tx.$executeRaw`
      DELETE FROM ${from} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${from} WHERE ${at} < ${new Date(ctx.now.getTime() - days * day)} LIMIT ${eraseAtMost}))`
  }
  return erased + (await eraseDeletedAgents(ctx))
}

/** A deleted agent goes with the last trace of what they did, a year old. */
const eraseDeletedAgents = (ctx: Context) =>
  ctx.tx.$executeRaw`
    DELETE FROM agent WHERE id IN (
      SELECT id FROM agent
       WHERE deleted_at < ${new Date(ctx.now.getTime() - tracesKeptFor * day)}
         AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE agent_id = agent.id)
         AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE impersonator_id = agent.id)
       LIMIT ${eraseAtMost})`
