import { describe, expect, it } from 'vitest'
import type { Day, Slot } from '../../admin/screens/hearing-exit/data'
import { isAnother, nothingTyped } from '../../admin/screens/book/state'
import { daysShown, otherSeats, type OpenForm } from '../../admin/screens/hearing-exit/in-hand'

const slot = (id: number, time: string, free: number): Slot => ({
  ...{ id, time, free, empty: free, isOpen: true, whyNot: null, appointments: [] },
})
const day = (date: string, ...slots: Slot[]): Day => ({ date, free: 0, seats: 0, slots })
const formOn = (date: string, on: Slot): OpenForm => ({
  ...{ date, slot: on },
  typed: {
    ...{ text: 'martin', personId: null, prosecutionNumber: '26055000871', cells: {} },
    ...{ inform: 'now', keepOverlap: false, requestKey: '3b241101-e2bb-4255-8caf-4136c566a971' },
  },
})
const drawn = (days: readonly Day[]) => days.map(({ date, slots }) => [date, slots.map(({ id }) => id)])

describe('A desk of which only the free seats are shown', () => {
  const [full, free] = [slot(1, '09:00', 0), slot(2, '10:00', 1)]
  const nothing = { forms: [], kept: [] }

  it('leaves out what is full', () => {
    expect(drawn(daysShown([day('2027-03-01', full), day('2027-03-02', full, free)], nothing, true))).toEqual(
      [['2027-03-02', [2]]],
    )
  })

  it('keeps the line that is being typed in when it is filled, and the one that is written in', () => {
    const days = [day('2027-03-01', full), day('2027-03-02', slot(3, '09:00', 0), free)]
    const forms = [formOn('2027-03-01', slot(1, '09:00', 1))]
    expect(drawn(daysShown(days, { forms, kept: [3] }, true))).toEqual([
      ['2027-03-01', [1]],
      ['2027-03-02', [3, 2]],
    ])
  })

  it('keeps the form of a slot that was closed or deleted meanwhile, which is open no more', () => {
    const forms = [formOn('2027-03-01', slot(1, '09:00', 2))]
    const [shown, ...others] = daysShown([day('2027-03-02', free)], { forms, kept: [] }, true)
    expect(shown).toMatchObject({ date: '2027-03-01', slots: [{ id: 1, isOpen: false, free: 0 }] })
    expect(drawn(others)).toEqual([['2027-03-02', [2]]])
  })
})

describe('In place of a seat that went', () => {
  const gone = { date: '2027-03-02', slot: slot(2, '10:00', 0) }
  const offered = (days: readonly Day[], forms: readonly OpenForm[] = []) =>
    otherSeats(days, gone, forms).map((seat) => seat.slot.id)

  it('the next three free ones are offered, then the nearest before', () => {
    const before = day('2027-03-01', slot(5, '09:00', 1), slot(6, '15:00', 1))
    const same = day('2027-03-02', slot(1, '09:00', 1), gone.slot, slot(3, '11:00', 2))
    expect(offered([before, same, day('2027-03-09', slot(4, '09:00', 1))])).toEqual([3, 4, 1])
    expect(offered([before])).toEqual([6, 5])
  })

  it('neither a seat that may not be booked is, nor one where somebody else is being typed', () => {
    const past: Slot = { ...slot(7, '12:00', 1), whyNot: 'past' }
    const other = slot(8, '13:00', 1)
    expect(offered([day('2027-03-02', past, other)], [formOn('2027-03-02', other)])).toEqual([])
  })
})

describe('Somebody brought to a seat where somebody was begun', () => {
  const begun = {
    ...nothingTyped({ likelyReferent: true, before: null }).person,
    lastName: 'DUPONT',
    firstName: 'Jean',
  }

  it('is the same person under the same names, or under the last name alone', () => {
    expect(isAnother({ lastName: 'dupont', firstName: 'jean' }, begun)).toBe(false)
    expect(isAnother({ lastName: 'DUPONT', firstName: '' }, begun)).toBe(false)
    expect(isAnother({ lastName: 'DUPONT', firstName: 'Marie' }, begun)).toBe(true)
    expect(isAnother({ lastName: 'DURAND', firstName: '' }, begun)).toBe(true)
  })
})
