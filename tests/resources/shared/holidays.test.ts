import Holidays from 'date-holidays'
import { describe, expect, test } from 'vitest'
import { holidayOn, holidaysOf, territoryOf } from '../../../resources/shared/holidays'

const datesOf = (department: string, year: number) => [
  ...new Set(holidaysOf(department, year).map(({ date }) => date)),
]

/** What an independent calendar says of the same territory. */
const elsewhere = (year: number, ...where: string[]) =>
  new Holidays(where[0] ?? 'FR', where[1] ?? '')
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
    .map(({ date }) => date.slice(0, 10))

const years = Array.from({ length: 9 }, (_, index) => 2024 + index)

describe('the days off', () => {
  test('of 2026 in Nanterre', () => {
    expect(holidaysOf('92', 2026)).toEqual([
      { date: '2026-01-01', name: 'Jour de l’an' },
      { date: '2026-04-06', name: 'Lundi de Pâques' },
      { date: '2026-05-01', name: 'Fête du travail' },
      { date: '2026-05-08', name: 'Victoire de 1945' },
      { date: '2026-05-14', name: 'Ascension' },
      { date: '2026-05-25', name: 'Lundi de Pentecôte' },
      { date: '2026-07-14', name: 'Fête nationale' },
      { date: '2026-08-15', name: 'Assomption' },
      { date: '2026-11-01', name: 'Toussaint' },
      { date: '2026-11-11', name: 'Armistice de 1918' },
      { date: '2026-12-25', name: 'Noël' },
    ])
  })

  test.each([
    ['67', '2026-04-03', 'Vendredi saint'],
    ['57', '2026-12-26', 'Saint-Étienne'],
    ['68', '2026-12-26', 'Saint-Étienne'],
    ['976', '2026-04-27', 'Abolition de l’esclavage'],
    ['972', '2026-05-22', 'Abolition de l’esclavage'],
    ['971', '2026-05-27', 'Abolition de l’esclavage'],
    ['978', '2026-05-27', 'Abolition de l’esclavage'],
    ['978', '2026-05-28', 'Abolition de l’esclavage'],
    ['973', '2026-06-10', 'Abolition de l’esclavage'],
    ['977', '2026-10-09', 'Abolition de l’esclavage'],
    ['974', '2026-12-20', 'Abolition de l’esclavage'],
    ['988', '2026-09-24', 'Fête de la citoyenneté'],
    ['987', '2026-03-05', 'Arrivée de l’Évangile'],
    ['987', '2026-11-20', 'Matari’i'],
    ['986', '2026-04-28', 'Saint-Pierre-Chanel'],
    ['986', '2026-07-29', 'Fête du territoire'],
    ['973', '2026-07-14', 'Fête nationale'],
  ])('in the département %s, %s is « %s »', (department, date, name) => {
    expect(holidayOn(department, date)).toBe(name)
  })

  test('of a territory are worked elsewhere', () => {
    expect(holidayOn('92', '2026-12-26')).toBeNull()
    expect(holidayOn('974', '2026-06-10')).toBeNull()
    expect(holidayOn('92', '2026-03-03')).toBeNull()
    // Easter and Whit Sunday are Sundays, not days off by law.
    expect(holidayOn('92', '2026-04-05')).toBeNull()
  })

  // Code du travail: L3133-1 names the eleven days of everywhere, L3422-2 (as décret 83-1003 for loi 83-550)
  // the abolition days of seven territories, L3134-13 Good Friday and 26 December of Alsace and Moselle only.
  test.each([
    ['971', '2026-05-27'],
    ['972', '2026-05-22'],
    ['973', '2026-06-10'],
    ['974', '2026-12-20'],
    ['976', '2026-04-27'],
    ['977', '2026-10-09'],
  ])(
    'overseas, département %s, are the eleven of L3133-1 and the abolition day of L3422-2',
    (code, abolition) => {
      const everywhere = holidaysOf('92', 2026).map(({ date }) => date)
      expect(datesOf(code, 2026)).toEqual([...everywhere, abolition].sort())
    },
  )

  test('Good Friday is a custom in Guadeloupe and Martinique, a day off in Alsace, Moselle and Polynesia', () => {
    const off = ['971', '972', '973', '92', '57', '67', '68', '987'].filter((code) =>
      holidayOn(code, '2026-04-03'),
    )
    expect(off).toEqual(['57', '67', '68', '987'])
  })

  test('Saint-Martin: 27 May by L3422-2, 28 May by the circular of 4 May 2018; not that of Guadeloupe alone', () => {
    const everywhere = holidaysOf('92', 2026).map(({ date }) => date)
    expect(datesOf('978', 2026)).toEqual([...everywhere, '2026-05-27', '2026-05-28'].sort())
    expect(holidayOn('971', '2026-05-28')).toBeNull()
    expect(holidayOn('977', '2026-05-27')).toBeNull()
  })

  test('keep both names when two fall together: Ascension on 1 May 2008 was also Labour day', () => {
    expect(holidaysOf('92', 2008).filter(({ date }) => date === '2008-05-01')).toHaveLength(2)
    expect(holidayOn('92', '2008-05-01')).not.toBeNull()
  })

  test.each([
    ['92', 'FR', ''],
    ['57', 'FR', '57'],
    ['67', 'FR', '67'],
    ['68', 'FR', '68'],
    ['973', 'GF', ''],
    ['974', 'RE', ''],
    ['975', 'PM', ''],
    ['976', 'YT', ''],
    ['977', 'BL', ''],
    ['986', 'WF', ''],
    ['988', 'NC', ''],
  ])(
    'of the département %s agree with an independent calendar, 2024 to 2032',
    (department, country, state) => {
      for (const year of years)
        expect(datesOf(department, year)).toEqual([...new Set(elsewhere(year, country, state))])
    },
  )

  test('of Polynesia agree from 2026, when Matari’i had replaced the Autonomy day', () => {
    for (const year of years.filter((each) => each >= 2026)) {
      expect(datesOf('987', year)).toEqual([...new Set(elsewhere(year, 'PF'))])
    }
  })

  test('every département has a territory, Corsica included', () => {
    expect(['2A', '2B', '01', '75'].map(territoryOf)).toEqual([
      'metropole',
      'metropole',
      'metropole',
      'metropole',
    ])
    expect(territoryOf('978')).toBe('saint_martin')
  })
})
