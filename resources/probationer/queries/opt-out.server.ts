import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { formatPhone } from '../../shared/phone'
import { smsOptOutTokenInput } from '../schema'

/** What the STOP page shows: enough of the number to know one's own, nothing of who it is. */
export const smsChoiceOf = query(smsOptOutTokenInput, async (ctx: Context, { token }) => {
  const { phone, smsOptOut } = orNotFound(
    await ctx.tx.probationer.findUnique({
      where: { smsOptOutToken: token },
      select: { phone: true, smsOptOut: true },
    }),
    'sms opt-out link',
  )
  return { maskedPhone: phone && masked(formatPhone(phone)), smsOptOut }
})

/** "06 •• •• •• 27", "+594 ••• •• •• 27" */
function masked(phone: string): string {
  const groups = phone.split('\u00a0')
  return groups
    .map((group, i) => (i === 0 || i === groups.length - 1 ? group : '•'.repeat(group.length)))
    .join('\u00a0')
}
