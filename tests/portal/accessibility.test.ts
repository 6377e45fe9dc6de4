import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stateOf, tally, themes } from '../../portal/accessibilite'

/** By theme, in the RGAA 4.1.2. */
const criteriaOfThemes = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
const criteria = themes.flatMap(({ criteria }) => criteria)

describe('what the site says of its accessibility', () => {
  it('speaks of the 106 criteria, once each, in their order', () => {
    const numbers = criteriaOfThemes.flatMap((count, theme) =>
      Array.from({ length: count }, (_, rank) => `${theme + 1}.${rank + 1}`),
    )
    expect(numbers).toHaveLength(106)
    expect(criteria.map(({ number }) => number)).toEqual(numbers)
    expect(new Set(criteria.map(({ title }) => title)).size).toBe(106)
  })

  it('says of what was looked at what was seen, on a day that has come', () => {
    const today = new Date().toISOString().slice(0, 10)
    for (const { number, look } of criteria) {
      if (!look) continue
      expect(look.note, number).toMatch(/\S.*\.$/)
      expect(look.on, number).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(look.on <= today, number).toBe(true)
    }
  })

  it('names tests that exist', () => {
    const root = join(import.meta.dirname, '../..')
    const named = criteria.flatMap(({ look }) => (look && look.how !== 'by hand' ? [look.how] : []))
    expect(named.length).toBeGreaterThan(10)
    for (const { file, test } of named) {
      const source = readFileSync(join(root, file), 'utf8').replace(/\(\s+/g, '(')
      expect(source.includes(`('${test}',`), `${file}: ${test}`).toBe(true)
    }
  })
})

describe('the rate', () => {
  const on = '2026-01-05'
  const criterion = (number: string, result?: 'conforme' | 'non conforme' | 'non applicable') => ({
    number,
    title: number,
    ...(result && { look: { result, how: 'by hand' as const, on, note: 'Vu.' } }),
  })

  it('is that of the applicable criteria that were looked at, rounded down', () => {
    const of = [
      {
        name: 'Un thème',
        criteria: [
          criterion('1.1', 'conforme'),
          criterion('1.2', 'conforme'),
          criterion('1.3', 'non conforme'),
          criterion('1.4', 'non applicable'),
          criterion('1.5'),
        ],
      },
    ]
    expect(tally(of)).toMatchObject({ tested: 4, untested: 1, applicable: 3, conforming: 2, rate: 66 })
    expect(tally([{ name: 'Vide', criteria: [criterion('1.1')] }]).rate).toBeNull()
  })

  it('allows nothing but "non conforme" without an audit, nor "totalement" while something is untested', () => {
    const by = { by: 'Une auditrice', on }
    expect(stateOf({ rate: 100, untested: 0 }, null)).toBe('non conforme')
    expect(stateOf({ rate: 100, untested: 0 }, by)).toBe('totalement conforme')
    expect(stateOf({ rate: 100, untested: 1 }, by)).toBe('partiellement conforme')
    expect(stateOf({ rate: 50, untested: 0 }, by)).toBe('partiellement conforme')
    expect(stateOf({ rate: 49, untested: 0 }, by)).toBe('non conforme')
    expect(stateOf({ rate: null, untested: 106 }, by)).toBe('non conforme')
  })
})
