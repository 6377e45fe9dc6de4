import { describe, expect, test } from 'vitest'
import { agentLastName, firstName, lastName, namesTyped } from '../../../resources/shared/names'

describe('a first name', () => {
  test.each([
    ['jean-marie', 'Jean-Marie'],
    ['JEAN  MARIE', 'Jean Marie'],
    ['Jean\u2011philippe', 'Jean\u2011Philippe'],
    ['jean–luc', 'Jean–Luc'],
    ["N'golo", "N'Golo"],
    ['n’golo', 'N’Golo'],
    ['isma’il', 'Isma’il'],
    ['İBRAHİM', 'İbrahim'],
    ['ibrahi\u0307m', 'Ibrahim'],
    ['e\u0301lodie', 'Élodie'],
    ['ÉLODIE', 'Élodie'],
    ['o\u0308mer', 'Ömer'],
    ['Mar\u200btin\u00ad', 'Martin'],
    ['\u2066Ali\u2069', 'Ali'],
    ['ПЁТР', 'Пётр'],
    ['محمد', 'محمد'],
    ['芳', '芳'],
    ['राम', 'राम'],
    ['გიორგი', 'გიორგი'],
  ])('« %s » is written « %s »', (typed, written) => expect(firstName.parse(typed)).toBe(written))
})

describe('a last name', () => {
  test.each([
    ['d’artagnan', 'D’ARTAGNAN'],
    ['le  goff', 'LE GOFF'],
    ['be\u0301nard', 'BÉNARD'],
    ['kılıç', 'KILIÇ'],
    ['straße', 'STRASSE'],
    ['Иванов', 'ИВАНОВ'],
    ['ბერიძე', 'ბერიძე'],
    ['le-goff', 'LE-GOFF'],
  ])('« %s » is written « %s »', (typed, written) => expect(lastName.parse(typed)).toBe(written))
})

test.each(['=SOMME(A1)', '+33 Luc', '-Luc', '@luc', '\u200b=cmd', '＝cmd', '\t=cmd'])(
  'a formula is no name: %j',
  (typed) => {
    for (const name of [lastName, firstName, agentLastName])
      expect(name.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual([
        'Un nom ne commence pas par =, +, - ou @.',
      ])
  },
)

describe('the last name of an agent', () => {
  test.each([
    ['VASSEUR', 'Vasseur'],
    ['faure-bellec', 'Faure-Bellec'],
    ['Le  Goff', 'Le Goff'],
    ['de La Tour', 'de La Tour'],
    ['MacAllister', 'MacAllister'],
    ['王', '王'],
  ])('« %s » is written « %s »', (typed, written) => {
    expect(agentLastName.parse(typed)).toBe(written)
    expect(agentLastName.parse(written)).toBe(written)
  })
})

test.each(['\u200b', '....', '  ', '-', '’', '\u3164', '123', '\u2800', '😀'])(
  '« %s » is no name',
  (typed) => {
    expect(firstName.safeParse(typed).success).toBe(false)
    expect(lastName.safeParse(typed).success).toBe(false)
  },
)

test('what is written is written the same when it comes back', () => {
  for (const typed of ['İBRAHİM', "N'golo", 'e\u0301lodie', 'STRASSE', 'Jean\u2011philippe']) {
    expect(firstName.parse(firstName.parse(typed))).toBe(firstName.parse(typed))
    expect(lastName.parse(lastName.parse(typed))).toBe(lastName.parse(typed))
  }
})

test('a name has its length once written, not as it was typed', () => {
  expect(lastName.parse('ß'.repeat(50))).toBe('S'.repeat(100))
  expect(lastName.safeParse('ß'.repeat(51)).success).toBe(false)
})

test.each([
  ['MARTIN Élodie', 'MARTIN', 'Élodie'],
  ['martin élodie', 'martin', 'élodie'],
  ['DE LA TOUR Jean-Marie', 'DE LA TOUR', 'Jean-Marie'],
  ['de la tour jean', 'de la tour', 'jean'],
  ['  le goff  yann luc ', 'le goff', 'yann luc'],
  ['BENALI SAMIR', 'BENALI', 'SAMIR'],
  ['d’arcy 12/04/1991', 'd’arcy', ''],
  ['Ben', 'Ben', ''],
  ['0639980012', '', ''],
])('« %s », typed to look for somebody, is « %s » then « %s »', (typed, last, first) => {
  expect(namesTyped(typed)).toEqual({ lastName: last, firstName: first })
})
