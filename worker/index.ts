import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { connectionTo } from '../resources/shared/connection'
import { env } from '../resources/shared/env.server'
import { log } from '../resources/shared/log.server'
import { transact } from '../resources/shared/transact.server'
import { releaseDeadWorkers, signIn } from './presence'
import { tasks } from './tasks'

const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** The queue's own lines. Its failed jobs are told by worker/task.ts, with what we know of them. */
const logger = new Logger(() => (level, message, meta) => {
  if (!meta?.failure) log[levels[level]]({ queue: true }, message)
})

const restartAfter = 2_000

/**
 * How long the queue may take to say that its last jobs are over, once none is under way. It never does when the
 * database refused the end of several (graphile/worker#636); what stays locked is taken back as the next run starts.
 */
const lastWord = 5_000

/**
 * Starts carrying the queue: jobs, sweeps and mails. Any number of workers share one database. Comes
 * back by itself when the database goes away.
 */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const crontab = await readFile(join(import.meta.dirname, 'crontab'), 'utf8')
  const stopping = new AbortController()

  async function runOnce(): Promise<void> {
    const alone = new AbortController()
    const presence = await signIn(env.DATABASE_URL, () => alone.abort())
    const over = AbortSignal.any([stopping.signal, alone.signal])
    // One connection listens, the others fetch and finish jobs; tasks use the shared pool.
    const pgPool = new pg.Pool({ ...connectionTo(env.DATABASE_URL), max: env.WORKER_CONCURRENCY + 1 })
    // Ours rather than the queue's own: it stops listening as it stops, and a connection lost just
    // after would end the process.
    pgPool.on('error', () => undefined)
    pgPool.on('connect', (client) => client.on('error', () => undefined))
    try {
      await transact({ kind: 'system', task: 'start-worker' }, releaseDeadWorkers)
      const events = new EventEmitter() as WorkerEvents
      events.on('pool:create', ({ workerPool }) => {
        presence.hold(workerPool.id).catch(() => alone.abort())
      })
      let atWork = env.WORKER_CONCURRENCY
      const idle = new Promise<void>((resolve) => {
        events.on('worker:stop', () => {
          if (--atWork === 0) resolve()
        })
      })
      const runner = await run({
        pgPool,
        // In batches, for a stop waits for batches only: otherwise the last jobs stay locked, though done.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        concurrency: env.WORKER_CONCURRENCY,
        pollInterval: 1_000,
        noHandleSignals: true,
        taskList: tasks,
        crontab,
        logger,
        events,
      })
      log.info({ concurrency: env.WORKER_CONCURRENCY }, 'worker started')
      // Its own promise ends before the last jobs are given back: the end of the stop is awaited too.
      let stopped: Promise<void> | undefined
      const stopRunner = () => {
        stopped = runner.stop().catch(() => undefined)
      }
      over.addEventListener('abort', stopRunner)
      if (over.aborted) stopRunner()
      await Promise.race([
        runner.promise.then(() => stopped),
        idle.then(() => wait(lastWord, undefined, { ref: false })),
      ])
    } finally {
      await presence.leave().catch(() => undefined)
      await pgPool.end().catch(() => undefined)
    }
  }

  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      await runOnce().catch((error: unknown) => log.error({ err: error }, 'worker stopped'))
      await wait(restartAfter, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = keepRunning()
  return {
    /** Jobs under way finish; the others go back to the queue. */
    async stop() {
      stopping.abort()
      await running
    },
  }
}
