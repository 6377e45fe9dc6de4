import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { probationerRefusals } from '../../../resources/probationer/fr'
import {
  formatPhone,
  isMobileOfFrance,
  isReservedForFiction,
  normalizePhone,
  phoneInSms,
  whyNotProbationerPhone,
} from '../../../resources/shared/phone'
import { anyText } from '../../support/any-text'

describe('a number typed by an agent', () => {
  test.each([
    '0612345678',
    '06 12 34 56 78',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '06/12/34/56/78',
    '+33612345678',
    '+33 6 12 34 56 78',
    '+33 (0)6 12 34 56 78',
    '0033612345678',
    '0033 (0) 6 12 34 56 78',
    '33612345678',
    '612345678',
    ' 06\u00a012\u202f34 56 78 ',
    '\u202a06 12 34 56 78\u202c',
  ])('«%s» is the same mobile', (typed) => {
    expect(normalizePhone(typed, '92')).toBe('+33612345678')
  })

  test.each([
    ['0690 12 34 56', '+590690123456'],
    ['0691 22 34 56', '+590691223456'],
    ['0709 00 12 34', '+590709001234'],
    ['0694 01 23 45', '+594694012345'],
    ['07093 0 1234', '+594709301234'],
    ['0696 12 34 56', '+596696123456'],
    ['0697 12 34 56', '+596697123456'],
    ['07091 0 1234', '+596709101234'],
    ['0692 12 34 56', '+262692123456'],
    ['0693 01 23 45', '+262693012345'],
    ['07092 0 1234', '+262709201234'],
    ['0639 01 23 45', '+262639012345'],
    ['07093 5 1234', '+262709351234'],
    ['0590 81 12 34', '+590590811234'],
    ['0594 29 12 34', '+594594291234'],
    ['0596 70 12 34', '+596596701234'],
    ['0262 40 12 34', '+262262401234'],
    ['0269 61 12 34', '+262269611234'],
  ])('%s belongs to its territory wherever it is typed', (typed, stored) => {
    for (const department of ['92', '973', '974', '988'])
      expect(normalizePhone(typed, department)).toBe(stored)
  })

  test('an overseas mobile wrongly prefixed +33 takes its real prefix', () => {
    expect(normalizePhone('+33694012345', '92')).toBe('+594694012345')
  })

  test('where no French range decides, the territory of the service does', () => {
    expect(normalizePhone('75 12 34', '988')).toBe('+687751234')
    expect(normalizePhone('87 12 34 56', '987')).toBe('+68987123456')
    expect(normalizePhone('82 12 34', '986')).toBe('+681821234')
    expect(normalizePhone('55 12 34', '975')).toBe('+508551234')
    expect(normalizePhone('75 12 34', '92')).toBeNull()
    expect(normalizePhone('+687 75 12 34', '92')).toBe('+687751234')
    expect(normalizePhone('06 12 34 56 78', '988')).toBe('+33612345678')
  })

  test('a landline and a foreign number are numbers too', () => {
    expect(normalizePhone('01 40 97 12 34', '92')).toBe('+33140971234')
    expect(normalizePhone('+44 7911 123456', '92')).toBe('+447911123456')
    expect(normalizePhone('00 32 470 12 34 56', '92')).toBe('+32470123456')
  })

  test.each([
    '',
    'abc',
    '06 12 34 56',
    '06 12 34 56 7x',
    '06 12 34 56 78 90',
    '+',
    '00',
    '0612345678 mère',
    '0600',
  ])('«%s» is not a number', (typed) => expect(normalizePhone(typed, '92')).toBeNull())

  test('a number once stored reads as itself, however it is shown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('06', '07', '0690', '0694', '0696', '0692', '0639', '01', '0594'),
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom('92', '973', '988'),
        (prefix, rest, department) => {
          const stored = normalizePhone((prefix + String(rest).padStart(8, '0')).slice(0, 10), department)
          if (stored === null) return
          expect(normalizePhone(stored, department)).toBe(stored)
          expect(normalizePhone(formatPhone(stored), department)).toBe(stored)
          expect(normalizePhone(phoneInSms(stored), department)).toBe(stored)
        },
      ),
    )
  })

  test('nothing typed makes the reading fail', () => {
    fc.assert(
      fc.property(anyText(30), (typed) => {
        const stored = normalizePhone(typed, '92')
        if (stored !== null) expect(stored).toMatch(/^\+\d{6,15}$/)
      }),
    )
  })
})

describe('the number of a probationer', () => {
  test.each([
    '+33612345678',
    '+33756789012',
    '+590690123456',
    '+594694012345',
    '+596696123456',
    '+262692123456',
    '+262639012345',
    '+508551234',
    '+687751234',
    '+68987123456',
    '+681821234',
  ])('%s is a mobile of France or of a territory', (phone) => {
    expect(isMobileOfFrance(phone)).toBe(true)
    expect(whyNotProbationerPhone(phone, { fictionAllowed: false })).toBeNull()
    // What a refusal says of those that are accepted holds for this one.
    const begins = phone.startsWith('+33') ? `0${phone.charAt(3)}` : phone.slice(0, 4)
    for (const code of ['probationer.phone_unreadable', 'probationer.phone_not_mobile'] as const)
      expect(probationerRefusals[code]).toContain(begins)
  })

  test.each([
    '+33140971234',
    '+594594291234',
    '+447911123456',
    '+33199001020',
    '+33694012345',
    'n’importe quoi',
  ])('%s cannot receive our messages', (phone) => {
    expect(whyNotProbationerPhone(phone, { fictionAllowed: true })).toBe('probationer.phone_not_mobile')
  })

  test('06 39 98 is for fiction, not of Mayotte, and reads as such in every spelling', () => {
    for (const typed of ['06 39 98 41 27', '+33639984127', '0033 6 39 98 41 27', '33639984127']) {
      for (const department of ['92', '976']) expect(normalizePhone(typed, department)).toBe('+33639984127')
    }
    expect(normalizePhone('01 99 00 10 20', '92')).toBe('+33199001020')
    expect(isReservedForFiction('+33639984127')).toBe(true)
    expect(isReservedForFiction('+33199001020')).toBe(true)
    expect(isReservedForFiction('+33639974127')).toBe(false)
    expect(isReservedForFiction('+262639984127')).toBe(false)
  })

  test('numbers for fiction are accepted in demonstration and refused in production', () => {
    expect(whyNotProbationerPhone('+33639984127', { fictionAllowed: true })).toBeNull()
    expect(whyNotProbationerPhone('+33639984127', { fictionAllowed: false })).toBe(
      'probationer.phone_reserved_for_fiction',
    )
  })
})

describe('a number shown', () => {
  test('on a screen, with no-break spaces and its prefix overseas', () => {
    expect(formatPhone('+33639984127')).toBe('06\u00a039\u00a098\u00a041\u00a027')
    expect(formatPhone('+33199001020')).toBe('01\u00a099\u00a000\u00a010\u00a020')
    expect(formatPhone('+594694012345')).toBe('+594\u00a0694\u00a001\u00a023\u00a045')
    expect(formatPhone('+262639012345')).toBe('+262\u00a0639\u00a001\u00a023\u00a045')
    expect(formatPhone('+687751234')).toBe('+687\u00a075\u00a012\u00a034')
  })

  test('in an SMS, as it is dialled and without spaces', () => {
    expect(phoneInSms('+33639984127')).toBe('0639984127')
    expect(phoneInSms('+594594291234')).toBe('0594291234')
    expect(phoneInSms('+262639012345')).toBe('0639012345')
    expect(phoneInSms('+687271234')).toBe('271234')
    expect(phoneInSms('+68940501234')).toBe('40501234')
    expect(phoneInSms('+447911123456')).toBe('+447911123456')
  })
})
