import * as z from 'zod'
import { holdMessage } from '../../resources/message/commands/deliver.server'
import { deliverMessage, simulateDeliveryReceipt } from '../../resources/message/jobs'
import { carriedUnder } from '../../resources/message/reference'
import { receiptNews } from '../../resources/message/schema'
import { putInOutbox } from '../../resources/outbox/commands.server'
import { outboxItemOf } from '../../resources/outbox/queries.server'
import type { SystemActor } from '../../resources/shared/actor'
import { enqueue } from '../../resources/shared/enqueue.server'
import { env } from '../../resources/shared/env.server'
import { read, transact } from '../../resources/shared/transact.server'
import type { SmsProvider } from './provider'

const worker: SystemActor = { kind: 'system', task: deliverMessage.name }

/** Numbers of fiction with a part to play, so that every ending can be seen. */
const parts = {
  '+33639980001': 'invalid_number',
  '+33639980002': 'never_answers',
  '+33639980003': 'cut_off',
  '+33639980004': 'unallocated_number',
} as const

const partOf = (phone: string) => (phone in parts ? parts[phone as keyof typeof parts] : 'receives')

/** How long the operator takes to answer: enough to see "Parti", or "En vérification" then "Parti". */
const operatorTakes = (part: string) => (part === 'cut_off' ? 120_000 : 3_000)

const outboxReceipt = z.object({
  provider: z.literal('outbox'),
  reference: z.string(),
  event: receiptNews.shape.event,
  at: z.coerce.date(),
  reason: receiptNews.shape.reason,
})

/** Sends nothing: keeps each message where it can be looked at, and plays the operator's answers. */
export const outbox: SmsProvider = {
  async send({ reference, phone, text }) {
    const part = partOf(phone)
    if (part === 'invalid_number') return { kind: 'refused_for_good', reason: 'invalid_number', code: part }
    const of = carriedUnder([reference])
    const kept = await transact(worker, async (ctx) => {
      if (of?.kind === 'message' && !(await holdMessage(ctx, of))) return null
      if (of && part !== 'never_answers') {
        await enqueue(
          ctx,
          simulateDeliveryReceipt,
          { reference, event: part === 'unallocated_number' ? 'failed' : 'delivered' },
          { runAt: new Date(ctx.now.getTime() + operatorTakes(part)) },
        )
      }
      return putInOutbox(ctx, {
        channel: 'sms',
        sender: env.SMS_SENDER,
        recipient: phone,
        body: text,
        reference,
      })
    })
    if (!kept) return { kind: 'refused_for_good', reason: 'rejected', code: 'gone' }
    return part === 'cut_off'
      ? { kind: 'unknown', code: part }
      : { kind: 'accepted', externalId: `outbox-${kept.id}` }
  },

  async lookup({ reference }) {
    const item = await read(worker, (ctx) => outboxItemOf(ctx, reference))
    return item ? { kind: 'found', externalId: `outbox-${item.id}` } : { kind: 'absent' }
  },

  readReceipt(raw) {
    const receipt = outboxReceipt.safeParse(raw)
    if (!receipt.success) return null
    const { reference, event, at, reason } = receipt.data
    const of = carriedUnder([reference])
    return of && { of, event, at, reason }
  },
}

/** What the operator's answer would be, as this provider writes it. */
export function outboxReceiptOf(reference: string, event: 'delivered' | 'failed', at: Date) {
  return {
    provider: 'outbox',
    reference,
    event,
    at: at.toISOString(),
    ...(event === 'failed' && { reason: 'unallocated_number' }),
  }
}
