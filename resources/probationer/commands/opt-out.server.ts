import { z } from 'zod'
import { recordHistory } from '../../history-entry/commands.server'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { formatPhone } from '../../shared/phone'

const smsOptOutToken = z.object({ token: z.string().max(100) })

/** What the STOP page shows: enough of the number to know one's own, nothing of who it is. */
export async function smsChoiceOf(ctx: Context, raw: z.input<typeof smsOptOutToken>) {
  const { token } = smsOptOutToken.parse(raw)
  const { phone, smsOptOut } = orNotFound(
    await ctx.tx.probationer.findUnique({
      where: { smsOptOutToken: token },
      select: { phone: true, smsOptOut: true },
    }),
    'sms opt-out link',
  )
  return { maskedPhone: phone && masked(formatPhone(phone)), smsOptOut }
}

/** "06 •• •• •• 27", "+594 ••• •• •• 27" */
function masked(phone: string): string {
  const groups = phone.split('\u00a0')
  return groups
    .map((group, i) => (i === 0 || i === groups.length - 1 ? group : '•'.repeat(group.length)))
    .join('\u00a0')
}

/**
 * The person at the end of an SMS wants no more of them. Messages already planned stay, and end
 * unsent when their turn comes. Doing it again changes nothing.
 */
export const optOutOfSms = command(smsOptOutToken, async (ctx: Context, { token }): Promise<void> => {
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
