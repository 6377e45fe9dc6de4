import { recordHistory } from '../../history-entry/commands.server'
import type { Context } from '../../shared/context'
import { afterEvent, type Facts } from '../becoming'
import type { MessageHistoryEvent } from '../fr'
import { blamesNumber, neverArrived, ownActKinds, type MessageEvent, type MessageState } from '../rules'
import { withoutStopLink } from '../sms-text'
import { holdWithPerson, writeEvent } from './deliver.sql.server'
import { giveInvitationBack, takeInvitationAgain } from '../../probationer-space/commands/give-back.server'
import { markNumberFailed, markNumberWorks } from './number.server'

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
  facts: Facts = {},
): Promise<MessageState | null> {
  const message = await holdWithPerson(ctx, messageId)
  if (!message) return null
  const after = afterEvent(message, event, facts, ctx.now)
  if (!after) return message.state
  await writeEvent(ctx, messageId, after)
  const { state } = after
  if (state === message.state) return state

  const { reason } = facts
  const tell = async (event: MessageHistoryEvent, data: object) => {
    if (ownActKinds.has(message.kind)) return
    await recordHistory(ctx, {
      probationerId: message.probationerId,
      ...(message.appointmentId !== null && { appointmentId: message.appointmentId }),
      category: 'message',
      event,
      data: { kind: message.kind, ...data },
    })
  }
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
  if (message.kind === 'space_invitation') {
    if (neverArrived.has(state)) await giveInvitationBack(ctx, message)
    else if (neverArrived.has(message.state)) await takeInvitationAgain(ctx, message)
  }
  if (state === 'failed' && reason && blamesNumber(reason))
    await markNumberFailed(ctx, { ...message, id: messageId })
  return state
}
