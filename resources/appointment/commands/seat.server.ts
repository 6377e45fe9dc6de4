import { because, closureAt, type PlaceClosure } from '../../closure/rules'
import type { AgentActor } from '../../shared/actor'
import {
  civilDateFromDb,
  civilOf,
  instantOf,
  minutesOf,
  timeOf,
  type CivilDate,
  type CivilTime,
} from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { Refused } from '../../shared/errors'
import { formatHour } from '../../shared/french'
import { holidayOn } from '../../shared/holidays'
import { otherSlotsSentence, type AppointmentRefusal } from '../fr'
import { slotOfPlace } from './book.sql.server'
import { overlapping, type ExpectedJson } from '../queries/overlapping.server'
import { latestEnd, oneOffMinutes, whyNotMoment, whyNotSlot, type Moment } from '../rules'

/** The refusal of a booking, beside its field. */
export const no = (code: AppointmentRefusal, field: string, params: Record<string, string> = {}) =>
  new Refused(code, params, field)

/** What a seat depends on. */
export interface HostPlace {
  id: number
  departmentCode: string
  organization: { timeZone: string }
  agendas: readonly { id: number }[]
  /** When it, one of its agendas, or whoever would receive there, receives nobody. */
  closures: readonly PlaceClosure[]
}

/** The seat that a form asks for, a slot or a free hour, and whether an hour that overlaps another is kept. */
export interface SeatWanted {
  slotId: number | null
  agendaId: number | null
  date: CivilDate | null
  time: CivilTime | null
}

export interface Seat {
  slotId: number | null
  agendaId: number
  date: CivilDate
  time: CivilTime
  startsAt: Date
  durationMinutes: number
}

/** A seat of a published slot, already locked. */
export async function seatInSlot(
  ctx: Context<AgentActor>,
  input: Pick<SeatWanted, 'slotId'>,
  { place, type }: { place: Omit<HostPlace, 'closures'>; type: { code: string; allowedOnDaysOff: boolean } },
): Promise<Seat> {
  if (!input.slotId) throw no('appointment.slot_missing', 'slotId')
  const slot = await slotOfPlace(ctx, { slotId: input.slotId, typeCode: type.code, placeId: place.id })
  // Deleted, or moved with its place, since the form was drawn; of another place, the same is said.
  if (!slot) throw no('appointment.slot_gone', 'slotId')
  const refused = whyNotSlot(slot, ctx.now)
  if (refused)
    throw no(refused, 'slotId', {
      others: await otherSlots(ctx, { placeId: place.id, typeCode: type.code, agendaId: slot.agendaId }),
    })
  refuseMoment(ctx, slot, { place, type }, { date: 'slotId', time: 'slotId' })
  const { agendaId, date, time, startsAt, durationMinutes } = slot
  return { slotId: input.slotId, agendaId, date, time, startsAt, durationMinutes }
}

/** The next free seats of the place, in words, for who comes too late to this one. */
async function otherSlots(
  ctx: Context,
  { placeId, typeCode, agendaId }: { placeId: number; typeCode: string; agendaId: number },
): Promise<string> {
  const free = await ctx.tx.slot.findMany({
    where: {
      ...{ typeCode, agenda: { placeId, archivedAt: null }, isOpen: true, startsAt: { gt: ctx.now } },
      seatsTaken: { lt: ctx.tx.slot.fields.capacity },
    },
    select: { date: true, startTime: true, agendaId: true, agenda: { select: { name: true } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: 12,
  })
  return otherSlotsSentence(
    free.map(({ date, startTime, agenda, ...slot }) => ({
      ...{ date: civilDateFromDb(date), time: startTime },
      agenda: slot.agendaId === agendaId ? null : agenda.name,
    })),
  )
}

/** Decisions C3 and C4, beside the field that chose the day or the hour. */
function refuseMoment(
  ctx: Context,
  moment: Moment,
  { place, type }: { place: Omit<HostPlace, 'closures'>; type: { allowedOnDaysOff: boolean } },
  field: { date: string; time: string },
): void {
  const { timeZone } = place.organization
  const reason = whyNotMoment(moment, { timeZone, departmentCode: place.departmentCode }, type, ctx.now)
  if (!reason) return
  const holiday = holidayOn(place.departmentCode, moment.date) ?? ''
  throw no(reason, reason === 'appointment.hour_outside' ? field.time : field.date, { holiday })
}

/** A day and an hour chosen freely, for so many minutes: becomes a private slot. */
export function seatAtFreeHour(
  ctx: Context<AgentActor>,
  { durationMinutes = oneOffMinutes, ...input }: Omit<SeatWanted, 'slotId'> & { durationMinutes?: number },
  { place, type, agentId }: { place: HostPlace; type: { allowedOnDaysOff: boolean }; agentId: number | null },
): Seat {
  const { date, time } = input
  const agendas = place.agendas.map((agenda) => agenda.id)
  const agendaId = input.agendaId ?? (agendas.length === 1 ? agendas[0] : undefined)
  if (!agendaId) throw no('appointment.agenda_missing', 'agendaId')
  if (!agendas.includes(agendaId)) throw no('appointment.agenda_missing', 'agendaId')
  if (!date) throw no('appointment.date_missing', 'date')
  if (!time) throw no('appointment.time_missing', 'time')
  refuseMoment(ctx, { date, time }, { place, type }, { date: 'date', time: 'time' })
  if (minutesOf(time) + durationMinutes > latestEnd) throw no('appointment.ends_late', 'time')
  const closed = quartersOf(time, durationMinutes)
    .map((quarter) => closureAt(place.closures, { agendaId, agentId, date, time: quarter }))
    .find(Boolean)
  if (closed) throw no('appointment.closed', 'date', { because: because(closed) })
  const startsAt = instantOf(date, time, place.organization.timeZone)
  return { slotId: null, agendaId, date, time, startsAt, durationMinutes }
}

/** Each quarter of an hour that it takes: closures begin and end on them. */
const quartersOf = (time: CivilTime, minutes: number): CivilTime[] =>
  Array.from({ length: Math.ceil(minutes / 15) }, (_, n) => timeOf(minutesOf(time) + 15 * n))

/**
 * Same instant: refused. Overlapping another appointment: the agent may keep the hour (decision C2). `seen`: whether
 * they see the person's appointments; beyond the jurisdiction neither where nor when is said (decision P2).
 */
export function refuseOtherAppointments(
  input: { keepOverlap: boolean; seen: boolean },
  seat: Seat,
  expected: ExpectedJson,
): void {
  const why = whyNotBesideOthers(input, seat, expected)
  if (!why) return
  const field = why.code === 'appointment.same_instant' ? (seat.slotId ? 'slotId' : 'time') : 'keepOverlap'
  throw no(why.code, field, why.params)
}

/** The same, said and not thrown: of one among several, it is said beside them. */
export function whyNotBesideOthers(
  { keepOverlap, seen }: { keepOverlap: boolean; seen: boolean },
  seat: Pick<Seat, 'startsAt' | 'durationMinutes'>,
  expected: ExpectedJson,
): { code: AppointmentRefusal; params: Record<string, string> } | null {
  const others = overlapping(expected, seat)
  if (others.some((other) => other.startsAt.getTime() === seat.startsAt.getTime()))
    return { code: 'appointment.same_instant', params: {} }
  const [other] = others
  if (!other || keepOverlap) return null
  if (!seen) return { code: 'appointment.overlap_elsewhere', params: {} }
  const { time } = civilOf(other.startsAt, other.timeZone)
  return { code: 'appointment.overlap', params: { other: `${other.placeName}, ${formatHour(time)}` } }
}
