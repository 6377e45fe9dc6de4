import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf } from '../shared/rights'

// show: the page of a service, which names its local admins to all. Then what may be changed of it.
const table = rightsTable(`
action            CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
list              A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
show              A  O  O  O  O  O  O  O  O  O  O  O  O  O  O
create            Y  –  –  –  –  –  –  –  –  –  –  –  –  –  –
edit              A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
editContact       A  O  O  –  –  –  –  –  –  –  –  –  –  –  –
editGuidance      A  O  –  –  –  –  –  –  –  –  –  –  –  –  –
editCustomColumns A  O  –  –  –  –  –  –  –  –  –  –  –  –  –
editRecord        A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
editFlags         A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

export const mayCreateOrganizations = (actor: Actor): boolean => permits(actor, table, 'create')

/**
 * `editContact` is the mailbox and the switchboard; `editRecord` the name, the clock, the links, the headquarters;
 * `editFlags` inter-jurisdiction, the space and the opening.
 */
export const mayOnOrganization = (
  actor: Actor,
  action: Exclude<keyof typeof table, 'list' | 'create'>,
  organization: { id: number },
): boolean => permits(actor, table, action, (agent) => belonging(agent, [organization.id]))

/** Who changes columns of some court. */
export const mayOpenCustomColumns = (actor: Actor): boolean =>
  reachOf(actor, table, 'editCustomColumns').length > 0

/** The columns that the actor may change. */
export const customColumnsVisibleTo = (actor: Actor): Prisma.CustomColumnWhereInput =>
  scopeOf(actor, table, 'editCustomColumns', (agent) => ({ O: { organizationId: agent.organization.id } }))

/** The services whose page the actor opens. */
export const organizationsOpenTo = (actor: Actor): Prisma.OrganizationWhereInput =>
  scopeOf(actor, table, 'show', (agent) => ({ O: { id: agent.organization.id } }))

/** The organizations of the list of organizations. */
export const organizationsVisibleTo = (actor: Actor): Prisma.OrganizationWhereInput =>
  scopeOf(actor, table, 'list', (agent) => ({ O: { id: agent.organization.id } }))
