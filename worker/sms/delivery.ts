import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import {
  claimMessage,
  putOffDelivery,
  recordLookup,
  recordSendResult,
  withholdMessage,
  type OutboundSms,
} from '../../resources/message/commands/deliver.server'
import { askingList, pauseUntil, takeTurn } from '../../resources/message/commands/pace.server'
import { recordReceipt, storeReceipt } from '../../resources/message/commands/receipts.server'
import type { LookupOutcome, SendOutcome } from '../../resources/message/schema'
import {
  deliverMessage,
  simulateDeliveryReceipt,
  processReceipt,
  reconcileMessage,
  type Referred,
} from '../../resources/message/jobs'
import { sentSms, storedReceipt } from '../../resources/message/queries/of-appointment.server'
import { callFollowsWithin, longestWait } from '../../resources/message/rules'
import type { SystemActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { log } from '../../resources/shared/log.server'
import { presently, read, transact } from '../../resources/shared/transact.server'
import {
  claimTestSms,
  putOffTestSms,
  recordTestLookup,
  recordTestResult,
  withholdTestSms,
} from '../../resources/test-sms/commands.server'
import { deliverTestSms, reconcileTestSms } from '../../resources/test-sms/jobs'
import { sentTest } from '../../resources/test-sms/queries.server'
import { task } from '../task'
import { outboxReceiptOf } from './outbox'
import { inTime, type SmsProvider } from './provider'

interface Steps<Payload> {
  withhold: (ctx: Context, payload: Payload) => Promise<void>
  putOff: (ctx: Context, payload: Payload & { milliseconds: number }) => Promise<void>
  claim: (ctx: Context, payload: Payload) => Promise<OutboundSms | null>
  record: (ctx: Context, payload: Payload & { outcome: SendOutcome; claimedAt: Date }) => Promise<void>
}

/** The tasks that carry messages, by this provider; by nobody, and then each message says so. */
export function deliveryTasks(provider: SmsProvider | null) {
  /** A task that hands one thing over: in its turn, once claimed, and whose answer is written down. */
  const handOver = <Payload extends z.ZodType<object>>(
    job: { name: string; payload: Payload },
    steps: Steps<z.output<Payload>>,
  ) =>
    task(job, async (payload, actor) => {
      const ids: object = payload
      if (!provider) return transact(actor, (ctx) => steps.withhold(ctx, payload))
      // One statement, that commits by itself: every worker waits for this row.
      const patience = await read(actor, takeTurn)
      if (patience > longestWait) {
        await transact(actor, (ctx) => steps.putOff(ctx, { ...payload, milliseconds: patience }))
        return
      }
      await wait(patience)

      const { letter, claimedAt } = await transact(actor, async (ctx) => ({
        letter: await steps.claim(ctx, payload),
        claimedAt: ctx.now,
      }))
      if (!letter) return
      // No transaction and no connection is held from here to the answer.
      const stoodStill = presently().getTime() - claimedAt.getTime() > callFollowsWithin
      const outcome = stoodStill
        ? ({ kind: 'refused_for_now', code: 'stood_still' } as const)
        : await inTime<SendOutcome>(provider.send(letter), {
            kind: 'unknown',
            code: 'timeout',
          }).catch((error: unknown): SendOutcome => {
            log.warn({ err: error, ...ids }, 'a provider threw: outcome unknown')
            return { kind: 'unknown', code: 'thrown' }
          })
      await transact(actor, (ctx) => steps.record(ctx, { ...payload, outcome, claimedAt }))
      log.info({ ...ids, outcome: outcome.kind, code: outcome.code }, 'message handed over')
    })

  /**
   * A question for each message, as their list is asked by number. All workers ask in turn, and once it has refused none
   * asks again before it says so: after an outage the messages wait for it, none is given up for a question unanswered.
   */
  const askTheirList = async (
    actor: SystemActor,
    sent: { reference: string; phone: string },
  ): Promise<LookupOutcome> => {
    if (!provider) return { kind: 'unreachable' }
    const patience = await read(actor, (ctx) => takeTurn(ctx, askingList))
    if (patience > longestWait)
      return { kind: 'unreachable', notBefore: new Date(presently().getTime() + patience) }
    await wait(patience)
    const unreachable: LookupOutcome = { kind: 'unreachable' }
    const outcome = await inTime(provider.lookup(sent), unreachable).catch(() => unreachable)
    const until = outcome.kind === 'unreachable' ? outcome.notBefore : undefined
    if (until) await read(actor, (ctx) => pauseUntil(ctx, until, askingList))
    return outcome
  }

  return {
    'deliver-message': handOver(deliverMessage, {
      withhold: withholdMessage,
      putOff: putOffDelivery,
      claim: claimMessage,
      record: recordSendResult,
    }),

    'deliver-test-sms': handOver(deliverTestSms, {
      withhold: withholdTestSms,
      putOff: putOffTestSms,
      claim: claimTestSms,
      record: recordTestResult,
    }),

    'reconcile-message': task(reconcileMessage, async ({ messageId, absences }, actor) => {
      const sent = await read(actor, (ctx) => sentSms(ctx, { messageId }))
      if (!sent) return
      const outcome = await askTheirList(actor, sent)
      await transact(actor, (ctx) => recordLookup(ctx, { messageId, absences, outcome }))
      log.info({ messageId, outcome: outcome.kind }, 'message looked for')
    }),

    'reconcile-test-sms': task(reconcileTestSms, async ({ testSmsId, absences }, actor) => {
      const sent = await read(actor, (ctx) => sentTest(ctx, { testSmsId }))
      if (!sent) return
      const outcome = await askTheirList(actor, sent)
      await transact(actor, (ctx) => recordTestLookup(ctx, { testSmsId, absences, outcome }))
    }),

    'process-receipt': task(processReceipt, async ({ receiptId }, actor) => {
      const raw = await read(actor, (ctx) => storedReceipt(ctx, { receiptId }))
      const news = provider?.readReceipt(raw) ?? null
      if (!news) log.warn({ receiptId }, 'a receipt that nobody understands')
      await transact(actor, (ctx) => recordReceipt(ctx, { receiptId, news }))
    }),

    'play-operator': task(simulateDeliveryReceipt, async ({ messageId, testSmsId, event }, actor) => {
      const of: Referred =
        messageId === undefined ? { kind: 'test', id: testSmsId ?? 0 } : { kind: 'message', id: messageId }
      await transact(actor, (ctx) => storeReceipt(ctx, { raw: outboxReceiptOf(of, event, ctx.now) }))
    }),
  }
}
