import type { Context } from '../../shared/context'
import { enqueueAll } from '../../shared/enqueue.server'
import { env } from '../../shared/env.server'
import { lockKey } from '../../shared/lock.server'
import { log } from '../../shared/log.server'
import { sendAlertMail } from '../jobs'
import { changesOf, type Situation, troublesOf } from '../rules'

/**
 * Compares what is to be mended with what was known of it: an alert begins, lasts, or is over, and one mail to each
 * address of the team says all that changed.
 *
 * @returns how many alerts stand.
 */
export async function checkAlerts(ctx: Context, situation: Situation): Promise<number> {
  await lockKey(ctx, 'check-alerts')
  const standing = await ctx.tx.watchAlert.findMany({ where: { endedAt: null } })
  const { raised, present, lasting, newlyAbsent, ended } = changesOf(standing, troublesOf(situation), ctx.now)
  for (const { id, trouble } of present)
    await ctx.tx.watchAlert.update({
      where: { id },
      data: { facts: trouble.facts, absentSince: null },
      select: { id: true },
    })
  const idsOf = (alerts: readonly { id: number }[]) => alerts.map(({ id }) => id)
  const change = (alerts: readonly { id: number }[], data: object) =>
    ctx.tx.watchAlert.updateMany({ where: { id: { in: idsOf(alerts) } }, data })
  await change(lasting, { toldAt: ctx.now })
  await change(newlyAbsent, { absentSince: ctx.now })
  await change(ended, { endedAt: ctx.now })
  const begun = await ctx.tx.watchAlert.createManyAndReturn({
    data: raised.map((trouble) => ({ ...trouble, raisedAt: ctx.now, toldAt: ctx.now })),
    select: { id: true },
  })

  if (raised.length + lasting.length + ended.length > 0) {
    const kinds = raised.map(({ kind }) => kind)
    log.warn({ raised: kinds, lasting: lasting.length, ended: ended.length }, 'alerts')
    const told = { raised: idsOf(begun), lasting: idsOf(lasting), ended: idsOf(ended) }
    await enqueueAll(
      ctx,
      sendAlertMail,
      (env.ALERT_EMAILS ?? []).map((_, recipient) => ({
        payload: { recipient, at: ctx.now.toISOString(), ...told },
      })),
    )
  }
  return standing.length - ended.length + raised.length
}
