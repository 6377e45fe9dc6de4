import { describe, expect, it } from 'vitest'
import { openingWords, rangesWords, daysWords } from '../../../resources/public-page/fr'
import { needsChecking, openingNow, weekLines } from '../../../resources/public-page/rules'
import { openingHours } from '../../../resources/public-page/schema'

const range = (from: string, to: string) => ({ from, to })
const fullDay = [range('09:00', '12:00'), range('13:30', '17:00')]
const hours = openingHours.parse({
  week: [fullDay, fullDay, fullDay, fullDay, [range('09:00', '12:00')], [], []],
  closures: [{ from: '2026-08-10', to: '2026-08-14' }],
})
const nanterre = { timeZone: 'Europe/Paris', departmentCode: '92' }
const cayenne = { timeZone: 'America/Cayenne', departmentCode: '973' }
const papeete = { timeZone: 'Pacific/Tahiti', departmentCode: '987' }

/** Spaces that do not break are read as spaces here. */
const said = (place: typeof nanterre, instant: string) =>
  openingWords(openingNow(hours, place, new Date(instant))).replaceAll('\u00a0', ' ')

describe('what the page of a service says of its opening', () => {
  it.each([
    // Monday 2 March 2026, winter time: Paris is UTC+1.
    ['before it opens', '2026-03-02T07:30:00Z', 'Fermé, ouvre aujourd’hui à 9 h'],
    ['at the minute it opens', '2026-03-02T08:00:00Z', 'Ouvert jusqu’à 12 h, puis de 13 h 30 à 17 h'],
    ['at lunch', '2026-03-02T11:00:00Z', 'Fermé, ouvre aujourd’hui à 13 h 30'],
    ['in the afternoon', '2026-03-02T13:00:00Z', 'Ouvert aujourd’hui jusqu’à 17 h'],
    ['at the minute it closes', '2026-03-02T16:00:00Z', 'Fermé, rouvre demain à 9 h'],
    ['on Friday afternoon', '2026-03-06T13:00:00Z', 'Fermé, rouvre lundi à 9 h'],
    ['on Sunday', '2026-03-08T10:00:00Z', 'Fermé, rouvre demain à 9 h'],
    ['on the eve of a long closure', '2026-08-07T15:00:00Z', 'Fermé, rouvre le lundi 17 août 2026 à 9 h'],
    ['on a day off by law', '2026-05-01T08:00:00Z', 'Fermé, rouvre lundi à 9 h'],
    ['the morning after the clocks went forward', '2026-03-30T06:59:00Z', 'Fermé, ouvre aujourd’hui à 9 h'],
    ['an hour of summer time later', '2026-03-30T07:00:00Z', 'Ouvert jusqu’à 12 h, puis de 13 h 30 à 17 h'],
  ])('%s', (_, instant, words) => {
    expect(said(nanterre, instant)).toBe(words)
  })

  it('reads the clock of the place, not that of Paris', () => {
    // 12:30 in Paris and 8:30 in Cayenne, then 14:00 and 10:00.
    expect(said(cayenne, '2026-03-02T11:30:00Z')).toBe('Fermé, ouvre aujourd’hui à 9 h')
    expect(said(cayenne, '2026-03-02T13:00:00Z')).toBe('Ouvert jusqu’à 12 h, puis de 13 h 30 à 17 h')
    // Already Tuesday in Paris, still Monday afternoon in Papeete.
    expect(said(papeete, '2026-03-03T01:00:00Z')).toBe('Ouvert aujourd’hui jusqu’à 17 h')
  })

  it('keeps the days off of the territory', () => {
    // 10 June, abolition of slavery: a Wednesday off in Guyane, a working day in Nanterre.
    expect(said(cayenne, '2026-06-10T14:00:00Z')).toBe('Fermé, rouvre demain à 9 h')
    expect(said(nanterre, '2026-06-10T14:00:00Z')).toBe('Ouvert aujourd’hui jusqu’à 17 h')
  })

  it('does not promise a day to a service that never opens', () => {
    const never = openingHours.parse({ week: [[], [], [], [], [], [], []] })
    expect(openingWords(openingNow(never, nanterre, new Date('2026-03-02T10:00:00Z')))).toBe(
      'Fermé pour le moment',
    )
  })

  it('tells days with the same hours once', () => {
    const lines = weekLines(hours).map((line) =>
      `${daysWords(line)} : ${rangesWords(line.ranges)}`.replaceAll('\u00a0', ' '),
    )
    expect(lines).toEqual(['lundi au jeudi : 9 h à 12 h, 13 h 30 à 17 h', 'vendredi : 9 h à 12 h'])
  })

  it('refuses hours that end before they begin', () => {
    const backwards = { week: [[range('17:00', '09:00')], [], [], [], [], [], []] }
    expect(openingHours.safeParse(backwards).success).toBe(false)
  })

  it('asks readers to verify what nobody has checked for a year', () => {
    const now = new Date('2026-03-02T10:00:00Z')
    expect(needsChecking(new Date('2025-03-03T10:00:00Z'), now)).toBe(false)
    expect(needsChecking(new Date('2025-02-20T10:00:00Z'), now)).toBe(true)
    expect(needsChecking(null, now)).toBe(true)
  })
})
