import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { reachFacts } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import type { appointmentHistory } from '../fr'
import { appointmentFacts, appointmentsVisibleTo } from '../policy'

/** The steps that every change of an appointment is made of. */

/** An appointment the actor sees, locked with its slot and its person. */
export async function lockedAppointment(ctx: Context<AgentActor>, id: number): Promise<LockedAppointment> {
  const [appointment] = await lockedAppointments(ctx, [id])
  return orNotFound(appointment, 'appointment')
}

/**
 * In the order asked, every one of them visible; locked with their slots, their people, and whatever else the act
 * takes. What is said of their messages is said of the people too (message/commands/apply.server.ts).
 */
export async function lockedAppointments(
  ctx: Context<AgentActor>,
  ids: readonly number[],
  more: { place?: number[]; slot?: number[] } = {},
) {
  const where = { AND: [{ id: { in: [...ids] } }, appointmentsVisibleTo(ctx.actor)] }
  const visible = await ctx.tx.appointment.findMany({
    where,
    select: { id: true, slotId: true, probationerId: true },
  })
  await lock(
    ctx,
    {
      place: more.place ?? [],
      slot: [...visible.map(({ slotId }) => slotId), ...(more.slot ?? [])],
      appointment: visible.map(({ id }) => id),
      probationer: visible.map(({ probationerId }) => probationerId),
    },
    { place: 'SHARE' },
  )
  const found = await ctx.tx.appointment.findMany({
    where,
    select: {
      ...appointmentFacts,
      id: true,
      slotId: true,
      placeId: true,
      state: true,
      startsAt: true,
      typeCode: true,
      probationerId: true,
      place: { select: { name: true } },
      organization: { select: { timeZone: true } },
      probationer: {
        select: {
          ...appointmentFacts.probationer.select,
          ...reachFacts,
          lastName: true,
          firstName: true,
        },
      },
    },
  })
  const byId = new Map(found.map((appointment) => [appointment.id, appointment]))
  return ids.map((id) => orNotFound(byId.get(id), 'appointment'))
}

export type LockedAppointment = Awaited<ReturnType<typeof lockedAppointments>>[number]

/** Leaves "booked", with its line of history and its trace. */
export async function settle(
  ctx: Context<AgentActor>,
  appointment: LockedAppointment,
  state: 'cancelled' | 'attended' | 'missed' | 'excused' | 'rescheduled',
  more: Told = {},
): Promise<void> {
  await ctx.tx.appointment.update({ where: { id: appointment.id }, data: { state }, select: { id: true } })
  await tell(ctx, appointment, `appointment.${state}`, more)
}

/** What its line of history says beside when, where and for what. */
interface Told {
  outcome?: string
  /** When the appointment that replaces it is. */
  otherDate?: CivilDate
  otherTime?: CivilTime
  /** Of the service, for agents. */
  reason?: string
}

/** The line of history and the trace of a change of state. */
export async function tell(
  ctx: Context<AgentActor>,
  appointment: LockedAppointment,
  event: keyof typeof appointmentHistory,
  more: Told = {},
): Promise<void> {
  const { id, probationerId } = appointment
  await recordHistory(ctx, {
    probationerId,
    appointmentId: id,
    category: 'appointment',
    event,
    data: {
      ...civilOf(appointment.startsAt, appointment.organization.timeZone),
      place: appointment.place.name,
      typeCode: appointment.typeCode,
      ...more,
    },
  })
  await recordAudit(ctx, {
    action: 'update',
    subject: 'appointment',
    subjectId: id,
    probationerId,
    fields: ['state'],
  })
}

/** Only what is still to come gives a seat back, and only once: the state has just left "booked". */
export async function giveSeatBack(ctx: Context<AgentActor>, { slotId }: LockedAppointment): Promise<void> {
  await ctx.tx.slot.update({
    where: { id: slotId },
    data: { seatsTaken: { decrement: 1 } },
    select: { id: true },
  })
}
