import type { Prisma } from '@prisma/client'
import { placeClauses } from '../place/policy'
import type { Actor } from '../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf } from '../shared/rights'

const table = rightsTable(`
action   CA LC LP SJ  CS  SC  HS  HX  BX  PD PC ED PS MO SP
list     A  J  J  O+e O+e O+e O+e J+i J+i O  O  O  O  O  O
new      Y  Y  Y  –   –   Y   –   –   –   –  –  –  –  –  –
create   A  O  O  –   –   O   –   –   –   –  –  –  –  –  –
rename   A  O  O  –   –   O   –   –   –   –  –  –  –  –  –
merge    A  O  O  –   –   O   –   –   –   –  –  –  –  –  –
`)

/** Whether the button that opens the form of a new agenda is drawn. */
export const mayOpenNewAgenda = (actor: Actor): boolean => permits(actor, table, 'new')

/** Moving an agenda asks `rename` twice: for the organization it leaves, for the one it joins. */
export const mayOnAgenda = (
  actor: Actor,
  action: 'create' | 'rename' | 'merge',
  agenda: { place: { organizationId: number } },
): boolean => permits(actor, table, action, (agent) => belonging(agent, [agenda.place.organizationId]))

/** The agendas the actor reads and books in. */
export const agendasVisibleTo = (actor: Actor): Prisma.AgendaWhereInput =>
  scopeOf(actor, table, 'list', (agent) => {
    const { O, J, e } = placeClauses(agent)
    return { O: { place: O }, J: { place: J }, e: { place: e } }
  })

/** The same cell, for agendas read in SQL. */
export const agendaListReach = (actor: Actor) => reachOf(actor, table, 'list')
