import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { isLate } from '../rules'
import { trouble, type Trouble } from '../schema'

export interface Alert {
  id: number
  trouble: Trouble
  raisedAt: Date
  endedAt: Date | null
}

const columns = {
  ...{ id: true, kind: true, about: true, facts: true },
  ...{ raisedAt: true, endedAt: true },
} as const

/** One that another release wrote in words of its own is left out. */
const asAlerts = (
  rows: readonly {
    id: number
    kind: string
    about: string
    facts: unknown
    raisedAt: Date
    endedAt: Date | null
  }[],
): Alert[] =>
  rows.flatMap(({ id, raisedAt, endedAt, ...told }) => {
    const read = trouble.safeParse(told)
    return read.success ? [{ id, trouble: read.data, raisedAt, endedAt }] : []
  })

/** The alerts that stand, the oldest first, and those that ended in the last day. */
export async function alertsNow(ctx: Context): Promise<{ standing: Alert[]; ended: Alert[] }> {
  const [standing, ended] = await Promise.all([
    ctx.tx.watchAlert.findMany({ where: { endedAt: null }, select: columns, orderBy: { raisedAt: 'asc' } }),
    ctx.tx.watchAlert.findMany({
      where: { endedAt: { gt: new Date(ctx.now.getTime() - day) } },
      select: columns,
      orderBy: { endedAt: 'desc' },
      take: 10,
    }),
  ])
  return { standing: asAlerts(standing), ended: asAlerts(ended) }
}

/** When alerts were last looked for, and whether that is recent enough to say that there are none. */
export async function lastCheck(ctx: Context): Promise<{ checkedAt: Date | null; isChecked: boolean }> {
  const run = await ctx.tx.jobRun.findFirst({
    where: { task: 'check-alerts' },
    select: { startedAt: true },
    orderBy: { startedAt: 'desc' },
  })
  const isChecked = run !== null && !isLate({ task: 'check-alerts', startedAt: run.startedAt }, ctx.now)
  return { checkedAt: run?.startedAt ?? null, isChecked }
}

/** The alerts that a mail speaks of, as they are now: one that ended since is not told as lasting. */
export async function alertsOfMail(
  ctx: Context,
  ids: { raised: number[]; lasting: number[]; ended: number[] },
): Promise<{ raised: Alert[]; lasting: Alert[]; ended: Alert[] }> {
  const rows = await ctx.tx.watchAlert.findMany({
    where: { id: { in: [...ids.raised, ...ids.lasting, ...ids.ended] } },
    select: columns,
    orderBy: { raisedAt: 'asc' },
  })
  const of = (wanted: readonly number[]) => asAlerts(rows.filter(({ id }) => wanted.includes(id)))
  return {
    raised: of(ids.raised),
    lasting: of(ids.lasting).filter(({ endedAt }) => !endedAt),
    ended: of(ids.ended),
  }
}
