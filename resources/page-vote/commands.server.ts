import type { SystemActor } from '../shared/actor'
import { civilOf, dbDateOf } from '../shared/civil-time'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { teamZone } from '../watch/rules'
import { votePageInput } from './schema'

/** Counts whether a page helped, by page and day: of whom, nothing is kept. */
export const votePage = command(
  votePageInput,
  async (ctx: Context<SystemActor>, { page: typed, helped }): Promise<{ page: string }> => {
    const page = typed.length > 1 ? typed.replace(/\/+$/, '') : typed
    const day = dbDateOf(civilOf(ctx.now, teamZone).date)
    const field = helped === 'oui' ? 'helped' : 'notHelped'
    await ctx.tx.pageVote.upsert({
      where: { page_day: { page, day } },
      create: { page, day, [field]: 1 },
      update: { [field]: { increment: 1 } },
      select: { id: true },
    })
    return { page }
  },
)
