import type { AgentActor } from '../shared/actor'
import { query } from '../shared/command'
import type { Context } from '../shared/context'
import { orNotFound } from '../shared/errors'
import { headquartersVisibleTo } from './policy'
import { headquartersIdInput } from './schema'

/** What the forms of a headquarters are drawn from: its name, and how many services and agents it holds. */
export const headquartersToEdit = query(
  headquartersIdInput,
  async (ctx: Context<AgentActor>, { headquartersId: id }) => {
    const { name, updatedAt, _count } = orNotFound(
      await ctx.tx.headquarters.findFirst({
        where: { AND: [{ id }, headquartersVisibleTo(ctx.actor)] },
        include: { _count: { select: { organizations: true, agents: true } } },
      }),
      'headquarters',
    )
    return { id, version: updatedAt.toISOString(), values: { name }, held: _count }
  },
)
