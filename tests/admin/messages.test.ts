import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { addDays } from '../../resources/shared/civil-time'
import { formatDay, smsHour } from '../../resources/shared/french'
import { referenceOf } from '../../resources/message/reference'
import { backOffice, type BackOffice } from '../support/back-office'
import { bringForward, drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, workingDay } from '../support/world'
import { byOutbox, dueNow } from '../worker/story'

/** From the form of an agent to the phone of the person, and back to the agent's screen. */
let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let agent: BackOffice
const day = workingDay(9)

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  agent = await backOffice(host, await anAgent(country.spip, 'probation_counsellor'))
}, 120_000)
afterAll(() => host.stop())

let phones = 10
interface Convoked {
  probationerId: number
  appointmentId: number
}

async function convoked(
  person: object = {},
  appointment: object = {},
  { by = agent, at = country.spip } = {},
): Promise<Convoked> {
  const { placeId, agendaId } = at
  const name = `Message ${phones}`.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))
  const booked = await by.command<{ id: number; probationerId: number }>('registerAndBook', {
    probationer: {
      lastName: name,
      firstName: 'Karim',
      dateOfBirth: '1991-04-12',
      phone: `06399864${phones++}`,
      ...person,
    },
    appointment: {
      typeCode: 'probation_follow_up',
      placeId,
      agendaId,
      date: day,
      time: '14:30',
      inform: 'now',
      ...appointment,
    },
  })
  expect(booked).toMatchObject({ ok: true })
  return { appointmentId: booked.result.id, probationerId: booked.result.probationerId }
}

const messageOf = ({ appointmentId }: Convoked, kind: 'summons' | 'reminder' | 'missed' = 'summons') =>
  prisma.message.findFirstOrThrow({ where: { appointmentId, kind } })

/** What has reached the phone of a person, oldest first. */
async function received({ probationerId }: Convoked): Promise<{ sender: string; body: string }[]> {
  const messages = await prisma.message.findMany({
    where: { probationerId },
    select: { id: true, createdAt: true },
  })
  return prisma.outboxItem.findMany({
    where: { reference: { in: messages.map((message) => referenceOf({ ...message, kind: 'message' })) } },
    select: { sender: true, body: true },
    orderBy: { id: 'asc' },
  })
}

interface Page {
  messages: { kind: string; state: string; sms: { text: string } | null }[]
  history: { event: string; data: { text?: string } }[]
}
const page = async ({ appointmentId }: Convoked) =>
  (await agent.query<Page>('appointmentPage', { appointmentId })).result

/** The operator has answered. */
async function receiptsCome(story: Convoked): Promise<void> {
  const { id } = await messageOf(story)
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()
    WHERE payload->>'reference' LIKE ${`message:${id}:%`}`
  await drainQueue(byOutbox)
}

describe('what a person receives', () => {
  it('says what, when and where, from a name that cannot be answered [P110] [P111] [P108]', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)
    const [sms, ...more] = await received(story)
    expect(more).toEqual([])
    expect(sms?.sender).toBe('RDV Justice')
    const text = sms?.body ?? ''
    const written = (words: string) => words.replace(/\s/g, ' ')
    expect(text).toContain('rendez-vous de suivi')
    expect(text).toContain(written(formatDay(day)))
    expect(text).toContain(written(smsHour('14:30')))
    expect(text).toContain('SPIP de Nanterre')
    expect(text).toContain('14 rue des Peupliers')
  })

  it('gives the phone or the mail, as the place chose [P112]', async () => {
    const byPhone = await convoked()
    const { placeId } = country.branch
    await prisma.place.update({
      where: { id: placeId },
      data: { mainContactMethod: 'email', email: 'spip@justice.example' },
    })
    const colleague = await backOffice(host, await anAgent(country.branch, 'probation_counsellor'))
    const byMail = await convoked({}, {}, { by: colleague, at: country.branch })
    await drainQueue(byOutbox)
    const texts = await Promise.all(
      [byPhone, byMail].map(async (story) => (await received(story))[0]?.body ?? ''),
    )
    expect(texts[0]).toContain('0199001020')
    expect(texts[1]).toContain('spip@justice.example')
    expect(texts[1]).not.toContain('0199001020')
  })

  it('is a summons, then the reminder before the date [P49] [P115]', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)
    expect(await received(story)).toHaveLength(1)
    const reminder = await messageOf(story, 'reminder')
    const { startsAt } = await prisma.appointment.findUniqueOrThrow({ where: { id: story.appointmentId } })
    expect(reminder.dueAt < startsAt).toBe(true)
    await dueNow(reminder.id)
    await drainQueue(byOutbox)
    const [, second] = await received(story)
    expect(second?.body).toMatch(/^RAPPEL SPIP de Nanterre/)
  })

  it('is the reminder with a mobile and no refusal, and nothing otherwise [P118]', async () => {
    const stories = [
      await convoked({}, { inform: 'reminder_only' }),
      await convoked({ phone: '', hasNoMobilePhone: true }, { inform: null }),
      await convoked({ smsOptOut: true }, { inform: null }),
    ]
    const planned = await prisma.message.findMany({
      where: { probationerId: { in: stories.map(({ probationerId }) => probationerId) } },
    })
    for (const { id } of planned) await dueNow(id)
    await drainQueue(byOutbox)
    const counts = await Promise.all(stories.map(async (story) => (await received(story)).length))
    expect(counts).toEqual([1, 0, 0])
  })

  it('comes 24 h or 48 h before as the type says, between 8 h and 20 h of the place [P117]', async () => {
    await prisma.messageTemplate.updateMany({
      where: { typeCode: 'first_probation_follow_up', kind: 'reminder', organizationId: null },
      data: { reminderHours: [48] },
    })
    const due = async (typeCode: string, time: string) => {
      const story = await convoked({}, { typeCode, time, inform: 'reminder_only' })
      const { messages } = (await agent.query<{ messages: { due: object }[] }>('appointmentPage', story))
        .result
      return messages.map((message) => message.due)
    }
    await prisma.placeAppointmentType.create({
      data: { placeId: country.spip.placeId, typeCode: 'first_probation_follow_up' },
    })
    expect(await due('probation_follow_up', '10:15')).toEqual([{ date: addDays(day, -1), time: '10:15' }])
    expect(await due('first_probation_follow_up', '10:30')).toEqual([
      { date: addDays(day, -2), time: '10:30' },
    ])
    expect(await due('probation_follow_up', '07:00')).toEqual([{ date: addDays(day, -1), time: '08:00' }])
    expect(await due('probation_follow_up', '20:30')).toEqual([{ date: addDays(day, -1), time: '20:00' }])
  })

  it('after an absence says so, and its link stops the SMS, and nothing but them [P98] [P167]', async () => {
    const story = await convoked({}, { inform: 'reminder_only' })
    const { appointmentId, probationerId } = story
    const before = await prisma.appointment.findUniqueOrThrow({ where: { id: appointmentId } })
    const gone = new Date(Date.now() - 3_600_000)
    await prisma.appointment.update({ where: { id: appointmentId }, data: { startsAt: gone } })
    const outcome = { appointmentId, outcome: 'missed', inform: true }
    expect(await agent.command('recordOutcome', outcome)).toMatchObject({ ok: true })
    // It waits as long as the outcome is easily taken back.
    await drainQueue(byOutbox)
    expect(await received(story)).toEqual([])
    const missed = { appointmentId, kind: 'missed' } as const
    await dueNow((await prisma.message.findFirstOrThrow({ where: missed })).id)
    await drainQueue(byOutbox)
    const [sms] = await received(story)
    const path = /\/stop\/\w+/.exec(sms?.body ?? '')?.[0] ?? 'no link'
    const answer = await fetch(host.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: host.url },
      body: new URLSearchParams(),
    })
    expect(answer.status).toBe(303)
    const person = await prisma.probationer.findUniqueOrThrow({ where: { id: probationerId } })
    expect(person).toMatchObject({
      smsOptOut: true,
      archivedAt: null,
      lastName: expect.any(String) as string,
    })
    expect(await prisma.appointment.findUniqueOrThrow({ where: { id: appointmentId } })).toMatchObject({
      state: 'missed',
      slotId: before.slotId,
    })
  })

  it('is one SMS with the new date when it is moved, one when it is cancelled, none if the agent prefers [P123] [P129]', async () => {
    const told = await convoked()
    const untold = await convoked()
    await drainQueue(byOutbox)
    const later = workingDay(16)
    const move = ({ appointmentId }: Convoked, inform: boolean) =>
      agent.command<{ id: number }>('rescheduleAppointment', {
        ...{ appointmentId, date: later, time: '10:15', inform },
      })
    const [moved, quiet] = [await move(told, true), await move(untold, false)]
    expect([moved.ok, quiet.ok]).toEqual([true, true])
    await drainQueue(byOutbox)
    const newDate = formatDay(later).replace(/\s/g, ' ')
    expect((await received(told)).map(({ body }) => body.includes(newDate))).toEqual([false, true])
    expect(await received(untold)).toHaveLength(1)

    const cancel = (appointmentId: number, inform: boolean) =>
      agent.command('cancelAppointment', { appointmentId, inform })
    expect(await cancel(moved.result.id, true)).toMatchObject({ ok: true })
    expect(await cancel(quiet.result.id, false)).toMatchObject({ ok: true })
    await drainQueue(byOutbox)
    expect((await received(told)).at(-1)?.body).toMatch(/annul/i)
    expect(await received(told)).toHaveLength(3)
    expect(await received(untold)).toHaveLength(1)
    const due = await prisma.message.count({
      where: { probationerId: { in: [told.probationerId, untold.probationerId] }, state: 'planned' },
    })
    expect(due).toBe(0)
  })

  it('is nothing more once they said no and the agent ticked the box [P11]', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)
    const { probationerId } = story
    const form = await agent.query<{ version: string; person: object }>('probationerToEdit', {
      probationerId,
    })
    const { version, person } = form.result
    const ticked = { ...person, smsOptOut: true, probationerId, version }
    expect(await agent.command('updateProbationer', ticked)).toMatchObject({ ok: true })
    const reminder = await messageOf(story, 'reminder')
    await dueNow(reminder.id)
    await drainQueue(byOutbox)
    expect(await received(story)).toHaveLength(1)
    const { appointmentId } = story
    expect(await agent.command('cancelAppointment', { appointmentId, inform: true })).toMatchObject({
      ok: true,
    })
    await drainQueue(byOutbox)
    expect(await received(story)).toHaveLength(1)
  })
})

describe('what the agent reads of it', () => {
  it('is that it left, with its text, then that it arrived, in the history too [P119] [P120]', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)
    const [sms] = await received(story)
    const shown = async () => (await page(story)).messages.find(({ kind }) => kind === 'summons')
    expect(await shown()).toMatchObject({ state: 'sent' })
    // All but the link that only the person has.
    const untilLink = (text = '') => text.split(' STOP')[0]
    expect(untilLink((await shown())?.sms?.text)).toBe(untilLink(sms?.body))
    const sent = (await page(story)).history.find(({ event }) => event === 'message.sent')
    expect(untilLink(sent?.data.text)).toBe(untilLink(sms?.body))
    await receiptsCome(story)
    expect(await shown()).toMatchObject({ state: 'delivered' })
    expect((await page(story)).history.map(({ event }) => event)).toContain('message.delivered')
  })

  it('is that a wrong number did not receive it, on the appointment, the record, home and its list [P121] [P122]', async () => {
    for (const phone of ['0639980001', '0639980004']) {
      const waits = async () =>
        (
          await agent.query<{ cards: { unreached: { data: { total: number } } } }>('home', {
            wholeService: true,
          })
        ).result.cards.unreached.data.total
      const before = await waits()
      const story = await convoked({ phone })
      await drainQueue(byOutbox)
      await bringForward(`message:${(await messageOf(story)).id}`)
      await receiptsCome(story)
      const { messages, history } = await page(story)
      expect(messages.find(({ kind }) => kind === 'summons')?.state, phone).toBe('failed')
      expect(history.map(({ event }) => event)).not.toContain('message.delivered')
      const { probationerId } = story
      const record = await agent.query<{ phoneState: string; toCome: { delivery: object }[] }>(
        'probationerRecord',
        { probationerId },
      )
      expect(record.result).toMatchObject({ toCome: [{ delivery: { state: 'failed' } }] })
      expect(record.result.phoneState).not.toBe('fine')
      expect(await waits()).toBe(before + 1)
      const { lines } = (
        await agent.query<{ lines: { id: number; appointments: { word: object }[] }[] }>('unreached', {
          scope: 'service',
        })
      ).result
      expect(lines.find(({ id }) => id === probationerId)?.appointments[0]?.word).toMatchObject({
        kind: 'summons',
        state: 'failed',
      })
    }
  })
})
