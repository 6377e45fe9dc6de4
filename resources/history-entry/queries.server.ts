import type { Context } from '../shared/context'
import { civilOf } from '../shared/civil-time'
import { historyData } from './schema'

/** How many lines are read at a time. */
const shown = 100

/**
 * The history of a person, or of one appointment, newest first: what happened, its data and its
 * author. The door words it. Times are those of the given zone. `before` is the last line already read.
 */
export async function historyOf(
  ctx: Context,
  of: { probationerId: number; appointmentId?: number; before?: number },
  zone: string,
) {
  const { before, ...where } = of
  const entries = await ctx.tx.historyEntry.findMany({
    where,
    select: {
      id: true,
      category: true,
      event: true,
      data: true,
      actorName: true,
      actorRole: true,
      at: true,
      appointmentId: true,
      appointment: { select: { startsAt: true, organization: { select: { timeZone: true } } } },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    ...(before && { cursor: { id: before }, skip: 1 }),
    take: shown + 1,
  })
  return {
    lines: entries.slice(0, shown).map(({ at, data, appointment, ...entry }) => ({
      ...entry,
      /** The day of the appointment that it is about, where the person is expected. */
      appointmentOn: appointment && civilOf(appointment.startsAt, appointment.organization.timeZone).date,
      data: historyData.parse(data),
      ...civilOf(at, zone),
    })),
    more: entries.length > shown,
  }
}

export type HistoryLine = Awaited<ReturnType<typeof historyOf>>['lines'][number]
