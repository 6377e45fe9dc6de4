import type { Socket } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import pg from 'pg'
import { connectionTo } from './connection'
import { hasOutlivedItsPlan } from './database-away'
import { env } from './env.server'
import { marked, named } from './statement-name.server'

/**
 * Longer than any statement may last: a database that says nothing for so long no longer answers at all.
 * Told of the wire and not of each query (`query_timeout`), whose timer keeps its rows from the collector.
 */
const silence = 20_000

const isMarked = (statement: unknown): statement is { text: string } =>
  typeof statement === 'object' &&
  statement !== null &&
  'text' in statement &&
  typeof statement.text === 'string' &&
  statement.text.startsWith(marked)

/**
 * A connection that names what is marked: Prisma sends what it is given as a text. When a migration has changed the
 * type of a column, its statements would fail for as long as it lives: it ends at the first.
 */
class NamingClient extends pg.Client {
  constructor(settings?: pg.ClientConfig) {
    super(settings)
    const query = this.query.bind(this) as (...asked: unknown[]) => unknown
    this.query = ((statement: unknown, ...rest: unknown[]) => {
      const isNamed = isMarked(statement)
      const answer = query(isNamed ? named(statement) : statement, ...rest)
      if (isNamed && answer instanceof Promise)
        answer.catch((error: unknown) => {
          if (hasOutlivedItsPlan(error)) wireOf(this).destroy()
        })
      return answer
    }) as typeof this.query
  }
}

function poolWith(settings: Readonly<Record<string, string>>): pg.Pool {
  const made = new pg.Pool({
    // As long as a transaction may last; one whose process vanished lets go of its rows.
    ...connectionTo(env.DATABASE_URL, {
      statement_timeout: '15s',
      idle_in_transaction_session_timeout: '30s',
      ...settings,
    }),
    Client: NamingClient,
    max: env.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // The named statements of a connection end with it: each combination of filters is one.
    maxLifetimeSeconds: 1_800,
  })
  // A connection lost while idle is replaced at its next use; without a listener it would end the process.
  made.on('error', () => undefined)
  made.on('connect', (client) => {
    const wire = wireOf(client)
    wire.on('timeout', () => wire.destroy(new Error('Connection terminated: the database is silent')))
  })
  made.on('acquire', (client) => wireOf(client).setTimeout(silence))
  made.on('release', (_error, client) => wireOf(client).setTimeout(0))
  return made
}

const wireOf = (client: pg.ClientBase) =>
  (client as pg.ClientBase & { connection: { stream: Socket } }).connection.stream

/** Shared by Prisma, the sessions and the rate limits. */
export const pool = poolWith({})

/**
 * Of the hot readings (prepared.server.ts), whose statements are planned once a connection: PostgreSQL, which
 * finds the plan of each value a little better, would plan them at each call, and that is most of their cost.
 * Prisma's must not be: a state is a value there, and only a plan made for it finds a partial index.
 */
export const readers = poolWith({ plan_cache_mode: 'force_generic_plan' })

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
