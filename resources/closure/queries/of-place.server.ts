import { civilDateFromDb, dbDateOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import type { PlaceClosure } from '../rules'

/** When a place, an agenda of it, or the agent who would receive there, receives nobody, from a day on. */
export async function closuresOfPlace(
  ctx: Context,
  placeId: number,
  from: CivilDate,
  agentId: number | null = null,
): Promise<PlaceClosure[]> {
  const rows = await ctx.tx.closure.findMany({
    where: {
      OR: [{ placeId }, { agenda: { placeId } }, ...(agentId === null ? [] : [{ agentId }])],
      liftedAt: null,
      lastDate: { gte: dbDateOf(from) },
    },
    select: {
      ...{ agendaId: true, agentId: true },
      ...{ firstDate: true, lastDate: true, fromTime: true, toTime: true, reason: true },
    },
    orderBy: { firstDate: 'asc' },
  })
  return rows.map(({ firstDate, lastDate, ...closure }) => ({
    ...closure,
    firstDate: civilDateFromDb(firstDate),
    lastDate: civilDateFromDb(lastDate),
  }))
}
