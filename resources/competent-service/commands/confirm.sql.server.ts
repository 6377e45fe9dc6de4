import { Prisma } from '@prisma/client'
import type { OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'

/** What the ministry says: this service is the competent one of its kind for this commune. */
export interface Competence {
  kind: OrganizationKind
  inseeCode: string
  officialName: string
}

/** Of a commune: its service of each kind, and whether that is sure. */
export const columnsOf = {
  court: { service: Prisma.raw('competent_court_id'), confirmed: Prisma.raw('court_confirmed') },
  probation_service: {
    service: Prisma.raw('competent_probation_service_id'),
    confirmed: Prisma.raw('probation_service_confirmed'),
  },
} as const

/**
 * Ties communes to their services, for sure from now on; an entry of the directory is found by its name,
 * capitals and accents aside, or made.
 *
 * @returns "kind code" of the communes that exist, by whether something changed of them.
 */
export async function confirmCompetence(
  ctx: Context,
  wanted: readonly Competence[],
): Promise<{ changed: Set<string>; unchanged: Set<string> }> {
  const [changed, unchanged] = [new Set<string>(), new Set<string>()]
  for (const kind of ['court', 'probation_service'] as const) {
    const rows = JSON.stringify(wanted.filter((one) => one.kind === kind))
    await ctx.tx.$executeRaw`
      INSERT INTO competent_service (kind, official_name)
      SELECT DISTINCT ON (fold_text(name)) ${kind}::organization_kind, name
        FROM json_to_recordset(${rows}::json) AS said ("inseeCode" text, "officialName" text),
             LATERAL (SELECT "officialName" AS name) one
       WHERE EXISTS (SELECT 1 FROM city WHERE insee_code = said."inseeCode")
       ORDER BY fold_text(name)
      ON CONFLICT (kind, fold_text(official_name)) DO NOTHING`
    const { service, confirmed } = columnsOf[kind]
    const found = await ctx.tx.$queryRaw<{ inseeCode: string; changes: boolean }[]>`
      WITH said AS MATERIALIZED (
        SELECT city.id, city.insee_code, entry.id AS service_id,
               NOT city.${confirmed} OR city.${service} IS DISTINCT FROM entry.id AS changes
          FROM json_to_recordset(${rows}::json) AS line ("inseeCode" text, "officialName" text)
          JOIN city ON city.insee_code = line."inseeCode"
          JOIN competent_service entry
            ON entry.kind = ${kind}::organization_kind
           AND fold_text(entry.official_name) = fold_text(line."officialName")),
      tied AS (
        UPDATE city SET ${service} = said.service_id, ${confirmed} = true
          FROM said WHERE city.id = said.id AND said.changes RETURNING 1)
      SELECT insee_code AS "inseeCode", changes FROM said`
    for (const { inseeCode, changes } of found) (changes ? changed : unchanged).add(`${kind} ${inseeCode}`)
  }
  return { changed, unchanged }
}
