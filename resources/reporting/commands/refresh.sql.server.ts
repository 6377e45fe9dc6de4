import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** The services whose figures may change: all of them, in their order. */
export async function servicesCounted(ctx: Context): Promise<number[]> {
  const services = await ctx.tx.organization.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  return services.map(({ id }) => id)
}

const cell = Prisma.sql`organization_id, place_id, type_code, month, referent_id, reminder, outcome`

/**
 * Counts the appointments of a service again, for the pages that read the figures of last night: what is, and what was
 * erased. Only cells that changed are written, in one transaction: a page reads the old figures or the new ones.
 */
export async function refreshFigures(ctx: Context, organizationId: number): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
      WITH now_counted AS MATERIALIZED (
        SELECT * FROM reporting.appointment_count WHERE organization_id = ${organizationId}),
      emptied AS (
        DELETE FROM reporting.nightly_appointment_count past
         WHERE past.organization_id = ${organizationId}
           AND NOT EXISTS (
             SELECT 1 FROM now_counted
              WHERE now_counted.month = past.month AND now_counted.place_id = past.place_id
                AND now_counted.type_code = past.type_code AND now_counted.reminder = past.reminder
                AND now_counted.outcome = past.outcome
                AND coalesce(now_counted.referent_id, 0) = coalesce(past.referent_id, 0)))
      INSERT INTO reporting.nightly_appointment_count AS past
             (${cell}, appointments, texts_sent, texts_received, parts_sent)
      SELECT ${cell}, appointments, texts_sent, texts_received, parts_sent FROM now_counted
      ON CONFLICT (organization_id, month, place_id, type_code, referent_id, reminder, outcome) DO UPDATE
         SET appointments = excluded.appointments, texts_sent = excluded.texts_sent,
             texts_received = excluded.texts_received, parts_sent = excluded.parts_sent
       WHERE (past.appointments, past.texts_sent, past.texts_received, past.parts_sent)
             IS DISTINCT FROM
             (excluded.appointments, excluded.texts_sent, excluded.texts_received, excluded.parts_sent)`,
  )
}
