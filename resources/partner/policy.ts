import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, reachOf, rightsTable, scopeOf } from '../shared/rights'

const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
edit   A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
`)

export const mayOpenPartners = (actor: Actor): boolean => reachOf(actor, table, 'edit').length > 0

export const mayEditPartner = (actor: Actor, { organizationId }: { organizationId: number }): boolean =>
  permits(actor, table, 'edit', (agent) => ({ O: organizationId === agent.organization.id }))

export const partnersVisibleTo = (actor: Actor): Prisma.PartnerWhereInput =>
  scopeOf(actor, table, 'edit', (agent) => ({ O: { organizationId: agent.organization.id } }))
