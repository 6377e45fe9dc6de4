import { createHash } from 'node:crypto'
import type { Prisma } from '@prisma/client'
import type { Context } from './context'
import { hasOutlivedItsPlan } from './database-away'
import { connectionOf, prisma, readers, wireOf } from './db.server'
import { env } from './env.server'

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
  const { text, values } = statement
  if (ctx.tx === prisma) return (await readers.query<Row>(named({ text, values }))).rows
  const connection = connectionOf(ctx.tx)
  if (!connection) return ctx.tx.$queryRaw<Row[]>(statement)
  try {
    return (await connection.query<Row>(named({ text, values }))).rows
  } catch (error) {
    // A migration has changed the type of a column: its statements would fail for as long as it lives.
    if (hasOutlivedItsPlan(error)) wireOf(connection).destroy()
    throw error
  }
}

/** As few as the connections' own statements. */
const names = new Map<string, string>()

/** A statement under the name that its text always has; as it is, for a pooler that keeps no statement. */
function named<Statement extends { text: string }>(statement: Statement): Statement & { name?: string } {
  if (!env.DATABASE_NAMED_STATEMENTS) return statement
  let name = names.get(statement.text)
  if (name === undefined) {
    name = createHash('sha1').update(statement.text).digest('hex')
    names.set(statement.text, name)
  }
  return { ...statement, name }
}
