import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { minute } from '../../shared/duration'
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
 * @returns how long to wait, in milliseconds: before handing the message over, or before asking again; and how many times
 * less often than at the pace turns are given, since answers were lost.
 */
export async function takeTurn(
  ctx: Context,
  { provider, interval, burst }: Pace = handingOver,
): Promise<{ wait: number; slower: number }> {
  const now = ctx.now.getTime()
  const apart = apartSql({ interval })
  const [row] = await rowsOf<{ wait: number; slower: number }>(
    ctx,
    Prisma.sql`
      INSERT INTO provider_pace (provider, last_turn) VALUES (${provider}, ${now - burst + interval}::bigint)
      ON CONFLICT (provider) DO UPDATE
         SET last_turn = greatest(provider_pace.last_turn, ${now}::bigint - greatest(${burst}::bigint, ${apart})) + ${apart}
       WHERE provider_pace.last_turn + ${apart} <= ${now + longestWait}::bigint
      RETURNING (last_turn - ${now}::bigint)::float8 AS wait, slower`,
  )
  if (row) return { ...row, wait: Math.max(0, row.wait) }
  const { lastTurn, slower } = await ctx.tx.providerPace.findUniqueOrThrow({ where: { provider } })
  const next = Number(lastTurn) + Math.min(slower * interval, farthestApart)
  return { wait: next - now, slower }
}

/** Milliseconds between two turns, as answers are lost or come. */
const apartSql = ({ interval }: Pick<Pace, 'interval'>) =>
  Prisma.sql`least(provider_pace.slower * ${interval}::bigint, ${farthestApart}::bigint)`

/** The provider said to wait: nobody hands anything over, or asks its list, before this instant. */
export async function pauseUntil(ctx: Context, until: Date, { provider }: Pace = handingOver): Promise<void> {
  await ctx.tx.$executeRaw`
    INSERT INTO provider_pace (provider, last_turn) VALUES (${provider}, ${until.getTime()})
    ON CONFLICT (provider) DO UPDATE SET last_turn = greatest(provider_pace.last_turn, excluded.last_turn)`
}

/** Turns are never given less often, in milliseconds: somebody must find out that the provider answers again. */
const farthestApart = minute
const slowest = Math.ceil(farthestApart / handingOver.interval)

/**
 * An answer was lost: turns are half as frequent, once for all that left at the same pace. Where most answers are,
 * nothing is handed over but one message a minute, so that few have to be looked for; where some are, the others make up
 * for them.
 *
 * @param seen how many times less often turns were given when that one was.
 */
export async function slowDown(ctx: Context, seen: number): Promise<void> {
  await ctx.tx.$executeRaw`
    UPDATE provider_pace SET slower = least(slower * 2, ${slowest}::int)
     WHERE provider = ${provider} AND slower <= ${seen}`
}

/** An answer has come: turns are twice as frequent, up to the pace. */
export async function speedUp(ctx: Context): Promise<void> {
  await ctx.tx.$executeRaw`
    UPDATE provider_pace SET slower = greatest(slower / 2, 1) WHERE provider = ${provider}`
}

/** A turn that handed nothing over is there for the next message. */
export async function giveTurnBack(ctx: Context): Promise<void> {
  await ctx.tx.$executeRaw`
    UPDATE provider_pace SET last_turn = last_turn - ${apartSql(handingOver)} WHERE provider = ${provider}`
}
