import { appointmentTypeFacts } from '../../appointment-type/policy'
import { mayFillCustomColumn, mayOnAppointment, mayOpenExitAgenda } from '../../appointment/policy'
import { columnsOfHost } from '../../custom-column/queries/columns.server'
import { placeFacts, placesOfExitAgendas } from '../../place/policy'
import { seesProbationer } from '../../probationer/policy'
import type { AgentActor } from '../../shared/actor'
import { addMonths, civilOf, type CivilDate } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { assertAllowed, orNotFound } from '../../shared/errors'
import type { WhyNotSeat } from '../fr'
import { whyReadOnly } from '../policy'
import { deskInput, deskStampInput, type DeskType, type Month } from '../schema'
import {
  firstMonthOf,
  monthsOfDesk,
  slotsOfDesk,
  stampOfDesk,
  type DeskAppointment,
  type DeskOf,
  type DeskSlot,
} from './desk.sql.server'

/** A desk shows the current month and so many after it. */
const monthsAhead = 5

const monthOf = (date: CivilDate): Month => date.slice(0, 7)

/**
 * A hearing-exit desk: the month of an agenda, its seats one a line, whoever sits there and what their court writes
 * beside them (decision C11: read by every agent of the jurisdiction).
 */
export const hearingExitDesk = query(deskInput, async (ctx: Context<AgentActor>, asked) => {
  const { typeCode } = asked
  assertAllowed(mayOpenExitAgenda(ctx.actor, typeCode, 'read'), 'open a hearing-exit desk')
  const places = await placesOf(ctx, typeCode)
  const place = places.find(({ id }) => id === asked.placeId) ?? places[0]
  const agenda = place && (place.agendas.find(({ id }) => id === asked.agendaId) ?? place.agendas[0])
  const choices = {
    places: places.map(({ id, name, organization }) => ({ id, name, service: organization.name })),
    agendas: place?.agendas.map(({ id, name }) => ({ id, name })) ?? [],
  }
  if (!place || !agenda) return { typeCode, ...choices, placeId: place?.id ?? null, shown: null }

  const today = civilOf(ctx.now, place.organization.timeZone).date
  const months = Array.from({ length: monthsAhead + 1 }, (_, ahead) =>
    monthOf(addMonths(`${monthOf(today)}-01`, ahead)),
  )
  const month =
    months.find((one) => one === asked.month) ??
    (await firstMonthOf(ctx, { typeCode, agendaId: agenda.id, from: today })) ??
    monthOf(today)
  const desk = { typeCode, agendaId: agenda.id, month }
  const [type, columns, slots, stamp] = await Promise.all([
    ctx.tx.appointmentType.findUniqueOrThrow({ where: { code: typeCode }, select: appointmentTypeFacts }),
    columnsOfHost(ctx, place.organization, typeCode),
    slotsOfDesk(ctx, desk),
    stampOfDesk(ctx, desk),
  ])
  const readOnly = whyReadOnly(ctx.actor, { type, place })
  const lineOf = (appointment: DeskAppointment) => {
    const { person, bookedByRole, creatingOrganization, prosecutionNumber, values } = appointment
    const facts = { ...appointment, type, probationer: person }
    const seen = seesProbationer(ctx.actor, person)
    return {
      id: appointment.id,
      /** Of somebody whom another jurisdiction follows by now, only that the seat is taken. */
      person: seen ? { id: person.id, lastName: person.lastName, firstName: person.firstName } : null,
      mayShow: mayOnAppointment(ctx.actor, 'show', facts),
      prosecutionNumber: seen ? prosecutionNumber : null,
      service: creatingOrganization,
      role: bookedByRole,
      cells: columns.map((column) => ({
        value: seen ? (values[column.id] ?? '') : '',
        mayFill: seen && column.moment === 'in_table' && mayFillCustomColumn(ctx.actor, facts, column),
      })),
    }
  }
  const days = new Map<CivilDate, DeskSlot[]>()
  for (const slot of slots) days.set(slot.date, [...(days.get(slot.date) ?? []), slot])
  const emptyOf = ({ isOpen, capacity, seatsTaken }: DeskSlot) =>
    isOpen ? Math.max(capacity - seatsTaken, 0) : 0
  const freeOf = (slot: DeskSlot) => (slot.toCome ? emptyOf(slot) : 0)
  const whyNot = ({ toCome }: DeskSlot): WhyNotSeat | null => (toCome ? readOnly : 'past')
  const sum = (some: readonly DeskSlot[], of: (slot: DeskSlot) => number) =>
    some.reduce((total, slot) => total + of(slot), 0)
  const free = sum(slots, freeOf)
  const later =
    free > 0 ? [] : await monthsOfDesk(ctx, { ...desk, months: months.filter((one) => one > month) })
  return {
    typeCode,
    ...choices,
    placeId: place.id,
    shown: {
      ...{ placeId: place.id, agendaId: agenda.id, month, months, stamp },
      place: place.name,
      agenda: agenda.name,
      guidance: place.organization.agendaGuidance,
      columns: columns.map(({ id, name, dataType, moment }) => ({ id, name, dataType, moment })),
      readOnly,
      free,
      seats: sum(slots, ({ capacity }) => capacity),
      /** Where to look next when nothing is free: the first later month that has a line, or a seat. */
      next: {
        line: later[0]?.month ?? null,
        free: later.find((one) => one.free)?.month ?? null,
      },
      days: [...days].map(([date, ofDay]) => ({
        date,
        free: sum(ofDay, freeOf),
        seats: sum(ofDay, ({ capacity }) => capacity),
        slots: ofDay.map((slot) => ({
          ...{ id: slot.id, time: slot.time, isOpen: slot.isOpen, free: freeOf(slot), empty: emptyOf(slot) },
          whyNot: whyNot(slot),
          appointments: slot.appointments.map(lineOf),
        })),
      })),
    },
  }
})

export type HearingExitDesk = Awaited<ReturnType<typeof hearingExitDesk>>

/** Whether a desk changed since it was read: asked every few seconds, it reads no name. */
export const deskStamp = query(deskStampInput, async (ctx: Context<AgentActor>, desk: DeskOf) => {
  assertAllowed(mayOpenExitAgenda(ctx.actor, desk.typeCode, 'read'), 'open a hearing-exit desk')
  return { stamp: orNotFound(await stampOfDesk(ctx, desk), 'agenda') }
})

/** The places that receive people for the type, the own ones first, with their agendas that have a slot to come. */
async function placesOf(ctx: Context<AgentActor>, typeCode: DeskType) {
  const { id: own } = ctx.actor.organization
  // A day earlier: in some zone it is today.
  const recently = { gte: new Date(ctx.now.getTime() - day) }
  const places = await ctx.tx.place.findMany({
    where: {
      AND: [placesOfExitAgendas(ctx.actor), { archivedAt: null, appointmentTypes: { some: { typeCode } } }],
    },
    select: {
      ...placeFacts,
      id: true,
      name: true,
      organization: {
        select: { id: true, name: true, kind: true, timeZone: true, agendaGuidance: true },
      },
      agendas: {
        where: { archivedAt: null, slots: { some: { typeCode, startsAt: recently } } },
        select: { id: true, name: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const isElsewhere = (place: (typeof places)[number]) => Number(place.organizationId !== own)
  return places.sort((a, b) => isElsewhere(a) - isElsewhere(b))
}
