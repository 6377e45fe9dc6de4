import type { AnyMessageKind } from '../template/schema'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueueAll } from '../../shared/enqueue.server'
import { lock } from '../../shared/lock.server'
import { deliverMessage, deliveryKey, deliveryPriority } from '../jobs'
import { referenceOf, type Carried } from '../reference'
import {
  askedAgainAt,
  departureOf,
  handingOverLasts,
  leavesAsAsked,
  unrenderableBecause,
  waitsForTurn,
  whyNotDeliverable,
} from '../rules'
import { whenLateLeaves } from '../schedule'
import { messageIdInput, putOffDeliveryInput, recordSendResultInput } from '../schema'
import { spaceSmsOf } from '../../probationer-space/queries/text.server'
import { messageText } from '../queries/text.server'
import { applyEvent } from './apply.server'
import { holdPersonOf, holdWithPerson, truthOf, writeClaim, type TruthOfMessage } from './deliver.sql.server'
import { recordOutcome, type Kept } from './outcome.server'

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
    const { kind, deadline, phone } = truth
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

    const rendered = await textOf(ctx, messageId, truth)
    if (!rendered.ok) {
      await applyEvent(ctx, messageId, 'suppressed', { reason: rendered.reason })
      return null
    }
    const { text, kept, alphabet, parts, templateVersionId } = rendered
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
    await writeClaim(ctx, messageId, { phone, text: kept, alphabet, parts, templateVersionId })
    const reference = referenceOf({ kind: 'message', id: messageId, createdAt: truth.createdAt })
    return { reference, phone, text }
  },
)

/** The text of a message as it leaves, and as it is kept. */
async function textOf(ctx: Context, messageId: number, { appointmentId, ...truth }: TruthOfMessage) {
  if (truth.appointmentState === null) {
    const sms = await spaceSmsOf(ctx, { messageId, kind: truth.kind })
    return sms
      ? { ok: true as const, ...sms, templateVersionId: null }
      : { ok: false as const, reason: 'link_over' as const }
  }
  const rendered = await messageText(ctx, { appointmentId: appointmentId ?? 0, kind: truth.kind })
  return rendered.ok
    ? { ...rendered, kept: rendered.text }
    : { ok: false as const, reason: unrenderableBecause[rendered.why] }
}

/**
 * Whether a message still is, held for this transaction: what is kept of it elsewhere goes with its person, who may be
 * erased at any moment.
 */
export async function holdMessage(ctx: Context, { id, createdAt }: Carried): Promise<boolean> {
  await lock(ctx, { message: id })
  const held = await ctx.tx.message.findUnique({ where: { id, createdAt }, select: { id: true } })
  return held !== null
}

/**
 * A message found claimed by the very job that claims it: the worker that had it died before the answer,
 * or lost the database. Whether it left is asked at the next minute: a list that does not have it yet proves nothing.
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
}

/** Puts the job of each message in the queue, or moves the one that is there. */
export const askForDelivery = (
  ctx: Context,
  ...messages: readonly { messageId: number; kind: AnyMessageKind; runAt: Date }[]
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

/** There is no turn for it yet: the message waits in the queue, still planned, as long as its deadline is to come. */
export const putOffDelivery = command(
  putOffDeliveryInput,
  async (ctx: Context, { messageId, ...turn }): Promise<void> => {
    const message = await ctx.tx.message.findUnique({
      where: { id: messageId },
      select: { kind: true, state: true, deadline: true },
    })
    if (!message) return
    const { kind, state, deadline } = message
    if (state === 'planned' && deadline <= ctx.now) {
      await applyEvent(ctx, messageId, 'deadline_passed', { reason: 'deadline' })
      return
    }
    const wait = waitsForTurn({ kind, ...turn }, Math.random())
    await askForDelivery(ctx, { messageId, kind, runAt: new Date(ctx.now.getTime() + wait) })
  },
)

/** Nothing carries SMS here: a message whose hour has come says that it does not leave. */
export const withholdMessage = command(messageIdInput, async (ctx: Context, { messageId }): Promise<void> => {
  await applyEvent(ctx, messageId, 'suppressed', { reason: 'sms_not_open' })
})

/** Where messages are kept, and what is written of them. */
export const keptMessages: Kept = {
  hold: holdWithPerson,
  apply: applyEvent,
  markAbsent: (ctx, id, absentSince) => ctx.tx.message.update({ where: { id }, data: { absentSince } }),
  async deliverAt(ctx, messageId, runAt) {
    const { kind } = await ctx.tx.message.findUniqueOrThrow({
      where: { id: messageId },
      select: { kind: true },
    })
    await askForDelivery(ctx, { messageId, kind, runAt })
  },
}

/** Writes down what handing a message over gave, and asks for what comes next. */
export const recordSendResult = command(
  recordSendResultInput,
  (ctx: Context, { messageId, outcome, claimedAt }): Promise<void> =>
    recordOutcome(ctx, keptMessages, messageId, { outcome, claimedAt }),
)
