import { describe, expect, test } from 'vitest'
import { erasedOn } from '../../../resources/probationer/rules'
import {
  isWorkingDay,
  nextWorkingDay,
  workingDayBefore,
  workingDayFrom,
  workingDaysFrom,
} from '../../../resources/shared/calendar'
import { civilOf, monthsAfter } from '../../../resources/shared/civil-time'

describe('working days', () => {
  test('leave out Saturdays, Sundays and the days off of the département', () => {
    // Thursday 13 May 2027 is neither; Friday 14 May 2027 follows, then a weekend, then Whit Monday.
    expect(workingDaysFrom('2027-05-13', 3, '92')).toEqual(['2027-05-13', '2027-05-14', '2027-05-18'])
    expect(isWorkingDay('2026-05-22', '92')).toBe(true)
    expect(isWorkingDay('2026-05-22', '972')).toBe(false)
  })

  test('the next one is never the day itself, the first one may be', () => {
    expect(workingDayFrom('2026-11-27', '92')).toBe('2026-11-27')
    expect(nextWorkingDay('2026-11-27', '92')).toBe('2026-11-30')
    expect(workingDayFrom('2026-11-28', '92')).toBe('2026-11-30')
  })

  test('back, they stop where they must', () => {
    expect(workingDayBefore('2026-11-30', 2, '92', '2026-01-01')).toBe('2026-11-26')
    expect(workingDayBefore('2026-11-30', 5, '92', '2026-11-27')).toBe('2026-11-27')
  })
})

describe('months end where they end', () => {
  test.each([
    ['2026-08-31T10:00:00Z', '2027-02-28'],
    ['2027-08-31T10:00:00Z', '2028-02-29'],
    ['2026-08-29T10:00:00Z', '2027-02-28'],
    ['2026-03-31T10:00:00Z', '2026-09-30'],
    ['2026-05-15T10:00:00Z', '2026-11-15'],
    // Half past midnight on 1 March in Paris is still February in Greenwich.
    ['2026-02-28T23:30:00Z', '2026-09-01'],
  ])('archived at %s, erased on %s', (archivedAt, erased) => {
    expect(erasedOn(new Date(archivedAt), 'Europe/Paris')).toBe(erased)
  })

  test('backwards too, at the same hour of the wall', () => {
    const since = monthsAfter(new Date('2026-08-31T10:00:00Z'), -6, 'Europe/Paris')
    expect(civilOf(since, 'Europe/Paris')).toEqual({ date: '2026-02-28', time: '12:00' })
  })
})
