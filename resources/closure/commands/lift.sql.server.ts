import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { holdsSql } from '../queries/holding.sql.server'

/**
 * Opens again the slots to come that a closure, lifted by now, had closed; those that another one holds are its own
 * from now on.
 *
 * @returns the ids of those that are open.
 */
export async function reopenClosed(ctx: Context, closureId: number): Promise<number[]> {
  const slots = await rowsOf<{ id: number; isOpen: boolean }>(
    ctx,
    Prisma.sql`
      WITH closed AS (
        SELECT s.id, (SELECT min(c.id) FROM closure c
                       WHERE ${holdsSql({
                         agendaId: Prisma.sql`s.agenda_id`,
                         placeId: Prisma.sql`a.place_id`,
                         date: Prisma.sql`s.date`,
                         time: Prisma.sql`s.start_time`,
                       })}) AS other_id
          FROM slot s JOIN agenda a ON a.id = s.agenda_id
         WHERE s.closure_id = ${closureId} AND NOT s.is_open AND s.starts_at > ${ctx.now})
      UPDATE slot SET is_open = closed.other_id IS NULL, closure_id = closed.other_id, updated_at = ${ctx.now}
        FROM closed WHERE slot.id = closed.id
      RETURNING slot.id, slot.is_open AS "isOpen"`,
  )
  return slots.flatMap(({ id, isOpen }) => (isOpen ? [id] : []))
}
