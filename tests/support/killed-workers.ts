import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { startBrevo, Fate } from './brevo-simulator'
import { startWorkerProcess, type WorkerProcess } from './worker-process'

/**
 * Workers in processes of their own carry messages to the simulator of Brevo, and are killed one after the other, each
 * at a step between the claim of a message and the record of its answer. They are held at that step by the database or
 * by the simulator, never by the product: a lock that the step needs, or an answer that does not come.
 */

export const killingSteps = [
  'before the claim',
  'after the claim, before the call',
  'during the call',
  'after the acceptance, before the record',
  'after the record',
] as const
type Step = (typeof killingSteps)[number]

const family = 77
const patience = 150_000

/** Holds a transaction that brings a message of the gate to a state as it commits, as long as its lock is held. */
const gateSql = `
  CREATE TABLE gate (message_id int, state text, held boolean, passed_by text);
  CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE waits boolean;
  BEGIN
    UPDATE gate SET passed_by = current_setting('application_name')
     WHERE message_id = NEW.id AND state = NEW.state::text RETURNING held INTO waits;
    IF waits THEN PERFORM pg_advisory_xact_lock(${family}, NEW.id); END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER at_gate AFTER UPDATE OF state ON message
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_gate();`
const noGateSql = `
  DROP TRIGGER IF EXISTS at_gate ON message;
  DROP FUNCTION IF EXISTS wait_at_gate;
  DROP TABLE IF EXISTS gate;`

const carried = `key ~ '^(message:|reconcile-messages$)'`
const unsettledSql = `
  SELECT (SELECT count(*)::int FROM message WHERE state IN ('sending', 'unknown') OR (state = 'planned' AND due_at <= now())) +
         (SELECT count(*)::int FROM receipt WHERE processed_at IS NULL) AS left,
         count(*) FILTER (WHERE locked_at IS NOT NULL OR run_at <= now())::int AS busy,
         extract(epoch FROM min(run_at) FILTER (WHERE run_at > now()) - now())::float8 AS wait
    FROM graphile_worker.jobs WHERE ${carried}`
/**
 * As if so many seconds had gone by: what was claimed was so longer ago, what is to come is nearer, and a turn is free
 * again. On a busy machine many answers are late, and turns are then a minute apart.
 */
const timePassesSql = `
  WITH claims AS (
    UPDATE message SET claimed_at = claimed_at - make_interval(secs => $1), absent_since = absent_since - make_interval(secs => $1)
     WHERE state IN ('sending', 'unknown')),
  turns AS (UPDATE provider_pace SET last_turn = last_turn - ($1 * 1000)::bigint)
  UPDATE graphile_worker._private_jobs SET run_at = run_at - make_interval(secs => $1) WHERE ${carried}`

/** What the crontab asks for at each minute. */
const minuteSql = `
  SELECT graphile_worker.add_job('reconcile-messages', queue_name => 'reconcile-messages', job_key => 'reconcile-messages')`

interface Killed {
  databaseUrl: string
  /** Of the workers: the simulator, its key, where receipts come. */
  settings: Readonly<Record<string, string>>
  brevo: Awaited<ReturnType<typeof startBrevo>>
  /** A worker dies for each, its step in turn; their jobs wait. */
  victims: readonly number[]
  workers: number
}

export async function startKillableWorkers({ databaseUrl, settings, brevo, victims, workers }: Killed) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  await pool.query(noGateSql)
  await pool.query(gateSql)
  const start = () => startWorkerProcess({ ...settings, DATABASE_URL: databaseUrl })
  const alive = new Map<string, WorkerProcess>()
  const join = (worker: WorkerProcess) => alive.set(worker.name, worker)
  for (let n = 0; n < workers; n += 1) join(start())

  async function kill(name: string): Promise<void> {
    const worker = alive.get(name)
    if (!worker) throw new Error(`${name} is not one of the workers`)
    alive.delete(name)
    worker.signal('SIGKILL')
    await worker.stop()
    join(start())
  }

  /** The step's own way of holding the worker that has this message, and the instant of its death. */
  async function killAt(step: Step, messageId: number, takenAfterDeath: boolean): Promise<void> {
    const holder = await pool.connect()
    try {
      const personHeld = () =>
        holder.query(
          'BEGIN; SELECT FROM probationer WHERE id = (SELECT probationer_id FROM message WHERE id = ' +
            `${messageId}) FOR UPDATE`,
        )
      const pass = (state: 'sending' | 'sent', held: boolean) =>
        pool.query('INSERT INTO gate VALUES ($1, $2, $3)', [messageId, state, held])
      const called = (then: () => Promise<Fate>) =>
        brevo.meet(messageId, async () => ({ receipts: [], ...(await then()) }))
      switch (step) {
        case 'before the claim':
          await personHeld()
          await makeDue(messageId)
          await kill(await waitsFor(holder))
          break
        case 'after the claim, before the call':
        case 'after the record': {
          const state = step === 'after the record' ? 'sent' : 'sending'
          void called(() => Promise.resolve({}))
          await holder.query('SELECT pg_advisory_lock($1, $2)', [family, messageId])
          await pass(state, true)
          await makeDue(messageId)
          const name = await waitsFor(holder)
          // It has asked for the commit: stopped, it does nothing more, and the commit is done without it.
          alive.get(name)?.signal('SIGSTOP')
          await holder.query('SELECT pg_advisory_unlock($1, $2)', [family, messageId])
          await until(async () => (await stateOf(messageId)) === state)
          await kill(name)
          break
        }
        case 'during the call':
          await pass('sending', false)
          await makeDue(messageId)
          await called(async () => {
            const { rows } = await pool.query<{ passed_by: string }>(
              'SELECT passed_by FROM gate WHERE message_id = $1',
              [messageId],
            )
            await kill(rows[0]?.passed_by ?? '')
            return { answer: takenAfterDeath ? 'accepts' : 'lost' }
          })
          break
        case 'after the acceptance, before the record':
          await makeDue(messageId)
          await called(async () => {
            await personHeld()
            return {}
          })
          await kill(await waitsFor(holder))
      }
    } finally {
      await holder.query('ROLLBACK')
      holder.release()
    }
  }

  /** Before all others, in a turn that is free: turns may be a minute apart, on a machine where answers were late. */
  const makeDue = (messageId: number) =>
    pool.query(
      `WITH pace AS (UPDATE provider_pace SET slower = 1, last_turn = 0)
       UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 day', priority = -10 WHERE key = $1`,
      [`message:${messageId}`],
    )
  const stateOf = async (messageId: number) =>
    (await pool.query<{ state: string }>('SELECT state FROM message WHERE id = $1', [messageId])).rows[0]
      ?.state

  /** The worker that waits for what this connection holds. */
  async function waitsFor(holder: pg.PoolClient): Promise<string> {
    const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    let name: string | undefined
    await until(async () => {
      const waiting = await pool.query<{ name: string }>(
        `SELECT application_name AS name FROM pg_stat_activity
          WHERE application_name LIKE 'worker-%' AND $1 = ANY (pg_blocking_pids(pid)) LIMIT 1`,
        [rows[0]?.pid],
      )
      name = waiting.rows[0]?.name
      return name !== undefined
    })
    return name ?? ''
  }

  /** The messages that are not settled, their jobs, and who is there to carry them. */
  async function whatIsLeft(): Promise<string> {
    const [messages, jobs, connections] = await Promise.all(
      [
        `SELECT id, state, due_at, deadline, claimed_at, absent_since FROM message WHERE state IN ('planned', 'sending', 'unknown') LIMIT 10`,
        `SELECT key, attempts, max_attempts, run_at, locked_at, locked_by, last_error FROM graphile_worker._private_jobs WHERE ${carried} LIMIT 10`,
        `SELECT application_name, state, wait_event, query FROM pg_stat_activity WHERE datname = current_database()`,
      ].map(async (sql) => (await pool.query<object>(sql)).rows),
    )
    return `not settled: ${JSON.stringify({ messages, jobs, connections, workers: [...alive.keys()] }, null, 1)}`
  }

  return {
    pool,
    /** One death after the other. */
    async killThemAll(): Promise<Record<Step, number>> {
      const deaths = Object.fromEntries(killingSteps.map((step) => [step, 0])) as Record<Step, number>
      for (const [n, messageId] of victims.entries()) {
        const step = killingSteps[n % killingSteps.length] ?? 'before the claim'
        await killAt(step, messageId, Math.floor(n / killingSteps.length) % 2 === 0)
        deaths[step] += 1
      }
      return deaths
    },
    /** Until nothing is left to do. With `skip`, what waits for its hour is brought to it once nobody hands over. */
    async settled({ skip = false } = {}): Promise<void> {
      for (const from = Date.now(); ;) {
        const { rows } = await pool.query<{ left: number; busy: number; wait: number | null }>(unsettledSql)
        const { left = 0, busy = 0, wait = null } = rows[0] ?? {}
        if (left === 0) return
        if (skip && Date.now() - from > patience) throw new Error(await whatIsLeft())
        if (skip && busy === 0) {
          await pool.query(timePassesSql, [Math.max(wait ?? 0, 60) + 5])
          await pool.query(minuteSql)
        }
        await delay(skip ? 100 : 1_000)
      }
    },
    async stop(): Promise<void> {
      await Promise.all([...alive.values()].map((worker) => worker.stop()))
      await pool.query(noGateSql)
      await pool.end()
    },
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const from = Date.now()
  while (!(await holds())) {
    if (Date.now() - from > patience) throw new Error('nobody came to the step')
    await delay(10)
  }
}
