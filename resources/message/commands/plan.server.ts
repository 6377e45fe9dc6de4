import type { Prisma } from '@prisma/client'
import { templateFor } from '../template/queries/in-force.server'
import { canReceiveSms, reachFacts } from '../../probationer/rules'
import { civilOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { dropJob } from '../../shared/enqueue.server'
import { orNotFound } from '../../shared/errors'
import { applyEvent } from './apply.server'
import { askForDelivery } from './deliver.server'
import { insertPlanned, type AppointmentTold } from './plan.sql.server'
import { deliveryKey } from '../jobs'
import { withdrawnBecause, type MessageState } from '../rules'
import { messageNow, messagesToPlan, remindersToPlanAgain, type PlannedMessage, type Told } from '../schedule'
import {
  appointmentMessagesInput,
  cancelPlannedMessagesInput,
  personMessagesInput,
  planMessageNowInput,
  type MessageToCome,
} from '../schema'

/**
 * Plans what booking or rescheduling an appointment sends: each message is a row and a job
 * under its key, in the transaction of the appointment. Called inside the command that books.
 */
export const planMessages = (
  ctx: Context,
  appointment: AppointmentTold,
  facts: Omit<Parameters<typeof messagesToPlan>[0], 'now'>,
): Promise<void> => planGroupMessages(ctx, [appointment], facts)

/** The same for appointments made together, of persons whom the same messages reach. */
export const planGroupMessages = (
  ctx: Context,
  appointments: readonly AppointmentTold[],
  facts: Omit<Parameters<typeof messagesToPlan>[0], 'now'>,
): Promise<void> => plan(ctx, appointments, messagesToPlan({ ...facts, now: ctx.now }))

/**
 * Plans one message that an agent chose to send now.
 *
 * @returns false for a person who cannot receive SMS, or whose number was told so already: an absence taken back and
 * recorded again is the same one (decision M4).
 */
export const planMessageNow = command(
  planMessageNowInput,
  async (ctx: Context, { appointmentId, kind }): Promise<boolean> => {
    const appointment = await loadAppointment(ctx, appointmentId)
    const { probationer, messages } = appointment
    if (!canReceiveSms(probationer)) return false
    if (messages.some((one) => one.kind === kind && one.phone === probationer.phone && isTold(one.state)))
      return false
    await plan(ctx, [appointment], [messageNow(kind, appointment.startsAt, ctx.now)])
    return true
  },
)

/** Whether a message about this appointment told the person that they missed it, or is about to. */
export async function wasToldMissed(ctx: Context, appointmentId: number): Promise<boolean> {
  const { messages } = await loadAppointment(ctx, appointmentId)
  return messages.some(({ kind, state }) => kind === 'missed' && isTold(state))
}

/**
 * Withdraws the messages of a kind that have not left, with their jobs. Called by the command that cancels,
 * excuses, reschedules or takes an outcome back, once the appointment's state is changed: it is the reason told.
 */
export const cancelPlannedMessages = command(
  cancelPlannedMessagesInput,
  async (ctx: Context, { appointmentId, kind }): Promise<void> => {
    const planned = await ctx.tx.message.findMany({
      where: { appointmentId, kind, state: 'planned' },
      select: { id: true, appointment: { select: { state: true } } },
    })
    for (const { id, appointment } of planned) {
      if (appointment) await applyEvent(ctx, id, 'cancelled', { reason: withdrawnBecause[appointment.state] })
      await dropJob(ctx, deliveryKey(id))
    }
  },
)

/**
 * Plans again what is still worth telling a person who can be reached anew: a number typed or corrected,
 * SMS accepted again. Of an appointment to come, its reminder, and the word that never arrived; of a cancelled one,
 * that it is. Called inside the command that makes them reachable.
 *
 * @returns all that will leave for them from now on, in order: what the agent is told.
 */
export const planUsefulAgain = command(
  personMessagesInput,
  async (ctx: Context, { probationerId }): Promise<MessageToCome[]> => {
    const person = await ctx.tx.probationer.findUniqueOrThrow({
      where: { id: probationerId },
      select: reachFacts,
    })
    if (!canReceiveSms(person)) return []
    const appointments = await ctx.tx.appointment.findMany({
      where: { probationerId, state: { in: ['booked', 'cancelled'] }, startsAt: { gt: ctx.now } },
      select: appointmentToTell,
      orderBy: { startsAt: 'asc' },
    })
    for (const appointment of appointments) {
      const { state } = appointment
      const again = await planWordAgain(ctx, appointment, person.phone)
      if (state === 'booked') await planRemindersAgain(ctx, appointment, person.phone, again)
    }
    const planned = await ctx.tx.message.findMany({
      where: { probationerId, state: 'planned', deadline: { gt: ctx.now } },
      select: {
        kind: true,
        dueAt: true,
        appointment: { select: { organization: { select: { timeZone: true } } } },
      },
      orderBy: { dueAt: 'asc' },
    })
    return planned.flatMap(({ kind, dueAt, appointment }) =>
      appointment
        ? [{ kind, leavesNow: dueAt <= ctx.now, ...civilOf(dueAt, appointment.organization.timeZone) }]
        : [],
    )
  },
)

/**
 * Plans again what fell with an excuse, now that it is taken back: the word that had not left yet, and the reminders.
 * Of those whose hour went by meanwhile, one leaves at once (decisions M2, M4).
 */
export const planWithdrawn = command(
  appointmentMessagesInput,
  async (ctx: Context, { appointmentId }): Promise<void> => {
    const appointment = await loadAppointment(ctx, appointmentId)
    const { messages, probationer, organization, startsAt } = appointment
    const first = messages.filter(({ kind }) => kind === 'summons' || kind === 'rescheduling')
    const [unsaid] = first
    if (!unsaid || first.some(({ state }) => state !== 'cancelled')) {
      await planRemindersAgain(ctx, appointment, probationer.phone)
      return
    }
    const template = await templateFor(ctx, { ...appointment, kind: 'reminder' })
    const zone = organization.timeZone
    await planAgain(
      ctx,
      appointment,
      messagesToPlan({
        act: unsaid.kind === 'summons' ? 'booking' : 'rescheduling',
        meeting: { ...civilOf(startsAt, zone), zone },
        now: ctx.now,
        informNow: true,
        reachable: canReceiveSms(probationer),
        reminderHours: template?.reminderHours ?? [],
      }),
    )
  },
)

/** Messages that leave, or have left: what they tell counts as told to this number. */
const underWay: MessageState[] = ['sending', 'unknown', 'sent']
const isTold = (state: MessageState) => state === 'delivered' || underWay.includes(state)

async function planRemindersAgain(
  ctx: Context,
  appointment: AppointmentToTell,
  phone: string | null,
  toldNow: readonly Told[] = [],
): Promise<void> {
  const { organizationId, typeCode, startsAt, organization, messages } = appointment
  const zone = organization.timeZone
  const template = await templateFor(ctx, { organizationId, typeCode, kind: 'reminder' })
  const reminders = remindersToPlanAgain({
    meeting: { ...civilOf(startsAt, zone), zone },
    now: ctx.now,
    reminderHours: template?.reminderHours ?? [],
    waiting: messages
      .filter(({ kind, state }) => kind === 'reminder' && state === 'planned')
      .map(({ reminderHours }) => reminderHours),
    told: [
      ...messages.flatMap(({ kind, reminderHours, state, claimedAt, deliveredAt, ...message }) => {
        const arrived = state === 'delivered' || (underWay.includes(state) && message.phone === phone)
        // A word that still waits leaves as soon as it may.
        const leaves = kind !== 'reminder' && state === 'planned' ? ctx.now : null
        const at = arrived ? (claimedAt ?? deliveredAt) : leaves
        return at ? [{ kind, reminderHours, at }] : []
      }),
      ...toldNow,
    ],
  })
  await planAgain(ctx, appointment, reminders)
}

/**
 * The word that did not reach the person, who knows nothing of the date, would come for nothing, or on the day that is
 * no longer theirs. What the reminders to come need not say at once is returned.
 */
async function planWordAgain(
  ctx: Context,
  appointment: AppointmentToTell,
  phone: string | null,
): Promise<Told[]> {
  const { messages, state: now } = appointment
  const isAnotherDate = messages.some(({ kind }) => kind === 'rescheduling')
  const word = now !== 'booked' ? 'cancellation' : isAnotherDate ? 'rescheduling' : 'summons'
  const told = messages.filter(({ kind }) => kind === word)
  const isLost = ({ state }: { state: MessageState }) => ['failed', 'suppressed', 'expired'].includes(state)
  if (told.length === 0 || !told.every(isLost)) return []
  // A reminder says the same date.
  const isKnown = ({ state, ...message }: AppointmentToTell['messages'][number]) =>
    state === 'delivered' || (underWay.includes(state) && message.phone === phone)
  if (now === 'booked' && messages.some(isKnown)) return []
  await planAgain(ctx, appointment, [messageNow(word, appointment.startsAt, ctx.now)])
  return [{ kind: word, reminderHours: 0, at: ctx.now }]
}

/**
 * Under a version of their own: told apart from what was planned for the same cause before. The row of the
 * appointment is left alone, for the person's is locked and comes after it in the house's order.
 */
async function planAgain(
  ctx: Context,
  appointment: AppointmentToTell,
  messages: readonly PlannedMessage[],
): Promise<void> {
  const last = Math.max(0, ...appointment.messages.map(({ appointmentVersion }) => appointmentVersion))
  await plan(ctx, [{ ...appointment, version: last + 1 }], messages)
}

const appointmentToTell = {
  id: true,
  state: true,
  startsAt: true,
  version: true,
  typeCode: true,
  organizationId: true,
  probationerId: true,
  organization: { select: { timeZone: true } },
  probationer: { select: reachFacts },
  messages: {
    select: {
      kind: true,
      reminderHours: true,
      appointmentVersion: true,
      state: true,
      phone: true,
      claimedAt: true,
      deliveredAt: true,
    },
  },
} satisfies Prisma.AppointmentSelect

type AppointmentToTell = Prisma.AppointmentGetPayload<{ select: typeof appointmentToTell }>

async function loadAppointment(ctx: Context, id: number): Promise<AppointmentToTell> {
  return orNotFound(
    await ctx.tx.appointment.findUnique({ where: { id }, select: appointmentToTell }),
    'appointment',
  )
}

async function plan(
  ctx: Context,
  appointments: readonly AppointmentTold[],
  messages: readonly PlannedMessage[],
): Promise<void> {
  if (messages.length === 0 || appointments.length === 0) return
  const planned = await insertPlanned(ctx, appointments, messages)
  await askForDelivery(ctx, ...planned.map(({ id, kind, dueAt }) => ({ messageId: id, kind, runAt: dueAt })))
}
