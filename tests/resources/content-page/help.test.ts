import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentPageFiles } from '../../../prisma/seed/content-pages'
import { imageAt } from '../../../resources/content-page/images'
import { parsePage } from '../../../resources/content-page/parse'

/** The help of the agents: an act a page, with the words and the images of its screens. */
const root = join(import.meta.dirname, '../../..')
const pages = contentPageFiles().filter(({ path }) => path.startsWith('/agents/aide/'))
const hub = contentPageFiles().find(({ path }) => path === '/agents/aide')

const plain = (text: string) =>
  text
    .replace(/\\u00a0|&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
    .toLocaleLowerCase('fr')

/** All that the product says, as its sources write it. */
const said = ['admin', 'portal', 'resources']
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => plain(readFileSync(join(root, room, file), 'utf8'))),
  )
  .join('\n')

const imagesIn = (body: string) => [...body.matchAll(/\]\((\/images\/[^)]+)\)/g)].map(([, to]) => to)

describe('a page of help', () => {
  it.each(pages)('$path cites no word that the screens do not say', ({ content: { body } }) => {
    const cited = [...body.replace(/!\[[^\]]*\]/g, '').matchAll(/«\s([^»]+?)\s»/g)].map(
      ([, words = '']) => words,
    )
    expect(cited.filter((words) => !said.includes(plain(words)))).toEqual([])
  })

  it.each(pages.filter(({ content }) => content.body.includes(':::etapes')))(
    '$path has steps, what comes after them, and whom to ask',
    ({ content: { body, facts } }) => {
      const titles = parsePage(body, facts).tree.sections.map(({ id }) => id)
      expect(titles.length).toBeGreaterThan(2)
      expect(titles).toContain('a-qui-demander')
    },
  )
})

it('the page of the help leads to every one of them', () => {
  const links = parsePage(hub?.content.body ?? '', []).links.map(({ to }) => to)
  expect(pages.map(({ path }) => path).filter((path) => !links.includes(path))).toEqual([])
})

describe('the images of the site', () => {
  const folder = join(root, 'portal/public')

  it('are each a light file that a page shows, at a room that is known', () => {
    const files = readdirSync(join(folder, 'images'), { recursive: true, encoding: 'utf8' })
      .map((file) => `/images/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.\w+$/.test(file))
    for (const file of files) expect(statSync(join(folder, file)).size, file).toBeLessThanOrEqual(24_000)
    const shown = new Set(contentPageFiles().flatMap(({ content }) => imagesIn(content.body)))
    expect(files.filter((file) => !shown.has(file) || !imageAt(file))).toEqual([])
    expect([...shown].filter((address = '') => !files.includes(address))).toEqual([])
  })

  it('weigh together what a page may, beside its text', () => {
    for (const { path, content } of contentPageFiles()) {
      const weight = imagesIn(content.body).reduce(
        (sum, address = '') => sum + statSync(join(folder, address)).size,
        0,
      )
      expect(weight, path).toBeLessThanOrEqual(50_000)
    }
  })
})
