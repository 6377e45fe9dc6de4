import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, run, type Runner, type WorkerEvents } from 'graphile-worker'
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
 * Starts carrying the queue: jobs, sweeps and mails. Any number of workers share one database. Comes
 * back by itself when the database goes away.
 */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const crontab = await readFile(join(import.meta.dirname, 'crontab'), 'utf8')
  const stopping = new AbortController()
  let runner: Runner | undefined

  async function runOnce(): Promise<void> {
    const events = new EventEmitter() as WorkerEvents
    const presence = await signIn(env.DATABASE_URL, () => void runner?.stop().catch(() => undefined))
    try {
      events.on('pool:create', ({ workerPool }) => {
        presence.hold(workerPool.id).catch(() => undefined)
      })
      await transact({ kind: 'system', task: 'start-worker' }, releaseDeadWorkers)
      if (stopping.signal.aborted) return
      runner = await run({
        connectionString: env.DATABASE_URL,
        // One connection listens, the others fetch and finish jobs; tasks use the shared pool.
        maxPoolSize: Math.ceil(env.WORKER_CONCURRENCY / 2) + 2,
        concurrency: env.WORKER_CONCURRENCY,
        pollInterval: 1_000,
        noHandleSignals: true,
        taskList: tasks,
        crontab,
        logger,
        events,
      })
      log.info({ concurrency: env.WORKER_CONCURRENCY }, 'worker started')
      await runner.promise
    } finally {
      runner = undefined
      await presence.leave().catch(() => undefined)
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
      await runner?.stop().catch(() => undefined)
      await running
    },
  }
}
