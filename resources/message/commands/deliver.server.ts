import type { MessageKind } from '../template/schema'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { deliverMessage, deliveryKey, deliveryPriority, reconcileMessage, reconciliationKey } from '../jobs'
import {
  askedAgainAt,
  lookupsStopAfter,
  mayLeaveAt,
  nextState,
  reconcileDelay,
  retryDelay,
  whyNotDeliverable,
  type Truth,
} from '../rules'
import { messageIdInput, putOffDeliveryInput, recordLookupInput, recordSendResultInput } from '../schema'
import { messageText } from '../queries/text.server'
import { applyEvent } from './apply.server'
import { pauseUntil } from './pace.server'

/** What is handed to the provider. The reference is ours: receipts and lists are matched by it. */
export interface OutboundSms {
  messageId: number
  reference: string
  phone: string
  text: string
}

/**
 * Takes one planned message whose hour has come. The claiming statement re-reads the truth (state,
 * hour, phone, refusal) and holds the row until it is decided; the text is rendered then and stored as
 * it will leave.
 *
 * @returns the letter to hand over, or null: somebody else has it, or it must not leave, and then
 * the row says why.
 */
export const claimMessage = command(
  messageIdInput,
  async (ctx: Context, { messageId }): Promise<OutboundSms | null> => {
    const [truth] = await ctx.tx.$queryRaw<
      (Truth & { dueAt: Date; appointmentId: number; probationerId: number })[]
    >`
    SELECT m.kind::text, m.due_at AS "dueAt", m.deadline, a.id AS "appointmentId",
           a.state::text AS "appointmentState", a.starts_at AS "startsAt", p.id AS "probationerId", p.phone,
           p.phone_state::text AS "phoneState", p.has_no_mobile_phone AS "hasNoMobilePhone",
           p.sms_opt_out AS "smsOptOut", p.archived_at AS "archivedAt"
      FROM message m JOIN appointment a ON a.id = m.appointment_id JOIN probationer p ON p.id = m.probationer_id
     WHERE m.id = ${messageId} AND m.state = 'planned'
       FOR NO KEY UPDATE OF m`
    if (!truth) return null
    const { kind, appointmentId, probationerId, phone } = truth
    if (truth.dueAt > ctx.now) {
      await askForDelivery(ctx, { messageId, kind, runAt: askedAgainAt(truth.dueAt, ctx.now) })
      return null
    }

    const why = whyNotDeliverable(truth, ctx.now)
    if (why || !phone) {
      await applyEvent(ctx, messageId, why?.event ?? 'suppressed', { reason: why?.reason ?? 'no_phone' })
      return null
    }
    const rendered = await messageText(ctx, { appointmentId, kind })
    if (!rendered) {
      await applyEvent(ctx, messageId, 'suppressed', { reason: 'unrenderable' })
      return null
    }
    const { text, alphabet, parts, templateVersionId } = rendered
    const leavesAt = mayLeaveAt(text, await lastHourTo(ctx, probationerId, phone, messageId), ctx.now)
    if (leavesAt > ctx.now) {
      // Its hour is another one now: it is not late.
      await ctx.tx.message.update({ where: { id: messageId }, data: { dueAt: leavesAt } })
      await askForDelivery(ctx, { messageId, kind, runAt: leavesAt })
      return null
    }
    await ctx.tx.message.update({
      where: { id: messageId },
      data: {
        state: nextState('planned', 'claimed'),
        claimedAt: ctx.now,
        textSent: text,
        alphabet,
        parts,
        templateVersionId,
        phone,
        attempts: { increment: 1 },
      },
    })
    return { messageId, reference: deliveryKey(messageId), phone, text }
  },
)

async function lastHourTo(ctx: Context, probationerId: number, phone: string, exceptId: number) {
  const messages = await ctx.tx.message.findMany({
    where: {
      probationerId,
      phone,
      id: { not: exceptId },
      state: { in: ['sending', 'unknown', 'sent', 'delivered', 'failed'] },
      claimedAt: { gt: new Date(ctx.now.getTime() - 3_600_000) },
    },
    select: { claimedAt: true, textSent: true },
  })
  return messages.flatMap(({ claimedAt, textSent }) => (claimedAt ? [{ claimedAt, textSent }] : []))
}

/** Puts the job of a message in the queue, or moves the one that is there. */
export function askForDelivery(
  ctx: Context,
  { messageId, kind, runAt }: { messageId: number; kind: MessageKind; runAt: Date },
): Promise<void> {
  return enqueue(
    ctx,
    deliverMessage,
    { messageId },
    { key: deliveryKey(messageId), runAt, priority: deliveryPriority(kind) },
  )
}

/** The provider asks for patience: the message waits in the queue, still planned. */
export const putOffDelivery = command(
  putOffDeliveryInput,
  async (ctx: Context, { messageId, milliseconds }): Promise<void> => {
    const message = await ctx.tx.message.findUnique({ where: { id: messageId }, select: { kind: true } })
    if (message)
      await askForDelivery(ctx, {
        messageId,
        kind: message.kind,
        runAt: new Date(ctx.now.getTime() + milliseconds),
      })
  },
)

/** Nothing carries SMS here: a message whose hour has come says that it does not leave. */
export const withholdMessage = command(messageIdInput, async (ctx: Context, { messageId }): Promise<void> => {
  await applyEvent(ctx, messageId, 'suppressed', { reason: 'sms_not_open' })
})

/** Writes down what handing a message over gave, and asks for what comes next. */
export const recordSendResult = command(
  recordSendResultInput,
  async (ctx: Context, { messageId, outcome }): Promise<void> => {
    const { code } = outcome
    switch (outcome.kind) {
      case 'accepted':
        await applyEvent(ctx, messageId, 'accepted', { externalId: outcome.externalId, code })
        return
      case 'refused_for_good':
        await applyEvent(ctx, messageId, 'refused_for_good', { reason: outcome.reason, code })
        return
      case 'unknown':
        if ((await applyEvent(ctx, messageId, 'outcome_unknown', { code })) === 'unknown') {
          await askForReconciliation(ctx, messageId, 0)
        }
        return
      case 'refused_for_now':
        if (outcome.pauseUntil) await pauseUntil(ctx, outcome.pauseUntil)
        if ((await applyEvent(ctx, messageId, 'refused_for_now', { code })) === 'planned') {
          await tryAgain(ctx, messageId, outcome.pauseUntil)
        }
    }
  },
)

/** Asks the provider later what became of a message: its own list needs a minute to know. */
function askForReconciliation(ctx: Context, messageId: number, absences: number): Promise<void> {
  return enqueue(
    ctx,
    reconcileMessage,
    { messageId, absences },
    { key: reconciliationKey(messageId), runAt: new Date(ctx.now.getTime() + reconcileDelay) },
  )
}

/**
 * Writes down what the provider's list says. Absent twice, the message never left: it is planned again.
 * A list that nobody reaches is asked as long as the answer may still be of use.
 */
export const recordLookup = command(
  recordLookupInput,
  async (ctx: Context, { messageId, absences, outcome }): Promise<void> => {
    if (outcome.kind === 'found') {
      await applyEvent(ctx, messageId, 'accepted', { externalId: outcome.externalId })
      return
    }
    const message = await ctx.tx.message.findUnique({
      where: { id: messageId },
      select: { state: true, deadline: true },
    })
    if (message?.state !== 'unknown') return
    const absent = absences + (outcome.kind === 'absent' ? 1 : 0)
    if (absent >= 2) {
      if ((await applyEvent(ctx, messageId, 'absent')) === 'planned') await tryAgain(ctx, messageId)
    } else if (ctx.now.getTime() - message.deadline.getTime() > lookupsStopAfter) {
      await applyEvent(ctx, messageId, 'deadline_passed', { reason: 'unconfirmed' })
    } else await askForReconciliation(ctx, messageId, absent)
  },
)

/** The next try, unless the deadline comes first. */
async function tryAgain(ctx: Context, messageId: number, notBefore = ctx.now): Promise<void> {
  const { attempts, deadline, kind } = await ctx.tx.message.findUniqueOrThrow({
    where: { id: messageId },
    select: { attempts: true, deadline: true, kind: true },
  })
  const runAt = new Date(Math.max(ctx.now.getTime() + retryDelay(attempts), notBefore.getTime()))
  if (runAt < deadline) await askForDelivery(ctx, { messageId, kind, runAt })
  else await applyEvent(ctx, messageId, 'deadline_passed', { reason: 'deadline' })
}
