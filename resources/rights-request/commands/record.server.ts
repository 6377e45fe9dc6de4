import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { lockedPerson } from '../../probationer/commands/follow-up.server'
import { mayOnProbationer } from '../../probationer/policy'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf, type CivilDate } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf } from '../../shared/errors'
import { dueOn, whyNotReceivedOn } from '../rules'
import { recordRequestInput } from '../schema'

/** Records what a person asks of their data, and by when it is to be answered. */
export const recordRequest = command(
  recordRequestInput,
  async (
    ctx: Context<AgentActor>,
    { probationerId, kind, receivedOn },
  ): Promise<{ id: number; dueOn: CivilDate }> => {
    const person = await lockedPerson(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'recordRequest', person), 'record a request of a person')
    const { date: today } = civilOf(ctx.now, ctx.actor.organization.timeZone)
    refuseIf(whyNotReceivedOn(receivedOn, today), 'receivedOn')
    const due = dueOn(receivedOn)
    const { id } = await ctx.tx.rightsRequest.create({
      data: {
        probationerId,
        kind,
        receivedOn: dbDateOf(receivedOn),
        dueOn: dbDateOf(due),
        recordedById: ctx.actor.id,
        createdAt: ctx.now,
      },
      select: { id: true },
    })
    await recordHistory(ctx, {
      probationerId,
      category: 'probationer',
      event: 'probationer.request_recorded',
      data: { kind, date: receivedOn },
    })
    await recordAudit(ctx, {
      action: 'create',
      subject: 'rights_request',
      subjectId: id,
      probationerId,
    })
    return { id, dueOn: due }
  },
)
