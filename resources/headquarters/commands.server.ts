import { recordAudit } from '../audit/commands.server'
import { refuseStale } from '../audit/stale.server'
import type { AgentActor } from '../shared/actor'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { assertAllowed, orNotFound, Refused } from '../shared/errors'
import { lock } from '../shared/lock.server'
import { violatesUnique } from '../shared/unique.server'
import { headquartersVisibleTo, mayManageHeadquarters } from './policy'
import { createHeadquartersInput, headquartersIdInput, renameHeadquartersInput } from './schema'

/** Names a group of services; each joins it by its own form. */
export const createHeadquarters = command(
  createHeadquartersInput,
  async (ctx: Context<AgentActor>, { name }): Promise<{ id: number }> => {
    assertAllowed(mayManageHeadquarters(ctx.actor), 'create a headquarters')
    const { id } = await named(
      ctx.tx.headquarters.create({ data: { name, updatedAt: ctx.now }, select: { id: true } }),
    )
    await recordAudit(ctx, { action: 'create', subject: 'headquarters', subjectId: id })
    return { id }
  },
)

/**
 * Gives a group another name.
 *
 * @throws Stale when somebody renamed it since the form was drawn.
 */
export const renameHeadquarters = command(
  renameHeadquartersInput,
  async (ctx: Context<AgentActor>, { headquartersId: id, version, name }): Promise<void> => {
    const { updatedAt, name: held } = await lockedHeadquarters(ctx, id)
    await refuseStale(ctx, {
      ...{ subject: 'headquarters', subjectId: id, updatedAt, version, now: { name: held } },
      zone: ctx.actor.organization.timeZone,
    })
    if (name === held) return
    await named(
      ctx.tx.headquarters.update({
        where: { id },
        data: { name, updatedAt: ctx.now },
        select: { id: true },
      }),
    )
    await recordAudit(ctx, { action: 'update', subject: 'headquarters', subjectId: id, fields: ['name'] })
  },
)

/** Undoes a group: its services and its agents are of no headquarters any more. */
export const deleteHeadquarters = command(
  headquartersIdInput,
  async (ctx: Context<AgentActor>, { headquartersId: id }): Promise<void> => {
    await lockedHeadquarters(ctx, id)
    await ctx.tx.headquarters.delete({ where: { id } })
    await recordAudit(ctx, { action: 'delete', subject: 'headquarters', subjectId: id })
  },
)

async function lockedHeadquarters(ctx: Context<AgentActor>, id: number) {
  await lock(ctx, { headquarters: id })
  const found = orNotFound(
    await ctx.tx.headquarters.findFirst({ where: { AND: [{ id }, headquartersVisibleTo(ctx.actor)] } }),
    'headquarters',
  )
  assertAllowed(mayManageHeadquarters(ctx.actor), 'edit a headquarters')
  return found
}

async function named<Result>(written: Promise<Result>): Promise<Result> {
  try {
    return await written
  } catch (error) {
    if (violatesUnique(error, 'name')) throw new Refused('headquarters.name_taken', {}, 'name')
    throw error
  }
}
