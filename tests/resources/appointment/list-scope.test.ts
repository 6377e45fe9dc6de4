import { beforeAll, expect, test } from 'vitest'
import { appointmentsVisibleTo, defaultAppointmentFilter } from '../../../resources/appointment/policy'
import { listAppointments } from '../../../resources/appointment/queries/list.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { addDays } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import { rolesOf } from '../../../resources/shared/rights'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday, type AService } from '../../support/world'

// The list reads appointment_scope, which triggers write; the policy reads the person. They must agree,
// whoever follows, receives and made the appointment, and whatever changes afterwards.

const types = [
  'hearing_exit_sentence_judge',
  'hearing_exit_probation',
  'probation_follow_up',
  'sentence_judge_follow_up',
]
let actors: AgentActor[]
let services: AService[]

beforeAll(async () => {
  const { court, spip, branch, foreign } = await aCountry()
  services = [court, spip, branch, foreign]
  const followers = [
    [court, spip],
    [spip],
    [branch],
    [foreign],
    [court, foreign],
    [court, spip, branch, foreign],
  ]
  for (const followedBy of followers) {
    const person = await aPerson(followedBy)
    for (const [index, host] of services.entries()) {
      for (const maker of services) {
        const typeCode = types[(index + maker.id) % types.length] ?? ''
        const date = addDays('2026-10-01', (person.id * 7 + host.id * 3 + maker.id) % 20)
        const slot = await aSlot(host, typeCode, date, `1${index}:${10 + (maker.id % 4) * 10}`)
        await prisma.appointment.create({
          data: {
            probationerId: person.id,
            slotId: slot.id,
            typeCode,
            organizationId: host.id,
            placeId: host.placeId,
            startsAt: slot.startsAt,
            state: (person.id + maker.id) % 5 === 0 ? 'attended' : 'booked',
            creatingOrganizationId: maker.id,
          },
        })
      }
    }
  }
  actors = []
  for (const service of services)
    for (const role of rolesOf(service.kind)) actors.push(await anAgent(service, role))
}, 120_000)

async function expectAgreement() {
  for (const actor of actors) {
    for (const wholeJurisdiction of [false, true]) {
      const promised = await prisma.appointment.findMany({
        where: {
          AND: [
            appointmentsVisibleTo(actor),
            wholeJurisdiction ? {} : defaultAppointmentFilter(actor),
            { state: { notIn: ['cancelled', 'rescheduled'] } },
          ],
        },
        select: { id: true },
        orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
      })
      const pages = await Promise.all(
        [1, 2].map((page) =>
          actAt(actor, monday, (ctx) =>
            listAppointments(ctx, { view: 'all', wholeJurisdiction, page, perPage: 50 }),
          ),
        ),
      )
      const who = `${actor.role} of ${actor.organization.name}, ${wholeJurisdiction ? 'everything' : 'at first'}`
      expect(
        pages.flatMap(({ rows }) => rows.map((row) => row.id)),
        who,
      ).toEqual(promised.map((row) => row.id))
      expect(pages[0]?.total, who).toBe(promised.length)
    }
  }
}

test('the list shows each role exactly what the rights promise, in order', expectAgreement, 120_000)

test('a person taken over by another service takes their appointments along', async () => {
  const [, spip, , foreign] = services
  await prisma.following.deleteMany({ where: { organizationId: spip?.id ?? 0 } })
  const person = await prisma.probationer.findFirstOrThrow({ orderBy: { id: 'asc' } })
  await prisma.following.create({ data: { probationerId: person.id, organizationId: foreign?.id ?? 0 } })
  await expectAgreement()
}, 120_000)

test('a cancelled appointment leaves the list, a moved one changes its place in it', async () => {
  const [first, second] = await prisma.appointment.findMany({
    where: { state: 'booked' },
    take: 2,
    orderBy: { id: 'asc' },
  })
  await prisma.appointment.update({ where: { id: first?.id ?? 0 }, data: { state: 'cancelled' } })
  await prisma.appointment.update({
    where: { id: second?.id ?? 0 },
    data: { startsAt: new Date('2027-01-04T09:00:00Z') },
  })
  await expectAgreement()
}, 120_000)

test.each(['to_come', 'outcome_missing', 'day'] as const)('the view %s keeps to its dates', async (view) => {
  for (const actor of actors) {
    const { rows } = await actAt(actor, monday, (ctx) =>
      listAppointments(ctx, {
        view,
        date: view === 'day' ? '2026-10-06' : '',
        wholeJurisdiction: true,
        perPage: 50,
      }),
    )
    for (const row of rows) {
      if (view === 'day') expect(row.date).toBe('2026-10-06')
      if (view === 'to_come') expect(row.startsAt.getTime()).toBeGreaterThanOrEqual(monday.getTime())
      if (view === 'outcome_missing') expect(row).toMatchObject({ state: 'booked' })
    }
  }
})
