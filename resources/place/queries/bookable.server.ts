import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { placesBookableBy } from '../policy'

/** A place where the agent may convoke for this type, with the zone and the territory of its calendar. */
export async function bookablePlace(ctx: Context<AgentActor>, placeId: number, typeCode: string) {
  const place = orNotFound(
    await ctx.tx.place.findFirst({
      where: { AND: [{ id: placeId, archivedAt: null }, placesBookableBy(ctx.actor, typeCode)] },
      select: { id: true, name: true, departmentCode: true, organization: { select: { timeZone: true } } },
    }),
    'place',
  )
  return { ...place, timeZone: place.organization.timeZone }
}
