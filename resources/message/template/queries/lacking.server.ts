import { Prisma } from '@prisma/client'
import type { Context } from '../../../shared/context'
import { rowsOf } from '../../../shared/prepared.server'
import { parseTemplate } from '../render'
import type { TextAddress } from '../schema'

/** Places named at most. */
const named = 10

export interface LackingPlace {
  id: number
  name: string
  service: string
  lacks: 'phone' | 'email'
}

/** The places that have not what a text asks for: nothing would leave for them. */
export interface Lacking {
  places: number
  services: number
  first: LackingPlace[]
}

/**
 * Of a text, the places it could not be written for: where its type is received, in the service, or in all those that
 * send the common text. A name, an address and a page are had everywhere.
 */
export async function placesLacking(
  ctx: Context,
  { organizationId, typeCode, kind }: TextAddress,
  text: string,
): Promise<Lacking> {
  const asks = (datum: string) =>
    parseTemplate(text).parts.some((part) => 'placeholder' in part && part.placeholder === datum)
  const [phone, contact] = [asks('lieu.téléphone'), asks('lieu.contact')]
  if (!phone && !contact) return { places: 0, services: 0, first: [] }
  const sending =
    organizationId === null
      ? Prisma.sql`NOT EXISTS (SELECT FROM message_template own
                                WHERE own.organization_id = o.id AND own.type_code = ${typeCode}
                                  AND own.kind = ${kind}::message_kind AND NOT own.follows_default)`
      : Prisma.sql`o.id = ${organizationId}`
  const rows = await rowsOf<LackingPlace & Pick<Lacking, 'places' | 'services'>>(
    ctx,
    Prisma.sql`
      WITH lacking AS (
        SELECT p.id, p.name, o.id AS "serviceId", o.name AS service,
               CASE WHEN coalesce(p.phone, '') = '' AND (${phone} OR p.main_contact_method = 'phone') THEN 'phone'
                    WHEN ${contact} AND coalesce(p.email, '') = '' AND p.main_contact_method = 'email' THEN 'email'
               END AS lacks
          FROM place p
          JOIN place_appointment_type received ON received.place_id = p.id AND received.type_code = ${typeCode}
          JOIN organization o ON o.id = p.organization_id
         WHERE p.archived_at IS NULL AND ${sending})
      SELECT id, name, service, lacks, count(*) OVER ()::int AS places,
             (SELECT count(DISTINCT "serviceId")::int FROM lacking WHERE lacks IS NOT NULL) AS services
        FROM lacking WHERE lacks IS NOT NULL
       ORDER BY service, name, id LIMIT ${named}`,
  )
  return {
    places: rows[0]?.places ?? 0,
    services: rows[0]?.services ?? 0,
    first: rows.map(({ id, name, service, lacks }) => ({ id, name, service, lacks })),
  }
}
