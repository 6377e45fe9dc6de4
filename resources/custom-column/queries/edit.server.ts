import { mayOpenCustomColumns, customColumnsVisibleTo } from '../../organization/policy'
import type { AgentActor } from '../../shared/actor'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { mayUseCentralConsole } from '../../shared/rights'
import { valuesOf } from '../commands/edit.server'
import { customColumnWords } from '../fr'
import { customColumnIdInput } from '../schema'

const options = {
  typeCodes: Object.entries(customColumnWords.typeCodes).map(([value, label]) => ({ value, label })),
}

/** What the form of a new column starts from. */
export const newCustomColumn = query(noInput, (ctx: Context<AgentActor>) => {
  assertAllowed(mayOpenCustomColumns(ctx.actor), 'add a column')
  const { id, name, kind } = ctx.actor.organization
  return Promise.resolve({
    values: {
      organizationId: kind === 'court' ? String(id) : '',
      dataType: 'text',
      moment: 'at_booking',
      typeCodes: Object.keys(customColumnWords.typeCodes),
    },
    labels: { organizationId: kind === 'court' ? name : '' },
    notAsked: mayUseCentralConsole(ctx.actor) ? [] : ['organizationId'],
    options,
  })
})

export const customColumnToEdit = query(
  customColumnIdInput,
  async (ctx: Context<AgentActor>, { customColumnId }) => {
    const column = orNotFound(
      await ctx.tx.customColumn.findFirst({
        where: { AND: [{ id: customColumnId }, customColumnsVisibleTo(ctx.actor)] },
      }),
      'custom column',
    )
    const { name, dataType, moment, typeCodes, updatedAt } = column
    return {
      ...{ id: customColumnId, version: updatedAt.toISOString() },
      values: { name, dataType, moment, typeCodes },
      options,
      filled: await valuesOf(ctx, customColumnId),
    }
  },
)
