import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planUsefulAgain } from '../../message/commands/plan.server'
import type { MessageToCome } from '../../message/schema'
import { erasedIfArchived } from '../../retention/queries/due.sql.server'
import type { AgentActor } from '../../shared/actor'
import type { CivilDate } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf } from '../../shared/errors'
import { mayOnProbationer } from '../policy'
import { whyNotArchivable, whyNotUnarchivable } from '../rules'
import { probationerIdInput } from '../schema'
import { lockedPerson } from './follow-up.server'

/**
 * Archives the record of a person: read, no longer changed nor convoked, and erased six months later.
 * Appointments to come stay, to be cancelled or settled (decision C8); no SMS leaves about them.
 */
export const archiveProbationer = command(
  probationerIdInput,
  async (
    ctx: Context<AgentActor>,
    { probationerId },
  ): Promise<{ erasedOn: CivilDate; appointmentsToCome: number }> => {
    const person = await lockedPerson(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'archive', person), 'archive a probationer')
    refuseIf(whyNotArchivable(person))
    await ctx.tx.probationer.update({
      where: { id: probationerId },
      data: { archivedAt: ctx.now, updatedAt: ctx.now },
      select: { id: true },
    })
    const date = await erasedIfArchived(ctx, probationerId)
    await recordHistory(ctx, {
      probationerId,
      category: 'probationer',
      event: 'probationer.archived',
      data: { date },
    })
    await recordAudit(ctx, {
      action: 'archive',
      subject: 'probationer',
      subjectId: probationerId,
      probationerId,
      fields: ['archivedAt'],
    })
    const appointmentsToCome = await ctx.tx.appointment.count({
      where: { probationerId, state: 'booked', startsAt: { gt: ctx.now } },
    })
    return { erasedOn: date, appointmentsToCome }
  },
)

/**
 * Takes a record out of the archives (decision R4): it is no longer to be erased. What is still useful to
 * the person is planned again.
 */
export const unarchiveProbationer = command(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<{ messages: MessageToCome[] }> => {
    const person = await lockedPerson(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'unarchive', person), 'unarchive a probationer')
    refuseIf(whyNotUnarchivable(person))
    await ctx.tx.probationer.update({
      where: { id: probationerId },
      data: { archivedAt: null, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordHistory(ctx, { probationerId, category: 'probationer', event: 'probationer.unarchived' })
    await recordAudit(ctx, {
      action: 'unarchive',
      subject: 'probationer',
      subjectId: probationerId,
      probationerId,
      fields: ['archivedAt'],
    })
    return { messages: await planUsefulAgain(ctx, { probationerId }) }
  },
)
