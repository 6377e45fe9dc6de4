import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDateFromDb } from '../../../resources/shared/civil-time'
import {
  count,
  formatBirth,
  formatDay,
  formatHour,
  formatInstant,
  formatShortDate,
  fullName,
  inDays,
  moneyWords,
  parseTypedBirthDate,
  parseTypedDate,
  parseTypedTime,
  smsHour,
} from '../../../resources/shared/french'
import { anyText } from '../../support/any-text'

/** A Monday. */
const today = '2026-03-02'

describe('days, hours and names for French eyes', () => {
  test('a day is said with its weekday, and the first is "1er"', () => {
    expect(formatDay('2026-03-03')).toBe('mardi 3 mars 2026')
    expect(formatDay('2026-03-01')).toBe('dimanche 1er mars 2026')
    expect(formatDay('2026-08-31')).toBe('lundi 31 août 2026')
  })

  test('a birth is said without', () => {
    expect(formatBirth('1991-04-12')).toBe('12 avril 1991')
    expect(formatShortDate('1991-04-12')).toBe('12/04/1991')
  })

  test('an hour keeps its minutes, its spaces do not break', () => {
    expect(formatHour('14:30')).toBe('14\u00a0h\u00a030')
    expect(formatHour('09:00')).toBe('9\u00a0h\u00a000')
    expect(smsHour('14:30')).toBe('14h30')
    expect(smsHour('09:05')).toBe('9h05')
  })

  test('an instant is said as people of the place read it', () => {
    const instant = new Date('2026-03-03T13:30:00Z')
    expect(formatInstant(instant, 'Europe/Paris')).toBe('mardi 3 mars 2026 à 14\u00a0h\u00a030')
    expect(formatInstant(instant, 'Indian/Reunion')).toBe('mardi 3 mars 2026 à 17\u00a0h\u00a030')
    expect(formatInstant(instant, 'Pacific/Noumea')).toBe('mercredi 4 mars 2026 à 0\u00a0h\u00a030')
  })

  test('near days have names', () => {
    expect(
      ['2026-03-02', '2026-03-03', '2026-03-05', '2026-03-01', '2026-02-20'].map((day) => inDays(today, day)),
    ).toEqual(['Aujourd’hui', 'Demain', 'Dans 3 jours', 'Hier', 'Il y a 10 jours'])
  })

  test('French counts plural from two', () => {
    expect([0, 1, 2].map((n) => count(n, 'convocation'))).toEqual([
      '0\u00a0convocation',
      '1\u00a0convocation',
      '2\u00a0convocations',
    ])
    expect([0.045, 0.09, 0.01, 0.9999, 1, 1_234.5].map(moneyWords)).toEqual([
      ...['4,5\u00a0centimes', '9\u00a0centimes', '1\u00a0centime', '99,99\u00a0centimes'],
      ...['1,00\u00a0€', '1\u202f234,50\u00a0€'],
    ])
    expect(count(3, 'jour férié', 'jours fériés')).toBe('3\u00a0jours fériés')
  })

  test('a last name is in capitals, accents kept', () => {
    expect(fullName({ lastName: 'Bensalem', firstName: 'Karim' })).toBe('BENSALEM Karim')
    expect(fullName({ lastName: 'Lefèvre-Noël', firstName: 'Anaïs' })).toBe('LEFÈVRE-NOËL Anaïs')
  })
})

describe('a day typed', () => {
  test.each([
    ['12/04/2026', '2026-04-12'],
    ['12-04-2026', '2026-04-12'],
    ['12.04.2026', '2026-04-12'],
    ['12 04 2026', '2026-04-12'],
    ['12042026', '2026-04-12'],
    ['120426', '2026-04-12'],
    ['1204', '2026-04-12'],
    ['3/3', '2026-03-03'],
    ['3/3/26', '2026-03-03'],
    ['2/3', '2026-03-02'],
    ['1/3', '2027-03-01'],
    ['1er mars', '2027-03-01'],
    ['1er avril', '2026-04-01'],
    ['3 mars 2026', '2026-03-03'],
    ['3 MARS', '2026-03-03'],
    ['15 févr. 2027', '2027-02-15'],
    ['15 aout', '2026-08-15'],
    ['15 août', '2026-08-15'],
    ['2 sept', '2026-09-02'],
    ['2026-04-12', '2026-04-12'],
    ['mardi', '2026-03-03'],
    ['lundi', '2026-03-09'],
    ['Lundi prochain', '2026-03-09'],
    ['dimanche', '2026-03-08'],
    ['mardi 10 mars', '2026-03-10'],
    ['mardi 10 mars 2026', '2026-03-10'],
    ['aujourd’hui', '2026-03-02'],
    ["aujourd'hui", '2026-03-02'],
    ['demain', '2026-03-03'],
    ['après-demain', '2026-03-04'],
    ['dans 10 jours', '2026-03-12'],
    ['dans 2 semaines', '2026-03-16'],
  ])('« %s » is %s', (typed, date) => expect(parseTypedDate(typed, today)).toBe(date))

  test.each([
    '',
    '31/02/2026',
    '32/01',
    '12/13/2026',
    'mercredi 10 mars',
    'ju',
    '5 ju',
    'bientôt',
    '1',
    '123',
    '12/04/202',
  ])('« %s » is no day', (typed) => expect(parseTypedDate(typed, today)).toBeNull())

  const days = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map(civilDateFromDb)

  test('what we write is read back', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(parseTypedDate(formatDay(day), today)).toBe(day)
        expect(parseTypedDate(formatBirth(day), today)).toBe(day)
        expect(parseTypedDate(formatShortDate(day), today)).toBe(day)
        expect(parseTypedDate(day, today)).toBe(day)
      }),
    )
  })

  test('nothing typed makes the reading fail', () => {
    fc.assert(
      fc.property(anyText(30), (typed) => {
        parseTypedDate(typed, today)
        parseTypedBirthDate(typed, today)
        parseTypedTime(typed)
      }),
    )
  })
})

describe('a birth typed', () => {
  test.each([
    ['12041991', '1991-04-12'],
    ['12/04/1991', '1991-04-12'],
    ['12/4/91', '1991-04-12'],
    ['120491', '1991-04-12'],
    ['12 avril 1991', '1991-04-12'],
    ['1er mai 08', '2008-05-01'],
    ['03/03/26', '1926-03-03'],
    ['02/03/26', '2026-03-02'],
    ['29/02/04', '2004-02-29'],
    ['1991-04-12', '1991-04-12'],
  ])('« %s » is %s', (typed, date) => expect(parseTypedBirthDate(typed, today)).toBe(date))

  test.each(['12/04', 'demain', 'mardi', '03/03/2026', '12/04/1899', '31/04/1991', '29/02/1991', ''])(
    '« %s » is none',
    (typed) => expect(parseTypedBirthDate(typed, today)).toBeNull(),
  )
})

describe('an hour typed', () => {
  test.each([
    ['1430', '14:30'],
    ['14h30', '14:30'],
    ['14 h 30', '14:30'],
    ['14\u00a0h\u00a030', '14:30'],
    ['14H30', '14:30'],
    ['14:30', '14:30'],
    ['14.30', '14:30'],
    ['9', '09:00'],
    ['9h', '09:00'],
    ['09', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9 heures 30', '09:30'],
    ['midi', '12:00'],
  ])('« %s » is %s', (typed, time) => expect(parseTypedTime(typed)).toBe(time))

  test.each(['', '25', '24h', '14h60', '9h5', 'matin', '12345', '-9x'])('« %s » is no hour', (typed) =>
    expect(parseTypedTime(typed)).toBeNull(),
  )
})
