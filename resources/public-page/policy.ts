import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, reachOf, rightsTable, scopeOf } from '../shared/rights'

// edit: what the page says, its photo, and that it was checked; manage: that it exists, and where it went.
const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
edit   A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
manage A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

export const mayOpenServicePages = (actor: Actor): boolean => reachOf(actor, table, 'edit').length > 0

/** Of a service without account, nobody but the central team writes the page. */
export const mayEditServicePage = (
  actor: Actor,
  { organizationId }: { organizationId: number | null },
): boolean => permits(actor, table, 'edit', (agent) => ({ O: organizationId === agent.organization.id }))

export const mayManageServicePages = (actor: Actor): boolean => permits(actor, table, 'manage')

export const servicePagesVisibleTo = (actor: Actor): Prisma.PublicPageWhereInput =>
  scopeOf(actor, table, 'edit', (agent) => ({ O: { organizationId: agent.organization.id } }))
