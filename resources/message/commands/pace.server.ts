import type { Context } from '../../shared/context'
import { longestWait, messagesASecond } from '../rules'

const key = 'sms-provider'
const interval = 1000 / messagesASecond
const burst = 1000

/**
 * Takes one turn in the bucket that all workers share: one row, whose instant is the last
 * turn given. Lives in the table of the rate limits, whose own clean-up drops it when idle. A turn that
 * is further than `longestWait` is not taken: who comes back for another would push everybody back.
 *
 * @returns how long to wait, in milliseconds: before handing the message over, or before asking again.
 */
export async function takeTurn(ctx: Context): Promise<number> {
  const now = ctx.now.getTime()
  const [row] = await ctx.tx.$queryRaw<{ turn: bigint }[]>`
    INSERT INTO rate_limit (key, points, expire) VALUES (${key}, 0, ${now - burst + interval})
    ON CONFLICT (key) DO UPDATE SET expire = greatest(rate_limit.expire, ${now - burst}::bigint) + ${interval}
     WHERE rate_limit.expire + ${interval} <= ${now + longestWait}
    RETURNING expire AS turn`
  if (row) return Math.max(0, Number(row.turn) - now)
  const { expire } = await ctx.tx.rateLimit.findUniqueOrThrow({ where: { key }, select: { expire: true } })
  return Number(expire) + interval - now
}

/** The provider said to wait: nobody hands anything over before this instant. */
export async function pauseUntil(ctx: Context, until: Date): Promise<void> {
  await ctx.tx.$executeRaw`
    INSERT INTO rate_limit (key, points, expire) VALUES (${key}, 0, ${until.getTime()})
    ON CONFLICT (key) DO UPDATE SET expire = greatest(rate_limit.expire, excluded.expire)`
}
