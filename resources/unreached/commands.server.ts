import { recordAudits } from '../audit/commands.server'
import { recordHistoryLines } from '../history-entry/commands.server'
import type { AgentActor } from '../shared/actor'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { minute } from '../shared/duration'
import { assertAllowed, NotFound, Refused } from '../shared/errors'
import { lock } from '../shared/lock.server'
import { mayOpenUnreached, personsToCall } from './policy'
import { untoldOf } from './queries/unreached.sql.server'
import { phoneCallsInput } from './schema'

/** As long as a notice that takes it back may still be on a page. */
const takenBackWithin = 10 * minute

/**
 * Says that persons were told by phone of all that no SMS told them, as far as the agent sees: they leave the list, until
 * another SMS fails. Who is there no more is left as they are.
 *
 * @returns how many persons were told of something.
 * @throws Refused when all of it is said already: there is nothing of this act to take back.
 */
export const recordPhoneCalls = command(
  phoneCallsInput,
  async (ctx: Context<AgentActor>, { probationerIds }): Promise<{ called: number }> => {
    await lockedPersons(ctx, probationerIds)
    const untold = await untoldOf(ctx, probationerIds)
    if (untold.length === 0) throw new Refused('unreached.called_already')
    await ctx.tx.phoneCall.createMany({
      data: untold.map((line) => ({ ...line, agentId: ctx.actor.id, at: ctx.now })),
    })
    await tell(ctx, 'unreached.called', untold)
    return { called: new Set(untold.map(({ probationerId }) => probationerId)).size }
  },
)

/**
 * Takes the agent's own last calls to these persons back, while it is fresh.
 *
 * @throws Refused when there is none left to take back.
 */
export const takeBackPhoneCalls = command(
  phoneCallsInput,
  async (ctx: Context<AgentActor>, { probationerIds }): Promise<{ takenBack: number }> => {
    await lockedPersons(ctx, probationerIds)
    const calls = await ctx.tx.phoneCall.findMany({
      where: {
        probationerId: { in: [...probationerIds] },
        agentId: ctx.actor.id,
        at: { gt: new Date(ctx.now.getTime() - takenBackWithin) },
      },
      select: { id: true, probationerId: true, appointmentId: true },
    })
    if (calls.length === 0) throw new Refused('unreached.called_long_ago')
    await ctx.tx.phoneCall.deleteMany({ where: { id: { in: calls.map(({ id }) => id) } } })
    await tell(ctx, 'unreached.not_called', calls)
    return { takenBack: new Set(calls.map(({ probationerId }) => probationerId)).size }
  },
)

/** These persons, held; all of them are of those the agent calls. */
async function lockedPersons(ctx: Context<AgentActor>, probationerIds: readonly number[]): Promise<void> {
  assertAllowed(mayOpenUnreached(ctx.actor), 'call those whom SMS did not reach')
  await lock(ctx, { probationer: probationerIds })
  const found = await ctx.tx.probationer.findMany({
    where: { AND: [{ id: { in: [...probationerIds] } }, personsToCall(ctx.actor)] },
    select: { id: true },
  })
  if (found.length < new Set(probationerIds).size) throw new NotFound('probationer')
}

async function tell(
  ctx: Context<AgentActor>,
  event: 'unreached.called' | 'unreached.not_called',
  lines: readonly { probationerId: number; appointmentId: number | null }[],
): Promise<void> {
  await recordHistoryLines(
    ctx,
    { category: 'message', event },
    lines.map(({ probationerId, appointmentId }) => ({
      probationerId,
      ...(appointmentId !== null && { appointmentId }),
    })),
  )
  const persons = [...new Set(lines.map(({ probationerId }) => probationerId))]
  await recordAudits(ctx, { action: 'update', subject: 'probationer', fields: ['phoneCall'] }, persons)
}
