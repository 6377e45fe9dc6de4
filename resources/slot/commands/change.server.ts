import { recordAudit, recordAudits } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, NotFound, refuseIf, Refused } from '../../shared/errors'
import { formatHour, formatShortDate } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { civilDateFromDb } from '../../shared/civil-time'
import type { SlotRefusal } from '../fr'
import { mayOnSlot, slotsVisibleTo } from '../policy'
import { whyNotCapacity, whyNotClosable, whyNotDeletable, whyNotReopenable } from '../rules'
import { changeCapacityInput, slotIdsInput } from '../schema'
import { removeSlots } from './slots.sql.server'

/**
 * Closes slots: nobody more is booked there. Whom they expect keep their seat, and never does another rule of slots
 * stand in the way. All or none.
 *
 * @returns how many people are still expected there.
 */
export const closeSlots = command(
  slotIdsInput,
  async (ctx: Context<AgentActor>, { slotIds }): Promise<{ closed: number; stillExpected: number }> => {
    const slots = await lockedSlots(ctx, slotIds, 'close')
    refuseSome(slots, (slot) => whyNotClosable(slot, ctx.now))
    await setOpen(ctx, slots, false)
    return {
      closed: slots.length,
      stillExpected: slots.reduce((people, { seatsTaken }) => people + seatsTaken, 0),
    }
  },
)

/** Opens closed slots again, all or none. */
export const reopenSlots = command(
  slotIdsInput,
  async (ctx: Context<AgentActor>, { slotIds }): Promise<{ reopened: number }> => {
    const slots = await lockedSlots(ctx, slotIds, 'reopen')
    refuseSome(slots, (slot) => whyNotReopenable(slot, ctx.now))
    await setOpen(ctx, slots, true)
    return { reopened: slots.length }
  },
)

/** Deletes slots that nobody ever took, all or none. Their rules do not make them again. */
export const deleteSlots = command(
  slotIdsInput,
  async (ctx: Context<AgentActor>, { slotIds }): Promise<{ deleted: number }> => {
    // Their rules are told to skip these days, and are locked before slots.
    const made = await ctx.tx.slot.findMany({
      where: { AND: [{ id: { in: slotIds } }, slotsVisibleTo(ctx.actor)] },
      select: { recurringSlotId: true },
      distinct: ['recurringSlotId'],
    })
    await lock(ctx, { recurring_slot: made.flatMap(({ recurringSlotId }) => recurringSlotId ?? []) })
    const slots = await lockedSlots(ctx, slotIds, 'close')
    refuseSome(slots, (slot) => whyNotDeletable(slot, ctx.now))
    const named = await ctx.tx.appointment.findMany({
      where: { slotId: { in: slots.map(({ id }) => id) } },
      select: { slotId: true },
    })
    const withHistory = new Set(named.map(({ slotId }) => slotId))
    refuseSome(slots, ({ id }) => (withHistory.has(id) ? 'slot.has_history' : null))
    await removeSlots(ctx, slots)
    await recordAudits(
      ctx,
      { action: 'delete', subject: 'slot' },
      slots.map(({ id }) => id),
    )
    return { deleted: slots.length }
  },
)

/**
 * Gives a slot more or fewer seats, never fewer than are taken.
 *
 * @throws Stale when somebody changed the slot since the form was drawn.
 */
export const changeCapacity = command(
  changeCapacityInput,
  async (ctx: Context<AgentActor>, { slotId, version, capacity }): Promise<{ full: boolean }> => {
    const [slot] = await lockedSlots(ctx, [slotId], 'edit')
    if (!slot) throw new NotFound('slot')
    refuseIf(slot.startsAt <= ctx.now ? 'slot.past' : null)
    const { updatedAt, seatsTaken } = slot
    await refuseStale(ctx, {
      ...{ subject: 'slot', subjectId: slotId, updatedAt, version },
      zone: ctx.actor.organization.timeZone,
      now: { capacity: String(slot.capacity) },
    })
    const reason = whyNotCapacity(slot, capacity)
    if (reason) throw new Refused(reason, { taken: seatsTaken }, 'capacity')
    if (capacity !== slot.capacity) {
      await ctx.tx.slot.update({
        where: { id: slotId },
        data: { capacity, updatedAt: ctx.now },
        select: { id: true },
      })
      await recordAudit(ctx, { action: 'update', subject: 'slot', subjectId: slotId, fields: ['capacity'] })
    }
    return { full: capacity === seatsTaken }
  },
)

async function lockedSlots(
  ctx: Context<AgentActor>,
  slotIds: readonly number[],
  action: 'edit' | 'close' | 'reopen',
) {
  const ids = [...new Set(slotIds)]
  await lock(ctx, { slot: ids })
  const slots = await ctx.tx.slot.findMany({
    where: { AND: [{ id: { in: ids } }, slotsVisibleTo(ctx.actor)] },
    include: { agenda: { select: { place: { select: { organizationId: true } } } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  })
  if (slots.length < ids.length) throw new NotFound('slot')
  for (const slot of slots) assertAllowed(mayOnSlot(ctx.actor, action, slot), `${action} a slot`)
  return slots
}
type LockedSlot = Awaited<ReturnType<typeof lockedSlots>>[number]

/** One that cannot be refuses them all, and is named where there are several. */
function refuseSome(slots: readonly LockedSlot[], whyNot: (slot: LockedSlot) => SlotRefusal | null): void {
  for (const slot of slots) {
    const reason = whyNot(slot)
    const about = `${formatShortDate(civilDateFromDb(slot.date))} à ${formatHour(slot.startTime)}`
    if (reason) throw new Refused(reason, slots.length > 1 ? { about } : {})
  }
}

async function setOpen(ctx: Context, slots: readonly LockedSlot[], isOpen: boolean): Promise<void> {
  const ids = slots.map(({ id }) => id)
  await ctx.tx.slot.updateMany({
    where: { id: { in: ids } },
    data: { isOpen, updatedAt: ctx.now, ...(isOpen && { closureId: null }) },
  })
  await recordAudits(ctx, { action: 'update', subject: 'slot', fields: ['isOpen'] }, ids)
}
