import type { HistoryCategory } from '@prisma/client'
import type { Context } from '../shared/context'
import { civilOf } from '../shared/civil-time'
import { historyData } from './schema'

/** How many lines a page shows at first. */
const shown = 100

/**
 * The history of a person, or of one appointment, newest first: what happened, its data and its
 * author. The door words it. Times are those of the given zone.
 */
export async function historyOf(
  ctx: Context,
  of: { probationerId: number; appointmentId?: number; categories?: HistoryCategory[] },
  zone: string,
) {
  const { categories, ...where } = of
  const entries = await ctx.tx.historyEntry.findMany({
    where: { ...where, ...(categories && { category: { in: categories } }) },
    select: {
      id: true,
      category: true,
      event: true,
      data: true,
      actorName: true,
      actorRole: true,
      at: true,
      appointmentId: true,
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: shown,
  })
  return entries.map(({ at, data, ...entry }) => ({
    ...entry,
    data: historyData.parse(data),
    ...civilOf(at, zone),
  }))
}

export type HistoryLine = Awaited<ReturnType<typeof historyOf>>[number]
