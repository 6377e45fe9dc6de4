import type { Prisma } from '@prisma/client'
import { probationersAnsweredBy } from '../probationer/policy'
import type { Actor } from '../shared/actor'

/** The requests of persons for whom the actor answers. Recording and answering are rights on the person. */
export const requestsVisibleTo = (actor: Actor): Prisma.RightsRequestWhereInput => ({
  probationer: probationersAnsweredBy(actor),
})
