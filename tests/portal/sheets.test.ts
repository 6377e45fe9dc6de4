import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../build/portal/client/assets')
const sheet = readdirSync(folder)
  .filter((file) => /^portal-.*\.css$/.test(file))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('')

it.each([
  ['a class whose end is a variable', ['.fr-alert--error', '.fr-alert--success', '.msj-callout--']],
  ['a heading whose level is one', ['h2', 'h4']],
  ['what React spells otherwise', ['[tabindex]:focus']],
  ['whatever has the focus', [':focus-visible{']],
  ['pages that are read from the right', ['[dir=rtl]']],
])('the sheet of the site keeps the rules of %s', (_, selectors) => {
  expect(selectors.filter((selector) => !sheet.includes(selector))).toEqual([])
})

it('the sheet of the site leaves behind what no page names', () => {
  expect(sheet).not.toMatch(/\.fr-(modal|tile|grid-row|m-1w)\b/)
})
