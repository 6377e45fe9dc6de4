import type { AgentActor } from '../shared/actor'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { assertAllowed, orNotFound } from '../shared/errors'
import { mayMarkAsRead } from './policy'
import { markAnnouncementReadInput } from './schema'

/** "J’ai compris": the announcement is not shown to this agent again. */
export const markAnnouncementRead = command(
  markAnnouncementReadInput,
  async (ctx: Context<AgentActor>, { announcementId }): Promise<void> => {
    const receipt = orNotFound(
      await ctx.tx.announcementReceipt.findUnique({
        where: { announcementId_agentId: { announcementId, agentId: ctx.actor.id } },
        select: { id: true, agentId: true, readAt: true },
      }),
      'announcement',
    )
    assertAllowed(mayMarkAsRead(ctx.actor, receipt), 'mark an announcement as read')
    if (receipt.readAt) return
    await ctx.tx.announcementReceipt.update({ where: { id: receipt.id }, data: { readAt: ctx.now } })
  },
)
