import { Prisma } from '@prisma/client'

/** Whether a closure `c`, of an agenda or a place, keeps it from receiving at a day and an hour. */
export const holdsSql = ({
  agendaId,
  placeId,
  date,
  time,
}: Record<'agendaId' | 'placeId' | 'date' | 'time', Prisma.Sql>): Prisma.Sql => Prisma.sql`
  (c.agenda_id = ${agendaId} OR c.place_id = ${placeId})
  AND c.lifted_at IS NULL
  AND ${date} BETWEEN c.first_date AND c.last_date
  AND ${time} >= coalesce(c.from_time, '') AND ${time} < coalesce(c.to_time, '99')`
