import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { changeFollowUp } from '../../probationer/commands/follow-up.server'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { canFollowProbationers, rolesOf } from '../../shared/rights'
import { roleNames } from '../fr'
import { agentFacts, agentsVisibleTo, mayChangeRole, mayOnAgent } from '../policy'
import { isLocked } from '../rules'
import { agentIdInput, changeAgentRoleInput, setShortcutsInput } from '../schema'
import { endSessions } from './sessions.server'
import { forgetTries } from './sign-in.server'

/** Another agent, as the actor may see them, for the rest of the transaction. */
async function lockAgent(ctx: Context<AgentActor>, agentId: number) {
  await lock(ctx, { agent: agentId })
  return orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, agentsVisibleTo(ctx.actor)] },
      select: { ...agentFacts, lockedAt: true, updatedAt: true, organization: { select: { kind: true } } },
    }),
    'agent',
  )
}

/**
 * Unlocks an account after three wrong passwords (decision A1).
 *
 * @throws Refused when it is not locked.
 */
export const unlockAgent = command(
  agentIdInput,
  async (ctx: Context<AgentActor>, { agentId }): Promise<void> => {
    const agent = await lockAgent(ctx, agentId)
    assertAllowed(mayOnAgent(ctx.actor, 'unlock', agent), 'unlock an agent')
    refuseIf(isLocked(agent, ctx.now) ? null : 'agent.not_locked')
    await forgetTries(ctx, agentId)
    await recordAudit(ctx, { action: 'unlock', subject: 'agent', subjectId: agentId })
  },
)

/** Switches the actor's own single keys on or off. Nobody else's: it is how they type. */
export const setShortcuts = command(
  setShortcutsInput,
  async (ctx: Context<AgentActor>, { enabled }): Promise<void> => {
    const { id, role, organization, shortcutsEnabled } = ctx.actor
    assertAllowed(
      mayOnAgent(ctx.actor, 'edit', { id, role, organizationId: organization.id }),
      'set shortcuts',
    )
    if (enabled === shortcutsEnabled) return
    await ctx.tx.agent.update({ where: { id }, data: { shortcutsEnabled: enabled }, select: { id: true } })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'agent',
      subjectId: id,
      fields: ['shortcutsEnabled'],
    })
  },
)

/**
 * Gives an agent another role of their service, and ends their sessions. Who may no longer follow
 * anyone leaves the persons assigned to them.
 *
 * @throws Stale when the agent changed since the form was drawn.
 */
export const changeAgentRole = command(
  changeAgentRoleInput,
  async (ctx: Context<AgentActor>, { agentId, version, role }): Promise<void> => {
    const followed = await ctx.tx.probationer.findMany({
      where: { assignedAgentId: agentId },
      select: { id: true },
    })
    await lock(ctx, { probationer: followed.map(({ id }) => id) })
    const agent = await lockAgent(ctx, agentId)
    const { updatedAt, organization } = agent
    const { kind } = organization
    refuseIf(rolesOf(kind).includes(role) ? null : 'agent.role_not_of_service', 'role')
    assertAllowed(mayChangeRole(ctx.actor, agent, role), 'change the role of an agent')
    await refuseStale(ctx, {
      subject: 'agent',
      subjectId: agentId,
      updatedAt,
      version,
      zone: ctx.actor.organization.timeZone,
      now: { role: roleNames[agent.role] },
    })
    if (role === agent.role) return
    await ctx.tx.agent.update({
      where: { id: agentId },
      data: { role, updatedAt: ctx.now },
      select: { id: true },
    })
    if (!canFollowProbationers({ role, organization: { kind } }))
      for (const { id } of await stillFollowed(ctx, agentId, followed))
        await changeFollowUp(ctx, id, { assignedAgentId: null }, 'probationer.unassigned')
    await endSessions(ctx, agentId)
    await recordAudit(ctx, { action: 'change_role', subject: 'agent', subjectId: agentId, fields: ['role'] })
  },
)

/** Of those whose rows are now held: one may have been given to somebody else while they were waited for. */
const stillFollowed = (ctx: Context, agentId: number, held: readonly { id: number }[]) =>
  ctx.tx.probationer.findMany({
    where: { id: { in: held.map(({ id }) => id) }, assignedAgentId: agentId },
    select: { id: true },
  })
