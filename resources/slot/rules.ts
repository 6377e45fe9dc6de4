import { whyNotMoment, type Moment, type PlaceCalendar } from '../appointment/rules'
import { minutesOf, timeOf, type CivilDate, type CivilTime } from '../shared/civil-time'

/** More than anybody opens in one go: what is beyond is a mistake of typing. */
export const mostSlotsAtOnce = 500

/** How many days ahead seats that run out are told. */
export const seatsAhead = 14

/** One hour, or those from one to another. */
export interface Hours {
  first: CivilTime
  last: CivilTime | null
  everyMinutes: number
}

/**
 * The hours of a series: the first, then every so many minutes as long as the last is not passed.
 * 09:00 to 11:00 every 30 minutes makes five.
 */
export function seriesOf({ first, last, everyMinutes }: Hours): CivilTime[] {
  const times: CivilTime[] = []
  for (let minutes = minutesOf(first); minutes <= minutesOf(last ?? first); minutes += everyMinutes)
    times.push(timeOf(minutes))
  return times
}

/** Every date with every hour, in order, once. */
export function momentsOf(dates: readonly CivilDate[], hours: readonly Hours[]): Moment[] {
  const times = [...new Set(hours.flatMap(seriesOf))].sort()
  return [...new Set(dates)].sort().flatMap((date) => times.map((time) => ({ date, time })))
}

const reasons = {
  'appointment.hour_outside': 'slot.hour_outside',
  'appointment.past': 'slot.moment_past',
  'appointment.too_far': 'slot.too_far',
  'appointment.weekend': 'slot.weekend',
  'appointment.holiday': 'slot.holiday',
} as const

/** Why no slot can be there (decisions C3 and C4). */
export function whyNotPublished(
  moment: Moment,
  place: PlaceCalendar,
  type: { allowedOnDaysOff: boolean },
  now: Date,
) {
  const reason = whyNotMoment(moment, place, type, now)
  return reason && reasons[reason]
}

/** Lines of hours whose spans meet one above them, by their rank. */
export function overlappingHours(hours: readonly Partial<Hours>[]): number[] {
  // To the last hour that the line really makes.
  const spans = hours.map(
    ({ first, last, everyMinutes }) =>
      first && {
        from: first,
        to: (last && everyMinutes ? seriesOf({ first, last, everyMinutes }).at(-1) : last) ?? first,
      },
  )
  return spans.flatMap((span, rank) =>
    span && spans.slice(0, rank).some((other) => other && span.from <= other.to && other.from <= span.to)
      ? [rank]
      : [],
  )
}

interface SlotState {
  isOpen: boolean
  startsAt: Date
}

export const whyNotClosable = ({ isOpen, startsAt }: SlotState, now: Date) => {
  if (startsAt <= now) return 'slot.past' as const
  return isOpen ? null : ('slot.already_closed' as const)
}

export const whyNotReopenable = ({ isOpen, startsAt }: SlotState, now: Date) => {
  if (startsAt <= now) return 'slot.past' as const
  return isOpen ? ('slot.already_open' as const) : null
}

/** Of what the appointments that name it say, the caller asks the database. */
export const whyNotDeletable = (
  { seatsTaken, startsAt }: { seatsTaken: number; startsAt: Date },
  now: Date,
) => {
  if (startsAt <= now) return 'slot.past' as const
  return seatsTaken > 0 ? ('slot.not_empty' as const) : null
}

export const whyNotCapacity = (slot: { seatsTaken: number }, capacity: number) =>
  capacity < slot.seatsTaken ? ('slot.capacity_below' as const) : null

/** What a calendar shows of a slot. */
export interface SlotOfDay {
  id: number
  typeCode: string
  time: CivilTime
  durationMinutes: number
  capacity: number
  seatsTaken: number
  isOpen: boolean
}

/** Slots of one type that follow one another, in the same state. */
export interface SlotSeries {
  typeCode: string
  first: CivilTime
  last: CivilTime
  slots: number
  free: number
  total: number
  isOpen: boolean
}

/** An hour at most between two slots of a series, unless they last longer. */
const longestPause = 60

/** The slots of a day, in order, as the series they were opened in; each alone when asked. */
export function seriesOfDay(slots: readonly SlotOfDay[], { each = false } = {}): SlotSeries[] {
  const series: (SlotSeries & { pause: number })[] = []
  for (const { typeCode, time, durationMinutes, capacity, seatsTaken, isOpen } of slots) {
    const free = isOpen ? Math.max(capacity - seatsTaken, 0) : 0
    // The latest of its type, since types share a morning; in another state, it ends the series.
    const before = series.findLast((one) => one.typeCode === typeCode)
    if (
      !each &&
      before?.isOpen === isOpen &&
      minutesOf(time) - minutesOf(before.last) <= Math.max(longestPause, before.pause)
    )
      Object.assign(before, {
        ...{ last: time, pause: durationMinutes, slots: before.slots + 1 },
        ...{ free: before.free + free, total: before.total + capacity },
      })
    else
      series.push({
        ...{ typeCode, first: time, last: time, slots: 1, free, total: capacity, isOpen },
        pause: durationMinutes,
      })
  }
  return series.map(({ pause: _, ...one }) => one)
}
