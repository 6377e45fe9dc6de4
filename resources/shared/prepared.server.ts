import { createHash } from 'node:crypto'
import type { Prisma } from '@prisma/client'
import type { Context } from './context'
import { prisma, readers } from './db.server'
import { env } from './env.server'

/**
 * The rows of a reading that agents make all day, composed with `Prisma.sql` and sent under a name: each
 * connection parses and plans it once. Its text must not grow with what it is asked for: one more filter
 * is another statement, one more service must not be. Within a transaction it goes by the transaction's
 * own connection, where it finds what was just written.
 *
 * Both ways read instants as Date, JSON parsed and `::int` as numbers; a day is to be selected as text, an
 * enumeration too.
 */
export async function rowsOf<Row extends object>(ctx: Context, statement: Prisma.Sql): Promise<Row[]> {
  if (ctx.tx !== prisma) return ctx.tx.$queryRaw<Row[]>(statement)
  const { text, values } = statement
  const name = env.DATABASE_NAMED_STATEMENTS ? nameOf(text) : undefined
  const { rows } = await readers.query<Row>({ ...(name && { name }), text, values })
  return rows
}

/** As few as the connections' own statements. */
const names = new Map<string, string>()

function nameOf(text: string): string {
  let name = names.get(text)
  if (name === undefined) names.set(text, (name = createHash('sha1').update(text).digest('hex')))
  return name
}
