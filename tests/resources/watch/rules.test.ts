import { describe, expect, test } from 'vitest'
import { nextInList } from '../../../resources/message/rules'
import { senderOf } from '../../../resources/shared/env.server'
import { lastedWords, prefixWords } from '../../../resources/watch/fr'
import { forecastOf, shareOf, smsFail, workedBetween } from '../../../resources/watch/rules'
import type { UsualFigures } from '../../../resources/watch/schema'

const hours = (from: string, to: string) => workedBetween(new Date(from), new Date(to)) / 3_600_000

describe('working time', () => {
  test('is from 8 to 20 in Paris, on worked days', () => {
    expect(hours('2026-11-25T09:00:00Z', '2026-11-25T12:30:00Z')).toBe(3.5)
    expect(hours('2026-11-25T18:00:00Z', '2026-11-26T08:00:00Z')).toBe(2)
    // A weekend, then a day off: 11 November 2026 is a Wednesday.
    expect(hours('2026-11-20T19:00:00Z', '2026-11-23T07:00:00Z')).toBe(0)
    expect(hours('2026-11-11T07:00:00Z', '2026-11-11T19:00:00Z')).toBe(0)
  })
})

test('the SMS of a service fail from a quarter on, and of fewer than twenty nothing is said', () => {
  expect(smsFail({ handed: 20, failed: 5 })).toBe(true)
  expect(smsFail({ handed: 200, failed: 49 })).toBe(false)
  expect(smsFail({ handed: 19, failed: 19 })).toBe(false)
})

describe('the forecast of the credit', () => {
  const usual = (more: Partial<UsualFigures>): UsualFigures => ({
    ...{ reminders: 0, reminderParts: 0, otherParts: 0, partsBilled: 0, creditsUsed: 0, days: 30 },
    ...{ planned: [0, 0, 0, 0, 0, 0, 0], failing: [] },
    ...more,
  })

  test('takes the reminders planned day by day, two parts each until some have left', () => {
    const planned = [10, 10, 0, 0, 0, 0, 0]
    expect(forecastOf(30, usual({ planned }), '2026-11-29')).toEqual({ needed: 40, endsOn: '2026-11-30' })
    expect(forecastOf(30, usual({ planned, reminders: 100, reminderParts: 100 }), '2026-11-29').needed).toBe(
      20,
    )
  })

  test('adds what acts send on an average day, at what a part costs, and goes on beyond the week', () => {
    const some = usual({ otherParts: 300, partsBilled: 10, creditsUsed: 20 })
    expect(forecastOf(1_000, some, '2026-11-29')).toEqual({ needed: 140, endsOn: '2027-01-18' })
  })

  test('names no day where nothing leaves, or beyond a year', () => {
    expect(forecastOf(0, usual({}), '2026-11-29')).toEqual({ needed: 0, endsOn: null })
    expect(forecastOf(1e9, usual({ otherParts: 30 }), '2026-11-29').endsOn).toBeNull()
  })
})

test('a share is said from twenty cases on', () => {
  expect(shareOf(19, 19)).toBeNull()
  expect(shareOf(5, 20)).toBe(0.25)
})

test('a day of the list is left three hours after its end, and not before all of it is read', () => {
  const at = { day: '2026-11-28', position: 40 }
  const night = new Date('2026-11-29T02:59:00Z')
  const morning = new Date('2026-11-29T03:00:00Z')
  expect(nextInList(at, { read: 100, whole: false }, morning)).toEqual({ day: '2026-11-28', position: 140 })
  expect(nextInList(at, { read: 7, whole: true }, night)).toBeNull()
  expect(nextInList(at, { read: 7, whole: true }, morning)).toEqual({ day: '2026-11-29', position: 0 })
})

test('a sender is told in letters and digits: eleven of them here', () => {
  expect(senderOf('RDV Justice')).toBe('RDVJustice')
  expect(senderOf('S.P.I.P. n° 92')).toBe('SPIPn92')
})

test('durations and beginnings of numbers are read at a glance', () => {
  expect([12, 3_000, 240_000, 7_500_000, 260_000_000].map(lastedWords)).toEqual([
    ...['12\u00a0ms', '3\u00a0s', '4\u00a0min', '2\u00a0h\u00a005', '3\u00a0jours'],
  ])
  expect(['+33612', '+262692'].map(prefixWords)).toEqual(['06\u00a012…', '+262\u00a0692…'])
})
