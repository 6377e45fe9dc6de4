import type { Context } from '../shared/context'

/** One line a run of a scheduled task: when, how many, how many could not be, how long. */
export async function recordJobRun(
  ctx: Context,
  run: { task: string; startedAt: Date; handled: number; leftOut?: number },
): Promise<void> {
  await ctx.tx.jobRun.create({
    data: { ...run, durationMs: ctx.now.getTime() - run.startedAt.getTime() },
    select: { id: true },
  })
}
