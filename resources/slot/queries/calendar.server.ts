import { Prisma } from '@prisma/client'
import * as z from 'zod'
import { closureAt } from '../../closure/rules'
import { closuresOfPlace } from '../../closure/queries/of-place.server'
import type { AgentActor } from '../../shared/actor'
import { addDays, civilDate, civilOf, daysBetween, isWeekend, type CivilDate } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { checkbox, emptyAsNull, id } from '../../shared/fields'
import { holidayOn } from '../../shared/holidays'
import { rowsOf } from '../../shared/prepared.server'
import { mayOnSlot, mayOpenSlots } from '../policy'
import { seriesOfDay, whyNotClosable, whyNotDeletable, whyNotReopenable, type SlotOfDay } from '../rules'
import { visibleSlotSql } from './list.sql.server'

/** Six weeks: a month as a page shows it. */
const longestSpan = 42

const typeCode = emptyAsNull(z.string().max(60))
const calendarInput = z
  .object({
    agendaId: id,
    typeCode,
    from: civilDate,
    to: civilDate,
    /** Each slot alone, as a week shows them; otherwise as series. */
    each: checkbox,
  })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) <= longestSpan, 'Six semaines au plus.')

/** The worked days of an agenda between two: their slots, free and in all, what is closed, holidays by their name. */
export const slotCalendar = query(
  calendarInput,
  async (ctx: Context<AgentActor>, { agendaId, typeCode: type, from, to, each }) => {
    const agenda = await agendaShown(ctx, agendaId)
    const { place } = agenda
    const [slots, closures] = await Promise.all([
      slotsBetween(ctx, { agendaId, type, from, to }),
      closuresOfPlace(ctx, place.id, from),
    ])
    const today = civilOf(ctx.now, place.organization.timeZone).date
    const days: CivilDate[] = []
    for (let date = from; date <= to; date = addDays(date, 1)) if (!isWeekend(date)) days.push(date)
    return {
      agenda: agenda.name,
      place: place.name,
      today,
      /** Seats still free from now on, of what is shown. */
      freeSeats: slots.reduce(
        (seats, slot) =>
          seats + (slot.isOpen && slot.toCome ? Math.max(slot.capacity - slot.seatsTaken, 0) : 0),
        0,
      ),
      days: days.map((date) => {
        const closed = ['00:00', '23:59'].map((time) => closureAt(closures, { agendaId, date, time }))
        return {
          date,
          holiday: holidayOn(place.departmentCode, date),
          /** Why the whole day is closed; empty when no reason was given. */
          closed: closed.every(Boolean) ? (closed[0]?.reason ?? '') : null,
          series: seriesOfDay(
            slots.filter((slot) => slot.date === date),
            { each },
          ),
        }
      }),
    }
  },
)

/** The slots of one day of an agenda, and what may be done of each. */
export const slotsOfDay = query(
  z.object({ agendaId: id, typeCode, date: civilDate }),
  async (ctx: Context<AgentActor>, { agendaId, typeCode: type, date }) => {
    const { place } = await agendaShown(ctx, agendaId)
    const slots = await slotsBetween(ctx, { agendaId, type, from: date, to: date })
    return slots.map(({ toCome: _, ...slot }) => {
      const facts = { typeCode: slot.typeCode, agenda: { place: { organizationId: place.organizationId } } }
      const mayClose = mayOnSlot(ctx.actor, 'close', facts)
      return {
        ...slot,
        mayEdit: mayOnSlot(ctx.actor, 'edit', facts) && slot.startsAt > ctx.now,
        mayClose: mayClose && whyNotClosable(slot, ctx.now) === null,
        mayReopen: mayOnSlot(ctx.actor, 'reopen', facts) && whyNotReopenable(slot, ctx.now) === null,
        mayDelete: mayClose && whyNotDeletable(slot, ctx.now) === null,
      }
    })
  },
)

/** An agenda of the service whose slots the actor opens. */
async function agendaShown(ctx: Context<AgentActor>, agendaId: number) {
  assertAllowed(mayOpenSlots(ctx.actor), 'open the slots')
  return orNotFound(
    await ctx.tx.agenda.findFirst({
      where: { id: agendaId, place: { organizationId: ctx.actor.organization.id } },
      select: {
        name: true,
        place: {
          select: {
            ...{ id: true, name: true, departmentCode: true, organizationId: true },
            organization: { select: { timeZone: true } },
          },
        },
      },
    }),
    'agenda',
  )
}

interface CalendarSlot extends SlotOfDay {
  date: CivilDate
  startsAt: Date
  typeLabel: string
  toCome: boolean
}

const slotsBetween = (
  ctx: Context<AgentActor>,
  { agendaId, type, from, to }: { agendaId: number; type: string | null; from: CivilDate; to: CivilDate },
): Promise<CalendarSlot[]> =>
  rowsOf<CalendarSlot>(
    ctx,
    Prisma.sql`
      SELECT s.id, s.date::text AS date, s.start_time AS time, s.starts_at AS "startsAt", s.type_code AS "typeCode",
             t.label AS "typeLabel", s.duration_minutes AS "durationMinutes", s.capacity,
             s.seats_taken AS "seatsTaken", s.is_open AS "isOpen", s.starts_at > ${ctx.now} AS "toCome"
        FROM slot s
        JOIN agenda a ON a.id = s.agenda_id
        JOIN place p ON p.id = a.place_id
        JOIN appointment_type t ON t.code = s.type_code
       WHERE s.agenda_id = ${agendaId} AND s.date BETWEEN ${from}::date AND ${to}::date
         AND (${type}::text IS NULL OR s.type_code = ${type}) AND ${visibleSlotSql(ctx.actor)}
       ORDER BY s.date, s.start_time, s.id`,
  )
