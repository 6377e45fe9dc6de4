import { Prisma } from '@prisma/client'
import type { Context } from './context'
import { prisma, readers } from './db.server'
import { marked, named } from './statement-name.server'

/**
 * The rows of a statement that agents run all day, composed with `Prisma.sql` and sent under a name: each
 * connection parses and plans it once. Its text must not grow with what it is asked for: one more filter
 * is another statement, one more service must not be. Within a transaction it goes by the transaction's
 * own connection, where it finds what was just written.
 *
 * Both ways read instants as Date, JSON parsed and `::int` as numbers; a day is to be selected as text, an
 * enumeration too.
 */
export async function rowsOf<Row extends object>(ctx: Context, statement: Prisma.Sql): Promise<Row[]> {
  // Prisma has no word for a name: its connections give one to what is marked.
  if (ctx.tx !== prisma) return ctx.tx.$queryRaw<Row[]>(Prisma.sql`${Prisma.raw(marked)}${statement}`)
  const { text, values } = statement
  const { rows } = await readers.query<Row>(named({ text, values }))
  return rows
}
