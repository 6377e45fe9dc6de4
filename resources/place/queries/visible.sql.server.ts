import { Prisma } from '@prisma/client'
import { agendaListReach } from '../../agenda/policy'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { Grant } from '../../shared/rights'
import { reachedSql } from '../../shared/scope.server'
import { exitAgendasReach, placeListReach, sharedTypes } from '../policy'

/**
 * The places of lists and forms, and their agendas, each reading one statement. What they find is what the
 * policies promise: tests/resources/place/visible-scope.test.ts compares them.
 */

/** How a place `p` stands to an agent (`placeClauses`). */
function placeClausesSql(agent: AgentActor): Partial<Record<Grant, Prisma.Sql>> {
  const J = Prisma.sql`p.organization_id = ANY (${[...agent.jurisdiction]}::int[])`
  return {
    O: Prisma.sql`p.organization_id = ${agent.organization.id}`,
    J,
    e: Prisma.sql`(${J} AND EXISTS (
      SELECT 1 FROM place_appointment_type t WHERE t.place_id = p.id AND t.type_code = ANY (${sharedTypes}::text[])))`,
  }
}

/** Whether the actor's lists and forms offer the place `p`: what `placesVisibleTo` says. */
export const placeVisibleSql = (actor: AgentActor): Prisma.Sql =>
  reachedSql(actor, placeListReach(actor), placeClausesSql(actor))

/** Whether the actor reads the agendas of the place `p`: what `agendasVisibleTo` says. */
export const agendaVisibleSql = (actor: AgentActor): Prisma.Sql =>
  reachedSql(actor, agendaListReach(actor), placeClausesSql(actor))

/** Whether the hearing-exit pages show the actor the place `p`: what `placesOfExitAgendas` says. */
export const exitAgendaVisibleSql = (actor: AgentActor): Prisma.Sql =>
  reachedSql(actor, exitAgendasReach(actor), placeClausesSql(actor))

/** The agendas `a` of a place `p` as JSON, those that are wanted. */
export const agendasSql = (wanted: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY a.name, a.id), '[]')
    FROM agenda a WHERE a.place_id = p.id AND ${wanted})`

/** A place where the agent may convoke for a type, with the zone and the territory of its calendar; or null. */
export async function bookablePlaceOrNull(ctx: Context<AgentActor>, placeId: number, typeCode: string) {
  const [place] = await rowsOf<{
    id: number
    name: string
    organizationId: number
    departmentCode: string
    timeZone: string
  }>(
    ctx,
    Prisma.sql`
      SELECT p.id, p.name, p.organization_id AS "organizationId", p.department_code AS "departmentCode",
             o.time_zone AS "timeZone"
        FROM place p JOIN organization o ON o.id = p.organization_id
       WHERE p.id = ${placeId} AND p.archived_at IS NULL AND ${placeVisibleSql(ctx.actor)}
         AND EXISTS (SELECT 1 FROM place_appointment_type t WHERE t.place_id = p.id AND t.type_code = ${typeCode})`,
  )
  return place ?? null
}

export interface OfferedPlace {
  id: number
  name: string
  address: string
  departmentCode: string
  organizationId: number
  organizationName: string
  timeZone: string
  agendaGuidance: string | null
  typeCodes: string[]
  agendas: { id: number; name: string }[]
}

/** The places of these organizations that receive people for one of these types, the own ones first. */
export function placesForBooking(
  ctx: Context<AgentActor>,
  { organizationIds, typeCodes }: { organizationIds: readonly number[]; typeCodes: readonly string[] },
): Promise<OfferedPlace[]> {
  return rowsOf(
    ctx,
    Prisma.sql`
      SELECT p.id, p.name, p.address, p.department_code AS "departmentCode", p.organization_id AS "organizationId",
             o.name AS "organizationName", o.time_zone AS "timeZone", o.agenda_guidance AS "agendaGuidance",
             ARRAY(SELECT t.type_code FROM place_appointment_type t WHERE t.place_id = p.id ORDER BY t.id) AS "typeCodes",
             ${agendasSql(Prisma.sql`a.archived_at IS NULL`)} AS agendas
        FROM place p JOIN organization o ON o.id = p.organization_id
       WHERE p.archived_at IS NULL AND p.organization_id = ANY (${[...organizationIds]}::int[])
         AND ${placeVisibleSql(ctx.actor)}
         AND EXISTS (SELECT 1 FROM place_appointment_type t
                      WHERE t.place_id = p.id AND t.type_code = ANY (${[...typeCodes]}::text[]))
       ORDER BY p.organization_id <> ${ctx.actor.organization.id}, p.name, p.id`,
  )
}
