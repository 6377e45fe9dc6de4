import { describe, expect, test } from 'vitest'
import { deliveryWords } from '../../../resources/message/fr'

const delivery = (more: object) => ({
  kind: 'reminder' as const,
  state: 'planned' as const,
  endReason: null,
  phoneOff: false,
  due: { date: '2026-03-09', time: '14:30' },
  ...more,
})
const word = (...told: Parameters<typeof deliveryWords>) => deliveryWords(...told).word.replace(/\s/g, ' ')

describe('the label of an appointment’s SMS', () => {
  test('says when the reminder leaves', () => {
    expect(word(delivery({}), null)).toBe('Rappel lundi 9, 14 h 30')
  })

  test.each([
    ['opted_out', 'Refuse les SMS'],
    ['no_phone', 'Pas de portable'],
    ['dead_number', 'Numéro à corriger'],
    ['archived', 'Fiche archivée'],
  ] as const)('promises nothing to whom %s', (reason, expected) => {
    expect(word(delivery({}), reason)).toBe(expected)
    expect(word(null, reason)).toBe(expected)
    expect(word(delivery({ state: 'suppressed', endReason: reason }), null)).toBe(expected)
  })

  test('still says what did arrive before', () => {
    expect(word(delivery({ state: 'delivered' }), 'opted_out')).toBe('SMS reçu')
  })

  test.each([
    [{ state: 'failed', endReason: 'unallocated_number' }, 'SMS non reçu'],
    [{ state: 'sent', endReason: 'no_receipt' }, 'SMS sans accusé'],
    [{ state: 'sent', phoneOff: true }, 'SMS en attente : téléphone éteint'],
    [{ state: 'expired', endReason: 'deadline' }, 'SMS non envoyé : il était trop tard'],
  ])('%j is « %s »', (message, expected) => {
    expect(word(delivery(message), null)).toBe(expected)
  })
})
