import type { Prisma } from '@prisma/client'
import type { Actor, AgentActor } from '../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf, type Grant } from '../shared/rights'

const table = rightsTable(`
action      CA LC LP SJ  CS  SC  HS  HX  BX  PD PC ED PS MO SP
list        A  J  O  O+e O+e O+e O+e J+i J+i O  O  O  O  O  O
index       Y  Y  Y  Y   –   Y   Y   Y   –   Y  –  –  –  –  –
show        A  O  O  O   –   O   O   O   –   O  –  –  –  –  –
create      A  O  O  O   –   O   O   O   –   O  –  –  –  –  –
edit        A  O  O  O   –   O   O   O   –   O  –  –  –  –  –
archive     A  O  O  O   –   O   O   O   –   O  –  –  –  –  –
exitAgendas A  J  J  J   J   J   J   J   J   J  J  J  J  J  J
`)

/** What the rights on a place depend on. */
export const placeFacts = {
  organizationId: true,
  appointmentTypes: { select: { typeCode: true } },
} satisfies Prisma.PlaceSelect

export interface PlaceFacts {
  organizationId: number
  appointmentTypes: readonly { typeCode: string }[]
}

type RecordAction = 'show' | 'create' | 'edit' | 'archive'

/** Courts reach these of the places of linked services, and only these. */
export const sharedTypes = ['electronic_tag_fitting', 'hearing_exit_probation']

function placeStanding(agent: AgentActor, place: PlaceFacts): Partial<Record<Grant, boolean>> {
  const { O, J } = belonging(agent, [place.organizationId])
  return { O, J, e: J && place.appointmentTypes.some(({ typeCode }) => sharedTypes.includes(typeCode)) }
}

/** How a place stands to an agent, as clauses of a query; agendas belong to their place. */
export function placeClauses(agent: AgentActor): Partial<Record<Grant, Prisma.PlaceWhereInput>> {
  const J = { organizationId: { in: [...agent.jurisdiction] } }
  return {
    O: { organizationId: agent.organization.id },
    J,
    e: { ...J, appointmentTypes: { some: { typeCode: { in: sharedTypes } } } },
  }
}

/** Whether the actor opens places at all: the form is offered to nobody else. */
export const mayCreatePlace = (actor: Actor): boolean => reachOf(actor, table, 'create').length > 0

export const mayOpenPlaces = (actor: Actor): boolean => permits(actor, table, 'index')

/** Moving a place asks `edit` twice: for the organization it leaves, for the one it joins. */
export const mayOnPlace = (actor: Actor, action: RecordAction, place: { organizationId: number }): boolean =>
  permits(actor, table, action, (agent) => belonging(agent, [place.organizationId]))

/** Whether the place is one the actor's lists offer: one by one, what `placesVisibleTo` says. */
export const isPlaceVisibleTo = (actor: Actor, place: PlaceFacts): boolean =>
  permits(actor, table, 'list', (agent) => placeStanding(agent, place))

/** The places the actor's lists and forms offer. */
export const placesVisibleTo = (actor: Actor): Prisma.PlaceWhereInput =>
  scopeOf(actor, table, 'list', placeClauses)

/** The same cell, for places read in SQL. */
export const placeListReach = (actor: Actor) => reachOf(actor, table, 'list')

/** The places whose record the actor opens: those a list of one's own service shows. */
export const placesOpenTo = (actor: Actor): Prisma.PlaceWhereInput =>
  scopeOf(actor, table, 'show', placeClauses)

/** The places of the hearing-exit pages. */
export const placesOfExitAgendas = (actor: Actor): Prisma.PlaceWhereInput =>
  scopeOf(actor, table, 'exitAgendas', placeClauses)

/** The same cell, for places read in SQL. */
export const exitAgendasReach = (actor: Actor) => reachOf(actor, table, 'exitAgendas')

/** The places that receive people for this type, among those the actor's lists offer. */
export const placesBookableBy = (actor: Actor, typeCode: string): Prisma.PlaceWhereInput => ({
  AND: [placesVisibleTo(actor), { archivedAt: null, appointmentTypes: { some: { typeCode } } }],
})
