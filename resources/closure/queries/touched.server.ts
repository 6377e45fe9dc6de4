import type { Prisma } from '@prisma/client'
import { appointmentFacts, appointmentsVisibleTo, mayOnAppointment } from '../../appointment/policy'
import { seatsLeft } from '../../appointment/rules'
import { reachFacts, whyNotEditable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import {
  addDays,
  addMonths,
  civilDateFromDb,
  civilOf,
  dbDateOf,
  instantOf,
  type CivilDate,
} from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { assertAllowed, NotFound, Refused } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { slotTypes } from '../../slot/policy'
import { mayClose, mayOpenClosures } from '../policy'
import { isWithin, type FreeSlot, type Period, type Surroundings, type Touched } from '../rules'
import { mostLines, type Scope } from '../schema'

/** What closes, once it is known to be of a service whose periods the actor closes. */
export interface Closing {
  scope: Scope
  /** Of an agenda, and of a place its own; an agent has none. */
  placeId: number | null
  name: string
  organizationId: number
  timeZone: string
}

/** @throws NotFound, or Forbidden for who closes nothing there. */
export async function closingOf(ctx: Context<AgentActor>, scope: Scope): Promise<Closing> {
  const found = await ownerOf(ctx, scope)
  if (!found) throw new NotFound(scope.kind)
  const { placeId, name, organizationId, organization } = found
  // Of another service it is not said that it exists.
  assertAllowed(mayOpenClosures(ctx.actor), 'close a period')
  if (!mayClose(ctx.actor, { organizationId })) throw new NotFound(scope.kind)
  return { scope, placeId, name, organizationId, timeZone: organization.timeZone }
}

/** An agenda named after its place goes without it. */
export const agendaWithPlace = ({ name, place }: { name: string; place: { name: string } }) =>
  name === place.name ? name : `${place.name}\u00a0: ${name}`

async function ownerOf(ctx: Context, { kind, id }: Scope) {
  const organization = { select: { timeZone: true } }
  const place = { id: true, name: true, organizationId: true, organization }
  switch (kind) {
    case 'place': {
      const found = await ctx.tx.place.findFirst({ where: { id, archivedAt: null }, select: place })
      return found && { ...found, placeId: id }
    }
    case 'agenda': {
      const agenda = await ctx.tx.agenda.findFirst({
        where: { id, archivedAt: null, place: { archivedAt: null } },
        select: { name: true, place: { select: place } },
      })
      return agenda && { ...agenda.place, placeId: agenda.place.id, name: agendaWithPlace(agenda) }
    }
    case 'agent': {
      const agent = await ctx.tx.agent.findUnique({
        where: { id },
        select: { firstName: true, lastName: true, organizationId: true, organization },
      })
      return agent && { ...agent, placeId: null, name: agentName(agent) }
    }
  }
}

/** Slots of these days and hours. */
const slotWithin = ({ firstDate, lastDate, fromTime, toTime }: Period): Prisma.SlotWhereInput => ({
  date: { gte: dbDateOf(firstDate), lte: dbDateOf(lastDate) },
  startTime: { ...(fromTime !== null && { gte: fromTime }), ...(toTime !== null && { lt: toTime }) },
})

/** The published slots to come that close with it; an agent has none of their own. */
export const slotsToClose = ({ tx, now }: Context, { scope }: Closing, period: Period) =>
  scope.kind === 'agent'
    ? Promise.resolve([])
    : tx.slot.findMany({
        where: {
          ...slotWithin(period),
          ...(scope.kind === 'agenda' ? { agendaId: scope.id } : { agenda: { placeId: scope.id } }),
          typeCode: { in: [...slotTypes] },
          startsAt: { gt: now },
          isOpen: true,
        },
        select: { id: true, date: true, startTime: true },
        orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      })

const touchedFacts = {
  ...appointmentFacts,
  id: true,
  probationerId: true,
  typeCode: true,
  startsAt: true,
  placeId: true,
  agentId: true,
  slot: {
    select: {
      agendaId: true,
      date: true,
      startTime: true,
      durationMinutes: true,
      agenda: { select: { name: true } },
    },
  },
  type: { select: { ...appointmentFacts.type.select, label: true, usesPublishedSlots: true } },
  place: { select: { name: true, departmentCode: true, archivedAt: true } },
  organization: { select: { timeZone: true } },
  probationer: {
    select: { ...appointmentFacts.probationer.select, ...reachFacts, firstName: true, lastName: true },
  },
} satisfies Prisma.AppointmentSelect

/**
 * The appointments to come that a period touches, in their order, but those already decided of.
 *
 * @throws Refused when there are more than one page decides of.
 */
export async function touchedBy(
  ctx: Context<AgentActor>,
  { scope, organizationId, timeZone }: Closing,
  period: Period,
  closureId: number | null = null,
) {
  const from = instantOf(period.firstDate, '00:00', timeZone)
  const found = await ctx.tx.appointment.findMany({
    where: {
      AND: [
        appointmentsVisibleTo(ctx.actor),
        {
          organizationId,
          state: 'booked',
          startsAt: {
            gt: from > ctx.now ? from : ctx.now,
            lt: instantOf(addDays(period.lastDate, 1), '00:00', timeZone),
          },
          slot: {
            ...slotWithin(period),
            // What it closed may have changed agenda since, by a merge.
            ...(scope.kind === 'agenda' && {
              OR: [{ agendaId: scope.id }, ...(closureId === null ? [] : [{ closureId }])],
            }),
          },
          ...(scope.kind === 'place' && { placeId: scope.id }),
          ...(scope.kind === 'agent' && { agentId: scope.id }),
          ...(closureId !== null && { closureLines: { none: { closureId } } }),
        },
      ],
    },
    select: touchedFacts,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: mostLines + 1,
  })
  if (found.length > mostLines) throw new Refused('closure.too_many', { most: mostLines }, 'lastDate')
  return found
}
export type TouchedRow = Awaited<ReturnType<typeof touchedBy>>[number]

/** As the rules read it. */
export const asTouched = ({ slot, place, organization, ...row }: TouchedRow): Touched => ({
  appointmentId: row.id,
  probationerId: row.probationerId,
  typeCode: row.typeCode,
  agendaId: slot.agendaId,
  placeId: row.placeId,
  agentId: row.agentId,
  date: civilDateFromDb(slot.date),
  time: slot.startTime,
  startsAt: row.startsAt,
  durationMinutes: slot.durationMinutes,
  usesPublishedSlots: row.type.usesPublishedSlots,
  place: { timeZone: organization.timeZone, departmentCode: place.departmentCode },
})

/** Moved by this actor, and to somewhere: an archived place receives nobody any more, nor is an archived or limited person convoked. */
export const mayMove = (actor: AgentActor, row: TouchedRow): boolean =>
  mayOnAppointment(actor, 'reschedule', row) &&
  row.place.archivedAt === null &&
  whyNotEditable(row.probationer) === null

/** As many seats as the people of one page can be offered. */
const mostSlots = 1_500

/** All that proposals are made from, whoever is touched: a statement a kind. */
export async function surroundingsOf(
  ctx: Context,
  { scope, organizationId }: Closing,
  period: Period,
  touched: readonly Touched[],
): Promise<Surroundings> {
  const [first] = touched
  const last = touched.at(-1)
  if (!first || !last)
    return { slots: [], people: new Map(), agents: new Map(), agendas: new Map(), isClosed: () => false }
  const of = <Key extends keyof Touched>(key: Key, lines: readonly Touched[] = touched) => [
    ...new Set(lines.map((line) => line[key])),
  ]
  const published = touched.filter((line) => line.usesPublishedSlots)
  const free = touched.filter((line) => !line.usesPublishedSlots)
  const span = { startsAt: true, slot: { select: { durationMinutes: true } } } as const
  const until = instantOf(addMonths(last.date, 4), '00:00', last.place.timeZone)
  const ids = of('appointmentId')

  const [slots, people, agents, agendas, closures, moves] = await Promise.all([
    published.length === 0
      ? []
      : ctx.tx.slot.findMany({
          where: {
            typeCode: { in: of('typeCode', published) },
            agenda: {
              placeId: { in: of('placeId', published) },
              archivedAt: null,
              place: { archivedAt: null },
            },
            isOpen: true,
            seatsTaken: { lt: ctx.tx.slot.fields.capacity },
            startsAt: { gte: first.startsAt },
            date: { lte: dbDateOf(addMonths(civilOf(ctx.now, first.place.timeZone).date, 12)) },
          },
          select: {
            ...{ id: true, agendaId: true, typeCode: true, date: true, startTime: true, startsAt: true },
            ...{ durationMinutes: true, capacity: true, seatsTaken: true },
            agenda: { select: { placeId: true } },
          },
          orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
          take: mostSlots,
        }),
    ctx.tx.appointment.findMany({
      where: {
        probationerId: { in: of('probationerId') },
        state: 'booked',
        startsAt: { gt: new Date(ctx.now.getTime() - day) },
        id: { notIn: ids },
      },
      select: { ...span, probationerId: true },
    }),
    ctx.tx.appointment.findMany({
      where: {
        agentId: { in: of('agentId', free).filter((id) => id !== null) },
        state: 'booked',
        startsAt: { gte: first.startsAt, lt: until },
        id: { notIn: ids },
      },
      select: { ...span, agentId: true },
    }),
    ctx.tx.slot.findMany({
      where: {
        agendaId: {
          in: of(
            'agendaId',
            free.filter(({ agentId }) => agentId === null),
          ),
        },
        seatsTaken: { gt: 0 },
        startsAt: { gte: first.startsAt, lt: until },
        typeCode: { notIn: [...slotTypes] },
      },
      select: { agendaId: true, startsAt: true, durationMinutes: true },
    }),
    closuresFrom(ctx, organizationId, first.date),
    ctx.tx.placeRelocation.findMany({
      where: { OR: [{ oldPlaceId: { in: of('placeId') } }, { newPlaceId: { in: of('placeId') } }] },
      select: { oldPlaceId: true, newPlaceId: true, date: true },
    }),
  ])

  /** A place that moves receives nobody from its date on, the one it moves to nobody before. */
  const isMoved = (placeId: number, date: CivilDate) =>
    moves.some(({ oldPlaceId, newPlaceId, date: day }) =>
      date >= civilDateFromDb(day) ? placeId === oldPlaceId : placeId === newPlaceId,
    )
  const closesSlot = (slot: { agendaId: number; placeId: number }) =>
    scope.kind === 'agenda' ? slot.agendaId === scope.id : scope.kind === 'place' && slot.placeId === scope.id
  return {
    slots: slots
      .map(({ id, agenda, date, startTime, ...slot }): FreeSlot => ({
        ...slot,
        slotId: id,
        placeId: agenda.placeId,
        date: civilDateFromDb(date),
        time: startTime,
        seats: seatsLeft(slot),
      }))
      .filter((slot) => !(closesSlot(slot) && isWithin(period, slot)) && !isMoved(slot.placeId, slot.date)),
    people: grouped(
      people.map(({ probationerId, startsAt, slot }) => [probationerId, { startsAt, ...slot }]),
    ),
    agents: grouped(agents.map(({ agentId, startsAt, slot }) => [agentId ?? 0, { startsAt, ...slot }])),
    agendas: grouped(agendas.map(({ agendaId, ...slot }) => [agendaId, slot])),
    isClosed: (line, moment) =>
      isMoved(line.placeId, moment.date) ||
      closures.some(
        (closure) =>
          isWithin(closure, moment) &&
          (closure.agendaId === line.agendaId ||
            closure.placeId === line.placeId ||
            (closure.agentId !== null && closure.agentId === line.agentId)),
      ),
  }
}

/** The other periods in which something of the service receives nobody. */
async function closuresFrom(ctx: Context, organizationId: number, from: CivilDate) {
  const rows = await ctx.tx.closure.findMany({
    where: { organizationId, liftedAt: null, lastDate: { gte: dbDateOf(from) } },
    select: {
      ...{ agendaId: true, placeId: true, agentId: true },
      ...{ firstDate: true, lastDate: true, fromTime: true, toTime: true },
    },
  })
  return rows.map(({ firstDate, lastDate, ...closure }) => ({
    ...closure,
    firstDate: civilDateFromDb(firstDate),
    lastDate: civilDateFromDb(lastDate),
  }))
}

function grouped<Value>(entries: readonly (readonly [number, Value])[]): Map<number, Value[]> {
  const groups = new Map<number, Value[]>()
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value])
  return groups
}
