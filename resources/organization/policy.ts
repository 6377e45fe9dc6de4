import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { belonging, permits, rightsTable, scopeOf } from '../shared/rights'

// edit: the screen. Then what it lets change: the guidance and columns of a court, the flags, the rest.
const table = rightsTable(`
action            CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
list              A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
create            Y  –  –  –  –  –  –  –  –  –  –  –  –  –  –
edit              A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
editGuidance      A  O  –  –  –  –  –  –  –  –  –  –  –  –  –
editCustomColumns A  O  –  –  –  –  –  –  –  –  –  –  –  –  –
editRecord        A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
editFlags         A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
readStatistics    A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
`)

export const mayCreateOrganizations = (actor: Actor): boolean => permits(actor, table, 'create')

/** `editRecord` is the name, the links, the headquarters; `editFlags` inter-jurisdiction and the space. */
export const mayOnOrganization = (
  actor: Actor,
  action: Exclude<keyof typeof table, 'list' | 'create'>,
  organization: { id: number },
): boolean => permits(actor, table, action, (agent) => belonging(agent, [organization.id]))

/** The organizations of the list of organizations. */
export const organizationsVisibleTo = (actor: Actor): Prisma.OrganizationWhereInput =>
  scopeOf(actor, table, 'list', (agent) => ({ O: { id: agent.organization.id } }))
