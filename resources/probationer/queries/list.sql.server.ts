import { Prisma } from '@prisma/client'
import { clockSql } from '../../retention/queries/due.sql.server'
import type { AgentActor } from '../../shared/actor'
import type { CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { rowsOf } from '../../shared/prepared.server'
import { usesInterJurisdiction } from '../../shared/rights'
import { justRegistered, organizationsReached, type ProbationerFacts } from '../policy'
import { erasedOn, type Reach } from '../rules'

/**
 * The hot readings of persons: a page of the list with its count, the box of search, the person of the
 * booking page, each one statement. What they find is what the policy promises:
 * tests/resources/probationer/list-scope.test.ts compares them.
 */

/** A person as their line in a list needs them. */
export interface ListedPerson extends ProbationerFacts, Reach {
  id: number
  lastName: string
  firstName: string
  dateOfBirth: CivilDate | null
  appiNumber: string | null
  assignedAgent: { id: number; firstName: string; lastName: string } | null
  organizations: string[]
  divestmentPendingFor: string | null
  /** Of one that is archived. */
  erasedOn: CivilDate | null
  followedByAntiTerrorismJudge: boolean
  createdAt: Date
  creatingOrganizationId: number | null
  nextAppointment: { id: number; startsAt: Date; label: string; timeZone: string } | null
}

interface PersonRow extends Reach {
  id: number
  lastName: string
  firstName: string
  dateOfBirth: CivilDate | null
  appiNumber: string | null
  followingOrganizationIds: number[]
  organizations: string[]
  assignedAgentId: number | null
  agentFirstName: string | null
  agentLastName: string | null
  targetOrganizationId: number | null
  targetName: string | null
  erasureZone: string | null
  followedByAntiTerrorismJudge: boolean
  createdAt: Date
  creatingOrganizationId: number | null
  nextId: number | null
  nextStartsAt: Date | null
  nextLabel: string | null
  nextTimeZone: string | null
}

const personColumns = Prisma.sql`
  p.id, p.last_name AS "lastName", p.first_name AS "firstName", p.date_of_birth::text AS "dateOfBirth",
  p.appi_number AS "appiNumber", p.phone, p.phone_state::text AS "phoneState",
  p.has_no_mobile_phone AS "hasNoMobilePhone", p.sms_opt_out AS "smsOptOut", p.archived_at AS "archivedAt",
  p.limited_at AS "limitedAt", CASE WHEN p.archived_at IS NOT NULL THEN ${clockSql} END AS "erasureZone",
  p.followed_by_anti_terrorism_judge AS "followedByAntiTerrorismJudge", p.created_at AS "createdAt",
  p.creating_organization_id AS "creatingOrganizationId",
  p.following_organization_ids AS "followingOrganizationIds",
  ARRAY(SELECT o.name FROM following f JOIN organization o ON o.id = f.organization_id
         WHERE f.probationer_id = p.id ORDER BY f.since, f.id) AS organizations,
  p.assigned_agent_id AS "assignedAgentId", agent.first_name AS "agentFirstName", agent.last_name AS "agentLastName",
  divestment.target_organization_id AS "targetOrganizationId", divestment.name AS "targetName",
  next.id AS "nextId", next.starts_at AS "nextStartsAt", type.label AS "nextLabel", host.time_zone AS "nextTimeZone"`

/** What a line shows beside the person `p`. */
const personJoins = (now: Date) => Prisma.sql`
  LEFT JOIN agent ON agent.id = p.assigned_agent_id
  LEFT JOIN LATERAL (
    SELECT d.target_organization_id, o.name
      FROM divestment d JOIN organization o ON o.id = d.target_organization_id
     WHERE d.probationer_id = p.id AND d.state = 'pending') AS divestment ON true
  LEFT JOIN LATERAL (
    SELECT a.id, a.starts_at, a.type_code, a.organization_id FROM appointment a
     WHERE a.probationer_id = p.id AND a.state = 'booked' AND a.starts_at >= ${now}
     ORDER BY a.starts_at LIMIT 1) AS next ON true
  LEFT JOIN appointment_type type ON type.code = next.type_code
  LEFT JOIN organization host ON host.id = next.organization_id`

function personOf(row: PersonRow): ListedPerson {
  const { archivedAt, erasureZone, assignedAgentId, targetOrganizationId, nextId, nextStartsAt } = row
  return {
    id: row.id,
    lastName: row.lastName,
    firstName: row.firstName,
    dateOfBirth: row.dateOfBirth,
    appiNumber: row.appiNumber,
    phone: row.phone,
    phoneState: row.phoneState,
    hasNoMobilePhone: row.hasNoMobilePhone,
    smsOptOut: row.smsOptOut,
    archivedAt,
    erasedOn: archivedAt && erasureZone && erasedOn(archivedAt, erasureZone),
    limitedAt: row.limitedAt,
    followedByAntiTerrorismJudge: row.followedByAntiTerrorismJudge,
    createdAt: row.createdAt,
    creatingOrganizationId: row.creatingOrganizationId,
    followingOrganizationIds: row.followingOrganizationIds,
    organizations: row.organizations,
    assignedAgentId,
    assignedAgent:
      assignedAgentId === null
        ? null
        : { id: assignedAgentId, firstName: row.agentFirstName ?? '', lastName: row.agentLastName ?? '' },
    divestments: targetOrganizationId === null ? [] : [{ state: 'pending', targetOrganizationId }],
    divestmentPendingFor: row.targetName,
    nextAppointment:
      nextId === null || nextStartsAt === null
        ? null
        : {
            id: nextId,
            startsAt: nextStartsAt,
            label: row.nextLabel ?? '',
            timeZone: row.nextTimeZone ?? '',
          },
  }
}

/** Which persons `p` the agent may find, among all (null) or those of some organizations. */
export const followedBySql = (organizations: readonly number[] | null): Prisma.Sql =>
  organizations ? Prisma.sql`p.following_organization_ids && ${[...organizations]}::int[]` : Prisma.sql`true`

/**
 * Beside a condition that finds few: PostgreSQL would read all that a service follows beside them. Said to be true, a
 * condition is checked and no index is asked for it.
 */
export const checkedSql = (condition: Prisma.Sql): Prisma.Sql => Prisma.sql`(${condition}) IS TRUE`

/** One page of persons by name, and how many there are (at most `countedUpTo` + 1). */
export async function pageOfPersons(
  ctx: Context<AgentActor>,
  wanted: {
    organizations: readonly number[] | null
    /** What is asked of them beside who follows them. */
    conditions: readonly Prisma.Sql[]
    /** One of them finds few by itself. */
    narrow: boolean
    page: number
    perPage: number
  },
): Promise<{ rows: ListedPerson[]; total: number }> {
  const { organizations, conditions, narrow, page, perPage } = wanted
  const followed = narrow ? checkedSql(followedBySql(organizations)) : followedBySql(organizations)
  const slice = Prisma.sql`ORDER BY last_name, first_name, id LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`
  const everybody = organizations
    ? followedByName(organizations, page * perPage)
    : Prisma.sql`SELECT id FROM probationer`
  // Narrowed, those who answer are found first and put in order: PostgreSQL would walk the whole country
  // by name to find a name that it believes frequent.
  const found =
    conditions.length > 0
      ? Prisma.sql`
        found AS MATERIALIZED (
          SELECT p.id, p.last_name, p.first_name FROM probationer p WHERE ${Prisma.join([followed, ...conditions], ' AND ')}),
        page AS (SELECT id FROM found ${slice}),
        total AS (SELECT count(*)::int AS count FROM (SELECT 1 FROM found LIMIT ${countedUpTo + 1}) AS counted)`
      : Prisma.sql`
        page AS (${everybody} ${slice}),
        total AS (SELECT count(*)::int AS count FROM (${followedOnce(organizations)} LIMIT ${countedUpTo + 1}) AS counted)`
  // From the count, which has a row on a page beyond the end too.
  const rows = await rowsOf<(PersonRow | { id: null }) & { total: number }>(
    ctx,
    Prisma.sql`
      WITH ${found}
      SELECT total.count AS total, person.*
        FROM total
        LEFT JOIN (
          SELECT ${personColumns} FROM page JOIN probationer p ON p.id = page.id ${personJoins(ctx.now)}
        ) AS person ON true
       ORDER BY "lastName", "firstName", id`,
  )
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.flatMap((row) => (row.id === null ? [] : [personOf(row)])),
  }
}

/** The ids of persons by name, at most `most` + 1. */
export async function idsOfPersons(
  ctx: Context<AgentActor>,
  {
    organizations,
    conditions,
    narrow,
    most,
  }: {
    organizations: readonly number[] | null
    conditions: readonly Prisma.Sql[]
    narrow: boolean
    most: number
  },
): Promise<number[]> {
  const followed = followedBySql(organizations)
  const rows = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      SELECT p.id FROM probationer p
       WHERE ${Prisma.join([narrow ? checkedSql(followed) : followed, ...conditions], ' AND ')}
       ORDER BY p.last_name, p.first_name, p.id LIMIT ${most + 1}`,
  )
  return rows.map(({ id }) => id)
}

/** These persons, in this order, those that the agent sees. */
export async function personsOf(ctx: Context<AgentActor>, ids: readonly number[]): Promise<ListedPerson[]> {
  const rows = await rowsOf<PersonRow>(
    ctx,
    Prisma.sql`
      SELECT ${personColumns}
        FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS asked (id, place)
        JOIN probationer p ON p.id = asked.id ${personJoins(ctx.now)}
       WHERE ${followedBySql(organizationsReached(ctx.actor, 'list'))}
       ORDER BY asked.place`,
  )
  return rows.map(personOf)
}

/**
 * The persons that these organizations follow, as many of each, by name, as a page may have to show: whoever
 * comes so far among all comes no further among those of their service.
 */
const followedByName = (organizations: readonly number[], most: number): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT f.last_name, f.first_name, f.probationer_id AS id
    FROM unnest(${[...organizations]}::int[]) AS service (id)
   CROSS JOIN LATERAL (
     SELECT last_name, first_name, probationer_id FROM following
      WHERE organization_id = service.id
      ORDER BY last_name, first_name, probationer_id LIMIT ${most}) AS f`

/** A row for each person that these organizations follow, counted in the index: as many of each as are told. */
const followedOnce = (organizations: readonly number[] | null): Prisma.Sql =>
  organizations
    ? Prisma.sql`
      SELECT DISTINCT f.probationer_id
        FROM unnest(${[...organizations]}::int[]) AS service (id)
       CROSS JOIN LATERAL (
         SELECT probationer_id FROM following WHERE organization_id = service.id LIMIT ${countedUpTo + 1}) AS f`
    : Prisma.sql`SELECT 1 FROM probationer`

/** The first persons that answer a condition, in an order. `narrow` is a condition whose own index finds few. */
export async function firstPersons(
  ctx: Context<AgentActor>,
  {
    where,
    order,
    limit,
    narrow = false,
  }: { where: Prisma.Sql; order: Prisma.Sql; limit: number; narrow?: boolean },
): Promise<ListedPerson[]> {
  const followed = followedBySql(organizationsReached(ctx.actor, 'list'))
  const scope = narrow ? checkedSql(followed) : followed
  const rows = await rowsOf<PersonRow>(
    ctx,
    Prisma.sql`
      SELECT ${personColumns}
        FROM unnest(ARRAY(
               SELECT p.id FROM probationer p WHERE ${scope} AND ${where} ORDER BY ${order} LIMIT ${limit}
             )) WITH ORDINALITY AS found (id, place)
        JOIN probationer p ON p.id = found.id ${personJoins(ctx.now)}
       ORDER BY found.place`,
  )
  return rows.map(personOf)
}

/** A person the agent may see (`probationersVisibleTo`). */
export const visiblePerson = (
  ctx: Context<AgentActor>,
  probationerId: number,
): Promise<ListedPerson | null> =>
  personWhere(ctx, probationerId, followedBySql(organizationsReached(ctx.actor, 'list')))

/** Whether a booking loads the person `p`: what `probationersConvokableBy` says. */
export function convokableSql({ actor, now }: Context<AgentActor>): Prisma.Sql {
  const reached = followedBySql(organizationsReached(actor, 'convoke'))
  return usesInterJurisdiction(actor)
    ? Prisma.sql`${reached} AND (${followedBySql(organizationsReached(actor, 'list'))}
        OR p.creating_organization_id = ${actor.organization.id}
           AND p.created_at >= ${new Date(now.getTime() - justRegistered)}
        OR EXISTS (SELECT 1 FROM identity_look_up l
                    WHERE l.agent_id = ${actor.id} AND l.probationer_id = p.id
                      AND l.at >= ${new Date(now.getTime() - justRegistered)}))`
    : reached
}

/** The person that a booking would load; null when they are not to be convoked. */
export const convokablePerson = (
  ctx: Context<AgentActor>,
  probationerId: number,
): Promise<ListedPerson | null> => personWhere(ctx, probationerId, convokableSql(ctx))

async function personWhere(
  ctx: Context<AgentActor>,
  probationerId: number,
  where: Prisma.Sql,
): Promise<ListedPerson | null> {
  const [row] = await rowsOf<PersonRow>(
    ctx,
    Prisma.sql`SELECT ${personColumns} FROM probationer p ${personJoins(ctx.now)} WHERE p.id = ${probationerId} AND ${where}`,
  )
  return row ? personOf(row) : null
}
