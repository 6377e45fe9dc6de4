import { isThemself } from '../agent/policy'
import type { AgentActor } from '../shared/actor'
import { canHaveAppointmentsAssigned } from '../shared/rights'

/** Whether an address of this agent answers: who no longer receives anybody has nothing to read there. */
export const hasCalendar = (agent: AgentActor): boolean =>
  agent.charterAccepted && canHaveAppointmentsAssigned(agent)

/** One's own only: whoever acts under their name makes no address that outlives the visit. */
export const mayHaveCalendar = (actor: AgentActor): boolean => hasCalendar(actor) && isThemself(actor)
