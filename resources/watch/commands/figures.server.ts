import type { SystemActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { read, transact } from '../../shared/transact.server'
import { countPeriod, countQueue, countUsual } from '../queries/figures.server'
import { countedEvery, figuresNames, type FiguresName } from '../rules'

const counts: Record<FiguresName, (ctx: Context) => Promise<object>> = {
  queue: countQueue,
  '24h': (ctx) => countPeriod(ctx, '24h'),
  '7d': (ctx) => countPeriod(ctx, '7d'),
  '30d': (ctx) => countPeriod(ctx, '30d'),
  usual: countUsual,
}

/**
 * Counts again what is old enough, one name after the other: each stands by itself, counted outside any transaction
 * and kept in a short one, whatever becomes of the others.
 *
 * @returns how many were counted.
 * @throws the first failure, once all were tried.
 */
export async function countSupervision(actor: SystemActor): Promise<number> {
  const { known, now } = await read(actor, async (ctx) => ({
    known: await ctx.tx.watchFigures.findMany({ select: { name: true, computedAt: true } }),
    now: ctx.now,
  }))
  const isOld = (name: FiguresName) => {
    const last = known.find((one) => one.name === name)?.computedAt
    // A tick comes a little early or late.
    return !last || now.getTime() - last.getTime() > countedEvery[name] - 30_000
  }
  const due = figuresNames.filter(isOld)
  let failure: unknown
  for (const name of due)
    try {
      const data = await read(actor, (ctx) => counts[name](ctx))
      await transact(actor, async (ctx) => {
        const counted = { computedAt: ctx.now, data }
        await ctx.tx.watchFigures.upsert({
          where: { name },
          create: { name, ...counted },
          update: counted,
          select: { name: true },
        })
      })
    } catch (error) {
      failure ??= error
    }
  if (failure) throw failure
  return due.length
}
