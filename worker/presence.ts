import pg from 'pg'
import { connectionTo } from '../resources/shared/connection'
import type { Context } from '../resources/shared/context'

/** Advisory locks of workers, apart from every other use of them. */
const family = 7_411_742

/**
 * A worker shows that it lives by holding an advisory lock of its name on a connection of its own:
 * when the process dies, however it dies, the database lets go of it. That is how the others know
 * which jobs to take back, at once and not after the queue's own four hours.
 */
export async function signIn(databaseUrl: string, onLost: () => void) {
  const client = new pg.Client({ ...connectionTo(databaseUrl), application_name: 'msj-worker-presence' })
  client.on('error', onLost)
  await client.connect()
  return {
    /** Says that this worker lives. */
    async hold(workerId: string): Promise<void> {
      await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [family, workerId])
    },
    leave: () => client.end(),
  }
}

/** Takes back the jobs of workers that no longer live. */
export async function releaseDeadWorkers(ctx: Context): Promise<number> {
  const released = await ctx.tx.$queryRaw<unknown[]>`
    SELECT graphile_worker.force_unlock_workers(ARRAY[id])::text
      FROM (SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs WHERE locked_by IS NOT NULL) workers
     WHERE pg_try_advisory_xact_lock(${family}::int, hashtext(id))`
  return released.length
}
