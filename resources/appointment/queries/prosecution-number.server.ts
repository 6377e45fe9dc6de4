import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** Shorter, it would be anybody's. */
const shortest = 6
/** Of a number that several courts share, those elsewhere must not hide one's own. */
const most = 200

/**
 * The persons convoked under this prosecution number, however it is spaced, the last convoked first. What the agent
 * sees of them is the caller's affair.
 */
export async function personsOfProsecutionNumber(ctx: Context, text: string): Promise<number[]> {
  const number = text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  if (number.length < shortest || !/\d/.test(number)) return []
  const rows = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      SELECT probationer_id AS id FROM appointment
       WHERE prosecution_number IS NOT NULL
         AND upper(regexp_replace(prosecution_number, '[^[:alnum:]]', '', 'g')) = ${number}
       GROUP BY probationer_id ORDER BY max(starts_at) DESC LIMIT ${most}`,
  )
  return rows.map(({ id }) => id)
}
