import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Choices, ListAnswer } from '../../admin/define/list'
import { prisma } from '../../resources/shared/db.server'
import { sessionCookie } from '../support/agent-session'
import { backOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { anAgent, aPerson, aService, aSlot, type AService } from '../support/world'

let host: RunningHost
let spip: AService
let court: AService
let cookie: string

beforeAll(async () => {
  spip = await aService('SPIP 92 Nanterre', 'probation_service')
  court = await aService('TJ de Nanterre', 'court')
  await prisma.organizationLink.create({ data: { courtId: court.id, probationServiceId: spip.id } })
  cookie = await sessionCookie((await anAgent(spip, 'local_admin')).id)
  for (let index = 0; index < 60; index++)
    await aPerson([spip], { lastName: `DUPONT ${String(index).padStart(2, '0')}`, phone: null })
  await aPerson([spip], { lastName: 'LÉVÊQUE', firstName: 'Zoé', phone: null })
  await aPerson([court], { lastName: 'ZERROUKI', phone: null })
  host = await startHost()
})
afterAll(() => host.stop())

async function list(resource: string, query = ''): Promise<ListAnswer> {
  const answer = await fetch(`${host.url}/admin/api/resources/${resource}/actions/list?${query}`, {
    headers: { cookie },
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as ListAnswer
}
const names = (answer: ListAnswer) => answer.records.map(({ cells }) => (cells.name as { text: string }).text)

it('a record says whom an act is about: full name and birth', async () => {
  const { id } = await aPerson([spip], {
    lastName: 'AMRANI',
    firstName: 'Leïla',
    dateOfBirth: '1991-04-12',
  })
  const answer = await fetch(`${host.url}/admin/api/resources/Probationer/records/${id}/archive`, {
    headers: { cookie },
  })
  expect(await answer.json()).toMatchObject({ record: { title: 'AMRANI Leïla, 12/04/1991' } })
  await prisma.probationer.delete({ where: { id } })
})

describe('The list of persons', () => {
  it('comes by pages of 25, by name, and says how many there are', async () => {
    const answer = await list('Probationer')
    expect(answer.meta).toMatchObject({ total: 61, more: false, page: 1, perPage: 25 })
    expect(names(answer)[0]).toBe('DUPONT 00 Karim')
    expect(names(await list('Probationer', 'page=3'))).toContain('LÉVÊQUE Zoé')
  })

  it('never gives more than 50 lines', async () => {
    expect((await list('Probationer', 'perPage=5000')).records).toHaveLength(50)
  })

  it('finds a name whatever its accents and capitals', async () => {
    expect(names(await list('Probationer', 'text=leveque'))).toEqual(['LÉVÊQUE Zoé'])
  })

  it('shows the own service first, and the whole jurisdiction when asked', async () => {
    expect(names(await list('Probationer', 'text=zerrouki'))).toEqual([])
    expect(names(await list('Probationer', 'text=zerrouki&wholeJurisdiction=on'))).toEqual(['ZERROUKI Karim'])
  })

  it('ignores a filter nobody declared, and a page that is not a number', async () => {
    const answer = await list(
      'Probationer',
      'filters.smsOptOutToken=a&sortBy=passwordHash&phone=1&page=x&perPage=-3',
    )
    expect(answer.meta).toMatchObject({ total: 61, page: 1 })
  })

  it('says the services of a person only where the reader’s own is not among them', async () => {
    await aPerson([spip, court], { lastName: 'PARTAGÉ', phone: null })
    const subs = async (text: string) =>
      (await list('Probationer', `text=${text}&wholeJurisdiction=on`)).records.map(
        ({ cells }) => (cells.name as { sub?: string }).sub,
      )
    expect(await subs('leveque')).toEqual([undefined])
    expect(await subs('partage')).toEqual([undefined])
    expect(await subs('zerrouki')).toEqual(['TJ de Nanterre'])
  })

  it('says in words what the role’s default filter leaves out, and what lifts it', async () => {
    expect((await list('Probationer')).meta.narrowed).toEqual({
      sentence: 'Seulement celles que suit votre service.',
      liftedBy: 'wholeJurisdiction',
    })
    expect((await list('Probationer', 'wholeJurisdiction=on')).meta.narrowed).toBeUndefined()
    const narrowing = async (resource: string, cookieOf: string) => {
      const answer = await fetch(`${host.url}/admin/api/resources/${resource}/actions/list`, {
        headers: { cookie: cookieOf },
      })
      return ((await answer.json()) as ListAnswer).meta.narrowed?.sentence
    }
    const bex = await sessionCookie((await anAgent(court, 'execution_office_agent')).id)
    expect(await narrowing('Appointment', bex)).toBe(
      'Seulement celles des types de votre fonction ou que votre service a créées.',
    )
    expect(await narrowing('Probationer', bex)).toBeUndefined()
    expect(await narrowing('Appointment', cookie)).toBe('Seulement celles que reçoit votre service.')
  })

  it('sends the cells that are drawn, and no column beside', async () => {
    const answer = await list('Probationer', 'text=leveque')
    expect(Object.keys(answer.records[0]?.cells ?? {}).sort()).toEqual([
      'act',
      'agent',
      'appi',
      'birth',
      'name',
      'next',
      'phone',
    ])
    expect(JSON.stringify(answer)).not.toMatch(/smsOptOutToken|sms_opt_out|requestKey/)
  })
})

describe('The list of appointments', () => {
  it('survives every filter written wrong', async () => {
    const wrong = 'view=x&date=32/13/2026&state=x&placeId=x&agendaId=-1&typeCode=%00&attention=x'
    expect((await list('Appointment', wrong)).records).toEqual([])
  })
})

describe('The tables a service fills by hand', () => {
  it('show the declared columns of the own service', async () => {
    const agents = await list('Agent')
    expect(agents.records).toHaveLength(1)
    expect(Object.keys(agents.records[0]?.cells ?? {})).not.toContain('passwordHash')
    expect((await list('Place', 'text=NANTERRE')).records.length).toBeGreaterThan(0)
    expect((await list('Place', 'text=marseille')).records).toEqual([])
  })

  it('send of one record its declared columns, with the names of what it refers to', async () => {
    const path = `/admin/api/resources/Place/records/${spip.placeId}/show`
    const answer = await fetch(host.url + path, { headers: { cookie } })
    const { record } = (await answer.json()) as { record: { cells: Record<string, unknown> } }
    expect(record.cells).toMatchObject({ name: 'SPIP 92 Nanterre', organization: 'SPIP 92 Nanterre' })
    expect(Object.keys(record.cells)).not.toContain('publicPageId')
  })

  it('shows a central admin every service of the country, by pages and by search [P61]', async () => {
    await prisma.organization.createMany({
      data: Array.from({ length: 130 }, (_, index) => ({
        name: `SPIP ${String(index).padStart(3, '0')}`,
        kind: 'probation_service' as const,
        departmentCode: '59',
      })),
    })
    const central = await backOffice(host, await anAgent(spip, 'central_admin'))
    const first = await central.list('Organization', 'perPage=50')
    expect(first.meta.total).toBe(132)
    const pages = await Promise.all(
      [1, 2, 3].map((page) => central.list('Organization', `perPage=50&page=${page}`)),
    )
    const ids = pages.flatMap(({ records }) => records.map(({ id }) => id))
    expect(new Set(ids).size).toBe(132)
    const found = await central.list('Organization', 'text=spip 117')
    expect(found.records.map(({ cells }) => cells.name)).toMatchObject([{ text: 'SPIP 117' }])
  })

  it('are not open to a role without this right', async () => {
    const theirs = await sessionCookie((await anAgent(spip, 'educator')).id)
    const answer = await fetch(`${host.url}/admin/api/resources/Agent/actions/list`, {
      headers: { cookie: theirs },
    })
    expect(answer.status).toBe(403)
  })
})

// Last: its agents and appointments are not those that the lists above count.
describe('A line of the list of appointments', () => {
  it('is filtered by agent; a link says whose and when; the list of a day says the hour alone', async () => {
    const [nora, malik] = [
      await anAgent(spip, 'probation_counsellor'),
      await anAgent(spip, 'probation_counsellor'),
    ]
    const person = await aPerson([spip], { lastName: 'KACI', firstName: 'Samir', phone: null })
    for (const [time, agent] of [
      ['09:00', nora],
      ['10:00', malik],
    ] as const) {
      const slot = await aSlot(spip, 'probation_follow_up', '2031-03-03', time, { seatsTaken: 1 })
      await prisma.appointment.create({
        data: {
          probationerId: person.id,
          slotId: slot.id,
          typeCode: 'probation_follow_up',
          organizationId: spip.id,
          placeId: spip.placeId,
          startsAt: slot.startsAt,
          agentId: agent.id,
          creatingOrganizationId: spip.id,
        },
      })
    }
    const coming = await list('Appointment', `view=to_come&agentId=${nora.id}`)
    const agentOfSpip = await backOffice(host, { cookie })
    const { result: offered } = await agentOfSpip.query<Choices>('appointmentChoices')
    expect(offered.agentId?.map(({ value }) => value)).toEqual(
      expect.arrayContaining([String(nora.id), String(malik.id)]),
    )
    expect(coming.records).toMatchObject([
      {
        cells: {
          when: {
            text: '9\u00a0h\u00a000',
            sub: 'lun. 3 mars 2031',
            label: expect.stringMatching(/^9.h.00, .+, KACI Samir, lundi 3 mars 2031$/) as string,
          },
          person: { text: 'KACI Samir' },
        },
      },
    ])
    const day = await list('Appointment', 'view=day&date=2031-03-03')
    expect(day.records.map(({ cells }) => (cells.when as { sub?: string }).sub)).toEqual([
      undefined,
      undefined,
    ])
  })
})
