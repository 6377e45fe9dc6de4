import type { Actor, AgentActor } from '../shared/actor'
import { belonging, canFollowProbationers, permits, rightsTable } from '../shared/rights'

// readService: all the figures of a service. readOwn: those of the persons one is in charge of.
const table = rightsTable(`
action       CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
readService  A  O  O  –  –  –  –  –  –  O  –  –  –  –  –
readOwn      S  S  S  S  S  S  S  S  S  S  S  S  S  S  S
readNational Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y
`)

/** The figures of a service: of all its appointments, or of the persons of one agent in charge. */
export const mayReadFigures = (
  actor: Actor,
  { organizationId, referentId }: { organizationId: number; referentId: number | null },
): boolean =>
  permits(actor, table, 'readService', (agent) => belonging(agent, [organizationId])) ||
  permits(actor, table, 'readOwn', (agent) => ({
    S: referentId === agent.id && organizationId === agent.organization.id,
  }))

export const mayReadNationalFigures = (actor: Actor): boolean => permits(actor, table, 'readNational')

/** What an agent reads of their service when they ask nothing: all of it, their own figures, nothing that is theirs. */
export function ownFiguresOf(actor: AgentActor): 'service' | 'own' | 'none' {
  if (mayReadFigures(actor, { organizationId: actor.organization.id, referentId: null })) return 'service'
  return canFollowProbationers(actor) ? 'own' : 'none'
}
