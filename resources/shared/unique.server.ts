import { Prisma } from '@prisma/client'
import pg from 'pg'

/** Whether a row that is referred to is not there, or no more: chosen in a form drawn before. */
export const violatesReference = (error: unknown): boolean => violated(error, 'P2003', '23503') !== null

/**
 * Whether an error is the unique index over these columns saying no: the last word when two
 * transactions checked at the same time. Columns as in the database.
 */
export function violatesUnique(error: unknown, ...columns: string[]): boolean {
  const meta = violated(error, 'P2002', '23505')
  return meta !== null && columns.every((column) => new RegExp(`\\b${column}\\b`).test(meta))
}

/** What is told of a constraint that says no to a write of Prisma's, or of ours in SQL. */
function violated(error: unknown, prismaCode: string, sqlState: string): string | null {
  if (error instanceof pg.DatabaseError)
    return error.code === sqlState ? (error.detail?.split(')=(')[0] ?? '') : null
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null
  const meta = JSON.stringify(error.meta ?? {})
  return error.code === prismaCode || (error.code === 'P2010' && meta.includes(`"${sqlState}"`)) ? meta : null
}
