import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import pg from 'pg'
import { env } from './env.server'

/** One pool a process, shared by Prisma, the sessions and the rate limits. */
export const pool = new pg.Pool({
  connectionString: env.DATABASE_URL,
  max: env.DATABASE_POOL_SIZE,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
})
// A connection lost while idle is replaced at its next use; without a listener it would end the process.
pool.on('error', () => undefined)

export const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) })
