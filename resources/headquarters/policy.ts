import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { mayUseCentralConsole } from '../shared/rights'

/** Services are grouped by the central desk alone. */
export const mayManageHeadquarters = (actor: Actor): boolean => mayUseCentralConsole(actor)

export const headquartersVisibleTo = (actor: Actor): Prisma.HeadquartersWhereInput =>
  mayManageHeadquarters(actor) ? {} : { id: { in: [] } }
