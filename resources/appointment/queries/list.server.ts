import type { Prisma } from '@prisma/client'
import { z } from 'zod'
import type { AgentActor } from '../../shared/actor'
import { addDays, civilDate, civilOf, instantOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { blankable, box, optionalId } from '../../shared/fields'
import { deliveryOf } from '../../message/queries.server'
import { isExecutionOffice } from '../../shared/rights'
import { appointmentFacts, appointmentsVisibleTo, defaultAppointmentFilter, mayOnAppointment } from '../policy'
import { outcomePromptMonths, whyNotOutcome } from '../rules'

export const listAppointmentsInput = z.object({
  /** A civil day in the agent's zone. */
  date: blankable(civilDate).catch(null),
  view: z.enum(['day', 'to_come', 'outcome_missing', 'all']).catch('day'),
  state: blankable(z.enum(['booked', 'attended', 'missed', 'excused', 'cancelled', 'rescheduled'])).catch(null),
  typeCode: blankable(z.string().max(60)).catch(null),
  placeId: optionalId.catch(null),
  agendaId: optionalId.catch(null),
  agentId: optionalId.catch(null),
  /** What is to be mended before the day: an SMS that did not arrive, a person without a mobile. */
  attention: blankable(z.enum(['sms_not_received', 'no_mobile'])).catch(null),
  mine: box.catch(false),
  /** Lifts the role's default filter: everything of the jurisdiction. */
  wholeJurisdiction: box.catch(false),
  page: z.coerce.number().int().min(1).max(2_000).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).catch(25),
})
export type ListAppointments = Partial<z.input<typeof listAppointmentsInput>>

/** Counting stops here: see resources/probationer/queries.server.ts. */
const countedUpTo = 1_000

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
      phone: true,
      smsOptOut: true,
      hasNoMobilePhone: true,
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
  const where = whereOf(ctx, input)
  const upwards = input.view === 'to_come' || (input.view === 'day' && input.date !== null)
  const [rows, counted] = await Promise.all([
    ctx.tx.appointment.findMany({
      where,
      select: line,
      orderBy: [{ startsAt: upwards ? 'asc' : 'desc' }, { id: 'asc' }],
      skip: (input.page - 1) * input.perPage,
      take: input.perPage,
    }),
    count(ctx, where),
  ])
  const deliveries = await deliveryOf(
    ctx,
    rows.map((row) => row.id),
  )
  return {
    rows: rows.map((row) => ({ ...lineOf(ctx, row), delivery: deliveries.get(row.id) ?? null })),
    total: counted,
    page: input.page,
    perPage: input.perPage,
  }
}

/** How many appointments a list would show, at most 1 001. */
export async function countAppointments(ctx: Context<AgentActor>, raw: ListAppointments): Promise<number> {
  return count(ctx, whereOf(ctx, listAppointmentsInput.parse(raw)))
}

async function count(ctx: Context, where: Prisma.AppointmentWhereInput): Promise<number> {
  const rows = await ctx.tx.appointment.findMany({ where, select: { id: true }, take: countedUpTo + 1 })
  return rows.length
}

function whereOf(ctx: Context<AgentActor>, input: z.output<typeof listAppointmentsInput>): Prisma.AppointmentWhereInput {
  const { actor, now } = ctx
  const zone = actor.organization.timeZone
  const when = (): Prisma.AppointmentWhereInput => {
    if (input.view === 'outcome_missing') return { state: 'booked', startsAt: { lt: startOfToday(ctx), gte: promptsSince(now) } }
    if (input.date) {
      const start = instantOf(input.date, '00:00', zone)
      return { startsAt: { gte: start, lt: instantOf(addDays(input.date, 1), '00:00', zone) } }
    }
    return input.view === 'to_come' ? { startsAt: { gte: now } } : {}
  }
  return {
    AND: [
      appointmentsVisibleTo(actor),
      input.wholeJurisdiction ? {} : defaultAppointmentFilter(actor),
      when(),
      input.state
        ? { state: input.state }
        : { state: { notIn: ['cancelled', 'rescheduled'] } },
      input.typeCode ? { typeCode: input.typeCode } : {},
      input.placeId ? { placeId: input.placeId } : {},
      input.agendaId ? { slot: { agendaId: input.agendaId } } : {},
      input.agentId ? { agentId: input.agentId } : {},
      input.mine ? { agentId: actor.id } : {},
      input.attention === 'sms_not_received'
        ? { messages: { some: { state: { in: ['failed', 'expired'] } } } }
        : {},
      input.attention === 'no_mobile' ? { probationer: { phone: null, smsOptOut: false } } : {},
    ],
  }
}

/** Midnight of the agent's day. */
export function startOfToday(ctx: Context<AgentActor>): Date {
  const zone = ctx.actor.organization.timeZone
  return instantOf(civilOf(ctx.now, zone).date, '00:00', zone)
}

/** Older appointments no longer ask for their outcome (decision C5). */
export function promptsSince(now: Date): Date {
  const since = new Date(now)
  since.setUTCMonth(since.getUTCMonth() - outcomePromptMonths)
  return since
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
      hasPhone: probationer.phone !== null,
      smsOptOut: probationer.smsOptOut,
    },
    type: row.type.label,
    place: row.place.name,
    agenda: row.slot.agenda.name,
    agent: row.agent,
    asksOutcome:
      !isExecutionOffice(ctx.actor) &&
      row.startsAt <= ctx.now &&
      row.startsAt >= promptsSince(ctx.now) &&
      whyNotOutcome(row, 'attended', ctx.now) === null &&
      mayOnAppointment(ctx.actor, 'recordOutcome', facts),
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
