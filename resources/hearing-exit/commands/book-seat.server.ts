import { bookAppointment } from '../../appointment/commands/book.server'
import { bookingChoices } from '../../appointment/schema'
import { slotsOfDesksOf } from '../policy'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { id } from '../../shared/fields'

const bookSeatInput = bookingChoices
  .pick({ prosecutionNumber: true, cells: true, inform: true, keepOverlap: true, requestKey: true })
  .extend({
    slotId: id,
    probationerId: id,
  })

/** Convokes a person on a seat of a desk: all that booking asks, and refuses. */
export const bookSeat = command(bookSeatInput, async (ctx: Context<AgentActor>, { slotId, ...choices }) => {
  const slot = orNotFound(
    await ctx.tx.slot.findFirst({
      where: { AND: [{ id: slotId }, slotsOfDesksOf(ctx.actor)] },
      select: { typeCode: true, agendaId: true, agenda: { select: { placeId: true } } },
    }),
    'slot',
  )
  const { typeCode, agendaId, agenda } = slot
  return bookAppointment(ctx, { ...choices, slotId, typeCode, agendaId, placeId: agenda.placeId })
})
