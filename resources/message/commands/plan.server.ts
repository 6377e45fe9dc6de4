import { templateFor } from '../template/queries.server'
import { canReceiveSms, reachFacts } from '../../probationer/rules'
import { civilOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { dropJob } from '../../shared/enqueue.server'
import { orNotFound } from '../../shared/errors'
import { applyEvent } from './apply.server'
import { askForDelivery } from './deliver.server'
import { deliveryKey } from '../jobs'
import { withdrawnBecause } from '../rules'
import { messageNow, messagesToPlan, type PlannedMessage } from '../schedule'
import {
  appointmentMessagesInput,
  cancelPlannedMessagesInput,
  planMessageNowInput,
  planMessagesInput,
} from '../schema'

/**
 * Plans what booking or rescheduling an appointment sends (07 §3): each message is a row and a job
 * under its key, in the transaction of the appointment. Called inside the command that books.
 */
export const planMessages = command(
  planMessagesInput,
  async (ctx: Context, { appointmentId, informNow, act }): Promise<void> => {
    const appointment = await loadAppointment(ctx, appointmentId)
    const { organizationId, typeCode, startsAt, organization, probationer } = appointment
    const reminder = await templateFor(ctx, { organizationId, typeCode, kind: 'reminder' })
    const zone = organization.timeZone
    const messages = messagesToPlan({
      act,
      meeting: { ...civilOf(startsAt, zone), zone },
      now: ctx.now,
      informNow,
      reachable: canReceiveSms(probationer),
      reminderHours: reminder?.reminderHours ?? [],
    })
    for (const message of messages) await plan(ctx, appointment, message)
  },
)

/** Plans one message that an agent chose to send now. Nobody is told who cannot receive SMS. */
export const planMessageNow = command(
  planMessageNowInput,
  async (ctx: Context, { appointmentId, kind }): Promise<void> => {
    const appointment = await loadAppointment(ctx, appointmentId)
    if (!canReceiveSms(appointment.probationer)) return
    await plan(ctx, appointment, messageNow(kind, appointment.startsAt, ctx.now))
  },
)

/**
 * Withdraws the messages of a kind that have not left, with their jobs. Called by the command that cancels,
 * excuses, reschedules or takes an outcome back, once the appointment's state is changed: it is the reason told.
 */
export const cancelPlannedMessages = command(
  cancelPlannedMessagesInput,
  async (ctx: Context, { appointmentId, kind }): Promise<void> => {
    const { state } = await loadAppointment(ctx, appointmentId)
    const planned = await ctx.tx.message.findMany({
      where: { appointmentId, kind, state: 'planned' },
      select: { id: true },
    })
    for (const { id } of planned) {
      await applyEvent(ctx, id, 'cancelled', { reason: withdrawnBecause[state] })
      await dropJob(ctx, deliveryKey(id))
    }
  },
)

/**
 * Plans again the reminders that an excuse withdrew, for the version of the appointment that its undoing
 * made. Of those whose hour went by meanwhile, one leaves at once (decisions M2, M4).
 */
export const planWithdrawnReminders = command(
  appointmentMessagesInput,
  async (ctx: Context, { appointmentId }): Promise<void> => {
    const appointment = await loadAppointment(ctx, appointmentId)
    const withdrawn = await ctx.tx.message.findMany({
      where: {
        appointmentId,
        kind: 'reminder',
        state: 'cancelled',
        endReason: withdrawnBecause.excused,
        appointmentVersion: appointment.version - 1,
      },
      select: { kind: true, reminderHours: true, dueAt: true, deadline: true },
    })
    const late = withdrawn.filter((reminder) => reminder.dueAt <= ctx.now)
    const [nearest] = late.sort((a, b) => a.reminderHours - b.reminderHours)
    if (nearest) await plan(ctx, appointment, { ...nearest, dueAt: ctx.now, deadline: appointment.startsAt })
    for (const reminder of withdrawn.filter(({ dueAt }) => dueAt > ctx.now)) {
      await plan(ctx, appointment, reminder)
    }
  },
)

async function loadAppointment(ctx: Context, id: number) {
  return orNotFound(
    await ctx.tx.appointment.findUnique({
      where: { id },
      select: {
        id: true,
        state: true,
        startsAt: true,
        version: true,
        typeCode: true,
        organizationId: true,
        probationerId: true,
        organization: { select: { timeZone: true } },
        probationer: { select: reachFacts },
      },
    }),
    'appointment',
  )
}

async function plan(
  ctx: Context,
  appointment: { id: number; probationerId: number; version: number },
  { kind, reminderHours, dueAt, deadline }: PlannedMessage,
): Promise<void> {
  const { id } = await ctx.tx.message.create({
    data: {
      appointmentId: appointment.id,
      probationerId: appointment.probationerId,
      appointmentVersion: appointment.version,
      kind,
      reminderHours,
      dueAt,
      deadline,
      createdAt: ctx.now,
    },
    select: { id: true },
  })
  await askForDelivery(ctx, { messageId: id, kind, runAt: dueAt })
}
