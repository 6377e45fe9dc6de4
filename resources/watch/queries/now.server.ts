import { Prisma } from '@prisma/client'
import { smsProvider, receiptsStopAfter } from '../../message/rules'
import type { Context } from '../../shared/context'
import { lateSince, watchedTaskNames, type LastRun, type WatchedTask } from '../rules'

/** What waits for its hour that has come, and what is under way: by partial indexes, as small as what they count. */
export async function messagesWaiting(ctx: Context) {
  const [row] = await ctx.tx.$queryRaw<
    { due: number; late: number; oldestDueAt: Date | null; sending: number; unknown: number }[]
  >`
    SELECT count(*)::int AS due, count(*) FILTER (WHERE m.due_at < ${lateSince(ctx.now)})::int AS late,
           min(m.due_at) AS "oldestDueAt",
           (SELECT count(*)::int FROM message WHERE state = 'sending') AS sending,
           (SELECT count(*)::int FROM message WHERE state = 'unknown') AS unknown
      FROM message m WHERE m.state = 'planned' AND m.due_at <= ${ctx.now}`
  return row ?? { due: 0, late: 0, oldestDueAt: null, sending: 0, unknown: 0 }
}

/**
 * Whether receipts come by themselves: the last one, and since when messages have left without any. The list of the
 * provider tells of them meanwhile: what they have become says nothing of receipts.
 */
export async function receiptsNow(ctx: Context) {
  const last = await ctx.tx.receipt.findFirst({
    where: { listed: false },
    orderBy: { receivedAt: 'desc' },
    select: { receivedAt: true },
  })
  const stop = new Date(ctx.now.getTime() - receiptsStopAfter)
  const lastAt = last?.receivedAt ?? null
  const [row] = await ctx.tx.$queryRaw<{ awaited: number; unanswered: Date | null }[]>`
    SELECT (SELECT count(*)::int FROM message
             WHERE state = 'sent' AND sent_at > ${stop} AND ended_at IS NULL) AS awaited,
           (SELECT min(sent_at) FROM message
             WHERE state NOT IN ('planned', 'cancelled') AND due_at > ${stop} AND sent_at > ${lastAt ?? stop}) AS unanswered`
  return { lastAt, awaited: row?.awaited ?? 0, unanswered: row?.unanswered ?? null }
}

/** What is known of the credit. */
export async function accountNow(ctx: Context) {
  const account = await ctx.tx.smsAccount.findUnique({
    where: { provider: smsProvider },
    select: { credits: true, creditsAt: true, unreadSince: true },
  })
  return account ?? { credits: null, creditsAt: null, unreadSince: null }
}

/** The last run of each task that runs by itself; of one that never ran, none. */
export async function lastRuns(ctx: Context): Promise<LastRun[]> {
  return ctx.tx.$queryRaw<(LastRun & { task: WatchedTask })[]>`
    SELECT run.task, run.started_at AS "startedAt", run.duration_ms AS "durationMs", run.handled, run.left_out AS "leftOut"
      FROM unnest(ARRAY[${Prisma.join([...watchedTaskNames])}]::text[]) WITH ORDINALITY AS watched (task, nth),
           LATERAL (SELECT * FROM job_run WHERE task = watched.task ORDER BY started_at DESC LIMIT 1) run
     ORDER BY nth`
}
