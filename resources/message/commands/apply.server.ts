import { recordHistory } from '../../history-entry/commands.server'
import type { Context } from '../../shared/context'
import { lock } from '../../shared/lock.server'
import { blamesNumber, nextState, type EndReason, type MessageEvent, type MessageState } from '../rules'
import type { MessageHistoryEvent } from '../fr'
import { withoutStopLink } from '../sms-text'
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
  const whose = await ctx.tx.message.findUnique({
    where: { id: messageId },
    select: { probationerId: true },
  })
  if (!whose) return null
  // The person too: what becomes of a message may change what is known of their number.
  await lock(ctx, { probationer: whose.probationerId, message: messageId })
  const message = await ctx.tx.message.findUnique({ where: { id: messageId } })
  if (!message) return null
  const state = nextState(message.state, event)
  const answer = { externalId, providerCode: code, partsBilled, creditsUsed }
  if (state === message.state) {
    if (externalId ?? code ?? partsBilled ?? creditsUsed)
      await ctx.tx.message.update({ where: { id: messageId }, data: answer })
    return state
  }

  await ctx.tx.message.update({
    where: { id: messageId },
    data: { state, ...answer, ...stampsOf(state, message, { at, reason, now: ctx.now }) },
  })
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
    await markNumberWorks(ctx, message)
  }
  if (state === 'failed' || state === 'expired' || state === 'suppressed')
    await tell(`message.${state}`, { reason })
  if (state === 'cancelled')
    await tell(message.kind === 'reminder' ? 'message.reminder_cancelled' : 'message.cancelled', { reason })
  if (state === 'failed' && reason && blamesNumber(reason)) await markNumberFailed(ctx, message)
  return state
}

function stampsOf(
  state: MessageState,
  message: { sentAt: Date | null },
  { at, reason, now }: { at: Date; reason: EndReason | undefined; now: Date },
) {
  switch (state) {
    case 'planned':
      return { claimedAt: null }
    case 'sent':
      return { sentAt: at }
    case 'delivered':
      return { sentAt: message.sentAt ?? at, deliveredAt: at, endedAt: now, endReason: null }
    case 'failed':
    case 'expired':
    case 'suppressed':
    case 'cancelled':
      return { endedAt: now, endReason: reason }
    default:
      return {}
  }
}
