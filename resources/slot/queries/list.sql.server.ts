import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilOf, instantOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { rowsOf } from '../../shared/prepared.server'
import { reachedSql } from '../../shared/scope.server'
import { slotListReach, slotTypes } from '../policy'

/** A slot as its line in the list needs it. */
export interface ListedSlot {
  id: number
  date: CivilDate
  startTime: CivilTime
  startsAt: Date
  typeCode: string
  typeLabel: string
  place: string
  agenda: string
  capacity: number
  seatsTaken: number
  isOpen: boolean
  isRecurring: boolean
  organizationId: number
}

export interface SlotsWanted {
  /** A civil day of the agent's service, and those that follow. */
  from: CivilDate | null
  placeId: number | null
  agendaId: number | null
  typeCode: string | null
  withFull: boolean
  withClosed: boolean
  page: number
  perPage: number
}

/** What `slotsVisibleTo` says, of a slot `s` of a place `p`; the types are said again, for the index that knows them. */
export const visibleSlotSql = (actor: AgentActor): Prisma.Sql => {
  const O = Prisma.sql`p.organization_id = ${actor.organization.id}`
  const f = Prisma.sql`(${O} AND s.type_code = 'electronic_tag_fitting')`
  return Prisma.sql`s.type_code IN (${Prisma.raw(slotTypes.map((code) => `'${code}'`).join(', '))})
    AND ${reachedSql(actor, slotListReach(actor), { O, f })}`
}

/** One page of the published slots to come, the soonest first, and how many (at most `countedUpTo` + 1). */
export async function pageOfSlots(
  ctx: Context<AgentActor>,
  { from, placeId, agendaId, typeCode, withFull, withClosed, page, perPage }: SlotsWanted,
): Promise<{ rows: ListedSlot[]; total: number }> {
  const { timeZone } = ctx.actor.organization
  const start = instantOf(from ?? civilOf(ctx.now, timeZone).date, '00:00', timeZone)
  const conditions = [
    visibleSlotSql(ctx.actor),
    Prisma.sql`s.starts_at >= ${start}`,
    ...(placeId ? [Prisma.sql`p.id = ${placeId}`] : []),
    ...(agendaId ? [Prisma.sql`a.id = ${agendaId}`] : []),
    ...(typeCode ? [Prisma.sql`s.type_code = ${typeCode}`] : []),
    ...(withFull ? [] : [Prisma.sql`s.seats_taken < s.capacity`]),
    ...(withClosed ? [] : [Prisma.sql`s.is_open`]),
  ]
  const found = Prisma.sql`
    FROM slot s JOIN agenda a ON a.id = s.agenda_id JOIN place p ON p.id = a.place_id
   WHERE ${Prisma.join(conditions, ' AND ')}`
  const rows = await rowsOf<(ListedSlot | { id: null }) & { total: number }>(
    ctx,
    Prisma.sql`
      WITH page AS (
        SELECT s.id ${found} ORDER BY s.starts_at, s.id LIMIT ${perPage} OFFSET ${(page - 1) * perPage}),
      total AS (SELECT count(*)::int AS count FROM (SELECT 1 ${found} LIMIT ${countedUpTo + 1}) AS counted)
      SELECT total.count AS total, line.*
        FROM total
        LEFT JOIN (
          SELECT s.id, s.date::text AS date, s.start_time AS "startTime", s.starts_at AS "startsAt",
                 s.type_code AS "typeCode", t.label AS "typeLabel", p.name AS place, a.name AS agenda, s.capacity,
                 s.seats_taken AS "seatsTaken", s.is_open AS "isOpen",
                 s.recurring_slot_id IS NOT NULL AS "isRecurring", p.organization_id AS "organizationId"
            FROM page JOIN slot s ON s.id = page.id JOIN agenda a ON a.id = s.agenda_id
            JOIN place p ON p.id = a.place_id JOIN appointment_type t ON t.code = s.type_code) AS line ON true
       ORDER BY "startsAt", id`,
  )
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.flatMap((row) => (row.id === null ? [] : [row])),
  }
}
