import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { day, minute } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'

interface Overlapping {
  startsAt: Date
  placeName: string
  timeZone: string
}

/** The person's other booked appointments that share time with a moment. */
export async function overlappingAppointments(
  ctx: Context,
  probationerId: number,
  moment: { startsAt: Date; durationMinutes: number },
): Promise<Overlapping[]> {
  const end = new Date(moment.startsAt.getTime() + moment.durationMinutes * minute)
  // None lasts longer than a day: read in the index of a person's booked appointments.
  const first = new Date(moment.startsAt.getTime() - day)
  return rowsOf<Overlapping>(
    ctx,
    Prisma.sql`
      SELECT a.starts_at AS "startsAt", place.name AS "placeName", host.time_zone AS "timeZone"
        FROM appointment a
        JOIN slot ON slot.id = a.slot_id
        JOIN place ON place.id = a.place_id
        JOIN organization host ON host.id = a.organization_id
       WHERE a.probationer_id = ${probationerId} AND a.state = 'booked'
         AND a.starts_at > ${first} AND a.starts_at < ${end}
         AND a.starts_at + make_interval(mins => slot.duration_minutes) > ${moment.startsAt}
       ORDER BY a.starts_at`,
  )
}
