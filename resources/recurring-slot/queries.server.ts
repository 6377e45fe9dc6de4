import * as z from 'zod'
import type { AgentActor } from '../shared/actor'
import { noInput, query } from '../shared/command'
import type { Context } from '../shared/context'
import { assertAllowed, orNotFound } from '../shared/errors'
import { emptyAsNull, id, optionalId } from '../shared/fields'
import { weekdays } from '../shared/french'
import { slotsToOpen } from '../slot/queries/list.server'
import { mayOnRecurringSlot, mayOpenRecurringSlots, recurringSlotsVisibleTo } from './policy'

export const listRecurringSlotsInput = z.object({
  agendaId: optionalId.catch(null),
  typeCode: emptyAsNull(z.string().max(60)).catch(null),
  weekday: z.coerce.number().int().min(1).max(5).nullish().catch(null),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** One page of the recurring slots of the service, by agenda, day and hour. */
export const listRecurringSlots = query(listRecurringSlotsInput, async (ctx: Context<AgentActor>, wanted) => {
  assertAllowed(mayOpenRecurringSlots(ctx.actor), 'open the recurring slots')
  const { agendaId, typeCode, weekday, page, perPage } = wanted
  const where = {
    AND: [
      recurringSlotsVisibleTo(ctx.actor),
      {
        archivedAt: null,
        ...(agendaId && { agendaId }),
        ...(typeCode && { typeCode }),
        ...(weekday && { weekday }),
      },
    ],
  }
  const [total, rows] = await Promise.all([
    ctx.tx.recurringSlot.count({ where }),
    ctx.tx.recurringSlot.findMany({
      where,
      include: {
        type: { select: { label: true } },
        agenda: { select: { name: true, place: { select: { name: true, organizationId: true } } } },
      },
      orderBy: [{ agendaId: 'asc' }, { weekday: 'asc' }, { startTime: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * perPage,
      take: perPage,
    }),
  ])
  return { total, rows }
})

/** What the form of a series starts from: the agendas and the types of the service. */
export const newRecurringSlots = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayOpenRecurringSlots(ctx.actor), 'open recurring slots')
  const { options, values } = await slotsToOpen(ctx)
  return {
    options: {
      ...options,
      weekdays: weekdays.slice(0, 5).map((label, rank) => ({ value: String(rank + 1), label })),
    },
    values: { ...values, weekdays: [] as string[], everyMinutes: 30 },
  }
})

/** What the form of a rule is drawn from. */
export const recurringSlotToChange = query(
  z.object({ recurringSlotId: id }),
  async (ctx: Context<AgentActor>, { recurringSlotId }) => {
    const rule = orNotFound(
      await ctx.tx.recurringSlot.findFirst({
        where: { AND: [{ id: recurringSlotId }, recurringSlotsVisibleTo(ctx.actor)] },
        include: { agenda: { select: { place: { select: { organizationId: true } } } } },
      }),
      'recurring slot',
    )
    assertAllowed(mayOnRecurringSlot(ctx.actor, 'edit', rule), 'edit a recurring slot')
    const { startTime, durationMinutes, capacity, updatedAt } = rule
    return {
      id: recurringSlotId,
      version: updatedAt.toISOString(),
      values: { startTime, durationMinutes, capacity },
    }
  },
)

/** What goes with a rule, with those of its weekday and with all those of its agenda and type. */
export const recurringSlotToDelete = query(
  z.object({ recurringSlotId: id }),
  async (ctx: Context<AgentActor>, { recurringSlotId }) => {
    const rule = orNotFound(
      await ctx.tx.recurringSlot.findFirst({
        where: { AND: [{ id: recurringSlotId }, recurringSlotsVisibleTo(ctx.actor)] },
        include: {
          type: { select: { label: true } },
          agenda: { select: { name: true, place: { select: { name: true, organizationId: true } } } },
        },
      }),
      'recurring slot',
    )
    assertAllowed(mayOnRecurringSlot(ctx.actor, 'delete', rule), 'delete a recurring slot')
    const { agendaId, typeCode, weekday, startTime, agenda, type } = rule
    const rules = await ctx.tx.recurringSlot.findMany({
      where: { agendaId, typeCode },
      select: { id: true, weekday: true },
    })
    const slots = await ctx.tx.slot.groupBy({
      by: ['recurringSlotId'],
      where: { recurringSlotId: { in: rules.map((one) => one.id) }, startsAt: { gt: ctx.now } },
      _count: true,
    })
    const slotsOf = new Map(slots.map((one) => [one.recurringSlotId, one._count]))
    const extent = (gone: readonly { id: number }[]) => ({
      rules: gone.length,
      slots: gone.reduce((sum, one) => sum + (slotsOf.get(one.id) ?? 0), 0),
    })
    return {
      ...{ id: recurringSlotId, weekday, startTime, agenda, typeLabel: type.label },
      scopes: {
        one: extent([rule]),
        weekday: extent(rules.filter((one) => one.weekday === weekday)),
        agenda: extent(rules),
      },
    }
  },
)
