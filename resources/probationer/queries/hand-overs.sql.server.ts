import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

export interface HandOver {
  agentId: number
  formerAgentId: number | null
}

/** By person, what the actor's last handing over since an instant did. */
export async function lastHandOvers(
  ctx: Context<AgentActor>,
  probationerIds: readonly number[],
  since: Date,
): Promise<ReadonlyMap<number, HandOver>> {
  const rows = await rowsOf<HandOver & { probationerId: number }>(
    ctx,
    Prisma.sql`
      SELECT person.id AS "probationerId", (last.data ->> 'agentId')::int AS "agentId",
             (last.data ->> 'formerAgentId')::int AS "formerAgentId"
        FROM unnest(${[...probationerIds]}::int[]) AS person (id)
       CROSS JOIN LATERAL (
         SELECT data FROM history_entry
          WHERE probationer_id = person.id AND event = 'probationer.handed_over'
            AND agent_id = ${ctx.actor.id} AND at >= ${since}
          ORDER BY at DESC, id DESC LIMIT 1) AS last`,
  )
  return new Map(rows.map(({ probationerId, ...handOver }) => [probationerId, handOver]))
}
