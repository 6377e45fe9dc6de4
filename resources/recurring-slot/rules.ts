import { addMonths, civilOf, minutesOf, type CivilDate, type CivilTime } from '../shared/civil-time'

/** How far ahead slots are made, in months. */
export const generatedMonths = 6

/** More than a service opens in one go: what is beyond is a mistake of typing. */
export const mostRulesAtOnce = 200

/** The last day that has its slots, as the wall of the place counts months. */
export const lastGeneratedDay = (now: Date, timeZone: string): CivilDate =>
  addMonths(civilOf(now, timeZone).date, generatedMonths)

/** A slot that a rule made, as a change of the rule looks at it. */
export interface MadeSlot {
  id: number
  date: CivilDate
  startTime: CivilTime
  durationMinutes: number
  capacity: number
  seatsTaken: number
  /** By an agent, not by a closure. */
  closedByHand: boolean
  /** By appointments, those of the past and those cancelled or excused too. */
  isNamed: boolean
}

/** What a rule says of its slots. */
export interface Pattern {
  startTime: CivilTime
  durationMinutes: number
  capacity: number
}

export type FateOfSlot =
  /** Takes the new hour, length and seats. */
  | 'moved'
  /** Nobody is expected, but an appointment was there at its hour: it closes, and the new one is made beside it. */
  | 'replaced'
  /** People are expected: it keeps its hour, takes nobody more, and the new one is made beside it. */
  | 'kept'
  /** People are expected, and the new slot would not leave room for them, or would overlap them: it stays as it is. */
  | 'conflict'
  /** Closed by hand: it stays so. */
  | 'closed'

/** What becomes of a slot when its rule changes (decision C9). */
export function fateOf(slot: MadeSlot, pattern: Pattern): FateOfSlot {
  if (slot.closedByHand) return 'closed'
  if (slot.startTime === pattern.startTime) return slot.seatsTaken <= pattern.capacity ? 'moved' : 'conflict'
  if (slot.seatsTaken === 0) return slot.isNamed ? 'replaced' : 'moved'
  return overlaps(slot, pattern) ? 'conflict' : 'kept'
}

const overlaps = (
  one: Pick<Pattern, 'startTime' | 'durationMinutes'>,
  other: Pick<Pattern, 'startTime' | 'durationMinutes'>,
) =>
  minutesOf(one.startTime) < minutesOf(other.startTime) + other.durationMinutes &&
  minutesOf(other.startTime) < minutesOf(one.startTime) + one.durationMinutes
