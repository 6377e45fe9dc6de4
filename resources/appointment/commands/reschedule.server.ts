import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { closuresOfPlace } from '../../closure/queries/of-place.server'
import { cancelPlannedMessages, planMessages } from '../../message/commands/plan.server'
import { textsOfBooking } from '../../message/queries/of-appointment.server'
import { refuseRelocated } from '../../place-relocation/queries/guard.sql.server'
import { seesProbationer } from '../../probationer/policy'
import { canReceiveSms, whyNotEditable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { mayOnAppointment } from '../policy'
import { whenExpected } from '../queries/overlapping.server'
import { whyNotCancellable } from '../rules'
import { rescheduleAppointmentInput, type NewSeat } from '../schema'
import { insertAppointment } from './book.sql.server'
import { no, refuseOtherAppointments, seatAtFreeHour, seatInSlot, type Seat } from './seat.server'
import { giveSeatBack, lockedAppointments, settle, type LockedAppointment } from './state.server'

/**
 * Gives an appointment another date, in one transaction (decision C6): the old one is `rescheduled`, its seat free
 * and its reminder withdrawn; the new one keeps its agent, prosecution number, custom columns and creating service.
 * Both keep their history, in which each names the other.
 *
 * @throws Refused when it is settled or past by now, or beside the seat that cannot be taken.
 */
export const rescheduleAppointment = command(
  rescheduleAppointmentInput,
  async (ctx: Context<AgentActor>, { appointmentId, inform, ...wanted }) => {
    const [found] = await movesOf(ctx, [appointmentId], wanted.slotId ? [wanted.slotId] : [])
    const move = orNotFound(found, 'appointment')
    const seat = await seatOfMove(ctx, move, wanted)
    return moveOn(ctx, move, seat, { inform, texts: await textsOfBooking(ctx, move.appointment) })
  },
)

/** An appointment that is locked, and what moving it depends on. */
export interface Move {
  appointment: LockedAppointment
  kept: Awaited<ReturnType<typeof keptFacts>>[number]
}

/** The appointments of these ids, locked with their slots and with those they would go to. */
export async function movesOf(
  ctx: Context<AgentActor>,
  ids: readonly number[],
  slotIds: readonly number[],
): Promise<Move[]> {
  const places = await ctx.tx.appointment.findMany({
    where: { id: { in: [...ids] } },
    select: { placeId: true },
    distinct: ['placeId'],
  })
  const appointments = await lockedAppointments(ctx, ids, {
    place: places.map(({ placeId }) => placeId),
    slot: [...slotIds],
  })
  const kept = new Map((await keptFacts(ctx, ids)).map((facts) => [facts.id, facts]))
  return appointments.map((appointment) => ({
    appointment,
    kept: orNotFound(kept.get(appointment.id), 'appointment'),
  }))
}

const keptFacts = (ctx: Context, ids: readonly number[]) =>
  ctx.tx.appointment.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      agentId: true,
      prosecutionNumber: true,
      reconvenesId: true,
      customColumnValues: { select: { customColumnId: true, value: true } },
      slot: { select: { agendaId: true, durationMinutes: true } },
      type: { select: { code: true, usesPublishedSlots: true, allowedOnDaysOff: true } },
      place: {
        select: {
          id: true,
          archivedAt: true,
          departmentCode: true,
          organization: { select: { timeZone: true } },
          agendas: { where: { archivedAt: null }, select: { id: true } },
        },
      },
    },
  })

/**
 * The seat an appointment may be given. Writes nothing: of several, one that is refused leaves the others.
 *
 * @throws Forbidden; Refused when the appointment cannot be moved any more, or not there.
 */
export async function seatOfMove(
  ctx: Context<AgentActor>,
  { appointment, kept: { place, type, slot, agentId } }: Move,
  { keepOverlap, ...wanted }: NewSeat & { keepOverlap: boolean },
): Promise<Seat> {
  assertAllowed(mayOnAppointment(ctx.actor, 'reschedule', appointment), 'reschedule an appointment')
  refuseIf(whyNotCancellable(appointment, ctx.now))
  refuseIf(whyNotEditable(appointment.probationer))
  if (place.archivedAt) throw no('appointment.place_archived', 'slotId')
  const today = civilOf(ctx.now, place.organization.timeZone).date
  // Its own is full of the person, and of nobody else.
  if (wanted.slotId === appointment.slotId) throw no('appointment.same_date', 'slotId')
  const seat = type.usesPublishedSlots
    ? await seatInSlot(ctx, wanted, { place, type })
    : seatAtFreeHour(
        ctx,
        {
          ...{ ...wanted, agendaId: wanted.agendaId ?? slot.agendaId },
          durationMinutes: slot.durationMinutes,
        },
        {
          ...{ type, agentId },
          place: { ...place, closures: await closuresOfPlace(ctx, place.id, today, agentId) },
        },
      )
  if (seat.startsAt.getTime() === appointment.startsAt.getTime() && seat.agendaId === slot.agendaId)
    throw no('appointment.same_date', type.usesPublishedSlots ? 'slotId' : 'date')
  await refuseRelocated(ctx, place.id, seat.date, type.usesPublishedSlots ? 'slotId' : 'date')
  const seen = seesProbationer(ctx.actor, appointment.probationer)
  const expected = await whenExpected(ctx, appointment.probationerId, appointment.id)
  refuseOtherAppointments({ keepOverlap, seen }, seat, expected)
  return seat
}

/** Moves an appointment to a seat that was found for it, and plans what the person is told. */
export async function moveOn(
  ctx: Context<AgentActor>,
  { appointment, kept }: Move,
  seat: Seat,
  {
    inform,
    reason,
    texts,
  }: { inform: boolean; reason?: string; texts: Awaited<ReturnType<typeof textsOfBooking>> },
): Promise<{ id: number; date: CivilDate; time: CivilTime; smsPlanned: boolean }> {
  const { id: oldId, probationerId, typeCode, organizationId, creatingOrganizationId } = appointment
  const { place, agentId, prosecutionNumber, reconvenesId, customColumnValues } = kept
  const zone = place.organization.timeZone
  const reachable = canReceiveSms(appointment.probationer)
  const smsPlanned = inform && reachable
  if (smsPlanned) refuseIf(texts.refusal)

  await settle(ctx, appointment, 'rescheduled', {
    otherDate: seat.date,
    otherTime: seat.time,
    ...(reason && { reason }),
  })
  await giveSeatBack(ctx, appointment)
  await cancelPlannedMessages(ctx, { appointmentId: oldId, kind: 'reminder' })

  const id = await insertAppointment(ctx, seat, {
    ...{ probationerId, typeCode, organizationId, creatingOrganizationId, agentId, prosecutionNumber },
    placeId: place.id,
    startsAt: seat.startsAt,
    rescheduledFromId: oldId,
    reconvenesId,
    informedAtBooking: smsPlanned,
    requestKey: null,
    requestDigest: null,
  })
  if (customColumnValues.length > 0)
    await ctx.tx.customColumnValue.createMany({
      data: customColumnValues.map((column) => ({ ...column, appointmentId: id })),
    })
  const old = civilOf(appointment.startsAt, zone)
  await recordHistory(ctx, {
    probationerId,
    appointmentId: id,
    category: 'appointment',
    event: 'appointment.booked_instead',
    data: {
      date: seat.date,
      time: seat.time,
      place: appointment.place.name,
      typeCode,
      otherDate: old.date,
      otherTime: old.time,
    },
  })
  await recordAudit(ctx, { action: 'create', subject: 'appointment', subjectId: id, probationerId })
  await planMessages(
    ctx,
    { id, probationerId, version: 1 },
    {
      act: 'rescheduling',
      meeting: { date: seat.date, time: seat.time, zone },
      informNow: smsPlanned,
      reachable,
      reminderHours: texts.reminderHours,
    },
  )
  return { id, date: seat.date, time: seat.time, smsPlanned }
}
