import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { formatPhone } from '../../shared/phone'
import { whyNotSendable } from '../../message/queries/of-appointment.server'
import { mayOnPlace, placesVisibleTo } from '../policy'
import { placeIdInput } from '../schema'

/** What the form of a place is drawn from, what its SMS lack, and who is still expected there. */
export const placeToEdit = query(placeIdInput, async (ctx: Context<AgentActor>, { placeId }) => {
  const place = orNotFound(
    await ctx.tx.place.findFirst({
      where: { AND: [{ id: placeId }, placesVisibleTo(ctx.actor)] },
      include: { appointmentTypes: { select: { typeCode: true } } },
    }),
    'place',
  )
  assertAllowed(mayOnPlace(ctx.actor, 'edit', place), 'edit a place')
  const { name, address, shortAddress, phone, email, mainContactMethod, publicPageId, organizationId } = place
  const typeCodes = place.appointmentTypes.map(({ typeCode }) => typeCode)
  const lacks = await Promise.all(typeCodes.map((typeCode) => whyNotSendable(ctx, { placeId, typeCode })))
  return {
    id: placeId,
    version: place.updatedAt.toISOString(),
    values: {
      ...{ name, address, shortAddress, email, mainContactMethod, publicPageId, organizationId, typeCodes },
      phone: phone && formatPhone(phone),
    },
    /** Data that the texts of its types ask for and it has not. */
    lacks: [...new Set(lacks)].filter((lack) => lack !== null),
    stillExpected: await ctx.tx.appointment.count({
      where: { placeId, state: 'booked', startsAt: { gt: ctx.now } },
    }),
  }
})
