import type { Prisma } from '@prisma/client'
import { hasNoDesk, hearingExitTypes } from '../appointment-type/policy'
import type { Actor, AgentActor } from '../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf } from '../shared/rights'

// f: tag-fitting slots of the own organization. The last three lines: the types a slot may be made for.
const table = rightsTable(`
action                      CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
index                       Y  Y  Y  Y  Y  Y  Y  Y  –  Y  –  –  –  Y  Y
list                        A  O  O  O  O  O  O  O  –  O  –  –  –  f  O
create                      A  O  O  O  O  O  O  O  –  O  –  –  –  f  O
edit                        A  O  O  O  O  O  O  O  –  O  –  –  –  f  O
close                       A  O  O  O  O  O  O  O  –  O  –  –  –  f  O
reopen                      A  O  O  O  O  O  O  O  –  O  –  –  –  f  O
hearing_exit_sentence_judge Y  Y  –  Y  Y  Y  Y  Y  –  –  –  –  –  –  –
hearing_exit_probation      Y  –  Y  –  –  –  –  Y  –  Y  Y  Y  Y  –  Y
electronic_tag_fitting      Y  –  Y  –  –  –  –  Y  –  Y  Y  Y  Y  Y  Y
`)

/** Those that are published. */
export const slotTypes = hearingExitTypes

/** What the rights on a slot depend on. */
export interface SlotFacts {
  typeCode: string
  agenda: { place: { organizationId: number } }
}

/** Opening the list of slots, or the form that makes some. */
export const mayOpenSlots = (actor: Actor): boolean => permits(actor, table, 'index')

/** The types this actor may make slots for, one-off or recurring; the place must offer them too. */
export const slotTypesOf = (actor: Actor): string[] =>
  slotTypes.filter((code) => permits(actor, table, code) && !hasNoDesk(actor, code))

/** A batch is refused whole when one of its slots is. */
export const mayOnSlot = (
  actor: Actor,
  action: 'create' | 'edit' | 'close' | 'reopen',
  slot: SlotFacts,
): boolean =>
  permits(actor, table, action, (agent) => {
    const { O } = belonging(agent, [slot.agenda.place.organizationId])
    return { O, f: O && slot.typeCode === 'electronic_tag_fitting' }
  }) &&
  (action !== 'create' || slotTypesOf(actor).includes(slot.typeCode))

const own = (agent: AgentActor): Prisma.SlotWhereInput => ({
  agenda: { place: { organizationId: agent.organization.id } },
})

/**
 * The slots of the list of slots: published ones, since the seat of a free hour goes with its appointment. What the
 * booking form offers follows from its place and agenda.
 */
export const slotsVisibleTo = (actor: Actor): Prisma.SlotWhereInput => ({
  AND: [
    { type: { usesPublishedSlots: true } },
    scopeOf(actor, table, 'list', (agent) => ({
      O: own(agent),
      f: { ...own(agent), typeCode: 'electronic_tag_fitting' },
    })),
  ],
})

/** The same cell, for slots read in SQL. */
export const slotListReach = (actor: Actor) => reachOf(actor, table, 'list')
