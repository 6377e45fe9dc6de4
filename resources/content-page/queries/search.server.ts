import { Prisma } from '@prisma/client'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { fold } from '../../shared/fold'
import { rowsOf } from '../../shared/prepared.server'
import { isForAgents, likenessOf, wordsSought } from '../rules'
import { searchPagesInput } from '../schema'

interface FoundPage {
  path: string
  title: string
  description: string
}

interface Published extends FoundPage {
  versionId: number
  shortTitle: string
  lead: string
}

/** What a version says never changes: its folded words serve again. */
const foldedOf = new Map<number, { title: string; text: string }>()
/** Where the links of a text lead: words that nobody reads. */
const addresses = /(?<=\])\([^)]*\)/g
/** More pages than the site has. */
const mostFolded = 400

/** The published pages that hold every word typed, or its beginning; those that are named so first. Twenty at most. */
export const searchPages = query(searchPagesInput, async (ctx: Context, { text }): Promise<FoundPage[]> => {
  const words = wordsSought(text)
  if (words.length === 0) return []
  const pages = await rowsOf<Published>(
    ctx,
    Prisma.sql`SELECT p.path, v.id AS "versionId", v.title, v.short_title AS "shortTitle", v.description, v.lead
                   FROM content_page p JOIN content_page_version v ON v.id = p.published_version_id
                  WHERE p.state = 'published' ORDER BY p.path`,
  )
  if (foldedOf.size > mostFolded) foldedOf.clear()
  await foldThose(
    ctx,
    pages.filter(({ versionId }) => !foldedOf.has(versionId)),
  )
  return (
    pages
      .map((page) => ({ page, likeness: likenessOf(words, foldedOf.get(page.versionId)) }))
      .filter(({ likeness }) => likeness > 0)
      // What is written for agents comes after what everybody reads.
      .toSorted(
        (one, other) =>
          Number(isForAgents(one.page)) - Number(isForAgents(other.page)) || other.likeness - one.likeness,
      )
      .slice(0, 20)
      .map(({ page: { path, title, description } }) => ({ path, title, description }))
  )
})

async function foldThose(ctx: Context, pages: readonly Published[]): Promise<void> {
  if (pages.length === 0) return
  const bodies = await ctx.tx.contentPageVersion.findMany({
    where: { id: { in: pages.map(({ versionId }) => versionId) } },
    select: { id: true, body: true },
  })
  for (const { versionId, title, shortTitle, description, lead } of pages) {
    const body = bodies.find(({ id }) => id === versionId)?.body ?? ''
    foldedOf.set(versionId, {
      title: fold(`${title} ${shortTitle}`),
      text: fold(`${title} ${shortTitle} ${description} ${lead} ${body.replace(addresses, '')}`),
    })
  }
}
