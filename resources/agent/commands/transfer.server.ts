import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { revokeCalendar } from '../../calendar-feed/commands.server'
import { localAdminsOf } from '../../organization/queries.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueueAll } from '../../shared/enqueue.server'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { sendTransferMail } from '../jobs'
import { mayPullAgent, mayPullAgents, mayPush, mayPushAgent, maySwitchTo } from '../policy'
import { agentActor } from '../queries/actor.server'
import type { LeftBehind } from '../queries/left-behind.server'
import { whyNotInUse } from '../rules'
import { pullAgentInput, pushAgentInput, switchOrganizationInput } from '../schema'
import { leaveAll } from './leave.sql.server'
import { sendLink } from './links.server'
import { accountOf, lockedAccount, lockWithWhatIsLeft, type Account } from './locked.server'
import { endSessions } from './sessions.server'

/**
 * Takes an agent of another service of the same kind into one's own (decision A4). A deleted account comes back.
 *
 * @throws Refused when the agent is no longer where the form said: of two admins, the second is told.
 */
export const pullAgent = command(
  pullAgentInput,
  async (ctx: Context<AgentActor>, { email, organizationId, fromOrganizationId }) => {
    assertAllowed(mayPullAgents(ctx.actor), 'transfer an agent')
    const destination = orNotFound(
      await organizationOf(ctx, organizationId ?? ctx.actor.organization.id),
      'organization',
    )
    const known = await ctx.tx.agent.findUnique({ where: { email }, select: { id: true } })
    if (!known) throw new Refused('agent.moved_meanwhile', {}, 'email')
    const left = await lockWithWhatIsLeft(ctx, known.id)
    const agent = await accountOf(ctx, known.id)
    if (agent?.email !== email || agent.organizationId !== fromOrganizationId)
      throw new Refused('agent.moved_meanwhile', {}, 'email')
    assertAllowed(mayPullAgent(ctx.actor, agent, destination), 'transfer an agent')
    return transfer(ctx, agent, destination, left)
  },
)

/**
 * Sends an agent of one's own service to another of the same kind (decision A4).
 *
 * @throws Stale when the account changed since the form was drawn.
 */
export const pushAgent = command(
  pushAgentInput,
  async (ctx: Context<AgentActor>, { agentId, version, organizationId }) => {
    const left = await lockWithWhatIsLeft(ctx, agentId)
    const agent = await lockedAccount(ctx, agentId)
    assertAllowed(mayPush(ctx.actor, agent), 'transfer an agent')
    refuseIf(whyNotInUse(agent))
    await refuseStale(ctx, {
      ...{ subject: 'agent', subjectId: agentId, updatedAt: agent.updatedAt, version },
      zone: ctx.actor.organization.timeZone,
    })
    const destination = await organizationOf(ctx, organizationId)
    if (!destination || !mayPushAgent(ctx.actor, agent, destination))
      throw new Refused('agent.transfer_not_possible', {}, 'organizationId')
    return transfer(ctx, agent, destination, left)
  },
)

const organizationOf = (ctx: Context, id: number) =>
  ctx.tx.organization.findUnique({ where: { id }, select: { id: true, name: true, kind: true } })

/** Role, password and headquarters are kept; what was theirs in the old service stays there, without agent. */
async function transfer(
  ctx: Context<AgentActor>,
  agent: Account,
  destination: { id: number; name: string },
  left: LeftBehind,
) {
  const counts = await leaveAll(ctx, agent.id, left)
  const comesBack = agent.passwordHash === null
  await ctx.tx.agent.update({
    where: { id: agent.id },
    data: {
      organizationId: destination.id,
      deletedAt: null,
      updatedAt: ctx.now,
      ...(comesBack && { invitedAt: ctx.now }),
    },
    select: { id: true },
  })
  await endSessions(ctx, agent.id)
  await revokeCalendar(ctx, agent.id)
  await recordAudit(ctx, {
    action: 'transfer',
    subject: 'agent',
    subjectId: agent.id,
    fields: ['organizationId'],
  })
  // Without a password, the mail that they need is the one that gives it.
  if (comesBack) await sendLink(ctx, agent.id, 'invitation')
  const admins = agent.deletedAt ? [] : await localAdminsOf(ctx, agent.organizationId)
  const others = admins.map(({ id }) => id).filter((id) => id !== agent.id)
  await enqueueAll(
    ctx,
    sendTransferMail,
    [...(comesBack ? [] : [agent.id]), ...others].map((recipientId) => ({
      payload: {
        ...{ agentId: agent.id, recipientId },
        ...{ fromOrganizationId: agent.organizationId, toOrganizationId: destination.id },
        at: ctx.now.toISOString(),
      },
    })),
  )
  const { id, firstName, lastName } = agent
  return { id, firstName, lastName, service: destination.name, ...counts }
}

/**
 * Changes one's own service within the headquarters; a central admin, to any. What one follows stays one's own and
 * sessions go on: rights are read again at the next request.
 */
export const switchOrganization = command(
  switchOrganizationInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const { actor } = ctx
    await lock(ctx, { agent: actor.id })
    const destination = orNotFound(
      await ctx.tx.organization.findUnique({
        where: { id: organizationId },
        select: { id: true, kind: true, headquartersId: true },
      }),
      'organization',
    )
    assertAllowed(maySwitchTo(actor, destination), 'switch to an organization')
    refuseIf(destination.id === actor.organization.id ? 'agent.already_there' : null, 'organizationId')
    await ctx.tx.agent.update({
      where: { id: actor.id },
      data: { organizationId, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, {
      action: 'switch_organization',
      subject: 'agent',
      subjectId: actor.id,
      fields: ['organizationId'],
    })
    const { organization, jurisdiction } = orNotFound(await agentActor(ctx, actor.id), 'agent')
    return { organization, jurisdiction }
  },
)
