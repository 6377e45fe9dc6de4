import type { RequestHandler } from 'express'
import { migrationNames } from '../../prisma/migrate'
import { pulse } from '../../resources/shared/db.server'
import { log } from '../../resources/shared/log.server'
import { answer, isApi } from './answers'

/** A job due for longer means that no worker follows. */
const oldestDueLimit = 300
const patience = 3_000

/**
 * For the scripts of the back office that bring a session, whose first act is to read it: a database lost
 * since it answered is found out there. Asked of each of them besides, it would be one trip in five.
 */
const believedFor = 1_000

let asking: Promise<boolean> | undefined
let answeredAt = -Infinity

/** Whether the database answers now. Requests that ask together share one question. */
function databaseAnswers(): Promise<boolean> {
  asking ??= Promise.race([
    pulse.query('SELECT 1').then(
      () => {
        answeredAt = performance.now()
        return true
      },
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(resolve, patience, false).unref()),
  ]).finally(() => (asking = undefined))
  return asking
}

/** Without the database no page is true: one decent answer for all, until it is back. Files are served. */
export const needsDatabase: RequestHandler = async (req, res, next) => {
  const readsSession = isApi(req.path) && req.get('Cookie') !== undefined
  const isBelieved = readsSession && performance.now() - answeredAt < believedFor
  if (isBelieved || /^(\/admin)?\/assets\//.test(req.path) || (await databaseAnswers())) next()
  else answer(req, res, 503)
}

/** The process lives. */
export const healthz: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ status: 'ok' })
}

/** The process can serve: database reachable, migrations applied, queue carried. What is missing is for the log only. */
export const readyz: RequestHandler = async (_req, res) => {
  const database = await databaseAnswers()
  const checks = database
    ? { database, ...(await migrations()), ...(await queue()) }
    : { database, migrations: false, queue: false }
  const ready = checks.database && checks.migrations && checks.queue
  if (!ready) log.warn(checks, 'not ready')
  res.status(ready ? 200 : 503).set('Cache-Control', 'no-store')
  res.json({ status: ready ? 'ready' : 'not ready' })
}

async function migrations(): Promise<{ migrations: boolean; pending?: string[] }> {
  try {
    const [wanted, { rows }] = await Promise.all([
      migrationNames(),
      pulse.query<{ name: string }>(
        'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
      ),
    ])
    const applied = new Set(rows.map((row) => row.name))
    const pending = wanted.filter((name) => !applied.has(name))
    return pending.length === 0 ? { migrations: true } : { migrations: false, pending }
  } catch {
    return { migrations: false }
  }
}

async function queue(): Promise<{ queue: boolean; oldestDueSeconds?: number }> {
  try {
    const { rows } = await pulse.query<{ seconds: number }>(
      `SELECT coalesce(extract(epoch FROM now() - min(greatest(run_at, created_at))), 0)::int AS seconds
         FROM graphile_worker.jobs
        WHERE run_at <= now() AND locked_at IS NULL AND attempts < max_attempts`,
    )
    const oldestDueSeconds = rows[0]?.seconds ?? 0
    return { queue: oldestDueSeconds <= oldestDueLimit, oldestDueSeconds }
  } catch {
    return { queue: false }
  }
}
