import { Prisma } from '@prisma/client'
import type { AppointmentState, ContactMethod, OrganizationKind } from '@prisma/client'
import type { AppointmentTypeCode } from '../../appointment-type/catalogue'
import type { ProbationerActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** What the pages of the space are made of, a statement each: a whole country opens them the day before. */

export interface OwnRow {
  id: number
  startsAt: Date
  state: AppointmentState
  version: number
  changedAt: Date
  durationMinutes: number
  type: AppointmentTypeCode
  title: string
  heldAtPlace: boolean
  sharesAddress: boolean
  placeName: string
  address: string
  contactMethod: ContactMethod
  email: string | null
  /** Of the place, else of its service. */
  phone: string | null
  service: string
  kind: OrganizationKind
  timeZone: string
  slug: string | null
  papers: string | null
  /** The number at which the person is called. */
  ownPhone: string | null
  movedTo: { id: number; startsAt: string; timeZone: string } | null
}

/** The appointments of the person among some of theirs, the latest first. */
function rowsAmong(ctx: Context<ProbationerActor>, own: Prisma.Sql): Promise<OwnRow[]> {
  return rowsOf<OwnRow>(
    ctx,
    Prisma.sql`
      WITH own AS (${own})
      SELECT a.id, a.starts_at AS "startsAt", a.state::text AS state, a.version,
             greatest(a.updated_at, slot.updated_at, place.updated_at) AS "changedAt",
             slot.duration_minutes AS "durationMinutes", t.code AS type, t.public_label AS title,
             t.held_at_place AS "heldAtPlace", t.shares_address AS "sharesAddress",
             place.name AS "placeName", place.address,
             place.main_contact_method::text AS "contactMethod", place.email,
             coalesce(place.phone, o.switchboard_phone) AS phone,
             o.name AS service, o.kind::text AS kind, o.time_zone AS "timeZone", page.slug, page.papers,
             person.phone AS "ownPhone",
             (SELECT json_build_object('id', moved.id, 'startsAt', moved.starts_at, 'timeZone', there.time_zone)
                FROM appointment moved JOIN organization there ON there.id = moved.organization_id
               WHERE moved.rescheduled_from_id = a.id) AS "movedTo"
        FROM own a
        JOIN probationer person ON person.id = a.probationer_id
        JOIN slot ON slot.id = a.slot_id
        JOIN appointment_type t ON t.code = a.type_code
        JOIN place ON place.id = a.place_id
        JOIN organization o ON o.id = a.organization_id
        LEFT JOIN public_page page ON page.id = place.public_page_id AND page.state = 'published'
       ORDER BY a.starts_at DESC, a.id DESC`,
  )
}

const ofPerson = ({ actor }: Context<ProbationerActor>) =>
  Prisma.sql`SELECT a.* FROM appointment a WHERE a.probationer_id = ${actor.id}`
const latestFirst = Prisma.sql`ORDER BY a.starts_at DESC, a.id DESC`

const isBooked = Prisma.sql`a.state = 'booked'`
const isMovedOrCancelled = Prisma.sql`a.state IN ('cancelled', 'rescheduled')`
const isAhead = ({ now }: Context<ProbationerActor>) => Prisma.sql`a.starts_at > ${now}::timestamptz`

export const allRows = (ctx: Context<ProbationerActor>) => rowsAmong(ctx, ofPerson(ctx))

export const oneRow = async (ctx: Context<ProbationerActor>, appointmentId: number) =>
  (await rowsAmong(ctx, Prisma.sql`${ofPerson(ctx)} AND a.id = ${appointmentId}`))[0]

/** Those to come, those that were to come and are off, and so many of the past. */
export const rowsOfHome = (ctx: Context<ProbationerActor>, past: number) =>
  rowsAmong(
    ctx,
    Prisma.sql`
      (${ofPerson(ctx)} AND ${isAhead(ctx)} AND ${isBooked})
      UNION ALL
      (${ofPerson(ctx)} AND ${isAhead(ctx)} AND NOT ${isBooked} ${latestFirst} LIMIT ${past}::int)
      UNION ALL
      (${ofPerson(ctx)} AND NOT ${isAhead(ctx)} AND NOT ${isMovedOrCancelled} ${latestFirst} LIMIT ${past}::int)`,
  )

interface PageOfRows {
  /** On the wall of the service that receives. */
  year: number | null
  /** The last one of the page before; the first page has those to come too. */
  after: number | null
  most: number
}

export function rowsOfPage(ctx: Context<ProbationerActor>, { year, after, most }: PageOfRows) {
  const isToCome = Prisma.sql`(${isBooked} AND ${isAhead(ctx)})`
  const isOfYear = Prisma.sql`(${year}::int IS NULL OR ${year}::int = (
    SELECT extract(year FROM a.starts_at AT TIME ZONE o.time_zone) FROM organization o WHERE o.id = a.organization_id))`
  return rowsAmong(
    ctx,
    Prisma.sql`
      (${ofPerson(ctx)} AND ${isToCome} AND ${isOfYear} AND ${after}::int IS NULL)
      UNION ALL
      (${ofPerson(ctx)} AND NOT ${isToCome} AND ${isOfYear}
          AND (${after}::int IS NULL OR (a.starts_at, a.id) < (
            SELECT last.starts_at, last.id FROM appointment last
             WHERE last.id = ${after}::int AND last.probationer_id = ${ctx.actor.id}))
        ${latestFirst} LIMIT ${most}::int)`,
  )
}

/** The years in which the person has appointments, the latest first. */
export async function yearsOfRows(ctx: Context<ProbationerActor>): Promise<number[]> {
  const rows = await rowsOf<{ year: number }>(
    ctx,
    Prisma.sql`
      SELECT DISTINCT extract(year FROM a.starts_at AT TIME ZONE o.time_zone)::int AS year
        FROM appointment a JOIN organization o ON o.id = a.organization_id
       WHERE a.probationer_id = ${ctx.actor.id}
       ORDER BY year DESC`,
  )
  return rows.map(({ year }) => year)
}

export interface ContactsRow {
  firstName: string
  archivedAt: Date | null
  followingOrganizationIds: number[]
  refusesSms: boolean
  isReferentNew: boolean
  agent: {
    firstName: string
    lastName: string
    phone: string | null
    email: string
    sharesPhone: boolean
    phoneIsProfessional: boolean
    sharesEmail: boolean
    isGone: boolean
    organizationId: number
    service: string
  } | null
  services: { name: string; kind: OrganizationKind; phone: string | null; slug: string | null }[]
}

/** Lines that say who is in charge from then on: the agent of their data, else whoever acted. */
const assigned = ['probationer.registered', 'probationer.assigned', 'probationer.handed_over']

/** The person and who follows them; whether they have had another referent than the one before since this instant. */
export async function contactsRow(
  ctx: Context<ProbationerActor>,
  since: Date,
): Promise<ContactsRow | undefined> {
  const [row] = await rowsOf<ContactsRow>(
    ctx,
    Prisma.sql`
      SELECT p.first_name AS "firstName", p.archived_at AS "archivedAt", p.sms_opt_out AS "refusesSms",
             p.following_organization_ids AS "followingOrganizationIds",
             EXISTS (SELECT 1 FROM (
                       SELECT at, referent, coalesce(former, lag(referent) OVER (ORDER BY at, id)) AS former
                         FROM (SELECT id, at, (data ->> 'formerAgentId')::int AS former,
                                      coalesce((data ->> 'agentId')::int, agent_id) AS referent
                                 FROM history_entry
                                WHERE probationer_id = p.id AND event = ANY (${assigned})
                                  AND (event <> 'probationer.registered' OR data ->> 'agentId' IS NOT NULL)) AS line
                     ) AS held
                      WHERE at > ${since}::timestamptz AND former <> referent) AS "isReferentNew",
             (SELECT json_build_object(
                       'firstName', agent.first_name, 'lastName', agent.last_name, 'phone', agent.phone,
                       'email', agent.email, 'sharesPhone', agent.shares_phone, 'sharesEmail', agent.shares_email,
                       'phoneIsProfessional', agent.phone_is_professional,
                       'isGone', agent.deleted_at IS NOT NULL, 'organizationId', agent.organization_id,
                       'service', o.name)
                FROM agent JOIN organization o ON o.id = agent.organization_id
               WHERE agent.id = p.assigned_agent_id) AS agent,
             (SELECT coalesce(json_agg(json_build_object(
                       'name', o.name, 'kind', o.kind, 'phone', coalesce(o.switchboard_phone, page.phone),
                       'slug', page.slug) ORDER BY f.id), '[]')
                FROM following f
                JOIN organization o ON o.id = f.organization_id
                LEFT JOIN LATERAL (SELECT slug, phone FROM public_page
                                    WHERE organization_id = o.id AND state = 'published'
                                    ORDER BY id LIMIT 1) page ON true
               WHERE f.probationer_id = p.id) AS services
        FROM probationer p WHERE p.id = ${ctx.actor.id}`,
  )
  return row
}
