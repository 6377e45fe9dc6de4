import type { Prisma } from '@prisma/client'
import { z } from 'zod'
import type { AgentActor } from '../../shared/actor'
import { civilDate, civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { emptyAsNull, checkbox, optionalId } from '../../shared/fields'
import { deliveryOf } from '../../message/queries/of-appointment.server'
import { appointmentFacts, mayOnAppointment } from '../policy'
import { reachFacts, whyUnreachable } from '../../probationer/rules'
import { whyNotOutcome, whyNotUndo } from '../rules'
import { findAppointmentIds, promptsSince } from './find.server'

export const listAppointmentsInput = z.object({
  /** A civil day in the agent's zone. */
  date: emptyAsNull(civilDate).catch(null),
  view: z.enum(['day', 'to_come', 'outcome_missing', 'all']).catch('day'),
  state: emptyAsNull(z.enum(['booked', 'attended', 'missed', 'excused', 'cancelled', 'rescheduled'])).catch(
    null,
  ),
  typeCode: emptyAsNull(z.string().max(60)).catch(null),
  placeId: optionalId.catch(null),
  agendaId: optionalId.catch(null),
  agentId: optionalId.catch(null),
  /** What is to be mended before the day: an SMS that did not arrive, a person without a mobile. */
  attention: emptyAsNull(z.enum(['sms_not_received', 'no_mobile'])).catch(null),
  mine: checkbox.catch(false),
  /** Lifts the role's default filter: everything of the jurisdiction. */
  wholeJurisdiction: checkbox.catch(false),
  page: z.coerce.number().int().min(1).max(2_000).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).catch(25),
})
export type ListAppointments = Partial<z.input<typeof listAppointmentsInput>>

const line = {
  id: true,
  startsAt: true,
  state: true,
  ...appointmentFacts,
  probationer: {
    select: {
      ...appointmentFacts.probationer.select,
      id: true,
      lastName: true,
      firstName: true,
      ...reachFacts,
    },
  },
  type: { select: { ...appointmentFacts.type.select, label: true } },
  place: { select: { name: true } },
  agent: { select: { id: true, firstName: true, lastName: true } },
  organization: { select: { timeZone: true } },
  slot: { select: { agenda: { select: { id: true, name: true } } } },
} satisfies Prisma.AppointmentSelect

type Line = Prisma.AppointmentGetPayload<{ select: typeof line }>

/** One page of appointments the agent may see, newest day first, and how many (at most 1 001). */
export async function listAppointments(ctx: Context<AgentActor>, raw: ListAppointments) {
  const input = listAppointmentsInput.parse(raw)
  const upwards = input.view === 'to_come' || (input.view === 'day' && input.date !== null)
  const { ids, total } = await findAppointmentIds(ctx, input, upwards ? 'ASC' : 'DESC')
  const found = await ctx.tx.appointment.findMany({ where: { id: { in: ids } }, select: line })
  const rows = found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  const deliveries = await deliveryOf(ctx, rows)
  return {
    rows: rows.map((row) => ({ ...lineOf(ctx, row), delivery: deliveries.get(row.id) ?? null })),
    total,
    page: input.page,
    perPage: input.perPage,
  }
}

/** How many appointments a list would show, at most 1 001. */
export async function countAppointments(ctx: Context<AgentActor>, raw: ListAppointments): Promise<number> {
  const { total } = await findAppointmentIds(ctx, listAppointmentsInput.parse(raw), 'ASC')
  return total
}

function lineOf(ctx: Context<AgentActor>, { probationer, ...row }: Line) {
  const facts = { ...row, probationer }
  return {
    id: row.id,
    ...civilOf(row.startsAt, row.organization.timeZone),
    startsAt: row.startsAt,
    state: row.state,
    probationer: {
      id: probationer.id,
      lastName: probationer.lastName,
      firstName: probationer.firstName,
      unreachable: whyUnreachable(probationer),
    },
    type: row.type.label,
    place: row.place.name,
    agenda: row.slot.agenda.name,
    agent: row.agent,
    asksOutcome:
      row.startsAt <= ctx.now &&
      row.startsAt >= promptsSince(ctx.now) &&
      whyNotOutcome(row, 'attended', ctx.now) === null &&
      mayOnAppointment(ctx.actor, 'recordOutcome', facts),
    mayUndo: whyNotUndo(row) === null && mayOnAppointment(ctx.actor, 'recordOutcome', facts),
  }
}

/** What the filters of the list offer: types, places and agendas the agent may meet there. */
export async function appointmentFilters(ctx: Context<AgentActor>) {
  const organizationId = { in: [...ctx.actor.jurisdiction] }
  const [types, places] = await Promise.all([
    ctx.tx.appointmentType.findMany({ select: { code: true, label: true }, orderBy: { position: 'asc' } }),
    ctx.tx.place.findMany({
      where: { organizationId },
      select: { id: true, name: true, archivedAt: true, agendas: { select: { id: true, name: true } } },
      orderBy: { name: 'asc' },
      take: 200,
    }),
  ])
  return {
    types,
    places: places.map(({ archivedAt, ...place }) => ({ ...place, archived: archivedAt !== null })),
  }
}
