import { z } from 'zod'
import { previewMessages } from '../../message/queries.server'
import { servicesOfCity, servicesOfJurisdiction } from '../../organization/queries.server'
import { placesBookableBy } from '../../place/policy'
import { probationersConvokableBy } from '../../probationer/policy'
import { personToConvoke } from '../../probationer/queries.server'
import type { AgentActor } from '../../shared/actor'
import {
  addDays,
  civilDate,
  civilDateFromDb,
  civilOf,
  civilTime,
  dbDateOf,
  instantOf,
  isWeekend,
  type CivilDate,
} from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { found } from '../../shared/errors'
import { id, optionalId } from '../../shared/fields'
import { holidayOn } from '../../shared/holidays'
import { canFollowProbationers, usesInterJurisdiction } from '../../shared/rights'
import { bookableTypesFor } from '../../appointment-type/queries.server'
import { overlappingAppointments } from '../commands/book.server'
import type { AppointmentRefusal } from '../fr'
import { freeHours, oneOffMinutes, seatsLeft, whyNotMoment } from '../rules'

export const bookingFormInput = z.object({
  probationerId: optionalId,
  /** Inter-jurisdiction: the commune of somebody new, whose services will follow them. */
  cityId: optionalId,
})

/**
 * All the booking page needs at once: the person when known, the types the role may book, the places
 * that host them among the services that follow the person, and their agendas.
 */
export async function bookingForm(ctx: Context<AgentActor>, raw: z.input<typeof bookingFormInput>) {
  const { probationerId, cityId } = bookingFormInput.parse(raw)
  const person = probationerId ? await personToConvoke(ctx, probationerId) : null
  const organizationIds = person
    ? person.followingOrganizationIds
    : await servicesOfNewPerson(ctx, usesInterJurisdiction(ctx.actor) ? cityId : null)

  const types = await bookableTypesFor(ctx)
  const places = await ctx.tx.place.findMany({
    where: {
      AND: [
        { archivedAt: null, organizationId: { in: organizationIds } },
        { OR: types.map((type) => placesBookableBy(ctx.actor, type.code)) },
      ],
    },
    select: {
      id: true,
      name: true,
      address: true,
      departmentCode: true,
      organizationId: true,
      organization: { select: { name: true, timeZone: true, agendaGuidance: true } },
      appointmentTypes: { select: { typeCode: true } },
      agendas: { where: { archivedAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } },
    },
    orderBy: { name: 'asc' },
  })
  const own = ctx.actor.organization.id
  const offered = places
    .sort((a, b) => Number(b.organizationId === own) - Number(a.organizationId === own))
    .map(({ appointmentTypes, organization, ...place }) => ({
      ...place,
      organizationName: organization.name,
      timeZone: organization.timeZone,
      agendaGuidance: organization.agendaGuidance,
      typeCodes: appointmentTypes.map((hosted) => hosted.typeCode),
    }))
  const last = await ctx.tx.appointment.findFirst({
    where: { bookedById: ctx.actor.id },
    select: { typeCode: true },
    orderBy: { id: 'desc' },
  })
  const hosted = new Set(offered.flatMap((place) => place.typeCodes))
  return {
    person,
    types: types
      .filter((type) => hosted.has(type.code))
      .map(({ code, label, usesPublishedSlots, asksProsecutionNumber, allowedOnDaysOff }) => ({
        code,
        label,
        usesPublishedSlots,
        asksProsecutionNumber,
        allowedOnDaysOff,
      })),
    places: offered,
    /** Whom to call when nothing may be booked: the services that follow the person. */
    services:
      hosted.size > 0
        ? []
        : await ctx.tx.organization.findMany({
            where: { id: { in: organizationIds } },
            select: { id: true, name: true, switchboardPhone: true },
            orderBy: { name: 'asc' },
          }),
    /** What the agent booked last: chosen until they say otherwise. */
    usualTypeCode: last?.typeCode ?? null,
    /** "Êtes-vous son référent ?" is asked when nobody is. */
    asksIfReferent: canFollowProbationers(ctx.actor) && !person?.assignedAgent,
    asksResidence: usesInterJurisdiction(ctx.actor),
    today: civilOf(ctx.now, ctx.actor.organization.timeZone).date,
    departmentCode: ctx.actor.organization.departmentCode,
  }
}

/** The deployed services of the commune when it has some, else those of the jurisdiction: as registering does. */
async function servicesOfNewPerson(ctx: Context<AgentActor>, cityId: number | null): Promise<number[]> {
  const ofCity = cityId ? await servicesOfCity(ctx, cityId) : []
  const services = ofCity.length > 0 ? ofCity : await servicesOfJurisdiction(ctx)
  return services.map((service) => service.id)
}

export const freeSlotsInput = z.object({
  typeCode: z.string().max(60),
  placeId: id,
  agendaId: optionalId,
  from: civilDate.nullish(),
})

const workingDaysShown = 5
/** Twenty chambers that receive all day long. */
const mostSlotsShown = 1_500

/**
 * Five working days of free slots of a place, from a date (the first free one when absent): day,
 * hour, agenda, seats left. Days without a seat are there, and say whether they are full.
 */
export async function freeSlots(ctx: Context<AgentActor>, raw: z.input<typeof freeSlotsInput>) {
  const { typeCode, placeId, agendaId, from } = freeSlotsInput.parse(raw)
  const place = await visiblePlace(ctx, placeId, typeCode)
  const today = civilOf(ctx.now, place.timeZone).date
  const slots = { typeCode, agenda: { placeId, archivedAt: null, ...(agendaId && { id: agendaId }) } }
  const first = await firstFreeDate(ctx, slots)
  const start = from ? (from > today ? from : today) : (first ?? today)
  const days = workingDays(start, place.departmentCode)
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
    previous: start > today ? stepBack(start, today, place.departmentCode) : null,
    next: addDays(days.at(-1) ?? start, 1),
    anywhere: first !== null,
    placeName: place.name,
    /** The agenda of each slot tells them apart. */
    severalAgendas: new Set(rows.map((row) => row.agenda.id)).size > 1,
  }
}

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

function workingDays(from: CivilDate, departmentCode: string): CivilDate[] {
  const days: CivilDate[] = []
  for (let date = from; days.length < workingDaysShown; date = addDays(date, 1)) {
    if (!isWeekend(date) && !holidayOn(departmentCode, date)) days.push(date)
  }
  return days
}

function stepBack(from: CivilDate, today: CivilDate, departmentCode: string): CivilDate {
  let date = from
  for (let days = 0; days < workingDaysShown && date > today;) {
    date = addDays(date, -1)
    if (!isWeekend(date) && !holidayOn(departmentCode, date)) days += 1
  }
  return date
}

async function visiblePlace(ctx: Context<AgentActor>, placeId: number, typeCode: string) {
  const place = found(
    await ctx.tx.place.findFirst({
      where: { AND: [{ id: placeId, archivedAt: null }, placesBookableBy(ctx.actor, typeCode)] },
      select: { id: true, name: true, departmentCode: true, organization: { select: { timeZone: true } } },
    }),
    'place',
  )
  return { ...place, timeZone: place.organization.timeZone }
}

export const bookingPreviewInput = z.object({
  probationerId: optionalId,
  typeCode: z.string().max(60),
  placeId: id,
  agendaId: optionalId,
  slotId: optionalId,
  date: civilDate.nullish(),
  time: civilTime.nullish(),
  inform: z.enum(['now', 'reminder_only']).nullish(),
})

/**
 * What booking this would do: the rule that refuses the moment, the appointment it overlaps, the hours
 * already taken that day in the agenda, and each SMS as it would leave.
 */
export async function bookingPreview(ctx: Context<AgentActor>, raw: z.input<typeof bookingPreviewInput>) {
  const input = bookingPreviewInput.parse(raw)
  const place = await visiblePlace(ctx, input.placeId, input.typeCode)
  const type = found(await ctx.tx.appointmentType.findUnique({ where: { code: input.typeCode } }), 'type')
  if (input.probationerId) await mustBeConvokable(ctx, input.probationerId)
  const moment = await momentOf(ctx, input)
  const holiday = moment && !type.allowedOnDaysOff ? holidayOn(place.departmentCode, moment.date) : null
  const refusal: AppointmentRefusal | null =
    moment?.time && !input.slotId
      ? whyNotMoment({ date: moment.date, time: moment.time }, place, type, ctx.now)
      : moment && holiday
        ? 'appointment.holiday'
        : moment && !type.allowedOnDaysOff && isWeekend(moment.date)
          ? 'appointment.weekend'
          : null
  const complete = moment?.time && !refusal ? { date: moment.date, time: moment.time } : null
  const startsAt = complete && instantOf(complete.date, complete.time, place.timeZone)
  const others =
    startsAt && input.probationerId
      ? await overlappingAppointments(ctx, input.probationerId, {
          startsAt,
          durationMinutes: moment?.durationMinutes ?? oneOffMinutes,
        })
      : []
  const [other] = others
  return {
    moment: complete,
    refusal,
    holiday,
    overlap: other
      ? {
          placeName: other.place.name,
          ...civilOf(other.startsAt, other.organization.timeZone),
          sameInstant: other.startsAt.getTime() === startsAt?.getTime(),
        }
      : null,
    day:
      moment && input.agendaId && !input.slotId
        ? await dayOf(ctx, { agendaId: input.agendaId, place }, moment.date)
        : null,
    messages: complete
      ? await previewMessages(ctx, {
          placeId: input.placeId,
          typeCode: input.typeCode,
          ...complete,
          informNow: input.inform === 'now',
          probationerId: input.probationerId,
        })
      : [],
  }
}

/** Overlaps and the STOP link of the text say something of the person: only to whom may convoke them. */
async function mustBeConvokable(ctx: Context<AgentActor>, probationerId: number): Promise<void> {
  const where = { AND: [{ id: probationerId }, probationersConvokableBy(ctx.actor)] }
  found(await ctx.tx.probationer.findFirst({ where, select: { id: true } }), 'probationer')
}

async function momentOf(ctx: Context, input: z.output<typeof bookingPreviewInput>) {
  if (!input.slotId)
    return input.date ? { date: input.date, time: input.time ?? null, durationMinutes: oneOffMinutes } : null
  const slot = await ctx.tx.slot.findFirst({
    where: { id: input.slotId, typeCode: input.typeCode, agenda: { placeId: input.placeId } },
    select: { date: true, startTime: true, durationMinutes: true },
  })
  return slot && { ...slot, date: civilDateFromDb(slot.date), time: slot.startTime }
}

/** The day of an agenda: hours taken and hours free. Hours only, nobody's name. */
async function dayOf(
  ctx: Context,
  { agendaId, place }: { agendaId: number; place: { id: number; timeZone: string } },
  date: CivilDate,
) {
  const taken = await ctx.tx.slot.findMany({
    where: { agenda: { id: agendaId, placeId: place.id }, date: dbDateOf(date), seatsTaken: { gt: 0 } },
    select: { startTime: true, durationMinutes: true },
    orderBy: { startTime: 'asc' },
    take: 100,
  })
  const now = civilOf(ctx.now, place.timeZone)
  return {
    taken: [...new Set(taken.map((slot) => slot.startTime))],
    free: freeHours(taken).filter((time) => date > now.date || time > now.time),
  }
}
