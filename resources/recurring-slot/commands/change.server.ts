import { isReceivingHour } from '../../appointment/rules'
import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { closuresOfPlace } from '../../closure/queries/of-place.server'
import { closureAt } from '../../closure/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { command, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { formatHour } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { violatesUnique } from '../../shared/unique.server'
import { mayOnRecurringSlot, recurringSlotsVisibleTo } from '../policy'
import { fateOf, lastGeneratedDay, type FateOfSlot, type MadeSlot, type Pattern } from '../rules'
import { changeRecurringSlotInput, previewRecurringSlotInput } from '../schema'
import { generateSlots } from './generate.sql.server'
import { detachKept, moveSlots, slotsFrom, takeAway } from './slots.sql.server'

const patternFields = ['startTime', 'durationMinutes', 'capacity'] as const

/**
 * Gives a rule another hour, length or number of seats from a day on (decision C9): its slots follow, except those
 * where people are expected and those closed by hand.
 *
 * @throws Stale when somebody changed the rule since the form was drawn.
 */
export const changeRecurringSlot = command(
  changeRecurringSlotInput,
  async (
    ctx: Context<AgentActor>,
    { recurringSlotId, version, from, ...pattern },
  ): Promise<{ made: number; kept: number; conflicts: number }> => {
    const { agenda } = await ruleOf(ctx, recurringSlotId)
    // The hour is part of a key.
    await lock(
      ctx,
      { place: agenda.placeId, recurring_slot: recurringSlotId },
      { place: 'SHARE', recurring_slot: 'UPDATE' },
    )
    const rule = await ruleOf(ctx, recurringSlotId)
    assertAllowed(mayOnRecurringSlot(ctx.actor, 'edit', rule), 'edit a recurring slot')
    refuseIf(rule.archivedAt ? 'recurring_slot.archived' : null)
    await refuseStale(ctx, {
      ...{ subject: 'recurring_slot', subjectId: recurringSlotId, updatedAt: rule.updatedAt, version },
      zone: ctx.actor.organization.timeZone,
      now: {
        startTime: formatHour(rule.startTime),
        durationMinutes: String(rule.durationMinutes),
        capacity: String(rule.capacity),
      },
    })
    await refuseChange(ctx, rule, { from, ...pattern })

    const before = await slotsFrom(ctx, recurringSlotId, from)
    await lock(ctx, { slot: before.map(({ id }) => id) })
    // Booked meanwhile, a seat changes what becomes of its slot.
    const fates = fatesOf(await slotsFrom(ctx, recurringSlotId, from), pattern)
    const fields = patternFields.filter((name) => rule[name] !== pattern[name])
    await ctx.tx.recurringSlot
      .update({
        where: { id: recurringSlotId },
        data: { ...pattern, updatedAt: ctx.now },
        select: { id: true },
      })
      .catch((error: unknown) => {
        // Another rule took the hour meanwhile.
        throw violatesUnique(error) ? new Refused('recurring_slot.exists', {}, 'startTime') : error
      })
    await moveSlots(ctx, fates.moved, pattern, {
      placeId: rule.agenda.placeId,
      timeZone: rule.agenda.place.organization.timeZone,
    })
    await takeAway(
      ctx,
      fates.replaced.map(({ id }) => id),
    )
    await detachKept(ctx, fates.kept)
    const { made } = await generateSlots(ctx, [recurringSlotId])
    if (fields.length > 0)
      await recordAudit(ctx, {
        action: 'update',
        subject: 'recurring_slot',
        subjectId: recurringSlotId,
        fields,
      })
    return { made: made + fates.moved.length, kept: fates.kept.length, conflicts: fates.conflict.length }
  },
)

/** What a change would leave: how many slots are made anew, on which days people keep the old ones. Writes nothing. */
export const previewRecurringSlot = query(
  previewRecurringSlotInput,
  async (ctx: Context<AgentActor>, { recurringSlotId, from, ...pattern }) => {
    const rule = await ruleOf(ctx, recurringSlotId)
    assertAllowed(mayOnRecurringSlot(ctx.actor, 'edit', rule), 'edit a recurring slot')
    await refuseChange(ctx, rule, { from, ...pattern })
    const fates = fatesOf(await slotsFrom(ctx, recurringSlotId, from), pattern)
    const days = (slots: readonly MadeSlot[]) =>
      slots.map(({ date, seatsTaken }) => ({ date, expected: seatsTaken }))
    const { agendaId, agenda } = rule
    const closures = await closuresOfPlace(ctx, agenda.placeId, from)
    const beside = [...fates.replaced, ...fates.kept].filter(
      ({ date }) => !closureAt(closures, { agendaId, date, time: pattern.startTime }),
    )
    return {
      made: fates.moved.length + beside.length,
      kept: days(fates.kept),
      conflicts: days(fates.conflict),
      closed: fates.closed.length,
    }
  },
)

async function ruleOf(ctx: Context<AgentActor>, id: number) {
  return orNotFound(
    await ctx.tx.recurringSlot.findFirst({
      where: { AND: [{ id }, recurringSlotsVisibleTo(ctx.actor)] },
      include: {
        agenda: {
          select: {
            placeId: true,
            place: { select: { organizationId: true, organization: { select: { timeZone: true } } } },
          },
        },
      },
    }),
    'recurring slot',
  )
}
type Rule = Awaited<ReturnType<typeof ruleOf>>

async function refuseChange(
  ctx: Context,
  rule: Rule,
  { from, startTime }: { from: string; startTime: string },
) {
  const { timeZone } = rule.agenda.place.organization
  refuseIf(from <= civilOf(ctx.now, timeZone).date ? 'recurring_slot.from_past' : null, 'from')
  refuseIf(from > lastGeneratedDay(ctx.now, timeZone) ? 'recurring_slot.from_too_far' : null, 'from')
  refuseIf(isReceivingHour(startTime) ? null : 'recurring_slot.hour_outside', 'startTime')
  const { id, agendaId, typeCode, weekday } = rule
  const twins = await ctx.tx.recurringSlot.count({
    where: { agendaId, typeCode, weekday, startTime, id: { not: id } },
  })
  refuseIf(twins > 0 ? 'recurring_slot.exists' : null, 'startTime')
}

function fatesOf(slots: readonly MadeSlot[], pattern: Pattern): Record<FateOfSlot, MadeSlot[]> {
  const fates: Record<FateOfSlot, MadeSlot[]> = {
    moved: [],
    replaced: [],
    kept: [],
    conflict: [],
    closed: [],
  }
  for (const slot of slots) fates[fateOf(slot, pattern)].push(slot)
  return fates
}
