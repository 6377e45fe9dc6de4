import { expect, it } from 'vitest'
import { typedMoment } from '../../admin/forms/typed-moment'

it.each([
  ['date', 'mardi', '2026-10-06', 'mardi 6 octobre 2026'],
  ['date', '2026-10-07', '2026-10-07', 'mercredi 7 octobre 2026'],
  ['time', '14h30', '14:30', '14\u00a0h\u00a030'],
] as const)('a %s typed as "%s" is sent and said as it is understood', (kind, text, value, words) => {
  expect(typedMoment(kind, text, '2026-10-05')).toEqual({ value, words })
})

it('what is not understood, or is no day nor hour, is sent as it is typed', () => {
  expect([
    typedMoment('date', 'le jour de la pluie', '2026-10-05'),
    typedMoment('time', '99h', '2026-10-05'),
    typedMoment('text', 'mardi', '2026-10-05'),
  ]).toEqual([null, null, null])
})
