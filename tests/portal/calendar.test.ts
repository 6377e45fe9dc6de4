import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { deleteAgent, reactivateAgent } from '../../resources/agent/commands/account.server'
import { requestPasswordReset, resetPassword } from '../../resources/agent/commands/password.server'
import { pullAgent } from '../../resources/agent/commands/transfer.server'
import { bookAppointment } from '../../resources/appointment/commands/book.server'
import { rescheduleAppointment } from '../../resources/appointment/commands/reschedule.server'
import { cancelAppointment, recordOutcome } from '../../resources/appointment/commands/settle.server'
import { makeCalendarAddress, stopCalendar } from '../../resources/calendar-feed/commands.server'
import { calendarFeed } from '../../resources/calendar-feed/queries.server'
import { initialsOf } from '../../resources/calendar-feed/rules'
import { refusalOf } from '../../resources/refusals'
import type { AgentActor } from '../../resources/shared/actor'
import { civilOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { log } from '../../resources/shared/log.server'
import { perform } from '../../resources/shared/transact.server'
import { acting, goodPassword, lastSecret, system } from '../support/accounts'
import { startHost, type RunningHost } from '../support/server'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  aSlot,
  monday,
  workingDay,
  type AService,
} from '../support/world'

/** An agent's calendar, as Outlook reads it: the address, the text, and who is in it. */
let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
beforeAll(async () => {
  host = await startHost()
  country = await aCountry()
}, 120_000)
afterAll(() => host.stop())
beforeEach(async () => {
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

const make = async (agent = counsellor, renews = false) =>
  (await perform(agent, makeCalendarAddress, { renews })).address
const get = (address: string) => fetch(address, { redirect: 'manual' })

const refusal = async (act: Promise<unknown>) =>
  refusalOf(
    await act.then(
      () => null,
      (error: unknown) => error,
    ),
  )

/** RFC 5545, read by itself: unfolded, then each line of each event as name and value. */
function parsed(text: string) {
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0'])
  expect(lines.at(-1)).toBe('END:VCALENDAR')
  const events: Record<string, string>[] = []
  let event: Record<string, string> | null = null
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? []
    if (line === 'BEGIN:VEVENT') event = {}
    else if (line === 'END:VEVENT' && event) {
      events.push(event)
      event = null
    } else if (event)
      event[name] = value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign))
  }
  return events
}
const instantFrom = (text = '') =>
  new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

async function eventsAt(address: string) {
  const answer = await get(address)
  expect(answer.status).toBe(200)
  return parsed(await answer.text())
}

/** Booked by the counsellor, who receives the person. */
async function booked(
  person: Parameters<typeof aPerson>[1] = {},
  { service = country.spip, agent = counsellor, time = '14:30' } = {},
) {
  const { id: probationerId } = await aPerson([service], person)
  const date = workingDay(7, service.departmentCode)
  const { id } = await perform(agent, bookAppointment, {
    ...{ probationerId, typeCode: 'probation_follow_up', placeId: service.placeId },
    ...{ date, time, inform: 'reminder_only' },
  })
  return { id, date, probationerId }
}

/** Expected an hour ago, so that an outcome may be said. */
async function expectedBefore(agentId: number, service: AService = country.spip) {
  const startsAt = new Date(Date.now() - 3_600_000)
  const { date, time } = civilOf(startsAt, service.timeZone)
  const slot = await aSlot(service, 'probation_follow_up', date, time, { seatsTaken: 1 })
  return prisma.appointment.create({
    data: {
      ...{ probationerId: (await aPerson([service])).id, slotId: slot.id, typeCode: 'probation_follow_up' },
      ...{ organizationId: service.id, placeId: service.placeId, startsAt, agentId },
      creatingOrganizationId: service.id,
    },
  })
}

describe('what a calendar reads', () => {
  it('is the hour, the place, initials and what the person was told it is', async () => {
    const { id, date } = await booked({ lastName: 'BENSALEM', firstName: 'Karim' })
    const address = await make()
    const answer = await get(address)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
    const [event, ...others] = parsed(await answer.text())
    expect(others).toEqual([])
    expect(event).toMatchObject({
      UID: `convocation-${id}@mon-suivi-justice`,
      SEQUENCE: '1',
      SUMMARY: 'K. B.\u00a0– Rendez-vous de suivi',
      LOCATION: 'SPIP de Nanterre, 14 rue des Peupliers, Nanterre',
      CLASS: 'PRIVATE',
    })
    expect(civilOf(instantFrom(event?.DTSTART), 'Europe/Paris')).toEqual({ date, time: '14:30' })
    expect(civilOf(instantFrom(event?.DTEND), 'Europe/Paris')).toEqual({ date, time: '15:00' })
    expect(instantFrom(event?.['LAST-MODIFIED']).getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  it('never names the person, nor says what they are convoked for', async () => {
    const person = {
      lastName: 'ÉTIENNE-MBARKI',
      firstName: 'Marie-Hélène',
      phone: '+33639981234',
      appiNumber: '202398765432',
    }
    const { id } = await booked(person)
    await prisma.appointment.update({ where: { id }, data: { prosecutionNumber: '26 777 888' } })
    const text = (await (await get(await make())).text())
      .replaceAll('\r\n ', '')
      .normalize('NFD')
      .toLowerCase()
    const pieces = ['etienne', 'mbarki', 'marie', 'helene', '39981234', '9998', '98765432', '777', '1991']
    const measure = ['spip convocation', 'probation', 'sursis', 'peine', 'convocation de suivi']
    const plain = text.replaceAll(/\p{Diacritic}/gu, '')
    for (const piece of [...pieces, ...measure]) expect(plain).not.toContain(piece)
    expect(parsed(await (await get(await make(counsellor, true))).text())[0]?.SUMMARY).toMatch(/^M\. É\./)
  })

  it('keeps its signs, its accents and its lines, whatever the place is called', async () => {
    const service = await aService('SPIP bizarre', 'probation_service')
    const name =
      'Maison; du droit, « l’Éclair » \\ annexe \u{1F3DB}\u{1F3DB}\u{1F3DB}\u{1F3DB}\nbâtiment B, au bout du couloir à gauche'
    await prisma.place.update({ where: { id: service.placeId }, data: { name } })
    const agent = await anAgent(service, 'probation_counsellor')
    await booked({}, { service, agent })
    const [event] = await eventsAt(await make(agent))
    expect(event?.LOCATION).toBe(`${name}, 14 rue des Peupliers, Nanterre`)
  })

  it('has no place for a call, to which nobody comes', async () => {
    const { id } = await booked()
    await prisma.appointment.update({ where: { id }, data: { typeCode: 'phone_appointment' } })
    const [event] = await eventsAt(await make())
    expect(event).toMatchObject({ SUMMARY: 'K. P.\u00a0– Rendez-vous par téléphone' })
    expect(event?.LOCATION).toBeUndefined()
  })

  it('is at the hour of the place overseas, and on both sides of a change of clock', async () => {
    const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
      ...{ departmentCode: '973', timeZone: 'America/Cayenne' },
    })
    const rosalie = await anAgent(cayenne, 'probation_counsellor')
    const { date } = await booked({}, { service: cayenne, agent: rosalie, time: '09:00' })
    const [far] = await eventsAt(await make(rosalie))
    expect(far?.DTSTART).toBe(`${date.replaceAll('-', '')}T120000Z`)

    for (const day of ['2026-10-23', '2026-10-26'])
      await actAt(counsellor, monday, async (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId: (await aPerson([country.spip])).id, typeCode: 'probation_follow_up' },
          ...{ placeId: country.spip.placeId, date: day, time: '10:00', inform: 'reminder_only' },
        }),
      )
    const token = new URL(await make()).pathname.split('/')[2] ?? ''
    const read = await calendarFeed({ tx: prisma, actor: system, now: monday }, { token })
    expect(read.map(({ from }) => from.toISOString())).toEqual([
      '2026-10-23T08:00:00.000Z',
      '2026-10-26T09:00:00.000Z',
    ])
  })

  it.each([
    [{ firstName: 'Karim', lastName: 'BENSALEM' }, 'K. B.'],
    [{ firstName: 'élodie', lastName: 'd’Aubigné' }, 'É. D.'],
    [{ firstName: '’Ali', lastName: '-' }, 'A.'],
    [{ firstName: '\u{1D4D0}lix', lastName: 'E\u0301TIENNE' }, '\u{1D4D0}. É.'],
  ])('the initials of %o are « %s »', (person, initials) => {
    expect(initialsOf(person)).toBe(initials)
  })
})

describe('an appointment', () => {
  it('leaves the calendar when it is cancelled', async () => {
    const { id } = await booked()
    const address = await make()
    expect(await eventsAt(address)).toHaveLength(1)
    await perform(counsellor, cancelAppointment, { appointmentId: id, inform: false })
    expect(await eventsAt(address)).toEqual([])
  })

  it('is at its new hour when it is rescheduled, and no longer at the old one', async () => {
    const { id } = await booked()
    const address = await make()
    const moved = await perform(counsellor, rescheduleAppointment, {
      ...{ appointmentId: id, date: workingDay(12), time: '09:00' },
    })
    const events = await eventsAt(address)
    expect(events.map(({ UID }) => UID)).toEqual([`convocation-${moved.id}@mon-suivi-justice`])
  })

  it('leaves it when its outcome is said', async () => {
    const { id } = await expectedBefore(counsellor.id)
    const address = await make()
    expect(await eventsAt(address)).toHaveLength(1)
    await perform(counsellor, recordOutcome, { appointmentId: id, outcome: 'attended' })
    expect(await eventsAt(address)).toEqual([])
  })

  it('of another agent is never there', async () => {
    await booked({}, { agent: await anAgent(country.spip, 'probation_counsellor') })
    expect(await eventsAt(await make())).toEqual([])
  })

  it('stays with the service that an agent leaves: neither what is to come nor what has passed follows them', async () => {
    await booked()
    await expectedBefore(counsellor.id)
    const address = await make()
    expect(await eventsAt(address)).toHaveLength(2)
    const admin = await anAgent(country.foreign, 'local_admin')
    const { email } = await prisma.agent.findUniqueOrThrow({ where: { id: counsellor.id } })
    await perform(admin, pullAgent, { email, fromOrganizationId: country.spip.id, confirmed: true })
    const there = await acting(counsellor.id)
    expect(await eventsAt(await make(there))).toEqual([])
    await booked({}, { service: country.foreign, agent: there })
    expect(await eventsAt(await make(there, true))).toHaveLength(1)
  })
})

describe('an address', () => {
  it('is kept as a hash, given once, traced, and the agent is told since when it answers', async () => {
    const address = await make()
    const feed = await prisma.calendarFeed.findUniqueOrThrow({ where: { agentId: counsellor.id } })
    const token = new URL(address).pathname.split('/')[2] ?? ''
    expect(token).toMatch(/^[a-f0-9]{40}$/)
    expect(JSON.stringify(feed)).not.toContain(token)
    expect(await refusal(make())).toMatchObject({ code: 'calendar_feed.made_already' })
    await perform(counsellor, stopCalendar, {})
    const traces = await prisma.auditEntry.findMany({ where: { agentId: counsellor.id, subject: 'agent' } })
    expect(traces.map(({ fields }) => fields)).toEqual([['calendarAddress'], ['calendarAddress']])
    expect(await refusal(perform(counsellor, stopCalendar, {}))).toMatchObject({
      code: 'calendar_feed.stopped_already',
    })
  })

  it('renewed, leaves the old one dead; stopped, none answers', async () => {
    await booked()
    const old = await make()
    const fresh = await make(counsellor, true)
    expect((await get(old)).status).toBe(404)
    expect(await eventsAt(fresh)).toHaveLength(1)
    await perform(counsellor, stopCalendar, {})
    expect((await get(fresh)).status).toBe(404)
  })

  it('answers the same when it is unknown, cut, or of an account that reads nothing any more', async () => {
    const unknown = await get(`${host.url}/calendrier/${'0'.repeat(40)}/convocations.ics`)
    const sentence = (await unknown.text()).replaceAll(/nonce[^>]*>|[\da-f-]{32,}/g, '')
    const address = await make()
    const admin = await anAgent(country.spip, 'local_admin')
    const { securityCharterVersion } = await prisma.agent.findUniqueOrThrow({ where: { id: admin.id } })
    const as = (data: { securityCharterVersion?: string | null; role?: 'probation_secretary' }) =>
      prisma.agent.update({ where: { id: counsellor.id }, data })
    const dead = {
      'without the charter in force': () => as({ securityCharterVersion: 'another' }),
      'with a role that receives nobody': () => as({ securityCharterVersion, role: 'probation_secretary' }),
      deleted: () => perform(admin, deleteAgent, { agentId: counsellor.id }),
      'brought back, until they make another': () =>
        perform(admin, reactivateAgent, { agentId: counsellor.id }),
    }
    for (const [state, becomes] of Object.entries(dead)) {
      await becomes()
      const answer = await get(address)
      expect([state, answer.status]).toEqual([state, 404])
      expect((await answer.text()).replaceAll(/nonce[^>]*>|[\da-f-]{32,}/g, '')).toBe(sentence)
    }
    for (const cut of ['a', 'x'.repeat(3_000), '%00', encodeURIComponent(`' OR 1=1 --`)])
      expect([404, 400]).toContain((await get(`${host.url}/calendrier/${cut}/convocations.ics`)).status)
  })

  it('is stopped by whoever made it, even once their role receives nobody', async () => {
    const address = await make()
    await prisma.agent.update({ where: { id: counsellor.id }, data: { role: 'probation_secretary' } })
    const secretary = await acting(counsellor.id)
    expect(await refusal(make(secretary))).toMatchObject({ status: 403 })
    await perform(secretary, stopCalendar, {})
    await prisma.agent.update({ where: { id: counsellor.id }, data: { role: 'probation_counsellor' } })
    expect((await get(address)).status).toBe(404)
    const central = await anAgent(country.court, 'central_admin')
    await make()
    expect(
      await refusal(perform({ ...counsellor, impersonatorId: central.id }, stopCalendar, {})),
    ).toMatchObject({ status: 403 })
  })

  it('is dead once the password was reset, or the agent sent to another service', async () => {
    const { email } = await prisma.agent.update({
      where: { id: counsellor.id },
      data: { passwordHash: 'another' },
    })
    const before = await make()
    await perform(system, requestPasswordReset, { email })
    await perform(system, resetPassword, {
      token: await lastSecret(counsellor.id),
      password: goodPassword,
      passwordAgain: goodPassword,
    })
    expect((await get(before)).status).toBe(404)

    const again = await make()
    const admin = await anAgent(country.foreign, 'local_admin')
    await perform(admin, pullAgent, { email, fromOrganizationId: country.spip.id, confirmed: true })
    expect((await get(again)).status).toBe(404)
  })

  it('goes on answering while wrong passwords lock the account, as sessions go on', async () => {
    const address = await make()
    await prisma.agent.update({ where: { id: counsellor.id }, data: { lockedAt: new Date() } })
    expect((await get(address)).status).toBe(200)
  })

  it('is made for oneself: neither under another’s name, nor by who receives nobody', async () => {
    const central = await anAgent(country.court, 'central_admin')
    const guise: AgentActor = { ...counsellor, impersonatorId: central.id }
    expect(await refusal(make(guise))).toMatchObject({ status: 403 })
    expect(await refusal(make(await anAgent(country.court, 'execution_office_agent')))).toMatchObject({
      status: 403,
    })
  })

  it('asked more often than calendars do, waits; its neighbours do not', async () => {
    const [address, other] = [await make(), await make(await anAgent(country.spip, 'psychologist'))]
    const answers = await Promise.all(Array.from({ length: 61 }, () => get(address)))
    expect(answers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1)
    expect((await get(address)).headers.get('Retry-After')).toBe('600')
    expect((await get(other)).status).toBe(200)
  })

  it('is not written in the log', async () => {
    const written = vi.spyOn(log, 'info')
    const address = await make()
    await (await get(address)).text()
    await vi.waitFor(() => expect(JSON.stringify(written.mock.calls)).toContain('/calendrier/'))
    expect(JSON.stringify(written.mock.calls)).not.toContain(new URL(address).pathname.split('/')[2])
    written.mockRestore()
  })
})
