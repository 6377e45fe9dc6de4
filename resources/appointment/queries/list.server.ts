import * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { civilDate, civilOf, type CivilDate } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { emptyAsNull, checkbox, optionalId } from '../../shared/fields'
import { canFollowProbationers, canHaveAppointmentsAssigned, rolesWithin } from '../../shared/rights'
import {
  appointmentListReach,
  mayOnAppointment,
  knowsWhoIsExpected,
  mayOpenAppointments,
  mayReconvene,
} from '../policy'
import { seesProbationer } from '../../probationer/policy'
import { initialOf, whyNotEditable, whyUnreachable } from '../../probationer/rules'
import { whyNotCancellable, whyNotOutcome, whyNotUndo } from '../rules'
import {
  countsByType,
  countOfAppointments,
  filtersOfAppointments,
  pageOfAppointments,
  promptsSince,
  type ListedAppointment,
} from './list.sql.server'

export const listAppointmentsInput = z.object({
  /** A civil day of the place where the person is expected. */
  date: emptyAsNull(civilDate).catch(null),
  /** Later than this civil day of the agent's service. */
  after: emptyAsNull(civilDate).catch(null),
  view: z.enum(['day', 'to_come', 'outcome_missing', 'all']).default('day').catch('day'),
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
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** What is to come in the order it comes, what is past from the last one. */
export const orderOf = ({ view, date }: { view: string; date: CivilDate | null }) =>
  view === 'to_come' || (view === 'day' && date !== null) ? 'ASC' : 'DESC'

/** One page of appointments the agent may see, newest day first, and how many (at most 1 001). */
export const listAppointments = query(listAppointmentsInput, async (ctx: Context<AgentActor>, input) => {
  const { byDefault } = appointmentListReach(ctx.actor)
  const { rows, total } = await pageOfAppointments(ctx, input, orderOf(input))
  return {
    rows: rows.map((row) => lineOf(ctx, row)),
    total,
    page: input.page,
    perPage: input.perPage,
    /** The default filter of the role, which `wholeJurisdiction` lifts; null when nothing is left out. */
    narrowedTo: input.wholeJurisdiction || byDefault.includes('A') ? null : byDefault,
  }
})

/** How many each view of the list has, with the filters that are asked, at most 1 001; of all of them, nobody counts. */
export const appointmentCounts = query(listAppointmentsInput, async (ctx: Context<AgentActor>, input) => {
  const inView = (view: 'day' | 'to_come' | 'outcome_missing', date: CivilDate | null = null) =>
    countOfAppointments(ctx, { ...input, view, date, page: 1, perPage: 1 })
  const today = civilOf(ctx.now, ctx.actor.organization.timeZone).date
  const [day, to_come, outcome_missing] = await Promise.all([
    inView('day', today),
    inView('to_come'),
    inView('outcome_missing'),
  ])
  return { day, to_come, outcome_missing }
})

/** How many appointments of the next days are of somebody without a mobile, at most 1 001. */
export const countWithoutMobile = query(listAppointmentsInput, (ctx: Context<AgentActor>, input) =>
  countOfAppointments(ctx, { ...input, view: 'to_come', attention: 'no_mobile' }),
)

/** How many appointments of the jurisdiction there are today of each of these types. */
export const countByType = (
  ctx: Context<AgentActor>,
  { today, types }: { today: CivilDate; types: readonly string[] },
) =>
  countsByType(ctx, listAppointmentsInput.parse({ view: 'day', date: today, wholeJurisdiction: true }), types)

export type AppointmentLine = ReturnType<typeof lineOf>

export function lineOf(ctx: Context<AgentActor>, row: ListedAppointment) {
  const { probationer } = row
  const maySettle = mayOnAppointment(ctx.actor, 'recordOutcome', row)
  const mayRecordOutcome =
    row.startsAt <= ctx.now && whyNotOutcome(row, 'attended', ctx.now) === null && maySettle
  return {
    id: row.id,
    ...civilOf(row.startsAt, row.organization.timeZone),
    startsAt: row.startsAt,
    state: row.state,
    probationer: {
      id: probationer.id,
      lastName: knowsWhoIsExpected(ctx.actor, row) ? probationer.lastName : initialOf(probationer.lastName),
      firstName: probationer.firstName,
      /** Whether the record opens to the reader. */
      opens: seesProbationer(ctx.actor, probationer),
      unreachable: whyUnreachable(probationer),
    },
    type: row.type.label,
    place: row.place.name,
    agenda: row.slot.agenda.name,
    agent: row.agent,
    mayRecordOutcome,
    /** It is asked for; later, recording stays possible (decision C5). */
    asksOutcome: mayRecordOutcome && row.startsAt >= promptsSince(ctx),
    mayUndo: whyNotUndo(row) === null && maySettle,
    toCome: actsToCome(ctx, row),
    mayReconvene: mayReconvene(ctx.actor, row),
    reconvened: row.reconvened,
    delivery: row.delivery,
  }
}

/** What the reader may do of an appointment that is still to come; null of any other. */
export const actsToCome = ({ actor, now }: Context<AgentActor>, row: ListedAppointment) =>
  whyNotCancellable(row, now) === null
    ? {
        reschedule: whyNotEditable(row.probationer) === null && mayOnAppointment(actor, 'reschedule', row),
        excuse: mayOnAppointment(actor, 'recordOutcome', row),
        cancel: mayOnAppointment(actor, 'cancel', row),
      }
    : null

/** Those who receive persons. */
const rolesWithAppointments = (['court', 'probation_service'] as const).flatMap((kind) =>
  rolesWithin((agent) => canHaveAppointmentsAssigned(agent) || canFollowProbationers(agent), kind),
)

/** What the filters of the list offer: types, places, agendas and agents that may be met there. */
export const appointmentFilters = query(noInput, (ctx: Context<AgentActor>) => {
  assertAllowed(mayOpenAppointments(ctx.actor), 'list appointments')
  return filtersOfAppointments(ctx, rolesWithAppointments)
})
