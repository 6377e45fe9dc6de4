import { expect } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { lock } from '../../resources/shared/lock.server'
import { monday } from './world'

/** How many transactions wait for a lock that another holds. */
export async function waiting(): Promise<number | undefined> {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return row?.count
}

/** Acts that have all begun before any of them is done: they wait for rows that are held until then. */
export async function atOnce<Result>(
  held: Parameters<typeof lock>[1],
  acts: readonly (() => Promise<Result>)[],
): Promise<PromiseSettledResult<Result>[]> {
  let answers: Promise<PromiseSettledResult<Result>[]> = Promise.resolve([])
  await prisma.$transaction(
    async (tx) => {
      await lock({ tx, actor: { kind: 'system', task: 'test' }, now: monday }, held)
      answers = Promise.allSettled(acts.map((act) => act()))
      await expect.poll(waiting).toBe(acts.length)
    },
    { timeout: 20_000 },
  )
  return answers
}
