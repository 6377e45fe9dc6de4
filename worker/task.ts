import type { JobHelpers, Task } from 'graphile-worker'
import type * as z from 'zod'
import type { SystemActor } from '../resources/shared/actor'
import { log, logContext } from '../resources/shared/log.server'

/**
 * The task of a job: its payload is parsed, for yesterday's code may have written it. What fails is
 * thrown without its message, which may quote a row: the queue keeps it in clear.
 */
export function task<Payload extends z.ZodType>(
  job: { name: string; payload: Payload },
  run: (payload: z.output<Payload>, actor: SystemActor) => Promise<unknown>,
): Task {
  return (raw: unknown, helpers: JobHelpers) =>
    logContext.run({ task: job.name, jobId: helpers.job.id }, async () => {
      try {
        await run(job.payload.parse(raw), { kind: 'system', task: job.name })
      } catch (error) {
        log.error({ err: error, attempt: helpers.job.attempts }, 'job failed')
        throw new Error(`${job.name} failed: ${error instanceof Error ? error.name : typeof error}`)
      }
    })
}
