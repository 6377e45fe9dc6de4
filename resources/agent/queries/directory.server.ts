import type { Prisma } from '@prisma/client'
import * as z from 'zod'
import { roles, type AgentActor } from '../../shared/actor'
import { civilOf, monthsAfter } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { checkbox } from '../../shared/fields'
import { fold, trigramText } from '../../shared/fold'
import { canFollowProbationers, mayUseCentralConsole } from '../../shared/rights'
import { formatPhone } from '../../shared/phone'
import { charterVersion } from '../charter'
import { roleNames } from '../fr'
import {
  agentFacts,
  accountsVisibleTo,
  mayEditOther,
  mayOnAgent,
  mayOpenAgents,
  rolesGivenBy,
  rolesInvitedBy,
} from '../policy'
import { accountStateOf, accountStates, lockLasts, unusedAfterMonths, type AccountState } from '../rules'
import { agentIdInput } from '../schema'

const lineColumns = {
  ...agentFacts,
  firstName: true,
  lastName: true,
  email: true,
  phone: true,
  passwordHash: true,
  securityCharterVersion: true,
  lockedAt: true,
  deletedAt: true,
  invitedAt: true,
  lastSignInAt: true,
  organization: { select: { name: true, kind: true } },
} satisfies Prisma.AgentSelect

export const listAgentsInput = z.object({
  text: z.string().trim().max(100).default(''),
  role: z.enum(roles).optional().catch(undefined),
  state: z.enum(accountStates).optional().catch(undefined),
  /** Only those that nobody has signed in with for months. */
  unused: checkbox,
  page: z.number().int().positive().default(1),
  perPage: z.number().int().positive().max(50).default(25),
})

/** Deleted accounts are out of the list until they are asked for. */
const inState = (state: AccountState | undefined, now: Date): Prisma.AgentWhereInput => {
  if (state === 'deleted') return { deletedAt: { not: null } }
  if (state === undefined) return { deletedAt: null }
  const lockedBefore = new Date(now.getTime() - lockLasts)
  if (state === 'locked') return { deletedAt: null, lockedAt: { gt: lockedBefore } }
  const unlocked = { OR: [{ lockedAt: null }, { lockedAt: { lte: lockedBefore } }] }
  if (state === 'invited') return { deletedAt: null, passwordHash: null, ...unlocked }
  const accepted = { securityCharterVersion: charterVersion }
  const charterDue = {
    OR: [{ securityCharterVersion: null }, { securityCharterVersion: { not: charterVersion } }],
  }
  return {
    deletedAt: null,
    passwordHash: { not: null },
    AND: [unlocked, state === 'active' ? accepted : charterDue],
  }
}

/** Not seen since then; an account that never opened counts from its creation. */
const unusedSince = (instant: Date): Prisma.AgentWhereInput => ({
  deletedAt: null,
  OR: [{ lastSignInAt: { lt: instant } }, { lastSignInAt: null, createdAt: { lt: instant } }],
})

/** The agents whose accounts the actor looks after, by name. */
export const listAgents = query(
  listAgentsInput,
  async (ctx: Context<AgentActor>, { text, role, state, unused, page, perPage }) => {
    assertAllowed(mayOpenAgents(ctx.actor), 'list agents')
    const words = fold(text).split(' ').filter(Boolean).map(trigramText)
    const where: Prisma.AgentWhereInput = {
      AND: [
        accountsVisibleTo(ctx.actor),
        role ? { role } : {},
        inState(state, ctx.now),
        unused ? unusedSince(monthsAfter(ctx.now, -unusedAfterMonths, ctx.actor.organization.timeZone)) : {},
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
    deleted: civil(row.deletedAt),
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
      where: { AND: [{ id: agentId }, accountsVisibleTo(ctx.actor)] },
      select: { ...lineColumns, headquarters: { select: { name: true } } },
    }),
    'agent',
  )
  assertAllowed(mayOnAgent(ctx.actor, 'show', row), 'open the account of an agent')
  const line = lineOf(ctx, row)
  return {
    ...line,
    isMe: agentId === ctx.actor.id,
    headquarters: row.headquarters?.name ?? null,
    /** Of a referent: what an admin looks at before the agent leaves. */
    persons: canFollowProbationers(row)
      ? await ctx.tx.probationer.count({ where: { assignedAgentId: agentId } })
      : null,
  }
})

/** The role of an agent, and those the actor may give them instead. */
export const roleToChange = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const agent = orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, accountsVisibleTo(ctx.actor)] },
      select: { ...agentFacts, updatedAt: true, organization: { select: { kind: true } } },
    }),
    'agent',
  )
  const roles = rolesGivenBy(ctx.actor, agent)
  assertAllowed(roles.length > 0, 'change the role of an agent')
  return {
    persons: await ctx.tx.probationer.count({ where: { assignedAgentId: agentId } }),
    version: agent.updatedAt.toISOString(),
    values: { role: agent.role },
    options: { role: roles.map((role) => ({ value: role, label: roleNames[role] })) },
  }
})

/** What the form of another agent's account starts from. */
export const agentToEdit = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const agent = orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, accountsVisibleTo(ctx.actor)] },
      select: { ...agentFacts, firstName: true, lastName: true, email: true, phone: true, updatedAt: true },
    }),
    'agent',
  )
  assertAllowed(mayEditOther(ctx.actor, agent), 'edit an agent')
  const { firstName, lastName, email, phone } = agent
  return {
    version: agent.updatedAt.toISOString(),
    values: { firstName, lastName, email, phone: phone && formatPhone(phone) },
  }
})

/** The headquarters of an agent, and those there are. */
export const headquartersToSet = query(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const agent = orNotFound(
    await ctx.tx.agent.findFirst({
      where: { AND: [{ id: agentId }, accountsVisibleTo(ctx.actor)] },
      select: { ...agentFacts, headquartersId: true, updatedAt: true },
    }),
    'agent',
  )
  assertAllowed(mayOnAgent(ctx.actor, 'setHeadquarters', agent), 'set the headquarters of an agent')
  const headquarters = await ctx.tx.headquarters.findMany({ orderBy: { name: 'asc' } })
  return {
    version: agent.updatedAt.toISOString(),
    values: { headquartersId: agent.headquartersId === null ? '' : String(agent.headquartersId) },
    options: { headquartersId: headquarters.map(({ id, name }) => ({ value: String(id), label: name })) },
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
