import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf, type CivilDate } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { placesVisibleTo } from '../../place/policy'
import { mayRelocatePlaces } from '../policy'
import { whyNotOn } from '../rules'
import { previewRelocationInput } from '../schema'

/** What would leave a place from a day on, for whoever is about to register that it moves. */
export const previewRelocation = query(
  previewRelocationInput,
  async (ctx: Context<AgentActor>, { oldPlaceId, date }) => {
    assertAllowed(mayRelocatePlaces(ctx.actor), 'relocate a place')
    const { name, organization } = orNotFound(
      await ctx.tx.place.findFirst({
        where: { AND: [{ id: oldPlaceId, archivedAt: null }, placesVisibleTo(ctx.actor)] },
        select: { name: true, organization: { select: { timeZone: true } } },
      }),
      'place',
    )
    refuseIf(whyNotOn(date, civilOf(ctx.now, organization.timeZone).date), 'date')
    return { place: name, date, ...(await whatMoves(ctx, oldPlaceId, date)) }
  },
)

/** The slots of a place from a day on, whoever is expected there, and its weekly rules. */
export async function whatMoves(ctx: Context, placeId: number, date: CivilDate) {
  const slots = { agenda: { placeId }, date: { gte: dbDateOf(date) } }
  const people = await ctx.tx.appointment.groupBy({
    by: ['probationerId'],
    where: { state: 'booked', slot: slots },
  })
  return {
    slots: await ctx.tx.slot.count({ where: slots }),
    people: people.length,
    rules: await ctx.tx.recurringSlot.count({ where: { archivedAt: null, agenda: { placeId } } }),
  }
}
