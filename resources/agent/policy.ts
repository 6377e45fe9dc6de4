import type { Prisma } from '@prisma/client'
import type { Actor, AgentActor, OrganizationKind, Role } from '../shared/actor'
import {
  canFollowProbationers,
  mayUseCentralConsole,
  permits,
  reachOf,
  rightsTable,
  rolesOf,
  rolesWithin,
  scopeOf,
  type Grant,
} from '../shared/rights'

const table = rightsTable(`
action             CA LC  LP  SJ CS SC HS  HX  BX PD PC ED PS MO SP
list               A  O   O   O  O  O  O   O   O  O  O  O  O  O  O
index              Y  Y   Y   –  –  –  Y   Y   –  –  –  –  –  –  –
show               A  O   O   S  S  S  O   O   S  S  S  S  S  S  S
invite             A  n   n   –  –  –  m   m   –  –  –  –  –  –  –
edit               A  n+S n+S S  S  S  m+S m+S S  S  S  S  S  S  S
changeRole         A  n   n   –  –  –  –   –   –  –  –  –  –  –  –
delete             A  n   n   –  –  –  m   m   –  –  –  –  –  –  –
setHeadquarters    A  –   –   –  –  –  –   –   –  –  –  –  –  –  –
unlock             A  O   O   –  –  –  –   –   –  –  –  –  –  –  –
pull               Y  Y   Y   –  –  –  –   –   –  –  –  –  –  –  –
push               A  O   O   –  –  –  –   –   –  –  –  –  –  –  –
resendInvitation   A  O   O   –  –  –  O   O   –  –  –  –  –  –  –
makeLink           A  –   –   –  –  –  –   –   –  –  –  –  –  –  –
impersonate        A  –   –   –  –  –  –   –   –  –  –  –  –  –  –
search             A  O   O   O  O  O  O   O   O  O  O  O  O  O  O
switchOrganization A  –   h   –  –  –  –   –   –  –  –  –  h  h  –
`)

/** What the rights on an agent depend on. */
export const agentFacts = { id: true, role: true, organizationId: true } satisfies Prisma.AgentSelect

export interface AgentFacts {
  id: number
  role: Role
  organizationId: number
}

type RecordAction =
  'show' | 'edit' | 'setHeadquarters' | 'delete' | 'unlock' | 'resendInvitation' | 'makeLink' | 'impersonate'
const neverOnOneself: readonly string[] = ['changeRole', 'delete', 'push', 'makeLink', 'impersonate']

const standing =
  (target: Omit<AgentFacts, 'id'>) =>
  (agent: AgentActor): Partial<Record<Grant, boolean>> => {
    const O = target.organizationId === agent.organization.id
    const n = O && target.role !== 'central_admin'
    return { O, n, m: n && target.role !== 'local_admin' }
  }

function may(actor: Actor, action: RecordAction | 'changeRole' | 'push', target: AgentFacts): boolean {
  const oneself = actor.kind === 'agent' && actor.id === target.id
  if (oneself && neverOnOneself.includes(action)) return false
  return permits(actor, table, action, (agent) => ({ ...standing(target)(agent), S: oneself }))
}

/** Opening the list of agents and the form that invites one. */
export const mayOpenAgents = (actor: Actor): boolean => permits(actor, table, 'index')

/** `makeLink` shows a link of invitation or of reset, once; `edit` never covers the role. */
export const mayOnAgent = (actor: Actor, action: RecordAction, target: AgentFacts): boolean =>
  may(actor, action, target)

/** The account of somebody else: one's own is changed as a profile. */
export const mayEditOther = (actor: Actor, target: AgentFacts): boolean =>
  !(actor.kind === 'agent' && actor.id === target.id) && may(actor, 'edit', target)

/** A password and sessions are the person's own: whoever acts under their name leaves them alone. */
export const isThemself = ({ impersonatorId }: AgentActor): boolean => impersonatorId === null

/** Showing one's phone or e-mail to the persons one follows. */
export const mayShareContact = canFollowProbationers

/** Creating an account is inviting. */
export const mayInvite = (
  actor: Actor,
  invited: { role: Role; organization: { id: number; kind: OrganizationKind } },
): boolean =>
  rolesOf(invited.organization.kind).includes(invited.role) &&
  permits(actor, table, 'invite', standing({ role: invited.role, organizationId: invited.organization.id }))

/** Whether the actor invites anybody at all: the form is offered to nobody else. */
export const mayInviteAnyone = (actor: Actor): boolean => reachOf(actor, table, 'invite').length > 0

/** The roles this actor may give in an organization, as the form offers them. */
export const rolesInvitedBy = (actor: Actor, organization: { id: number; kind: OrganizationKind }): Role[] =>
  rolesOf(organization.kind).filter((role) => mayInvite(actor, { role, organization }))

/** Giving an agent another role: never one's own, never one the actor could not invite with. */
export const mayChangeRole = (
  actor: Actor,
  target: AgentFacts & { organization: { kind: OrganizationKind } },
  role: Role,
): boolean =>
  may(actor, 'changeRole', target) &&
  mayInvite(actor, { role, organization: { id: target.organizationId, kind: target.organization.kind } })

/** The roles this actor may give that agent: none, and the form is not offered. */
export const rolesGivenBy = (
  actor: Actor,
  target: AgentFacts & { organization: { kind: OrganizationKind } },
): Role[] => rolesOf(target.organization.kind).filter((role) => mayChangeRole(actor, target, role))

interface Transferred extends AgentFacts {
  organization: { kind: OrganizationKind }
}

/** Whether the actor takes agents of other services into their own at all. */
export const mayPullAgents = (actor: Actor): boolean => permits(actor, table, 'pull')

/**
 * Taking an agent of another organization of the same kind into the own service; a central admin, into any.
 */
export const mayPullAgent = (
  actor: Actor,
  target: Transferred,
  destination: { id: number; kind: OrganizationKind },
): boolean =>
  mayPullAgents(actor) &&
  (mayUseCentralConsole(actor) || (actor.kind === 'agent' && actor.organization.id === destination.id)) &&
  isTransferable(target, destination)

/** Sending an agent of the own service to another organization of the same kind. */
export const mayPushAgent = (
  actor: Actor,
  target: Transferred,
  destination: { id: number; kind: OrganizationKind },
): boolean => may(actor, 'push', target) && isTransferable(target, destination)

const isTransferable = (target: Transferred, destination: { id: number; kind: OrganizationKind }): boolean =>
  target.role !== 'central_admin' &&
  target.organization.kind === destination.kind &&
  target.organizationId !== destination.id

interface EmailHolder extends Transferred {
  passwordHash: string | null
  deletedAt: Date | null
}

/**
 * Why an e-mail invites nobody new into a service, as a code of refusal: whose it is changes what can be done, and
 * whom to ask.
 */
export function whyEmailTaken(
  actor: Actor,
  holder: EmailHolder,
  destination: { id: number; kind: OrganizationKind },
) {
  const here = holder.organizationId === destination.id
  if (holder.role === 'central_admin' && !mayUseCentralConsole(actor)) return 'agent.email_of_team'
  if (here && holder.deletedAt) return 'agent.email_deleted_here'
  if (here) return holder.passwordHash ? 'agent.email_taken_here' : 'agent.email_invited_here'
  if (holder.role === 'central_admin') return 'agent.email_of_team'
  if (holder.organization.kind !== destination.kind)
    return holder.deletedAt ? 'agent.email_deleted_elsewhere' : 'agent.email_taken_other_kind'
  return mayPullAgent(actor, holder, destination)
    ? 'agent.email_taken_same_kind'
    : 'agent.transfer_by_local_admin'
}

/** Whether the actor sends that agent anywhere at all. */
export const mayPush = (actor: Actor, target: AgentFacts): boolean =>
  target.role !== 'central_admin' && may(actor, 'push', target)

/** Bringing back an account is inviting its agent again. */
export const mayReactivate = (actor: Actor, target: Transferred): boolean =>
  mayInvite(actor, {
    role: target.role,
    organization: { id: target.organizationId, kind: target.organization.kind },
  })

/** Whether the actor changes service by themselves at all. */
export const maySwitch = (actor: AgentActor): boolean => {
  const reach = reachOf(actor, table, 'switchOrganization')
  return reach.includes('A') || (reach.includes('h') && actor.headquartersId !== null)
}

/** Changing one's own service: any for a central admin, else those of the own headquarters. */
export const maySwitchTo = (
  actor: Actor,
  organization: { kind: OrganizationKind; headquartersId: number | null },
): boolean =>
  permits(actor, table, 'switchOrganization', (agent) => ({
    h:
      agent.headquartersId !== null &&
      agent.headquartersId === organization.headquartersId &&
      rolesOf(organization.kind).includes(agent.role),
  }))

const clauses = (agent: AgentActor): Partial<Record<Grant, Prisma.AgentWhereInput>> => ({
  O: { organizationId: agent.organization.id },
})

/** The accounts the actor reads in lists, deleted ones too. Opening one is `show`. */
export const accountsVisibleTo = (actor: Actor): Prisma.AgentWhereInput =>
  scopeOf(actor, table, 'list', clauses)

/** The agents at work whose names the actor reads in lists. */
export const agentsVisibleTo = (actor: Actor): Prisma.AgentWhereInput => ({
  AND: [accountsVisibleTo(actor), { deletedAt: null }],
})

/**
 * The agents the actor may choose to follow a person: those of the own probation service; for a
 * central admin, those of any probation service that follows the person.
 */
export const agentsAssignableBy = (
  actor: Actor,
  probationer: { followingOrganizationIds: readonly number[] },
): Prisma.AgentWhereInput => ({
  AND: [
    scopeOf(actor, table, 'search', clauses),
    mayUseCentralConsole(actor) ? { organizationId: { in: [...probationer.followingOrganizationIds] } } : {},
    {
      deletedAt: null,
      role: { in: rolesWithin(canFollowProbationers, 'probation_service') },
      organization: { kind: 'probation_service' },
    },
  ],
})
