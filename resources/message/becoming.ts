import { nextState, phoneOffCode, type EndReason, type MessageEvent, type MessageState } from './rules'

/** What an event may change of a message, or of a test. */
export interface UnderWay {
  state: MessageState
  externalId: string | null
  providerCode: string | null
  partsBilled: number | null
  creditsUsed: number | null
  claimedAt: Date | null
  sentAt: Date | null
  deliveredAt: Date | null
  endedAt: Date | null
  endReason: EndReason | null
}

/** What comes with an event. */
export interface Facts {
  /** When it happened, as the provider says; otherwise now. */
  at?: Date | undefined
  reason?: EndReason | undefined
  externalId?: string | undefined
  code?: string | undefined
  partsBilled?: number | undefined
  creditsUsed?: number | undefined
}

/**
 * What a message is after an event: its state, and what comes with a state. What a stronger event said stays: receipts
 * come in any order, and any order ends alike.
 *
 * @returns null when the event changes nothing.
 */
export function afterEvent(
  sms: UnderWay,
  event: MessageEvent,
  { at, reason, externalId, code, partsBilled, creditsUsed }: Facts,
  now: Date,
): UnderWay | null {
  const state = nextState(sms.state, event)
  const known = strengthOf(sms)
  const isNews = known === 0 || (strengthOfEvent[event] ?? 0) > known
  const answered: UnderWay = {
    state,
    externalId: externalId ?? sms.externalId,
    providerCode: isNews ? (code ?? sms.providerCode) : sms.providerCode,
    partsBilled: isNews ? (partsBilled ?? sms.partsBilled) : (sms.partsBilled ?? partsBilled ?? null),
    creditsUsed: isNews ? (creditsUsed ?? sms.creditsUsed) : (sms.creditsUsed ?? creditsUsed ?? null),
    claimedAt: sms.claimedAt,
    sentAt: sms.sentAt,
    deliveredAt: sms.deliveredAt,
    endedAt: sms.endedAt,
    endReason: sms.endReason,
  }
  if (state !== sms.state) return { ...answered, ...stampsOf(state, sms, { at: at ?? now, reason, now }) }
  const sentAt = event === 'receipt_accepted' ? leftAt(sms, at ?? now) : sms.sentAt
  const isTold = externalId ?? code ?? partsBilled ?? creditsUsed ?? sentAt !== sms.sentAt
  return isTold ? { ...answered, sentAt } : null
}

const strengthOfEvent: Partial<Record<MessageEvent, number>> = {
  ...{ receipt_waiting: 1, receipt_failed: 2, refused_for_good: 2, receipt_delivered: 3 },
}

/** Of the event that said most of a message. */
const strengthOf = ({ state, providerCode }: UnderWay): number =>
  state === 'delivered' ? 3 : state === 'failed' ? 2 : providerCode === phoneOffCode ? 1 : 0

/** That a message was accepted may be told after what became of it: it left at that instant all the same. */
function leftAt({ state, sentAt, claimedAt }: UnderWay, at: Date): Date | null {
  if (state !== 'sent' && state !== 'delivered' && state !== 'failed') return sentAt
  const first = Math.max(at.getTime(), claimedAt?.getTime() ?? 0)
  return sentAt && sentAt.getTime() <= first ? sentAt : new Date(first)
}

function stampsOf(
  state: MessageState,
  { sentAt, endReason }: UnderWay,
  { at, reason, now }: { at: Date; reason: EndReason | undefined; now: Date },
): Partial<UnderWay> {
  switch (state) {
    case 'planned':
      return { claimedAt: null }
    case 'sent':
      return { sentAt: at }
    case 'delivered':
      return { sentAt: sentAt ?? at, deliveredAt: at, endedAt: now, endReason: null }
    case 'failed':
    case 'expired':
    case 'suppressed':
    case 'cancelled':
      return { endedAt: now, endReason: reason ?? endReason }
    default:
      return {}
  }
}
