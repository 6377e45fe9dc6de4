import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { type ProbationerFacts } from '../../resources/probationer/policy'
import type { AgentActor, OrganizationKind, Role } from '../../resources/shared/actor'

// Who asks, as the policies see them: no database.

export const me = 1
export const somebodyElse = 2
export const own = 10
export const linked = 20
export const foreign = 30

export function agent(role: Role, kind: OrganizationKind, changes: Partial<AgentActor> = {}): AgentActor {
  return {
    kind: 'agent',
    id: me,
    role,
    firstName: 'Camille',
    lastName: 'Roux',
    organization: {
      id: own,
      name: 'Service',
      kind,
      timeZone: 'Europe/Paris',
      departmentCode: '92',
      interJurisdiction: false,
      hasOpenPartner: true,
    },
    headquartersId: null,
    jurisdiction: [own, linked],
    charterAccepted: true,
    shortcutsEnabled: true,
    impersonatorId: null,
    ...changes,
  }
}

/** An agent of an organization with inter-jurisdiction. */
export function interJurisdiction(role: Role): AgentActor {
  const actor = agent(role, 'court')
  return { ...actor, organization: { ...actor.organization, interJurisdiction: true } }
}

export function person(changes: Partial<ProbationerFacts> = {}): ProbationerFacts {
  return {
    followingOrganizationIds: [own],
    assignedAgentId: null,
    archivedAt: null,
    limitedAt: null,
    divestments: [],
    ...changes,
  }
}

export const archivedAt = new Date('2026-03-02T09:00:00Z')
export const claimedBy = (targetOrganizationId: number): ProbationerFacts['divestments'] => [
  { state: 'pending', targetOrganizationId },
]

export const typeOf = (code: string) => {
  const type = appointmentTypes.find((known) => known.code === code)
  if (!type) throw new Error(code)
  return type
}

export const slotAt = (organizationId: number, typeCode: string) => ({
  typeCode,
  agenda: { place: { organizationId } },
})

export const counsellor = agent('probation_counsellor', 'probation_service')
export const courtAdmin = agent('local_admin', 'court')
export const centralAdmin = agent('central_admin', 'court')
export const executionOffice = agent('execution_office_agent', 'court')
