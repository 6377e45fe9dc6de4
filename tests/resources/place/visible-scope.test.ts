import { beforeAll, expect, test } from 'vitest'
import { agendasVisibleTo } from '../../../resources/agenda/policy'
import { bookableTypesFor } from '../../../resources/appointment-type/queries.server'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import { mayOpenAppointments, mayOpenExitAgenda } from '../../../resources/appointment/policy'
import { appointmentFilters } from '../../../resources/appointment/queries/list.server'
import { stampOfDesk } from '../../../resources/hearing-exit/queries/desk.sql.server'
import { placesBookableBy, placesOfExitAgendas, placesVisibleTo } from '../../../resources/place/policy'
import { bookablePlaceOrNull } from '../../../resources/place/queries/visible.sql.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { anyOf, rolesOf } from '../../../resources/shared/rights'
import { read } from '../../../resources/shared/transact.server'
import { aCountry, aPerson, aService, anAgent } from '../../support/world'

// Filters and forms read places in SQL of our own; the policy speaks to Prisma. They must agree, role by role.

const actors: AgentActor[] = []
let personId: number

beforeAll(async () => {
  const { court, spip, branch, foreign } = await aCountry()
  const farCourt = await aService('TJ de Versailles', 'court', {
    departmentCode: '78',
    interJurisdiction: true,
  })
  const services = [court, spip, branch, foreign, farCourt]
  for (const service of services) {
    for (const role of rolesOf(service.kind)) actors.push(await anAgent(service, role))
    // A place that shares nothing with courts, an archived one, an archived agenda.
    for (const [name, archivedAt] of [
      ['Annexe', null],
      ['Ancien site', new Date('2026-01-01T00:00:00Z')],
    ] as const)
      await prisma.place.create({
        data: {
          organizationId: service.id,
          name: `${name} de ${service.name}`,
          address: '1 rue du Palais',
          shortAddress: '1 rue du Palais',
          phone: '+33199001020',
          departmentCode: '92',
          archivedAt,
          appointmentTypes: { create: { typeCode: 'probation_follow_up' } },
          agendas: { create: [{ name: 'Ouvert' }, { name: 'Fermé', archivedAt: new Date('2026-01-01') }] },
        },
      })
  }
  actors.push(await anAgent(spip, 'probation_counsellor', { charter: null }))
  personId = (await aPerson(services)).id
}, 120_000)

const nameOf = ({ role, organization }: AgentActor) => `${role} of ${organization.name}`
const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id).toSorted((a, b) => a - b)

test('the filters of a list offer the places and agendas of the role', async () => {
  for (const actor of actors.filter(mayOpenAppointments)) {
    const [places, agendas] = await Promise.all([
      prisma.place.findMany({ where: placesVisibleTo(actor), select: { id: true } }),
      prisma.agenda.findMany({
        where: { AND: [agendasVisibleTo(actor), { place: placesVisibleTo(actor) }] },
        select: { id: true },
      }),
    ])
    const offered = await read(actor, (ctx) => appointmentFilters(ctx, {}))
    expect(idsOf(offered.places), nameOf(actor)).toEqual(idsOf(places))
    expect(idsOf(offered.places.flatMap((place) => place.agendas)), nameOf(actor)).toEqual(idsOf(agendas))
  }
})

test('the booking page offers the places where the role may book', async () => {
  for (const actor of actors.filter(({ charterAccepted }) => charterAccepted)) {
    const types = await read(actor, (ctx) => bookableTypesFor(ctx))
    const places = await prisma.place.findMany({
      where: anyOf(types.map(({ code }) => placesBookableBy(actor, code))),
      select: { id: true },
    })
    // Of the services that follow this person, which are all of them.
    const opened = await read(actor, (ctx) => bookingForm(ctx, { probationerId: personId }))
    expect(idsOf(opened.places), nameOf(actor)).toEqual(idsOf(places))
  }
})

test.each(['probation_follow_up', 'hearing_exit_probation', 'sentence_judge_follow_up'])(
  'a place is booked for %s by exactly whom the policy says',
  async (typeCode) => {
    const places = await prisma.place.findMany({ select: { id: true } })
    for (const actor of actors) {
      const promised = await prisma.place.findMany({
        where: placesBookableBy(actor, typeCode),
        select: { id: true },
      })
      const found = await Promise.all(
        places.map(({ id }) => read(actor, (ctx) => bookablePlaceOrNull(ctx, id, typeCode))),
      )
      expect(idsOf(found.filter((place) => place !== null)), nameOf(actor)).toEqual(idsOf(promised))
    }
  },
)

test('a hearing-exit desk is asked whether it changed by exactly whom the policy says', async () => {
  const agendas = await prisma.agenda.findMany({ select: { id: true } })
  const desk = { typeCode: 'hearing_exit_probation', month: '2026-10' } as const
  const readers = actors.filter((actor) => mayOpenExitAgenda(actor, desk.typeCode, 'read'))
  expect(readers.length).toBeGreaterThan(3)
  for (const actor of readers) {
    const promised = await prisma.agenda.findMany({
      where: { place: placesOfExitAgendas(actor) },
      select: { id: true },
    })
    const found = await Promise.all(
      agendas.map(({ id }) => read(actor, (ctx) => stampOfDesk(ctx, { ...desk, agendaId: id }))),
    )
    expect(idsOf(agendas.filter((_, rank) => found[rank] !== null)), nameOf(actor)).toEqual(idsOf(promised))
  }
})
