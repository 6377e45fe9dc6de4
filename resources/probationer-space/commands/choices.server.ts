import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planUsefulAgain } from '../../message/commands/plan.server'
import { whyNotEditable } from '../../probationer/rules'
import type { ProbationerActor } from '../../shared/actor'
import { command, noInput } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { chooseSmsInput } from '../schema'
import { endSpaceSessions } from './sessions.server'

/**
 * The person refuses the SMS of their appointments, or takes them again: the choice is theirs, and who asks it here is
 * who it is about (decision M7 speaks of a link that anybody may follow).
 *
 * @throws Refused of a record that is archived or limited, which is read only.
 */
export const chooseSms = command(
  chooseSmsInput,
  async (ctx: Context<ProbationerActor>, { wanted }): Promise<void> => {
    const { id } = ctx.actor
    await lock(ctx, { probationer: id })
    const { smsOptOut, ...person } = orNotFound(
      await ctx.tx.probationer.findUnique({
        where: { id },
        select: { smsOptOut: true, archivedAt: true, limitedAt: true },
      }),
      'probationer',
    )
    refuseIf(whyNotEditable(person) && 'space.read_only')
    if (smsOptOut !== wanted) return
    await ctx.tx.probationer.update({
      where: { id },
      data: { smsOptOut: !wanted, smsStoppedAt: wanted ? null : ctx.now, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordHistory(ctx, {
      ...{ probationerId: id, category: 'probationer' },
      event: wanted ? 'space.sms_taken_again' : 'space.sms_refused',
    })
    await recordAudit(ctx, { action: 'update', subject: 'space', probationerId: id, fields: ['smsOptOut'] })
    if (wanted) await planUsefulAgain(ctx, { probationerId: id })
  },
)

/** Ends the sessions that are open elsewhere. @returns how many. */
export const closeOtherSpaceSessions = command(
  noInput,
  async (ctx: Context<ProbationerActor>): Promise<number> => {
    const { id } = orNotFound(
      await ctx.tx.spaceAccount.findUnique({
        where: { probationerId: ctx.actor.id },
        select: { id: true },
      }),
      'space account',
    )
    const closed = await endSpaceSessions(ctx, id, ctx.actor.sessionId ?? null)
    await recordAudit(ctx, { action: 'close_sessions', subject: 'space', probationerId: ctx.actor.id })
    return closed
  },
)
