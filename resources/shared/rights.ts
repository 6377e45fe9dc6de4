import { roles, type Actor, type AgentActor, type OrganizationKind, type Role } from './actor'

/**
 * The rights tables. Each subject writes its own as text in policy.ts: one line an action, one
 * column a role, as the specification draws it. `permits` (may this be done with that record?) and
 * `scopeOf` (with which records?) read the same cells.
 */

/**
 * CA central admin · LC, LP local admin of a court, of a probation service · SJ sentence judge ·
 * CS court secretary · SC, HS sentence clerk and head · HX head execution clerk · BX the six other
 * roles of the execution office · PD director · PC counsellor · ED educator · PS psychologist ·
 * MO monitoring officer · SP probation secretary.
 */
const columns = 'CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP'.split(' ') as Column[]
type CourtColumn = 'LC' | 'SJ' | 'CS' | 'SC' | 'HS' | 'HX' | 'BX'
type ProbationColumn = 'LP' | 'PD' | 'PC' | 'ED' | 'PS' | 'MO' | 'SP'
type Column = 'CA' | CourtColumn | ProbationColumn

/** What a cell may hold; several are joined by "+", "–" is none. */
const grants = {
  A: 'any record of the country',
  J: 'own jurisdiction: own and linked organizations',
  O: 'own organization',
  S: 'oneself',
  Y: 'allowed, not bound to a record',
  R: 'read only',
  c: 'created by the own organization',
  own: 'persons assigned to oneself',
  i: 'any record, if the own organization has inter-jurisdiction',
  t: 'the pending divestment targets the own organization',
  e: 'places of linked services offering tag fitting or the hearing exit to probation',
  f: 'tag-fitting slots of the own organization',
  h: 'organizations of the own headquarters, if one is set',
  m: 'agents of the own organization, neither local nor central admins',
  n: 'agents of the own organization, not central admins',
  T: 'types of the own family',
} as const
export type Grant = keyof typeof grants

type RightsTable<Action extends string> = Readonly<Record<Action, Readonly<Record<Column, readonly Grant[]>>>>

type Lines<Text extends string> = Text extends `${infer Line}\n${infer Rest}` ? Line | Lines<Rest> : Text
type FirstWord<Line extends string> = Line extends `${infer Word} ${string}` ? Word : never
type ActionsOf<Text extends string> = Exclude<FirstWord<Lines<Text>>, 'action'>

/** Reads a table written as text. A line that does not fit its header stops the program at start. */
export function rightsTable<Text extends string>(text: Text): RightsTable<ActionsOf<Text>> {
  const [header = [], ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  if (header.join(' ') !== `action ${columns.join(' ')}`) throw new Error(`Rights table: ${header.join(' ')}`)
  const rows = lines.map(([action, ...cells]) => {
    if (cells.length !== columns.length) throw new Error(`Rights table: ${action} has ${cells.length} cells`)
    return [
      action,
      Object.fromEntries(columns.map((column, index) => [column, grantsIn(cells[index] ?? '')])),
    ]
  })
  return Object.fromEntries(rows) as RightsTable<ActionsOf<Text>>
}

function grantsIn(cell: string): Grant[] {
  const found = cell === '–' ? [] : cell.split('+')
  for (const grant of found) if (!(grant in grants)) throw new Error(`Rights table: unknown cell ${cell}`)
  return found as Grant[]
}

// ————— Roles and families —————

const columnsByKind: Record<OrganizationKind, Partial<Record<Role, Column>>> = {
  court: {
    central_admin: 'CA',
    local_admin: 'LC',
    sentence_judge: 'SJ',
    court_secretary: 'CS',
    sentence_clerk: 'SC',
    head_sentence_clerk: 'HS',
    head_execution_clerk: 'HX',
    execution_office_agent: 'BX',
    prosecutor: 'BX',
    criminal_court_clerk: 'BX',
    juvenile_court_clerk: 'BX',
    guilty_plea_clerk: 'BX',
    appeal_court_clerk: 'BX',
  },
  probation_service: {
    central_admin: 'CA',
    local_admin: 'LP',
    probation_director: 'PD',
    probation_counsellor: 'PC',
    educator: 'ED',
    psychologist: 'PS',
    monitoring_officer: 'MO',
    probation_secretary: 'SP',
  },
}

/** A role in a kind of organization: an actor, or an agent's row. */
export interface Position {
  role: Role
  organization: { kind: OrganizationKind }
}

/** A role that does not fit its organization has no column, hence no right. */
const columnOf = ({ role, organization }: Position): Column | undefined =>
  columnsByKind[organization.kind][role]

/** The roles an agent may have in an organization of this kind. */
export const rolesOf = (kind: OrganizationKind): Role[] => roles.filter((role) => role in columnsByKind[kind])

/** The role of an agent for whom none was chosen. */
export const defaultRoleOf = (kind: OrganizationKind): Role =>
  kind === 'court' ? 'sentence_clerk' : 'probation_counsellor'

type Family = (agent: Position) => boolean
const family =
  (...members: Column[]): Family =>
  (agent) => {
    const column = columnOf(agent)
    return column !== undefined && members.includes(column)
  }

/** "SAP", without the local admin of a court. */
export const isSentenceDepartment = family('SJ', 'CS', 'SC', 'HS')
/** "BEX", its head clerk included. */
export const isExecutionOffice = family('HX', 'BX')
/** The local admin of a court included. */
export const worksAtCourt = family('LC', 'SJ', 'CS', 'SC', 'HS', 'HX', 'BX')
/** "SPIP", its local admin included. */
export const isProbation = family('LP', 'PD', 'PC', 'ED', 'PS', 'MO', 'SP')
/** May be the assigned agent of a probationer, and share contact details with them. */
export const canFollowProbationers = family('LP', 'PD', 'PC')
/** An assignable appointment they book becomes theirs. */
export const canHaveAppointmentsAssigned = family('LC', 'LP', 'PC', 'PS', 'MO')
/** Answer divestments, and edit the record while one is pending. */
export const answersDivestments = family('LC', 'LP', 'SJ', 'SC', 'HS', 'SP')

/** The roles of a family in one kind of organization, for a query. */
export const rolesWithin = (members: Family, kind: OrganizationKind): Role[] =>
  rolesOf(kind).filter((role) => members({ role, organization: { kind } }))

/** Whoever runs the central console: cities, relocations, merges, imports, the job page. */
export const mayUseCentralConsole = (actor: Actor): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'agent' && actor.charterAccepted && actor.role === 'central_admin')

/** Execution office of an organization with the flag: looks up and books beyond the jurisdiction. */
export const usesInterJurisdiction = (agent: AgentActor): boolean =>
  isExecutionOffice(agent) && agent.organization.interJurisdiction

// ————— Reading a table —————

/** What the cell of this actor holds. A task of the system reaches everything, a probationer nothing. */
export function reachOf<Action extends string>(
  actor: Actor,
  table: RightsTable<Action>,
  action: Action,
): readonly Grant[] {
  if (actor.kind === 'system') return ['A']
  if (actor.kind === 'probationer' || !actor.charterAccepted) return []
  const column = columnOf(actor)
  return column ? table[action][column] : []
}

/** Whether one of the grants of the cell holds. A grant the subject says nothing of does not. */
export function permits<Action extends string>(
  actor: Actor,
  table: RightsTable<Action>,
  action: Action,
  standing: (agent: AgentActor) => Partial<Record<Grant, boolean>> = () => ({}),
): boolean {
  const reach = reachOf(actor, table, action)
  if (reach.includes('A') || reach.includes('Y')) return true
  if (actor.kind !== 'agent') return false
  const holds = { ...standing(actor), i: actor.organization.interJurisdiction }
  return reach.some((grant) => holds[grant])
}

/** Finds nothing. An empty OR would too, but alone: within an AND, Prisma drops it and finds everything. */
const nothing = { id: { in: [] as number[] } }

/** Any of these clauses; when there is none, nothing is found. */
export const anyOf = <Where extends object>(
  clauses: readonly Where[],
): { OR?: Where[]; id?: { in: number[] } } => (clauses.length > 0 ? { OR: [...clauses] } : nothing)

/** The records the cell reaches, as a Prisma `where`. No grant, no record. */
export function scopeOf<Action extends string, Where extends object>(
  actor: Actor,
  table: RightsTable<Action>,
  action: Action,
  clauses: (agent: AgentActor) => Partial<Record<Grant, Where>>,
): { OR?: Where[]; id?: { in: number[] } } {
  const reach = reachOf(actor, table, action)
  if (reach.includes('A')) return {}
  if (actor.kind !== 'agent') return nothing
  if (reach.includes('i') && actor.organization.interJurisdiction) return {}
  const byGrant = clauses(actor)
  const reached = reach.map((grant) => byGrant[grant]).filter((clause) => clause !== undefined)
  return anyOf(reached)
}

/** How a record of these organizations stands to an agent. */
export function belonging(agent: AgentActor, organizationIds: readonly number[]): { O: boolean; J: boolean } {
  return {
    O: organizationIds.includes(agent.organization.id),
    J: organizationIds.some((id) => agent.jurisdiction.includes(id)),
  }
}
