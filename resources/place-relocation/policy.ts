import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { mayUseCentralConsole } from '../shared/rights'

/** A relocation moves what a whole service has planned: the central desk's alone. */
export const mayRelocatePlaces = (actor: Actor): boolean => mayUseCentralConsole(actor)

export const relocationsVisibleTo = (actor: Actor): Prisma.PlaceRelocationWhereInput =>
  mayRelocatePlaces(actor) ? {} : { id: { in: [] } }
