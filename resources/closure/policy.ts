import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { belonging, permits, rightsTable, scopeOf } from '../shared/rights'

// Those who close any slot of their service; what may be done of an appointment it touches is asked of each.
const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
index  Y  Y  Y  Y  Y  Y  Y  Y  –  Y  –  –  –  –  Y
list   A  O  O  O  O  O  O  O  –  O  –  –  –  –  O
close  A  O  O  O  O  O  O  O  –  O  –  –  –  –  O
`)

/** Opening the list of closures, or the page that closes a period. */
export const mayOpenClosures = (actor: Actor): boolean => permits(actor, table, 'index')

/** Closing a period, settling what is left of it, lifting it. */
export const mayClose = (actor: Actor, { organizationId }: { organizationId: number }): boolean =>
  permits(actor, table, 'close', (agent) => belonging(agent, [organizationId]))

export const closuresVisibleTo = (actor: Actor): Prisma.ClosureWhereInput =>
  scopeOf(actor, table, 'list', (agent) => ({ O: { organizationId: agent.organization.id } }))
