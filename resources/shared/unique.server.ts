import { Prisma } from '@prisma/client'

/** Whether a row that is referred to is not there, or no more: chosen in a form drawn before. */
export const violatesReference = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003'

/**
 * Whether an error is the unique index over these columns saying no: the last word when two
 * transactions checked at the same time. Columns as in the database.
 */
export function violatesUnique(error: unknown, ...columns: string[]): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false
  const meta = JSON.stringify(error.meta ?? {})
  return columns.every((column) => meta.includes(column))
}
