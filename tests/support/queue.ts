import { runTaskListOnce, Logger, type TaskList } from 'graphile-worker'
import { pool, prisma } from '../../resources/shared/db.server'

const silent = new Logger(() => () => undefined)

/** Runs all the jobs that are due, and those they ask for at once, until none is left. */
export async function drainQueue(tasks: TaskList): Promise<void> {
  const client = await pool.connect()
  try {
    await runTaskListOnce({ logger: silent }, tasks, client)
  } finally {
    client.release()
  }
}

export interface QueuedJob {
  task: string
  key: string | null
  payload: unknown
  runAt: Date
}

/** What the queue holds, with payloads as they are stored. */
export function queuedJobs(): Promise<QueuedJob[]> {
  return prisma.$queryRaw<QueuedJob[]>`
    SELECT t.identifier AS task, j.key, j.payload, j.run_at AS "runAt"
      FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     ORDER BY j.run_at, j.id`
}

/** Makes the jobs of a key due, as if their hour had come. */
export async function bringForward(key: string): Promise<void> {
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = ${key}`
}
