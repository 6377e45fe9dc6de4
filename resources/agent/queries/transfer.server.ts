import { recordAudit } from '../../audit/commands.server'
import { localAdminsOf } from '../../organization/queries.server'
import type { AgentActor } from '../../shared/actor'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { formatPhone } from '../../shared/phone'
import { canFollowProbationers, rolesOf } from '../../shared/rights'
import { agentRefusals } from '../fr'
import {
  accountsVisibleTo,
  agentFacts,
  mayOnAgent,
  mayPullAgent,
  mayPush,
  mayReactivate,
  maySwitch,
  rolesInvitedBy,
  whyEmailTaken,
} from '../policy'
import { agentIdInput, whoseEmailInput } from '../schema'
import { countLeftBehind } from './left-behind.server'

const columns = {
  ...agentFacts,
  firstName: true,
  lastName: true,
  passwordHash: true,
  deletedAt: true,
  updatedAt: true,
  organization: { select: { id: true, name: true, kind: true, switchboardPhone: true } },
} as const

/**
 * Whose an e-mail is, and what follows from it for who adds an agent: invite, invite again, transfer with its
 * effects counted, reactivate, or whom to ask. What is shown of another service is traced.
 */
export const whoseEmail = query(
  whoseEmailInput,
  async (ctx: Context<AgentActor>, { email, organizationId }) => {
    const { actor } = ctx
    const destination = orNotFound(
      await ctx.tx.organization.findUnique({
        where: { id: organizationId ?? actor.organization.id },
        select: { id: true, name: true, kind: true },
      }),
      'organization',
    )
    // Of another service, the answer would say who works there.
    assertAllowed(rolesInvitedBy(actor, destination).length > 0, 'invite an agent')
    const holder = await ctx.tx.agent.findUnique({ where: { email }, select: columns })
    if (!holder) return { is: 'nobody' } as const
    const code = whyEmailTaken(actor, holder, destination)
    const refused = { is: 'refused', sentence: agentRefusals[code], admins: null } as const
    const { id: agentId, firstName, lastName, role } = holder
    const agent = { agentId, firstName, lastName, role }
    switch (code) {
      case 'agent.email_taken_here':
        return { is: 'here', ...agent } as const
      case 'agent.email_invited_here':
        return mayOnAgent(actor, 'resendInvitation', holder)
          ? ({ is: 'invited', ...agent } as const)
          : refused
      case 'agent.email_deleted_here':
        return mayReactivate(actor, holder) ? ({ is: 'deleted', ...agent } as const) : refused
      case 'agent.transfer_by_local_admin': {
        const admins = await localAdminsOf(ctx, actor.organization.id)
        return { ...refused, admins: admins.map((one) => `${one.firstName} ${one.lastName}`) } as const
      }
      case 'agent.email_taken_same_kind': {
        assertAllowed(mayPullAgent(actor, holder, destination), 'transfer an agent')
        await recordAudit(ctx, { action: 'look_up', subject: 'agent', subjectId: agentId })
        const { id: fromOrganizationId, name: from, switchboardPhone } = holder.organization
        return {
          is: 'elsewhere',
          ...{ ...agent, fromOrganizationId, from },
          switchboard: switchboardPhone && formatPhone(switchboardPhone),
          service: destination.name,
          follows: canFollowProbationers(holder),
          hasPassword: holder.passwordHash !== null,
          isDeleted: holder.deletedAt !== null,
          ...(await countLeftBehind(ctx, agentId)),
        } as const
      }
      default:
        return refused
    }
  },
)

const openAccount = async (ctx: Context<AgentActor>, agentId: number) =>
  orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, accountsVisibleTo(ctx.actor)] },
      select: columns,
    }),
    'agent',
  )

/** The services an agent may be sent to, and what they would leave behind. */
export const agentToPush = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const agent = await openAccount(ctx, agentId)
  assertAllowed(mayPush(ctx.actor, agent), 'transfer an agent')
  const services = await ctx.tx.organization.findMany({
    where: { kind: agent.organization.kind, id: { not: agent.organizationId } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return {
    ...{ firstName: agent.firstName, lastName: agent.lastName },
    ...(await countLeftBehind(ctx, agentId)),
    version: agent.updatedAt.toISOString(),
    values: { organizationId: '' },
    options: { organizationId: services.map(({ id, name }) => ({ value: String(id), label: name })) },
  }
})

/** What deleting an account leaves behind. */
export const agentToDelete = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const agent = await openAccount(ctx, agentId)
  assertAllowed(mayOnAgent(ctx.actor, 'delete', agent), 'delete an agent')
  const { firstName, lastName } = agent
  return { firstName, lastName, ...(await countLeftBehind(ctx, agentId)) }
})

/** The services the actor may move to by themselves. */
export const servicesToSwitchTo = query(noInput, async (ctx: Context<AgentActor>) => {
  const { actor } = ctx
  assertAllowed(maySwitch(actor), 'switch to an organization')
  const isCentral = actor.role === 'central_admin'
  const services = await ctx.tx.organization.findMany({
    where: {
      id: { not: actor.organization.id },
      ...(!isCentral && { headquartersId: actor.headquartersId }),
    },
    select: { id: true, name: true, kind: true },
    orderBy: { name: 'asc' },
  })
  const open = services.filter(({ kind }) => rolesOf(kind).includes(actor.role))
  return {
    persons: await ctx.tx.probationer.count({ where: { assignedAgentId: actor.id } }),
    values: { organizationId: '' },
    options: { organizationId: open.map(({ id, name }) => ({ value: String(id), label: name })) },
  }
})
