import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'
import { slotListReach, slotTypes } from '../policy'
import { seatsAhead } from '../rules'

export interface RunningOut {
  agendaId: number
  agenda: string
  type: string
  /** Seats that are left over the days ahead. */
  free: number
}

/**
 * The agendas of the own service whose published seats run out over the days ahead: two left, or a tenth of them. The
 * emptiest first; those that have opened nothing are not said.
 */
export function agendasRunningOut(ctx: Context<AgentActor>): Promise<RunningOut[]> {
  const types = slotListReach(ctx.actor).every((grant) => grant === 'f')
    ? ['electronic_tag_fitting']
    : [...slotTypes]
  const until = new Date(ctx.now.getTime() + seatsAhead * day)
  return rowsOf(
    ctx,
    Prisma.sql`
      SELECT a.id AS "agendaId", a.name AS agenda, type.label AS type, seats.free
        FROM place p
        JOIN agenda a ON a.place_id = p.id AND a.archived_at IS NULL
       CROSS JOIN LATERAL (
         SELECT type_code, sum(greatest(capacity - seats_taken, 0))::int AS free, sum(capacity)::int AS total
           FROM slot
          WHERE agenda_id = a.id AND type_code = ANY (${types}::text[]) AND is_open
            AND starts_at > ${ctx.now} AND starts_at < ${until}
          GROUP BY type_code) AS seats
        JOIN appointment_type type ON type.code = seats.type_code
       WHERE p.organization_id = ${ctx.actor.organization.id} AND p.archived_at IS NULL
         AND seats.free < seats.total AND seats.free <= greatest(2, seats.total / 10)
       ORDER BY seats.free, a.name, a.id
       LIMIT 50`,
  )
}
