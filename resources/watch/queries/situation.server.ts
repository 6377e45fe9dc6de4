import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { expiredSince, figuresAreOld, type FiguresName, type Situation } from '../rules'
import { countExpired, storedFigures } from './figures.server'
import { accountNow, lastRuns, messagesWaiting, receiptsNow } from './now.server'

/** All that alerts are decided on. Figures that nobody counts any more decide nothing: their task is late. */
export async function situationNow(ctx: Context): Promise<Situation> {
  const fresh = async <Name extends FiguresName>(name: Name) => {
    const stored = await storedFigures(ctx, name)
    return stored && !figuresAreOld(name, stored.computedAt, ctx.now) ? stored.figures : null
  }
  const [waiting, expired, receipts, account, usual, queue, runs] = await Promise.all([
    messagesWaiting(ctx),
    countExpired(ctx, expiredSince(ctx.now)),
    receiptsNow(ctx),
    accountNow(ctx),
    fresh('usual'),
    fresh('queue'),
    lastRuns(ctx),
  ])
  return {
    ...{ now: ctx.now, waiting, expired, unanswered: receipts.unanswered },
    ...{ account, creditAlert: env.SMS_CREDIT_ALERT, usual, queue, runs },
  }
}
