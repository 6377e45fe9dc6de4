import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  messageNow,
  messagesToPlan,
  reminderTime,
  remindersToPlanAgain,
  whenLateLeaves,
  type Meeting,
} from '../../../resources/message/schedule'
import { civilOf, instantOf } from '../../../resources/shared/civil-time'

const inParis = (date: string, time: string): Meeting => ({ date, time, zone: 'Europe/Paris' })
const paris = (date: string, time: string) => instantOf(date, time, 'Europe/Paris')

describe('the hour at which a reminder leaves', () => {
  test.each([
    ['Europe/Paris', '2026-03-10', '14:30', 24, '2026-03-09', '14:30'],
    ['Europe/Paris', '2026-03-10', '14:30', 48, '2026-03-08', '14:30'],
    ['Europe/Paris', '2026-03-10', '08:00', 24, '2026-03-09', '08:00'],
    ['Europe/Paris', '2026-03-10', '20:00', 24, '2026-03-09', '20:00'],
    ['Europe/Paris', '2026-03-10', '06:00', 24, '2026-03-09', '08:00'],
    ['Europe/Paris', '2026-03-10', '07:55', 24, '2026-03-09', '08:00'],
    ['Europe/Paris', '2026-03-10', '20:05', 24, '2026-03-09', '20:00'],
    ['Europe/Paris', '2026-03-10', '21:00', 48, '2026-03-08', '20:00'],
    ['Europe/Paris', '2026-03-01', '10:00', 24, '2026-02-28', '10:00'],
    ['Indian/Reunion', '2026-03-10', '10:00', 24, '2026-03-09', '10:00'],
    ['Indian/Mayotte', '2026-03-10', '07:00', 24, '2026-03-09', '08:00'],
    ['America/Cayenne', '2026-03-10', '09:00', 24, '2026-03-09', '09:00'],
    ['America/Miquelon', '2026-03-09', '09:00', 24, '2026-03-08', '09:00'],
    ['Pacific/Tahiti', '2026-03-10', '20:30', 24, '2026-03-09', '20:00'],
    ['Pacific/Marquesas', '2026-03-10', '10:00', 48, '2026-03-08', '10:00'],
    ['Pacific/Noumea', '2026-03-10', '08:00', 24, '2026-03-09', '08:00'],
  ])('in %s, for %s at %s, %i h before is %s at %s there', (zone, date, time, hours, day, at) => {
    expect(civilOf(reminderTime({ date, time, zone }, hours), zone)).toEqual({ date: day, time: at })
  })

  test('the day the clocks go forward, the reminder of 9:00 leaves the day before at 9:00, 23 h earlier', () => {
    expect(reminderTime(inParis('2026-03-29', '09:00'), 24).toISOString()).toBe('2026-03-28T08:00:00.000Z')
    expect(reminderTime(inParis('2026-03-30', '09:00'), 24).toISOString()).toBe('2026-03-29T07:00:00.000Z')
    expect(reminderTime(inParis('2026-03-30', '09:00'), 48).toISOString()).toBe('2026-03-28T08:00:00.000Z')
  })

  test('the day the clocks go back, the reminder of 9:00 leaves the day before at 9:00, 25 h earlier', () => {
    expect(reminderTime(inParis('2026-10-25', '09:00'), 24).toISOString()).toBe('2026-10-24T07:00:00.000Z')
    expect(reminderTime(inParis('2026-10-26', '09:00'), 24).toISOString()).toBe('2026-10-25T08:00:00.000Z')
  })

  test('La Réunion’s 10:00 is not Paris’s', () => {
    const meeting = { date: '2026-03-10', time: '10:00', zone: 'Indian/Reunion' }
    expect(reminderTime(meeting, 24).toISOString()).toBe('2026-03-09T06:00:00.000Z')
  })
})

describe('the messages planned when booking', () => {
  const meeting = inParis('2026-03-10', '14:30')
  const startsAt = paris('2026-03-10', '14:30')
  const booking = { act: 'booking', meeting, informNow: true, reachable: true, reminderHours: [24] } as const

  test('inform now: the summons at once, then the reminder the day before', () => {
    const now = paris('2026-03-02', '11:06')
    expect(messagesToPlan({ ...booking, now })).toEqual([
      { kind: 'summons', reminderHours: 0, dueAt: now, deadline: paris('2026-03-03', '11:06') },
      {
        kind: 'reminder',
        reminderHours: 24,
        dueAt: paris('2026-03-09', '14:30'),
        deadline: paris('2026-03-10', '12:30'),
      },
    ])
  })

  test('reminder only: nothing now', () => {
    const planned = messagesToPlan({ ...booking, informNow: false, now: paris('2026-03-02', '11:06') })
    expect(planned).toMatchObject([{ kind: 'reminder', dueAt: paris('2026-03-09', '14:30') }])
  })

  test('both periods: two reminders, the farthest first', () => {
    const planned = messagesToPlan({ ...booking, reminderHours: [24, 48], now: paris('2026-03-02', '11:06') })
    expect(planned.map(({ kind, reminderHours }) => [kind, reminderHours])).toEqual([
      ['summons', 0],
      ['reminder', 48],
      ['reminder', 24],
    ])
  })

  test('no period: the summons alone', () => {
    const planned = messagesToPlan({ ...booking, reminderHours: [], now: paris('2026-03-02', '11:06') })
    expect(planned.map(({ kind }) => kind)).toEqual(['summons'])
  })

  test('a person without a phone gets the reminder planned, for a phone that may come', () => {
    const planned = messagesToPlan({ ...booking, reachable: false, now: paris('2026-03-02', '11:06') })
    expect(planned.map(({ kind }) => kind)).toEqual(['reminder'])
  })

  test.each([
    ['2026-03-09', '14:30', 'exactly 24 hours before'],
    ['2026-03-09', '14:28', '24 hours and two minutes before'],
    ['2026-03-09', '08:31', 'five hours and 59 minutes before the reminder'],
  ])('on %s at %s, %s, the summons stands for the reminder', (date, time) => {
    const now = paris(date, time)
    expect(messagesToPlan({ ...booking, now }).map(({ kind }) => kind)).toEqual(['summons'])
    const alone = messagesToPlan({ ...booking, informNow: false, now })
    expect(alone).toMatchObject([{ kind: 'reminder', dueAt: paris('2026-03-09', '14:30') }])
  })

  test('six hours after the summons, the reminder leaves', () => {
    const now = paris('2026-03-09', '08:30')
    expect(messagesToPlan({ ...booking, now }).map(({ kind }) => kind)).toEqual(['summons', 'reminder'])
  })

  test('on short notice, the summons is enough', () => {
    const now = paris('2026-03-09', '14:31')
    expect(messagesToPlan({ ...booking, now })).toEqual([
      { kind: 'summons', reminderHours: 0, dueAt: now, deadline: startsAt },
    ])
  })

  test('on short notice and reminder only, the reminder leaves at once, whatever the hour, until the appointment', () => {
    const now = paris('2026-03-10', '02:15')
    expect(messagesToPlan({ ...booking, informNow: false, now })).toEqual([
      { kind: 'reminder', reminderHours: 24, dueAt: now, deadline: startsAt },
    ])
  })

  test('on short notice, an unreachable person gets the reminder, as no summons leaves', () => {
    const now = paris('2026-03-10', '09:00')
    expect(messagesToPlan({ ...booking, reachable: false, now })).toMatchObject([
      { kind: 'reminder', dueAt: now },
    ])
  })

  test('both periods, 30 hours before: each is judged on its own', () => {
    const now = paris('2026-03-09', '08:30')
    const both = { ...booking, reminderHours: [24, 48], now }
    expect(messagesToPlan(both).map(({ kind, reminderHours }) => [kind, reminderHours])).toEqual([
      ['summons', 0],
      ['reminder', 24],
    ])
    expect(messagesToPlan({ ...both, informNow: false })).toEqual([
      { kind: 'reminder', reminderHours: 48, dueAt: now, deadline: startsAt },
      {
        kind: 'reminder',
        reminderHours: 24,
        dueAt: paris('2026-03-09', '14:30'),
        deadline: paris('2026-03-10', '12:30'),
      },
    ])
  })

  test('both periods late: one reminder leaves', () => {
    const planned = messagesToPlan({
      ...booking,
      informNow: false,
      reminderHours: [48, 24, 24],
      now: paris('2026-03-10', '09:00'),
    })
    expect(planned).toMatchObject([{ kind: 'reminder', reminderHours: 24 }])
  })

  test('an appointment at 21:00 booked the day before at 20:30 is short notice: 20:00 is gone', () => {
    const late = { ...booking, meeting: inParis('2026-03-10', '21:00'), now: paris('2026-03-09', '20:30') }
    expect(messagesToPlan(late).map(({ kind }) => kind)).toEqual(['summons'])
    expect(messagesToPlan({ ...late, informNow: false })).toMatchObject([
      { kind: 'reminder', dueAt: late.now },
    ])
  })

  test('an appointment at 6:30 booked the day before at 7:00 is short notice: less than 24 hours are left', () => {
    const early = { ...booking, meeting: inParis('2026-03-10', '06:30'), now: paris('2026-03-09', '07:00') }
    expect(messagesToPlan(early).map(({ kind }) => kind)).toEqual(['summons'])
  })

  test('the notice of 24 hours is counted on the wall when the clocks go forward', () => {
    const sunday = { ...booking, meeting: inParis('2026-03-29', '14:30') }
    const plannedAt = (time: string) =>
      messagesToPlan({ ...sunday, informNow: false, now: paris('2026-03-28', time) })
    expect(plannedAt('14:29')).toMatchObject([{ dueAt: paris('2026-03-28', '14:30') }])
    expect(plannedAt('14:31')).toMatchObject([{ dueAt: paris('2026-03-28', '14:31') }])
  })

  test('in Cayenne, short notice is of Cayenne', () => {
    const cayenne = { ...booking, meeting: { date: '2026-03-10', time: '10:00', zone: 'America/Cayenne' } }
    const plannedAt = (instant: string) =>
      messagesToPlan({ ...cayenne, informNow: false, now: new Date(instant) })[0]?.dueAt.toISOString()
    expect(plannedAt('2026-03-09T12:59:00Z')).toBe('2026-03-09T13:00:00.000Z')
    expect(plannedAt('2026-03-09T13:01:00Z')).toBe('2026-03-09T13:01:00.000Z')
  })

  test('a rescheduling says so, and on short notice is enough', () => {
    const now = paris('2026-03-09', '16:00')
    expect(messagesToPlan({ ...booking, act: 'rescheduling', now })).toEqual([
      { kind: 'rescheduling', reminderHours: 0, dueAt: now, deadline: startsAt },
    ])
    expect(messagesToPlan({ ...booking, act: 'rescheduling', informNow: false, now })).toMatchObject([
      { kind: 'reminder', dueAt: now, deadline: startsAt },
    ])
  })

  test('nothing is planned for an appointment already begun', () => {
    expect(messagesToPlan({ ...booking, now: startsAt })).toEqual([])
  })

  const minute = (from: string, to: string) =>
    fc
      .integer({ min: Date.parse(from) / 60_000, max: Date.parse(to) / 60_000 })
      .map((minutes) => new Date(minutes * 60_000))

  test('whatever the moment, messages leave before their deadline, reminders ahead at decent hours, and once', () => {
    fc.assert(
      fc.property(
        minute('2026-01-01T00:00Z', '2026-12-31T00:00Z'),
        fc.integer({ min: 1, max: 5 * 24 * 60 }),
        fc.constantFrom(
          'Europe/Paris',
          'America/Miquelon',
          'Pacific/Tahiti',
          'Pacific/Noumea',
          'Indian/Reunion',
        ),
        fc.subarray([24, 48]),
        fc.boolean(),
        fc.boolean(),
        (now, minutesAhead, zone, reminderHours, informNow, reachable) => {
          const wall = civilOf(new Date(now.getTime() + minutesAhead * 60_000), zone)
          fc.pre(wall.time >= '06:00' && wall.time <= '21:00')
          const meeting = { ...wall, zone }
          const planned = messagesToPlan({
            act: 'booking',
            meeting,
            now,
            informNow,
            reachable,
            reminderHours,
          })
          const start = instantOf(wall.date, wall.time, zone)
          for (const message of planned) {
            expect(message.dueAt < message.deadline).toBe(true)
            expect(message.dueAt >= now).toBe(true)
            expect(message.deadline <= start).toBe(true)
            if (message.kind === 'reminder' && message.deadline < start) {
              const { time } = civilOf(message.dueAt, zone)
              expect(time >= '08:00' && time <= '20:00').toBe(true)
            }
          }
          expect(new Set(planned.map(({ kind, reminderHours: hours }) => `${kind} ${hours}`)).size).toBe(
            planned.length,
          )
          expect(planned.filter(({ dueAt }) => dueAt.getTime() === now.getTime()).length).toBeLessThanOrEqual(
            2,
          )
          const [first] = planned
          for (const { dueAt } of planned.slice(1)) {
            if (first?.dueAt.getTime() === now.getTime())
              expect(dueAt.getTime() - now.getTime()).toBeGreaterThanOrEqual(6 * 3_600_000)
          }
          if (informNow && reachable) expect(planned.filter(({ kind }) => kind === 'summons')).toHaveLength(1)
          else if (reminderHours.length > 0) expect(planned.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a reminder whose hour came, or went by in an outage', () => {
  const leaves = (now: Date, deadline: Date, zone = 'Europe/Paris') => {
    const at = whenLateLeaves('reminder', { now, deadline, zone })
    return at && Object.values(civilOf(at, zone)).join(' ')
  }

  test.each([
    ['08:00', '2026-03-09 08:00'],
    ['20:00', '2026-03-09 20:00'],
    ['20:01', '2026-03-10 08:00'],
    ['22:08', '2026-03-10 08:00'],
    ['00:30', '2026-03-09 08:00'],
    ['07:59', '2026-03-09 08:00'],
  ])('at %s, leaves at %s', (time, expected) => {
    expect(leaves(paris('2026-03-09', time), paris('2026-03-10', '12:30'))).toBe(expected)
  })

  test.each([
    ['20:01', '2026-03-09 20:01'],
    ['21:59', '2026-03-09 21:59'],
    ['22:00', null],
    ['22:08', null],
    ['05:59', null, '2026-03-10'],
    ['06:00', '2026-03-10 06:00', '2026-03-10'],
  ])('at %s, of an appointment too early to wait for 08:00: %s', (time, expected, date = '2026-03-09') => {
    expect(leaves(paris(date, time), paris('2026-03-10', '07:00'))).toBe(expected)
  })

  test('the word of an agent that an outage kept waits for the day too, and leaves in the night rather than never', () => {
    const night = { now: paris('2026-03-09', '23:30'), zone: 'Europe/Paris' }
    const leaves = (time: string) =>
      whenLateLeaves('cancellation', { ...night, deadline: paris('2026-03-10', time) })
    expect(leaves('09:00')).toEqual(paris('2026-03-10', '08:00'))
    expect(leaves('07:30')).toEqual(night.now)
  })

  test('the night is that of the place', () => {
    const deadline = new Date('2026-03-10T20:00:00Z')
    expect(leaves(new Date('2026-03-09T23:30:00Z'), deadline, 'America/Cayenne')).toBe('2026-03-10 08:00')
    expect(leaves(new Date('2026-03-09T22:00:00Z'), deadline, 'America/Cayenne')).toBe('2026-03-09 19:00')
  })
})

describe('the reminders of somebody who can be reached again', () => {
  const meeting = inParis('2026-03-10', '14:30')
  const startsAt = paris('2026-03-10', '14:30')
  const again = (more: Partial<Parameters<typeof remindersToPlanAgain>[0]>) =>
    remindersToPlanAgain({
      meeting,
      now: paris('2026-03-10', '09:00'),
      reminderHours: [24],
      waiting: [],
      told: [],
      ...more,
    })
  const told = (kind: 'summons' | 'reminder', at: Date, reminderHours = 0) => ({ kind, reminderHours, at })

  test('one whose hour is gone leaves at once, until the appointment', () => {
    const now = paris('2026-03-10', '09:00')
    expect(again({ now })).toEqual([{ kind: 'reminder', reminderHours: 24, dueAt: now, deadline: startsAt }])
  })

  test('one that still waits keeps its hour', () => {
    const now = paris('2026-03-05', '09:00')
    expect(again({ now, waiting: [24] })).toEqual([])
    expect(again({ now })).toMatchObject([{ dueAt: paris('2026-03-09', '14:30') }])
  })

  test('nothing is said twice: neither a reminder that arrived, nor a summons of these last hours', () => {
    expect(again({ told: [told('reminder', paris('2026-03-09', '14:30'), 24)] })).toEqual([])
    expect(again({ told: [told('summons', paris('2026-03-09', '16:00'))] })).toEqual([])
    expect(again({ told: [told('summons', paris('2026-03-02', '16:00'))] })).toHaveLength(1)
    const before = { now: paris('2026-03-09', '12:00') }
    expect(again({ ...before, told: [told('summons', paris('2026-03-09', '11:00'))] })).toEqual([])
    expect(again({ ...before, told: [told('summons', paris('2026-03-09', '08:00'))] })).toHaveLength(1)
  })

  test('nothing after the appointment', () => {
    expect(again({ now: startsAt })).toEqual([])
  })
})

describe('a message that leaves at once', () => {
  const now = paris('2026-03-02', '11:06')
  const startsAt = paris('2026-03-10', '14:30')

  test('a summons is worth sending for a day, or until the appointment', () => {
    expect(messageNow('summons', startsAt, now).deadline).toEqual(paris('2026-03-03', '11:06'))
    expect(messageNow('rescheduling', paris('2026-03-02', '16:00'), now).deadline).toEqual(
      paris('2026-03-02', '16:00'),
    )
  })

  test('a cancellation is worth sending until the appointment', () => {
    expect(messageNow('cancellation', startsAt, now)).toEqual({
      kind: 'cancellation',
      reminderHours: 0,
      dueAt: now,
      deadline: startsAt,
    })
  })

  test('a missed appointment may be told for seven days', () => {
    expect(messageNow('missed', paris('2026-03-02', '09:30'), now).deadline).toEqual(
      paris('2026-03-09', '11:06'),
    )
  })
})
