import type { Prisma } from '@prisma/client'
import { initialOf, reachFacts, whyUnreachable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { appointmentFacts, appointmentsVisibleTo, knowsWhoIsExpected, mayOnAppointment } from '../policy'
import { whyNotCancellable } from '../rules'
import { appointmentIdInput } from '../schema'

const kept = {
  ...appointmentFacts,
  ...{ id: true, probationerId: true, typeCode: true, startsAt: true, state: true },
  type: {
    select: {
      ...appointmentFacts.type.select,
      label: true,
      usesPublishedSlots: true,
      allowedOnDaysOff: true,
    },
  },
  slot: { select: { agendaId: true, durationMinutes: true } },
  place: {
    select: {
      ...{ id: true, name: true, departmentCode: true },
      organization: { select: { timeZone: true } },
      agendas: {
        where: { archivedAt: null },
        select: { id: true, name: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      },
    },
  },
  probationer: {
    select: {
      ...appointmentFacts.probationer.select,
      ...reachFacts,
      id: true,
      firstName: true,
      lastName: true,
      creatingOrganizationId: true,
    },
  },
} satisfies Prisma.AppointmentSelect

/**
 * An appointment that the agent may give another date, with its place and type, which stay. Whether its state still
 * lets it be moved is said by the command.
 *
 * @throws NotFound, Forbidden.
 */
export async function appointmentToMove(ctx: Context<AgentActor>, appointmentId: number) {
  const appointment = orNotFound(
    await ctx.tx.appointment.findFirst({
      where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
      select: kept,
    }),
    'appointment',
  )
  assertAllowed(mayOnAppointment(ctx.actor, 'reschedule', appointment), 'reschedule an appointment')
  const { organization, ...place } = appointment.place
  return { ...appointment, place: { ...place, timeZone: organization.timeZone } }
}

/** What the form of another date starts from: what stays, and when it was. */
export const appointmentToReschedule = query(
  appointmentIdInput,
  async (ctx: Context<AgentActor>, { appointmentId }) => {
    const appointment = await appointmentToMove(ctx, appointmentId)
    const { id, place, type, typeCode, slot, probationer, startsAt } = appointment
    return {
      id,
      /** What keeps it from being moved by now. */
      whyNot: whyNotCancellable(appointment, ctx.now),
      person: {
        id: probationer.id,
        firstName: probationer.firstName,
        lastName: knowsWhoIsExpected(ctx.actor, appointment)
          ? probationer.lastName
          : initialOf(probationer.lastName),
        unreachable: whyUnreachable(probationer),
        /** Of somebody beyond the jurisdiction, nothing is said of their number. */
        phoneToCheck: probationer.phoneState === 'to_check' && knowsWhoIsExpected(ctx.actor, appointment),
      },
      type: {
        code: typeCode,
        label: type.label,
        usesPublishedSlots: type.usesPublishedSlots,
        allowedOnDaysOff: type.allowedOnDaysOff,
      },
      place: {
        id: place.id,
        name: place.name,
        departmentCode: place.departmentCode,
        agendas: place.agendas,
      },
      /** Its own, unless it has been archived since. */
      agendaId: place.agendas.some((agenda) => agenda.id === slot.agendaId) ? slot.agendaId : null,
      was: civilOf(startsAt, place.timeZone),
      today: civilOf(ctx.now, place.timeZone).date,
    }
  },
)
