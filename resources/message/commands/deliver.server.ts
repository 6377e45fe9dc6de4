import type { MessageKind } from '../template/schema'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue, enqueueAll } from '../../shared/enqueue.server'
import { lock } from '../../shared/lock.server'
import { deliverMessage, deliveryPriority, reconcileMessage, reconciliationKey, deliveryKey } from '../jobs'
import {
  absenceCounts,
  askedAgainAt,
  departureOf,
  handingOverLasts,
  leavesAsAsked,
  lookupsStopAfter,
  reconcileDelay,
  retryDelay,
  unrenderableBecause,
  whyNotDeliverable,
} from '../rules'
import { whenLateLeaves } from '../schedule'
import { messageIdInput, putOffDeliveryInput, recordLookupInput, recordSendResultInput } from '../schema'
import { messageText } from '../queries/text.server'
import { applyEvent } from './apply.server'
import { holdPersonOf, holdWithPerson, truthOf, writeClaim } from './deliver.sql.server'
import { pauseUntil } from './pace.server'

/** What is handed to the provider. The reference is ours: receipts and lists are matched by it. */
export interface OutboundSms {
  reference: string
  phone: string
  text: string
}

/**
 * Takes one planned message whose hour has come. The claiming statement re-reads the truth (state,
 * hour, phone, refusal) and holds the row until it is decided; the text is rendered then and stored as
 * it will leave.
 *
 * @returns the SMS to hand over, or null: somebody else has it, or it must not leave, and then
 * the row says why.
 */
export const claimMessage = command(
  messageIdInput,
  async (ctx: Context, { messageId }): Promise<OutboundSms | null> => {
    // What leaves for one person leaves in turn: each is decided by what the one before said.
    const state = await holdPersonOf(ctx, messageId)
    if (state === 'sending') await lookForLostAnswer(ctx, messageId)
    if (state !== 'planned') return null
    const truth = await truthOf(ctx, messageId)
    if (!truth) return null
    const { kind, appointmentId, deadline, phone } = truth
    const waitUntil = (runAt: Date) => askForDelivery(ctx, { messageId, kind, runAt })
    if (truth.dueAt > ctx.now) {
      await waitUntil(askedAgainAt(truth.dueAt, ctx.now))
      return null
    }

    const why = whyNotDeliverable(truth, ctx.now)
    if (why || !phone) {
      await applyEvent(ctx, messageId, why?.event ?? 'suppressed', { reason: why?.reason ?? 'no_phone' })
      return null
    }
    const decentHour = leavesAsAsked(truth, ctx.now)
      ? ctx.now
      : whenLateLeaves(kind, { now: ctx.now, deadline, zone: truth.zone })
    if (!decentHour) {
      await applyEvent(ctx, messageId, 'deadline_passed', { reason: 'night' })
      return null
    }
    if (decentHour > ctx.now) {
      await ctx.tx.message.update({ where: { id: messageId }, data: { dueAt: decentHour } })
      await waitUntil(decentHour)
      return null
    }

    // Every kind there is speaks of an appointment: without one there is no text yet.
    const rendered =
      appointmentId === null
        ? { ok: false as const, why: 'message.text_unusable' as const }
        : await messageText(ctx, { appointmentId, kind })
    if (!rendered.ok) {
      await applyEvent(ctx, messageId, 'suppressed', { reason: unrenderableBecause[rendered.why] })
      return null
    }
    const { text, alphabet, parts, templateVersionId } = rendered
    const departure = departureOf(
      { text, isRepeat: kind === 'reminder' && truth.wasTold, deadline },
      truth.lastHour,
      ctx.now,
    )
    if (departure === 'already_told') {
      await applyEvent(ctx, messageId, 'suppressed', { reason: 'already_told' })
      return null
    }
    if (departure !== 'now') {
      // Its hour is another one now: it is not late.
      if (departure.isNewHour)
        await ctx.tx.message.update({ where: { id: messageId }, data: { dueAt: departure.at } })
      await waitUntil(departure.at)
      return null
    }
    await writeClaim(ctx, messageId, { phone, text, alphabet, parts, templateVersionId })
    return { reference: deliveryKey(messageId), phone, text }
  },
)

/**
 * Whether a message still is, held for this transaction: what is kept of it elsewhere goes with its person, who may be
 * erased at any moment.
 */
export async function holdMessage(ctx: Context, messageId: number): Promise<boolean> {
  await lock(ctx, { message: messageId })
  const held = await ctx.tx.message.findUnique({ where: { id: messageId }, select: { id: true } })
  return held !== null
}

/**
 * A message found claimed by the very job that claims it: the worker that had it died before the answer,
 * or lost the database. Whether it left is asked at once; that nothing is known of it yet says nothing.
 */
async function lookForLostAnswer(ctx: Context, messageId: number): Promise<void> {
  await lock(ctx, { message: messageId })
  const message = await ctx.tx.message.findUniqueOrThrow({
    where: { id: messageId },
    select: { state: true, claimedAt: true, kind: true },
  })
  if (message.state !== 'sending') return
  const answeredBy = new Date((message.claimedAt?.getTime() ?? 0) + handingOverLasts)
  if (answeredBy > ctx.now) {
    await askForDelivery(ctx, { messageId, kind: message.kind, runAt: answeredBy })
    return
  }
  await applyEvent(ctx, messageId, 'outcome_unknown')
  await askForReconciliation(ctx, messageId, 0, ctx.now)
}

/** Puts the job of each message in the queue, or moves the one that is there. */
export const askForDelivery = (
  ctx: Context,
  ...messages: readonly { messageId: number; kind: MessageKind; runAt: Date }[]
): Promise<void> =>
  enqueueAll(
    ctx,
    deliverMessage,
    messages.map(({ messageId, kind, runAt }) => ({
      payload: { messageId },
      key: deliveryKey(messageId),
      runAt,
      priority: deliveryPriority(kind),
    })),
  )

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

/**
 * Writes down what handing a message over gave, and asks for what comes next. That it left is true whoever says it; the
 * rest is of one claim, and nothing to say once another has the message.
 */
export const recordSendResult = command(
  recordSendResultInput,
  async (ctx: Context, { messageId, outcome, claimedAt }): Promise<void> => {
    const { code } = outcome
    if (claimedAt && outcome.kind !== 'accepted') {
      const held = await holdWithPerson(ctx, messageId)
      if (held?.claimedAt?.getTime() !== claimedAt.getTime()) return
    }
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
function askForReconciliation(
  ctx: Context,
  messageId: number,
  absences: number,
  runAt = new Date(ctx.now.getTime() + reconcileDelay),
): Promise<void> {
  return enqueue(ctx, reconcileMessage, { messageId, absences }, { key: reconciliationKey(messageId), runAt })
}

/**
 * Writes down what the provider's list says. Absent twice once the list should know of it, the message never left: it
 * is planned again.
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
      select: { state: true, deadline: true, claimedAt: true },
    })
    if (message?.state !== 'unknown') return
    const absent = absences + (outcome.kind === 'absent' && absenceCounts(message.claimedAt, ctx.now) ? 1 : 0)
    if (absent >= 2) {
      if ((await applyEvent(ctx, messageId, 'absent')) === 'planned') await tryAgain(ctx, messageId)
    } else if (ctx.now.getTime() - message.deadline.getTime() > lookupsStopAfter) {
      await applyEvent(ctx, messageId, 'deadline_passed', { reason: 'unconfirmed' })
    } else
      await askForReconciliation(
        ctx,
        messageId,
        absent,
        outcome.kind === 'unreachable' ? outcome.notBefore : undefined,
      )
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
