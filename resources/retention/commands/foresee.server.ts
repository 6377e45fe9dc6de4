import { recordJobRun } from '../../job-run/commands.server'
import type { AgentActor } from '../../shared/actor'
import { noInput, command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue, enqueueAll } from '../../shared/enqueue.server'
import { assertAllowed } from '../../shared/errors'
import { mayUseCentralConsole } from '../../shared/rights'
import { sendRetentionReport } from '../jobs'
import { foreseenAt } from '../queries/due.sql.server'
import { nextNight } from '../rules'

/**
 * Says what the coming night would archive and erase, and does nothing of it: two lines of the job log, and a mail to
 * each central admin when there is something to say.
 */
export async function foresee(ctx: Context): Promise<{ archived: number; erased: number }> {
  const told = await tellJobLog(ctx)
  if (told.archived + told.erased === 0) return told
  const admins = await ctx.tx.agent.findMany({
    where: { role: 'central_admin', deletedAt: null },
    select: { id: true },
  })
  const night = nextNight(ctx.now).toISOString()
  await enqueueAll(
    ctx,
    sendRetentionReport,
    admins.map(({ id }) => ({ payload: { agentId: id, night } })),
  )
  return told
}

/** The same, asked by a central admin at any hour: the mail is theirs. */
export const askForReport = command(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayUseCentralConsole(ctx.actor), 'ask what would be erased')
  const told = await tellJobLog(ctx)
  await enqueue(ctx, sendRetentionReport, {
    agentId: ctx.actor.id,
    night: nextNight(ctx.now).toISOString(),
  })
  return told
})

async function tellJobLog(ctx: Context): Promise<{ archived: number; erased: number }> {
  const { archived, erased } = await foreseenAt(ctx, { at: nextNight(ctx.now), shown: 0 })
  const startedAt = ctx.now
  await recordJobRun(ctx, { task: 'would-archive', startedAt, handled: archived.total })
  await recordJobRun(ctx, { task: 'would-erase', startedAt, handled: erased.total })
  return { archived: archived.total, erased: erased.total }
}
