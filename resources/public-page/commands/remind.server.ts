import type { Context } from '../../shared/context'
import { enqueueAll } from '../../shared/enqueue.server'
import { sendPageReminder } from '../jobs'
import { readersAgain, unreadPages } from '../queries/reminder.server'
import { remindedAgainBefore } from '../rules'

/**
 * Asks the local admins of services whose page nobody has checked for six months to read it, once a month until they
 * do. @returns how many pages.
 */
export async function remindOfPages(ctx: Context): Promise<number> {
  const pages = await ctx.tx.publicPage.findMany({
    where: {
      AND: [
        unreadPages(ctx.now),
        { OR: [{ remindedAt: null }, { remindedAt: { lt: remindedAgainBefore(ctx.now) } }] },
      ],
      organization: { agents: { some: readersAgain } },
    },
    select: { id: true, organization: { select: { agents: { where: readersAgain, select: { id: true } } } } },
  })
  await ctx.tx.publicPage.updateMany({
    where: { id: { in: pages.map(({ id }) => id) } },
    data: { remindedAt: ctx.now },
  })
  const at = ctx.now.toISOString()
  await enqueueAll(
    ctx,
    sendPageReminder,
    pages.flatMap(({ id, organization }) =>
      (organization?.agents ?? []).map((agent) => ({ payload: { pageId: id, agentId: agent.id, at } })),
    ),
  )
  return pages.length
}
