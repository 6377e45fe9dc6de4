import { beforeAll, describe, expect, test } from 'vitest'
import { markAnnouncementRead } from '../../../resources/announcement/commands.server'
import { recordOutcome } from '../../../resources/appointment/commands/settle.server'
import { listAppointments } from '../../../resources/appointment/queries/list.server'
import { home } from '../../../resources/home/queries.server'
import type { AgentActor, Role } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday, type AService } from '../../support/world'

/** Today is Monday 5 October 2026, 10:00 in Paris. */
let country: Awaited<ReturnType<typeof aCountry>>
let claire: AgentActor
let malik: AgentActor

beforeAll(async () => {
  country = await aCountry()
  claire = await anAgent(country.spip, 'probation_counsellor')
  malik = await anAgent(country.spip, 'probation_counsellor')
})

interface Made {
  service?: AService
  typeCode?: string
  agentId?: number | null
  person?: Parameters<typeof aPerson>[1]
  state?: 'booked' | 'attended' | 'excused'
}

async function appointment(date: string, time: string, made: Made = {}) {
  const { service = country.spip, typeCode = 'probation_follow_up', agentId = null, state = 'booked' } = made
  const person = await aPerson([country.spip, country.court], made.person)
  const slot = await aSlot(service, typeCode, date, time, { seatsTaken: 1 })
  const { id } = await prisma.appointment.create({
    data: {
      probationerId: person.id,
      slotId: slot.id,
      typeCode,
      organizationId: service.id,
      placeId: service.placeId,
      startsAt: slot.startsAt,
      state,
      agentId,
      creatingOrganizationId: service.id,
    },
  })
  return { id, probationerId: person.id }
}

const homeOf = (actor: AgentActor, input: { wholeService?: boolean } = {}) =>
  actAt(actor, monday, (ctx) => home(ctx, input))
const idsOf = (actor: AgentActor, filters: Parameters<typeof listAppointments>[1]) =>
  actAt(actor, monday, async (ctx) => (await listAppointments(ctx, filters)).rows.map(({ id }) => id))
const missing = { view: 'outcome_missing' } as const

describe('the outcomes that wait', () => {
  test('are those the agent may record, and every line of them asks', async () => {
    const here = await appointment('2026-09-14', '09:00')
    const exit = await appointment('2026-09-14', '10:00', { typeCode: 'hearing_exit_probation' })
    const judge = await appointment('2026-09-14', '11:00', {
      service: country.court,
      typeCode: 'sentence_judge_follow_up',
    })
    const [secretary, sap, courtAdmin, bex] = await Promise.all(
      (
        [
          [country.spip, 'probation_secretary'],
          [country.court, 'sentence_clerk'],
          [country.court, 'local_admin'],
          [country.court, 'execution_office_agent'],
        ] satisfies [AService, Role][]
      ).map(([service, role]) => anAgent(service, role)),
    )
    if (!secretary || !sap || !courtAdmin || !bex) throw new Error('agents')
    expect(await idsOf(secretary, missing)).toEqual(expect.arrayContaining([here.id, exit.id]))
    expect(await idsOf(secretary, { ...missing, wholeJurisdiction: true })).not.toContain(judge.id)
    for (const actor of [sap, courtAdmin]) {
      const whole = await idsOf(actor, { ...missing, wholeJurisdiction: true })
      expect(whole).toContain(judge.id)
      expect(whole).not.toContain(here.id)
      expect(whole).not.toContain(exit.id)
    }
    expect(await idsOf(bex, { ...missing, wholeJurisdiction: true })).toEqual([])
    expect((await homeOf(bex)).unsettled).toBeNull()
    for (const actor of [secretary, sap, courtAdmin]) {
      const { rows } = await actAt(actor, monday, (ctx) =>
        listAppointments(ctx, { ...missing, wholeJurisdiction: true, perPage: 50 }),
      )
      expect(rows.filter((row) => !row.asksOutcome)).toEqual([])
    }
  })

  test('of one day are those of that day', async () => {
    const one = await appointment('2026-09-16', '09:00')
    const other = await appointment('2026-09-17', '09:00')
    const found = await idsOf(claire, { ...missing, date: '2026-09-16' })
    expect(found).toContain(one.id)
    expect(found).not.toContain(other.id)
    expect(await idsOf(claire, { view: 'to_come', date: '2026-09-16' })).toEqual([])
  })
})

describe('what is mine', () => {
  test('is given to me, or to nobody about a person of mine, and nothing else', async () => {
    const given = await appointment('2026-11-02', '09:00', { agentId: claire.id })
    const ofMine = await appointment('2026-11-03', '09:00', { person: { assignedAgentId: claire.id } })
    const ofMineGivenAway = await appointment('2026-11-04', '09:00', {
      agentId: malik.id,
      person: { assignedAgentId: claire.id },
    })
    const nobodys = await appointment('2026-11-05', '09:00')
    const mine = await idsOf(claire, { view: 'to_come', mine: true })
    expect(mine).toEqual([given.id, ofMine.id])
    expect(await idsOf(malik, { view: 'to_come', mine: true })).toEqual([ofMineGivenAway.id])
    expect(await idsOf(claire, { view: 'to_come', date: '2026-11-05' })).toEqual([nobodys.id])
  })

  test('comes first for a counsellor; directors, local admins and the others see the service', async () => {
    expect(await homeOf(claire)).toMatchObject({ mine: true, follows: true })
    expect(await homeOf(claire, { wholeService: true })).toMatchObject({ mine: false })
    for (const role of ['probation_director', 'local_admin'] as const) {
      const actor = await anAgent(country.spip, role)
      expect(await homeOf(actor)).toMatchObject({ mine: false, follows: true })
      expect(await homeOf(actor, { wholeService: false })).toMatchObject({ mine: true })
    }
    expect(await homeOf(await anAgent(country.spip, 'educator'))).toMatchObject({
      mine: false,
      follows: false,
    })
  })
})

describe('today', () => {
  test('the next appointment is one that still holds, however long the day', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    await appointment('2026-10-05', '10:20', { agentId: nora.id, state: 'excused' })
    expect(await homeOf(nora)).toMatchObject({ minutesToNext: null, todays: { total: 1 } })
    await appointment('2026-10-05', '10:45', { agentId: nora.id })
    expect(await homeOf(nora)).toMatchObject({ minutesToNext: 45 })
  })

  test('a line that is settled tells its outcome, and can be corrected', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    const { id } = await appointment('2026-10-05', '09:00', { agentId: nora.id })
    expect((await homeOf(nora)).todays.rows).toMatchObject([{ asksOutcome: true, mayUndo: false }])
    await actAt(nora, monday, (ctx) => recordOutcome(ctx, { appointmentId: id, outcome: 'attended' }))
    expect((await homeOf(nora)).todays.rows).toMatchObject([
      { state: 'attended', asksOutcome: false, mayUndo: true },
    ])
    const bex = await anAgent(country.court, 'execution_office_agent')
    const { rows } = await actAt(bex, monday, (ctx) =>
      listAppointments(ctx, { view: 'day', date: '2026-10-05', wholeJurisdiction: true }),
    )
    expect(rows.find((row) => row.id === id)).toMatchObject({ asksOutcome: false, mayUndo: false })
  })

  test('says of each person why no SMS would leave', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    const reaches: [string, object][] = [
      ['08:00', { smsOptOut: true }],
      ['08:10', { phone: null }],
      ['08:20', {}],
    ]
    for (const [time, person] of reaches) await appointment('2026-10-05', time, { agentId: nora.id, person })
    const { rows } = (await homeOf(nora)).todays
    expect(rows.map((row) => row.probationer.unreachable)).toEqual(['opted_out', 'no_phone', null])
    await prisma.probationer.update({
      where: { id: rows[2]?.probationer.id ?? 0 },
      data: { phoneState: 'dead' },
    })
    expect((await homeOf(nora)).todays.rows[2]?.probationer.unreachable).toBe('dead_number')
  })
})

describe('SMS not received', () => {
  test('stop being told once a later SMS of the same appointment has arrived', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    const { id, probationerId } = await appointment('2026-10-12', '09:00', { agentId: nora.id })
    const message = (kind: 'summons' | 'reminder', state: 'failed' | 'planned', dueAt: Date) =>
      prisma.message.create({
        data: { appointmentId: id, probationerId, kind, state, dueAt, deadline: dueAt, textSent: 'SMS' },
      })
    await message('summons', 'failed', new Date('2026-10-01T08:00:00Z'))
    const reminder = await message('reminder', 'planned', new Date('2026-10-11T07:00:00Z'))
    const told = async () => (await homeOf(nora)).waiting.smsNotReceived
    const [line] = (
      await actAt(nora, monday, (ctx) => listAppointments(ctx, { view: 'to_come', mine: true }))
    ).rows
    expect([await told(), line?.delivery?.state]).toEqual([1, 'failed'])
    await prisma.message.update({ where: { id: reminder.id }, data: { state: 'delivered' } })
    expect(await told()).toBe(0)
  })

  test('are told two weeks before the day, while there is time and not too early', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    for (const date of ['2026-10-18', '2026-10-20']) {
      const { id, probationerId } = await appointment(date, '09:00', { agentId: nora.id })
      await prisma.message.create({
        data: {
          appointmentId: id,
          probationerId,
          kind: 'summons',
          state: 'failed',
          dueAt: monday,
          deadline: monday,
        },
      })
    }
    expect((await homeOf(nora)).waiting.smsNotReceived).toBe(1)
  })

  test('the reminder to come is what a line tells, with its hour at the place', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    const { id, probationerId } = await appointment('2026-10-12', '14:30', { agentId: nora.id })
    const common = { appointmentId: id, probationerId, deadline: monday, textSent: 'SMS' }
    await prisma.message.createMany({
      data: [
        { ...common, kind: 'summons', state: 'delivered', dueAt: monday },
        { ...common, kind: 'reminder', state: 'planned', dueAt: new Date('2026-10-11T12:30:00Z') },
      ],
    })
    const { rows } = await actAt(nora, monday, (ctx) =>
      listAppointments(ctx, { view: 'to_come', mine: true }),
    )
    expect(rows[0]?.delivery).toMatchObject({
      kind: 'reminder',
      state: 'planned',
      due: { date: '2026-10-11', time: '14:30' },
    })
  })
})

test('an announcement is put away by whoever understood it, for themselves only', async () => {
  const { id: announcementId } = await prisma.announcement.create({
    data: {
      body: 'Maintenance mardi',
      receipts: { create: [{ agentId: claire.id }, { agentId: malik.id }] },
    },
  })
  expect((await homeOf(claire)).announcements).toMatchObject([{ id: announcementId }])
  await actAt(claire, monday, (ctx) => markAnnouncementRead(ctx, { announcementId }))
  expect((await homeOf(claire)).announcements).toEqual([])
  expect((await homeOf(malik)).announcements).toHaveLength(1)
})
