import type { TaskList } from 'graphile-worker'
import { prisma } from '../../resources/shared/db.server'
import type { OutboundSms } from '../../resources/message/commands/deliver.server'
import type { LookupOutcome, SendOutcome } from '../../resources/message/schema'
import { deliveryTasks } from '../../worker/sms/delivery'
import { outbox } from '../../worker/sms/outbox'
import type { SmsProvider } from '../../worker/sms/provider'
import { reconciliationTasks } from '../../worker/sms/reconciliation'
import { anAppointment, aPerson, at, inHours, type Service, planFor } from '../support/booked'
import { bringForward, drainQueue } from '../support/queue'

export const byOutbox = { ...deliveryTasks(outbox), ...reconciliationTasks(outbox) }

/** A provider that answers as it is told, and remembers what it was handed. */
export function provider(answers: SendOutcome[], found: LookupOutcome[] = []) {
  const handed: OutboundSms[] = []
  const answering: SmsProvider = {
    send: (sms) => {
      handed.push(sms)
      const answer = answers.shift()
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('socket hang up'))
    },
    lookup: () => Promise.resolve(found.shift() ?? { kind: 'unreachable' }),
    readReceipt: (raw) => outbox.readReceipt(raw),
  }
  return { handed, tasks: { ...deliveryTasks(answering), ...reconciliationTasks(answering) } }
}

export const accepted = { kind: 'accepted', externalId: 'ext-1' } satisfies SendOutcome
export const busy = { kind: 'refused_for_now', code: '503' } satisfies SendOutcome

/** Somebody convoked in three days, told now and reminded. */
export async function convokedBy(service: Service, person: { phone?: string | null } = {}, inform = true) {
  const { id: probationerId, phone } = await aPerson(person)
  const appointment = await anAppointment(service, probationerId, inHours(72))
  await at(new Date(), (ctx) => planFor(ctx, appointment.id, inform))
  const of = (kind: 'summons' | 'reminder') =>
    prisma.message.findFirstOrThrow({ where: { appointmentId: appointment.id, kind } })
  return {
    appointmentId: appointment.id,
    probationerId,
    phone,
    summons: () => of('summons'),
    reminder: () => of('reminder'),
    history: async () =>
      (await prisma.historyEntry.findMany({ where: { probationerId }, orderBy: { id: 'asc' } })).map(
        ({ event, data }) => ({ event, ...(data as object) }),
      ),
  }
}

/** The minute has come at which the provider's list is asked about what nobody knows. */
export async function lookForUnsettled(tasks: TaskList) {
  await prisma.$executeRaw`SELECT graphile_worker.add_job('reconcile-messages')`
  await drainQueue(tasks)
}

/** As if the message had been claimed so many seconds ago. */
export async function claimedFor(seconds: number, id: number) {
  await prisma.message.update({ where: { id }, data: { claimedAt: inHours(-seconds / 3600) } })
}

/** As if their list had been without it for so many seconds. */
export async function absentFor(seconds: number, id: number) {
  await prisma.message.updateMany({
    where: { id, absentSince: { not: null } },
    data: { absentSince: inHours(-seconds / 3600) },
  })
}

/** How many wait for what somebody else holds. */
export async function waiting() {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE wait_event_type = 'Lock' AND datname = current_database()`
  return row?.count
}

/** The hour of the reminder has come: asked for at once, as these tests run at any hour. */
export async function dueNow(messageId: number) {
  const now = new Date()
  await prisma.message.update({ where: { id: messageId }, data: { createdAt: now, dueAt: now } })
  await bringForward(`message:${messageId}`)
}
