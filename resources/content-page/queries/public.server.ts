import { Prisma } from '@prisma/client'
import { civilOf, type CivilDate } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { languageOf } from '../../shared/language'
import { rowsOf } from '../../shared/prepared.server'
import { parsePage } from '../parse'
import { above, below, beside, numbersIn, numbersPath, plainPath, trailOf, wantsNumbers } from '../rules'
import {
  askedPathInput,
  facts as factsShape,
  previewInput,
  sources as sourcesShape,
  type ContentState,
  type Fact,
  type Layout,
} from '../schema'
import type { PageTree, UsefulNumber } from '../tree'

/** A page among the others of its part of the site. */
export interface PageInOutline {
  path: string
  order: number
  shortTitle: string
  description: string
}

interface Read {
  path: string
  state: ContentState
  checkedOn: CivilDate | null
  versionId: number | null
  title: string
  shortTitle: string
  description: string
  lead: string
  order: number
  layout: Layout
  body: string
  facts: unknown
  sources: unknown
  publishedAt: Date | null
  outline: PageInOutline[]
  /** The same page in French and in the other languages, as far as they are published. */
  translations: string[] | null
  numbers: Text | null
}

/** The text of a version, as it is kept. */
interface Text {
  versionId: number
  body: string
  facts: unknown
}

/** What a version says never changes: what it was parsed to serves again. */
const parsed = new Map<number, { tree: PageTree; facts: Fact[] }>()
/** More pages than the site has. */
const mostParsed = 400

function treeOf({ versionId, body, facts }: Text) {
  const known = parsed.get(versionId)
  if (known) return known
  const cited = factsShape.parse(facts)
  const made = { tree: parsePage(body, cited).tree, facts: cited }
  if (parsed.size >= mostParsed) parsed.clear()
  parsed.set(versionId, made)
  return made
}

const numbersRow = Prisma.sql`
  SELECT json_build_object('versionId', w.id, 'body', w.body, 'facts', w.facts)
    FROM content_page n JOIN content_page_version w ON w.id = n.published_version_id
   WHERE n.path = ${numbersPath} AND n.state = 'published'`

const words = Prisma.sql`
  p.path, p.state::text AS state, p.checked_on::text AS "checkedOn", v.id AS "versionId", v.title,
  v.short_title AS "shortTitle", v.description, v.lead, v."order", v.layout::text AS layout, v.body, v.facts,
  v.sources, v.published_at AS "publishedAt",
  coalesce((SELECT json_agg(json_build_object('path', o.path, 'order', w."order", 'shortTitle', w.short_title,
                                              'description', w.description))
              FROM content_page o JOIN content_page_version w ON w.id = o.published_version_id
             WHERE o.state = 'published' AND split_part(o.path, '/', 2) = split_part(p.path, '/', 2)), '[]') AS outline,
  (SELECT array_agg(o.path) FROM content_page o
    WHERE o.state = 'published'
      AND o.path IN (SELECT before || regexp_replace(p.path, '^/(en|ar)(?=/)', '')
                       FROM unnest(ARRAY['', '/en', '/ar']) before)) AS translations,
  (${numbersRow}) AS numbers`

export type ContentPageView = ReturnType<typeof viewOf>

function viewOf(read: Read & { versionId: number }, pages: readonly PageInOutline[]) {
  const { path, title, shortTitle, description, lead, layout, checkedOn, publishedAt, sources } = read
  const { tree, facts } = treeOf(read)
  const { previous, next } = beside(path, pages)
  return {
    ...{ path, title, shortTitle, description, lead, layout, checkedOn, tree, facts },
    publishedOn: publishedAt && civilOf(publishedAt, 'Europe/Paris').date,
    sources: sourcesShape.parse(sources),
    language: languageOf(path),
    languages: (read.translations ?? []).map(languageOf),
    trail: trailOf(path, pages),
    below: below(path, pages),
    parent: above(path, pages) ?? null,
    previous,
    next,
    numbers: wantsNumbers(path, tree) && read.numbers ? numbersIn(treeOf(read.numbers).tree) : [],
  }
}

/** The numbers to call, as their page says them. */
export const usefulNumbers = query(noInput, async (ctx: Context): Promise<UsefulNumber[]> => {
  const [row] = await rowsOf<{ numbers: Text | null }>(ctx, Prisma.sql`SELECT (${numbersRow}) AS numbers`)
  return row?.numbers ? numbersIn(treeOf(row.numbers).tree) : []
})

/** What an address of the site tells: a page, that it was taken off, or nothing. Its own spelling comes with it. */
export const pageAt = query(
  askedPathInput,
  async (
    ctx: Context,
    { path },
  ): Promise<{ path: string; page: ContentPageView | null; wasArchived: boolean; title: string } | null> => {
    const [read] = await rowsOf<Read>(
      ctx,
      Prisma.sql`SELECT ${words} FROM content_page p LEFT JOIN content_page_version v ON v.id = p.published_version_id
                  WHERE p.path = ${plainPath(path)} AND p.state <> 'draft'`,
    )
    if (!read || read.versionId === null) return null
    const isClosed = read.state === 'archived'
    return {
      path: read.path,
      title: read.title,
      wasArchived: isClosed,
      page: isClosed ? null : viewOf({ ...read, versionId: read.versionId }, read.outline),
    }
  },
)

/** What is being written of a page, for whoever was given its secret link; not found once it was published. */
export const previewOfPage = query(
  previewInput,
  async (ctx: Context, { token }): Promise<ContentPageView> => {
    const [read] = await rowsOf<Read & { versionId: number }>(
      ctx,
      Prisma.sql`SELECT ${words} FROM content_page p JOIN LATERAL (
                 SELECT * FROM content_page_version latest WHERE latest.page_id = p.id ORDER BY id DESC LIMIT 1) v ON true
                WHERE p.preview_token = ${token}`,
    )
    const draft = orNotFound(read, 'preview of a page')
    const { path, order, shortTitle, description } = draft
    const others = draft.outline.filter((page) => page.path !== path)
    return viewOf(draft, [...others, { path, order, shortTitle, description }])
  },
)

/** All that is published, with what changed it last: for the plan of the site and for robots. */
export const publishedPages = query(
  noInput,
  (ctx: Context): Promise<(PageInOutline & { changedAt: Date })[]> =>
    rowsOf(
      ctx,
      Prisma.sql`SELECT p.path, v."order", v.short_title AS "shortTitle", v.description, v.published_at AS "changedAt"
                   FROM content_page p JOIN content_page_version v ON v.id = p.published_version_id
                  WHERE p.state = 'published' ORDER BY p.path`,
    ),
)
