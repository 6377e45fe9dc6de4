import { beforeAll, describe, expect, test } from 'vitest'
import { appointmentPage } from '../../../resources/appointment/queries/page.server'
import { enableSms } from '../../../resources/probationer/commands/follow-up.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { probationerToEdit } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { recordPhoneCalls, takeBackPhoneCalls } from '../../../resources/unreached/commands.server'
import { whatToDo } from '../../../resources/unreached/fr'
import {
  countUnreached,
  listUnreached,
  unreachedStamp,
} from '../../../resources/unreached/queries/unreached.server'
import type { UnreachedScope } from '../../../resources/unreached/schema'
import { actAt, aCountry, anAgent, aPerson, aSlot, monday, type AService } from '../../support/world'

type Country = Awaited<ReturnType<typeof aCountry>>
let country: Country
let claire: AgentActor
let malik: AgentActor

beforeAll(async () => {
  country = await aCountry()
  claire = await anAgent(country.spip, 'probation_counsellor')
  malik = await anAgent(country.spip, 'probation_secretary')
})

let slots = 0
interface Made {
  service?: AService
  date?: string
  state?: 'booked' | 'cancelled' | 'missed' | 'attended'
  personId?: number
  agentId?: number | null
}

/** Somebody convoked, by default by Claire a week from now. */
async function convoked({
  service = country.spip,
  date = '2026-10-12',
  state = 'booked',
  ...made
}: Made = {}) {
  const probationerId = made.personId ?? (await aPerson([service])).id
  slots += 1
  const time = `${String(8 + (slots % 10)).padStart(2, '0')}:${String(slots % 60).padStart(2, '0')}`
  const slot = await aSlot(service, 'probation_follow_up', date, time, { seatsTaken: 1 })
  const { id } = await prisma.appointment.create({
    data: {
      probationerId,
      slotId: slot.id,
      typeCode: 'probation_follow_up',
      organizationId: service.id,
      creatingOrganizationId: service.id,
      placeId: service.placeId,
      startsAt: slot.startsAt,
      state,
      agentId: made.agentId === undefined ? claire.id : made.agentId,
      createdAt: new Date('2026-10-01T08:00:00Z'),
      updatedAt: new Date('2026-10-01T08:00:00Z'),
    },
  })
  return { id, probationerId }
}

const before = (hours: number) => new Date(monday.getTime() - hours * 3_600_000)

/** A message of it, by default a summons that failed the day before. */
async function message({ id, probationerId }: { id: number; probationerId: number }, data: object = {}) {
  const { phone } = await prisma.probationer.findUniqueOrThrow({ where: { id: probationerId } })
  return prisma.message.create({
    data: {
      ...{
        appointmentId: id,
        probationerId,
        kind: 'summons',
        state: 'failed',
        endReason: 'unallocated_number',
      },
      ...{
        dueAt: before(24),
        deadline: before(0),
        createdAt: before(24),
        sentAt: before(24),
        endedAt: before(24),
      },
      ...{ phone, textSent: 'SPIP : rendez-vous', ...data },
    },
  })
}

const list = (actor: AgentActor, scope: UnreachedScope | null = null, now = monday) =>
  actAt(actor, now, (ctx) => listUnreached(ctx, { scope }))
const ids = async (actor: AgentActor, scope: UnreachedScope | null = null, now = monday) =>
  (await list(actor, scope, now)).lines.map((line) => line.id)
const isListed = async (probationerId: number, now = monday) =>
  (await ids(malik, 'service', now)).includes(probationerId)
const called = (actor: AgentActor, probationerIds: number[], now = monday) =>
  actAt(actor, now, (ctx) => recordPhoneCalls(ctx, { probationerIds }))

describe('the list of those whom their SMS did not reach', () => {
  test('has one line a person, the nearest day first, with all they are to be told of', async () => {
    const nora = await anAgent(country.spip, 'probation_counsellor')
    const far = await convoked({ date: '2026-11-12', agentId: nora.id })
    const near = await convoked({ date: '2026-10-06', agentId: nora.id })
    const again = await convoked({ date: '2026-10-20', personId: near.probationerId, agentId: nora.id })
    const gone = await convoked({ date: '2026-10-02', state: 'missed', agentId: nora.id })
    await message(far)
    await message(near, { kind: 'reminder', state: 'expired', endReason: 'night', phone: null })
    await message(again)
    await message(gone, { kind: 'missed' })
    const { lines, total, scope } = await list(nora)
    expect([scope, total]).toEqual(['mine', 3])
    expect(lines.map(({ id }) => id)).toEqual([near.probationerId, far.probationerId, gone.probationerId])
    expect(lines[0]?.appointments).toMatchObject([
      { id: near.id, date: '2026-10-06', word: { kind: 'reminder', state: 'expired', endReason: 'night' } },
      { id: again.id, word: { kind: 'summons', state: 'failed' } },
    ])
    expect(await actAt(nora, monday, (ctx) => countUnreached(ctx, {}))).toEqual({ total: 3 })
  })

  test('leaves out what arrived since, what is over, and what its person need not be told', async () => {
    const arrived = await convoked()
    await message(arrived)
    await message(arrived, { kind: 'reminder', state: 'delivered', endReason: null, dueAt: before(1) })
    const attended = await convoked({ date: '2026-10-01', state: 'attended' })
    await message(attended)
    const past = await convoked({ date: '2026-10-01' })
    await message(past)
    // The summons of what is cancelled; its cancellation, which did not arrive, is to be told.
    const cancelled = await convoked({ state: 'cancelled' })
    await message(cancelled)
    const untold = await convoked({ state: 'cancelled' })
    await message(untold, { kind: 'cancellation', state: 'expired', endReason: 'deadline' })
    const longAgo = await convoked({ date: '2026-09-01', state: 'missed' })
    await message(longAgo, { kind: 'missed' })
    const listed = await ids(malik, 'service')
    for (const { probationerId } of [arrived, attended, past, cancelled, longAgo])
      expect(listed).not.toContain(probationerId)
    expect(listed).toContain(untold.probationerId)
  })

  test('has a phone that is off, a number to check without a failed word, and who stopped by the link', async () => {
    const off = await convoked()
    await message(off, { state: 'sent', endReason: null, endedAt: null, providerCode: 'phone_off' })
    const marked = await convoked()
    await prisma.probationer.update({ where: { id: marked.probationerId }, data: { phoneState: 'to_check' } })
    const stopped = await aPerson([country.spip], { smsOptOut: true, smsStoppedAt: before(30) })
    const stoppedLongAgo = await aPerson([country.spip], { smsOptOut: true, smsStoppedAt: before(24 * 20) })
    const { lines } = await list(malik, 'service')
    const line = (id: number) => lines.find((one) => one.id === id)
    expect(line(off.probationerId)?.appointments[0]?.word).toMatchObject({ phoneOff: true })
    expect(line(marked.probationerId)).toMatchObject({
      phoneState: 'to_check',
      appointments: [{ word: null }],
    })
    expect(line(stopped.id)).toMatchObject({ stoppedOn: '2026-10-04', appointments: [], mayEnableSms: true })
    expect(line(stoppedLongAgo.id)).toBeUndefined()
    for (const one of lines) expect(whatToDo(one)).toMatch(/^\p{Lu}.+\.$/u)
  })

  test('is of one’s own, of the service or of the jurisdiction, and never of another', async () => {
    const mine = await convoked()
    const linked = await convoked({ service: country.branch, agentId: null })
    const colleague = await convoked({ agentId: null })
    for (const one of [mine, linked, colleague]) await message(one)
    const has = async (actor: AgentActor, scope: UnreachedScope) => {
      const listed = await ids(actor, scope)
      return [mine, colleague, linked].map(({ probationerId }) => listed.includes(probationerId))
    }
    expect(await has(claire, 'mine')).toEqual([true, false, false])
    expect(await has(claire, 'service')).toEqual([true, true, false])
    const clerk = await anAgent(country.court, 'sentence_clerk')
    expect(await has(clerk, 'service')).toEqual([false, false, false])
    expect(await has(clerk, 'jurisdiction')).toEqual([true, true, true])
    const elsewhere = await anAgent(country.foreign, 'local_admin')
    expect(await has(elsewhere, 'jurisdiction')).toEqual([false, false, false])
  })
})

describe('"prévenue par téléphone"', () => {
  test('takes the line off, with a line in the history of the person and of each appointment, until another SMS fails', async () => {
    const first = await convoked()
    const second = await convoked({ personId: first.probationerId, date: '2026-10-20' })
    await message(first)
    await message(second)
    expect(await isListed(first.probationerId)).toBe(true)
    expect(await called(claire, [first.probationerId])).toEqual({ called: 1 })
    expect(await isListed(first.probationerId)).toBe(false)
    // Twice at once is once.
    await expect(called(malik, [first.probationerId])).rejects.toMatchObject({
      code: 'unreached.called_already',
    })
    const { history } = await actAt(claire, monday, (ctx) =>
      appointmentPage(ctx, { appointmentId: second.id }),
    )
    expect(history).toMatchObject([{ event: 'unreached.called', actorRole: 'probation_counsellor' }])
    expect(
      await prisma.auditEntry.count({
        where: { probationerId: first.probationerId, action: 'update', fields: { has: 'phoneCall' } },
      }),
    ).toBe(1)
    const later = new Date(monday.getTime() + 3_600_000)
    await message(second, {
      kind: 'reminder',
      state: 'expired',
      endReason: 'night',
      endedAt: later,
      phone: null,
    })
    expect(await isListed(first.probationerId, new Date(later.getTime() + 1))).toBe(true)
  })

  test('is taken back by who said it, while it is fresh', async () => {
    const one = await convoked()
    await message(one)
    await called(claire, [one.probationerId])
    const takeBack = (actor: AgentActor, minutes: number) =>
      actAt(actor, new Date(monday.getTime() + minutes * 60_000), (ctx) =>
        takeBackPhoneCalls(ctx, { probationerIds: [one.probationerId] }),
      )
    await expect(takeBack(malik, 1)).rejects.toMatchObject({ code: 'unreached.called_long_ago' })
    await expect(takeBack(claire, 11)).rejects.toMatchObject({ code: 'unreached.called_long_ago' })
    expect(await takeBack(claire, 9)).toEqual({ takenBack: 1 })
    expect(await isListed(one.probationerId)).toBe(true)
  })

  test('is said of many at once, and of nobody that the agent does not see', async () => {
    const people = await Promise.all([convoked(), convoked()])
    for (const one of people) await message(one)
    const everybody = people.map(({ probationerId }) => probationerId)
    const elsewhere = await anAgent(country.foreign, 'local_admin')
    await expect(called(elsewhere, everybody)).rejects.toMatchObject({ name: 'NotFound' })
    expect(await called(claire, everybody)).toEqual({ called: 2 })
  })

  test('of who stopped the SMS holds until they stop them again', async () => {
    const { id } = await aPerson([country.spip], { smsOptOut: true, smsStoppedAt: before(30) })
    expect(await called(claire, [id])).toEqual({ called: 1 })
    expect(await isListed(id)).toBe(false)
    await prisma.probationer.update({
      where: { id },
      data: { smsStoppedAt: new Date(monday.getTime() + 60_000) },
    })
    expect(await isListed(id, new Date(monday.getTime() + 120_000))).toBe(true)
  })
})

describe('a line is mended', () => {
  const correct = async (probationerId: number, phone: string) => {
    const { version, person } = await actAt(claire, monday, (ctx) =>
      probationerToEdit(ctx, { probationerId }),
    )
    return actAt(claire, monday, (ctx) =>
      updateProbationer(ctx, { ...person, probationerId, phone, version }),
    )
  }

  test('where an agent looks at the appointment: the number to check is said, and may be mended by who may edit', async () => {
    const one = await convoked({ date: '2026-10-06' })
    await prisma.probationer.update({ where: { id: one.probationerId }, data: { phoneState: 'to_check' } })
    const page = (actor: AgentActor) =>
      actAt(actor, monday, (ctx) => appointmentPage(ctx, { appointmentId: one.id }))
    expect((await page(claire)).probationer).toMatchObject({ phoneToCheck: true, mayEdit: true })
    await prisma.probationer.update({ where: { id: one.probationerId }, data: { phoneState: 'fine' } })
    expect((await page(claire)).probationer).toMatchObject({ phoneToCheck: false })
  })

  test('by the right number: the summons leaves again, which is said, and the line leaves', async () => {
    const one = await convoked({ date: '2026-10-06' })
    await message(one)
    await prisma.probationer.update({ where: { id: one.probationerId }, data: { phoneState: 'dead' } })
    expect(await isListed(one.probationerId)).toBe(true)
    const { messages } = await correct(one.probationerId, '06 39 98 77 01')
    expect(messages).toMatchObject([{ kind: 'summons', leavesNow: true }])
    expect(await isListed(one.probationerId)).toBe(false)
  })

  test('even where the reminder waited all along for its hour', async () => {
    const one = await convoked({ date: '2026-10-20' })
    await message(one)
    await message(one, {
      ...{ kind: 'reminder', reminderHours: 24, state: 'planned', endReason: null, phone: null },
      ...{ dueAt: new Date('2026-10-19T08:00:00Z'), deadline: new Date('2026-10-20T06:00:00Z') },
      ...{ createdAt: before(48), sentAt: null, endedAt: null },
    })
    expect(await isListed(one.probationerId)).toBe(true)
    await correct(one.probationerId, '06 39 98 77 02')
    expect(await isListed(one.probationerId)).toBe(false)
  })

  test('by accepting SMS again, which only that act does', async () => {
    const { id } = await aPerson([country.spip], { smsOptOut: true, smsStoppedAt: before(30) })
    await correct(id, '06 39 98 77 03')
    expect(await isListed(id)).toBe(true)
    await actAt(claire, monday, (ctx) => enableSms(ctx, { probationerId: id }))
    expect(await isListed(id)).toBe(false)
  })
})

test.each([
  ['somebody of the jurisdiction', () => country.spip],
  ['somebody followed beyond it, whom the service expects', () => country.foreign],
])('a page learns that something became of its lines, and only then: %s', async (_, followedBy) => {
  const person = await aPerson([followedBy()])
  const one = await convoked({ personId: person.id })
  const { id } = await message(one, {
    state: 'sent',
    endReason: null,
    endedAt: null,
    providerCode: 'phone_off',
  })
  const stamp = async () =>
    (await actAt(claire, monday, (ctx) => unreachedStamp(ctx, { probationerIds: [one.probationerId] }))).stamp
  const first = await stamp()
  expect(await stamp()).toBe(first)
  await prisma.message.update({ where: { id }, data: { state: 'delivered' } })
  expect(await stamp()).not.toBe(first)
})

test('a page learns nothing of persons whom its service neither follows nor expects', async () => {
  const one = await convoked()
  await message(one)
  const stranger = await anAgent(country.foreign, 'local_admin')
  const { stamp } = await actAt(stranger, monday, (ctx) =>
    unreachedStamp(ctx, { probationerIds: [one.probationerId] }),
  )
  expect(stamp).toBe('0')
})
