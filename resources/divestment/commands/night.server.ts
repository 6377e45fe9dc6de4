import type { Context } from '../../shared/context'
import { minute } from '../../shared/duration'
import { enqueueAll } from '../../shared/enqueue.server'
import { settleLateDivestment } from '../jobs'
import { lateBefore, remindedBefore } from '../rules'
import { writeToSources } from './effects.server'

/**
 * Asks for the end of each request that has waited ten days, a job each, then reminds the services that have not
 * answered and were last written to five days ago. What ends meanwhile is not counted in what they are told.
 *
 * @returns how many requests and services.
 */
export async function startTheNight(ctx: Context): Promise<number> {
  const late = await ctx.tx.divestment.findMany({
    where: {
      state: 'pending',
      decisions: { some: { state: 'pending', requestedAt: { lt: lateBefore(ctx.now) } } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  await enqueueAll(
    ctx,
    settleLateDivestment,
    late.map(({ id }) => ({ payload: { divestmentId: id } })),
  )
  const reminded = await ctx.tx.divestmentDecision.updateManyAndReturn({
    where: {
      state: 'pending',
      OR: [{ remindedAt: null }, { remindedAt: { lt: remindedBefore(ctx.now) } }],
    },
    data: { remindedAt: ctx.now },
    select: { organizationId: true },
  })
  const services = [...new Set(reminded.map(({ organizationId }) => organizationId))]
  await writeToSources(ctx, services, { runAt: new Date(ctx.now.getTime() + 10 * minute) })
  return late.length + services.length
}
