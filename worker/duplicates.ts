import { recordJobRun } from '../resources/job-run/commands.server'
import { forgetOthers, partsOf, searchPart } from '../resources/likely-duplicate/commands/search.sql.server'
import { searchDuplicates } from '../resources/likely-duplicate/jobs'
import { read, transact } from '../resources/shared/transact.server'
import { task } from './task'

export const duplicateTasks = {
  [searchDuplicates.name]: task(searchDuplicates, async (_, actor) => {
    const startedAt = await read(actor, (ctx) => Promise.resolve(ctx.now))
    let handled = 0
    for (const part of partsOf(startedAt))
      handled += await transact(actor, (ctx) => searchPart(ctx, part, startedAt))
    await transact(actor, async (ctx) => {
      await forgetOthers(ctx, startedAt)
      await recordJobRun(ctx, { task: searchDuplicates.name, startedAt, handled })
    })
  }),
}
