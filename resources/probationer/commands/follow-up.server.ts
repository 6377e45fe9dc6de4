import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planUsefulAgain } from '../../message/commands/plan.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import type { probationerHistory } from '../fr'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { whyNotAssignable, whyNotSmsEnabled, whyNotUnassignable } from '../rules'
import { probationerIdInput } from '../schema'

/** Puts the agent in charge of a person nobody is in charge of. */
export const assignToMe = command(probationerIdInput, async (ctx: Context<AgentActor>, { probationerId }) => {
  const person = await lockedPerson(ctx, probationerId)
  assertAllowed(mayOnProbationer(ctx.actor, 'assignToMe', person), 'take a person in charge')
  refuseIf(whyNotAssignable(person))
  await changeFollowUp(ctx, probationerId, { assignedAgentId: ctx.actor.id }, 'probationer.assigned')
})

/** Gives the follow-up back to the service. */
export const unassign = command(probationerIdInput, async (ctx: Context<AgentActor>, { probationerId }) => {
  const person = await lockedPerson(ctx, probationerId)
  assertAllowed(mayOnProbationer(ctx.actor, 'unassign', person), 'give a person back to the service')
  refuseIf(whyNotUnassignable(person))
  await changeFollowUp(ctx, probationerId, { assignedAgentId: null }, 'probationer.unassigned')
})

/**
 * Clears a refusal of SMS: only this act does, never the typing of a number (decision P4).
 *
 * @returns the messages that will leave from now on.
 */
export const enableSms = command(probationerIdInput, async (ctx: Context<AgentActor>, { probationerId }) => {
  const person = await lockedPerson(ctx, probationerId)
  assertAllowed(mayOnProbationer(ctx.actor, 'enableSms', person), 'enable SMS')
  refuseIf(whyNotSmsEnabled(person))
  const data = { smsOptOut: false as const, smsStoppedAt: null }
  await changeFollowUp(ctx, probationerId, data, 'probationer.sms_enabled')
  return { messages: await planUsefulAgain(ctx, { probationerId }) }
})

/** The record of a person the actor may see, for the rest of the transaction. */
export async function lockedPerson(ctx: Context<AgentActor>, probationerId: number) {
  await lock(ctx, { probationer: probationerId })
  return orNotFound(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
      select: { ...probationerFacts, smsOptOut: true },
    }),
    'probationer',
  )
}

/** Writes a change of who follows a person, or of their SMS, with its line of history and its trace. */
export async function changeFollowUp(
  ctx: Context<AgentActor>,
  probationerId: number,
  data: { assignedAgentId: number | null } | { smsOptOut: false; smsStoppedAt: null },
  event: keyof typeof probationerHistory,
): Promise<void> {
  await ctx.tx.probationer.update({
    where: { id: probationerId },
    data: { ...data, updatedAt: ctx.now },
    select: { id: true },
  })
  await recordHistory(ctx, { probationerId, category: 'probationer', event })
  await recordAudit(ctx, {
    action: 'update',
    subject: 'probationer',
    subjectId: probationerId,
    probationerId,
    fields: Object.keys(data).filter((field) => field !== 'smsStoppedAt'),
  })
}
