import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { Seat } from './seat.server'

export interface BookedMember {
  id: number
  probationerId: number
}

interface NewGroup {
  seat: Seat
  members: readonly { id: number; informed: boolean }[]
  typeCode: string
  organizationId: number
  placeId: number
  agentId: number | null
  requestKey: string | null
  requestDigest: string
}

/**
 * The seats of a session and an appointment each. The hour that holds it already grows by as many: a seat that
 * somebody gave back stays theirs, should their excuse be taken back.
 */
export function insertGroup(
  ctx: Context<AgentActor>,
  { seat, members, ...made }: NewGroup,
): Promise<BookedMember[]> {
  const seats = members.length
  const slot =
    seat.slotId === null
      ? Prisma.sql`
          INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, seats_taken)
          VALUES (${seat.agendaId}, ${made.typeCode}, ${seat.date}::date, ${seat.time}, ${seat.startsAt}, ${seat.durationMinutes}, ${seats}, ${seats})
          RETURNING id`
      : Prisma.sql`
          UPDATE slot SET capacity = capacity + ${seats}, seats_taken = seats_taken + ${seats}, updated_at = ${ctx.now}
           WHERE id = ${seat.slotId} RETURNING id`
  return rowsOf(
    ctx,
    Prisma.sql`
      WITH session AS (${slot})
      INSERT INTO appointment (probationer_id, slot_id, type_code, organization_id, place_id, starts_at, agent_id,
                               booked_by_id, creating_organization_id, informed_at_booking, request_key, request_digest,
                               created_at, updated_at)
      SELECT member.id, session.id, ${made.typeCode}, ${made.organizationId}, ${made.placeId}, ${seat.startsAt},
             ${made.agentId}::int, ${ctx.actor.id}, ${ctx.actor.organization.id}, member.informed,
             -- One of them answers for all: the key of a form is of one row.
             CASE WHEN member.rank = 1 THEN ${made.requestKey}::uuid END, ${made.requestDigest}, ${ctx.now}, ${ctx.now}
        FROM session, unnest(${members.map(({ id }) => id)}::int[], ${members.map(({ informed }) => informed)}::boolean[])
                        WITH ORDINALITY AS member (id, informed, rank)
      RETURNING id, probationer_id AS "probationerId"`,
  )
}

interface MadeBefore {
  requestDigest: string
  date: CivilDate
  time: CivilTime
  appointments: BookedMember[]
}

/** What was booked under the key of a form: the one that carries it, and those made by the same act. */
export async function groupMade(ctx: Context, requestKey: string): Promise<MadeBefore | null> {
  const [made] = await rowsOf<{
    requestDigest: string
    startsAt: Date
    timeZone: string
    appointments: BookedMember[]
  }>(
    ctx,
    Prisma.sql`
      SELECT first.request_digest AS "requestDigest", first.starts_at AS "startsAt", o.time_zone AS "timeZone",
             (SELECT json_agg(json_build_object('id', a.id, 'probationerId', a.probationer_id) ORDER BY a.id)
                FROM appointment a
               WHERE a.slot_id = first.slot_id AND a.request_digest = first.request_digest) AS appointments
        FROM appointment first JOIN organization o ON o.id = first.organization_id
       WHERE first.request_key = ${requestKey}::uuid`,
  )
  if (!made) return null
  const { requestDigest, startsAt, timeZone, appointments } = made
  return { requestDigest, ...civilOf(startsAt, timeZone), appointments }
}
