import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { backOffice, type BackOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aService, workingDay } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: BackOffice
let clerk: BackOffice
let executionOffice: BackOffice
let stranger: BackOffice

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  const { spip, court, foreign } = country
  counsellor = await backOffice(host, await anAgent(spip, 'probation_counsellor'))
  clerk = await backOffice(host, await anAgent(court, 'sentence_clerk'))
  executionOffice = await backOffice(host, await anAgent(court, 'execution_office_agent'))
  stranger = await backOffice(host, await anAgent(foreign, 'probation_counsellor'))
}, 120_000)
afterAll(() => host.stop())

let made = 0
/** Somebody nobody knows yet, with the four things that are asked. */
const somebody = () => ({
  lastName: `Roche ${'abcdefghijklmnopqrstuvwxyz'.charAt(made)}`,
  firstName: 'Alix',
  dateOfBirth: '1990-05-03',
  phone: `06399860${String(10 + made++)}`,
})
const somebodyWithoutPhone = () => {
  const { lastName, firstName, dateOfBirth } = somebody()
  return { lastName, firstName, dateOfBirth }
}
type Typed = ReturnType<typeof somebody> & Record<string, unknown>

async function registered(by: BackOffice, person: Typed): Promise<number> {
  const answer = await by.command<{ id: number }>('registerProbationer', person)
  expect(answer).toMatchObject({ ok: true })
  return answer.result.id
}
const count = () => prisma.probationer.count()
const stored = (id: number) => prisma.probationer.findUniqueOrThrow({ where: { id } })

/** The form that edits a person, as it was drawn, sent back with other words in it. */
async function edited(by: BackOffice, probationerId: number, change: object) {
  const form = await by.query<{ version: string; person: object }>('probationerToEdit', { probationerId })
  const { version, person } = form.result
  return by.command('updateProbationer', { ...person, ...change, probationerId, version })
}

describe('registering somebody', () => {
  it('asks a counsellor for names, birth, and a mobile or a box, and no consent [P6] [P12]', async () => {
    const id = await registered(counsellor, somebody())
    const names = somebodyWithoutPhone()
    const without = await counsellor.command<{ id: number }>('registerProbationer', {
      ...names,
      hasNoMobilePhone: true,
    })
    expect(without.ok).toBe(true)

    const { placeId, agendaId } = country.spip
    const booked = await counsellor.command('bookAppointment', {
      probationerId: id,
      typeCode: 'probation_follow_up',
      placeId,
      agendaId,
      date: workingDay(9),
      time: '10:00',
      inform: 'now',
    })
    expect(booked.ok).toBe(true)
  })

  it('is done by a sentence clerk as by a counsellor [P79]', async () => {
    for (const agent of [clerk, counsellor]) {
      const typed = somebody()
      expect(await stored(await registered(agent, typed))).toMatchObject({
        lastName: typed.lastName.toUpperCase(),
        firstName: 'Alix',
      })
    }
  })

  it('takes an APPI number as typed, refuses one of another form, and calls nobody [P5]', async () => {
    const called: (string | undefined)[] = []
    const heard = (message: unknown) => {
      const { socket } = message as { socket: Socket }
      socket.once('connect', () => called.push(socket.remoteAddress))
    }
    subscribe('net.client.socket', heard)
    const typed = { ...somebody(), appiNumber: '202312345678' }
    const id = await registered(counsellor, typed)
    unsubscribe('net.client.socket', heard)
    expect(await stored(id)).toMatchObject({ appiNumber: '202312345678' })
    expect(called.filter((address) => address && !/^(::ffff:)?127\.|^::1$/.test(address))).toEqual([])

    const wrong = await counsellor.command('registerProbationer', { ...somebody(), appiNumber: '12' })
    expect(wrong).toMatchObject({ status: 400, fieldErrors: { appiNumber: expect.any(String) as string } })
  })

  it('reads an overseas mobile as one, and refuses a line that receives no SMS [P63]', async () => {
    const central = await backOffice(host, await anAgent(country.spip, 'central_admin'))
    const id = await registered(central, { ...somebody(), phone: '0694 20 12 34' })
    expect((await stored(id)).phone).toBe('+594694201234')
    const landline = await central.command('registerProbationer', { ...somebody(), phone: '0594 20 12 34' })
    expect(landline).toMatchObject({
      status: 400,
      fieldErrors: { phone: expect.stringMatching(/mobile|portable/i) as string },
    })
  })
})

describe('somebody already registered', () => {
  interface Check {
    duplicates: { blocking: boolean; services: { name: string }[] }[]
  }
  const known = { ...somebody(), lastName: 'Zylberstein', appiNumber: '202312345699' }
  let knownId: number
  beforeAll(async () => {
    const branch = await backOffice(host, await anAgent(country.branch, 'probation_counsellor'))
    knownId = await registered(branch, known)
  })

  it('is found by number, mobile or identity, and the services that follow them are told [P15] [P17]', async () => {
    const { lastName, firstName, dateOfBirth, phone, appiNumber } = known
    for (const typed of [{ appiNumber }, { phone }, { lastName, firstName, dateOfBirth }]) {
      const { result } = await counsellor.query<Check>('checkTypedPerson', typed)
      expect(result.duplicates, JSON.stringify(typed)).toHaveLength(1)
      expect(result.duplicates[0]?.services.map(({ name }) => name)).toContain('SPIP de Gennevilliers')
    }
  })

  it('has no second record, were two agents to press at once [P18]', async () => {
    const before = await count()
    const again = await counsellor.command('registerProbationer', {
      ...known,
      phone: '0639986199',
      appiNumber: null,
    })
    expect(again.status).toBe(400)
    const twin = somebody()
    const both = await Promise.all(
      [counsellor, clerk].map((agent) => agent.command('registerProbationer', twin)),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(await count()).toBe(before + 1)
  })

  it('keeps the mobile: another person is refused it, in words beside the field [P131]', async () => {
    const other = await counsellor.command('registerProbationer', { ...somebody(), phone: known.phone })
    expect(other).toMatchObject({
      status: 400,
      fieldErrors: { phone: expect.stringMatching(/\S/) as string },
    })
  })

  it('gives the mobile up, which is then given to another [P171]', async () => {
    const otherId = await registered(counsellor, somebody())
    expect((await edited(counsellor, otherId, { phone: known.phone })).status).toBe(400)
    const branch = await backOffice(host, await anAgent(country.branch, 'probation_counsellor'))
    expect(await edited(branch, knownId, { phone: '', hasNoMobilePhone: true })).toMatchObject({ ok: true })
    expect(await edited(counsellor, otherId, { phone: known.phone })).toMatchObject({ ok: true })
    expect([(await stored(knownId)).phone, (await stored(otherId)).phone]).toEqual([
      null,
      `+33${known.phone.slice(1)}`,
    ])
  })

  it('is found by the team by name and by APPI number [P20]', async () => {
    const central = await backOffice(host, await anAgent(country.foreign, 'central_admin'))
    for (const text of [known.lastName, known.appiNumber]) {
      const { result } = await central.query<{ id: number }[]>('searchProbationers', { text })
      expect(result.map(({ id }) => id)).toEqual([knownId])
      const { records } = await central.list(
        'Probationer',
        `wholeJurisdiction=on&text=${encodeURIComponent(text)}`,
      )
      expect(records.map(({ id }) => id)).toEqual([knownId])
    }
  })
})

describe('a record', () => {
  interface RecordOf {
    toCome: { type: string }[]
    history: { lines: { event: string; actorName: string }[] }
    unreachable: string | null
  }
  const read = (by: BackOffice, probationerId: number) =>
    by.query<RecordOf>('probationerRecord', { probationerId })

  it('is opened, listed and read to its whole history by all of the jurisdiction [P101] [P102] [P103]', async () => {
    const typed = somebody()
    const id = await registered(counsellor, typed)
    await edited(counsellor, id, { appiNumber: '202312345688' })
    const events = await prisma.historyEntry.count({ where: { probationerId: id } })
    for (const agent of [counsellor, clerk, executionOffice]) {
      const { status, result } = await read(agent, id)
      expect(status).toBe(200)
      expect(result.history.lines).toHaveLength(events)
      const list = await agent.list(
        'Probationer',
        `wholeJurisdiction=on&text=${encodeURIComponent(typed.lastName)}`,
      )
      expect(list.records.map((record) => record.id)).toEqual([id])
    }
    expect((await read(stranger, id)).status).toBe(404)
  })

  it('is nothing to an agent of another jurisdiction, nor to nobody: by address, search or forged request [P105] [P162]', async () => {
    const typed = somebody()
    const probationerId = await registered(counsellor, typed)
    const nobody = await backOffice(host, { cookie: '' })
    for (const [by, status] of [
      [stranger, 404],
      [nobody, 401],
    ] as const) {
      for (const page of ['probationerRecord', 'probationerToEdit'])
        expect((await by.query(page, { probationerId })).status, page).toBe(status)
      const form = { ...typed, lastName: 'Volé', probationerId, version: new Date().toISOString() }
      expect((await by.command('updateProbationer', form)).status).toBe(status)
    }
    const { result } = await stranger.query<object[]>('searchProbationers', { text: typed.phone })
    expect(result).toEqual([])
    const list = await stranger.list('Probationer', `wholeJurisdiction=on&text=${typed.phone}`)
    expect(list.records).toEqual([])
    expect((await stored(probationerId)).lastName).toBe(typed.lastName.toUpperCase())
  })

  it('shows a probation agent what the judge’s service booked [P104]', async () => {
    const id = await registered(counsellor, somebody())
    const { placeId, agendaId } = country.court
    const booked = await clerk.command('bookAppointment', {
      probationerId: id,
      typeCode: 'sentence_judge_follow_up',
      placeId,
      agendaId,
      date: workingDay(10),
      time: '14:00',
      inform: 'reminder_only',
    })
    expect(booked).toMatchObject({ ok: true })
    const { result } = await read(counsellor, id)
    expect(result.toCome.map(({ type }) => type)).toEqual(['Convocation de suivi JAP'])
    expect(result.history.lines.map(({ event }) => event)).toContain('appointment.booked')
  })

  it('takes a mobile later: SMS become possible, except to whom refused them [P77]', async () => {
    const names = somebodyWithoutPhone()
    const [reached, refusing] = await Promise.all(
      [false, true].map(async (smsOptOut) => {
        const answer = await counsellor.command<{ id: number }>('registerProbationer', {
          ...names,
          ...(smsOptOut && { lastName: `${names.lastName} bis` }),
          hasNoMobilePhone: true,
          smsOptOut,
        })
        return answer.result.id
      }),
    )
    const sms = async (id = 0) => (await read(counsellor, id)).result.unreachable
    expect([await sms(reached), await sms(refusing)]).toEqual(['no_phone', 'opted_out'])
    for (const id of [reached ?? 0, refusing ?? 0])
      expect(
        await edited(counsellor, id, { phone: somebody().phone, hasNoMobilePhone: false }),
      ).toMatchObject({
        ok: true,
      })
    expect([await sms(reached), await sms(refusing)]).toEqual([null, 'opted_out'])
  })
})

describe('an archived record', () => {
  it('comes back by a local admin of the service, and by no other agent [P25] [P40]', async () => {
    const probationerId = await registered(counsellor, somebody())
    const ofTheService = await backOffice(host, await anAgent(country.spip, 'local_admin'))
    const elsewhere = await backOffice(host, await anAgent(country.foreign, 'local_admin'))
    expect(await counsellor.command('archiveProbationer', { probationerId })).toMatchObject({ ok: true })
    for (const other of [counsellor, clerk, executionOffice, stranger, elsewhere])
      expect(await other.command('unarchiveProbationer', { probationerId })).toMatchObject({ ok: false })
    expect((await stored(probationerId)).archivedAt).not.toBeNull()

    const actions = async (by: BackOffice) => {
      const record = await by.query<{ actions: string[] }>('probationerRecord', { probationerId })
      return record.result.actions
    }
    expect(await actions(ofTheService)).toContain('unarchive')
    expect(await ofTheService.command('unarchiveProbationer', { probationerId })).toMatchObject({ ok: true })
    expect((await stored(probationerId)).archivedAt).toBeNull()
    expect(await actions(counsellor)).toContain('edit')
  })
})

describe('a director', () => {
  it('gives many persons to an agent in one act, is told how many, and takes them back', async () => {
    const director = await backOffice(host, await anAgent(country.spip, 'probation_director'))
    const paul = await anAgent(country.spip, 'probation_counsellor', { firstName: 'Paul', lastName: 'Adam' })
    const probationerIds = [
      await registered(counsellor, somebody()),
      await registered(counsellor, somebody()),
    ]
    const inCharge = async () =>
      Promise.all(probationerIds.map(async (id) => (await stored(id)).assignedAgentId))
    expect(await counsellor.command('handOver', { probationerIds, agentId: paul.id })).toMatchObject({
      status: 403,
    })
    expect(await director.command('handOver', { probationerIds, agentId: '' })).toMatchObject({
      status: 400,
      fieldErrors: { agentId: 'Choisissez un agent.' },
    })
    expect(await director.command('handOver', { probationerIds, agentId: paul.id })).toMatchObject({
      ok: true,
      notice: '2\u00a0personnes confiées à Paul Adam.',
    })
    expect(await inCharge()).toEqual([paul.id, paul.id])
    expect(await stranger.command('takeBack', { probationerIds })).toMatchObject({ status: 404 })
    expect(await director.command('takeBack', { probationerIds })).toMatchObject({ ok: true })
    expect(await inCharge()).toEqual([null, null])
  })
})

describe('what a person asks of their data', () => {
  it('is read, corrected and erased for them by an agent, and told once it is done [P96]', async () => {
    const admin = await backOffice(host, await anAgent(country.spip, 'local_admin'))
    const probationerId = await registered(counsellor, somebody())
    const asked = async (kind: string) => {
      const { ok, result } = await counsellor.command<{ id: number }>('recordRequest', {
        ...{ probationerId, kind, receivedOn: '2026-01-05' },
      })
      expect(ok).toBe(true)
      return result.id
    }
    const told = async (requestId: number) => {
      const answer = { outcome: 'granted', answer: 'Dit à la personne.', answeredOn: '2026-01-06' }
      return (await admin.command('answerRequest', { requestId, ...answer })).ok
    }
    const access = await asked('access')
    const read = await counsellor.query<{ lastName: string }>('probationerRecord', { probationerId })
    expect(read.result.lastName).toBe((await stored(probationerId)).lastName)
    expect(await told(access)).toBe(true)

    const rectification = await asked('rectification')
    expect((await edited(counsellor, probationerId, { dateOfBirth: '1990-05-04' })).ok).toBe(true)
    expect(await told(rectification)).toBe(true)

    // An erasure is not told: it is done, and takes the requests with it.
    expect(await told(await asked('erasure'))).toBe(false)
    expect((await admin.command('deleteProbationer', { probationerId })).ok).toBe(true)
    expect(await prisma.probationer.count({ where: { id: probationerId } })).toBe(0)
    expect(await prisma.rightsRequest.count({ where: { probationerId } })).toBe(0)
  })
})

it('a day that a record holds is that day, whatever the clock of who reads it; a request leads to the person, unnamed', async () => {
  const { spip } = country
  const { id: probationerId } = await prisma.probationer.findFirstOrThrow({
    where: { followings: { some: { organizationId: spip.id } } },
  })
  const overseas = await aService('SPIP de Cayenne, siège', 'probation_service', {
    departmentCode: '973',
    timeZone: 'America/Cayenne',
  })
  const readers = [
    await backOffice(host, await anAgent(overseas, 'central_admin')),
    await backOffice(host, await anAgent(spip, 'local_admin')),
  ]
  const { id } = await prisma.rightsRequest.create({
    data: {
      probationerId,
      kind: 'access',
      receivedOn: new Date('2026-11-05'),
      dueOn: new Date('2026-12-05'),
    },
  })
  for (const reader of readers) {
    const cells = await reader.cells('RightsRequest', id)
    expect(cells).toMatchObject({
      receivedOn: 'jeudi 5 novembre 2026',
      dueOn: 'samedi 5 décembre 2026',
      answeredOn: null,
      probationer: {
        text: 'Ouvrir la fiche',
        to: `/admin/resources/Probationer/records/${probationerId}/show`,
      },
    })
    expect(JSON.stringify(cells)).not.toMatch(/Roche|Alix/i)
  }
})
