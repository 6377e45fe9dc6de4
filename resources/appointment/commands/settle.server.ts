import { trace } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { cancelPlannedReminders, planMessageNow } from '../../message/commands.server'
import { canReceiveSms } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { allow, found, refuse } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { appointmentFacts, appointmentsVisibleTo, mayOnAppointment } from '../policy'
import { whyNotCancellable, whyNotOutcome } from '../rules'
import { cancelAppointmentInput, recordOutcomeInput } from '../schema'

/** Cancels an appointment to come: the seat is free again, the reminder will not leave. */
export const cancelAppointment = command(cancelAppointmentInput, async (ctx: Context<AgentActor>, input) => {
  const appointment = await lockedAppointment(ctx, input.appointmentId)
  allow(mayOnAppointment(ctx.actor, 'cancel', appointment), 'cancel an appointment')
  refuse(whyNotCancellable(appointment, ctx.now))

  await settle(ctx, appointment, 'cancelled')
  await giveSeatBack(ctx, appointment)
  await cancelPlannedReminders(ctx, { appointmentId: appointment.id })
  if (input.inform && canReceiveSms(appointment.probationer))
    await planMessageNow(ctx, { appointmentId: appointment.id, kind: 'cancellation' })
})

/** Records whether the person came (05 §5). An excuse given before frees the seat and drops the reminder. */
export const recordOutcome = command(recordOutcomeInput, async (ctx: Context<AgentActor>, input) => {
  const appointment = await lockedAppointment(ctx, input.appointmentId)
  allow(mayOnAppointment(ctx.actor, 'recordOutcome', appointment), 'record an outcome')
  refuse(whyNotOutcome(appointment, input.outcome, ctx.now))

  await settle(ctx, appointment, input.outcome)
  if (appointment.startsAt > ctx.now) {
    await giveSeatBack(ctx, appointment)
    await cancelPlannedReminders(ctx, { appointmentId: appointment.id })
  }
  if (input.outcome === 'missed' && input.inform && canReceiveSms(appointment.probationer))
    await planMessageNow(ctx, { appointmentId: appointment.id, kind: 'missed' })
})

async function lockedAppointment(ctx: Context<AgentActor>, id: number) {
  const where = { AND: [{ id }, appointmentsVisibleTo(ctx.actor)] }
  const { slotId } = found(
    await ctx.tx.appointment.findFirst({ where, select: { slotId: true } }),
    'appointment',
  )
  await lock(ctx, { slot: slotId, appointment: id })
  return found(
    await ctx.tx.appointment.findFirst({
      where,
      select: {
        ...appointmentFacts,
        id: true,
        slotId: true,
        state: true,
        startsAt: true,
        typeCode: true,
        probationerId: true,
        place: { select: { name: true } },
        organization: { select: { timeZone: true } },
        probationer: {
          select: {
            ...appointmentFacts.probationer.select,
            phone: true,
            hasNoMobilePhone: true,
            smsOptOut: true,
          },
        },
      },
    }),
    'appointment',
  )
}

type LockedAppointment = Awaited<ReturnType<typeof lockedAppointment>>

async function settle(
  ctx: Context<AgentActor>,
  appointment: LockedAppointment,
  state: 'cancelled' | 'attended' | 'missed' | 'excused',
): Promise<void> {
  const { id, probationerId } = appointment
  await ctx.tx.appointment.update({ where: { id }, data: { state } })
  await recordHistory(ctx, {
    probationerId,
    appointmentId: id,
    category: 'appointment',
    event: `appointment.${state}`,
    data: {
      ...civilOf(appointment.startsAt, appointment.organization.timeZone),
      place: appointment.place.name,
      typeCode: appointment.typeCode,
    },
  })
  await trace(ctx, {
    action: 'update',
    subject: 'appointment',
    subjectId: id,
    probationerId,
    fields: ['state'],
  })
}

/** Only what is still to come gives a seat back, and only once: the state has just left "booked". */
async function giveSeatBack(ctx: Context<AgentActor>, { slotId }: LockedAppointment): Promise<void> {
  await ctx.tx.slot.update({ where: { id: slotId }, data: { seatsTaken: { decrement: 1 } } })
}
