import { recordJobRun } from '../resources/job-run/commands.server'
import { prepare, relocationsDue, settle } from '../resources/place-relocation/commands/prepare.server'
import { prepareRelocation, settleRelocations } from '../resources/place-relocation/jobs'
import { read, transact } from '../resources/shared/transact.server'
import { task } from './task'

export const relocationTasks = {
  'prepare-relocation': task(prepareRelocation, ({ relocationId }, actor) =>
    transact(actor, (ctx) => prepare(ctx, { relocationId })),
  ),
  'settle-relocations': task(settleRelocations, async ({ timeZone }, actor) => {
    const { due, startedAt } = await read(actor, async (ctx) => ({
      due: await relocationsDue(ctx, timeZone),
      startedAt: ctx.now,
    }))
    for (const relocationId of due) await transact(actor, (ctx) => settle(ctx, { relocationId }))
    await transact(actor, (ctx) =>
      recordJobRun(ctx, { task: settleRelocations.name, startedAt, handled: due.length }),
    )
  }),
}
