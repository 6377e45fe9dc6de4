import { Prisma } from '@prisma/client'
import type * as z from 'zod'
import type { Context } from './context'
import { rowsOf } from './prepared.server'

/** A job a subject may ask for: its name and the shape of its payload, ids only. */
export interface Job<Payload extends z.ZodType = z.ZodType> {
  name: string
  payload: Payload
  /** Where the queue's own 25, over four days, would come too late. */
  maxAttempts?: number
}

export interface JobOptions {
  runAt?: Date
  /** Same key, same job: asking again moves it, `dropJob` removes it. */
  key?: string
  /** Lower runs first. */
  priority?: number
}

/** Writes a job in the transaction of the data that needs it: both appear, or neither. */
export const enqueue = <Payload extends z.ZodType>(
  ctx: Context,
  job: Job<Payload>,
  payload: z.input<Payload>,
  options: JobOptions = {},
): Promise<void> => enqueueAll(ctx, job, [{ payload, ...options }])

/** Writes several jobs of one kind, in one trip. */
export async function enqueueAll<Payload extends z.ZodType>(
  ctx: Context,
  job: Job<Payload>,
  wanted: readonly ({ payload: z.input<Payload> } & JobOptions)[],
): Promise<void> {
  const jobs = wanted.map(({ payload, runAt = ctx.now, ...options }) => ({
    payload: job.payload.parse(payload),
    runAt,
    maxAttempts: job.maxAttempts,
    ...options,
  }))
  await rowsOf(
    ctx,
    Prisma.sql`
    SELECT 1
      FROM json_to_recordset(${JSON.stringify(jobs)}::json)
           AS job (payload json, "runAt" timestamptz, key text, priority int, "maxAttempts" int),
           LATERAL graphile_worker.add_job(
             identifier => ${job.name}, payload => job.payload, run_at => job."runAt", job_key => job.key,
             priority => job.priority, max_attempts => job."maxAttempts") AS added`,
  )
}

/** Drops a job that has not started. Does nothing when there is none under this key. */
export async function dropJob(ctx: Context, key: string): Promise<void> {
  await ctx.tx.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${key})`
}
