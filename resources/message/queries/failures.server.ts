import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { assertAllowed } from '../../shared/errors'
import { rowsOf } from '../../shared/prepared.server'
import { mayUseCentralConsole } from '../../shared/rights'
import { failureDays } from '../rules'
import { inTroubleSql } from './delivery.server'

const shown = 5

export interface ServiceFailures {
  id: number
  name: string
  total: number
}

/** The services most of whose SMS did not arrive these last days, those with most first. */
export const failuresByService = query(noInput, (ctx: Context<AgentActor>): Promise<ServiceFailures[]> => {
  assertAllowed(mayUseCentralConsole(ctx.actor), 'count the failures of services')
  return rowsOf<ServiceFailures>(
    ctx,
    Prisma.sql`
      SELECT o.id, o.name, count(*)::int AS total
        FROM message m
        JOIN appointment a ON a.id = m.appointment_id
        JOIN organization o ON o.id = a.organization_id
       WHERE ${inTroubleSql} AND m.ended_at >= ${new Date(ctx.now.getTime() - failureDays * day)}
       GROUP BY o.id, o.name ORDER BY total DESC, o.name LIMIT ${shown}`,
  )
})
