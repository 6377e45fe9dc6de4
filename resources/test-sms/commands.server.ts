import * as z from 'zod'
import { recordAudit } from '../audit/commands.server'
import type { OutboundSms } from '../message/commands/deliver.server'
import { pauseUntil } from '../message/commands/pace.server'
import {
  absenceCounts,
  handingOverLasts,
  lookupsStopAfter,
  nextState,
  reconcileDelay,
  retryDelay,
  type EndReason,
  type MessageEvent,
  type MessageState,
} from '../message/rules'
import { handedOver, lookupOutcome } from '../message/schema'
import { foldToGsm7 } from '../message/sms-text'
import type { AgentActor } from '../shared/actor'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { day, hour } from '../shared/duration'
import { enqueue } from '../shared/enqueue.server'
import { env, fictionAllowed } from '../shared/env.server'
import { assertAllowed, refuseIf, Refused } from '../shared/errors'
import { lock } from '../shared/lock.server'
import { normalizePhone, whyNotProbationerPhone } from '../shared/phone'
import { deliverTestSms, reconcileTestSms, testReconciliationKey, testSmsKey } from './jobs'
import { maySendTestSms } from './policy'
import { putOffTestSmsInput, sendTestSmsInput, testSmsIdInput } from './schema'

/** How many an agent sends in a day. */
const mostADay = 5

/** An hour later, nobody looks at the phone any more. */
const usefulFor = hour

/**
 * Sends one text of ours to a mobile of France or of a territory, of nobody whom the product follows. It goes the way of
 * all SMS: the same provider, pace, reconciliation and receipts.
 */
export const sendTestSms = command(
  sendTestSmsInput,
  async (ctx: Context<AgentActor>, { phone: typed }): Promise<{ id: number }> => {
    assertAllowed(maySendTestSms(ctx.actor), 'send a test SMS')
    const phone = normalizePhone(typed, ctx.actor.organization.departmentCode)
    if (!phone) throw new Refused('probationer.phone_unreadable', {}, 'phone')
    refuseIf(whyNotProbationerPhone(phone, { fictionAllowed }), 'phone')
    await lock(ctx, { agent: ctx.actor.id })
    const sent = await ctx.tx.testSms.count({
      where: { agentId: ctx.actor.id, createdAt: { gt: new Date(ctx.now.getTime() - day) } },
    })
    if (sent >= mostADay) throw new Refused('test_sms.too_many', {}, 'phone')
    const person = await ctx.tx.probationer.findUnique({ where: { phone }, select: { id: true } })
    if (person) throw new Refused('test_sms.phone_of_person', {}, 'phone')
    const { id } = await ctx.tx.testSms.create({
      data: {
        phone,
        agentId: ctx.actor.id,
        createdAt: ctx.now,
        deadline: new Date(ctx.now.getTime() + usefulFor),
      },
      select: { id: true },
    })
    await askForDelivery(ctx, id, ctx.now)
    await recordAudit(ctx, { action: 'create', subject: 'test_sms', subjectId: id })
    return { id }
  },
)

/** What it says: who sends it and from where, and nothing of anybody. */
const testText = () =>
  foldToGsm7(
    `Essai de Mon Suivi Justice\u00a0: SMS parti de ${new URL(env.PUBLIC_URL).host}, expéditeur ${env.SMS_SENDER}. Il n’y a rien à faire.`,
  )

const askForDelivery = (ctx: Context, testSmsId: number, runAt: Date) =>
  enqueue(ctx, deliverTestSms, { testSmsId }, { key: testSmsKey(testSmsId), runAt })

const askForReconciliation = (ctx: Context, testSmsId: number, absences: number, runAt: Date) =>
  enqueue(ctx, reconcileTestSms, { testSmsId, absences }, { key: testReconciliationKey(testSmsId), runAt })

const after = (ctx: Context, milliseconds: number) => new Date(ctx.now.getTime() + milliseconds)

/** Takes one test that waits, or finds out what became of one whose worker died. */
export const claimTestSms = command(
  testSmsIdInput,
  async (ctx: Context, { testSmsId }): Promise<OutboundSms | null> => {
    const test = await heldTest(ctx, testSmsId)
    if (test?.state === 'sending') {
      const answeredBy = new Date((test.claimedAt?.getTime() ?? 0) + handingOverLasts)
      if (answeredBy > ctx.now) await askForDelivery(ctx, testSmsId, answeredBy)
      else if ((await applyTestEvent(ctx, testSmsId, 'outcome_unknown')) === 'unknown')
        await askForReconciliation(ctx, testSmsId, 0, ctx.now)
    }
    if (test?.state !== 'planned') return null
    if (test.deadline <= ctx.now) {
      await applyTestEvent(ctx, testSmsId, 'deadline_passed', { reason: 'deadline' })
      return null
    }
    const text = testText()
    await ctx.tx.testSms.update({
      where: { id: testSmsId },
      data: {
        state: nextState('planned', 'claimed'),
        claimedAt: ctx.now,
        textSent: text,
        attempts: { increment: 1 },
      },
    })
    return { reference: testSmsKey(testSmsId), phone: test.phone, text }
  },
)

/** The provider asks for patience. */
export const putOffTestSms = command(
  putOffTestSmsInput,
  async (ctx: Context, { testSmsId, milliseconds }): Promise<void> => {
    await askForDelivery(ctx, testSmsId, after(ctx, milliseconds))
  },
)

/** Nothing carries SMS here. */
export const withholdTestSms = command(testSmsIdInput, async (ctx: Context, { testSmsId }): Promise<void> => {
  await applyTestEvent(ctx, testSmsId, 'suppressed', { reason: 'sms_not_open' })
})

/** Writes down what handing a test over gave. */
export const recordTestResult = command(
  handedOver.extend(testSmsIdInput.shape),
  async (ctx: Context, { testSmsId, outcome, claimedAt }): Promise<void> => {
    const { code } = outcome
    if (claimedAt && outcome.kind !== 'accepted') {
      const held = await heldTest(ctx, testSmsId)
      if (held?.claimedAt?.getTime() !== claimedAt.getTime()) return
    }
    switch (outcome.kind) {
      case 'accepted':
        await applyTestEvent(ctx, testSmsId, 'accepted', { externalId: outcome.externalId, code })
        return
      case 'refused_for_good':
        await applyTestEvent(ctx, testSmsId, 'refused_for_good', { reason: outcome.reason, code })
        return
      case 'unknown':
        if ((await applyTestEvent(ctx, testSmsId, 'outcome_unknown', { code })) === 'unknown')
          await askForReconciliation(ctx, testSmsId, 0, after(ctx, reconcileDelay))
        return
      case 'refused_for_now':
        if (outcome.pauseUntil) await pauseUntil(ctx, outcome.pauseUntil)
        if ((await applyTestEvent(ctx, testSmsId, 'refused_for_now', { code })) === 'planned')
          await tryAgain(ctx, testSmsId, outcome.pauseUntil)
    }
  },
)

/** Writes down what the provider's list says: absent twice, it never left, and is tried again while it is useful. */
export const recordTestLookup = command(
  testSmsIdInput.extend({ absences: z.number().int().min(0), outcome: lookupOutcome }),
  async (ctx: Context, { testSmsId, absences, outcome }): Promise<void> => {
    if (outcome.kind === 'found') {
      await applyTestEvent(ctx, testSmsId, 'accepted', { externalId: outcome.externalId })
      return
    }
    const test = await heldTest(ctx, testSmsId)
    if (test?.state !== 'unknown') return
    const absent = absences + (outcome.kind === 'absent' && absenceCounts(test.claimedAt, ctx.now) ? 1 : 0)
    if (absent >= 2) {
      if ((await applyTestEvent(ctx, testSmsId, 'absent')) === 'planned') await tryAgain(ctx, testSmsId)
    } else if (ctx.now.getTime() - test.deadline.getTime() > lookupsStopAfter) {
      await applyTestEvent(ctx, testSmsId, 'deadline_passed', { reason: 'unconfirmed' })
    } else {
      const notBefore = outcome.kind === 'unreachable' ? outcome.notBefore : undefined
      await askForReconciliation(ctx, testSmsId, absent, notBefore ?? after(ctx, reconcileDelay))
    }
  },
)

async function tryAgain(ctx: Context, testSmsId: number, notBefore = ctx.now): Promise<void> {
  const { attempts, deadline } = await ctx.tx.testSms.findUniqueOrThrow({
    where: { id: testSmsId },
    select: { attempts: true, deadline: true },
  })
  const runAt = new Date(Math.max(after(ctx, retryDelay(attempts)).getTime(), notBefore.getTime()))
  if (runAt < deadline) await askForDelivery(ctx, testSmsId, runAt)
  else await applyTestEvent(ctx, testSmsId, 'deadline_passed', { reason: 'deadline' })
}

async function heldTest(ctx: Context, id: number) {
  await lock(ctx, { test_sms: id })
  return ctx.tx.testSms.findUnique({ where: { id } })
}

/**
 * Something happened to a test: it becomes what a message would.
 *
 * @returns the state it has now, or null when there is no such test.
 */
export async function applyTestEvent(
  ctx: Context,
  id: number,
  event: MessageEvent,
  {
    at = ctx.now,
    reason,
    externalId,
    code,
  }: { at?: Date; reason?: EndReason; externalId?: string; code?: string } = {},
): Promise<MessageState | null> {
  const test = await heldTest(ctx, id)
  if (!test) return null
  const state = nextState(test.state, event)
  const answer = { externalId, providerCode: code }
  const stamps =
    state === test.state
      ? {}
      : state === 'sent'
        ? { sentAt: at }
        : state === 'delivered'
          ? { sentAt: test.sentAt ?? at, deliveredAt: at, endedAt: ctx.now, endReason: null }
          : state === 'failed' || state === 'expired' || state === 'suppressed'
            ? { endedAt: ctx.now, endReason: reason }
            : {}
  await ctx.tx.testSms.update({ where: { id }, data: { state, ...answer, ...stamps } })
  return state
}
