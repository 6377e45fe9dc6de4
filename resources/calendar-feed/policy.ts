import { isThemself } from '../agent/policy'
import type { AgentActor } from '../shared/actor'
import { canHaveAppointmentsAssigned } from '../shared/rights'

/** Whether an address of this agent answers: who no longer receives anybody has nothing to read there. */
export const hasCalendar = (agent: AgentActor): boolean =>
  agent.charterAccepted && canHaveAppointmentsAssigned(agent)

/** Whoever made an address may stop it, even if their role receives nobody any more. */
export const mayStopCalendar = (actor: AgentActor): boolean => actor.charterAccepted && isThemself(actor)

/** One's own only: whoever acts under their name makes no address that outlives the visit. */
export const mayHaveCalendar = (actor: AgentActor): boolean => hasCalendar(actor) && isThemself(actor)
