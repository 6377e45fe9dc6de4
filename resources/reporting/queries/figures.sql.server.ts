import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { Counts, Period } from '../rules'

/** How a group of appointments is named: the whole, or one value of one dimension. */
export interface Group extends Counts {
  by: 'whole' | 'month' | 'type' | 'reminder' | 'place' | 'referent'
  key: string | null
}

/** What was cancelled or moved never took place: only its texts are counted. */
const counts = Prisma.sql`
  coalesce(sum(appointments) FILTER (WHERE outcome = 'attended'), 0)::int AS attended,
  coalesce(sum(appointments) FILTER (WHERE outcome = 'missed'), 0)::int AS missed,
  coalesce(sum(appointments) FILTER (WHERE outcome = 'excused'), 0)::int AS excused,
  coalesce(sum(appointments) FILTER (WHERE outcome = 'booked'), 0)::int AS unsettled,
  coalesce(sum(texts_sent), 0)::int AS "textsSent", coalesce(sum(texts_received), 0)::int AS "textsReceived",
  coalesce(sum(parts_sent), 0)::int AS "partsSent"`

const within = ({ from, to }: Period) =>
  Prisma.sql`month >= ${`${from}-01`}::date AND month <= ${`${to}-01`}::date`

/** The figures of a service, in one reading of its cells. */
export const figuresOfService = (
  ctx: Context,
  {
    organizationId,
    period,
    typeCode,
    placeId,
    referentId,
  }: {
    organizationId: number
    period: Period
    typeCode: string | null
    placeId: number | null
    referentId: number | null
  },
): Promise<Group[]> =>
  rowsOf<Group>(
    ctx,
    Prisma.sql`
      SELECT CASE WHEN grouping(month) = 0 THEN 'month' WHEN grouping(type_code) = 0 THEN 'type'
                  WHEN grouping(reminder) = 0 THEN 'reminder' WHEN grouping(place_id) = 0 THEN 'place'
                  WHEN grouping(referent_id) = 0 THEN 'referent' ELSE 'whole' END AS by,
             coalesce(to_char(month, 'YYYY-MM'), type_code, reminder::text, place_id::text, referent_id::text) AS key,
             ${counts}
        FROM reporting.figure
       WHERE organization_id = ${organizationId} AND ${within(period)}
         AND (${typeCode}::text IS NULL OR type_code = ${typeCode}::text)
         AND (${placeId}::int IS NULL OR place_id = ${placeId}::int)
         AND (${referentId}::int IS NULL OR referent_id = ${referentId}::int)
       GROUP BY GROUPING SETS ((), (month), (type_code), (reminder), (place_id), (referent_id))`,
  )

/** The figures of the country, as of last night. */
export const figuresOfCountry = (
  ctx: Context,
  { period, typeCode }: { period: Period; typeCode: string | null },
): Promise<Group[]> =>
  rowsOf<Group>(
    ctx,
    Prisma.sql`
      SELECT CASE WHEN grouping(month) = 0 THEN 'month' WHEN grouping(type_code) = 0 THEN 'type'
                  WHEN grouping(reminder) = 0 THEN 'reminder' ELSE 'whole' END AS by,
             coalesce(to_char(month, 'YYYY-MM'), type_code, reminder::text) AS key,
             ${counts}
        FROM reporting.national_count
       WHERE ${within(period)} AND (${typeCode}::text IS NULL OR type_code = ${typeCode}::text)
       GROUP BY GROUPING SETS ((), (month), (type_code), (reminder))`,
  )

/** Until when the night counted a service; nothing before its first night. */
export async function nightOfService(
  ctx: Context,
  organizationId: number,
): Promise<{ computedAt: Date; countedUntil: Date } | undefined> {
  const [night] = await rowsOf<{ computedAt: Date; countedUntil: Date }>(
    ctx,
    Prisma.sql`
      SELECT computed_at AS "computedAt", counted_until AS "countedUntil"
        FROM reporting.service_night WHERE organization_id = ${organizationId}`,
  )
  return night
}

/** When the country was counted; null before its first night. */
export async function nightOfCountry(ctx: Context): Promise<Date | null> {
  const [night] = await rowsOf<{ computedAt: Date | null }>(
    ctx,
    Prisma.sql`SELECT max(computed_at) AS "computedAt" FROM reporting.national_count`,
  )
  return night?.computedAt ?? null
}
