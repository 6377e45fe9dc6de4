import { Prisma } from '@prisma/client'
import type { CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { refuseIf } from '../../shared/errors'
import { formatShortDate } from '../../shared/french'
import { rowsOf } from '../../shared/prepared.server'

/**
 * Nobody is expected at the old place from the date on, nor at the new one before. The place is locked. In SQL:
 * each booking asks.
 */
export async function refuseRelocated(
  ctx: Context,
  placeId: number,
  date: CivilDate,
  field: string,
): Promise<void> {
  const [move] = await rowsOf<{ leaves: boolean; date: CivilDate; place: string }>(
    ctx,
    Prisma.sql`
      SELECT m.old_place_id = ${placeId} AS leaves, m.date::text AS date, other.name AS place
        FROM place_relocation m
        JOIN place other ON other.id IN (m.old_place_id, m.new_place_id) AND other.id <> ${placeId}
       WHERE (m.old_place_id = ${placeId} AND m.date <= ${date}::date)
          OR (m.new_place_id = ${placeId} AND m.date > ${date}::date)
       LIMIT 1`,
  )
  if (!move) return
  refuseIf(move.leaves ? 'place_relocation.leaves' : 'place_relocation.not_there_yet', field, {
    date: formatShortDate(move.date),
    place: move.place,
  })
}
