import { isCollective } from '../appointment/rules'
import { isWorkingDay } from '../shared/calendar'
import {
  addDays,
  addMonths,
  instantOf,
  minutesOf,
  type CivilDate,
  type CivilTime,
} from '../shared/civil-time'
import { minute } from '../shared/duration'

/** Days, whole or the same hours of each: `toTime` is already open. */
export interface Period {
  firstDate: CivilDate
  lastDate: CivilDate
  fromTime: CivilTime | null
  toTime: CivilTime | null
}

export const isWithin = (period: Period, { date, time }: { date: CivilDate; time: CivilTime }): boolean =>
  date >= period.firstDate &&
  date <= period.lastDate &&
  (period.fromTime === null || time >= period.fromTime) &&
  (period.toTime === null || time < period.toTime)

/** A period of the place, of one agenda of it, or of an agent who receives there. */
export interface PlaceClosure extends Period {
  agendaId: number | null
  agentId: number | null
  reason: string | null
}

/** What closes an agenda at that moment, or keeps the agent away from it. */
export const closureAt = (
  closures: readonly PlaceClosure[],
  {
    agendaId,
    agentId = null,
    ...moment
  }: { agendaId: number; agentId?: number | null; date: CivilDate; time: CivilTime },
): PlaceClosure | undefined =>
  closures.find(
    (closure) =>
      (closure.agentId === null
        ? closure.agendaId === null || closure.agendaId === agendaId
        : closure.agentId === agentId) && isWithin(closure, moment),
  )

/** The reason of a closure within a sentence that refuses. */
export const because = ({ reason }: { reason: string | null }) => (reason ? ` (${reason})` : '')

/** What is wrong of a period, beside the field that says it. */
export function periodFaults({ firstDate, lastDate, fromTime, toTime }: Period, today: CivilDate) {
  return [
    ...(firstDate < today ? [{ field: 'firstDate', reason: 'closure.past' } as const] : []),
    ...(firstDate > addMonths(today, 12) ? [{ field: 'firstDate', reason: 'closure.too_far' } as const] : []),
    ...(lastDate < firstDate ? [{ field: 'lastDate', reason: 'closure.last_before_first' } as const] : []),
    ...(lastDate > addMonths(firstDate, 6)
      ? [{ field: 'lastDate', reason: 'closure.too_long' } as const]
      : []),
    ...(fromTime !== null && toTime !== null && minutesOf(toTime) <= minutesOf(fromTime)
      ? [{ field: 'toTime', reason: 'closure.hours_reversed' } as const]
      : []),
  ]
}

export const whyNotLiftable = (
  { liftedAt, lastDate }: { liftedAt: Date | null; lastDate: CivilDate },
  today: CivilDate,
) => {
  if (liftedAt) return 'closure.already_lifted' as const
  return lastDate < today ? ('closure.over' as const) : null
}

interface Span {
  startsAt: Date
  durationMinutes: number
}
/** An hour kept for somebody of a session: the others of it go there too. */
interface Kept extends Span {
  session?: string | null
}

const ends = ({ startsAt, durationMinutes }: Span) => startsAt.getTime() + durationMinutes * minute
const meet = (one: Span, other: Span) =>
  one.startsAt.getTime() < ends(other) && other.startsAt.getTime() < ends(one)

/** An appointment that a closure touches. */
export interface Touched extends Span {
  appointmentId: number
  probationerId: number
  typeCode: string
  agendaId: number
  placeId: number
  agentId: number | null
  date: CivilDate
  time: CivilTime
  usesPublishedSlots: boolean
  place: { timeZone: string; departmentCode: string }
}

/** A published slot with seats left, outside of what closes. */
export interface FreeSlot extends Span {
  slotId: number
  agendaId: number
  placeId: number
  typeCode: string
  date: CivilDate
  time: CivilTime
  seats: number
}

/** Where an appointment could go: a published slot, or an hour of its agenda. */
export interface Proposal {
  slotId: number | null
  agendaId: number
  date: CivilDate
  time: CivilTime
}

export interface Surroundings {
  slots: readonly FreeSlot[]
  /** When else each person is expected, each agent receives, each agenda has a free hour taken. */
  people: Map<number, Span[]>
  agents: Map<number, Kept[]>
  agendas: Map<number, Kept[]>
  /** Whether something else closes the agenda, its place or the agent then. */
  isClosed: (line: Touched, moment: { date: CivilDate; time: CivilTime }) => boolean
}

/** How many seats a line offers; the first is the one proposed. */
const mostProposals = 6
/** How far an hour of a free day is looked for. */
const monthsAhead = 3

/**
 * A new seat for each appointment, in their order, the first of those it lists being kept for it. Of published slots,
 * the next ones of the same type and agenda, then of the same place; of other types the same hour on the next worked
 * days on which the agent, or the agenda without one, is free; those of one collective session stay together. Never
 * where the person is expected already.
 */
export function proposalsFor(
  touched: readonly Touched[],
  period: Period,
  around: Surroundings,
): Map<number, Proposal[]> {
  const left = new Map(around.slots.map(({ slotId, seats }) => [slotId, seats]))
  const proposals = new Map<number, Proposal[]>()
  for (const line of touched) {
    const busy = listOf(around.people, line.probationerId)
    const isFree = (span: Span) => !busy.some((other) => meet(span, other))
    const found = line.usesPublishedSlots
      ? slotsFor(line, around.slots, (slot) => (left.get(slot.slotId) ?? 0) > 0 && isFree(slot))
      : hoursFor(line, period, around, isFree)
    const [chosen] = found
    if (chosen) {
      busy.push(chosen)
      if (chosen.slotId !== null) left.set(chosen.slotId, (left.get(chosen.slotId) ?? 0) - 1)
      else listOf(...holderOf(line, around)).push({ ...chosen, session: sessionOf(line) })
    }
    proposals.set(
      line.appointmentId,
      found.map(({ slotId, agendaId, date, time }) => ({ slotId, agendaId, date, time })),
    )
  }
  return proposals
}

const slotsFor = (line: Touched, slots: readonly FreeSlot[], isFree: (slot: FreeSlot) => boolean) => {
  const free = slots.filter(
    (slot) =>
      slot.typeCode === line.typeCode &&
      slot.placeId === line.placeId &&
      slot.startsAt >= line.startsAt &&
      isFree(slot),
  )
  const own = free.filter(({ agendaId }) => agendaId === line.agendaId)
  return [...own, ...free.filter(({ agendaId }) => agendaId !== line.agendaId)].slice(0, mostProposals)
}

/** Who must be free for an hour without a published slot. */
const holderOf = (line: Touched, { agents, agendas }: Surroundings): [Map<number, Kept[]>, number] =>
  line.agentId === null ? [agendas, line.agendaId] : [agents, line.agentId]

/** What those of one collective session have in common; null for an appointment of one person. */
const sessionOf = ({ typeCode, agendaId, startsAt }: Touched) =>
  isCollective(typeCode) ? `${typeCode} ${agendaId} ${startsAt.getTime()}` : null

function hoursFor(line: Touched, period: Period, around: Surroundings, isFree: (span: Span) => boolean) {
  const session = sessionOf(line)
  const taken = listOf(...holderOf(line, around)).filter(
    (other) => session === null || other.session !== session,
  )
  const last = addMonths(line.date, monthsAhead)
  const found: (Proposal & Span)[] = []
  for (
    let date = addDays(line.date, 1);
    date <= last && found.length < mostProposals;
    date = addDays(date, 1)
  ) {
    const moment = { date, time: line.time }
    if (!isWorkingDay(date, line.place.departmentCode)) continue
    if (isWithin(period, moment) || around.isClosed(line, moment)) continue
    const span = {
      startsAt: instantOf(date, line.time, line.place.timeZone),
      durationMinutes: line.durationMinutes,
    }
    if (isFree(span) && !taken.some((other) => meet(span, other)))
      found.push({ slotId: null, agendaId: line.agendaId, ...moment, ...span })
  }
  return found
}

function listOf<One extends Span>(map: Map<number, One[]>, key: number): One[] {
  const list = map.get(key) ?? []
  map.set(key, list)
  return list
}
