import { recordHistory } from '../../history-entry/commands.server'
import type { Context } from '../../shared/context'
import { blamesNumber, nextState, type EndReason, type MessageEvent, type MessageState } from '../rules'
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
  const answered = {
    ...message,
    externalId: externalId ?? message.externalId,
    providerCode: code ?? message.providerCode,
    partsBilled: partsBilled ?? message.partsBilled,
    creditsUsed: creditsUsed ?? message.creditsUsed,
  }
  if (state === message.state) {
    if (externalId ?? code ?? partsBilled ?? creditsUsed) await writeEvent(ctx, messageId, answered)
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
