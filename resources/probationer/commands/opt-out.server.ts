import { randomInt } from 'node:crypto'
import { recordHistory } from '../../history-entry/commands.server'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { linkLetters } from '../../shared/links'
import { lock } from '../../shared/lock.server'
import { smsOptOutTokenInput } from '../schema'

/** What a STOP link ends with: 10 signs, 31^10 possibilities. */
export function newSmsOptOutToken(): string {
  return Array.from({ length: 10 }, () => linkLetters[randomInt(linkLetters.length)]).join('')
}

/**
 * The person at the end of an SMS wants no more of them. Messages already planned stay, and end
 * unsent when their turn comes. Doing it again changes nothing.
 */
export const optOutOfSms = command(smsOptOutTokenInput, async (ctx: Context, { token }): Promise<void> => {
  const { id } = orNotFound(
    await ctx.tx.probationer.findUnique({ where: { smsOptOutToken: token }, select: { id: true } }),
    'sms opt-out link',
  )
  await lock(ctx, { probationer: id })
  // The number may have changed meanwhile, and its link with it.
  const { count } = await ctx.tx.probationer.updateMany({
    where: { id, smsOptOutToken: token, smsOptOut: false },
    data: { smsOptOut: true, smsStoppedAt: ctx.now, updatedAt: ctx.now },
  })
  if (count === 0) return
  await recordHistory(ctx, {
    probationerId: id,
    category: 'probationer',
    event: 'probationer.sms_refused_by_link',
  })
})
