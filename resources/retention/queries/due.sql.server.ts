import { Prisma } from '@prisma/client'
import { erasedOn, keptMonths } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { archivingNight, inactiveSince, nightZone } from '../rules'

/** Nobody's record ends by itself while what they asked of it awaits its answer, unless it is to be erased (P11). */
const nothingAskedSql = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM rights_request r WHERE r.probationer_id = p.id AND r.answered_on IS NULL AND r.kind <> 'erasure')`

/** Whether a night may archive the person `p`: limited, claimed or waiting for an answer, none touches them. */
const archivableSql = Prisma.sql`p.archived_at IS NULL AND p.limited_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM divestment d WHERE d.probationer_id = p.id AND d.state = 'pending')
  AND ${nothingAskedSql}`

/**
 * Whether the night archives the person `p` by itself at this instant (decision P5). What somebody took out of the
 * archives is not put back there the next night.
 */
export function inactiveSql(now: Date): Prisma.Sql {
  const since = inactiveSince(now)
  return Prisma.sql`p.followings_changed_at <= ${since} AND p.created_at <= ${since}
    AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.probationer_id = p.id AND a.starts_at > ${since})
    AND NOT EXISTS (SELECT 1 FROM history_entry h
                     WHERE h.probationer_id = p.id AND h.at > ${since} AND h.event = 'probationer.unarchived')
    AND ${archivableSql}`
}

/** The last of what keeps the person `p` from being archived: the same four as above. */
const lastHappenedSql = Prisma.sql`greatest(p.followings_changed_at, p.created_at,
  (SELECT max(a.starts_at) FROM appointment a WHERE a.probationer_id = p.id),
  (SELECT max(h.at) FROM history_entry h WHERE h.probationer_id = p.id AND h.event = 'probationer.unarchived'))`

/** The day on which these records are archived if nothing happens until then; those that no night may archive are left out. */
export async function archivedOn(
  ctx: Context<AgentActor>,
  probationerIds: readonly number[],
): Promise<ReadonlyMap<number, CivilDate>> {
  const rows = await rowsOf<{ id: number; last: Date }>(
    ctx,
    Prisma.sql`
      SELECT p.id, ${lastHappenedSql} AS last FROM probationer p
       WHERE p.id = ANY (${[...probationerIds]}::int[]) AND ${archivableSql}`,
  )
  const { timeZone } = ctx.actor.organization
  return new Map(rows.map(({ id, last }) => [id, civilOf(archivingNight(last, ctx.now), timeZone).date]))
}

/** The clock by which the last day of the person `p` is counted: that of the first service that follows them. */
export const clockSql = Prisma.sql`coalesce(
  (SELECT o.time_zone FROM organization o WHERE o.id = p.following_organization_ids[1]), ${nightZone})`

/** The day on which a record would be erased, if it were archived now. */
export async function erasedIfArchived(ctx: Context, probationerId: number): Promise<CivilDate> {
  const [row] = await rowsOf<{ zone: string }>(
    ctx,
    Prisma.sql`SELECT ${clockSql} AS zone FROM probationer p WHERE p.id = ${probationerId}`,
  )
  return erasedOn(ctx.now, row?.zone ?? nightZone)
}

/**
 * Whether the day on which the archived person `p` is erased (`erasedOn`) has come at this instant (decision P6). The
 * first condition says less (what is archived on 31 August ends on 28 February, in any zone), but an index answers it.
 */
export const erasableSql = (now: Date): Prisma.Sql => Prisma.sql`
  p.archived_at < ${now}::timestamptz - interval '1 month' * ${keptMonths}::int + interval '5 days'
  AND ((p.archived_at AT TIME ZONE ${clockSql})::date + interval '1 month' * ${keptMonths}::int)::date
      <= (${now}::timestamptz AT TIME ZONE ${clockSql})::date
  AND p.limited_at IS NULL
  AND ${nothingAskedSql}`

/** Those to be erased now, after this one, in order of id. */
export async function personsToErase(
  ctx: Context,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      SELECT p.id FROM probationer p WHERE p.id > ${after} AND ${erasableSql(ctx.now)} ORDER BY p.id LIMIT ${limit}`,
  )
  return rows.map(({ id }) => id)
}

interface Foreseen {
  total: number
  /** The first of them: ids, which name nobody in a mail. */
  ids: number[]
}

/** What the night of this instant would archive and erase, if nothing happens until then: nothing is written. */
export async function foreseenAt(
  ctx: Context,
  { at, shown }: { at: Date; shown: number },
): Promise<{ archived: Foreseen; erased: Foreseen }> {
  const [archived, erased] = await Promise.all(
    [inactiveSql(at), erasableSql(at)].map(async (condition) => {
      const [found] = await rowsOf<Foreseen>(
        ctx,
        Prisma.sql`
          SELECT count(*)::int AS total, (coalesce(array_agg(id ORDER BY id), '{}'))[1:${shown}::int] AS ids
            FROM (SELECT p.id FROM probationer p WHERE ${condition}) AS found`,
      )
      return found ?? { total: 0, ids: [] }
    }),
  )
  if (!archived || !erased) throw new Error('Two questions have two answers')
  return { archived, erased }
}
