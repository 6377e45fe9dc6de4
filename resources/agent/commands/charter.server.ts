import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { charterVersion } from '../charter'
import { acceptCharterInput } from '../schema'

/**
 * Accepts the charter in force (decision R6): the only right of an agent who has not yet.
 *
 * @throws Refused when it was accepted already, or is not the text that was read.
 */
export const acceptCharter = command(
  acceptCharterInput,
  async (ctx: Context<AgentActor>, { version }): Promise<void> => {
    const { id } = ctx.actor
    await lock(ctx, { agent: id })
    const { securityCharterVersion } = await ctx.tx.agent.findUniqueOrThrow({
      where: { id },
      select: { securityCharterVersion: true },
    })
    refuseIf(securityCharterVersion === charterVersion ? 'agent.charter_already_accepted' : null)
    refuseIf(version === charterVersion ? null : 'agent.charter_changed')
    await ctx.tx.agent.update({
      where: { id },
      data: { securityCharterVersion: charterVersion, securityCharterAcceptedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'accept_charter', subject: 'agent', subjectId: id })
  },
)
