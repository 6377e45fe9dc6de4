import type { Prisma } from '@prisma/client'
import type { Actor, AgentActor } from '../shared/actor'
import { day } from '../shared/duration'
import {
  belonging,
  permits,
  reachOf,
  rightsTable,
  scopeOf,
  usesInterJurisdiction,
  type Grant,
} from '../shared/rights'

const table = rightsTable(`
action                CA LC LP SJ CS SC HS HX  BX  PD PC  ED PS MO SP
list                  A  J  J  J  J  J  J  J   J   J  J   J  J  J  J
filterByDefault       A  O  O  O  O  O  O  J   J   O  O   O  O  O  O
lookUp                –  –  –  –  –  –  –  i   i   –  –   –  –  –  –
index                 Y  Y  Y  Y  Y  Y  Y  Y   Y   Y  Y   Y  Y  Y  Y
show                  A  J  J  J  J  J  J  J   J   J  J   J  J  J  J
enableSms             A  J  J  J  J  J  J  J   J   J  J   J  J  J  J
create                A  J  J  J  J  J  J  J+i J+i J  J   J  J  J  J
edit                  A  O  O  O  O  O  O  J   J   O  O   O  O  O  O
editDuringDivestment  A  O  O  O  –  O  O  –   –   –  –   –  –  –  O
archive               A  O  O  O  O  O  O  J   J   O  O   O  O  O  O
unarchive             A  O  O  –  –  –  –  –   –   –  –   –  –  –  –
delete                A  O  O  –  –  –  O  O   –   O  –   –  –  –  –
untickAntiTerrorism   A  –  –  –  –  –  –  –   –   –  –   –  –  –  –
inviteToSpace         A  O  O  –  –  –  –  –   –   O  own –  –  –  –
assignToMe            –  –  O  –  –  –  –  –   –   O  O   –  –  –  –
unassign              –  –  O  –  –  –  –  –   –   O  own –  –  –  –
chooseAgent           A  –  O  –  –  –  –  –  –  O  O  O  O  O  O
handOver              –  –  O  –  –  –  –  –  –  O  –  –  –  –  –
resetSpaceAccess      A  –  –  –  –  –  –  –   –   O  –   –  –  –  –
export                A  J  J  –  –  –  J  J  –  J  own –  –  –  –
exportList            Y  Y  Y  –  –  –  Y  Y  –  Y  –   –  –  –  –
exportOwn             Y  Y  Y  –  –  –  Y  Y  –  Y  Y   –  –  –  –
convoke               A  J  J  J  J  J  J  J+i J+i J  J   J  J  J  J
convokeAtDivestment   –  –  –  –  –  –  –  i+t i+t –  –   –  –  –  –
merge                 A  –  –  –  –  –  –  –   –   –  –   –  –  –  –
readTraces            A  O  O  –  –  –  –  –   –   –  –   –  –  –  –
recordRequest         A  O  O  O  O  O  O  J   J   O  O   O  O  O  O
answerRequest         A  O  O  –  –  –  –  –   –   –  –   –  –  –  –
`)

/** What the rights on a person depend on. */
export const probationerFacts = {
  followingOrganizationIds: true,
  assignedAgentId: true,
  archivedAt: true,
  limitedAt: true,
  divestments: { where: { state: 'pending' }, select: { state: true, targetOrganizationId: true } },
} satisfies Prisma.ProbationerSelect

export type ProbationerFacts = Pick<
  Prisma.ProbationerGetPayload<{ select: typeof probationerFacts }>,
  keyof typeof probationerFacts
>

/** What erasing by hand depends on besides: an erasure that the person asked for, and that awaits its answer. */
export const erasureFacts = {
  rightsRequests: { where: { kind: 'erasure', answeredOn: null }, select: { id: true }, take: 1 },
} satisfies Prisma.ProbationerSelect

/** Of a record that is not written yet: services will follow it, and nothing else is known. */
export const factsOfNew = (followingOrganizationIds: readonly number[]): ProbationerFacts => ({
  followingOrganizationIds: [...followingOrganizationIds],
  assignedAgentId: null,
  archivedAt: null,
  limitedAt: null,
  divestments: [],
})

type PageAction = 'index' | 'lookUp' | 'exportList' | 'exportOwn'
type RecordAction = Exclude<
  keyof typeof table,
  PageAction | 'list' | 'filterByDefault' | 'editDuringDivestment' | 'convoke' | 'convokeAtDivestment'
>

export const pendingDivestment = ({ divestments }: Pick<ProbationerFacts, 'divestments'>) =>
  divestments.find(({ state }) => state === 'pending') ?? null

const standing =
  (facts: ProbationerFacts) =>
  (agent: AgentActor): Partial<Record<Grant, boolean>> => ({
    ...belonging(agent, facts.followingOrganizationIds),
    own: facts.assignedAgentId === agent.id,
    t: pendingDivestment(facts)?.targetOrganizationId === agent.organization.id,
  })

/**
 * Whoever asks for a person follows them meanwhile only to convoke them: until the answer, those who followed them before
 * decide who is in charge and what the person is answered.
 */
const leftToSources: readonly RecordAction[] = [
  'assignToMe',
  'unassign',
  'chooseAgent',
  'handOver',
  'answerRequest',
]

const onlyClaims = (actor: Actor, facts: ProbationerFacts): boolean => {
  const claim = pendingDivestment(facts)
  return (
    actor.kind === 'agent' &&
    actor.role !== 'central_admin' &&
    claim !== null &&
    actor.jurisdiction.includes(claim.targetOrganizationId)
  )
}

/**
 * Opening the list or the creation page; taking a list away as a file, or one's own persons; looking a person up by
 * exact identity in the country.
 */
export const mayWithProbationers = (actor: Actor, action: PageAction): boolean =>
  permits(actor, table, action)

/**
 * Role and place only: what the state of the record forbids is a rule, refused in words (`whyNot…`). For
 * `create`, the facts are those the record will have.
 */
export const mayOnProbationer = (actor: Actor, action: RecordAction, facts: ProbationerFacts): boolean =>
  !(leftToSources.includes(action) && onlyClaims(actor, facts)) &&
  permits(
    actor,
    table,
    action === 'edit' && pendingDivestment(facts) ? 'editDuringDivestment' : action,
    standing(facts),
  )

/**
 * Whether the state of the record lets this actor convoke: never archived nor limited; while a divestment is
 * pending, only the execution office with inter-jurisdiction or of the claiming organization.
 */
export const mayConvoke = (actor: Actor, facts: ProbationerFacts): boolean =>
  facts.archivedAt === null &&
  facts.limitedAt === null &&
  (pendingDivestment(facts) === null || permits(actor, table, 'convokeAtDivestment', standing(facts)))

/** Whether the actor reads the person's record, and all their appointments. */
export const seesProbationer = (
  actor: Actor,
  { followingOrganizationIds }: { followingOrganizationIds: readonly number[] },
): boolean => permits(actor, table, 'show', (agent) => belonging(agent, followingOrganizationIds))

/**
 * Whether the actor may read who a person is: whom their jurisdiction follows, or their own service registered. Of
 * the others, the minimum (decision P2).
 */
export const knowsIdentity = (
  actor: Actor,
  person: { followingOrganizationIds: readonly number[]; creatingOrganizationId: number | null },
): boolean =>
  seesProbationer(actor, person) ||
  (actor.kind === 'agent' && person.creatingOrganizationId === actor.organization.id)

const clauses = (agent: AgentActor): Partial<Record<Grant, Prisma.ProbationerWhereInput>> => ({
  O: { followingOrganizationIds: { has: agent.organization.id } },
  J: { followingOrganizationIds: { hasSome: [...agent.jurisdiction] } },
})

/** The persons followed by the actor's jurisdiction; every person for a central admin. */
export const probationersVisibleTo = (actor: Actor): Prisma.ProbationerWhereInput =>
  scopeOf(actor, table, 'list', clauses)

/** The same cells for what is read in SQL: the organizations whose persons are found, null for every person. */
export function organizationsReached(
  actor: Actor,
  line: 'list' | 'filterByDefault' | 'convoke',
): readonly number[] | null {
  const reach = reachOf(actor, table, line)
  if (reach.includes('A')) return null
  if (actor.kind !== 'agent') return []
  if (reach.includes('i') && actor.organization.interJurisdiction) return null
  if (reach.includes('J')) return actor.jurisdiction
  return reach.includes('O') ? [actor.organization.id] : []
}

/** How long whoever registered, or looked up, somebody from another jurisdiction may convoke them. */
export const justRegistered = day

/**
 * The persons a command of booking may load: those of the jurisdiction, and for an execution office
 * with inter-jurisdiction those its own organization has just registered, to be convoked at the exit of
 * the hearing, and those the agent has just found by exact identity. A phone is none (decision R2): nobody
 * else is reached by typing one.
 */
export const probationersConvokableBy = (actor: Actor, now: Date): Prisma.ProbationerWhereInput => {
  const reached = scopeOf(actor, table, 'convoke', clauses)
  if (actor.kind !== 'agent' || !usesInterJurisdiction(actor)) return reached
  const lately = { gte: new Date(now.getTime() - justRegistered) }
  const registered = { creatingOrganizationId: actor.organization.id, createdAt: lately }
  const lookedUp = { identityLookUps: { some: { agentId: actor.id, at: lately } } }
  return { AND: [reached, { OR: [probationersVisibleTo(actor), registered, lookedUp] }] }
}

/** Who answers for persons of some service: the list of their requests. */
export const mayAnswerRequests = (actor: Actor): boolean => reachOf(actor, table, 'answerRequest').length > 0

/** The persons whose requests the actor answers. */
export const probationersAnsweredBy = (actor: Actor): Prisma.ProbationerWhereInput =>
  scopeOf(actor, table, 'answerRequest', clauses)

/** The list's filter until the agent lifts it. Narrows the list, protects nothing. */
export const defaultProbationerFilter = (actor: Actor): Prisma.ProbationerWhereInput =>
  scopeOf(actor, table, 'filterByDefault', clauses)
