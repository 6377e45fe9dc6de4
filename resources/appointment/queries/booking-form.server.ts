import { Prisma } from '@prisma/client'
import * as z from 'zod'
import { appointmentsVisibleTo, stands } from '../policy'
import { collectiveTypes, stillReceives } from '../rules'
import { bookableTypesFor } from '../../appointment-type/queries.server'
import { columnsAtBooking } from '../../custom-column/queries/columns.server'
import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { servicesOfJurisdiction } from '../../organization/queries.server'
import { placesForBooking } from '../../place/queries/visible.sql.server'
import { factsOfNew, mayOnProbationer } from '../../probationer/policy'
import { personToConvoke } from '../../probationer/queries/list.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { optionalId } from '../../shared/fields'
import { rowsOf } from '../../shared/prepared.server'
import { canFollowProbationers, usesInterJurisdiction } from '../../shared/rights'

export const bookingFormInput = z.object({
  probationerId: optionalId,
  /** Inter-jurisdiction: the commune of somebody new, whose services will follow them. */
  cityId: optionalId,
  /** The missed or excused appointment of this person that a new one comes after. */
  reconvenesId: optionalId,
})

/**
 * All the booking page needs at once: the person when known, the types the role may book, the places
 * that host them among the services that follow the person, and their agendas.
 */
export const bookingForm = query(
  bookingFormInput,
  async (ctx: Context<AgentActor>, { probationerId, cityId, reconvenesId }) => {
    const [person, types, last, before] = await Promise.all([
      probationerId ? personToConvoke(ctx, probationerId) : null,
      bookableTypesFor(ctx),
      bookedLast(ctx),
      probationerId && reconvenesId ? missedBefore(ctx, { probationerId, id: reconvenesId }) : null,
    ])
    const organizationIds = person
      ? person.followingOrganizationIds
      : await servicesOfNewPerson(ctx, usesInterJurisdiction(ctx.actor) ? cityId : null)
    const offered = await placesForBooking(ctx, {
      organizationIds,
      typeCodes: types.map((type) => type.code),
    })
    const hosted = new Set(offered.flatMap((place) => place.typeCodes))
    return {
      person,
      types: types
        .filter((type) => hosted.has(type.code))
        .map(({ code, label, usesPublishedSlots, asksProsecutionNumber, allowedOnDaysOff }) => ({
          code,
          label,
          usesPublishedSlots,
          asksProsecutionNumber,
          allowedOnDaysOff,
        })),
      places: offered,
      /** What the own court asks of those who leave a hearing, unless it does not follow them. */
      columns: organizationIds.includes(ctx.actor.organization.id)
        ? (await columnsAtBooking(ctx)).map(({ id, name, dataType, typeCodes }) => ({
            id,
            name,
            dataType,
            typeCodes,
          }))
        : [],
      /** Whom to call when nothing may be booked: the services that follow the person. */
      services:
        hosted.size > 0
          ? []
          : await ctx.tx.organization.findMany({
              where: { id: { in: organizationIds } },
              select: { id: true, name: true, switchboardPhone: true },
              orderBy: { name: 'asc' },
            }),
      /** What a new date after a missed or excused one starts from, where its type and place are still offered. */
      before:
        before &&
        types.some(({ code }) => code === before.typeCode) &&
        offered.some(({ id, typeCodes }) => id === before.placeId && typeCodes.includes(before.typeCode))
          ? before
          : null,
      /** It has been convoked again already: when, for whoever sees it. */
      reconvenedAs: reconvenesId && !before ? await reconvenedAs(ctx, { probationerId, reconvenesId }) : null,
      /** What the agent booked last: chosen until they say otherwise. */
      usualTypeCode: last?.typeCode ?? null,
      usualPlaceId: last?.placeId ?? null,
      /** "Êtes-vous son référent ?" is asked when nobody is. */
      asksIfReferent: canFollowProbationers(ctx.actor) && !person?.assignedAgent,
      /** A counsellor who registers is; those who run the service mostly register for others. */
      likelyReferent: ctx.actor.role === 'probation_counsellor',
      /** Whether a box invites somebody new to their space: in any case, or once the agent is their referent. */
      invitesToSpace: person ? null : await invitesNewPerson(ctx, organizationIds),
      asksResidence: usesInterJurisdiction(ctx.actor),
      today: civilOf(ctx.now, ctx.actor.organization.timeZone).date,
      departmentCode: ctx.actor.organization.departmentCode,
    }
  },
)

async function invitesNewPerson(
  ctx: Context<AgentActor>,
  organizationIds: number[],
): Promise<'always' | 'as_referent' | null> {
  const mayAs = (assignedAgentId: number | null) =>
    mayOnProbationer(ctx.actor, 'inviteToSpace', { ...factsOfNew(organizationIds), assignedAgentId })
  if (!mayAs(ctx.actor.id)) return null
  const isOpen = await ctx.tx.organization.findFirst({
    where: { id: { in: organizationIds }, probationerSpaceEnabled: true },
    select: { id: true },
  })
  if (!isOpen) return null
  return mayAs(null) ? 'always' : 'as_referent'
}

/** Of these services, those that have a place where the agent may convoke for something, the own one first. */
export async function servicesToBookAt(
  ctx: Context<AgentActor>,
  organizationIds: readonly number[],
): Promise<string[]> {
  const types = await bookableTypesFor(ctx)
  const places = await placesForBooking(ctx, { organizationIds, typeCodes: types.map(({ code }) => code) })
  return [...new Set(places.map(({ organizationName }) => organizationName))]
}

async function reconvenedAs(
  ctx: Context<AgentActor>,
  asked: { probationerId: number | null; reconvenesId: number },
) {
  const again = await ctx.tx.appointment.findFirst({
    where: {
      AND: [
        { reconvenesId: asked.reconvenesId, probationerId: asked.probationerId ?? 0 },
        stands,
        appointmentsVisibleTo(ctx.actor),
      ],
    },
    select: { id: true, startsAt: true, organization: { select: { timeZone: true } } },
  })
  return again && { id: again.id, ...civilOf(again.startsAt, again.organization.timeZone) }
}

/** Null when it is settled otherwise, or convoked again, by now: the form is that of any booking. */
async function missedBefore(
  ctx: Context<AgentActor>,
  { probationerId, id }: { probationerId: number; id: number },
) {
  const found = await ctx.tx.appointment.findFirst({
    where: {
      AND: [
        { id, probationerId, state: { in: ['missed', 'excused'] }, reconvenedAs: { none: stands } },
        appointmentsVisibleTo(ctx.actor),
      ],
    },
    select: {
      ...{ id: true, state: true, startsAt: true, typeCode: true, placeId: true, prosecutionNumber: true },
      slot: { select: { agendaId: true } },
      agent: {
        select: { firstName: true, lastName: true, organizationId: true, deletedAt: true, role: true },
      },
      organization: { select: { id: true, kind: true, timeZone: true } },
      customColumnValues: { select: { customColumnId: true, value: true } },
    },
  })
  if (!found) return null
  const { organization, slot, customColumnValues, startsAt, state, agent, ...kept } = found
  return {
    ...kept,
    state: state === 'missed' ? ('missed' as const) : ('excused' as const),
    /** Who received, when they still do. */
    agent:
      agent && stillReceives(agent, organization)
        ? { firstName: agent.firstName, lastName: agent.lastName }
        : null,
    agendaId: slot.agendaId,
    ...civilOf(startsAt, organization.timeZone),
    cells: Object.fromEntries(customColumnValues.map(({ customColumnId, value }) => [customColumnId, value])),
  }
}

/** What the agent convokes for, one person at a time: a session in between changes no habit. */
async function bookedLast(ctx: Context<AgentActor>) {
  const [last] = await rowsOf<{ typeCode: string; placeId: number }>(
    ctx,
    Prisma.sql`
      SELECT type_code AS "typeCode", place_id AS "placeId"
        FROM appointment
       WHERE booked_by_id = ${ctx.actor.id} AND type_code <> ALL (${[...collectiveTypes]}::text[])
       ORDER BY id DESC LIMIT 1`,
  )
  return last
}

/** The deployed services of the commune when it has some, else those of the jurisdiction: as registering does. */
async function servicesOfNewPerson(ctx: Context<AgentActor>, cityId: number | null): Promise<number[]> {
  const ofCity = cityId ? await servicesOfCity(ctx, cityId) : []
  const services = ofCity.length > 0 ? ofCity : await servicesOfJurisdiction(ctx)
  return services.map((service) => service.id)
}
