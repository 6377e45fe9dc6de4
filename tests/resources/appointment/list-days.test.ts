import { beforeAll, describe, expect, test } from 'vitest'
import { recordOutcome } from '../../../resources/appointment/commands/settle.server'
import { listAppointments } from '../../../resources/appointment/queries/list.server'
import { listAppointmentsOf } from '../../../resources/appointment/queries/of-probationer.server'
import { appointmentPage } from '../../../resources/appointment/queries/page.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  aSlot,
  monday,
  type AService,
} from '../../support/world'

let spip: AService
let agent: AgentActor

beforeAll(async () => {
  ;({ spip } = await aCountry())
  agent = await anAgent(spip, 'probation_director')
})

async function booked(service: AService, date: string, time: string) {
  const person = await aPerson([service])
  const slot = await aSlot(service, 'probation_follow_up', date, time)
  return prisma.appointment.create({
    data: {
      probationerId: person.id,
      slotId: slot.id,
      typeCode: 'probation_follow_up',
      organizationId: service.id,
      placeId: service.placeId,
      startsAt: slot.startsAt,
      creatingOrganizationId: service.id,
    },
  })
}

test('a day is that of the place, for whoever looks at the whole country', async () => {
  const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
    departmentCode: '973',
    timeZone: 'America/Cayenne',
  })
  const noumea = await aService('SPIP de Nouméa', 'probation_service', {
    departmentCode: '988',
    timeZone: 'Pacific/Noumea',
  })
  const central = await anAgent(spip, 'central_admin')
  const ofTheDay = [
    await booked(noumea, '2026-10-14', '07:00'),
    await booked(noumea, '2026-10-14', '20:30'),
    await booked(spip, '2026-10-14', '09:00'),
    await booked(cayenne, '2026-10-14', '06:30'),
    await booked(cayenne, '2026-10-14', '20:30'),
  ]
  for (const date of ['2026-10-13', '2026-10-15'])
    for (const service of [noumea, spip, cayenne])
      for (const time of ['06:00', '20:30']) await booked(service, date, time)

  const ofDay = (actor: AgentActor, date: string) =>
    actAt(actor, monday, (ctx) => listAppointments(ctx, { view: 'day', date, wholeJurisdiction: true }))
  const { rows, total } = await ofDay(central, '2026-10-14')
  expect(rows.map((row) => row.id).sort()).toEqual(ofTheDay.map(({ id }) => id).sort())
  expect(total).toBe(5)
  expect(rows.every((row) => row.date === '2026-10-14')).toBe(true)

  const local = await anAgent(noumea, 'probation_director')
  expect((await ofDay(local, '2026-10-14')).rows.map((row) => row.time).sort()).toEqual(['07:00', '20:30'])
})

describe('an appointment of more than six months ago', () => {
  test('asks for nothing, and its outcome may be recorded from the list and from its page', async () => {
    // Six months before Monday 5 October 2026 is 5 April.
    const old = await booked(spip, '2026-04-02', '10:00')
    const recent = await booked(spip, '2026-04-07', '10:00')
    const { rows } = await actAt(agent, monday, (ctx) =>
      listAppointments(ctx, { view: 'all', wholeJurisdiction: true, perPage: 50 }),
    )
    const seen = (id: number) => {
      const row = rows.find((one) => one.id === id)
      return { asks: row?.asksOutcome, may: row?.mayRecordOutcome }
    }
    expect(seen(old.id)).toEqual({ asks: false, may: true })
    expect(seen(recent.id)).toEqual({ asks: true, may: true })

    const waiting = await actAt(agent, monday, (ctx) =>
      listAppointments(ctx, { view: 'outcome_missing', perPage: 50 }),
    )
    expect(waiting.rows.map((row) => row.id)).not.toContain(old.id)
    const ofPerson = await actAt(agent, monday, (ctx) => listAppointmentsOf(ctx, old.probationerId))
    expect(ofPerson.outcomesToRecord).toEqual([])

    const page = await actAt(agent, monday, (ctx) => appointmentPage(ctx, { appointmentId: old.id }))
    expect(page).toMatchObject({ asksOutcome: false })
    await actAt(agent, monday, (ctx) => recordOutcome(ctx, { appointmentId: old.id, outcome: 'attended' }))
    const settled = await prisma.appointment.findUniqueOrThrow({ where: { id: old.id } })
    expect(settled.state).toBe('attended')
  })
})
