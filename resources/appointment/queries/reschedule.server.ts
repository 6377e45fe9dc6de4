import { canReceiveSms, reachFacts } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { count, formatDay, formatHour, fullName } from '../../shared/french'
import { appointmentFacts, appointmentsVisibleTo, mayOnAppointment } from '../policy'
import { seatsLeft } from '../rules'
import { appointmentIdInput } from '../schema'

/** As many slots as a list of choices is read through. */
const mostSlots = 60

/** What the form of another date starts from: the next slots of its type and place, or a day and an hour. */
export const appointmentToReschedule = query(
  appointmentIdInput,
  async (ctx: Context<AgentActor>, { appointmentId }) => {
    const appointment = orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
        select: {
          ...appointmentFacts,
          ...{ placeId: true, typeCode: true, startsAt: true },
          organization: { select: { timeZone: true } },
          type: { select: { ...appointmentFacts.type.select, usesPublishedSlots: true } },
          probationer: {
            select: {
              ...appointmentFacts.probationer.select,
              ...reachFacts,
              firstName: true,
              lastName: true,
            },
          },
        },
      }),
      'appointment',
    )
    assertAllowed(mayOnAppointment(ctx.actor, 'reschedule', appointment), 'reschedule an appointment')
    const { placeId, typeCode, type, probationer, organization, startsAt } = appointment
    const slots = type.usesPublishedSlots
      ? await ctx.tx.slot.findMany({
          where: {
            ...{ typeCode, isOpen: true, startsAt: { gt: ctx.now } },
            agenda: { placeId, archivedAt: null },
            seatsTaken: { lt: ctx.tx.slot.fields.capacity },
          },
          select: {
            ...{ id: true, date: true, startTime: true, capacity: true, seatsTaken: true },
            agenda: { select: { name: true } },
          },
          orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
          take: mostSlots,
        })
      : []
    return {
      id: appointmentId,
      person: fullName(probationer),
      was: civilOf(startsAt, organization.timeZone),
      values: { inform: canReceiveSms(probationer) },
      options: {
        slotId: slots.map((slot) => ({
          value: String(slot.id),
          label: `${formatDay(civilDateFromDb(slot.date))} à ${formatHour(slot.startTime)}, ${slot.agenda.name} (${count(seatsLeft(slot), 'place')})`,
        })),
      },
      required: type.usesPublishedSlots ? ['slotId'] : ['date', 'time'],
      notAsked: [
        ...(type.usesPublishedSlots ? ['date', 'time'] : ['slotId']),
        ...(canReceiveSms(probationer) ? [] : ['inform']),
      ],
    }
  },
)
