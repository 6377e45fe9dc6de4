import * as z from 'zod'
import type { CivilDate, CivilTime } from '../shared/civil-time'
import { id } from '../shared/fields'
import { carried } from './reference'
import { failureReasons } from './rules'
import type { AnyMessageKind } from './template/schema'

export const planMessageNowInput = z.object({
  appointmentId: id,
  kind: z.enum(['cancellation', 'missed', 'rescheduling']),
})

export const appointmentMessagesInput = z.object({ appointmentId: id })

export const personMessagesInput = z.object({ probationerId: id })

/** A message that will leave, and when on the wall of its place. */
export interface MessageToCome {
  kind: AnyMessageKind
  leavesNow: boolean
  date: CivilDate
  time: CivilTime
}

export const cancelPlannedMessagesInput = appointmentMessagesInput.extend({
  kind: z.enum(['reminder', 'missed']),
})

export const messageIdInput = z.object({ messageId: id })
export const putOffDeliveryInput = messageIdInput.extend({ patience: z.number(), isSlowed: z.boolean() })

const code = z.string().max(60).optional()

/** What handing a message over gave. Ambiguous is not refused: it may have left. */
export const sendOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), externalId: z.string().min(1).max(100), code }),
  z.object({ kind: z.literal('refused_for_now'), code, pauseUntil: z.date().optional() }),
  z.object({ kind: z.literal('refused_for_good'), reason: z.enum(failureReasons), code }),
  z.object({ kind: z.literal('unknown'), code }),
])
export type SendOutcome = z.output<typeof sendOutcome>

/** What a claim gave. The claim is told, when another may have come after it. */
export const handedOver = z.object({ outcome: sendOutcome, claimedAt: z.date().optional() })

export const recordSendResultInput = handedOver.extend({ messageId: id })

/** The list did not answer; not asked before an instant, when it is known. */
const unreachable = z.object({ kind: z.literal('unreachable'), notBefore: z.date().optional() })
export type Unreachable = z.output<typeof unreachable>

/** What the provider's own list says of a message whose outcome is unknown. */
const lookupOutcome = z.discriminatedUnion('kind', [
  /** With the instant of its last event, where it is known. */
  z.object({ kind: z.literal('found'), externalId: z.string().min(1).max(100), at: z.date().optional() }),
  z.object({ kind: z.literal('absent') }),
  unreachable,
])
export type LookupOutcome = z.output<typeof lookupOutcome>

export const recordLookupInput = z.object({
  of: carried,
  claimedAt: z.date(),
  /** When the list was asked: what is written down later was true then. */
  askedAt: z.date(),
  outcome: lookupOutcome,
})

/** A receipt once understood, whoever the provider is. */
export const receiptNews = z.object({
  of: carried,
  event: z.enum(['accepted', 'waiting', 'failed', 'delivered']),
  at: z.date(),
  reason: z.enum(failureReasons).optional(),
  code,
  /** What was counted of it, and what is left on the account. */
  partsBilled: z.number().int().min(0).max(255).optional(),
  creditsUsed: z.number().min(0).optional(),
  creditsLeft: z.number().optional(),
})
export type ReceiptNews = z.output<typeof receiptNews>

export const storeReceiptInput = z.object({ raw: z.json() })

/** What comes in one call. */
export const storeReceiptsInput = z.object({ raws: z.array(storeReceiptInput.shape.raw).max(500) })

/** Events of the provider's list, as receipts, and what each says once understood. */
export const applyListedInput = z.object({
  told: z.array(z.object({ raw: z.json(), news: receiptNews })),
})

export const receiptIdInput = z.object({ receiptId: id })

export const recordReceiptInput = receiptIdInput.extend({ news: receiptNews.nullable() })
