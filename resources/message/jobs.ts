import * as z from 'zod'
import { id } from '../shared/fields'

/** Hands one message to the provider. Addressed `message:<id>`: rescheduling moves it, cancelling drops it. */
export const deliverMessage = { name: 'deliver-message', payload: z.object({ messageId: id }) } as const

/** Understands a stored receipt. */
export const processReceipt = { name: 'process-receipt', payload: z.object({ receiptId: id }) } as const

/** Plays the operator for the outbox: what would have come back for what has this reference. */
export const simulateDeliveryReceipt = {
  name: 'play-operator',
  payload: z.object({ reference: z.string(), event: z.enum(['delivered', 'failed']) }),
} as const

export const deliveryKeyPrefix = 'message:'

/** Its job in the queue. */
export const deliveryKey = (messageId: number) => `${deliveryKeyPrefix}${messageId}`

/** Lower runs first: what an agent has just decided passes before the reminders of the hour. */
export const deliveryPriority = (kind: string) => (kind === 'reminder' ? 10 : 0)
