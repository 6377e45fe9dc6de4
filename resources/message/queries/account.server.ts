import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { receiptAwaited, receiptsStopAfter, smsProvider, type ListPosition } from '../rules'

/**
 * Where the provider's list is to be read from, because messages have left for a while and nothing says what became
 * of them: where reading stopped, or the day of the oldest one. Null: nothing is awaited that the list has not said.
 */
export async function whereToReadList(ctx: Context): Promise<ListPosition | null> {
  const ago = (milliseconds: number, from = ctx.now) => new Date(from.getTime() - milliseconds)
  const account = await ctx.tx.smsAccount.findUnique({ where: { provider: smsProvider } })
  const known = account?.listReadUntil ? ago(receiptAwaited, account.listReadUntil) : ago(receiptsStopAfter)
  const [oldest] = await ctx.tx.$queryRaw<{ sentAt: Date | null }[]>`
    SELECT min(sent_at) AS "sentAt" FROM message
     WHERE state = 'sent' AND ended_at IS NULL
       AND sent_at > greatest(${known}::timestamptz, ${ago(receiptsStopAfter)}::timestamptz) AND sent_at <= ${ago(receiptAwaited)}`
  if (!oldest?.sentAt) return null
  const { date: day } = civilOf(oldest.sentAt, 'UTC')
  return account?.listDay && account.listDay >= day
    ? { day: account.listDay, position: account.listPosition }
    : { day, position: 0 }
}
