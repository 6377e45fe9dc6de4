import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import pg from 'pg'
import { connectionTo } from './connection'
import { env } from './env.server'

/** One pool a process, shared by Prisma, the sessions and the rate limits. */
export const pool = new pg.Pool({
  // As long as a transaction may last; one whose process vanished lets go of its rows.
  ...connectionTo(env.DATABASE_URL, {
    statement_timeout: '15s',
    idle_in_transaction_session_timeout: '30s',
  }),
  max: env.DATABASE_POOL_SIZE,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  // The named statements of a connection end with it: each combination of filters is one.
  maxLifetimeSeconds: 1_800,
  // For a database that no longer answers at all.
  query_timeout: 20_000,
})
// A connection lost while idle is replaced at its next use; without a listener it would end the process.
pool.on('error', () => undefined)

/**
 * Connections of the health checks: those of the pool may all be busy while the database is well. What
 * they ask is short, or is no answer.
 */
export const pulse = new pg.Pool({
  ...connectionTo(env.DATABASE_URL, { statement_timeout: '3s' }),
  max: 2,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  query_timeout: 5_000,
})
pulse.on('error', () => undefined)

export const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) })
