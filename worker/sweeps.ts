import type { Task } from 'graphile-worker'
import * as z from 'zod'
import { recordJobRun } from '../resources/job-run/commands.server'
import {
  closeWithoutReceipt,
  enqueueDueMessages,
  sweepBatch,
} from '../resources/message/commands/sweep.server'
import { forgetRelocations } from '../resources/place-relocation/commands/prepare.server'
import { remindOfPages } from '../resources/public-page/commands/remind.server'
import { eraseAtMost, eraseExpired } from '../resources/retention/commands.server'
import type { Context } from '../resources/shared/context'
import { transact } from '../resources/shared/transact.server'
import { releaseDeadWorkers } from './presence'
import { task } from './task'

/** What the crontab adds to a payload: the tick it stands for, which may be caught up later. */
export const tick = z.object({ _cron: z.object({ ts: z.coerce.date() }).optional() })

/**
 * A task of the crontab: one line in the job log. One transaction, and another as long as one handles
 * `full` rows or more: what is left over is not for the next tick.
 */
function sweep(name: string, run: (ctx: Context) => Promise<number>, full = Infinity) {
  return task({ name, payload: tick }, async (_, actor) => {
    const turn = () => transact(actor, async (ctx) => ({ startedAt: ctx.now, handled: await run(ctx) }))
    let last = await turn()
    const { startedAt } = last
    let { handled } = last
    while (last.handled >= full) {
      last = await turn()
      handled += last.handled
    }
    await transact(actor, (ctx) => recordJobRun(ctx, { task: name, startedAt, handled }))
  })
}

export const sweepTasks = {
  'sweep-due-messages': sweep('sweep-due-messages', enqueueDueMessages, sweepBatch),
  'release-dead-workers': sweep('release-dead-workers', releaseDeadWorkers),
  'close-without-receipt': sweep('close-without-receipt', closeWithoutReceipt),
  'erase-expired': sweep('erase-expired', eraseExpired, eraseAtMost),
  'forget-relocations': sweep('forget-relocations', forgetRelocations),
  'remind-of-pages': sweep('remind-of-pages', remindOfPages),
} satisfies Record<string, Task>

export type SweepName = keyof typeof sweepTasks
