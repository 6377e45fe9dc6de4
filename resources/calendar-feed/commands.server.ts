import { randomBytes } from 'node:crypto'
import { recordAudit } from '../audit/commands.server'
import type { AgentActor } from '../shared/actor'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { sha256 } from '../shared/digest.server'
import { env } from '../shared/env.server'
import { assertAllowed, refuseIf } from '../shared/errors'
import { lock } from '../shared/lock.server'
import { mayHaveCalendar, mayStopCalendar } from './policy'
import { makeCalendarAddressInput, stopCalendarInput } from './schema'

const isMade = (ctx: Context<AgentActor>) =>
  ctx.tx.calendarFeed.findUnique({ where: { agentId: ctx.actor.id }, select: { madeAt: true } })

/**
 * Makes the secret address at which a calendar reads the actor's own appointments. It is given once: only its hash
 * stays. Renewed, the one before leads nowhere at once.
 *
 * @throws Refused when there is one and nothing says that it is to die.
 */
export const makeCalendarAddress = command(
  makeCalendarAddressInput,
  async (ctx: Context<AgentActor>, { renews }): Promise<{ address: string }> => {
    const { id: agentId } = ctx.actor
    assertAllowed(mayHaveCalendar(ctx.actor), 'make the calendar address of an agent')
    await lock(ctx, { agent: agentId })
    refuseIf(!renews && (await isMade(ctx)) ? 'calendar_feed.made_already' : null)
    const token = randomBytes(20).toString('hex')
    const made = { tokenHash: sha256(token), madeAt: ctx.now }
    await ctx.tx.calendarFeed.upsert({
      where: { agentId },
      create: { agentId, ...made },
      update: made,
      select: { agentId: true },
    })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'agent',
      subjectId: agentId,
      fields: ['calendarAddress'],
    })
    return { address: new URL(`/calendrier/${token}/convocations.ics`, env.PUBLIC_URL).href }
  },
)

/**
 * The actor's address leads nowhere from now on.
 *
 * @throws Refused when there is none.
 */
export const stopCalendar = command(stopCalendarInput, async (ctx: Context<AgentActor>): Promise<void> => {
  const { id: agentId } = ctx.actor
  assertAllowed(mayStopCalendar(ctx.actor), 'stop the calendar of an agent')
  await lock(ctx, { agent: agentId })
  refuseIf((await isMade(ctx)) ? null : 'calendar_feed.stopped_already')
  await ctx.tx.calendarFeed.delete({ where: { agentId }, select: { agentId: true } })
  await recordAudit(ctx, {
    action: 'update',
    subject: 'agent',
    subjectId: agentId,
    fields: ['calendarAddress'],
  })
})

/** Whoever has the address of this agent, who may be gone or somebody else, reads nothing any more. */
export async function revokeCalendar(ctx: Context, agentId: number): Promise<void> {
  await ctx.tx.calendarFeed.deleteMany({ where: { agentId } })
}
