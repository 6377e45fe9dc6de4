import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** What an agent leaves in a service: the persons they are the referent of, their appointments after today. */
export interface LeftBehind {
  probationerIds: number[]
  appointmentIds: number[]
}

/** After today on the clock of the place. One excused beforehand is still to come, if the excuse is taken back. */
export async function leftBehind(ctx: Context, agentId: number): Promise<LeftBehind> {
  const [left] = await rowsOf<LeftBehind>(
    ctx,
    Prisma.sql`
    SELECT ARRAY(SELECT id FROM probationer WHERE assigned_agent_id = ${agentId} ORDER BY id) AS "probationerIds",
           ARRAY(SELECT a.id FROM appointment a JOIN organization o ON o.id = a.organization_id
                  WHERE a.agent_id = ${agentId} AND a.state IN ('booked', 'excused') AND a.starts_at > ${ctx.now}
                    AND (a.starts_at AT TIME ZONE o.time_zone)::date
                        > (${ctx.now}::timestamptz AT TIME ZONE o.time_zone)::date
                  ORDER BY a.id) AS "appointmentIds"`,
  )
  return left ?? { probationerIds: [], appointmentIds: [] }
}

/** The same, counted, to be said before. */
export async function countLeftBehind(ctx: Context, agentId: number) {
  const { probationerIds, appointmentIds } = await leftBehind(ctx, agentId)
  return { persons: probationerIds.length, appointments: appointmentIds.length }
}
