import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import {
  claimMessage,
  putOffDelivery,
  recordSendResult,
  withholdMessage,
  type OutboundSms,
} from '../../resources/message/commands/deliver.server'
import { giveTurnBack, slowDown, speedUp, takeTurn } from '../../resources/message/commands/pace.server'
import { putOffReceipt, recordReceipt, storeReceipt } from '../../resources/message/commands/receipts.server'
import type { SendOutcome } from '../../resources/message/schema'
import { deliverMessage, processReceipt, simulateDeliveryReceipt } from '../../resources/message/jobs'
import { storedReceipt } from '../../resources/message/queries/of-appointment.server'
import { callFollowsWithin, longestWait } from '../../resources/message/rules'
import type { Context } from '../../resources/shared/context'
import { log } from '../../resources/shared/log.server'
import { presently, read, transact } from '../../resources/shared/transact.server'
import {
  claimTestSms,
  putOffTestSms,
  recordTestResult,
  withholdTestSms,
} from '../../resources/test-sms/commands.server'
import { deliverTestSms } from '../../resources/test-sms/jobs'
import { task } from '../task'
import { outboxReceiptOf } from './outbox'
import { inTime, type SmsProvider } from './provider'

interface Steps<Payload> {
  withhold: (ctx: Context, payload: Payload) => Promise<void>
  putOff: (ctx: Context, payload: Payload & { patience: number; isSlowed: boolean }) => Promise<void>
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
      const { wait: patience, slower } = await read(actor, takeTurn)
      const isSlowed = slower > 1
      if (patience > longestWait) {
        await transact(actor, (ctx) => steps.putOff(ctx, { ...payload, patience, isSlowed }))
        return
      }
      await wait(patience)

      const { letter, claimedAt } = await transact(actor, async (ctx) => ({
        letter: await steps.claim(ctx, payload),
        claimedAt: ctx.now,
      }))
      if (!letter) {
        // At a minute each, turns are not for what does not leave.
        if (isSlowed) await read(actor, giveTurnBack)
        return
      }
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
      if (outcome.kind === 'unknown') await read(actor, (ctx) => slowDown(ctx, slower))
      else if (isSlowed && outcome.kind !== 'refused_for_now') await read(actor, speedUp)
      log.info({ ...ids, outcome: outcome.kind, code: outcome.code }, 'message handed over')
    })

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

    'process-receipt': task(processReceipt, async ({ receiptId }, actor) => {
      // Somebody will understand it once SMS are open again.
      if (!provider) return transact(actor, (ctx) => putOffReceipt(ctx, { receiptId }))
      const raw = await read(actor, (ctx) => storedReceipt(ctx, { receiptId }))
      const news = provider.readReceipt(raw)
      if (!news) log.warn({ receiptId }, 'a receipt that nobody understands')
      await transact(actor, (ctx) => recordReceipt(ctx, { receiptId, news }))
    }),

    'play-operator': task(simulateDeliveryReceipt, async ({ reference, event }, actor) => {
      await transact(actor, (ctx) => storeReceipt(ctx, { raw: outboxReceiptOf(reference, event, ctx.now) }))
    }),
  }
}
