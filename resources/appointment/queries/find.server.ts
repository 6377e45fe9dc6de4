import { Prisma } from '@prisma/client'
import type { z } from 'zod'
import { typesOfOwnFamily } from '../../appointment-type/policy'
import type { AgentActor } from '../../shared/actor'
import { addDays, civilOf, instantOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import type { Grant } from '../../shared/rights'
import { appointmentListReach, mayRecordOutcomes, outcomeReach } from '../policy'
import { attentionDays, outcomePromptMonths } from '../rules'
import type { listAppointmentsInput } from './list.server'

type Asked = z.output<typeof listAppointmentsInput>

/** Counting stops here: see resources/probationer/queries.server.ts. */
const countedUpTo = 1_000

/**
 * The ids of one page of the appointments an agent may see, and how many there are (at most
 * `countedUpTo` + 1), in one query. What concerns one service, place or agent is read from the
 * appointments; what the jurisdiction sees, from appointment_scope: one ordered range a service, merged.
 */
export async function findAppointmentIds(
  ctx: Context<AgentActor>,
  asked: Asked,
  order: 'ASC' | 'DESC',
): Promise<{ ids: number[]; total: number }> {
  const { actor } = ctx
  const own = actor.organization.id
  const reach = appointmentListReach(actor)
  const settling = asked.view === 'outcome_missing'
  if (reach.list.length === 0 || (settling && !mayRecordOutcomes(actor))) return { ids: [], total: 0 }
  const everywhere = reach.list.includes('A')
  const narrowed: readonly Grant[] = asked.wholeJurisdiction ? [] : reach.byDefault
  const types = narrowed.includes('T') ? await codesOf(ctx, typesOfOwnFamily(actor)) : null
  const typed = (orMade: Prisma.Sql | null) =>
    types ? [ofTypes(types, narrowed.includes('c') ? orMade : null)] : []
  const settled = settling ? outcomeReach(actor) : null
  const settledTypes = settled?.types ? await codesOf(ctx, settled.types) : null
  const ownOnly = narrowed.includes('O') || settled?.ownOnly === true
  const about = aboutAppointment(actor, asked)

  const upTo = Math.max(countedUpTo + 1, asked.page * asked.perPage)
  const sorted = Prisma.sql`ORDER BY starts_at ${Prisma.raw(order)}, id LIMIT ${upTo}`
  const branch = (from: Prisma.Sql, conditions: readonly Prisma.Sql[]) => Prisma.sql`
    (SELECT t.starts_at, t.id FROM ${from} WHERE ${Prisma.join([...conditions, ...moment(ctx, asked)], ' AND ')} ${sorted})`

  const branches =
    everywhere || ownOnly || about.indexed.length > 0
      ? (about.indexed.length > 0 ? about.indexed : [[]]).map((indexed) =>
          branch(Prisma.sql`appointment AS t`, [
            ...(ownOnly ? [Prisma.sql`t.organization_id = ${own}`] : []),
            ...(settledTypes ? [ofTypes(settledTypes, null)] : []),
            ...typed(Prisma.sql`t.creating_organization_id = ${own}`),
            ...indexed,
            ...about.conditions,
            ...(everywhere ? [] : [visible(actor)]),
          ]),
        )
      : actor.jurisdiction.map((service) =>
          branch(scopes, [
            Prisma.sql`t.organization_id = ${service}`,
            ...(service === own && reach.list.includes('c') ? [] : [Prisma.sql`t.follows`]),
            ...typed(service === own ? Prisma.sql`t.creates` : null),
            ...about.conditions,
          ]),
        )
  const rows = await ctx.tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM (${Prisma.join(branches, ' UNION ')}) AS found ${sorted}`
  const ids = rows.map((row) => row.id)
  return {
    ids: ids.slice((asked.page - 1) * asked.perPage, asked.page * asked.perPage),
    total: Math.min(ids.length, countedUpTo + 1),
  }
}

const scopes = Prisma.sql`(SELECT *, appointment_id AS id FROM appointment_scope) AS t`

/**
 * Seen by the own service, or by a linked one that follows the person. Not EXISTS, which PostgreSQL may
 * answer by first reading the whole scope: this is asked of each row, in order, until the page is full.
 */
const visible = (actor: AgentActor) => Prisma.sql`
  coalesce((SELECT true FROM appointment_scope v
             WHERE v.appointment_id = t.id AND v.organization_id = ANY (${[...actor.jurisdiction]}::int[])
               AND (v.follows OR v.organization_id = ${actor.organization.id}) LIMIT 1), false)`

const ofTypes = (codes: readonly string[], orMade: Prisma.Sql | null) =>
  orMade
    ? Prisma.sql`(t.type_code = ANY (${codes}::text[]) OR ${orMade})`
    : Prisma.sql`t.type_code = ANY (${codes}::text[])`

async function codesOf(ctx: Context<AgentActor>, where: Prisma.AppointmentTypeWhereInput): Promise<string[]> {
  const types = await ctx.tx.appointmentType.findMany({ where, select: { code: true } })
  return types.map((type) => type.code)
}

/**
 * The filters that an index of appointments answers, one list of conditions a range, and the others,
 * which read the appointment or its messages by its id.
 */
function aboutAppointment(actor: AgentActor, asked: Asked) {
  const where = [
    ...(asked.placeId ? [Prisma.sql`t.place_id = ${asked.placeId}`] : []),
    // Its place too: appointments have an index by place, none by agenda.
    ...(asked.agendaId
      ? [
          Prisma.sql`t.place_id = (SELECT place_id FROM agenda WHERE id = ${asked.agendaId})`,
          Prisma.sql`EXISTS (SELECT 1 FROM slot WHERE slot.id = t.slot_id AND slot.agenda_id = ${asked.agendaId})`,
        ]
      : []),
    ...(asked.agentId ? [Prisma.sql`t.agent_id = ${asked.agentId}`] : []),
  ]
  // Mine: given to me, or to nobody about a person who is. Two ranges, each in its index; the persons come
  // as an array, so that PostgreSQL starts from them and not from all that is given to nobody.
  const mine = [
    Prisma.sql`t.agent_id = ${actor.id}`,
    Prisma.sql`t.agent_id IS NULL AND t.probationer_id = ANY (ARRAY(
      SELECT id FROM probationer WHERE assigned_agent_id = ${actor.id}))`,
  ]
  const indexed = asked.mine ? mine.map((one) => [one, ...where]) : where.length > 0 ? [where] : []
  const others = {
    sms_not_received: Prisma.sql`EXISTS (
      SELECT 1 FROM message m
       WHERE m.appointment_id = t.id AND (m.state IN ('failed', 'expired') OR m.end_reason = 'unrenderable')
         AND NOT EXISTS (SELECT 1 FROM message later
                          WHERE later.appointment_id = t.id AND later.state = 'delivered'
                            AND later.due_at >= m.due_at AND later.id <> m.id))`,
    no_mobile: Prisma.sql`EXISTS (
      SELECT 1 FROM appointment a JOIN probationer p ON p.id = a.probationer_id
       WHERE a.id = t.id AND (p.phone IS NULL OR p.phone_state = 'dead') AND NOT p.sms_opt_out)`,
  }
  return { indexed, conditions: asked.attention ? [others[asked.attention]] : [] }
}

/** When, in which state, of which type. */
function moment(ctx: Context<AgentActor>, asked: Asked): Prisma.Sql[] {
  return [
    ...boundsOf(ctx, asked).map(
      ([operator, instant]) => Prisma.sql`t.starts_at ${Prisma.raw(operator)} ${instant}`,
    ),
    ...(asked.view === 'outcome_missing' ? [Prisma.sql`t.state = 'booked'`] : []),
    asked.state
      ? Prisma.sql`t.state = ${asked.state}::appointment_state`
      : Prisma.sql`t.state NOT IN ('cancelled', 'rescheduled')`,
    ...(asked.typeCode ? [Prisma.sql`t.type_code = ${asked.typeCode}`] : []),
  ]
}

/** The bounds of the view, and within them those of the day that is named. */
function boundsOf(ctx: Context<AgentActor>, { view, date, attention }: Asked): ['<' | '>=', Date][] {
  const zone = ctx.actor.organization.timeZone
  const bounds: ['<' | '>=', Date][] = []
  if (view === 'to_come') bounds.push(['>=', ctx.now])
  if (attention) bounds.push(['>=', ctx.now], ['<', new Date(ctx.now.getTime() + attentionDays * 86_400_000)])
  if (view === 'outcome_missing') bounds.push(['<', startOfToday(ctx)], ['>=', promptsSince(ctx.now)])
  if (date)
    bounds.push(['>=', instantOf(date, '00:00', zone)], ['<', instantOf(addDays(date, 1), '00:00', zone)])
  return bounds
}

/** Midnight of the agent's day. */
function startOfToday(ctx: Context<AgentActor>): Date {
  const zone = ctx.actor.organization.timeZone
  return instantOf(civilOf(ctx.now, zone).date, '00:00', zone)
}

/** Older appointments no longer ask for their outcome (decision C5). */
export function promptsSince(now: Date): Date {
  const since = new Date(now)
  since.setUTCMonth(since.getUTCMonth() - outcomePromptMonths)
  return since
}
