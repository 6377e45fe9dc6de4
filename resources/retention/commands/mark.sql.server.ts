import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { endsWithinSql } from '../queries/endings.sql.server'

/**
 * Marks, among the next records in order of id, those that end within thirty days and how (decision P12), so that the
 * lists of a service find them without reading all that it follows. What somebody holds is marked the next night.
 *
 * @returns how many marks changed, and where the walk goes on; null when it is over.
 */
export async function markEndings(
  ctx: Context,
  { after, looked }: { after: number; looked: number },
): Promise<{ marked: number; next: number | null }> {
  const [found] = await rowsOf<{ marked: number; next: number | null }>(
    ctx,
    Prisma.sql`
      WITH walked AS MATERIALIZED (SELECT id FROM probationer WHERE id > ${after} ORDER BY id LIMIT ${looked}),
           judged AS MATERIALIZED (
             SELECT p.id, CASE WHEN ${endsWithinSql('archived', ctx.now)} THEN 'archived'::ending
                               WHEN ${endsWithinSql('erased', ctx.now)} THEN 'erased'::ending END AS ending
               FROM probationer p WHERE p.id IN (SELECT id FROM walked)),
           held AS MATERIALIZED (
             SELECT f.id, judged.ending FROM following f JOIN judged ON judged.id = f.probationer_id
              WHERE f.ending IS DISTINCT FROM judged.ending
              ORDER BY f.id FOR NO KEY UPDATE OF f SKIP LOCKED),
           marked AS (
             UPDATE following SET ending = held.ending FROM held WHERE following.id = held.id RETURNING 1)
      SELECT (SELECT count(*) FROM marked)::int AS marked, (SELECT max(id) FROM walked) AS next`,
  )
  return found ?? { marked: 0, next: null }
}
