import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planUsefulAgain } from '../../message/commands/plan.server'
import type { MessageToCome } from '../../message/schema'
import { lockedPerson } from '../../probationer/commands/follow-up.server'
import { mayOnProbationer } from '../../probationer/policy'
import { probationerIdInput } from '../../probationer/schema'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf, dbDateOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { requestsVisibleTo } from '../policy'
import { limits, whyNotAnswer, whyNotAnswerable, whyNotLifted } from '../rules'
import { answerRequestInput } from '../schema'

/**
 * Says what a person was answered, once. A limitation that is granted stops the use of the record at once: messages
 * already planned end unsent when their turn comes. An erasure is granted by erasing the record.
 *
 * @throws Refused when it has its answer already, or beside the field that cannot be so.
 */
export const answerRequest = command(
  answerRequestInput,
  async (
    ctx: Context<AgentActor>,
    { requestId, outcome, answer, answeredOn },
  ): Promise<{ probationerId: number; limited: boolean }> => {
    const seen = { AND: [{ id: requestId }, requestsVisibleTo(ctx.actor)] }
    const { probationerId } = orNotFound(
      await ctx.tx.rightsRequest.findFirst({ where: seen, select: { probationerId: true } }),
      'rights request',
    )
    // Two answers to one request come one after the other: the second finds the first.
    const person = await lockedPerson(ctx, probationerId)
    const request = orNotFound(
      await ctx.tx.rightsRequest.findFirst({
        where: seen,
        select: { kind: true, receivedOn: true, answeredOn: true },
      }),
      'rights request',
    )
    assertAllowed(mayOnProbationer(ctx.actor, 'answerRequest', person), 'answer a request of a person')
    refuseIf(whyNotAnswerable(request))
    const { kind } = request
    const { date: today } = civilOf(ctx.now, ctx.actor.organization.timeZone)
    const why = whyNotAnswer(
      { kind, receivedOn: civilDateFromDb(request.receivedOn) },
      { outcome, answeredOn },
      today,
    )
    refuseIf(why?.reason, why?.field)

    await ctx.tx.rightsRequest.update({
      where: { id: requestId },
      data: { outcome, answer, answeredOn: dbDateOf(answeredOn), answeredById: ctx.actor.id },
      select: { id: true },
    })
    await recordHistory(ctx, {
      probationerId,
      category: 'probationer',
      event: 'probationer.request_answered',
      data: { kind, reason: outcome },
    })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'rights_request',
      subjectId: requestId,
      probationerId,
      fields: ['outcome', 'answer', 'answeredOn'],
    })
    const limited = limits(kind, outcome)
    if (limited && !person.limitedAt) await changeLimit(ctx, probationerId, ctx.now)
    return { probationerId, limited }
  },
)

/**
 * Lifts the limitation of a record: it serves again. What is still useful to the person is planned again.
 *
 * @returns the messages that will leave from now on.
 */
export const liftLimitation = command(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<{ messages: MessageToCome[] }> => {
    const person = await lockedPerson(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'answerRequest', person), 'lift the limitation of a record')
    refuseIf(whyNotLifted(person))
    await changeLimit(ctx, probationerId, null)
    return { messages: await planUsefulAgain(ctx, { probationerId }) }
  },
)

async function changeLimit(ctx: Context<AgentActor>, probationerId: number, limitedAt: Date | null) {
  await ctx.tx.probationer.update({
    where: { id: probationerId },
    data: { limitedAt, updatedAt: ctx.now },
    select: { id: true },
  })
  await recordHistory(ctx, {
    probationerId,
    category: 'probationer',
    event: limitedAt ? 'probationer.limited' : 'probationer.limitation_lifted',
  })
  await recordAudit(ctx, {
    action: 'update',
    subject: 'probationer',
    subjectId: probationerId,
    probationerId,
    fields: ['limitedAt'],
  })
}
