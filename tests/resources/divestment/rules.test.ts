import { describe, expect, it } from 'vitest'
import {
  daysLeft,
  deadlineOf,
  firstDecision,
  firstState,
  isLate,
  lateBefore,
  type Source,
} from '../../../resources/divestment/rules'

describe('ten days', () => {
  const asked = new Date('2026-02-24T22:50:00Z')

  it('are counted on the calendar of Paris, from the day of the request', () => {
    expect(deadlineOf(asked)).toBe('2026-03-06')
    expect(daysLeft(asked, new Date('2026-03-02T08:00:00Z'))).toBe(4)
  })

  it('are over on the tenth, the same for the list and for the night', () => {
    for (const [now, late] of [
      ['2026-03-05T22:59:00Z', false],
      ['2026-03-05T23:01:00Z', true],
    ] as const) {
      expect(isLate(asked, new Date(now))).toBe(late)
      expect(asked < lateBefore(new Date(now))).toBe(late)
    }
  })
})

describe('the first state', () => {
  const person = {
    ...{ isComplete: true, isArchived: false, registered: '2026-04-04' },
    latestAppointment: '2026-04-05',
  }
  it.each([
    ['six months ago to the day', {}, 'pending'],
    ['a day more', { latestAppointment: '2026-04-04' }, 'auto_accepted'],
    ['never', { latestAppointment: null }, 'auto_accepted'],
    [
      'never, registered less than six months ago',
      { latestAppointment: null, registered: '2026-04-05' },
      'pending',
    ],
    ['to come', { latestAppointment: '2026-12-01' }, 'pending'],
    ['to come, archived', { latestAppointment: '2026-12-01', isArchived: true }, 'auto_accepted'],
    ['never, the record incomplete', { latestAppointment: null, isComplete: false }, 'pending'],
  ] as const)('convoked %s: %o', (_, more, state) => {
    expect(firstState({ ...person, ...more }, '2026-10-05')).toBe(state)
  })
})

describe('the first row of a source', () => {
  const court: Source = { id: 1, kind: 'court', isAnswered: true, hasLocalAdmin: true, courtIds: [] }
  const service: Source = { ...court, id: 2, kind: 'probation_service', courtIds: [1] }

  it('of a service is answered by its court that has a local admin and is asked too', () => {
    expect(firstDecision(service, [court, service])).toBe('auto_accepted')
    expect(firstDecision(court, [court, service])).toBe('pending')
    expect(firstDecision(service, [{ ...court, hasLocalAdmin: false }, service])).toBe('pending')
    expect(firstDecision(service, [{ ...court, id: 3 }, service])).toBe('pending')
    expect(firstDecision(service, [service])).toBe('pending')
  })

  it('is left out where nobody answers, before anything else', () => {
    expect(firstDecision({ ...service, isAnswered: false }, [court, service])).toBe('ignored')
  })
})
