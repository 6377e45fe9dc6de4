import * as z from 'zod'
import { id } from '../shared/fields'

/** Hands one message to the provider. Addressed `message:<id>`: rescheduling moves it, cancelling drops it. */
export const deliverMessage = { name: 'deliver-message', payload: z.object({ messageId: id }) } as const

/** Asks the provider what became of a message whose outcome is unknown. */
export const reconcileMessage = {
  name: 'reconcile-message',
  payload: z.object({ messageId: id, absences: z.number().int().min(0) }),
} as const

/** Understands a stored receipt. */
export const processReceipt = { name: 'process-receipt', payload: z.object({ receiptId: id }) } as const

/** Plays the operator for the outbox: what would have come back for this message, or this test. */
export const simulateDeliveryReceipt = {
  name: 'play-operator',
  payload: z.object({
    messageId: id.optional(),
    /** Of a test. */
    testSmsId: id.optional(),
    event: z.enum(['delivered', 'failed']),
  }),
} as const

export const deliveryKeyPrefix = 'message:'

/** Its job in the queue, and the reference by which the provider knows it. */
export const deliveryKey = (messageId: number) => `${deliveryKeyPrefix}${messageId}`

/** What a reference of ours is of. */
export interface Referred {
  kind: 'message' | 'test'
  id: number
}

/** What the first of these references that is ours is of; null when none is. */
export function referredTo(references: readonly string[]): Referred | null {
  for (const reference of references) {
    const [, kind, digits] = /^(message|test):(\d{1,9})$/.exec(reference) ?? []
    if (digits) return { kind: kind === 'test' ? 'test' : 'message', id: Number(digits) }
  }
  return null
}

export const reconciliationKeyPrefix = 'reconcile:'
export const reconciliationKey = (messageId: number) => `${reconciliationKeyPrefix}${messageId}`

/** Lower runs first: what an agent has just decided passes before the reminders of the hour. */
export const deliveryPriority = (kind: string) => (kind === 'reminder' ? 10 : 0)
