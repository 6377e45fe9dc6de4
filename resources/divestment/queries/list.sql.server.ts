import { Prisma, type DivestmentDecisionState, type DivestmentState } from '@prisma/client'
import type { CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { rowsOf } from '../../shared/prepared.server'
import { lateBefore } from '../rules'
import { expectedElsewhereSql } from './person.server'

/** Where a page of divestments is read, each in the order of an index. */
export type Box =
  | { box: 'received' | 'answered' | 'sent' | 'ended'; organizationId: number }
  /** Of the country: what the central desk must decide, all that waits, all that is over. */
  | { box: 'stalled' | 'waiting' | 'over' }
  /** What an agent has asked for: what waits, what is over. */
  | { box: 'asked' | 'closed'; requestedById: number }

export interface DivestmentRow {
  id: number
  state: DivestmentState
  createdAt: Date
  targetName: string
  requestedBy: { firstName: string; lastName: string } | null
  person: {
    id: number
    lastName: string
    firstName: string
    dateOfBirth: CivilDate | null
    phone: string | null
    hasNoMobilePhone: boolean
    smsOptOut: boolean
    archivedAt: Date | null
    followingOrganizationIds: number[]
  }
  decisions: {
    organizationId: number
    name: string
    state: DivestmentDecisionState
    comment: string | null
  }[]
  /** Convoked after today beyond what the claiming service reaches; asked of what waits only. */
  isExpected: boolean
}

/** A row that no service answers any more, or that one has not answered in time. */
const stalledSql = (now: Date) => Prisma.sql`
  (d.created_at < ${lateBefore(now)}
   OR NOT EXISTS (SELECT 1 FROM divestment_decision c WHERE c.divestment_id = d.id AND c.state <> 'ignored'))`

/** The ids of a box, in its order: what waits, the oldest first; what is over, the latest first. */
function idsOf(now: Date, wanted: Box): { from: Prisma.Sql; order: Prisma.Sql } {
  const oldest = (at: string) => Prisma.raw(`${at}, id`)
  const latest = (at: string) => Prisma.raw(`${at} DESC, id DESC`)
  const rows = (condition: Prisma.Sql) => Prisma.sql`
    SELECT divestment_id AS id, requested_at AS at FROM divestment_decision
     WHERE organization_id = ${'organizationId' in wanted ? wanted.organizationId : 0}::int AND ${condition}`
  const divestments = (condition: Prisma.Sql) =>
    'organizationId' in wanted
      ? Prisma.sql`
        SELECT id, created_at AS at FROM divestment d
         WHERE target_organization_id = ${wanted.organizationId}::int AND ${condition}`
      : 'requestedById' in wanted
        ? Prisma.sql`
        SELECT id, created_at AS at FROM divestment d
         WHERE requested_by_id = ${wanted.requestedById}::int AND ${condition}`
        : Prisma.sql`SELECT id, created_at AS at FROM divestment d WHERE ${condition}`
  const pending = Prisma.sql`state = 'pending'`
  const over = Prisma.sql`state <> 'pending'`
  switch (wanted.box) {
    case 'received':
      return { from: rows(pending), order: oldest('at') }
    case 'answered':
      return { from: rows(over), order: latest('at') }
    case 'sent':
    case 'waiting':
    case 'asked':
      return { from: divestments(pending), order: oldest('at') }
    case 'stalled':
      return { from: divestments(Prisma.sql`${pending} AND ${stalledSql(now)}`), order: oldest('at') }
    case 'ended':
    case 'over':
    case 'closed':
      return { from: divestments(over), order: latest('at') }
  }
}

/** One page of a box, and how many there are (at most `countedUpTo` + 1): one statement. */
export async function pageOfDivestments(
  ctx: Context,
  { wanted, page, perPage }: { wanted: Box; page: number; perPage: number },
): Promise<{ rows: DivestmentRow[]; total: number }> {
  const { from, order } = idsOf(ctx.now, wanted)
  const found = await rowsOf<(DivestmentRow | { id: null }) & { total: number }>(
    ctx,
    Prisma.sql`
      WITH page AS (
             SELECT id, row_number() OVER (ORDER BY ${order}) AS place FROM (
               -- Not a parameter: PostgreSQL would plan for a tenth of the box, and walk the whole country beside it.
               ${from} ORDER BY ${order} LIMIT ${Prisma.raw(String(perPage))} OFFSET ${(page - 1) * perPage}) AS slice),
           total AS (SELECT count(*)::int AS count FROM (SELECT 1 FROM (${from}) AS box LIMIT ${countedUpTo + 1}) AS counted)
      SELECT total.count AS total, one.*
        FROM total
        LEFT JOIN (
          SELECT page.place, d.id, d.state::text AS state, d.created_at AS "createdAt", target.name AS "targetName",
                 CASE WHEN a.id IS NOT NULL THEN
                   json_build_object('firstName', a.first_name, 'lastName', a.last_name) END AS "requestedBy",
                 json_build_object(
                   'id', p.id, 'lastName', p.last_name, 'firstName', p.first_name, 'dateOfBirth', p.date_of_birth,
                   'phone', p.phone, 'hasNoMobilePhone', p.has_no_mobile_phone, 'smsOptOut', p.sms_opt_out,
                   'archivedAt', p.archived_at, 'followingOrganizationIds', p.following_organization_ids) AS person,
                 (SELECT coalesce(json_agg(json_build_object('organizationId', c.organization_id, 'name', o.name,
                                                             'state', c.state, 'comment', c.comment) ORDER BY o.name), '[]')
                    FROM divestment_decision c JOIN organization o ON o.id = c.organization_id
                   WHERE c.divestment_id = d.id) AS decisions,
                 d.state = 'pending' AND EXISTS (
                   SELECT 1 FROM appointment a JOIN organization host ON host.id = a.organization_id
                    WHERE a.probationer_id = p.id AND ${expectedElsewhereSql(ctx.now, Prisma.sql`d.target_organization_id`)}
                 ) AS "isExpected"
            FROM page JOIN divestment d ON d.id = page.id
            JOIN organization target ON target.id = d.target_organization_id
            JOIN probationer p ON p.id = d.probationer_id
            LEFT JOIN agent a ON a.id = d.requested_by_id
        ) AS one ON true
       ORDER BY one.place`,
  )
  return {
    total: found[0]?.total ?? 0,
    rows: found.flatMap((row) => (row.id === null ? [] : [row])),
  }
}

/** How many there are in a box, at most `countedUpTo` + 1. */
export async function countDivestments(ctx: Context, wanted: Box): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    ctx,
    Prisma.sql`
      SELECT count(*)::int AS count
        FROM (SELECT 1 FROM (${idsOf(ctx.now, wanted).from}) AS box LIMIT ${countedUpTo + 1}) AS counted`,
  )
  return row?.count ?? 0
}
