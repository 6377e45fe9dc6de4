import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { bookablePlaceOrNull } from './visible.sql.server'

/** A place where the agent may convoke for this type, with the zone and the territory of its calendar. */
export async function bookablePlace(ctx: Context<AgentActor>, placeId: number, typeCode: string) {
  return orNotFound(await bookablePlaceOrNull(ctx, placeId, typeCode), 'place')
}
