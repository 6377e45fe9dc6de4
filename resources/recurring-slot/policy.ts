import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { belonging, permits, rightsTable, scopeOf } from '../shared/rights'
import { slotTypesOf, type SlotFacts } from '../slot/policy'

const table = rightsTable(`
action    CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
index     Y  Y  Y  Y  –  Y  Y  Y  –  Y  –  –  –  –  –
create    A  O  O  O  –  O  O  O  –  O  –  –  –  –  –
edit      A  O  O  O  –  O  O  O  –  O  –  –  –  –  –
delete    A  O  O  O  –  O  O  O  –  O  –  –  –  –  –
deleteAll A  O  O  O  –  O  O  O  –  O  –  –  –  –  –
`)

/** Opening the recurring slots of an agenda, or the form that makes some. */
export const mayOpenRecurringSlots = (actor: Actor): boolean => permits(actor, table, 'index')

/** `typeCode` matters to `create` alone. A batch is refused whole when one of its items is. */
export const mayOnRecurringSlot = (
  actor: Actor,
  action: 'create' | 'edit' | 'delete' | 'deleteAll',
  recurringSlot: SlotFacts,
): boolean =>
  permits(actor, table, action, (agent) => belonging(agent, [recurringSlot.agenda.place.organizationId])) &&
  (action !== 'create' || slotTypesOf(actor).includes(recurringSlot.typeCode))

/** Those the actor may edit. */
export const recurringSlotsVisibleTo = (actor: Actor): Prisma.RecurringSlotWhereInput =>
  scopeOf(actor, table, 'edit', (agent) => ({
    O: { agenda: { place: { organizationId: agent.organization.id } } },
  }))
