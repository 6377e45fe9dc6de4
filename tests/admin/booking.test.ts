import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { charterVersion } from '../../resources/agent/charter'
import { hashPassword } from '../../resources/agent/commands/password-hash.server'
import type { Role } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { backOffice, signIn, type BackOffice } from '../support/back-office'
import { drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aService, aSlot, workingDay, type AService } from '../support/world'
import { byOutbox, dueNow } from '../worker/story'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
/** A court and a probation service whose other half does not use the product yet. */
let courtAlone: AService
let spipAlone: AService
const day = workingDay(9)

beforeAll(async () => {
  country = await aCountry()
  courtAlone = await aService('TJ de Tulle', 'court', { departmentCode: '19' })
  spipAlone = await aService('SPIP de Guéret', 'probation_service', { departmentCode: '23' })
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

let phones = 10
const somebody = () => ({
  lastName: `Audience ${phones}`.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit))),
  firstName: 'Camille',
  dateOfBirth: '1988-09-30',
  phone: `06399862${phones++}`,
})

let minutes = 0
/** An hour of its own each time: 08:05, 08:10… */
function nextHour() {
  minutes += 5
  const [hour, minute] = [8 + Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${hour}:${minute}`
}

async function onSlot(service: AService, typeCode: string) {
  const { id: slotId } = await aSlot(service, typeCode, day, nextHour())
  return { typeCode, placeId: service.placeId, agendaId: service.agendaId, slotId, inform: 'now' }
}

const atFreeHour = (service: AService, typeCode: string) => ({
  typeCode,
  placeId: service.placeId,
  agendaId: service.agendaId,
  date: day,
  time: nextHour(),
  inform: 'now',
})

const registersAndBooks = (by: BackOffice, appointment: object) =>
  by.command<{ id: number }>('registerAndBook', { probationer: somebody(), appointment })

interface Form {
  types: { code: string }[]
}
const offered = async (by: BackOffice, input: object = {}) =>
  (await by.query<Form>('bookingForm', input)).result.types.map(({ code }) => code)

async function opened(service: AService, role: Role): Promise<BackOffice> {
  return backOffice(host, await anAgent(service, role))
}

describe('each role signs in, and books what is its own:', () => {
  let passwordHash: string
  beforeAll(async () => {
    passwordHash = await hashPassword('girafe-cabane-trompette')
  })

  async function signedIn(service: AService, role: Role): Promise<BackOffice> {
    const { id } = await anAgent(service, role)
    const { email } = await prisma.agent.update({ where: { id }, data: { passwordHash } })
    return backOffice(host, { cookie: await signIn(host, email, 'girafe-cabane-trompette') })
  }

  it('the sentence department, follow-up with the judge, and nothing of probation [P58]', async () => {
    for (const role of [
      'sentence_judge',
      'court_secretary',
      'sentence_clerk',
      'head_sentence_clerk',
    ] as const) {
      const agent = await signedIn(country.court, role)
      const booked = await registersAndBooks(agent, atFreeHour(country.court, 'sentence_judge_follow_up'))
      expect(booked, role).toMatchObject({ ok: true })
      expect(await offered(agent), role).not.toContain('probation_follow_up')
    }
  })

  it('the probation service, follow-up with its counsellors, and nothing of the judge [P60]', async () => {
    const roles = [
      'probation_director',
      'probation_counsellor',
      'educator',
      'psychologist',
      'monitoring_officer',
      'probation_secretary',
    ] as const
    for (const role of roles) {
      const agent = await signedIn(country.spip, role)
      const booked = await registersAndBooks(agent, atFreeHour(country.spip, 'probation_follow_up'))
      expect(booked, role).toMatchObject({ ok: true })
      expect(await offered(agent), role).not.toContain('sentence_judge_follow_up')
    }
  })

  it('the execution offices, invited by their court: exits of hearings and nothing else [P59] [P73]', async () => {
    const localAdmin = await opened(country.court, 'local_admin')
    const roles = [
      'execution_office_agent',
      'head_execution_clerk',
      'criminal_court_clerk',
      'juvenile_court_clerk',
      'guilty_plea_clerk',
    ] as const
    for (const role of roles) {
      const email = `${role.replaceAll('_', '-')}@justice.example`
      const invited = await localAdmin.command<{ id: number }>('inviteAgent', {
        firstName: 'Yann',
        lastName: 'Le Goff',
        email,
        role,
      })
      expect(invited, role).toMatchObject({ ok: true })
      // The link of the mail and the charter are told in tests/portal.
      await prisma.agent.update({
        where: { id: invited.result.id },
        data: { passwordHash, securityCharterVersion: charterVersion },
      })
      const cookie = await signIn(host, email, 'girafe-cabane-trompette')
      const agent = await backOffice(host, { cookie })
      const types = await offered(agent)
      expect(types.sort(), role).toEqual(['hearing_exit_probation', 'hearing_exit_sentence_judge'])
      const exit = await onSlot(country.spip, 'hearing_exit_probation')
      expect(await registersAndBooks(agent, exit), role).toMatchObject({ ok: true })
      const refused = await registersAndBooks(agent, atFreeHour(country.court, 'sentence_judge_follow_up'))
      expect(refused, role).toMatchObject({ ok: false, status: 400 })
    }
  })
})

describe('the exit of a hearing', () => {
  it('is registered and booked in one go, for probation as for the judge [P31] [P45] [P133]', async () => {
    const agent = await opened(country.court, 'execution_office_agent')
    for (const [service, typeCode] of [
      [country.spip, 'hearing_exit_probation'],
      [country.court, 'hearing_exit_sentence_judge'],
    ] as const) {
      const choices = await onSlot(service, typeCode)
      const booked = await registersAndBooks(agent, choices)
      expect(booked).toMatchObject({ ok: true })
      expect(await prisma.appointment.findUniqueOrThrow({ where: { id: booked.result.id } })).toMatchObject({
        slotId: choices.slotId,
        organizationId: service.id,
      })
    }
  })

  it('begins by registering whoever has just been sentenced [P132]', async () => {
    const agent = await opened(country.court, 'execution_office_agent')
    const { result } = await agent.command<{ id: number }>('registerProbationer', somebody())
    const { followingOrganizationIds } = await prisma.probationer.findUniqueOrThrow({
      where: { id: result.id },
    })
    expect(followingOrganizationIds).toEqual(expect.arrayContaining([country.court.id, country.spip.id]))
  })

  it('never shows a slot of another jurisdiction, nor takes one [P87]', async () => {
    const agent = await opened(country.court, 'execution_office_agent')
    const elsewhere = await onSlot(country.foreign, 'hearing_exit_probation')
    const { typeCode, placeId } = elsewhere
    const slots = await agent.query('freeSlots', { typeCode, placeId, agendaId: null, from: day })
    expect(slots.status).toBe(404)
    expect((await registersAndBooks(agent, elsewhere)).ok).toBe(false)
    const { result } = await agent.query<{ places: { id: number }[] }>('bookingForm')
    expect(result.places.map(({ id }) => id)).not.toContain(placeId)
  })

  it('where the court is alone, is with the judge, and is offered for nobody else [P85] [P86]', async () => {
    const agent = await opened(courtAlone, 'execution_office_agent')
    expect(await offered(agent)).toEqual(['hearing_exit_sentence_judge'])
    const exit = await onSlot(courtAlone, 'hearing_exit_sentence_judge')
    expect(await registersAndBooks(agent, exit)).toMatchObject({ ok: true })
    const clerk = await opened(courtAlone, 'sentence_clerk')
    expect(await registersAndBooks(clerk, atFreeHour(courtAlone, 'sentence_judge_follow_up'))).toMatchObject({
      ok: true,
    })
  })
})

/** Whether the desk of a type opens, and what its slots may be for. */
async function exitOf(by: BackOffice) {
  const desks = { judgeDesk: 0, probationDesk: 0, tagDesk: 0 }
  for (const desk of Object.keys(desks) as (keyof typeof desks)[])
    desks[desk] = await by.statusOf('Slot', desk)
  return desks
}
const slotTypesOfferedTo = async (by: BackOffice) =>
  (await by.query<{ typeCode: { value: string }[] }>('slotChoices')).result.typeCode.map(({ value }) => value)

describe('the exit of a hearing where one half of the jurisdiction is alone', () => {
  const exits = ['hearing_exit_sentence_judge', 'hearing_exit_probation', 'electronic_tag_fitting']
  const hosts = async ({ placeId }: AService) =>
    prisma.placeAppointmentType.createMany({
      data: exits.map((typeCode) => ({ placeId, typeCode })),
      skipDuplicates: true,
    })

  it('is offered by a court with its judge only: type, desk, slots', async () => {
    await hosts(courtAlone)
    const head = await opened(courtAlone, 'head_sentence_clerk')
    const exitsOffered = (await offered(head)).filter((code) => exits.includes(code))
    expect(exitsOffered).toEqual(['hearing_exit_sentence_judge'])
    expect(await exitOf(head)).toEqual({ judgeDesk: 200, probationDesk: 403, tagDesk: 403 })
    expect(await slotTypesOfferedTo(head)).toEqual(['hearing_exit_sentence_judge'])
    for (const typeCode of ['electronic_tag_fitting', 'hearing_exit_probation']) {
      const asked = await onSlot(courtAlone, typeCode)
      const answer = await registersAndBooks(head, asked)
      expect(answer, typeCode).toMatchObject({ ok: false, code: 'appointment.left_alone' })
    }
    expect(await registersAndBooks(head, await onSlot(courtAlone, exits[0] ?? ''))).toMatchObject({
      ok: true,
    })
  })

  it('is offered by no probation service alone: neither type, nor slot, nor desk [P84]', async () => {
    await hosts(spipAlone)
    const director = await opened(spipAlone, 'probation_director')
    expect((await offered(director)).filter((code) => exits.includes(code))).toEqual([])
    expect(await exitOf(director)).toEqual({ judgeDesk: 403, probationDesk: 403, tagDesk: 403 })
    expect(await slotTypesOfferedTo(director)).toEqual([])
    for (const typeCode of ['electronic_tag_fitting', 'hearing_exit_probation']) {
      const answer = await registersAndBooks(director, await onSlot(spipAlone, typeCode))
      expect(answer, typeCode).toMatchObject({ ok: false, code: 'appointment.left_alone' })
    }
  })

  it('is whole again as soon as the other half has opened, not before', async () => {
    const openedOn = (openedAt: Date | null) =>
      prisma.organization.update({ where: { id: spipAlone.id }, data: { openedAt } })
    await prisma.organizationLink.create({
      data: { courtId: courtAlone.id, probationServiceId: spipAlone.id },
    })
    const head = await opened(courtAlone, 'head_sentence_clerk')
    for (const notYet of [null, new Date('2199-01-01')]) {
      await openedOn(notYet)
      expect(await exitOf(head)).toEqual({ judgeDesk: 200, probationDesk: 403, tagDesk: 403 })
    }
    await openedOn(new Date('2026-01-05'))
    expect(await exitOf(head)).toEqual({ judgeDesk: 200, probationDesk: 200, tagDesk: 200 })
    expect((await offered(head)).filter((code) => exits.includes(code)).sort()).toEqual([...exits].sort())
    await prisma.organizationLink.deleteMany({ where: { courtId: courtAlone.id } })
  })
})

describe('a probation service whose court does not use the product', () => {
  it('books, and its reminders leave [P83]', async () => {
    const agent = await opened(spipAlone, 'probation_counsellor')
    const booked = await registersAndBooks(agent, atFreeHour(spipAlone, 'probation_follow_up'))
    expect(booked).toMatchObject({ ok: true })
    const of = { appointmentId: booked.result.id, kind: 'reminder' } as const
    const { id } = await prisma.message.findFirstOrThrow({ where: of })
    await dueNow(id)
    await drainQueue(byOutbox)
    expect(
      await prisma.outboxItem.findFirstOrThrow({ where: { reference: { startsWith: `message:${id}:` } } }),
    ).toMatchObject({
      body: expect.stringMatching(/^RAPPEL SPIP de Guéret/) as string,
    })
  })
})

it('an electronic tag is booked on its slots by a sentence clerk and by a judge [P33]', async () => {
  for (const role of ['sentence_clerk', 'sentence_judge'] as const) {
    const { id: probationerId } = await aPerson([country.court, country.spip])
    const agent = await opened(country.court, role)
    const choices = await onSlot(country.spip, 'electronic_tag_fitting')
    expect(await agent.command('bookAppointment', { ...choices, probationerId }), role).toMatchObject({
      ok: true,
    })
  }
})

it('a service without exit of hearing is offered no such type [P36]', async () => {
  const { placeId } = courtAlone
  const typeCode = 'hearing_exit_sentence_judge'
  await prisma.placeAppointmentType.deleteMany({ where: { placeId, typeCode } })
  for (const role of ['sentence_clerk', 'execution_office_agent'] as const)
    expect(
      (await offered(await opened(courtAlone, role))).filter((code) => code.startsWith('hearing_exit')),
    ).toEqual([])
  await prisma.placeAppointmentType.create({ data: { placeId, typeCode } })
})

it('in Guyane, the hours are those of the place: appointment, text and reminder [P62]', async () => {
  const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
    departmentCode: '973',
    timeZone: 'America/Cayenne',
  })
  const agent = await opened(cayenne, 'probation_counsellor')
  const date = workingDay(9, '973')
  const choices = { ...atFreeHour(cayenne, 'probation_follow_up'), date, time: '14:30' }
  const booked = await registersAndBooks(agent, choices)
  expect(booked).toMatchObject({ ok: true })
  const { startsAt, messages } = await prisma.appointment.findUniqueOrThrow({
    where: { id: booked.result.id },
    include: { messages: true },
  })
  // Three hours behind UTC, all the year.
  expect(startsAt).toEqual(new Date(`${date}T17:30:00Z`))
  const reminder = messages.find(({ kind }) => kind === 'reminder')
  expect(reminder?.dueAt).toEqual(new Date(startsAt.getTime() - 24 * 3_600_000))
  await drainQueue(byOutbox)
  const summons = messages.find(({ kind }) => kind === 'summons')
  const { body } = await prisma.outboxItem.findFirstOrThrow({
    where: { reference: { startsWith: `message:${summons?.id}:` } },
  })
  expect(body).toContain('14h30')
})

it('asks a counsellor, ticked beforehand, whether they are the referent; a director and a local admin, not', async () => {
  const spip = await aService('SPIP 28 Chartres', 'probation_service', { departmentCode: '28' })
  const said = async (role: Role) => (await (await opened(spip, role)).query<object>('bookingForm')).result
  expect(await said('probation_counsellor')).toMatchObject({ asksIfReferent: true, likelyReferent: true })
  for (const role of ['probation_director', 'local_admin'] as const)
    expect(await said(role)).toMatchObject({ asksIfReferent: true, likelyReferent: false })
})
