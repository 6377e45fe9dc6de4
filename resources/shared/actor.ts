/** Who acts. Re-read at each request: a role, a service or a lock takes effect at once. */

export const roles = [
  'central_admin',
  'local_admin',
  'sentence_judge',
  'court_secretary',
  'sentence_clerk',
  'head_sentence_clerk',
  'head_execution_clerk',
  'execution_office_agent',
  'prosecutor',
  'criminal_court_clerk',
  'juvenile_court_clerk',
  'guilty_plea_clerk',
  'appeal_court_clerk',
  'probation_director',
  'probation_counsellor',
  'educator',
  'psychologist',
  'monitoring_officer',
  'probation_secretary',
] as const
export type Role = (typeof roles)[number]

export type OrganizationKind = 'court' | 'probation_service'

export interface AgentActor {
  kind: 'agent'
  id: number
  role: Role
  firstName: string
  lastName: string
  organization: {
    id: number
    name: string
    kind: OrganizationKind
    timeZone: string
    departmentCode: string
    interJurisdiction: boolean
    /** A service linked to it has begun to use the product. */
    hasOpenPartner: boolean
  }
  headquartersId: number | null
  /** Own organization and those directly linked to it ("ressort"), own first. Not transitive. */
  jurisdiction: readonly number[]
  /** Nothing but the charter and signing out before the version in force is accepted. */
  charterAccepted: boolean
  /** Keys without Ctrl or Alt act: a choice of the agent. */
  shortcutsEnabled: boolean
  /** The real person under impersonation: traces name them. */
  impersonatorId: number | null
  /** The session that asks, spared when the agent closes the others. */
  sessionId?: string | null
}

export interface ProbationerActor {
  kind: 'probationer'
  id: number
  /** The session that asks, spared when the person closes the others. */
  sessionId?: string | null
}

/** The worker, the seed, a public form: names what is acting, never a person. */
export interface SystemActor {
  kind: 'system'
  task: string
}

export type Actor = AgentActor | ProbationerActor | SystemActor
