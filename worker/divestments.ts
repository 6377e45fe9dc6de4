import { settleLate } from '../resources/divestment/commands/answer.server'
import { startTheNight } from '../resources/divestment/commands/night.server'
import { settleDivestments, settleLateDivestment } from '../resources/divestment/jobs'
import { recordJobRun } from '../resources/job-run/commands.server'
import { transact } from '../resources/shared/transact.server'
import { task } from './task'

export const divestmentTasks = {
  [settleDivestments.name]: task(settleDivestments, (_, actor) =>
    transact(actor, async (ctx) => {
      const handled = await startTheNight(ctx)
      await recordJobRun(ctx, { task: settleDivestments.name, startedAt: ctx.now, handled })
    }),
  ),
  [settleLateDivestment.name]: task(settleLateDivestment, ({ divestmentId }, actor) =>
    transact(actor, (ctx) => settleLate(ctx, { divestmentId })),
  ),
}
