import {
  cancelPlannedMessages,
  planMessageNow,
  planWithdrawn,
  wasToldMissed,
} from '../../message/commands/plan.server'
import { closuresOfPlace } from '../../closure/queries/of-place.server'
import { because, closureAt } from '../../closure/rules'
import { refuseRelocated } from '../../place-relocation/queries/guard.sql.server'
import { whyNotEditable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf, Refused } from '../../shared/errors'
import { fullName } from '../../shared/french'
import { violatesUnique } from '../../shared/unique.server'
import { mayOnAppointment, stands } from '../policy'
import { whyNotCancellable, whyNotOutcome, whyNotSlot, whyNotUndo } from '../rules'
import {
  appointmentIdInput,
  cancelAppointmentInput,
  recordOutcomeInput,
  recordOutcomesInput,
  appointmentIdsInput,
} from '../schema'
import {
  giveSeatBack,
  lockedAppointment,
  lockedAppointments,
  settle,
  tell,
  type LockedAppointment,
} from './state.server'

/** Cancels an appointment to come: the seat is free again, the reminder will not leave. */
export const cancelAppointment = command(cancelAppointmentInput, async (ctx: Context<AgentActor>, input) => {
  const appointment = await lockedAppointment(ctx, input.appointmentId)
  refuseCancel(ctx, appointment)
  await cancelOn(ctx, appointment, input)
})

/** @throws Forbidden, or Refused when it is settled or past. */
export function refuseCancel(ctx: Context<AgentActor>, appointment: LockedAppointment): void {
  assertAllowed(mayOnAppointment(ctx.actor, 'cancel', appointment), 'cancel an appointment')
  refuseIf(whyNotCancellable(appointment, ctx.now))
}

/** @returns whether an SMS leaves. */
export async function cancelOn(
  ctx: Context<AgentActor>,
  appointment: LockedAppointment,
  { inform, reason }: { inform: boolean; reason?: string },
): Promise<boolean> {
  await settle(ctx, appointment, 'cancelled', { ...(reason && { reason }) })
  await giveSeatBack(ctx, appointment)
  await cancelPlannedMessages(ctx, { appointmentId: appointment.id, kind: 'reminder' })
  return inform && planMessageNow(ctx, { appointmentId: appointment.id, kind: 'cancellation' })
}

/** Records whether the person came (decision C5). An excuse given before frees the seat and drops the reminder. */
export const recordOutcome = command(
  recordOutcomeInput,
  async (ctx: Context<AgentActor>, { appointmentId, ...said }) => {
    const appointment = await lockedAppointment(ctx, appointmentId)
    refuseOutcome(ctx, appointment, said.outcome)
    return { smsPlanned: await recordOn(ctx, [appointment], said) }
  },
)

/**
 * Records one outcome for several appointments, all or none.
 *
 * @throws Refused beside the one that cannot be settled, `appointmentIds.<its rank>`.
 */
export const recordOutcomes = command(
  recordOutcomesInput,
  async (
    ctx: Context<AgentActor>,
    { appointmentIds, ...said },
  ): Promise<{ recorded: number; smsPlanned: number }> => {
    const appointments = await lockedAppointments(ctx, appointmentIds)
    for (const [rank, appointment] of appointments.entries())
      refuseOutcome(ctx, appointment, said.outcome, rowOf(appointment, rank))
    return { recorded: appointments.length, smsPlanned: await recordOn(ctx, appointments, said) }
  },
)

type Outcome = 'attended' | 'missed' | 'excused'

/** Of several, the one that is refused: by its rank for the form, by its name for the reader. */
interface Row {
  field: string
  params: { about: string }
}
const rowOf = ({ probationer }: LockedAppointment, rank: number): Row => ({
  field: `appointmentIds.${rank}`,
  params: { about: fullName(probationer) },
})

function refuseOutcome(
  ctx: Context<AgentActor>,
  appointment: LockedAppointment,
  outcome: Outcome,
  row?: Row,
): void {
  assertAllowed(mayOnAppointment(ctx.actor, 'recordOutcome', appointment), 'record an outcome')
  refuseIf(whyNotOutcome(appointment, outcome, ctx.now), row?.field, row?.params)
}

/** @returns how many SMS will leave, unless the outcome is taken back at once. */
async function recordOn(
  ctx: Context<AgentActor>,
  appointments: readonly LockedAppointment[],
  { outcome, inform }: { outcome: Outcome; inform: boolean },
): Promise<number> {
  let smsPlanned = 0
  for (const appointment of appointments) {
    await settle(ctx, appointment, outcome)
    if (appointment.startsAt > ctx.now) {
      await giveSeatBack(ctx, appointment)
      await cancelPlannedMessages(ctx, { appointmentId: appointment.id, kind: 'reminder' })
    }
    if (outcome === 'missed' && inform)
      smsPlanned += Number(await planMessageNow(ctx, { appointmentId: appointment.id, kind: 'missed' }))
  }
  return smsPlanned
}

/**
 * Takes an outcome back: the appointment is booked again (decision C5). Undoing an excuse given before
 * takes its seat back and plans its reminder again; once the hour is past, a seat holds nothing.
 *
 * @returns `told`: to how many an SMS has said that they missed it.
 * @throws Refused, of one still to come, when its seat is gone, its record archived or limited, its place closed or
 * moving, when the person is convoked again, or expected elsewhere at that instant.
 */
export const undoOutcome = command(
  appointmentIdInput,
  async (ctx: Context<AgentActor>, { appointmentId }): Promise<{ told: number }> => {
    const appointment = await lockedAppointment(ctx, appointmentId)
    refuseUndo(ctx, appointment)
    return { told: Number(await undoOn(ctx, appointment)) }
  },
)

/** Takes several outcomes back, all or none. */
export const undoOutcomes = command(
  appointmentIdsInput,
  async (ctx: Context<AgentActor>, { appointmentIds }): Promise<{ undone: number; told: number }> => {
    const appointments = await lockedAppointments(ctx, appointmentIds)
    for (const [rank, appointment] of appointments.entries())
      refuseUndo(ctx, appointment, rowOf(appointment, rank))
    let told = 0
    for (const [rank, appointment] of appointments.entries())
      told += Number(await undoOn(ctx, appointment, rowOf(appointment, rank)))
    return { undone: appointments.length, told }
  },
)

function refuseUndo(ctx: Context<AgentActor>, appointment: LockedAppointment, row?: Row): void {
  assertAllowed(mayOnAppointment(ctx.actor, 'recordOutcome', appointment), 'undo an outcome')
  refuseIf(whyNotUndo(appointment), row?.field, row?.params)
}

/** What is booked again is held to what changed meanwhile. */
async function refuseToExpectAgain(
  ctx: Context<AgentActor>,
  { id, placeId, startsAt, organization, probationer }: LockedAppointment,
  row?: Row,
): Promise<void> {
  const refuse = (code: Parameters<typeof refuseIf>[0], params = {}) =>
    refuseIf(code, row?.field, { ...row?.params, ...params })
  refuse(whyNotEditable(probationer))
  const { slot, agentId, reconvenedAs } = await ctx.tx.appointment.findUniqueOrThrow({
    where: { id },
    select: { slot: true, agentId: true, reconvenedAs: { where: stands, select: { id: true } } },
  })
  refuse(reconvenedAs.length > 0 ? 'appointment.reconvened_since' : null)
  refuse(whyNotSlot(slot, ctx.now) && 'appointment.seat_gone')
  // A free hour has a slot of its own, which no closure closes.
  const { date, time } = civilOf(startsAt, organization.timeZone)
  await refuseRelocated(ctx, placeId, date, row?.field ?? 'date')
  const today = civilOf(ctx.now, organization.timeZone).date
  const closed = closureAt(await closuresOfPlace(ctx, placeId, today, agentId), {
    ...{ agendaId: slot.agendaId, agentId, date, time },
  })
  if (closed) refuse('appointment.closed', { because: because(closed) })
}

/** @returns whether an SMS has said that the person missed it. */
async function undoOn(ctx: Context<AgentActor>, appointment: LockedAppointment, row?: Row): Promise<boolean> {
  const { id, slotId, state } = appointment
  const toCome = appointment.startsAt > ctx.now
  if (toCome) {
    await refuseToExpectAgain(ctx, appointment, row)
    await ctx.tx.slot.update({ where: { id: slotId }, data: { seatsTaken: { increment: 1 } } })
  }
  try {
    // A new version keeps its future messages apart from those already sent.
    await ctx.tx.appointment.update({
      where: { id },
      data: { state: 'booked', version: { increment: 1 } },
    })
  } catch (error) {
    if (violatesUnique(error, 'probationer_id', 'starts_at'))
      throw new Refused('appointment.same_instant', row?.params, row?.field)
    throw error
  }
  await tell(ctx, appointment, 'appointment.outcome_undone', { outcome: state })
  await cancelPlannedMessages(ctx, { appointmentId: id, kind: 'missed' })
  if (toCome) await planWithdrawn(ctx, { appointmentId: id })
  return state === 'missed' && wasToldMissed(ctx, id)
}
