import type { Prisma } from '@prisma/client'
import * as z from 'zod'
import { roles, type AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { fold, trigramText } from '../../shared/fold'
import { mayUseCentralConsole } from '../../shared/rights'
import { roleNames } from '../fr'
import {
  agentFacts,
  agentsVisibleTo,
  mayOnAgent,
  mayOpenAgents,
  rolesGivenBy,
  rolesInvitedBy,
} from '../policy'
import { accountStateOf, accountStates, lockLasts, type AccountState } from '../rules'
import { agentIdInput } from '../schema'

const lineColumns = {
  ...agentFacts,
  firstName: true,
  lastName: true,
  email: true,
  phone: true,
  passwordHash: true,
  lockedAt: true,
  invitedAt: true,
  lastSignInAt: true,
  organization: { select: { name: true } },
} satisfies Prisma.AgentSelect

export const listAgentsInput = z.object({
  text: z.string().trim().max(100).default(''),
  role: z.enum(roles).optional().catch(undefined),
  state: z.enum(accountStates).optional().catch(undefined),
  page: z.number().int().positive().default(1),
  perPage: z.number().int().positive().max(50).default(25),
})

const inState = (state: AccountState, now: Date): Prisma.AgentWhereInput => {
  const lockedBefore = new Date(now.getTime() - lockLasts)
  if (state === 'locked') return { lockedAt: { gt: lockedBefore } }
  return {
    OR: [{ lockedAt: null }, { lockedAt: { lte: lockedBefore } }],
    passwordHash: state === 'invited' ? null : { not: null },
  }
}

/** The agents whose accounts the actor looks after, by name. */
export const listAgents = query(
  listAgentsInput,
  async (ctx: Context<AgentActor>, { text, role, state, page, perPage }) => {
    assertAllowed(mayOpenAgents(ctx.actor), 'list agents')
    const words = fold(text).split(' ').filter(Boolean).map(trigramText)
    const where: Prisma.AgentWhereInput = {
      AND: [
        agentsVisibleTo(ctx.actor),
        role ? { role } : {},
        state ? inState(state, ctx.now) : {},
        // A text without a letter names nobody.
        text && words.length === 0 ? { id: { in: [] } } : {},
        ...words.map((word) => ({ searchText: { contains: word } })),
      ],
    }
    const rows = await ctx.tx.agent.findMany({
      where,
      select: lineColumns,
      orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * perPage,
      take: perPage,
    })
    return {
      total: await ctx.tx.agent.count({ where, take: countedUpTo + 1 }),
      rows: rows.map((row) => lineOf(ctx, row)),
    }
  },
)

export type AgentLine = Awaited<ReturnType<typeof listAgents>>['rows'][number]

function lineOf(ctx: Context<AgentActor>, row: Prisma.AgentGetPayload<{ select: typeof lineColumns }>) {
  const zone = ctx.actor.organization.timeZone
  const civil = (instant: Date | null) => instant && civilOf(instant, zone)
  const { id, firstName, lastName, email, phone, role } = row
  const state = accountStateOf(row, ctx.now)
  return {
    ...{ id, firstName, lastName, email, phone, role, state },
    organization: row.organization.name,
    invited: civil(row.invitedAt),
    accepted: row.passwordHash !== null,
    locked: state === 'locked' ? civil(row.lockedAt) : null,
    unlocksBy:
      state === 'locked' && row.lockedAt ? civil(new Date(row.lockedAt.getTime() + lockLasts)) : null,
    lastSignIn: civil(row.lastSignInAt),
  }
}

/** The account of an agent, with what the actor may do for them now. */
export const agentRecord = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const row = orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, agentsVisibleTo(ctx.actor)] },
      select: lineColumns,
    }),
    'agent',
  )
  assertAllowed(mayOnAgent(ctx.actor, 'show', row), 'open the account of an agent')
  const line = lineOf(ctx, row)
  return {
    ...line,
    isMe: agentId === ctx.actor.id,
    mayUnlock: line.state === 'locked' && mayOnAgent(ctx.actor, 'unlock', row),
    mayResendInvitation: !line.accepted && mayOnAgent(ctx.actor, 'resendInvitation', row),
  }
})

/** The role of an agent, and those the actor may give them instead. */
export const roleToChange = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const agent = orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, agentsVisibleTo(ctx.actor)] },
      select: { ...agentFacts, updatedAt: true, organization: { select: { kind: true } } },
    }),
    'agent',
  )
  const roles = rolesGivenBy(ctx.actor, agent)
  assertAllowed(roles.length > 0, 'change the role of an agent')
  return {
    version: agent.updatedAt.toISOString(),
    values: { role: agent.role },
    options: { role: roles.map((role) => ({ value: role, label: roleNames[role] })) },
  }
})

/** The services the actor invites agents to, their own first, and the roles they give there. */
export const invitationForm = query(noInput, async (ctx: Context<AgentActor>) => {
  const { actor } = ctx
  assertAllowed(mayOpenAgents(actor), 'invite an agent')
  const organizations = await ctx.tx.organization.findMany({
    where: mayUseCentralConsole(actor) ? {} : { id: actor.organization.id },
    select: { id: true, name: true, kind: true },
    orderBy: { name: 'asc' },
  })
  const services = organizations
    .filter((organization) => rolesInvitedBy(actor, organization).length > 0)
    .sort((a, b) => Number(b.id === actor.organization.id) - Number(a.id === actor.organization.id))
  const roles = new Set(services.flatMap((organization) => rolesInvitedBy(actor, organization)))
  return {
    values: { organizationId: String(services[0]?.id ?? '') },
    options: {
      organizationId: services.map(({ id, name }) => ({ value: String(id), label: name })),
      role: [...roles].map((role) => ({ value: role, label: roleNames[role] })),
    },
  }
})
