import { Prisma } from '@prisma/client'
import type { CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/**
 * The persons known by this APPI number, or by it before a merge, or, where there is none, by this exact identity (decision P8), archived
 * ones included, in the whole country: at most two, which is already one too many.
 */
export function knownPersons(
  ctx: Context,
  person: {
    appiNumber: string | null
    lastName: string
    firstName: string
    dateOfBirth: CivilDate | null
  },
): Promise<{ id: number }[]> {
  const { appiNumber, lastName, firstName, dateOfBirth } = person
  const known = appiNumber
    ? Prisma.sql`appi_number = ${appiNumber} OR id = (SELECT into_id FROM merged_record WHERE appi_number = ${appiNumber})`
    : Prisma.sql`date_of_birth = ${dateOfBirth}::date AND fold_text(last_name) = fold_text(${lastName})
                 AND fold_text(first_name) = fold_text(${firstName})`
  return rowsOf(ctx, Prisma.sql`SELECT id FROM probationer WHERE ${known} ORDER BY id LIMIT 2`)
}
