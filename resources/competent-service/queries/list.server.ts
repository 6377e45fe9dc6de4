import { Prisma, type OrganizationKind } from '@prisma/client'
import * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { id } from '../../shared/fields'
import { rowsOf } from '../../shared/prepared.server'
import { mayManageCompetentServices } from '../policy'

export interface CompetentServiceLine {
  id: number
  kind: OrganizationKind
  officialName: string
  organization: { id: number; name: string } | null
  cities: number
  toConfirm: number
}

/** One page of the directory: by name, with the communes of each entry. */
export async function listCompetentServices(
  ctx: Context<AgentActor>,
  filters: { text?: string; kind?: string; untied: boolean; page: number; perPage: number },
): Promise<{ rows: CompetentServiceLine[]; total: number }> {
  assertAllowed(mayManageCompetentServices(ctx.actor), 'read the directory of services')
  const { text, kind, untied, page, perPage } = filters
  const where = Prisma.sql`
    (${text ?? null}::text IS NULL OR fold_text(entry.official_name) LIKE '%' || fold_text(${text ?? null}) || '%')
    AND (${kind ?? null}::text IS NULL OR entry.kind::text = ${kind ?? null})
    AND (NOT ${untied}::boolean OR entry.organization_id IS NULL)`
  const rows = await rowsOf<CompetentServiceLine>(
    ctx,
    Prisma.sql`
    SELECT entry.id, entry.kind::text AS kind, entry.official_name AS "officialName",
           CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS organization,
           city.n::int AS cities, city.unsure::int AS "toConfirm"
      FROM competent_service entry
      LEFT JOIN organization o ON o.id = entry.organization_id,
      LATERAL (
        SELECT count(*) AS n,
               count(*) FILTER (WHERE NOT CASE entry.kind WHEN 'court' THEN court_confirmed
                                                          ELSE probation_service_confirmed END) AS unsure
          FROM city
         WHERE (entry.kind = 'court' AND competent_court_id = entry.id)
            OR (entry.kind <> 'court' AND competent_probation_service_id = entry.id)) city
     WHERE ${where}
     ORDER BY entry.kind, fold_text(entry.official_name), entry.id
     LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`,
  )
  const [counted] = await rowsOf<{ total: number }>(
    ctx,
    Prisma.sql`
    SELECT count(*)::int AS total
      FROM (SELECT 1 FROM competent_service entry WHERE ${where} LIMIT ${countedUpTo + 1}) found`,
  )
  return { rows, total: counted?.total ?? 0 }
}

/** What the form that ties an entry starts from. */
export const competentServiceToTie = query(
  z.object({ competentServiceId: id }),
  async (ctx: Context<AgentActor>, { competentServiceId }) => {
    assertAllowed(mayManageCompetentServices(ctx.actor), 'tie a competent service')
    const entry = orNotFound(
      await ctx.tx.competentService.findUnique({
        where: { id: competentServiceId },
        select: { organization: { select: { id: true, name: true } } },
      }),
      'competent service',
    )
    return {
      values: { organizationId: entry.organization ? String(entry.organization.id) : '' },
      labels: { organizationId: entry.organization?.name ?? '' },
    }
  },
)
