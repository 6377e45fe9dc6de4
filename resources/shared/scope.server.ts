import { Prisma } from '@prisma/client'
import type { Actor } from './actor'
import type { Grant } from './rights'

/** The records that these grants reach, as a condition of SQL: what `scopeOf` says to Prisma of the same cell. */
export function reachedSql(
  actor: Actor,
  reach: readonly Grant[],
  clauses: Partial<Record<Grant, Prisma.Sql>>,
): Prisma.Sql {
  if (reach.includes('A')) return Prisma.sql`true`
  if (actor.kind !== 'agent') return Prisma.sql`false`
  if (reach.includes('i') && actor.organization.interJurisdiction) return Prisma.sql`true`
  const reached = reach.map((grant) => clauses[grant]).filter((clause) => clause !== undefined)
  return reached.length > 0 ? Prisma.sql`(${Prisma.join(reached, ' OR ')})` : Prisma.sql`false`
}
