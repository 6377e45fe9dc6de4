import type { OutboundSms } from '../../resources/message/commands/deliver.server'
import type { LookupOutcome, ReceiptNews, SendOutcome } from '../../resources/message/schema'

/** Longer than this, the outcome of a call is unknown. */
const providerTimeout = 10_000

/**
 * A provider of SMS. Called with no transaction open and no connection held. Nothing here throws for
 * what a provider may answer: outcomes are values.
 */
export interface SmsProvider {
  /** Hands a message over. Our reference travels with it and comes back in receipts. */
  send(letter: OutboundSms): Promise<SendOutcome>
  /** Looks for a message in the provider's own list, by our reference. */
  lookup(sent: { reference: string; phone: string }): Promise<LookupOutcome>
  /** Understands a receipt as this provider writes them; null when it is not one. */
  readReceipt(raw: unknown): ReceiptNews | null
}

/** The answer of a call, or `late` when it does not come in time. */
export async function inTime<T>(call: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), providerTimeout)
  })
  try {
    return await Promise.race([call, timeout])
  } finally {
    clearTimeout(timer)
  }
}
