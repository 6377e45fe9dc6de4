import { Prisma } from '@prisma/client'
import { recordAudits } from '../../audit/commands.server'
import { recordHistories } from '../../history-entry/commands.server'
import { erasedOn } from '../../probationer/rules'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { clockSql, inactiveSql } from '../queries/due.sql.server'
import { inactiveSince } from '../rules'

/** Where a walk among the records stands: in the order of the index that it follows. */
export interface Walk {
  changedAt: Date
  id: number
}

/** Where it begins. */
export const walkStart: Walk = { changedAt: new Date(0), id: 0 }

/**
 * Archives those who have been inactive for a year (decision P5) among the next records of the walk. Each is locked
 * for this transaction, and one that somebody holds is left to the next night.
 *
 * @returns how many, and where the walk goes on; null when it is over.
 */
export async function archiveInactive(
  ctx: Context,
  { from, looked }: { from: Walk; looked: number },
): Promise<{ archived: number; next: Walk | null }> {
  const [found] = await rowsOf<{ ids: number[]; last: { changedAt: string; id: number } | null }>(
    ctx,
    Prisma.sql`
      WITH walked AS MATERIALIZED (
        SELECT id, followings_changed_at FROM probationer
         WHERE archived_at IS NULL AND followings_changed_at <= ${inactiveSince(ctx.now)}
           AND (followings_changed_at, id) > (${from.changedAt}::timestamptz, ${from.id}::int)
         ORDER BY followings_changed_at, id LIMIT ${looked}),
      held AS (
        SELECT p.id FROM probationer p
         WHERE p.id IN (SELECT id FROM walked) AND ${inactiveSql(ctx.now)}
         ORDER BY p.id FOR NO KEY UPDATE SKIP LOCKED)
      SELECT ARRAY(SELECT id FROM held) AS ids,
             (SELECT json_build_object('changedAt', followings_changed_at, 'id', id) FROM walked
               ORDER BY followings_changed_at DESC, id DESC LIMIT 1) AS last`,
  )
  const { ids, last } = found ?? { ids: [], last: null }
  // Asked again once they are held: an appointment may have been made while they were waited for.
  const rows =
    ids.length === 0
      ? []
      : await rowsOf<{ id: number; zone: string }>(
          ctx,
          Prisma.sql`
            UPDATE probationer p SET archived_at = ${ctx.now}, updated_at = ${ctx.now}
             WHERE p.id = ANY (${ids}::int[]) AND ${inactiveSql(ctx.now)}
            RETURNING p.id, ${clockSql} AS zone`,
        )
  for (const zone of new Set(rows.map((row) => row.zone)))
    await recordHistories(
      ctx,
      {
        category: 'probationer',
        event: 'probationer.archived_inactive',
        data: { date: erasedOn(ctx.now, zone) },
      },
      rows.filter((row) => row.zone === zone).map(({ id }) => id),
    )
  await recordAudits(
    ctx,
    { action: 'archive', subject: 'probationer', fields: ['archivedAt'] },
    rows.map(({ id }) => id),
  )
  return { archived: rows.length, next: last && { changedAt: new Date(last.changedAt), id: last.id } }
}
