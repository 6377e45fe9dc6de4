import { Prisma } from '@prisma/client'
import type { Context } from './context'
import { rowsOf } from './prepared.server'

/**
 * Tables are locked in this order, everywhere, so that two commands never wait for each other. Who follows a person
 * is written once the person is held: the triggers of one write the other.
 */
const order = [
  'headquarters',
  'organization',
  'place',
  'recurring_slot',
  'slot',
  'appointment',
  'probationer',
  'agent',
  'message',
  'test_sms',
  'site_request',
  'public_page',
] as const
type Lockable = (typeof order)[number]

type Strength = 'SHARE' | 'NO KEY UPDATE' | 'UPDATE'

/**
 * Locks rows until the end of the transaction, in the house's order and in one statement. Absent rows are
 * ignored: the caller loads after locking and finds out. Keys are left free: a row that only points here (a line
 * of history) must not wait. `UPDATE` takes them too, for a command that changes a unique column: asked for
 * later, by the write itself, they could make two commands wait for each other. `SHARE` only keeps the rows as
 * they are: many may hold it.
 */
export async function lock(
  ctx: Context,
  rows: Partial<Record<Lockable, number | readonly number[]>>,
  strengths: Partial<Record<Lockable, Strength>> = {},
): Promise<void> {
  const locked = order.flatMap((table) => {
    const ids = [rows[table] ?? []].flat().sort((a, b) => a - b)
    return ids.length === 0 ? [] : [{ table, ids, strength: strengths[table] ?? 'NO KEY UPDATE' }]
  })
  const last = locked.at(-1)
  if (!last) return
  const name = (table: Lockable) => Prisma.raw(`locked_${table}`)
  const steps = locked.map(({ table, ids, strength }, i) => {
    const before = locked[i - 1]
    // Asked of the step before, which has then locked all of its rows.
    const after = before ? Prisma.sql`AND (SELECT count(*) FROM ${name(before.table)}) >= 0` : Prisma.empty
    return Prisma.sql`
      ${name(table)} AS MATERIALIZED (
        SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE id = ANY (${ids}::int[]) ${after}
         ORDER BY id FOR ${Prisma.raw(strength)})`
  })
  await rowsOf(ctx, Prisma.sql`WITH ${Prisma.join(steps)} SELECT count(*)::int FROM ${name(last.table)}`)
}

/**
 * Two submits of one form, at the same instant, run one after the other: the second then finds what
 * the first one made.
 */
export async function lockKey(ctx: Context, key: string): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))) AS taken`,
  )
}
