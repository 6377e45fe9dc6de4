import type { OutboundSms } from '../../resources/message/commands/deliver.server'
import type { CivilDate } from '../../resources/shared/civil-time'
import type { LookupOutcome, ReceiptNews, SendOutcome, Unreachable } from '../../resources/message/schema'

/** Longer than this, the outcome of a call is unknown. */
const providerTimeout = 10_000

/** An event of a provider's list, as its receipts are written. */
export type ListedEvent = Record<string, string | string[]>

interface ListedReceipts {
  kind: 'page'
  receipts: ListedEvent[]
  whole: boolean
}

interface LatestEvents {
  kind: 'page'
  /** The instant is null where it cannot be read. */
  events: { references: string[]; externalId: string; at: Date | null }[]
  whole: boolean
}

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
  /**
   * What its list says of a day (in UTC), the oldest first, from the nth event on: as receipts, without a number; `whole`
   * where nothing comes after. A provider that keeps no list has none.
   */
  events?: (asked: { day: CivilDate; from: number }) => Promise<ListedReceipts | Unreachable>
  /** The events of the last days, the newest first, from the nth on. */
  latest?: (asked: { from: number }) => Promise<LatestEvents | Unreachable>
  /** What is left on the account; a provider that counts nothing has none. */
  credits?: () => Promise<number>
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
