import type { AgentActor } from '../../shared/actor'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { formatPhone } from '../../shared/phone'
import { whyNotSendable } from '../../message/queries/of-appointment.server'
import { mayUseCentralConsole } from '../../shared/rights'
import { mayCreatePlace, mayOnPlace, placesVisibleTo } from '../policy'
import { placeIdInput } from '../schema'

/** What the form of a place is drawn from, and what its SMS lack. */
export const placeToEdit = query(placeIdInput, async (ctx: Context<AgentActor>, { placeId }) => {
  const place = orNotFound(
    await ctx.tx.place.findFirst({
      where: { AND: [{ id: placeId }, placesVisibleTo(ctx.actor)] },
      include: { appointmentTypes: { select: { typeCode: true } } },
    }),
    'place',
  )
  assertAllowed(mayOnPlace(ctx.actor, 'edit', place), 'edit a place')
  const { name, address, shortAddress, phone, email, mainContactMethod, publicPageId, organizationId } = place
  const typeCodes = place.appointmentTypes.map(({ typeCode }) => typeCode)
  const lacks = await Promise.all(typeCodes.map((typeCode) => whyNotSendable(ctx, { placeId, typeCode })))
  return {
    id: placeId,
    version: place.updatedAt.toISOString(),
    options: { ...(await placeOptions(ctx)), publicPageId: await pagesOf(ctx, organizationId) },
    values: {
      ...{ name, address, shortAddress, email, mainContactMethod, typeCodes },
      publicPageId: publicPageId === null ? '' : String(publicPageId),
      organizationId: String(organizationId),
      phone: phone && formatPhone(phone),
    },
    /** Data that the texts of its types ask for and it has not. */
    lacks: [...new Set(lacks)].filter((lack) => lack !== null),
  }
})

/** Who is still expected there, said before a place is archived. */
export const whatArchivingPlaceLeaves = query(placeIdInput, async (ctx: Context<AgentActor>, { placeId }) => {
  const place = orNotFound(
    await ctx.tx.place.findFirst({ where: { AND: [{ id: placeId }, placesVisibleTo(ctx.actor)] } }),
    'place',
  )
  assertAllowed(mayOnPlace(ctx.actor, 'archive', place), 'archive a place')
  return { stillExpected: await peopleExpectedAt(ctx, placeId) }
})

/** How many people are still expected at a place; somebody with two appointments is one. */
export async function peopleExpectedAt(ctx: Context, placeId: number): Promise<number> {
  const people = await ctx.tx.appointment.groupBy({
    by: ['probationerId'],
    where: { placeId, state: 'booked', startsAt: { gt: ctx.now } },
  })
  return people.length
}

/** What the form of a new place starts from. */
export const newPlace = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayCreatePlace(ctx.actor), 'create a place')
  const { id } = ctx.actor.organization
  return {
    values: { mainContactMethod: 'phone', organizationId: String(id), typeCodes: [] as string[] },
    options: { ...(await placeOptions(ctx)), publicPageId: await pagesOf(ctx, id) },
  }
})

async function pagesOf(ctx: Context, organizationId: number) {
  const pages = await ctx.tx.publicPage.findMany({
    where: { organizationId },
    select: { id: true, title: true },
    orderBy: { id: 'asc' },
  })
  return pages.map(({ id, title }) => ({ value: String(id), label: title }))
}

/** The types a place may receive for, and the services it may belong to. */
async function placeOptions(ctx: Context<AgentActor>) {
  const { actor } = ctx
  const types = await ctx.tx.appointmentType.findMany({
    select: { code: true, label: true },
    orderBy: { label: 'asc' },
  })
  const services = await ctx.tx.organization.findMany({
    where: mayUseCentralConsole(actor) ? {} : { id: actor.organization.id },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return {
    typeCodes: types.map(({ code, label }) => ({ value: code, label })),
    organizationId: services.map(({ id, name }) => ({ value: String(id), label: name })),
  }
}
