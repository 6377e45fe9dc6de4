import { recordJobRun } from '../resources/job-run/commands.server'
import { generateSlots, rulesAtClock } from '../resources/recurring-slot/commands/generate.sql.server'
import { generateSlotsAtClock } from '../resources/recurring-slot/jobs'
import { read, transact } from '../resources/shared/transact.server'
import { task } from './task'

/** As many rules as one transaction holds: half a year of each, and nobody who changes one waits long. */
const rulesAtOnce = 200

export const slotTasks = {
  'generate-slots': task(generateSlotsAtClock, async ({ timeZone }, actor) => {
    const { rules, startedAt } = await read(actor, async (ctx) => ({
      rules: await rulesAtClock(ctx, timeZone),
      startedAt: ctx.now,
    }))
    let [made, leftOut] = [0, 0]
    for (let from = 0; from < rules.length; from += rulesAtOnce) {
      const some = await transact(actor, (ctx) => generateSlots(ctx, rules.slice(from, from + rulesAtOnce)))
      made += some.made
      leftOut += some.leftOut
    }
    await transact(actor, (ctx) =>
      recordJobRun(ctx, { task: generateSlotsAtClock.name, startedAt, handled: made, leftOut }),
    )
  }),
}
