import { setTimeout as wait } from 'node:timers/promises'
import {
  claimMessage,
  putOffDelivery,
  recordLookup,
  recordSendResult,
  withholdMessage,
} from '../../resources/message/commands/deliver.server'
import { takeTurn } from '../../resources/message/commands/pace.server'
import { recordReceipt, storeReceipt } from '../../resources/message/commands/receipts.server'
import type { LookupOutcome, SendOutcome } from '../../resources/message/schema'
import {
  deliverMessage,
  simulateDeliveryReceipt,
  processReceipt,
  reconcileMessage,
} from '../../resources/message/jobs'
import { sentSms, storedReceipt } from '../../resources/message/queries/of-appointment.server'
import { longestWait } from '../../resources/message/rules'
import { log } from '../../resources/shared/log.server'
import { read, transact } from '../../resources/shared/transact.server'
import { task } from '../task'
import { outboxReceiptOf } from './outbox'
import { inTime, type SmsProvider } from './provider'

/** The tasks that carry messages, by this provider; by nobody, and then each message says so. */
export function deliveryTasks(provider: SmsProvider | null) {
  return {
    'deliver-message': task(deliverMessage, async ({ messageId }, actor) => {
      if (!provider) return transact(actor, (ctx) => withholdMessage(ctx, { messageId }))
      const patience = await transact(actor, takeTurn)
      if (patience > longestWait) {
        await transact(actor, (ctx) => putOffDelivery(ctx, { messageId, milliseconds: patience }))
        return
      }
      await wait(patience)

      const letter = await transact(actor, (ctx) => claimMessage(ctx, { messageId }))
      if (!letter) return
      // No transaction and no connection is held from here to the answer.
      const outcome = await inTime<SendOutcome>(provider.send(letter), {
        kind: 'unknown',
        code: 'timeout',
      }).catch((error: unknown): SendOutcome => {
        log.warn({ err: error, messageId }, 'a provider threw: outcome unknown')
        return { kind: 'unknown', code: 'thrown' }
      })
      await transact(actor, (ctx) => recordSendResult(ctx, { messageId, outcome }))
      log.info({ messageId, outcome: outcome.kind, code: outcome.code }, 'message handed over')
    }),

    'reconcile-message': task(reconcileMessage, async ({ messageId, absences }, actor) => {
      const sent = await read(actor, (ctx) => sentSms(ctx, { messageId }))
      if (!sent) return
      const unreachable: LookupOutcome = { kind: 'unreachable' }
      const outcome = provider
        ? await inTime(provider.lookup(sent), unreachable).catch(() => unreachable)
        : unreachable
      await transact(actor, (ctx) => recordLookup(ctx, { messageId, absences, outcome }))
      log.info({ messageId, outcome: outcome.kind }, 'message looked for')
    }),

    'process-receipt': task(processReceipt, async ({ receiptId }, actor) => {
      const raw = await read(actor, (ctx) => storedReceipt(ctx, { receiptId }))
      const news = provider?.readReceipt(raw) ?? null
      if (!news) log.warn({ receiptId }, 'a receipt that nobody understands')
      await transact(actor, (ctx) => recordReceipt(ctx, { receiptId, news }))
    }),

    'play-operator': task(simulateDeliveryReceipt, async ({ messageId, event }, actor) => {
      await transact(actor, (ctx) => storeReceipt(ctx, { raw: outboxReceiptOf(messageId, event, ctx.now) }))
    }),
  }
}
