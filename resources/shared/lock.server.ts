import { Prisma } from '@prisma/client'
import type { Context } from './context'

/** Tables are locked in this order, everywhere, so that two commands never wait for each other. */
const order = ['place', 'slot', 'appointment', 'probationer', 'agent', 'message'] as const
type Lockable = (typeof order)[number]

/**
 * Locks rows until the end of the transaction, in the house's order. Absent rows are ignored: the
 * caller loads after locking and finds out. Keys are left free: a row that only points here (a line of
 * history) must not wait. `UPDATE` takes them too, for a command that changes a unique column: asked for
 * later, by the write itself, they could make two commands wait for each other. `SHARE` only keeps the rows as
 * they are: many may hold it.
 */
export async function lock(
  ctx: Context,
  rows: Partial<Record<Lockable, number | readonly number[]>>,
  strength: 'SHARE' | 'NO KEY UPDATE' | 'UPDATE' = 'NO KEY UPDATE',
): Promise<void> {
  for (const table of order) {
    const wanted = rows[table]
    if (wanted === undefined) continue
    const ids = [wanted].flat().sort((a, b) => a - b)
    if (ids.length === 0) continue
    await ctx.tx
      .$queryRaw`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE id IN (${Prisma.join(ids)}) ORDER BY id FOR ${Prisma.raw(strength)}`
  }
}

/**
 * Two submits of one form, at the same instant, run one after the other: the second then finds what
 * the first one made.
 */
export async function lockKey(ctx: Context, key: string): Promise<void> {
  await ctx.tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))) AS taken`
}
