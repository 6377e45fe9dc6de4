import { AsyncLocalStorage } from 'node:async_hooks'
import type { Socket } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient, type Prisma } from '@prisma/client'
import pg from 'pg'
import { connectionTo } from './connection'
import { env } from './env.server'

/**
 * Longer than any statement may last: a database that says nothing for so long no longer answers at all.
 * Told of the wire and not of each query (`query_timeout`), whose timer keeps its rows from the collector.
 */
const silence = 20_000

/** The connection that a transaction holds, until it gives it back. */
interface Held {
  connection: pg.PoolClient | null
}
const beginning = new AsyncLocalStorage<Held | null>()
const heldBy = new WeakMap<object, Held>()

/**
 * Remembers which connection the transaction that begins is given. Until it gives it back, its statements, Prisma's
 * and ours, go by it one after the other, as Prisma's alone would: pg is about to refuse several at once.
 */
function given(client: pg.PoolClient): pg.PoolClient {
  const held = beginning.getStore()
  if (!held) return client
  held.connection = client
  const query = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>
  let before: Promise<unknown> = Promise.resolve()
  client.query = ((...asked: [statement: unknown, ...rest: unknown[]]) => {
    // Once its end is asked, nothing is queued behind it: work that took too long goes on, outside any transaction.
    if (endsTransaction(asked[0])) held.connection = null
    const answer = before.then(() => query(...asked))
    before = answer.catch(() => undefined)
    return answer
  }) as typeof client.query
  const release = client.release.bind(client)
  client.release = (error) => {
    held.connection = null
    Reflect.deleteProperty(client, 'query')
    release(error)
  }
  return client
}

const endsTransaction = (statement: unknown): boolean =>
  typeof statement === 'object' &&
  statement !== null &&
  'text' in statement &&
  (statement.text === 'COMMIT' || statement.text === 'ROLLBACK')

function poolWith(settings: Readonly<Record<string, string>>): pg.Pool {
  const made = new pg.Pool({
    // As long as a transaction may last; one whose process vanished lets go of its rows.
    ...connectionTo(env.DATABASE_URL, {
      statement_timeout: '15s',
      idle_in_transaction_session_timeout: '30s',
      ...settings,
    }),
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

export const wireOf = (client: pg.ClientBase) =>
  (client as pg.ClientBase & { connection: { stream: Socket } }).connection.stream

/** Shared by Prisma, the sessions and the rate limits. */
export const pool = poolWith({})
type Asked = (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void
const connect = pool.connect.bind(pool)
pool.connect = ((asked?: Asked) => (asked ? connect(asked) : connect().then(given))) as typeof pool.connect

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

/** Work in one transaction, times in milliseconds: see `connectionOf`. */
export function transaction<Result>(
  work: (tx: Prisma.TransactionClient) => Promise<Result>,
  limits: { maxWait?: number; timeout: number },
): Promise<Result> {
  const held: Held = { connection: null }
  return beginning.run(held, () =>
    prisma.$transaction((tx) => {
      heldBy.set(tx, held)
      return beginning.run(null, () => work(tx))
    }, limits),
  )
}

/**
 * The connection of a transaction, to send by it what Prisma need not think about, between its own statements. Null
 * when the transaction is over, or when Prisma began it by itself.
 */
export const connectionOf = (tx: Prisma.TransactionClient): pg.PoolClient | null =>
  heldBy.get(tx)?.connection ?? null
