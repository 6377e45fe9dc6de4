import type { Prisma } from '@prisma/client'
import { mayOpenBooking } from '../appointment/policy'
import { isBookableBy, type AppointmentTypeFacts } from '../appointment-type/policy'
import { isPlaceVisibleTo, placesOfExitAgendas, type PlaceFacts } from '../place/policy'
import type { Actor } from '../shared/actor'
import { slotTypes } from '../slot/policy'

/** The slots of the desks: published, of the jurisdiction. */
export const slotsOfDesksOf = (actor: Actor): Prisma.SlotWhereInput => ({
  typeCode: { in: [...slotTypes] },
  agenda: { place: placesOfExitAgendas(actor) },
})

/** Why who reads a desk books on none of its seats: their role does not convoke for the type, or not at this place. */
export function whyReadOnly(
  actor: Actor,
  { type, place }: { type: AppointmentTypeFacts; place: PlaceFacts },
): 'role' | 'place' | null {
  if (!mayOpenBooking(actor) || !isBookableBy(actor, type)) return 'role'
  return isPlaceVisibleTo(actor, place) ? null : 'place'
}
