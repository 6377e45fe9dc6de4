import { Prisma } from '@prisma/client'
import { organizationsReached } from '../../probationer/policy'
import { followedBySql } from '../../probationer/queries/list.sql.server'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { rowsOf } from '../../shared/prepared.server'
import { warnedOf, type Ending, type EndingAsked } from '../rules'
import { erasableSql, inactiveSql } from './due.sql.server'

/** The persons `p` whose record ends so within thirty days, if nothing happens (decision P12). */
export function endingSql(ending: EndingAsked, now: Date): Prisma.Sql {
  const then = warnedOf(now)
  if (ending === 'any') return Prisma.sql`((${inactiveSql(then)}) OR (${erasableSql(then)}))`
  return ending === 'archived' ? inactiveSql(then) : erasableSql(then)
}

/** How many records are about to be archived by themselves, or erased: of the agent's persons, or of their service. */
export async function countEndings(
  ctx: Context<AgentActor>,
  { mine }: { mine: boolean },
): Promise<Record<Ending, number>> {
  const { actor, now } = ctx
  const whose = Prisma.sql`${mine ? Prisma.sql`p.assigned_agent_id = ${actor.id}` : followedBySql([actor.organization.id])}
    AND ${followedBySql(organizationsReached(actor, 'list'))}`
  const counted = (ending: Ending) => Prisma.sql`(
    SELECT count(*)::int FROM (
      SELECT 1 FROM probationer p WHERE ${whose} AND ${endingSql(ending, now)} LIMIT ${countedUpTo + 1}) AS found)`
  const [counts] = await rowsOf<Record<Ending, number>>(
    ctx,
    Prisma.sql`SELECT ${counted('archived')} AS archived, ${counted('erased')} AS erased`,
  )
  return counts ?? { archived: 0, erased: 0 }
}
