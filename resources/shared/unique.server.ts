import { Prisma } from '@prisma/client'

/** Whether a row that is referred to is not there, or no more: chosen in a form drawn before. */
export const violatesReference = (error: unknown): boolean =>
  violated(error, 'P2003', 'ForeignKeyConstraintViolation') !== null

/**
 * Whether an error is the unique index over these columns saying no: the last word when two
 * transactions checked at the same time. Columns as in the database.
 */
export function violatesUnique(error: unknown, ...columns: string[]): boolean {
  const meta = violated(error, 'P2002', 'UniqueConstraintViolation')
  return meta !== null && columns.every((column) => meta.includes(column))
}

/** What Prisma tells of a constraint that says no to a write of its own (`code`), or of ours in SQL (`kind`). */
function violated(error: unknown, code: string, kind: string): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null
  const meta = JSON.stringify(error.meta ?? {})
  return error.code === code || (error.code === 'P2010' && meta.includes(`"${kind}"`)) ? meta : null
}
