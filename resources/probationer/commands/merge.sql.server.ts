import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** What a merge moves, a statement a table: a test compares these with all the tables that name a person. */

interface Pair {
  keptId: number
  otherId: number
}

/** Whose rows change person, and nothing else. */
const moved = [
  'appointment',
  'message',
  'phone_call',
  'history_entry',
  'divestment',
  'rights_request',
] as const

/** Two appointments that are both booked for the same instant: one person cannot be at both. */
export const bookedAtOnce = (ctx: Context, { keptId, otherId }: Pair) =>
  rowsOf<{ appointmentId: number; otherAppointmentId: number; startsAt: Date; timeZone: string }>(
    ctx,
    Prisma.sql`
      SELECT a.id AS "appointmentId", b.id AS "otherAppointmentId", a.starts_at AS "startsAt", o.time_zone AS "timeZone"
        FROM appointment a
        JOIN appointment b ON b.probationer_id = ${otherId} AND b.starts_at = a.starts_at AND b.state = 'booked'
        JOIN organization o ON o.id = a.organization_id
       WHERE a.probationer_id = ${keptId} AND a.state = 'booked'
       ORDER BY a.starts_at LIMIT 20`,
  )

/** All that the other record holds, to the kept one. */
export async function moveAll(
  ctx: Context,
  { keptId, otherId }: Pair,
  { keepsOwnSpace, lostAppiNumber }: { keepsOwnSpace: boolean; lostAppiNumber: string | null },
): Promise<void> {
  for (const table of moved)
    await rowsOf(
      ctx,
      Prisma.sql`UPDATE ${Prisma.raw(table)} SET probationer_id = ${keptId} WHERE probationer_id = ${otherId}`,
    )
  await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE audit_entry
         SET probationer_id = ${keptId},
             subject_id = CASE WHEN subject = 'probationer' THEN ${keptId}::int ELSE subject_id END
       WHERE probationer_id = ${otherId}`,
  )
  // Followed since the first of the two days.
  await rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO following (probationer_id, organization_id, since)
      SELECT ${keptId}::int, organization_id, since FROM following WHERE probationer_id = ${otherId}
          ON CONFLICT (probationer_id, organization_id) DO UPDATE SET since = least(following.since, excluded.since)`,
  )
  await rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO identity_look_up (agent_id, probationer_id, at)
      SELECT agent_id, ${keptId}::int, at FROM identity_look_up WHERE probationer_id = ${otherId}
          ON CONFLICT (agent_id, probationer_id) DO UPDATE SET at = greatest(identity_look_up.at, excluded.at)`,
  )
  if (!keepsOwnSpace) {
    await rowsOf(
      ctx,
      Prisma.sql`DELETE FROM space_account WHERE probationer_id = ${keptId}
                                   AND EXISTS (SELECT 1 FROM space_account WHERE probationer_id = ${otherId})`,
    )
    await rowsOf(
      ctx,
      Prisma.sql`UPDATE space_account SET probationer_id = ${keptId} WHERE probationer_id = ${otherId}`,
    )
  }
  await rowsOf(ctx, Prisma.sql`UPDATE merged_record SET into_id = ${keptId} WHERE into_id = ${otherId}`)
  // A number that was lost before, and given again, leads to one record.
  await rowsOf(
    ctx,
    Prisma.sql`UPDATE merged_record SET appi_number = NULL WHERE appi_number = ${lostAppiNumber}::text`,
  )
  await rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO merged_record (id, into_id, merged_at, appi_number)
      VALUES (${otherId}::int, ${keptId}::int, ${ctx.now}::timestamptz, ${lostAppiNumber}::text)`,
  )
  // Whoever is not the other is not the kept one either; the pairs still to be looked at are found again.
  await rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO likely_duplicate (first_id, second_id, score, likenesses, found_at, dismissed_at, dismissed_by_id)
      SELECT least(third.id, ${keptId}::int), greatest(third.id, ${keptId}::int), d.score, d.likenesses, d.found_at,
             d.dismissed_at, d.dismissed_by_id
        FROM likely_duplicate d
       CROSS JOIN LATERAL (SELECT CASE WHEN d.first_id = ${otherId} THEN d.second_id ELSE d.first_id END AS id) AS third
       WHERE (d.first_id = ${otherId} OR d.second_id = ${otherId})
         AND d.dismissed_at IS NOT NULL AND third.id <> ${keptId}
          ON CONFLICT (first_id, second_id) DO UPDATE
         SET dismissed_at = excluded.dismissed_at, dismissed_by_id = excluded.dismissed_by_id`,
  )
}

export interface Counts {
  probationerId: number
  appointments: number
  appointmentsToCome: number
  messages: number
  history: number
  divestments: number
  requests: number
}

/** How much each of two records holds. */
export const countsOf = (ctx: Context, ids: readonly number[]) =>
  rowsOf<Counts>(
    ctx,
    Prisma.sql`
      SELECT person.id AS "probationerId",
             (SELECT count(*)::int FROM appointment a WHERE a.probationer_id = person.id) AS appointments,
             (SELECT count(*)::int FROM appointment a
               WHERE a.probationer_id = person.id AND a.state = 'booked' AND a.starts_at > ${ctx.now}
             ) AS "appointmentsToCome",
             (SELECT count(*)::int FROM message m WHERE m.probationer_id = person.id) AS messages,
             (SELECT count(*)::int FROM history_entry h WHERE h.probationer_id = person.id) AS history,
             (SELECT count(*)::int FROM divestment d WHERE d.probationer_id = person.id) AS divestments,
             (SELECT count(*)::int FROM rights_request r WHERE r.probationer_id = person.id) AS requests
        FROM unnest(${[...ids]}::int[]) AS person (id)`,
  )
