import { Prisma } from '@prisma/client'
import { typesOfFamilySql } from '../../appointment-type/queries.server'
import type { AppointmentTypeFacts } from '../../appointment-type/policy'
import {
  deliveryAmong,
  failedAtSql,
  inTroubleSql,
  messagesOfSql,
  stillUnreceivedSql,
  type Delivery,
  type TellingMessage,
} from '../../message/queries/delivery.server'
import type { Reach } from '../../probationer/rules'
import { agendasSql, agendaVisibleSql, placeVisibleSql } from '../../place/queries/visible.sql.server'
import type { AgentActor, Role } from '../../shared/actor'
import { addDays, civilOf, instantOf, monthsAfter, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { day } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'
import type { Grant } from '../../shared/rights'
import { appointmentListReach, mayRecordOutcomes, outcomeReach, type AppointmentFacts } from '../policy'
import { attentionDays, outcomePromptMonths, type AppointmentState } from '../rules'

/**
 * The hot readings of appointments: a page of a list with its count, or the count alone, each one
 * statement. What concerns one place or agent is read from the appointments; what a service receives or
 * its jurisdiction sees, from appointment_scope: one ordered range of one index a service, rows unread.
 * What they find is what the policy promises: tests/resources/appointment/list-scope.test.ts compares them.
 */

type Attention = 'sms_not_received' | 'no_mobile'

/** How long after a day that was missed its SMS, when it did not arrive, is worth a call. */
const missedIsTold = 14 * day

/** Which appointments, once what was typed is read. */
export interface Asked {
  view: 'day' | 'to_come' | 'outcome_missing' | 'all' | 'unreached'
  /** A civil day of the place where the person is expected. */
  date: CivilDate | null
  /** Later than this civil day of the agent's service. */
  after: CivilDate | null
  state: AppointmentState | null
  typeCode: string | null
  placeId: number | null
  agendaId: number | null
  agentId: number | null
  /** Of those of the next days, what is to be mended. */
  attention: Attention | null
  /** Those of some persons: a condition on `t.probationer_id`. */
  ofPersons?: Prisma.Sql
  mine: boolean
  wholeJurisdiction: boolean
  page: number
  perPage: number
}

/** An appointment as its line in a list needs it. */
export interface ListedAppointment extends AppointmentFacts {
  id: number
  startsAt: Date
  state: AppointmentState
  /** Another appointment, which stands, comes after this one that was missed or excused. */
  reconvened: boolean
  type: AppointmentTypeFacts & { label: string }
  probationer: Reach & {
    id: number
    lastName: string
    firstName: string
    followingOrganizationIds: number[]
    creatingOrganizationId: number | null
  }
  place: { name: string }
  agent: { id: number; firstName: string; lastName: string } | null
  organization: { timeZone: string }
  slot: { agenda: { id: number; name: string } }
  delivery: Delivery | null
}

interface AppointmentRow extends Reach, Omit<AppointmentTypeFacts, 'code'> {
  id: number
  startsAt: Date
  state: AppointmentState
  reconvened: boolean
  organizationId: number
  creatingOrganizationId: number
  timeZone: string
  probationerId: number
  lastName: string
  firstName: string
  followingOrganizationIds: number[]
  registeringOrganizationId: number | null
  typeCode: string
  label: string
  placeName: string
  agendaId: number
  agendaName: string
  agentId: number | null
  agentFirstName: string | null
  agentLastName: string | null
  messages: TellingMessage[] | null
}

const columns = Prisma.sql`
  a.id, a.starts_at AS "startsAt", a.state::text AS state, a.organization_id AS "organizationId",
  a.creating_organization_id AS "creatingOrganizationId", host.time_zone AS "timeZone",
  p.id AS "probationerId", p.last_name AS "lastName", p.first_name AS "firstName",
  p.following_organization_ids AS "followingOrganizationIds", p.creating_organization_id AS "registeringOrganizationId", p.phone, p.phone_state::text AS "phoneState",
  p.has_no_mobile_phone AS "hasNoMobilePhone", p.sms_opt_out AS "smsOptOut", p.archived_at AS "archivedAt",
  p.limited_at AS "limitedAt", a.type_code AS "typeCode", type.label, type.bookable_by_execution_office AS "bookableByExecutionOffice",
  type.bookable_by_sentence_department AS "bookableBySentenceDepartment",
  type.bookable_by_probation AS "bookableByProbation", type.restricted_in_probation AS "restrictedInProbation",
  place.name AS "placeName", agenda.id AS "agendaId", agenda.name AS "agendaName",
  agent.id AS "agentId", agent.first_name AS "agentFirstName", agent.last_name AS "agentLastName",
  EXISTS (SELECT FROM appointment again
           WHERE again.reconvenes_id = a.id AND again.state NOT IN ('cancelled', 'rescheduled')) AS reconvened,
  ${messagesOfSql(Prisma.sql`a.id`)} AS messages`

const joins = Prisma.sql`
  JOIN probationer p ON p.id = a.probationer_id
  JOIN organization host ON host.id = a.organization_id
  JOIN appointment_type type ON type.code = a.type_code
  JOIN place ON place.id = a.place_id
  JOIN slot ON slot.id = a.slot_id
  JOIN agenda ON agenda.id = slot.agenda_id
  LEFT JOIN agent ON agent.id = a.agent_id`

function appointmentOf(row: AppointmentRow): ListedAppointment {
  const { id, startsAt, state, reconvened, organizationId, creatingOrganizationId, timeZone, messages } = row
  return {
    id,
    startsAt,
    state,
    reconvened,
    organizationId,
    creatingOrganizationId,
    organization: { timeZone },
    type: {
      code: row.typeCode,
      label: row.label,
      bookableByExecutionOffice: row.bookableByExecutionOffice,
      bookableBySentenceDepartment: row.bookableBySentenceDepartment,
      bookableByProbation: row.bookableByProbation,
      restrictedInProbation: row.restrictedInProbation,
    },
    probationer: {
      id: row.probationerId,
      lastName: row.lastName,
      firstName: row.firstName,
      followingOrganizationIds: row.followingOrganizationIds,
      creatingOrganizationId: row.registeringOrganizationId,
      phone: row.phone,
      phoneState: row.phoneState,
      hasNoMobilePhone: row.hasNoMobilePhone,
      smsOptOut: row.smsOptOut,
      archivedAt: row.archivedAt,
      limitedAt: row.limitedAt,
    },
    place: { name: row.placeName },
    slot: { agenda: { id: row.agendaId, name: row.agendaName } },
    agent:
      row.agentId === null
        ? null
        : { id: row.agentId, firstName: row.agentFirstName ?? '', lastName: row.agentLastName ?? '' },
    delivery: deliveryAmong(messages ?? [], timeZone),
  }
}

/** One page of the appointments an agent may see, and how many there are (at most `countedUpTo` + 1). */
export async function pageOfAppointments(
  ctx: Context<AgentActor>,
  asked: Asked,
  order: 'ASC' | 'DESC',
): Promise<{ rows: ListedAppointment[]; total: number }> {
  // Both ways of one index: a row and its ties are read as they lie.
  const sorted = Prisma.sql`ORDER BY starts_at ${Prisma.raw(order)}, id ${Prisma.raw(order)}`
  const found = foundSql(
    ctx,
    asked,
    Prisma.sql`${sorted} LIMIT ${Math.max(countedUpTo + 1, asked.page * asked.perPage)}`,
  )
  if (!found) return { rows: [], total: 0 }
  // From the count, which has a row on a page beyond the end too.
  const rows = await rowsOf<(AppointmentRow | { id: null }) & { total: number }>(
    ctx,
    Prisma.sql`
      WITH found AS MATERIALIZED (${found}),
           page AS (SELECT id FROM found ${sorted} LIMIT ${asked.perPage} OFFSET ${(asked.page - 1) * asked.perPage})
      SELECT total.count AS total, line.*
        FROM (SELECT count(*)::int AS count FROM found) AS total
        LEFT JOIN (SELECT ${columns} FROM page JOIN appointment a ON a.id = page.id ${joins}) AS line ON true
       ORDER BY "startsAt" ${Prisma.raw(order)}, id ${Prisma.raw(order)}`,
  )
  return {
    total: Math.min(rows[0]?.total ?? 0, countedUpTo + 1),
    rows: rows.flatMap((row) => (row.id === null ? [] : [appointmentOf(row)])),
  }
}

/** How many an agent may see, at most `countedUpTo` + 1. */
export async function countOfAppointments(ctx: Context<AgentActor>, asked: Asked): Promise<number> {
  const found = foundSql(ctx, asked, Prisma.sql`LIMIT ${countedUpTo + 1}`)
  if (!found) return 0
  const [row] = await rowsOf<{ total: number }>(
    ctx,
    Prisma.sql`SELECT count(*)::int AS total FROM (${found}) AS found`,
  )
  return Math.min(row?.total ?? 0, countedUpTo + 1)
}

/** The ids of all that an agent may see, in the order of the list. */
export async function idsOfAppointments(
  ctx: Context<AgentActor>,
  asked: Asked,
  { order, most }: { order: 'ASC' | 'DESC'; most: number },
): Promise<number[]> {
  const sorted = Prisma.sql`ORDER BY starts_at ${Prisma.raw(order)}, id ${Prisma.raw(order)} LIMIT ${most}`
  const found = foundSql(ctx, asked, sorted)
  if (!found) return []
  const rows = await rowsOf<{ id: number }>(ctx, Prisma.sql`SELECT id FROM (${found}) AS found ${sorted}`)
  return rows.map(({ id }) => id)
}

/** Appointments by their ids, in the order given; what the agent may see of them is the caller's affair. */
export async function appointmentsOf(
  ctx: Context<AgentActor>,
  ids: readonly number[],
): Promise<ListedAppointment[]> {
  const rows = await rowsOf<AppointmentRow>(
    ctx,
    Prisma.sql`
      SELECT ${columns} FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS wanted (id, rank)
        JOIN appointment a ON a.id = wanted.id ${joins}
       ORDER BY wanted.rank`,
  )
  return rows.map(appointmentOf)
}

/**
 * The appointments of one person that a record shows, of every service and type: to come, and of the last
 * months still without outcome; and how the past ones ended.
 */
export async function appointmentsOfPerson(ctx: Context<AgentActor>, probationerId: number) {
  const rows = await rowsOf<(AppointmentRow | { id: null }) & { toCome: boolean } & Attendance>(
    ctx,
    Prisma.sql`
      WITH shown AS (
        (SELECT id, true AS to_come FROM appointment
          WHERE probationer_id = ${probationerId} AND starts_at > ${ctx.now} AND state IN ('booked', 'excused')
          ORDER BY starts_at LIMIT 50)
        UNION ALL
        (SELECT id, false FROM appointment
          WHERE probationer_id = ${probationerId} AND starts_at <= ${ctx.now} AND starts_at >= ${promptsSince(ctx)}
            AND state = 'booked'
          ORDER BY starts_at DESC LIMIT 20)),
      attendance AS (
        SELECT count(*) FILTER (WHERE state = 'attended')::int AS attended,
               count(*) FILTER (WHERE state = 'missed')::int AS missed,
               count(*) FILTER (WHERE state = 'excused')::int AS excused
          FROM appointment WHERE probationer_id = ${probationerId})
      SELECT attendance.*, line.*
        FROM attendance
        LEFT JOIN (
          SELECT shown.to_come AS "toCome", ${columns} FROM shown JOIN appointment a ON a.id = shown.id ${joins}
        ) AS line ON true
       ORDER BY "startsAt", id`,
  )
  const [{ attended, missed, excused } = { attended: 0, missed: 0, excused: 0 }] = rows
  const shown = rows.flatMap((row) =>
    row.id === null ? [] : [{ toCome: row.toCome, ...appointmentOf(row) }],
  )
  return {
    toCome: shown.filter((row) => row.toCome),
    unsettled: shown.filter((row) => !row.toCome).reverse(),
    attendance: { attended, missed, excused },
  }
}

interface Attendance {
  attended: number
  missed: number
  excused: number
}

/** How many appointments of one day there are of each of these types, among all that the agent may see. */
export async function countsByType(
  ctx: Context<AgentActor>,
  asked: Asked,
  types: readonly string[],
): Promise<{ typeCode: string; total: number }[]> {
  const found = foundSql(ctx, asked, Prisma.empty)
  if (!found) return []
  return rowsOf<{ typeCode: string; total: number }>(
    ctx,
    Prisma.sql`
      SELECT a.type_code AS "typeCode", count(*)::int AS total
        FROM (${found}) AS found JOIN appointment a ON a.id = found.id
       WHERE a.type_code = ANY (${[...types]}::text[])
       GROUP BY a.type_code`,
  )
}

export interface AppointmentFilters {
  types: { code: string; label: string }[]
  places: { id: number; name: string; archived: boolean; agendas: { id: number; name: string }[] }[]
  agents: { id: number; firstName: string; lastName: string }[]
}

/** What the filters of the list offer: types, places, agendas, and agents of these roles, that may be met there. */
export async function filtersOfAppointments(
  ctx: Context<AgentActor>,
  roles: readonly Role[],
): Promise<AppointmentFilters> {
  const { actor } = ctx
  const [filters] = await rowsOf<AppointmentFilters>(
    ctx,
    Prisma.sql`
      SELECT (SELECT coalesce(json_agg(json_build_object('code', code, 'label', label) ORDER BY position), '[]')
                FROM appointment_type) AS types,
             (SELECT coalesce(json_agg(json_build_object(
                       'id', p.id, 'name', p.name, 'archived', p.archived_at IS NOT NULL,
                       'agendas', ${agendasSql(agendaVisibleSql(actor))}) ORDER BY p.name, p.id), '[]')
                FROM place p WHERE ${placeVisibleSql(actor)}) AS places,
             (SELECT coalesce(json_agg(json_build_object('id', id, 'firstName', first_name, 'lastName', last_name)
                                       ORDER BY last_name, first_name, id), '[]')
                FROM agent
               WHERE organization_id = ANY (${[...actor.jurisdiction]}::int[])
                 AND role = ANY (${[...roles]}::role[])) AS agents`,
  )
  return filters ?? { types: [], places: [], agents: [] }
}

/** Where rows `t` come from, and how each of them stands to the agent. */
interface Source {
  from: Prisma.Sql
  id: Prisma.Sql
  seen: Prisma.Sql
  /** Received by the own service, made by it. */
  hosted: Prisma.Sql
  made: Prisma.Sql
}

/** The id, instant and person of what a list shows, cut by `slice`; null when the role finds nothing there. */
export function foundSql(ctx: Context<AgentActor>, asked: Asked, slice: Prisma.Sql): Prisma.Sql | null {
  const { actor } = ctx
  const reach = appointmentListReach(actor)
  const settling = asked.view === 'outcome_missing'
  if (reach.list.length === 0 || (settling && !mayRecordOutcomes(actor))) return null
  const settled = settling ? outcomeReach(actor) : null
  const narrowed = asked.wholeJurisdiction || reach.byDefault.includes('A') ? null : reach.byDefault
  const ownOnly =
    settled?.ownOnly === true || narrowed?.every((grant) => grant === 'O' || grant === 'c') === true
  const ranges = rangesOf(actor, asked)
  const attention = ({ id }: Source) => {
    const reason = asked.view === 'unreached' ? 'unreached' : asked.attention
    return reason ? [reasons[reason]({ id, person: Prisma.sql`t.probationer_id` })] : []
  }

  const conditionsOf = (source: Source, more: readonly Prisma.Sql[]) =>
    Prisma.join(
      [
        ...more,
        ...momentOf(ctx, asked),
        ...(asked.date ? [onDay(actor, asked.date, source)] : []),
        ...(narrowed ? [narrowedTo(narrowed, actor, source)] : []),
        ...(settled?.ownOnly ? [source.hosted] : []),
        ...(settled && !settled.everyType ? [ofTypes(actor, settled.exceptType)] : []),
        ...attention(source),
        source.seen,
      ],
      ' AND ',
    )

  if (ranges.length > 0 || (reach.list.includes('A') && !ownOnly)) {
    const source = appointmentsThemselves(actor, reach.list)
    const branches = (ranges.length > 0 ? ranges : [[]]).map(
      (range) =>
        Prisma.sql`(SELECT t.starts_at, t.id, t.probationer_id FROM ${source.from} WHERE ${conditionsOf(source, range)} ${slice})`,
    )
    return Prisma.sql`SELECT starts_at, id, probationer_id FROM (${Prisma.join(branches, ' UNION ')}) AS branch ${slice}`
  }
  const source = scopeOfServices(actor, reach.list)
  if (ownOnly)
    return Prisma.sql`
      SELECT t.starts_at, t.appointment_id AS id, t.probationer_id FROM ${source.from}
       WHERE ${conditionsOf(source, [Prisma.sql`t.organization_id = ${actor.organization.id}`])} ${slice}`
  return Prisma.sql`
    SELECT DISTINCT line.starts_at, line.id, line.probationer_id
      FROM unnest(${[...actor.jurisdiction]}::int[]) AS service (id)
     CROSS JOIN LATERAL (
       SELECT t.starts_at, t.appointment_id AS id, t.probationer_id FROM ${source.from}
        WHERE ${conditionsOf(source, [Prisma.sql`t.organization_id = service.id`])} ${slice}) AS line
     ${slice}`
}

/** Rows of the scope: those of a linked service are seen when it follows the person. */
function scopeOfServices(actor: AgentActor, list: readonly Grant[]): Source {
  const own = Prisma.sql`t.organization_id = ${actor.organization.id}`
  const made = Prisma.sql`(t.creates AND ${own})`
  // Last: received without being followed nor made, it is seen when a linked service follows the person.
  const linkedFollows = Prisma.sql`(t.hosts AND ${own} AND ${followedIn(actor, Prisma.sql`t.appointment_id`)})`
  return {
    from: Prisma.sql`appointment_scope AS t`,
    id: Prisma.sql`t.appointment_id`,
    hosted: Prisma.sql`(t.hosts AND ${own})`,
    made,
    seen: seenBy(list, { J: Prisma.sql`t.follows`, c: made }, linkedFollows),
  }
}

/** Rows of the table itself, for a range that the scope does not have. */
function appointmentsThemselves(actor: AgentActor, list: readonly Grant[]): Source {
  const made = Prisma.sql`t.creating_organization_id = ${actor.organization.id}`
  return {
    from: Prisma.sql`appointment AS t`,
    id: Prisma.sql`t.id`,
    hosted: Prisma.sql`t.organization_id = ${actor.organization.id}`,
    made,
    seen: seenBy(list, { J: followedIn(actor, Prisma.sql`t.id`), c: made }),
  }
}

function seenBy(
  list: readonly Grant[],
  by: { J: Prisma.Sql; c: Prisma.Sql },
  orElse?: Prisma.Sql,
): Prisma.Sql {
  if (list.includes('A')) return Prisma.sql`true`
  const ways = [
    ...(list.includes('c') ? [by.c] : []),
    ...(list.includes('J') ? [by.J, ...(orElse ? [orElse] : [])] : []),
  ]
  return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' OR ')})` : Prisma.sql`false`
}

/**
 * Whether a service of the jurisdiction follows the person. Not EXISTS, which PostgreSQL may answer by
 * first reading the whole scope: this is asked of each row, in order, until the page is full.
 */
const followedIn = (actor: AgentActor, id: Prisma.Sql) => Prisma.sql`
  coalesce((SELECT true FROM appointment_scope v
             WHERE v.appointment_id = ${id} AND v.organization_id = ANY (${[...actor.jurisdiction]}::int[])
               AND v.follows LIMIT 1), false)`

/** The role's default filter, until the agent lifts it. */
function narrowedTo(narrowed: readonly Grant[], actor: AgentActor, { hosted, made }: Source): Prisma.Sql {
  const ways = narrowed.flatMap((grant) => {
    if (grant === 'O') return [hosted]
    if (grant === 'c') return [made]
    if (grant === 'T') return [ofTypes(actor, null)]
    return grant === 'J' ? [Prisma.sql`true`] : []
  })
  return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' OR ')})` : Prisma.sql`false`
}

/** Of the types of the agent's family, read once a statement. */
const ofTypes = (agent: AgentActor, except: string | null) =>
  Prisma.sql`t.type_code = ANY (ARRAY(${typesOfFamilySql(agent, except)}))`

/** The filters that an index of appointments answers: one list of conditions a range; none without them. */
function rangesOf(actor: AgentActor, asked: Asked): Prisma.Sql[][] {
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
    ...(asked.ofPersons ? [asked.ofPersons] : []),
  ]
  // Mine: given to me, or to nobody about a person who is. Two ranges, each in its index; the persons come
  // as an array, so that PostgreSQL starts from them and not from all that is given to nobody.
  const mine = [
    Prisma.sql`t.agent_id = ${actor.id}`,
    Prisma.sql`t.agent_id IS NULL AND t.probationer_id = ANY (ARRAY(
      SELECT id FROM probationer WHERE assigned_agent_id = ${actor.id}))`,
  ]
  if (asked.mine) return mine.map((one) => [one, ...where])
  return where.length > 0 ? [where] : []
}

/** The word of an appointment `t` that its person has not received and was not told by phone: a message `m`. */
export const unreceivedWordSql = Prisma.sql`
  (CASE t.state WHEN 'booked' THEN m.kind IN ('summons', 'reminder', 'rescheduling')
                WHEN 'cancelled' THEN m.kind = 'cancellation'
                WHEN 'missed' THEN m.kind = 'missed' END)
  AND ${stillUnreceivedSql}
  AND NOT EXISTS (SELECT 1 FROM phone_call c WHERE c.appointment_id = m.appointment_id AND c.at >= ${failedAtSql})`

/** Why an appointment is to be looked at before the day, asked of each row through a small index. */
const reasons = {
  sms_not_received: ({ id }) => Prisma.sql`
    coalesce((
      SELECT true FROM message m JOIN probationer p ON p.id = m.probationer_id
       WHERE m.appointment_id = ${id} AND ${inTroubleSql} AND ${stillUnreceivedSql} LIMIT 1), false)`,
  no_mobile: ({ person }) => Prisma.sql`
    coalesce((
      SELECT true FROM probationer p
       WHERE p.id = ${person} AND (p.phone IS NULL OR p.phone_state = 'dead') AND NOT p.sms_opt_out
       LIMIT 1), false)`,
  unreached: ({ id, person }) => Prisma.sql`
    (coalesce((
      SELECT true FROM message m JOIN probationer p ON p.id = m.probationer_id
       WHERE m.appointment_id = ${id} AND ${unreceivedWordSql} LIMIT 1), false)
     OR t.state = 'booked' AND coalesce((
      SELECT true FROM probationer p
       WHERE p.id = ${person} AND p.phone_state <> 'fine' AND p.phone IS NOT NULL
         AND NOT p.sms_opt_out AND p.archived_at IS NULL AND p.limited_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM phone_call c WHERE c.appointment_id = ${id}) LIMIT 1), false))`,
} satisfies Record<Attention | 'unreached', (row: { id: Prisma.Sql; person: Prisma.Sql }) => Prisma.Sql>

/** When, in which state, of which type. */
function momentOf(ctx: Context<AgentActor>, asked: Asked): Prisma.Sql[] {
  return [
    ...boundsOf(ctx, asked).map(
      ([operator, instant]) => Prisma.sql`t.starts_at ${Prisma.raw(operator)} ${instant}`,
    ),
    ...(asked.view === 'outcome_missing' ? [Prisma.sql`t.state = 'booked'`] : []),
    asked.view === 'unreached'
      ? Prisma.sql`(t.starts_at >= ${ctx.now} AND t.state IN ('booked', 'cancelled')
                 OR t.starts_at < ${ctx.now} AND t.state = 'missed')`
      : asked.state
        ? Prisma.sql`t.state = ${asked.state}::appointment_state`
        : // Whoever is excused beforehand is not to come.
          asked.view === 'to_come'
          ? Prisma.sql`t.state = 'booked'`
          : Prisma.sql`t.state NOT IN ('cancelled', 'rescheduled')`,
    ...(asked.typeCode ? [Prisma.sql`t.type_code = ${asked.typeCode}`] : []),
  ]
}

/** Where a civil day begins first, and where it ends last. */
const firstZone = 'Etc/GMT-14'
const lastZone = 'Etc/GMT+12'

/** The day that is named is that of the place, whoever reads: the agent's for their own service, else asked. */
function onDay(actor: AgentActor, date: CivilDate, { hosted, id }: Source): Prisma.Sql {
  const { timeZone } = actor.organization
  return Prisma.sql`
    CASE WHEN ${hosted}
         THEN t.starts_at >= ${instantOf(date, '00:00', timeZone)} AND t.starts_at < ${instantOf(addDays(date, 1), '00:00', timeZone)}
         ELSE (SELECT (h.starts_at AT TIME ZONE o.time_zone)::date
                 FROM appointment h JOIN organization o ON o.id = h.organization_id WHERE h.id = ${id}) = ${date}::date END`
}

/** The bounds of the view, and within them those of the day that is named, wherever it is that day. */
function boundsOf(ctx: Context<AgentActor>, { view, date, after, attention }: Asked): ['<' | '>=', Date][] {
  const bounds: ['<' | '>=', Date][] = []
  if (view === 'to_come') bounds.push(['>=', ctx.now])
  if (after) bounds.push(['>=', instantOf(addDays(after, 1), '00:00', ctx.actor.organization.timeZone)])
  if (view === 'unreached') bounds.push(['>=', new Date(ctx.now.getTime() - missedIsTold)])
  if (attention) bounds.push(['>=', ctx.now], ['<', new Date(ctx.now.getTime() + attentionDays * day)])
  if (view === 'outcome_missing') bounds.push(['<', startOfToday(ctx)], ['>=', promptsSince(ctx)])
  if (date)
    bounds.push(
      ['>=', instantOf(date, '00:00', firstZone)],
      ['<', instantOf(addDays(date, 1), '00:00', lastZone)],
    )
  return bounds
}

/** Midnight of the agent's day. */
function startOfToday(ctx: Context<AgentActor>): Date {
  const zone = ctx.actor.organization.timeZone
  return instantOf(civilOf(ctx.now, zone).date, '00:00', zone)
}

/** Older appointments no longer ask for their outcome (decision C5). */
export function promptsSince({ now, actor }: Context<AgentActor>): Date {
  return monthsAfter(now, -outcomePromptMonths, actor.organization.timeZone)
}
