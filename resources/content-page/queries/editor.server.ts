import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf, type CivilDate } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { rowsOf } from '../../shared/prepared.server'
import { mayManagePages } from '../policy'
import { fixedPages } from '../rules'
import { facts, listPagesInput, pageIdInput, sources, type ContentState, type LegalStatus } from '../schema'

/** Of a page, as many as one compares. */
const versionsShown = 30

interface Listed {
  id: number
  path: string
  state: ContentState
  title: string
  legalStatus: LegalStatus
  isAhead: boolean
  checkedOn: CivilDate | null
  writtenAt: Date
  lastName: string | null
  firstName: string | null
  total: number
}

/** The pages of the site as they are being written, by their address. */
export const listPages = query(
  listPagesInput,
  async (ctx: Context<AgentActor>, { filters: { text, state, legalStatus }, page, perPage }) => {
    assertAllowed(mayManagePages(ctx.actor), 'list the pages of the site')
    const rows = await rowsOf<Listed>(
      ctx,
      Prisma.sql`
        SELECT p.id, p.path, p.state::text AS state, v.title, v.legal_status::text AS "legalStatus",
               v.id IS DISTINCT FROM p.published_version_id AS "isAhead", p.checked_on::text AS "checkedOn",
               v.created_at AS "writtenAt", a.last_name AS "lastName", a.first_name AS "firstName",
               count(*) OVER ()::int AS total
          FROM content_page p
          JOIN LATERAL (SELECT * FROM content_page_version latest WHERE latest.page_id = p.id
                         ORDER BY id DESC LIMIT 1) v ON true
          LEFT JOIN agent a ON a.id = v.created_by_id
         WHERE (${text ?? null}::text IS NULL
                OR position(fold_text(${text ?? ''}::text) IN fold_text(v.title || ' ' || replace(p.path, '/', ' '))) > 0)
           AND (${state ?? null}::text IS NULL OR p.state::text = ${state ?? null}::text)
           AND (${legalStatus ?? null}::text IS NULL OR v.legal_status::text = ${legalStatus ?? null}::text)
         ORDER BY p.path LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`,
    )
    return {
      total: rows[0]?.total ?? 0,
      rows: rows.map(({ lastName, firstName, writtenAt, total: _, ...row }) => ({
        ...row,
        on: civilOf(writtenAt, ctx.actor.organization.timeZone).date,
        by: lastName && firstName ? agentName({ lastName, firstName }) : null,
      })),
    }
  },
)

/** A page as its editors work on it: its latest version, those before it, what the public reads, its secret link. */
export const pageEditor = query(pageIdInput, async (ctx: Context<AgentActor>, { pageId }) => {
  const { actor } = ctx
  assertAllowed(mayManagePages(actor), 'open a page of the site')
  const [page, others] = await Promise.all([
    ctx.tx.contentPage.findUnique({
      where: { id: pageId },
      select: {
        ...{
          id: true,
          path: true,
          state: true,
          publishedVersionId: true,
          checkedOn: true,
          previewToken: true,
        },
        checkedBy: { select: { firstName: true, lastName: true } },
        versions: {
          include: {
            createdBy: { select: { firstName: true, lastName: true } },
            publishedBy: { select: { firstName: true, lastName: true } },
          },
          orderBy: { id: 'desc' },
          take: versionsShown,
        },
      },
    }),
    pathsOnline(ctx),
  ])
  const { versions, checkedOn, checkedBy, previewToken, ...found } = orNotFound(page, 'page of the site')
  const momentOf = (instant: Date) => civilOf(instant, actor.organization.timeZone)
  const described = versions.map(
    ({ createdBy, createdAt, publishedBy, publishedAt, facts: cited, sources: cites, ...said }) => ({
      ...said,
      facts: facts.parse(cited),
      sources: sources.parse(cites),
      by: createdBy && agentName(createdBy),
      ...{ on: momentOf(createdAt).date, at: momentOf(createdAt).time },
      publishedOn: publishedAt && momentOf(publishedAt).date,
      publishedBy: publishedBy && agentName(publishedBy),
    }),
  )
  return {
    ...found,
    latest: orNotFound(described[0], 'version of a page'),
    versions: described,
    checkedOn: checkedOn && civilDateFromDb(checkedOn),
    checkedBy: checkedBy && agentName(checkedBy),
    previewPath: `/apercu/${previewToken}`,
    pathsOnline: others,
  }
})

/** The addresses that a page may lead to, for a text that leads elsewhere to be told. */
async function pathsOnline(ctx: Context): Promise<string[]> {
  const rows = await ctx.tx.contentPage.findMany({
    where: { state: 'published' },
    select: { path: true },
    orderBy: { path: 'asc' },
  })
  return [...fixedPages.map(({ path }) => path), ...rows.map(({ path }) => path)]
}
