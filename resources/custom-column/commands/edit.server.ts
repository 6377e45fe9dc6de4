import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { mayOnOrganization, customColumnsVisibleTo } from '../../organization/policy'
import { whyNotOfCourt } from '../../organization/rules'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { customColumnWords } from '../fr'
import { fullType, mostColumnsOfType } from '../rules'
import { createCustomColumnInput, customColumnIdInput, updateCustomColumnInput } from '../schema'

/** Adds a column to what a court asks at the hearing exit: at most four a type. */
export const createCustomColumn = command(
  createCustomColumnInput,
  async (ctx: Context<AgentActor>, { organizationId, ...column }): Promise<{ id: number }> => {
    const court = organizationId ?? ctx.actor.organization.id
    await lockedCourt(ctx, court)
    await refuseColumn(ctx, court, column)
    const { id } = await ctx.tx.customColumn.create({
      data: { ...column, organizationId: court, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'create', subject: 'custom_column', subjectId: id })
    return { id }
  },
)

/**
 * Changes a column. One that was filled keeps its kind of data.
 *
 * @throws Stale when it changed since the form was drawn.
 */
export const updateCustomColumn = command(
  updateCustomColumnInput,
  async (ctx: Context<AgentActor>, { customColumnId, version, ...column }): Promise<void> => {
    const before = await lockedColumn(ctx, customColumnId)
    await refuseStale(ctx, {
      ...{ subject: 'custom_column', subjectId: customColumnId, updatedAt: before.updatedAt, version },
      zone: ctx.actor.organization.timeZone,
      now: {
        name: before.name,
        dataType: customColumnWords.dataType[before.dataType],
        moment: customColumnWords.moment[before.moment],
      },
    })
    await refuseColumn(ctx, before.organizationId, column, customColumnId)
    if (column.dataType !== before.dataType)
      refuseIf((await valuesOf(ctx, customColumnId)) > 0 ? 'custom_column.filled' : null, 'dataType')
    const fields = (['name', 'dataType', 'moment', 'typeCodes'] as const).filter(
      (name) => String(column[name]) !== String(before[name]),
    )
    if (fields.length === 0) return
    await ctx.tx.customColumn.update({
      where: { id: customColumnId },
      data: { ...column, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, {
      ...{ action: 'update', subject: 'custom_column', subjectId: customColumnId },
      fields,
    })
  },
)

/** Takes a column away with what it held. */
export const deleteCustomColumn = command(
  customColumnIdInput,
  async (ctx: Context<AgentActor>, { customColumnId }): Promise<void> => {
    await lockedColumn(ctx, customColumnId)
    await ctx.tx.customColumn.delete({ where: { id: customColumnId } })
    await recordAudit(ctx, { action: 'delete', subject: 'custom_column', subjectId: customColumnId })
  },
)

/** How many appointments have filled a column. */
export const valuesOf = (ctx: Context, customColumnId: number): Promise<number> =>
  ctx.tx.customColumnValue.count({ where: { customColumnId } })

/** The columns of a court are counted and named one after the other. */
async function lockedCourt(ctx: Context<AgentActor>, organizationId: number): Promise<void> {
  assertAllowed(
    mayOnOrganization(ctx.actor, 'editCustomColumns', { id: organizationId }),
    'edit the columns of a court',
  )
  await lock(ctx, { organization: organizationId })
  const court = orNotFound(
    await ctx.tx.organization.findUnique({ where: { id: organizationId }, select: { kind: true } }),
    'organization',
  )
  refuseIf(whyNotOfCourt(court), 'organizationId')
}

async function lockedColumn(ctx: Context<AgentActor>, customColumnId: number) {
  const find = async () =>
    orNotFound(
      await ctx.tx.customColumn.findFirst({
        where: { AND: [{ id: customColumnId }, customColumnsVisibleTo(ctx.actor)] },
      }),
      'custom column',
    )
  const { organizationId } = await find()
  await lockedCourt(ctx, organizationId)
  return find()
}

async function refuseColumn(
  ctx: Context,
  organizationId: number,
  { name, typeCodes }: { name: string; typeCodes: readonly (keyof typeof customColumnWords.typeCodes)[] },
  customColumnId?: number,
): Promise<void> {
  const others = await ctx.tx.customColumn.findMany({
    where: { organizationId, ...(customColumnId !== undefined && { id: { not: customColumnId } }) },
    select: { name: true, typeCodes: true },
  })
  refuseIf(others.some((other) => other.name === name) ? 'custom_column.name_taken' : null, 'name')
  const full = fullType(typeCodes, others)
  refuseIf(full ? 'custom_column.too_many' : null, 'typeCodes', {
    most: mostColumnsOfType,
    type: typeCodes.filter((code) => code === full).map((code) => customColumnWords.typeCodes[code])[0] ?? '',
  })
}
