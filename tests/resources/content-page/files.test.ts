import { describe, expect, it } from 'vitest'
import { contentPageFiles } from '../../../prisma/seed/content-pages'
import { faultSentence } from '../../../resources/content-page/fr'
import { parsePage } from '../../../resources/content-page/parse'
import { fixedPages, numbersIn, numbersPath, whyNotPath } from '../../../resources/content-page/rules'
import { linesOf } from '../../../resources/content-page/tree'

/** The pages that every installation begins with, file by file. */
const pages = contentPageFiles().map((page) => ({
  ...page,
  ...parsePage(page.content.body, page.content.facts),
}))
const blocksOf = ({ tree: { opening, sections } }: (typeof pages)[number]) => [
  ...opening,
  ...sections.flatMap(({ blocks, parts }) => [...blocks, ...parts.flatMap((part) => part.blocks)]),
]
const anchorsOf = ({ tree: { sections } }: (typeof pages)[number]) =>
  sections.flatMap(({ id, parts }) => [id, ...parts.map((part) => part.id)])

describe('each file of the pages of the site', () => {
  it.each(pages)('$file has nothing wrong, and no block without words', (page) => {
    expect(
      page.faults.map((fault) => `${page.file}:${page.line + fault.line - 1} ${faultSentence(fault)}`),
    ).toEqual([])
    for (const line of linesOf(blocksOf(page))) expect(line.trim()).not.toBe('')
    expect(whyNotPath(page.path)).toBeNull()
  })

  it.each(pages)('$file leads to pages that exist, at an anchor they have', ({ file, line, links }) => {
    const dead = links.filter(({ to }) => {
      const [path = '', anchor] = to.split('#')
      if (fixedPages.some((fixed) => fixed.path === path)) return anchor !== undefined
      const page = pages.find((one) => one.path === path)
      return !page || (anchor !== undefined && !anchorsOf(page).includes(anchor))
    })
    expect(dead.map(({ to, line: at }) => `${file}:${line + at - 1} ${to}`)).toEqual([])
  })

  it.each(pages)(
    '$file dates its amounts and its sources, and cites only those',
    ({ content: { facts, sources, legalStatus, body } }) => {
      for (const { source, asOf } of [...facts, ...sources.map(({ code, asOf }) => ({ source: code, asOf }))])
        expect([source.length > 0, asOf]).toEqual([true, expect.stringMatching(/^20\d\d-\d\d-\d\d$/)])
      for (const { key } of facts) expect(body, `${key} is cited nowhere`).toContain(`:chiffre[${key}]`)
      if (legalStatus !== 'none' && facts.length > 0) expect(sources.length).toBeGreaterThan(0)
    },
  )
})

describe('together, they', () => {
  it.each(['title', 'shortTitle', 'description'] as const)('each have a %s of their own', (field) => {
    const told = pages.map(({ content }) => content[field].toLowerCase())
    expect(told.filter((one, index) => told.indexOf(one) < index)).toEqual([])
  })

  it('have the numbers that stand at the foot of every page', () => {
    const page = pages.find(({ path }) => path === numbersPath)
    const numbers = page ? numbersIn(page.tree).map(({ number }) => number) : []
    expect(numbers).toEqual(
      expect.arrayContaining(['15', '17', '18', '112', '114', '3114', '3919', '3039', '116 006']),
    )
  })
})

/** Long sentences and official words: told to who writes, refused to nobody. */
it('plain French, as a warning', () => {
  const hard =
    /\b(nonobstant|susmentionné|le cas échéant|afférent|diligenter|ledit|ladite|en vertu de|PPSMJ)\b/i
  const told = pages.flatMap((page) =>
    linesOf(blocksOf(page)).flatMap((line) =>
      line
        .split(/(?<=[.!?])\s+/)
        .filter((sentence) => sentence.split(/\s+/).length > 30 || hard.test(sentence))
        .map((sentence) => `${page.file}: ${sentence}`),
    ),
  )
  if (told.length > 0) process.stderr.write(`Hard to read:\n${told.join('\n')}\n`)
  expect(pages.length).toBeGreaterThan(0)
})
