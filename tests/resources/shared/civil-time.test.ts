import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  civilDate,
  civilDateFromDb,
  civilOf,
  civilTime,
  daysBetween,
  dbDateOf,
  instantOf,
  isCivilDate,
  isCivilTime,
  isoWeekday,
  isWeekend,
} from '../../../resources/shared/civil-time'

test('years that people mistype, or that have no next, are not days', () => {
  expect(['0202-03-12', '9999-12-28', '0000-01-01', '2026-02-29'].filter(isCivilDate)).toEqual([])
})

const iso = (date: string, time: string, zone: string) => instantOf(date, time, zone).toISOString()

describe('an hour on the wall and its instant', () => {
  test.each([
    ['Europe/Paris', '2026-01-15', '09:00', '2026-01-15T08:00:00.000Z'],
    ['Europe/Paris', '2026-07-15', '09:00', '2026-07-15T07:00:00.000Z'],
    ['Indian/Reunion', '2026-07-15', '10:00', '2026-07-15T06:00:00.000Z'],
    ['Indian/Mayotte', '2026-07-15', '10:00', '2026-07-15T07:00:00.000Z'],
    ['America/Cayenne', '2026-07-15', '10:00', '2026-07-15T13:00:00.000Z'],
    ['America/Martinique', '2026-07-15', '10:00', '2026-07-15T14:00:00.000Z'],
    ['Pacific/Tahiti', '2026-07-15', '20:00', '2026-07-16T06:00:00.000Z'],
    ['Pacific/Marquesas', '2026-07-15', '08:00', '2026-07-15T17:30:00.000Z'],
    ['Pacific/Gambier', '2026-07-15', '08:00', '2026-07-15T17:00:00.000Z'],
    ['Pacific/Noumea', '2026-07-15', '08:00', '2026-07-14T21:00:00.000Z'],
    ['Pacific/Wallis', '2026-07-15', '08:00', '2026-07-14T20:00:00.000Z'],
    ['America/Miquelon', '2026-01-15', '09:00', '2026-01-15T12:00:00.000Z'],
    ['America/Miquelon', '2026-07-15', '09:00', '2026-07-15T11:00:00.000Z'],
  ])('in %s, %s at %s is %s', (zone, date, time, instant) => {
    expect(iso(date, time, zone)).toBe(instant)
    expect(civilOf(new Date(instant), zone)).toEqual({ date, time })
  })

  test('on 29 March 2026 the hours around the change keep their own offset', () => {
    expect(iso('2026-03-29', '01:59', 'Europe/Paris')).toBe('2026-03-29T00:59:00.000Z')
    expect(iso('2026-03-29', '03:00', 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z')
    expect(iso('2026-03-28', '14:30', 'Europe/Paris')).toBe('2026-03-28T13:30:00.000Z')
    expect(iso('2026-03-30', '14:30', 'Europe/Paris')).toBe('2026-03-30T12:30:00.000Z')
  })

  test.each(['02:00', '02:01', '02:30', '02:59'])('the skipped %s of 29 March 2026 is 03:00', (time) => {
    expect(iso('2026-03-29', time, 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z')
  })

  test('the repeated hour of 25 October 2026 is its first occurrence', () => {
    expect(iso('2026-10-25', '01:59', 'Europe/Paris')).toBe('2026-10-24T23:59:00.000Z')
    expect(iso('2026-10-25', '02:00', 'Europe/Paris')).toBe('2026-10-25T00:00:00.000Z')
    expect(iso('2026-10-25', '02:59', 'Europe/Paris')).toBe('2026-10-25T00:59:00.000Z')
    expect(iso('2026-10-25', '03:00', 'Europe/Paris')).toBe('2026-10-25T02:00:00.000Z')
  })

  test('both occurrences of the repeated hour read the same on the wall', () => {
    const wall = { date: '2026-10-25', time: '02:30' }
    expect(civilOf(new Date('2026-10-25T00:30:00Z'), 'Europe/Paris')).toEqual(wall)
    expect(civilOf(new Date('2026-10-25T01:30:00Z'), 'Europe/Paris')).toEqual(wall)
  })

  test('Saint-Pierre-et-Miquelon changes its clocks on 8 March and 1 November 2026', () => {
    expect(iso('2026-03-08', '02:30', 'America/Miquelon')).toBe('2026-03-08T05:00:00.000Z')
    expect(iso('2026-03-08', '03:00', 'America/Miquelon')).toBe('2026-03-08T05:00:00.000Z')
    expect(iso('2026-11-01', '01:30', 'America/Miquelon')).toBe('2026-11-01T03:30:00.000Z')
    expect(iso('2026-11-01', '02:00', 'America/Miquelon')).toBe('2026-11-01T05:00:00.000Z')
  })

  test('midnight is 00:00 of the day that begins', () => {
    expect(civilOf(new Date('2026-03-02T23:00:00Z'), 'Europe/Paris')).toEqual({
      date: '2026-03-03',
      time: '00:00',
    })
  })

  const zones = [
    'Europe/Paris',
    'America/Miquelon',
    'America/Cayenne',
    'Indian/Reunion',
    'Pacific/Tahiti',
    'Pacific/Marquesas',
    'Pacific/Noumea',
    'Pacific/Wallis',
  ]
  const minutes = fc.date({
    min: new Date('2020-01-01T00:00Z'),
    max: new Date('2035-12-31T00:00Z'),
    noInvalidDate: true,
  })

  test('an instant read on the wall and brought back is itself, or the first of a repeated hour', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (drawn, zone) => {
        const instant = Math.floor(drawn.getTime() / 60_000) * 60_000
        const wall = civilOf(new Date(instant), zone)
        const back = instantOf(wall.date, wall.time, zone)
        expect(civilOf(back, zone)).toEqual(wall)
        expect([0, 3_600_000]).toContain(instant - back.getTime())
      }),
      { numRuns: 500 },
    )
  })

  test('a later hour on the wall is never an earlier instant', () => {
    fc.assert(
      fc.property(
        minutes,
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 300 }),
        (drawn, zone, later) => {
          const [date, time] = drawn.toISOString().split('T') as [string, string]
          const next = new Date(drawn.getTime() + later * 60_000).toISOString().split('T') as [string, string]
          const [a, b] = [
            instantOf(date, time.slice(0, 5), zone),
            instantOf(next[0], next[1].slice(0, 5), zone),
          ]
          expect(b.getTime()).toBeGreaterThanOrEqual(a.getTime())
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('days', () => {
  test('a day exists in the calendar or is refused', () => {
    expect(isCivilDate('2024-02-29')).toBe(true)
    expect(isCivilDate('2026-02-29')).toBe(false)
    expect(isCivilDate('2026-13-01')).toBe(false)
    expect(isCivilDate('2026-04-31')).toBe(false)
    expect(isCivilDate('03/03/2026')).toBe(false)
    expect(isCivilDate('2026-3-3')).toBe(false)
    expect(civilDate.safeParse('2026-03-03').success).toBe(true)
    expect(civilDate.safeParse('mardi').success).toBe(false)
  })

  test('an hour has two digits on each side', () => {
    expect(['00:00', '09:05', '23:59'].every(isCivilTime)).toBe(true)
    expect(['24:00', '9:00', '09:60', '09h00', '09:00:00'].some(isCivilTime)).toBe(false)
    expect(civilTime.safeParse('14:30').success).toBe(true)
    expect(civilTime.safeParse('14h30').success).toBe(false)
  })

  test('what is left empty is asked for, not called unclear', () => {
    const saysOf = (field: typeof civilDate) =>
      field.safeParse('').error?.issues.map(({ message }) => message)
    expect(saysOf(civilDate)).toEqual(['Indiquez la date.'])
    expect(saysOf(civilTime)).toEqual(['Indiquez l’heure.'])
  })

  test('days are added across months, years and clock changes', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29')
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
    expect(addDays('2026-10-25', -2)).toBe('2026-10-23')
  })

  test('a month later is the same day, or the last of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-08-31', -6)).toBe('2026-02-28')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2026-11-15', 2)).toBe('2027-01-15')
  })

  test('adding days and counting them agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (n) => {
        expect(daysBetween('2026-03-03', addDays('2026-03-03', n))).toBe(n)
      }),
    )
  })

  test('weeks begin on Monday', () => {
    expect(isoWeekday('2026-03-02')).toBe(1)
    expect(isoWeekday('2026-03-08')).toBe(7)
    expect(['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'].map(isWeekend)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('a day goes to the database and comes back', () => {
    expect(dbDateOf('2026-03-29').toISOString()).toBe('2026-03-29T00:00:00.000Z')
    expect(civilDateFromDb(dbDateOf('2026-03-29'))).toBe('2026-03-29')
  })
})
