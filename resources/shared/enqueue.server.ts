import type * as z from 'zod'
import type { Context } from './context'

/** A job a subject may ask for: its name and the shape of its payload, ids only. */
export interface Job<Payload extends z.ZodType = z.ZodType> {
  name: string
  payload: Payload
}

export interface JobOptions {
  runAt?: Date
  /** Same key, same job: asking again moves it, `dropJob` removes it. */
  key?: string
  /** Lower runs first. */
  priority?: number
  maxAttempts?: number
}

/** Writes a job in the transaction of the data that needs it: both appear, or neither. */
export async function enqueue<Payload extends z.ZodType>(
  ctx: Context,
  job: Job<Payload>,
  payload: z.input<Payload>,
  { runAt, key, priority, maxAttempts }: JobOptions = {},
): Promise<void> {
  await ctx.tx.$queryRaw`
    SELECT 1 FROM graphile_worker.add_job(
      identifier => ${job.name},
      payload => ${JSON.stringify(job.payload.parse(payload))}::json,
      run_at => ${runAt ?? ctx.now},
      job_key => ${key ?? null},
      priority => ${priority ?? null}::int,
      max_attempts => ${maxAttempts ?? null}::int
    )`
}

/** Drops a job that has not started. Does nothing when there is none under this key. */
export async function dropJob(ctx: Context, key: string): Promise<void> {
  await ctx.tx.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${key})`
}
