import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messagesToPlan, whenLateLeaves } from '../../../resources/message/schedule'
import { timeZoneWords } from '../../../resources/organization/fr'

/**
 * When messages leave, around both clock changes and on every clock of the country, told by somebody else: no calendar
 * of ours, no time zone of the machine. Offsets from UTC are written by hand, a wall is a number of milliseconds, and
 * what leaves is looked for among them.
 */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const steady: Record<string, number> = {
  'America/Cayenne': -3,
  'America/Guadeloupe': -4,
  'America/Martinique': -4,
  'Indian/Mayotte': 3,
  'Indian/Reunion': 4,
  'Pacific/Gambier': -9,
  'Pacific/Marquesas': -9.5,
  'Pacific/Noumea': 11,
  'Pacific/Tahiti': -10,
  'Pacific/Wallis': 12,
}

/** Midnight UTC of a Sunday: the n-th of a month, or the last where n is 0. */
function sunday(year: number, month: number, n: number): number {
  const first = Date.UTC(year, n === 0 ? month : month - 1, 1)
  const next = first + ((7 - new Date(first).getUTCDay()) % 7) * day
  return n === 0 ? next - 7 * day : next + (n - 1) * 7 * day
}
const summers: Record<string, { winter: number; between: (year: number) => [number, number] }> = {
  'Europe/Paris': {
    winter: 1,
    between: (year) => [sunday(year, 3, 0) + hour, sunday(year, 10, 0) + hour],
  },
  'America/Miquelon': {
    winter: -3,
    between: (year) => [sunday(year, 3, 2) + 5 * hour, sunday(year, 11, 1) + 4 * hour],
  },
}
const zones = [...Object.keys(steady), ...Object.keys(summers)]

function offset(instant: number, zone: string): number {
  const summer = summers[zone]
  if (!summer) return (steady[zone] ?? Number.NaN) * hour
  const [from, to] = summer.between(new Date(instant).getUTCFullYear())
  return (summer.winter + (instant >= from && instant < to ? 1 : 0)) * hour
}

/** The instant at which a wall shows this: by day, no clock of the country skips or repeats an hour. */
function instantAt(wall: number, zone: string): number {
  const found = [-10, -9.5, -9, -4, -3, -2, 1, 2, 3, 4, 11, 12]
    .map((hours) => wall - hours * hour)
    .filter((instant) => instant + offset(instant, zone) === wall)
  if (found.length !== 1) throw new Error(`${found.length} instants`)
  return found[0] ?? 0
}

const midnight = (wall: number) => Math.floor(wall / day) * day
const brought = (wall: number) =>
  Math.min(Math.max(wall, midnight(wall) + 8 * hour), midnight(wall) + 20 * hour)
const written = (wall: number) => {
  const [date = '', time = ''] = new Date(wall).toISOString().split('T')
  return { date, time: time.slice(0, 5) }
}

interface Case {
  act: 'booking' | 'rescheduling'
  zone: string
  /** What the wall of the place shows as the appointment begins. */
  wall: number
  now: number
  informNow: boolean
  reachable: boolean
  periods: number[]
}

/** The decisions, once more. */
function expected({ act, zone, wall, now, informNow, reachable, periods }: Case) {
  const start = instantAt(wall, zone)
  if (start <= now) return []
  const reminders = periods.map((hours) => {
    const before = wall - hours * hour
    const leaves = instantAt(brought(before), zone)
    return { hours, leaves, late: leaves < now || instantAt(before, zone) < now }
  })
  const late = reminders.filter((reminder) => reminder.late).map(({ hours }) => hours)
  const told = informNow && reachable
  const atOnce = told
    ? [[act === 'booking' ? 'summons' : 'rescheduling', 0, now, Math.min(start, now + day)]]
    : late.length > 0
      ? [['reminder', Math.min(...late), now, start]]
      : []
  const ahead = reminders
    .filter((reminder) => !reminder.late && (atOnce.length === 0 || reminder.leaves - now >= 6 * hour))
    .map(({ hours, leaves }) => ['reminder', hours, leaves, start - 2 * hour])
  return [...atOnce, ...ahead]
}

/** Appointments of the days around each change of clock, at the hours that forms accept, booked at any moment. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    year: fc.constantFrom(2026, 2027, 2028),
    changing: fc.constantFrom(...Object.values(summers)),
    spring: fc.boolean(),
    days: fc.integer({ min: -3, max: 3 }),
    minutes: fc.integer({ min: 6 * 60, max: 21 * 60 }),
    zone: fc.constantFrom(...zones),
    // Near the bounds of 6, 24 and 48 hours too, where a change of clock decides.
    ahead: fc.oneof(
      fc.integer({ min: -60, max: 5 * 24 * 60 }),
      fc
        .tuple(fc.constantFrom(6, 18, 23, 24, 25, 30, 47, 48, 49), fc.integer({ min: -70, max: 70 }))
        .map(([hours, more]) => hours * 60 + more),
    ),
    act: fc.constantFrom('booking' as const, 'rescheduling' as const),
    informNow: fc.boolean(),
    reachable: fc.boolean(),
    periods: fc.subarray([24, 48]),
  })
  .map(({ year, changing, spring, days, minutes, ahead, ...rest }) => {
    const change = changing.between(year)[spring ? 0 : 1]
    const wall = midnight(change) + days * day + minutes * minute
    return { ...rest, wall, now: instantAt(wall, rest.zone) - ahead * minute }
  })

describe('Around both changes of clock, on each clock of the country', () => {
  it('the table of this file is of all the clocks, and as the world has it', () => {
    expect(zones.toSorted()).toEqual(Object.keys(timeZoneWords).toSorted())
    const anyInstant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 11, 30) })
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (instant, zone) => {
        const shown = new Intl.DateTimeFormat('sv-SE', {
          ...{ timeZone: zone, dateStyle: 'short', timeStyle: 'medium' },
        }).format(instant)
        const { date } = written(instant + offset(instant, zone))
        expect(shown).toBe(`${date} ${new Date(instant + offset(instant, zone)).toISOString().slice(11, 19)}`)
      }),
      { numRuns: 300 },
    )
  })

  it('what a booking plans leaves when the wall of the place says so', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const planned = messagesToPlan({
          ...{ act: one.act, meeting: { ...written(one.wall), zone: one.zone }, now: new Date(one.now) },
          ...{ informNow: one.informNow, reachable: one.reachable, reminderHours: one.periods },
        }).map(({ kind, reminderHours, dueAt, deadline }) => [
          ...[kind, reminderHours, dueAt.getTime(), deadline.getTime()],
        ])
        expect(planned.map(String).sort()).toEqual(expected(one).map(String).sort())
        // None within six hours after what tells the person of the appointment.
        const [told, ...after] = planned.map(([, , due]) => Number(due)).sort((a, b) => a - b)
        if (told === one.now) for (const due of after) expect(due - told).toBeGreaterThanOrEqual(6 * hour)
      }),
      { numRuns: 5_000 },
    )
  })

  it('what is late leaves by day, or not at all when the day comes too late', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 30 * 60 }), ({ zone, now }, minutesLeft) => {
        const shows = (instant: number) => {
          const wall = instant + offset(instant, zone)
          return (wall - midnight(wall)) / minute
        }
        const isDay = (instant: number) => shows(instant) >= 8 * 60 && shows(instant) <= 20 * 60
        const deadline = now + minutesLeft * minute
        let opens = now
        while (!isDay(opens)) opens += minute
        const night = shows(now) >= 22 * 60 || shows(now) < 6 * 60
        const late = { now: new Date(now), deadline: new Date(deadline), zone }
        const leaves = opens === now || opens < deadline ? opens : null
        expect(whenLateLeaves('reminder', late)?.getTime() ?? null).toBe(leaves ?? (night ? null : now))
        expect(whenLateLeaves('summons', late)?.getTime()).toBe(leaves ?? now)
      }),
      { numRuns: 2_000 },
    )
  })
})
