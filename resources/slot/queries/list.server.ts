import * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { civilDate } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { checkbox, emptyAsNull, id, optionalId } from '../../shared/fields'
import { mayOnSlot, mayOpenSlots, slotsVisibleTo, slotTypesOf } from '../policy'
import { whyNotClosable, whyNotDeletable, whyNotReopenable } from '../rules'
import { pageOfSlots } from './list.sql.server'

export const listSlotsInput = z.object({
  from: emptyAsNull(civilDate).catch(null),
  placeId: optionalId.catch(null),
  agendaId: optionalId.catch(null),
  typeCode: emptyAsNull(z.string().max(60)).catch(null),
  withFull: checkbox.catch(false),
  withClosed: checkbox.catch(false),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** One page of the slots of the service, the soonest first, with what may be done of each. */
export const listSlots = query(listSlotsInput, async (ctx: Context<AgentActor>, wanted) => {
  assertAllowed(mayOpenSlots(ctx.actor), 'open the slots')
  const { rows, total } = await pageOfSlots(ctx, wanted)
  return {
    total,
    rows: rows.map((slot) => {
      const facts = { typeCode: slot.typeCode, agenda: { place: { organizationId: slot.organizationId } } }
      const mayClose = mayOnSlot(ctx.actor, 'close', facts)
      return {
        ...slot,
        mayClose: mayClose && whyNotClosable(slot, ctx.now) === null,
        mayReopen: mayOnSlot(ctx.actor, 'reopen', facts) && whyNotReopenable(slot, ctx.now) === null,
        mayDelete: mayClose && whyNotDeletable(slot, ctx.now) === null,
      }
    }),
  }
})

/** What the form that opens slots starts from. */
export const newSlots = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayOpenSlots(ctx.actor), 'open slots')
  const { options, values } = await slotsToOpen(ctx)
  const { agendaGuidance } = await ctx.tx.organization.findUniqueOrThrow({
    where: { id: ctx.actor.organization.id },
    select: { agendaGuidance: true },
  })
  return { options, values, guidance: agendaGuidance }
})

/** What filters of slots offer: the agendas of the service where some are opened, their places, their types. */
export const slotChoices = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayOpenSlots(ctx.actor), 'open the slots')
  const { options, places } = await slotsToOpen(ctx)
  return { agendaId: options.agendaId, typeCode: options.typeCode, placeId: places }
})

/** The agendas where the agent opens slots, the types they are for, and what a form that opens some starts from. */
export async function slotsToOpen(ctx: Context<AgentActor>) {
  const codes = slotTypesOf(ctx.actor)
  const agendas = await ctx.tx.agenda.findMany({
    where: {
      archivedAt: null,
      place: {
        archivedAt: null,
        organizationId: ctx.actor.organization.id,
        appointmentTypes: { some: { typeCode: { in: codes } } },
      },
    },
    select: {
      id: true,
      name: true,
      place: {
        select: {
          id: true,
          name: true,
          appointmentTypes: {
            where: { typeCode: { in: codes } },
            select: { type: { select: { code: true, label: true, position: true } } },
          },
        },
      },
    },
    orderBy: [{ place: { name: 'asc' } }, { name: 'asc' }, { id: 'asc' }],
  })
  const types = new Map(
    agendas.flatMap(({ place }) => place.appointmentTypes.map(({ type }) => [type.code, type] as const)),
  )
  const places = new Map(agendas.map(({ place }) => [place.id, place.name]))
  const options = {
    agendaId: agendas.map(({ id: agendaId, name, place }) => ({
      value: String(agendaId),
      label: name === place.name ? name : `${place.name}\u00a0: ${name}`,
    })),
    typeCode: [...types.values()]
      .sort((one, other) => one.position - other.position)
      .map(({ code, label }) => ({ value: code, label })),
  }
  const only = (choices: readonly { value: string }[]) =>
    choices.length === 1 ? (choices[0]?.value ?? '') : ''
  return {
    options,
    places: [...places].map(([placeId, name]) => ({ value: String(placeId), label: name })),
    values: {
      ...{ agendaId: only(options.agendaId), typeCode: only(options.typeCode) },
      ...{ durationMinutes: 30, capacity: 1 },
    },
  }
}

/** What the form of a slot's seats is drawn from. */
export const slotToChange = query(z.object({ slotId: id }), async (ctx: Context<AgentActor>, { slotId }) => {
  const slot = orNotFound(
    await ctx.tx.slot.findFirst({
      where: { AND: [{ id: slotId }, slotsVisibleTo(ctx.actor)] },
      include: { agenda: { select: { place: { select: { organizationId: true } } } } },
    }),
    'slot',
  )
  assertAllowed(mayOnSlot(ctx.actor, 'edit', slot), 'edit a slot')
  const { seatsTaken, capacity } = slot
  return { id: slotId, version: slot.updatedAt.toISOString(), values: { capacity }, seatsTaken }
})
