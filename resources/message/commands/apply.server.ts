import { recordHistory } from '../../history-entry/commands.server'
import type { Context } from '../../shared/context'
import {
  blamesNumber,
  nextState,
  phoneOffCode,
  type EndReason,
  type MessageEvent,
  type MessageState,
} from '../rules'
import type { MessageHistoryEvent } from '../fr'
import { withoutStopLink } from '../sms-text'
import { holdWithPerson, writeEvent, type MessageUnderWay } from './deliver.sql.server'
import { markNumberFailed, markNumberWorks } from './number.server'

export interface Facts {
  /** When it happened, as the provider says; otherwise now. */
  at?: Date
  reason?: EndReason
  externalId?: string
  code?: string
  partsBilled?: number
  creditsUsed?: number
}

/**
 * Something happened to a message: the one place where its state changes, with what a state brings
 * along (its stamp, its line of history, what it says of the number).
 *
 * @returns the state it has now, or null when there is no such message.
 */
export async function applyEvent(
  ctx: Context,
  messageId: number,
  event: MessageEvent,
  { at = ctx.now, reason, externalId, code, partsBilled, creditsUsed }: Facts = {},
): Promise<MessageState | null> {
  const message = await holdWithPerson(ctx, messageId)
  if (!message) return null
  const state = nextState(message.state, event)
  // What a stronger event said stays: receipts come in any order.
  const known = strengthOf(message)
  const isNews = known === 0 || (strengthOfEvent[event] ?? 0) > known
  const answered = {
    ...message,
    externalId: externalId ?? message.externalId,
    providerCode: isNews ? (code ?? message.providerCode) : message.providerCode,
    partsBilled: isNews ? (partsBilled ?? message.partsBilled) : (message.partsBilled ?? partsBilled ?? null),
    creditsUsed: isNews ? (creditsUsed ?? message.creditsUsed) : (message.creditsUsed ?? creditsUsed ?? null),
  }
  if (state === message.state) {
    const sentAt = event === 'receipt_accepted' ? leftAt(message, at) : message.sentAt
    if (externalId ?? code ?? partsBilled ?? creditsUsed ?? sentAt !== message.sentAt)
      await writeEvent(ctx, messageId, { ...answered, sentAt })
    return state
  }

  const stamps = stampsOf(state, message, { at, reason, now: ctx.now })
  await writeEvent(ctx, messageId, { ...answered, ...stamps, state })
  const tell = (event: MessageHistoryEvent, data: object) =>
    recordHistory(ctx, {
      probationerId: message.probationerId,
      ...(message.appointmentId !== null && { appointmentId: message.appointmentId }),
      category: 'message',
      event,
      data: { kind: message.kind, ...data },
    })
  const left = state === 'sent' || (state === 'delivered' && !message.sentAt)
  if (left) await tell('message.sent', { text: message.textSent && withoutStopLink(message.textSent) })
  if (state === 'delivered') {
    await tell('message.delivered', {})
    await markNumberWorks(ctx, { ...message, id: messageId })
  }
  if (state === 'failed' || state === 'expired' || state === 'suppressed')
    await tell(`message.${state}`, { reason })
  if (state === 'cancelled')
    await tell(message.kind === 'reminder' ? 'message.reminder_cancelled' : 'message.cancelled', { reason })
  if (state === 'failed' && reason && blamesNumber(reason))
    await markNumberFailed(ctx, { ...message, id: messageId })
  return state
}

const strengthOfEvent: Partial<Record<MessageEvent, number>> = {
  ...{ receipt_waiting: 1, receipt_failed: 2, refused_for_good: 2, receipt_delivered: 3 },
}

/** Of the event that said most of a message. */
const strengthOf = ({ state, providerCode }: MessageUnderWay): number =>
  state === 'delivered' ? 3 : state === 'failed' ? 2 : providerCode === phoneOffCode ? 1 : 0

/** That a message was accepted may be told after what became of it: it left at that instant all the same. */
function leftAt({ state, sentAt, claimedAt }: MessageUnderWay, at: Date): Date | null {
  if (state !== 'sent' && state !== 'delivered' && state !== 'failed') return sentAt
  const first = Math.max(at.getTime(), claimedAt?.getTime() ?? 0)
  return sentAt && sentAt.getTime() <= first ? sentAt : new Date(first)
}

function stampsOf(
  state: MessageState,
  { sentAt, endReason }: MessageUnderWay,
  { at, reason, now }: { at: Date; reason: EndReason | undefined; now: Date },
): Partial<MessageUnderWay> {
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
