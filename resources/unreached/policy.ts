import type { Prisma } from '@prisma/client'
import { appointmentsVisibleTo, mayOpenBooking } from '../appointment/policy'
import { probationersVisibleTo } from '../probationer/policy'
import type { Actor, AgentActor } from '../shared/actor'
import { canFollowProbationers, mayUseCentralConsole } from '../shared/rights'
import type { UnreachedScope } from './schema'

/** Whoever convokes: the list of those whom their SMS did not reach, and saying that they were called. */
export const mayOpenUnreached = (actor: Actor): boolean => mayOpenBooking(actor)

/** The persons who are there to be called: those of the jurisdiction, and whoever the own service convoked. */
export const personsToCall = (actor: Actor): Prisma.ProbationerWhereInput => ({
  OR: [probationersVisibleTo(actor), { appointments: { some: appointmentsVisibleTo(actor) } }],
})

/** What the switch offers; the country is worked by its services. */
export const scopesOf = (actor: AgentActor): UnreachedScope[] => [
  ...(canFollowProbationers(actor) ? (['mine'] as const) : []),
  'service',
  ...(mayUseCentralConsole(actor) ? [] : (['jurisdiction'] as const)),
]

/** What is shown until the agent chooses, as their first page does. */
export const usualScope = (actor: AgentActor): UnreachedScope =>
  actor.role === 'probation_counsellor' ? 'mine' : 'service'
