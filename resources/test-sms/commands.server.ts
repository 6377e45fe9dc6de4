import { recordAudit } from '../audit/commands.server'
import type { OutboundSms } from '../message/commands/deliver.server'
import { afterEvent, type Facts } from '../message/becoming'
import { recordOutcome, type Kept } from '../message/commands/outcome.server'
import { referenceOf } from '../message/reference'
import {
  handingOverLasts,
  nextState,
  type EndReason,
  type MessageEvent,
  type MessageState,
} from '../message/rules'
import { handedOver } from '../message/schema'
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
import { deliverTestSms, testSmsKey } from './jobs'
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

/** Takes one test that waits, or finds out what became of one whose worker died. */
export const claimTestSms = command(
  testSmsIdInput,
  async (ctx: Context, { testSmsId }): Promise<OutboundSms | null> => {
    const test = await heldTest(ctx, testSmsId)
    if (test?.state === 'sending') {
      const answeredBy = new Date((test.claimedAt?.getTime() ?? 0) + handingOverLasts)
      if (answeredBy > ctx.now) await askForDelivery(ctx, testSmsId, answeredBy)
      else await applyTestEvent(ctx, testSmsId, 'outcome_unknown')
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
        absentSince: null,
        textSent: text,
        attempts: { increment: 1 },
      },
    })
    const reference = referenceOf({ kind: 'test', id: testSmsId, createdAt: test.createdAt })
    return { reference, phone: test.phone, text }
  },
)

/** The provider asks for patience. */
export const putOffTestSms = command(
  putOffTestSmsInput,
  async (ctx: Context, { testSmsId, patience }): Promise<void> => {
    const test = await heldTest(ctx, testSmsId)
    if (test?.state === 'planned' && test.deadline <= ctx.now)
      await applyTestEvent(ctx, testSmsId, 'deadline_passed', { reason: 'deadline' })
    else if (test) await askForDelivery(ctx, testSmsId, new Date(ctx.now.getTime() + patience))
  },
)

/** Nothing carries SMS here. */
export const withholdTestSms = command(testSmsIdInput, async (ctx: Context, { testSmsId }): Promise<void> => {
  await applyTestEvent(ctx, testSmsId, 'suppressed', { reason: 'sms_not_open' })
})

async function heldTest(ctx: Context, id: number) {
  await lock(ctx, { test_sms: id })
  return ctx.tx.testSms.findUnique({ where: { id } })
}

/**
 * Something happened to a test: it becomes what a message would. What it cost is not counted.
 *
 * @returns the state it has now, or null when there is no such test.
 */
export async function applyTestEvent(
  ctx: Context,
  id: number,
  event: MessageEvent,
  facts: Facts = {},
): Promise<MessageState | null> {
  const test = await heldTest(ctx, id)
  if (!test) return null
  const endReason = test.endReason as EndReason | null
  const after = afterEvent(
    { ...test, endReason, partsBilled: null, creditsUsed: null },
    event,
    facts,
    ctx.now,
  )
  if (!after) return test.state
  const { partsBilled, creditsUsed, ...data } = after
  await ctx.tx.testSms.update({ where: { id }, data })
  return after.state
}

/** Where tests are kept, and what is written of them. */
export const keptTests: Kept = {
  hold: heldTest,
  apply: applyTestEvent,
  markAbsent: (ctx, id, absentSince) => ctx.tx.testSms.update({ where: { id }, data: { absentSince } }),
  deliverAt: askForDelivery,
}

/** Writes down what handing a test over gave. */
export const recordTestResult = command(
  handedOver.extend(testSmsIdInput.shape),
  (ctx: Context, { testSmsId, outcome, claimedAt }): Promise<void> =>
    recordOutcome(ctx, keptTests, testSmsId, { outcome, claimedAt }),
)
