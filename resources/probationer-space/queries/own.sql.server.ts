import { Prisma } from '@prisma/client'
import type { AppointmentState, OrganizationKind } from '@prisma/client'
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
  title: string
  isAddressShown: boolean
  placeName: string
  address: string
  /** Of the place, else of its service. */
  phone: string | null
  service: string
  kind: OrganizationKind
  timeZone: string
  slug: string | null
  papers: string | null
  movedToId: number | null
}

/**
 * The appointments of the person, the latest first: all, or one of them, or those to come and so many of the others.
 */
export function ownRows(
  { tx, actor, now }: Context<ProbationerActor>,
  { appointmentId = null, others = null }: { appointmentId?: number | null; others?: number | null } = {},
): Promise<OwnRow[]> {
  const isToCome = Prisma.sql`state = 'booked' AND starts_at > ${now}::timestamptz`
  return rowsOf<OwnRow>(
    { tx, actor, now },
    Prisma.sql`
      WITH own AS (
        (SELECT * FROM appointment WHERE probationer_id = ${actor.id} AND ${isToCome})
        UNION ALL
        (SELECT * FROM appointment WHERE probationer_id = ${actor.id} AND NOT (${isToCome})
          ORDER BY starts_at DESC, id DESC LIMIT ${others}::int))
      SELECT a.id, a.starts_at AS "startsAt", a.state::text AS state, a.version,
             greatest(a.updated_at, slot.updated_at, place.updated_at) AS "changedAt",
             slot.duration_minutes AS "durationMinutes", t.public_label AS title,
             t.held_at_place AND t.shares_address AS "isAddressShown", place.name AS "placeName", place.address,
             coalesce(place.phone, o.switchboard_phone) AS phone, o.name AS service, o.kind::text AS kind,
             o.time_zone AS "timeZone", page.slug, page.papers, moved.id AS "movedToId"
        FROM own a
        JOIN slot ON slot.id = a.slot_id
        JOIN appointment_type t ON t.code = a.type_code
        JOIN place ON place.id = a.place_id
        JOIN organization o ON o.id = a.organization_id
        LEFT JOIN public_page page ON page.id = place.public_page_id AND page.state = 'published'
        LEFT JOIN appointment moved ON moved.rescheduled_from_id = a.id
       WHERE ${appointmentId}::int IS NULL OR a.id = ${appointmentId}
       ORDER BY a.starts_at DESC, a.id DESC`,
  )
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
