import { recordAudits } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { mayOnRecurringSlot, recurringSlotsVisibleTo } from '../policy'
import { deleteRecurringSlotsInput } from '../schema'
import { takeAway } from './slots.sql.server'

export interface DeletedRules {
  rules: number
  /** Slots to come that went with them. */
  slots: number
  /** Slots to come where people are expected: they stay. */
  kept: number
}

/**
 * Deletes a rule, those of its weekday, or all those of its agenda, of its type only (decision C9), with their slots
 * to come. Where people are expected the slot stays; one that was cancelled is closed, since its history names it.
 */
export const deleteRecurringSlots = command(
  deleteRecurringSlotsInput,
  async (ctx: Context<AgentActor>, { recurringSlotId, scope }): Promise<DeletedRules> => {
    const rule = orNotFound(
      await ctx.tx.recurringSlot.findFirst({
        where: { AND: [{ id: recurringSlotId }, recurringSlotsVisibleTo(ctx.actor)] },
        include: { agenda: { select: { placeId: true, place: { select: { organizationId: true } } } } },
      }),
      'recurring slot',
    )
    const right = scope === 'one' ? 'delete' : 'deleteAll'
    assertAllowed(mayOnRecurringSlot(ctx.actor, right, rule), 'delete recurring slots')
    const { agendaId, typeCode, weekday, agenda } = rule
    await lock(ctx, { place: agenda.placeId }, { place: 'SHARE' })
    const rules = await ctx.tx.recurringSlot.findMany({
      where: {
        ...{ agendaId, typeCode },
        ...(scope === 'weekday' && { weekday }),
        ...(scope === 'one' && { id: recurringSlotId }),
      },
      select: { id: true },
    })
    const ids = rules.map(({ id }) => id)
    // Generation keeps them as they are: it is over, or comes after and finds none.
    await lock(ctx, { recurring_slot: ids }, { recurring_slot: 'UPDATE' })
    const slotIds = await slotsToCome(ctx, ids)
    await lock(ctx, { slot: slotIds })
    const { slots, kept } = await takeAway(ctx, slotIds)
    await ctx.tx.recurringSlot.deleteMany({ where: { id: { in: ids } } })
    await recordAudits(ctx, { action: 'delete', subject: 'recurring_slot' }, ids)
    return { rules: ids.length, slots, kept }
  },
)

async function slotsToCome(ctx: Context, recurringSlotIds: readonly number[]): Promise<number[]> {
  const slots = await ctx.tx.slot.findMany({
    where: { recurringSlotId: { in: [...recurringSlotIds] }, startsAt: { gt: ctx.now } },
    select: { id: true },
  })
  return slots.map(({ id }) => id)
}
