import { recordHistory } from '../../history-entry/commands.server'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { smsOptOutTokenInput } from '../schema'

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
  const { count } = await ctx.tx.probationer.updateMany({
    where: { id, smsOptOut: false },
    data: { smsOptOut: true },
  })
  if (count === 0) return
  await recordHistory(ctx, {
    probationerId: id,
    category: 'probationer',
    event: 'probationer.sms_refused_by_link',
  })
})
