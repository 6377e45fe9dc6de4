import * as z from 'zod'
import { bookablePlace } from '../../place/queries/bookable.server'
import { appointmentToMove } from './reschedule.server'
import type { AgentActor } from '../../shared/actor'
import { workingDayBefore, workingDaysFrom } from '../../shared/calendar'
import {
  addDays,
  civilDate,
  civilDateFromDb,
  civilOf,
  dbDateOf,
  type CivilDate,
} from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { id, optionalId } from '../../shared/fields'
import { seatsLeft } from '../rules'

export const freeSlotsInput = z.object({
  typeCode: z.string().max(60),
  placeId: id,
  agendaId: optionalId,
  from: civilDate.nullish(),
  /** One that is given another date: its place and type, for whoever may move it. */
  appointmentId: optionalId,
})

const workingDaysShown = 5
/** Twenty chambers that receive all day long. */
const mostSlotsShown = 1_500

/**
 * Five working days of free slots of a place, from a date (the first free one when absent): day,
 * hour, agenda, seats left. Days without a seat are there, and say whether they are full.
 */
export const freeSlots = query(
  freeSlotsInput,
  async (ctx: Context<AgentActor>, { agendaId, from, appointmentId, ...asked }) => {
    const { place, typeCode } = appointmentId
      ? await appointmentToMove(ctx, appointmentId)
      : { place: await bookablePlace(ctx, asked.placeId, asked.typeCode), typeCode: asked.typeCode }
    const today = civilOf(ctx.now, place.timeZone).date
    const slots = {
      typeCode,
      agenda: { placeId: place.id, archivedAt: null, ...(agendaId && { id: agendaId }) },
    }
    const first = await firstFreeDate(ctx, slots)
    const start = from ? (from > today ? from : today) : (first ?? today)
    const days = workingDaysFrom(start, workingDaysShown, place.departmentCode)
    const ofTheseDays = {
      ...slots,
      isOpen: true,
      startsAt: { gt: ctx.now },
      date: { gte: dbDateOf(start), lte: dbDateOf(days.at(-1) ?? start) },
    }
    const opened = await ctx.tx.slot.groupBy({ by: ['date'], where: ofTheseDays })
    const rows = await ctx.tx.slot.findMany({
      where: { ...ofTheseDays, seatsTaken: { lt: ctx.tx.slot.fields.capacity } },
      select: {
        id: true,
        date: true,
        startTime: true,
        capacity: true,
        seatsTaken: true,
        agenda: { select: { id: true, name: true } },
      },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      take: mostSlotsShown,
    })
    const openedDates = new Set(opened.map((row) => civilDateFromDb(row.date)))
    return {
      days: days.map((date) => {
        const free = rows
          .filter((row) => civilDateFromDb(row.date) === date)
          .map((row) => ({ id: row.id, time: row.startTime, seats: seatsLeft(row), agenda: row.agenda }))
        return { date, slots: free, full: openedDates.has(date) && free.length === 0 }
      }),
      previous: start > today ? workingDayBefore(start, workingDaysShown, place.departmentCode, today) : null,
      next: addDays(days.at(-1) ?? start, 1),
      anywhere: first !== null,
      placeName: place.name,
      /** The agenda of each slot tells them apart. */
      severalAgendas: new Set(rows.map((row) => row.agenda.id)).size > 1,
    }
  },
)

async function firstFreeDate(
  ctx: Context,
  slots: { typeCode: string; agenda: { placeId: number; archivedAt: null } },
): Promise<CivilDate | null> {
  const slot = await ctx.tx.slot.findFirst({
    where: {
      ...slots,
      isOpen: true,
      startsAt: { gt: ctx.now },
      seatsTaken: { lt: ctx.tx.slot.fields.capacity },
    },
    select: { date: true },
    orderBy: { startsAt: 'asc' },
  })
  return slot && civilDateFromDb(slot.date)
}
