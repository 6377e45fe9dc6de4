import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { rowsOf } from '../../shared/prepared.server'
import { longestWait, smsProvider as provider } from '../rules'

/** What is asked of the provider in turn. `interval` and `burst` are milliseconds: between two turns, and how much of a rest may be caught up at once. */
interface Pace {
  provider: string
  interval: number
  burst: number
}

const handingOver: Pace = { provider, interval: Math.ceil(1000 / env.SMS_PER_SECOND), burst: 1000 }

/**
 * Questions to the provider's list, of which an account has some hundred an hour: nearly one after the other, so that
 * the first that is refused stops the others.
 */
export const askingList: Pace = { provider: 'sms-list', interval: 200, burst: 0 }

/**
 * Takes one turn in the bucket that all workers share: one row, whose instant is the last turn given. A
 * turn that is further than `longestWait` is not taken: who comes back for another would push everybody back.
 *
 * @returns how long to wait, in milliseconds: before handing the message over, or before asking again.
 */
export async function takeTurn(
  ctx: Context,
  { provider, interval, burst }: Pace = handingOver,
): Promise<number> {
  const now = ctx.now.getTime()
  const [row] = await rowsOf<{ wait: number }>(
    ctx,
    Prisma.sql`
      INSERT INTO provider_pace (provider, last_turn) VALUES (${provider}, ${now - burst + interval}::bigint)
      ON CONFLICT (provider) DO UPDATE
         SET last_turn = greatest(provider_pace.last_turn, ${now - burst}::bigint) + ${interval}::int
       WHERE provider_pace.last_turn + ${interval}::int <= ${now + longestWait}::bigint
      RETURNING (last_turn - ${now}::bigint)::float8 AS wait`,
  )
  if (row) return Math.max(0, row.wait)
  const { lastTurn } = await ctx.tx.providerPace.findUniqueOrThrow({ where: { provider } })
  return Number(lastTurn) + interval - now
}

/** The provider said to wait: nobody hands anything over, or asks its list, before this instant. */
export async function pauseUntil(ctx: Context, until: Date, { provider }: Pace = handingOver): Promise<void> {
  await ctx.tx.$executeRaw`
    INSERT INTO provider_pace (provider, last_turn) VALUES (${provider}, ${until.getTime()})
    ON CONFLICT (provider) DO UPDATE SET last_turn = greatest(provider_pace.last_turn, excluded.last_turn)`
}
