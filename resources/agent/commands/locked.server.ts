import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { accountsVisibleTo, agentFacts } from '../policy'
import { leftBehind, type LeftBehind } from '../queries/left-behind.server'

const columns = {
  ...agentFacts,
  firstName: true,
  lastName: true,
  email: true,
  phone: true,
  sharesPhone: true,
  phoneIsProfessional: true,
  passwordHash: true,
  lockedAt: true,
  deletedAt: true,
  updatedAt: true,
  organization: { select: { id: true, name: true, kind: true, departmentCode: true } },
  headquarters: { select: { id: true, name: true } },
} as const

/** The account of another agent, as the actor may see it, for the rest of the transaction. */
export async function lockedAccount(ctx: Context<AgentActor>, agentId: number) {
  // Their e-mail may change, which is unique.
  await lock(ctx, { agent: agentId }, { agent: 'UPDATE' })
  return orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, accountsVisibleTo(ctx.actor)] },
      select: columns,
    }),
    'agent',
  )
}
export type Account = Awaited<ReturnType<typeof lockedAccount>>

/** An agent of any service, who is known by their e-mail. */
export const accountOf = (ctx: Context, agentId: number) =>
  ctx.tx.agent.findUnique({ where: { id: agentId }, select: columns })

/**
 * Locks an agent with what they would leave behind, persons and appointments first. Read again once they are held:
 * what was given to the agent meanwhile is left too, and nothing more can be.
 */
export async function lockWithWhatIsLeft(ctx: Context, agentId: number): Promise<LeftBehind> {
  const left = await leftBehind(ctx, agentId)
  await lock(
    ctx,
    { appointment: left.appointmentIds, probationer: left.probationerIds, agent: agentId },
    { agent: 'UPDATE' },
  )
  return leftBehind(ctx, agentId)
}
