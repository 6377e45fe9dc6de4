import { Prisma } from '@prisma/client'
import { civilOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { day, minute } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'

export interface Expected {
  startsAt: Date
  durationMinutes: number
  placeName: string
  timeZone: string
}

/** The booked appointments of a person that are not over, as JSON, but one: none lasts longer than a day. The person is an id, or a column. */
export const expectedSql = (
  probationerId: number | Prisma.Sql,
  now: Date,
  exceptId: number | null = null,
): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('startsAt', a.starts_at, 'durationMinutes', slot.duration_minutes,
                                             'placeName', place.name, 'timeZone', host.time_zone)
                           ORDER BY a.starts_at), '[]')
    FROM appointment a
    JOIN slot ON slot.id = a.slot_id
    JOIN place ON place.id = a.place_id
    JOIN organization host ON host.id = a.organization_id
   WHERE a.probationer_id = ${probationerId} AND a.state = 'booked' AND a.starts_at > ${new Date(now.getTime() - day)}
     AND a.id IS DISTINCT FROM ${exceptId}::int)`
export type ExpectedJson = readonly (Omit<Expected, 'startsAt'> & { startsAt: string })[]

const read = (expected: ExpectedJson): Expected[] =>
  expected.map((one) => ({ ...one, startsAt: new Date(one.startsAt) }))

/** Those that share time with a moment. */
export function overlapping(
  expected: ExpectedJson,
  moment: { startsAt: Date; durationMinutes: number },
): Expected[] {
  const end = (one: { startsAt: Date; durationMinutes: number }) =>
    one.startsAt.getTime() + one.durationMinutes * minute
  return read(expected).filter(
    (one) => one.startsAt.getTime() < end(moment) && end(one) > moment.startsAt.getTime(),
  )
}

/** Those of a day, on the wall of their own place. */
export const expectedThatDay = (expected: ExpectedJson, date: CivilDate) =>
  read(expected)
    .map(({ startsAt, placeName, timeZone }) => ({ placeName, ...civilOf(startsAt, timeZone) }))
    .filter((one) => one.date === date)

/** When a person is expected, but for one appointment that is being moved. */
export async function whenExpected(
  ctx: Context,
  probationerId: number,
  exceptId: number | null = null,
): Promise<ExpectedJson> {
  const [row] = await rowsOf<{ expected: ExpectedJson }>(
    ctx,
    Prisma.sql`SELECT ${expectedSql(probationerId, ctx.now, exceptId)} AS expected`,
  )
  return row?.expected ?? []
}
