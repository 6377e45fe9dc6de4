import { Prisma } from '@prisma/client'
import { organizationsReached } from '../../probationer/policy'
import { checkedSql, followedBySql } from '../../probationer/queries/list.sql.server'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { rowsOf } from '../../shared/prepared.server'
import { warnedOf, type Ending, type EndingAsked } from '../rules'
import { erasableSql, inactiveSql } from './due.sql.server'

/** Whether the record of the person `p` ends so within thirty days, if nothing happens (decision P12). */
export function endsWithinSql(ending: EndingAsked, now: Date): Prisma.Sql {
  const then = warnedOf(now)
  if (ending === 'any') return Prisma.sql`((${inactiveSql(then)}) OR (${erasableSql(then)}))`
  return ending === 'archived' ? inactiveSql(then) : erasableSql(then)
}

/**
 * The same, where nothing else narrows the persons whom these organizations follow (null: all): among those that the
 * night has marked, so that few are asked.
 */
export function endingSql(
  ending: EndingAsked,
  { organizations, now }: { organizations: readonly number[] | null; now: Date },
): Prisma.Sql {
  const marked = [
    ending === 'any' ? Prisma.sql`f.ending IS NOT NULL` : Prisma.sql`f.ending = ${ending}::ending`,
    ...(organizations ? [Prisma.sql`f.organization_id = ANY (${[...organizations]}::int[])`] : []),
  ]
  return Prisma.sql`
    p.id IN (SELECT f.probationer_id FROM following f WHERE ${Prisma.join(marked, ' AND ')})
    AND ${endsWithinSql(ending, now)}`
}

/** How many records are about to be archived by themselves, or erased: of the agent's persons, or of their service. */
export async function countEndings(
  ctx: Context<AgentActor>,
  { mine }: { mine: boolean },
): Promise<Record<Ending, number>> {
  const { actor, now } = ctx
  const reached = checkedSql(followedBySql(organizationsReached(actor, 'list')))
  const whose = (ending: Ending) =>
    mine
      ? Prisma.sql`p.assigned_agent_id = ${actor.id} AND ${endsWithinSql(ending, now)}`
      : endingSql(ending, { organizations: [actor.organization.id], now })
  const counted = (ending: Ending) => Prisma.sql`(
    SELECT count(*)::int FROM (
      SELECT 1 FROM probationer p WHERE ${reached} AND ${whose(ending)} LIMIT ${countedUpTo + 1}) AS found)`
  const [counts] = await rowsOf<Record<Ending, number>>(
    ctx,
    Prisma.sql`SELECT ${counted('archived')} AS archived, ${counted('erased')} AS erased`,
  )
  return counts ?? { archived: 0, erased: 0 }
}
