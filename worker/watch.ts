import { recordJobRun } from '../resources/job-run/commands.server'
import { read, transact } from '../resources/shared/transact.server'
import { checkAlerts } from '../resources/watch/commands/alerts.server'
import { countSupervision } from '../resources/watch/commands/figures.server'
import { situationNow } from '../resources/watch/queries/situation.server'
import { tick } from './sweeps'
import { task } from './task'

export const watchTasks = {
  'count-supervision': task({ name: 'count-supervision', payload: tick }, async (_, actor) => {
    const startedAt = await read(actor, (ctx) => Promise.resolve(ctx.now))
    const handled = await countSupervision(actor)
    await transact(actor, (ctx) => recordJobRun(ctx, { task: 'count-supervision', startedAt, handled }))
  }),
  'check-alerts': task({ name: 'check-alerts', payload: tick }, async (_, actor) => {
    const situation = await read(actor, situationNow)
    await transact(actor, async (ctx) => {
      const handled = await checkAlerts(ctx, situation)
      await recordJobRun(ctx, { task: 'check-alerts', startedAt: situation.now, handled })
    })
  }),
}
