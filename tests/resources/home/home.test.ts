import { beforeAll, describe, expect, test } from 'vitest'
import { unreadAnnouncements } from '../../../resources/announcement/queries.server'
import { markAnnouncementRead } from '../../../resources/announcement/commands.server'
import { recordOutcome } from '../../../resources/appointment/commands/settle.server'
import { listAppointments } from '../../../resources/appointment/queries/list.server'
import { home } from '../../../resources/home/queries.server'
import { proposeText } from '../../../resources/message/template/commands/proposal.server'
import { textStateOf } from '../../../resources/message/template/queries/text.server'
import { recordRequest } from '../../../resources/rights-request/commands/record.server'
import type { AgentActor, Role } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { sendContact } from '../../../resources/site-request/commands/send.server'
import { transact } from '../../../resources/shared/transact.server'
import { countUsual } from '../../../resources/watch/queries/figures.server'
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

type Page = Awaited<ReturnType<typeof home>>
type Data<Name extends keyof Page['cards']> = Extract<Page['cards'][Name], { failed: false }>['data']

/** The page as it is read, and what each of its cards says. */
async function homeOf(actor: AgentActor, input: { wholeService?: boolean } = {}) {
  const page = await actAt(actor, monday, (ctx) => home(ctx, input))
  const card = <Name extends keyof Page['cards']>(name: Name): Data<Name> => {
    const answer = page.cards[name]
    if (answer === null || answer.failed) throw new Error(`No card ${name}`)
    return answer.data
  }
  return { ...page, card }
}
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
    expect((await homeOf(bex)).cards.unsettled).toBeNull()
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
    expect((await homeOf(nora)).card('todays')).toMatchObject({ minutesToNext: null, total: 1 })
    await appointment('2026-10-05', '10:45', { agentId: nora.id })
    expect((await homeOf(nora)).card('todays')).toMatchObject({ minutesToNext: 45 })
  })

  test('a line that is settled tells its outcome, and can be corrected', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    const { id } = await appointment('2026-10-05', '09:00', { agentId: nora.id })
    expect((await homeOf(nora)).card('todays').rows).toMatchObject([{ asksOutcome: true, mayUndo: false }])
    await actAt(nora, monday, (ctx) => recordOutcome(ctx, { appointmentId: id, outcome: 'attended' }))
    expect((await homeOf(nora)).card('todays').rows).toMatchObject([
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
    const { rows } = (await homeOf(nora)).card('todays')
    expect(rows.map((row) => row.probationer.unreachable)).toEqual(['opted_out', 'no_phone', null])
    await prisma.probationer.update({
      where: { id: rows[2]?.probationer.id ?? 0 },
      data: { phoneState: 'dead' },
    })
    expect((await homeOf(nora)).card('todays').rows[2]?.probationer.unreachable).toBe('dead_number')
  })

  test('the next one is told even when it is beyond the lines shown', async () => {
    const rush = await anAgent(country.spip, 'probation_counsellor')
    for (let minutes = 0; minutes < 51; minutes += 1)
      await appointment('2026-10-05', `08:${String(minutes).padStart(2, '0')}`, { agentId: rush.id })
    await appointment('2026-10-05', '11:00', { agentId: rush.id })
    const { rows, total, minutesToNext } = (await homeOf(rush)).card('todays')
    expect([rows.length, total, minutesToNext]).toEqual([50, 52, 60])
  })
})

describe('the next day', () => {
  test('is the next working day, else the next that somebody is expected, however far', async () => {
    const service = await aService('SPIP de Cergy', 'probation_service', { departmentCode: '95' })
    const secretary = await anAgent(service, 'probation_secretary')
    expect((await homeOf(secretary)).card('next')).toMatchObject({ date: '2026-10-06', total: 0 })
    await appointment('2026-10-28', '09:00', { service })
    expect((await homeOf(secretary)).card('next')).toMatchObject({ date: '2026-10-28', total: 1 })
    await appointment('2026-10-06', '09:00', { service })
    expect((await homeOf(secretary)).card('next')).toMatchObject({ date: '2026-10-06', total: 1 })
  })
})

describe('what leaves a hearing today', () => {
  test('is counted by type for the execution offices and for who fits tags; others have no such card', async () => {
    await appointment('2026-10-05', '15:00', { typeCode: 'electronic_tag_fitting' })
    await appointment('2026-10-06', '15:00', { typeCode: 'electronic_tag_fitting' })
    const fitting = [{ typeCode: 'electronic_tag_fitting', total: 1 }]
    for (const [service, role] of [
      [country.spip, 'monitoring_officer'],
      [country.court, 'execution_office_agent'],
    ] as const)
      expect((await homeOf(await anAgent(service, role))).card('exits')).toEqual(fitting)
    expect((await homeOf(claire)).cards.exits).toBeNull()
  })
})

test('who refused SMS by the link these last days is told to whoever is in charge, and not for ever', async () => {
  const stopped = (lastName: string, at: string) =>
    aPerson([country.spip], {
      lastName,
      assignedAgentId: claire.id,
      smsOptOut: true,
      smsStoppedAt: new Date(at),
    })
  const person = await stopped('RÉCENT', '2026-10-02T08:00:00Z')
  await stopped('ANCIEN', '2026-09-02T08:00:00Z')
  const told = async (actor: AgentActor, wholeService: boolean) =>
    (await homeOf(actor, { wholeService })).card('smsStopped').persons.map(({ id, date }) => [id, date])
  expect(await told(claire, false)).toEqual([[person.id, '2026-10-02']])
  expect(await told(malik, false)).toEqual([])
  expect(await told(malik, true)).toEqual([[person.id, '2026-10-02']])
  const judge = await anAgent(country.court, 'sentence_judge')
  expect((await homeOf(judge)).cards.smsStopped).toBeNull()
})

test('the central team sees the services whose SMS fail, the worst first, as they were counted; nobody else does', async () => {
  const service = await aService('SPIP de Melun', 'probation_service', { departmentCode: '77' })
  const handed = async (many: number, state: 'failed' | 'delivered', made: Made) => {
    const { id, probationerId } = await appointment('2026-10-27', '09:00', made)
    const day = new Date('2026-10-03T08:00:00Z')
    await prisma.message.createMany({
      data: Array.from({ length: many }, (_, version) => ({
        ...{ appointmentId: id, probationerId, kind: 'summons' as const, appointmentVersion: version + 1 },
        ...{ state, dueAt: day, claimedAt: day, endedAt: day, deadline: monday },
        ...(state === 'delivered' && {
          sentAt: day,
          deliveredAt: day,
          phone: '+33612345678',
          parts: 2,
          textSent: 'x',
        }),
      })),
    })
  }
  const team = await anAgent(country.court, 'central_admin')
  expect((await homeOf(team)).card('failing')).toBeNull()
  const court = { service: country.court, typeCode: 'sentence_judge_follow_up' }
  await handed(8, 'failed', { service })
  await handed(20, 'delivered', { service })
  await handed(5, 'failed', court)
  await handed(15, 'delivered', court)
  // Fewer than a quarter; fewer than twenty.
  await handed(5, 'failed', {})
  await handed(16, 'delivered', {})
  await handed(19, 'failed', { service: await aService('SPIP de Nîmes', 'probation_service') })
  const data = await actAt(team, monday, countUsual)
  await prisma.watchFigures.create({ data: { name: 'usual', computedAt: monday, data } })
  expect((await homeOf(team)).card('failing')).toMatchObject({
    ...{ computedAt: monday, isOld: false, more: 0 },
    services: [
      { name: 'SPIP de Melun', failed: 8, handed: 28 },
      { id: country.court.id, failed: 5, handed: 20 },
    ],
  })
  expect((await homeOf(claire)).cards.failing).toBeNull()
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
    const told = async () => (await homeOf(nora)).card('unreached').total
    const [line] = (
      await actAt(nora, monday, (ctx) => listAppointments(ctx, { view: 'to_come', mine: true }))
    ).rows
    expect([await told(), line?.delivery?.state]).toEqual([1, 'failed'])
    await prisma.message.update({ where: { id: reminder.id }, data: { state: 'delivered' } })
    expect(await told()).toBe(0)
  })

  test('are told as soon as they failed, however far the day is', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    for (const date of ['2026-10-18', '2027-03-22']) {
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
    expect((await homeOf(nora)).card('unreached').total).toBe(2)
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
  const unread = (actor: AgentActor) => actAt(actor, monday, (ctx) => unreadAnnouncements(ctx, {}))
  expect(await unread(claire)).toMatchObject([{ id: announcementId, kind: 'info' }])
  await actAt(claire, monday, (ctx) => markAnnouncementRead(ctx, { announcementId }))
  expect(await unread(claire)).toEqual([])
  expect(await unread(malik)).toHaveLength(1)
})

test('the requests of persons that wait are told to who answers them, late ones first', async () => {
  const service = await aService('SPIP 45 Orléans', 'probation_service', { departmentCode: '45' })
  const { id: probationerId } = await aPerson([service])
  const recorder = await anAgent(service, 'probation_counsellor')
  const admin = await anAgent(service, 'local_admin')
  const ask = (receivedOn: string) =>
    actAt(recorder, monday, (ctx) => recordRequest(ctx, { probationerId, kind: 'access', receivedOn }))
  expect((await homeOf(admin)).card('requests')).toMatchObject({ total: 0 })
  await ask('2026-10-01')
  await ask('2026-09-06')
  expect((await homeOf(admin)).card('requests')).toEqual({ total: 2, late: 0, firstDueOn: '2026-10-06' })
  await ask('2026-09-04')
  expect((await homeOf(admin)).card('requests')).toEqual({ total: 3, late: 1, firstDueOn: '2026-10-04' })
  expect((await homeOf(recorder)).cards.requests).toBeNull()
  expect((await homeOf(await anAgent(country.foreign, 'local_admin'))).card('requests').total).toBe(0)
})

test('the texts of SMS that services propose are counted for the team that answers them, and for nobody else', async () => {
  const team = await anAgent(country.court, 'central_admin')
  const admin = await anAgent(country.spip, 'local_admin')
  expect((await homeOf(team)).card('texts')).toEqual({ total: 0 })
  const text = { typeCode: 'probation_follow_up', kind: 'summons' } as const
  await transact(admin, async (ctx) => {
    const { inForce } = await textStateOf(ctx, { ...text, organizationId: country.spip.id })
    await proposeText(ctx, { ...text, text: `${inForce.text} Merci.`, seenVersionId: inForce.id })
  })
  expect((await homeOf(team)).card('texts')).toEqual({ total: 1 })
  for (const other of [admin, claire]) expect((await homeOf(other)).cards.texts).toBeNull()
})

test('what visitors send to the team is counted for the team, until it is answered', async () => {
  const team = await anAgent(country.court, 'central_admin')
  expect((await homeOf(team)).card('siteRequests')).toBe(0)
  const contact = { topic: 'other' as const, message: 'Une question.', email: 'lea@exemple.fr', service: '' }
  await transact({ kind: 'system', task: 'test' }, (ctx) => sendContact(ctx, contact))
  expect((await homeOf(team)).card('siteRequests')).toBe(1)
  expect((await homeOf(claire)).cards.siteRequests).toBeNull()
  await prisma.siteRequest.updateMany({ data: { state: 'done' } })
  expect((await homeOf(team)).card('siteRequests')).toBe(0)
})

test('the local admins named are those of the service, then those of its headquarters, with their service', async () => {
  const { id: headquartersId } = await prisma.headquarters.create({ data: { name: 'SPIP 77' } })
  const [one, other] = [
    await aService('SPIP de Meaux', 'probation_service', { departmentCode: '77' }),
    await aService('SPIP de Chelles', 'probation_service', { departmentCode: '77' }),
  ]
  await prisma.organization.updateMany({
    where: { id: { in: [one.id, other.id] } },
    data: { headquartersId },
  })
  for (const [service, lastName, more] of [
    [other, 'AILLEURS', { headquartersId }],
    [other, 'ÉTRANGÈRE', {}],
    [one, 'ICI', {}],
    [one, 'INVITÉE', { passwordHash: null }],
  ] as const) {
    const { id } = await anAgent(service, 'local_admin')
    await prisma.agent.update({ where: { id }, data: { lastName, passwordHash: 'chosen', ...more } })
  }
  const reader = await anAgent(one, 'probation_secretary')
  expect(
    (await homeOf(reader)).card('localAdmins').map(({ lastName, elsewhere }) => [lastName, elsewhere]),
  ).toEqual([
    ['ICI', null],
    ['AILLEURS', 'SPIP de Chelles'],
  ])
})

// Last: it takes a table away from this file's own database.
test('a card that cannot be read says so, and the others are there', async () => {
  await prisma.$executeRaw`ALTER TABLE probationer RENAME COLUMN sms_stopped_at TO away`
  const { cards } = await home({ tx: prisma, actor: claire, now: monday }, {})
  expect(cards.smsStopped).toEqual({ failed: true })
  expect(cards.todays).toMatchObject({ failed: false, data: { total: expect.any(Number) as number } })
  expect(cards.localAdmins).toMatchObject({ failed: false })
  await prisma.$executeRaw`ALTER TABLE organization RENAME TO away`
  await expect(home({ tx: prisma, actor: claire, now: monday }, {})).resolves.toMatchObject({
    cards: { todays: { failed: true } },
  })
})
