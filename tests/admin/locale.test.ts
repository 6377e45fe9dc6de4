import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { french } from '../../admin/adminjs/locale'

const adminJs = dirname(createRequire(import.meta.url).resolve('adminjs'))
const english = JSON.parse(readFileSync(join(adminJs, 'lib/locale/en/translation.json'), 'utf8')) as object

function keysOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value as object, `${path}${key}.`)
      : [`${path}${key}`],
  )
}

const said = (words: object) =>
  keysOf(words).map((path) => [
    path,
    path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], words) as string,
  ])

describe('Everything AdminJS says is said in French', () => {
  const words = french.translations?.fr ?? {}

  it('no key of the English locale is missing', () => {
    expect(keysOf(words)).toEqual(expect.arrayContaining(keysOf(english)))
  })

  it('each sentence keeps the values it is given', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort()
    const given = new Map(said(english) as [string, string][])
    for (const [path, text] of said(words) as [string, string][]) {
      const original = given.get(path)
      // What an error names in English is not always worth saying in French, but nothing is invented.
      if (original !== undefined)
        expect(placeholders(original), path).toEqual(expect.arrayContaining(placeholders(text)))
    }
  })

  it('French signs stand after a no-break space', () => {
    for (const [path, text] of said(words) as [string, string][]) {
      expect(text, path).not.toMatch(/ [:;?!»]|« /)
      expect(text, path).not.toContain("'")
    }
  })
})
