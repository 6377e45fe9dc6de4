import { Prisma } from '@prisma/client'
import { convokableSql } from '../../probationer/queries/list.sql.server'
import type { AgentActor } from '../../shared/actor'
import type { CivilDate, CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import {
  bookedPersonSql,
  bookedPlaceSql,
  personOf,
  typeSql,
  type BookedPerson,
  type BookedPlace,
  type BookedType,
  type PersonJson,
} from '../commands/book.sql.server'
import { collectiveTypes, fewestInGroup } from '../rules'
import { expectedSql, type ExpectedJson } from './overlapping.server'

/** Many persons, one hour, one place: each reading is one statement, however many they are. */

interface Member {
  lastName: string
  firstName: string
  expected: ExpectedJson
}
export type GroupMember = BookedPerson & Member

/** What convoking a group decides on: the type, the place the actor sees, those of these persons they may convoke. */
export async function groupFacts(
  ctx: Context<AgentActor>,
  {
    typeCode,
    placeId,
    probationerIds,
  }: { typeCode: string; placeId: number; probationerIds: readonly number[] },
) {
  const [found] = await rowsOf<{
    type: BookedType | null
    place: BookedPlace | null
    members: (PersonJson & Member)[]
  }>(
    ctx,
    Prisma.sql`
      SELECT (SELECT row_to_json(type) FROM (${typeSql(typeCode)}) AS type) AS type,
             (SELECT row_to_json(place) FROM (${bookedPlaceSql(ctx, placeId)}) AS place) AS place,
             (SELECT coalesce(json_agg(member), '[]') FROM (
                SELECT person.*, named.last_name AS "lastName", named.first_name AS "firstName",
                       ${expectedSql(Prisma.sql`person.id`, ctx.now)} AS expected
                  FROM (${bookedPersonSql(ctx, Prisma.sql`p.id = ANY (${[...probationerIds]}::int[])`)}) AS person
                  JOIN probationer named ON named.id = person.id
                 ORDER BY named.last_name, named.first_name, person.id) AS member) AS members`,
  )
  const members = (found?.members ?? []).map(({ lastName, firstName, expected, ...person }): GroupMember => ({
    ...personOf(person),
    ...{ lastName, firstName, expected },
  }))
  return { type: found?.type ?? null, place: found?.place ?? null, members }
}

interface SessionSought {
  typeCode: string
  placeId: number
  date: CivilDate
  time: CivilTime
}

/** The hours that hold a session of this type, at this moment, in the agendas of a place: the fullest first. */
export const sessionSlots = (
  ctx: Context,
  { typeCode, placeId, date, time }: SessionSought,
): Promise<{ id: number; agendaId: number; durationMinutes: number }[]> =>
  rowsOf(
    ctx,
    Prisma.sql`
      SELECT s.id, s.agenda_id AS "agendaId", s.duration_minutes AS "durationMinutes"
        FROM slot s JOIN agenda a ON a.id = s.agenda_id
       WHERE a.place_id = ${placeId} AND s.date = ${date}::date AND s.start_time = ${time}
         AND s.type_code = ${typeCode} AND s.is_open
       ORDER BY s.capacity DESC, s.id`,
  )

const mostSessions = 12

export interface EarlierSession {
  date: CivilDate
  time: CivilTime
  typeCode: string
  durationMinutes: number
  /** Whom it was for, but those who were given another date or cancelled: the ones the actor may convoke. */
  people: { id: number; lastName: string; firstName: string }[]
  /** All of them. */
  expected: number
}

/**
 * The collective sessions of an agenda, the last ones first, to convoke the same group again; before them what is at
 * this very moment, be it one person, since it is joined.
 */
export const sessionsOf = (
  ctx: Context<AgentActor>,
  { agendaId, date, time }: { agendaId: number; date: CivilDate | null; time: CivilTime | null },
): Promise<EarlierSession[]> =>
  rowsOf(
    ctx,
    Prisma.sql`
      SELECT s.date::text AS date, s.start_time AS time, s.type_code AS "typeCode",
             max(s.duration_minutes) AS "durationMinutes", count(*)::int AS expected,
             coalesce(json_agg(json_build_object('id', p.id, 'lastName', p.last_name, 'firstName', p.first_name)
                               ORDER BY p.last_name, p.first_name, p.id)
                      FILTER (WHERE ${convokableSql(ctx)}), '[]') AS people
        FROM slot s
        JOIN appointment a ON a.slot_id = s.id AND a.state NOT IN ('cancelled', 'rescheduled')
        JOIN probationer p ON p.id = a.probationer_id
       WHERE s.agenda_id = ${agendaId} AND s.type_code = ANY (${[...collectiveTypes]}::text[])
       GROUP BY s.starts_at, s.date, s.start_time, s.type_code
      HAVING count(*) >= ${fewestInGroup} OR (s.date = ${date}::date AND s.start_time = ${time})
       ORDER BY (s.date = ${date}::date AND s.start_time = ${time}) IS TRUE DESC, s.starts_at DESC, s.type_code
       LIMIT ${mostSessions}`,
  )
