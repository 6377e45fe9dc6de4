import { Prisma } from '@prisma/client'
import { foundSql, unreceivedWordSql, type Asked } from '../../appointment/queries/list.sql.server'
import type { AppointmentState } from '../../appointment/rules'
import { failedAtSql } from '../../message/queries/delivery.server'
import type { MessageState } from '../../message/rules'
import type { MessageKind } from '../../message/template/schema'
import { checkedSql, followedBySql } from '../../probationer/queries/list.sql.server'
import { organizationsReached } from '../../probationer/policy'
import type { Reach } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { day } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'
import { unreachedRows, type UnreachedScope } from '../schema'

/**
 * Whom their SMS did not reach: the appointments that a list would show, of which the last word did not arrive or whose
 * number is to be checked, and the persons who stopped the SMS by the link. One statement a page.
 */

/** How long a refusal by the link is to be seen. */
const stopIsShown = 14 * day

const asked = (scope: UnreachedScope): Asked => ({
  view: 'unreached',
  ...{ date: null, after: null, state: null, typeCode: null, placeId: null, agendaId: null, agentId: null },
  attention: null,
  mine: scope === 'mine',
  wholeJurisdiction: scope === 'jurisdiction',
  ...{ page: 1, perPage: 1 },
})

const nobody = Prisma.sql`SELECT NULL::timestamptz AS starts_at, 0 AS id, 0 AS probationer_id WHERE false`

/** As many as are counted: the nearest first. */
const found = (ctx: Context<AgentActor>, scope: UnreachedScope) =>
  foundSql(ctx, asked(scope), Prisma.sql`ORDER BY starts_at, id LIMIT ${countedUpTo + 1}`) ?? nobody

/** Those who stopped the SMS by the link, and were not called since: persons `p`. */
function stoppedSql({ actor, now }: Context<AgentActor>, where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    p.sms_stopped_at > ${new Date(now.getTime() - stopIsShown)} AND p.sms_opt_out
    AND p.archived_at IS NULL AND p.limited_at IS NULL AND ${where}
    AND ${checkedSql(followedBySql(organizationsReached(actor, 'list')))}
    AND NOT EXISTS (SELECT 1 FROM phone_call c WHERE c.probationer_id = p.id AND c.at >= p.sms_stopped_at)`
}

function inScope(actor: AgentActor, scope: UnreachedScope): Prisma.Sql {
  if (scope === 'mine') return Prisma.sql`p.assigned_agent_id = ${actor.id}`
  return scope === 'service' ? checkedSql(followedBySql([actor.organization.id])) : Prisma.sql`true`
}

/** Each of these persons once, with the nearest of their days to come, else the last that went by. */
const personsSql = (ctx: Context<AgentActor>, scope: UnreachedScope) => Prisma.sql`
  found AS MATERIALIZED (${found(ctx, scope)}),
  stopped AS MATERIALIZED (
    SELECT p.id AS probationer_id,
           (SELECT min(a.starts_at) FROM appointment a
             WHERE a.probationer_id = p.id AND a.state = 'booked' AND a.starts_at >= ${ctx.now}) AS starts_at
      FROM probationer p WHERE ${stoppedSql(ctx, inScope(ctx.actor, scope))} LIMIT ${countedUpTo + 1}),
  person AS (
    SELECT probationer_id, min(starts_at) FILTER (WHERE starts_at >= ${ctx.now}) AS next, max(starts_at) AS last
      FROM (SELECT probationer_id, starts_at FROM found UNION ALL SELECT probationer_id, starts_at FROM stopped) AS either
     GROUP BY probationer_id)`

/** How many persons, at most `countedUpTo` + 1. */
export async function countPersons(ctx: Context<AgentActor>, scope: UnreachedScope): Promise<number> {
  const [row] = await rowsOf<{ total: number }>(
    ctx,
    Prisma.sql`WITH ${personsSql(ctx, scope)}
      SELECT least(count(*), ${countedUpTo + 1})::int AS total FROM person`,
  )
  return row?.total ?? 0
}

/** An appointment of which the person is to be told, the next one of who stopped the SMS, its instants as JSON has them. */
interface UntoldRow {
  id: number
  startsAt: string
  state: AppointmentState
  organizationId: number
  timeZone: string
  type: string
  place: string
  /** The word that did not arrive; none where only the number, or the refusal, is to be known. */
  word: {
    kind: MessageKind
    state: MessageState
    endReason: string | null
    providerCode: string | null
    at: string | null
  } | null
}

export interface UnreachedRow extends Reach {
  id: number
  lastName: string
  firstName: string
  followingOrganizationIds: number[]
  creatingOrganizationId: number | null
  assignedAgentId: number | null
  /** Of the divestment that waits. */
  targetOrganizationId: number | null
  agentFirstName: string | null
  agentLastName: string | null
  smsStoppedAt: Date | null
  /** Nobody called since. */
  stopped: boolean
  appointments: UntoldRow[] | null
}

/** One page of them, the nearest day first, and how many there are (at most `countedUpTo` + 1). */
export async function pageOfPersons(
  ctx: Context<AgentActor>,
  scope: UnreachedScope,
  page: number,
): Promise<{ rows: UnreachedRow[]; total: number }> {
  const ofOne = foundSql(
    ctx,
    { ...asked('jurisdiction'), ofPersons: Prisma.sql`t.probationer_id = page.probationer_id` },
    Prisma.sql`ORDER BY starts_at, id LIMIT 10`,
  )
  const inOrder = Prisma.sql`next NULLS LAST, last DESC NULLS LAST, probationer_id`
  const rows = await rowsOf<(UnreachedRow | { id: null }) & { total: number }>(
    ctx,
    Prisma.sql`
      WITH ${personsSql(ctx, scope)},
           page AS (SELECT * FROM person ORDER BY ${inOrder} LIMIT ${unreachedRows} OFFSET ${(page - 1) * unreachedRows})
      SELECT total.count AS total, line.*
        FROM (SELECT least(count(*), ${countedUpTo + 1})::int AS count FROM person) AS total
        LEFT JOIN (
          SELECT page.next, page.last, page.probationer_id, p.id, p.last_name AS "lastName", p.first_name AS "firstName",
                 p.phone, p.phone_state::text AS "phoneState", p.has_no_mobile_phone AS "hasNoMobilePhone",
                 p.sms_opt_out AS "smsOptOut", p.archived_at AS "archivedAt", p.limited_at AS "limitedAt",
                 p.following_organization_ids AS "followingOrganizationIds",
                 p.creating_organization_id AS "creatingOrganizationId", p.sms_stopped_at AS "smsStoppedAt",
                 p.assigned_agent_id AS "assignedAgentId",
                 (SELECT d.target_organization_id FROM divestment d
                   WHERE d.probationer_id = p.id AND d.state = 'pending') AS "targetOrganizationId",
                 agent.first_name AS "agentFirstName", agent.last_name AS "agentLastName",
                 EXISTS (SELECT 1 FROM stopped WHERE stopped.probationer_id = p.id) AS stopped,
                 (SELECT json_agg(json_build_object(
                           'id', t.id, 'startsAt', t.starts_at, 'state', t.state, 'organizationId', t.organization_id,
                           'timeZone', host.time_zone, 'type', type.label, 'place', place.name, 'word', word.said)
                         ORDER BY t.starts_at)
                    FROM (SELECT id FROM (${ofOne ?? nobody}) AS unreached
                          UNION
                          (SELECT a.id FROM appointment a
                            WHERE a.probationer_id = page.probationer_id AND a.state = 'booked' AND a.starts_at >= ${ctx.now}
                              AND EXISTS (SELECT 1 FROM stopped WHERE stopped.probationer_id = page.probationer_id)
                            ORDER BY a.starts_at LIMIT 1)) AS untold
                    JOIN appointment t ON t.id = untold.id
                    JOIN organization host ON host.id = t.organization_id
                    JOIN appointment_type type ON type.code = t.type_code
                    JOIN place ON place.id = t.place_id
                    LEFT JOIN LATERAL (
                      SELECT json_build_object('kind', m.kind, 'state', m.state, 'endReason', m.end_reason,
                                               'providerCode', m.provider_code, 'at', ${failedAtSql}) AS said
                        FROM message m WHERE m.appointment_id = t.id AND ${unreceivedWordSql}
                       ORDER BY ${failedAtSql} DESC NULLS LAST, m.id DESC LIMIT 1) AS word ON true) AS appointments
            FROM page
            JOIN probationer p ON p.id = page.probationer_id
            LEFT JOIN agent ON agent.id = p.assigned_agent_id) AS line ON true
       ORDER BY ${inOrder}`,
  )
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.flatMap((row) => (row.id === null ? [] : [row])),
  }
}

/** What these persons are to be told, among all that the agent sees: an appointment, or none for who stopped the SMS. */
export async function untoldOf(
  ctx: Context<AgentActor>,
  probationerIds: readonly number[],
): Promise<{ probationerId: number; appointmentId: number | null }[]> {
  const ids = Prisma.sql`ANY (${[...probationerIds]}::int[])`
  const appointments = foundSql(
    ctx,
    { ...asked('jurisdiction'), ofPersons: Prisma.sql`t.probationer_id = ${ids}` },
    Prisma.empty,
  )
  return rowsOf(
    ctx,
    Prisma.sql`
      SELECT probationer_id AS "probationerId", id AS "appointmentId" FROM (${appointments ?? nobody}) AS untold
      UNION ALL
      SELECT p.id, NULL FROM probationer p WHERE ${stoppedSql(ctx, Prisma.sql`p.id = ${ids}`)}
       ORDER BY 1, 2`,
  )
}

/** The persons `p` that a page may show: followed in the jurisdiction, or convoked by the own service. */
const shownSql = (actor: AgentActor) => Prisma.sql`
  (${checkedSql(followedBySql(organizationsReached(actor, 'list')))}
   OR EXISTS (SELECT 1 FROM appointment a
               WHERE a.probationer_id = p.id
                 AND ${actor.organization.id} IN (a.organization_id, a.creating_organization_id)))`

/** What a page would show otherwise if it were read again: messages, numbers, refusals and calls of these persons. */
export async function stampOf(ctx: Context<AgentActor>, probationerIds: readonly number[]): Promise<string> {
  const ids = Prisma.sql`ANY (${[...probationerIds]}::int[])`
  const [row] = await rowsOf<{ stamp: string }>(
    ctx,
    Prisma.sql`
      SELECT coalesce(sum(hashtextextended(said, 0)), 0)::text AS stamp FROM (
        SELECT concat_ws('|', p.id, p.phone, p.phone_state, p.sms_opt_out, p.sms_stopped_at,
                         (SELECT max(c.id) FROM phone_call c WHERE c.probationer_id = p.id)) AS said
          FROM probationer p
         WHERE p.id = ${ids} AND ${shownSql(ctx.actor)}
        UNION ALL
        SELECT concat_ws('|', m.id, m.state, m.end_reason, m.provider_code)
          FROM message m JOIN probationer p ON p.id = m.probationer_id
         WHERE m.probationer_id = ${ids} AND m.created_at >= ${new Date(ctx.now.getTime() - 90 * day)}
           AND ${shownSql(ctx.actor)}) AS shown`,
  )
  return row?.stamp ?? ''
}
