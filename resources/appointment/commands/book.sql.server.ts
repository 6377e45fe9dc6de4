import { Prisma, type Appointment, type AppointmentType } from '@prisma/client'
import type { PlaceClosure } from '../../closure/rules'
import type { PlaceFacts } from '../../place/policy'
import { placeVisibleSql } from '../../place/queries/visible.sql.server'
import type { ProbationerFacts } from '../../probationer/policy'
import { convokableSql } from '../../probationer/queries/list.sql.server'
import type { Reach } from '../../probationer/rules'
import type { AgentActor, OrganizationKind } from '../../shared/actor'
import { civilOf, dbDateOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { rowsOf } from '../../shared/prepared.server'
import { expectedSql, type ExpectedJson } from '../queries/overlapping.server'
import type { SlotSeats } from '../rules'

/** A booking, in SQL: agents do it all day, and wait for each of its statements in turn. */

/** What a type asks of a booking. */
export const typeSql = (code: string) => Prisma.sql`
      SELECT code, uses_published_slots AS "usesPublishedSlots", allowed_on_days_off AS "allowedOnDaysOff",
             assigned_to_booker AS "assignedToBooker", asks_prosecution_number AS "asksProsecutionNumber",
             required_host_kind::text AS "requiredHostKind",
             bookable_by_execution_office AS "bookableByExecutionOffice",
             bookable_by_sentence_department AS "bookableBySentenceDepartment",
             bookable_by_probation AS "bookableByProbation", restricted_in_probation AS "restrictedInProbation"
        FROM appointment_type WHERE code = ${code}`

/** What a type asks of a booking; null when nothing has this code. */
export async function bookedType(ctx: Context, code: string): Promise<BookedType | null> {
  const [type] = await rowsOf<BookedType>(ctx, typeSql(code))
  return type ?? null
}
export type BookedType = Omit<
  AppointmentType,
  'position' | 'label' | 'publicLabel' | 'heldAtPlace' | 'sharesAddress'
>

export type BookedPerson = ProbationerFacts & Reach & { id: number; dateOfBirth: Date | null }

/** As JSON gives it. */
export type PersonJson = Omit<BookedPerson, 'dateOfBirth'> & { dateOfBirth: CivilDate | null }

export interface BookedPlace extends PlaceFacts {
  id: number
  name: string
  departmentCode: string
  organization: { kind: OrganizationKind; timeZone: string }
  agendas: readonly { id: number }[]
  closures: readonly PlaceClosure[]
}

interface Made {
  id: number
  requestDigest: string
  startsAt: string
  timeZone: string
}

/** Of these persons `p`, those the actor may convoke. */
export const bookedPersonSql = (ctx: Context<AgentActor>, wanted: Prisma.Sql): Prisma.Sql => Prisma.sql`
                SELECT p.id, p.date_of_birth AS "dateOfBirth", p.phone, p.phone_state AS "phoneState",
                       p.has_no_mobile_phone AS "hasNoMobilePhone", p.sms_opt_out AS "smsOptOut",
                       p.archived_at AS "archivedAt", p.limited_at AS "limitedAt", p.assigned_agent_id AS "assignedAgentId",
                       p.following_organization_ids AS "followingOrganizationIds",
                       (SELECT coalesce(json_agg(json_build_object(
                                 'state', d.state, 'targetOrganizationId', d.target_organization_id)), '[]')
                          FROM divestment d WHERE d.probationer_id = p.id AND d.state = 'pending') AS divestments
                  FROM probationer p
                 WHERE ${wanted} AND ${convokableSql(ctx)}`

/** The place, if the actor sees it and it is not archived. */
export const bookedPlaceSql = (ctx: Context<AgentActor>, placeId: number): Prisma.Sql => Prisma.sql`
                SELECT p.id, p.name, p.department_code AS "departmentCode", p.organization_id AS "organizationId",
                       json_build_object('kind', o.kind, 'timeZone', o.time_zone) AS organization,
                       (SELECT coalesce(json_agg(json_build_object('typeCode', t.type_code)), '[]')
                          FROM place_appointment_type t WHERE t.place_id = p.id) AS "appointmentTypes",
                       (SELECT coalesce(json_agg(json_build_object('id', a.id)), '[]')
                          FROM agenda a WHERE a.place_id = p.id AND a.archived_at IS NULL) AS agendas,
                       (SELECT coalesce(json_agg(json_build_object(
                                 'agendaId', c.agenda_id, 'agentId', c.agent_id, 'firstDate', c.first_date, 'lastDate', c.last_date,
                                 'fromTime', c.from_time, 'toTime', c.to_time, 'reason', c.reason)), '[]')
                          FROM closure c
                         WHERE c.lifted_at IS NULL AND c.last_date >= ${ctx.now}::date - 1
                           AND (c.agent_id = ${ctx.actor.id}
                                OR c.organization_id = p.organization_id
                                   AND (c.place_id = p.id
                                        OR c.agenda_id IN (SELECT id FROM agenda WHERE place_id = p.id)))
                       ) AS closures
                  FROM place p JOIN organization o ON o.id = p.organization_id
                 WHERE p.id = ${placeId} AND p.archived_at IS NULL AND ${placeVisibleSql(ctx.actor)}`

/**
 * What a booking decides on, once its person and its place are locked: what was booked under the key of the form,
 * the type, whom the actor may convoke, the place they see and that is not archived, when else the person is
 * expected. Null for what is not so.
 */
export async function bookingFacts(
  ctx: Context<AgentActor>,
  {
    probationerId,
    placeId,
    typeCode,
    requestKey,
  }: { probationerId: number; placeId: number; typeCode: string; requestKey: string | null },
) {
  const [found] = await rowsOf<{
    made: Made | null
    type: BookedType | null
    person: PersonJson | null
    place: BookedPlace | null
    expected: ExpectedJson
  }>(
    ctx,
    Prisma.sql`
      SELECT (SELECT row_to_json(made) FROM (
                SELECT a.id, a.request_digest AS "requestDigest", a.starts_at AS "startsAt", o.time_zone AS "timeZone"
                  FROM appointment a JOIN organization o ON o.id = a.organization_id
                 WHERE a.request_key = ${requestKey}::uuid) AS made) AS made,
             (SELECT row_to_json(type) FROM (${typeSql(typeCode)}) AS type) AS type,
             (SELECT row_to_json(person) FROM (${bookedPersonSql(ctx, Prisma.sql`p.id = ${probationerId}`)}) AS person) AS person,
             (SELECT row_to_json(place) FROM (${bookedPlaceSql(ctx, placeId)}) AS place) AS place,
             ${expectedSql(probationerId, ctx.now)} AS expected`,
  )
  const { made, type, person, place, expected } = orNotFound(found, 'booking')
  return { made: made && madeOf(made), type, person: person && personOf(person), place, expected }
}

/** What was booked before, and when it is on the wall of its place. */
const madeOf = ({ id, requestDigest, startsAt, timeZone }: Made) => ({
  id,
  requestDigest,
  ...civilOf(new Date(startsAt), timeZone),
})

export const personOf = ({ dateOfBirth, archivedAt, limitedAt, ...person }: PersonJson): BookedPerson => ({
  ...person,
  dateOfBirth: dateOfBirth === null ? null : dbDateOf(dateOfBirth),
  archivedAt: archivedAt === null ? null : new Date(archivedAt),
  limitedAt: limitedAt === null ? null : new Date(limitedAt),
})

/** A published slot of a place for a type, as booking decides on it. */
export async function slotOfPlace(
  ctx: Context,
  { slotId, typeCode, placeId }: { slotId: number; typeCode: string; placeId: number },
) {
  const [slot] = await rowsOf<
    SlotSeats & { agendaId: number; date: CivilDate; time: CivilTime; durationMinutes: number }
  >(
    ctx,
    Prisma.sql`
      SELECT s.agenda_id AS "agendaId", s.date::text AS date, s.start_time AS time, s.starts_at AS "startsAt",
             s.duration_minutes AS "durationMinutes", s.is_open AS "isOpen", s.capacity, s.seats_taken AS "seatsTaken"
        FROM slot s JOIN agenda a ON a.id = s.agenda_id
       WHERE s.id = ${slotId} AND s.type_code = ${typeCode} AND a.place_id = ${placeId} AND a.archived_at IS NULL`,
  )
  return slot
}

/** The seat that an appointment takes: of a published slot, or of a private one that it opens. */
type TakenSeat =
  | { slotId: number }
  | {
      slotId: null
      agendaId: number
      date: CivilDate
      time: CivilTime
      startsAt: Date
      durationMinutes: number
    }

const takenSeatSql = (seat: TakenSeat, typeCode: string): Prisma.Sql =>
  seat.slotId === null
    ? Prisma.sql`
        INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, seats_taken)
        VALUES (${seat.agendaId}, ${typeCode}, ${seat.date}::date, ${seat.time}, ${seat.startsAt}, ${seat.durationMinutes}, 1, 1)
        RETURNING id`
    : Prisma.sql`UPDATE slot SET seats_taken = seats_taken + 1 WHERE id = ${seat.slotId} RETURNING id`

type NewAppointment = Pick<
  Appointment,
  | 'probationerId'
  | 'typeCode'
  | 'organizationId'
  | 'placeId'
  | 'startsAt'
  | 'agentId'
  | 'prosecutionNumber'
  | 'informedAtBooking'
  | 'requestKey'
  | 'requestDigest'
  | 'creatingOrganizationId'
  | 'rescheduledFromId'
  | 'reconvenesId'
>

/** An appointment that the actor makes, and its seat. */
export async function insertAppointment(
  ctx: Context<AgentActor>,
  seat: TakenSeat,
  made: NewAppointment,
): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      WITH slot_taken AS (${takenSeatSql(seat, made.typeCode)})
      INSERT INTO appointment (probationer_id, slot_id, type_code, organization_id, place_id, starts_at, agent_id,
                               booked_by_id, creating_organization_id, rescheduled_from_id, reconvenes_id,
                               prosecution_number, informed_at_booking, request_key, request_digest, created_at, updated_at)
      SELECT ${made.probationerId}, slot_taken.id, ${made.typeCode}, ${made.organizationId}, ${made.placeId},
             ${made.startsAt}, ${made.agentId}::int, ${ctx.actor.id}, ${made.creatingOrganizationId},
             ${made.rescheduledFromId}::int, ${made.reconvenesId}::int, ${made.prosecutionNumber}, ${made.informedAtBooking}, ${made.requestKey}::uuid, ${made.requestDigest},
             ${ctx.now}, ${ctx.now}
        FROM slot_taken
      RETURNING id`,
  )
  return orNotFound(row, 'slot').id
}
