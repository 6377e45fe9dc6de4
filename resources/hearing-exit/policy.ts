import type { Prisma } from '@prisma/client'
import { placesOfExitAgendas } from '../place/policy'
import type { Actor } from '../shared/actor'
import { slotTypes } from '../slot/policy'

/** The slots of the desks: published, of the jurisdiction. */
export const slotsOfDesksOf = (actor: Actor): Prisma.SlotWhereInput => ({
  typeCode: { in: [...slotTypes] },
  agenda: { place: placesOfExitAgendas(actor) },
})
