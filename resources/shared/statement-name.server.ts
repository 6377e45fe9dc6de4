import { createHash } from 'node:crypto'
import { env } from './env.server'

/** How a text begins that is to be sent under a name. */
export const marked = '/* named */ '

/** As few as the connections' own statements. */
const names = new Map<string, string>()

/** A statement under the name that its text always has; as it is, for a pooler that keeps no statement. */
export function named<Statement extends { text: string }>(
  statement: Statement,
): Statement & { name?: string } {
  if (!env.DATABASE_NAMED_STATEMENTS) return statement
  let name = names.get(statement.text)
  if (name === undefined) {
    name = createHash('sha1').update(statement.text).digest('hex')
    names.set(statement.text, name)
  }
  return { ...statement, name }
}
