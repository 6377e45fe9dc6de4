import type { TaskList } from 'graphile-worker'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askingList, pauseUntil } from '../../resources/message/commands/pace.server'
import { prisma } from '../../resources/shared/db.server'
import { accountTasks } from '../../worker/sms/account'
import { brevo } from '../../worker/sms/brevo'
import { deliveryTasks } from '../../worker/sms/delivery'
import { outbox } from '../../worker/sms/outbox'
import { reconciliationTasks } from '../../worker/sms/reconciliation'
import { aPerson, aService, at, inHours, type Service } from '../support/booked'
import { messageIn, startBrevo, type Fate } from '../support/brevo-simulator'
import { bringForward, drainQueue, queuedJobs } from '../support/queue'
import { claimedFor, convokedBy, lookForUnsettled } from './story'

/** What the provider is asked beside sending, over HTTP: its list of events, its account, and its limit. */
let service: Service
let fate: (sms: { tag: string }) => Fate
let account: Awaited<ReturnType<typeof startBrevo>>
beforeEach(async () => {
  service = await aService()
  fate = () => ({ receipts: [] })
  account = await startBrevo({ fateOf: (sms) => fate(sms) })
  await prisma.smsAccount.deleteMany()
  await prisma.providerPace.deleteMany()
  await prisma.message.updateMany({ where: { state: 'sent' }, data: { endedAt: new Date() } })
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
})
afterEach(() => account.stop())

const byBrevo = (more: { apiKey?: string; baseUrl?: string } = {}) =>
  brevo({
    ...{ apiKey: 'simulated-key', sender: 'RDVJustice', baseUrl: account.url, timeout: 1 },
    receiptsAt: 'http://127.0.0.1:1/recepisses/secret',
    ...more,
  })
const tasks = () => ({
  ...deliveryTasks(byBrevo()),
  ...accountTasks(byBrevo(), 0),
  ...reconciliationTasks(byBrevo()),
})
const deliver = () => drainQueue(tasks())
async function run(task: 'read-provider-events' | 'ask-credits', by: TaskList = tasks()) {
  await prisma.$executeRaw`SELECT graphile_worker.add_job(${task}, '{}'::json)`
  await drainQueue(by)
}

/** Sent for so long without a receipt. */
async function sentSince(hours: number, story: Awaited<ReturnType<typeof convokedBy>>) {
  const { id } = await story.summons()
  await prisma.message.update({ where: { id }, data: { sentAt: new Date(Date.now() - hours * 3_600_000) } })
  return id
}

describe('The list of events, where receipts are lost', () => {
  it('says what became of messages of which nothing came, once, by the way that receipts take', async () => {
    fate = ({ tag }) => ({ receipts: [], lost: messageIn(tag) % 2 ? ['hard_bounce'] : ['delivered'] })
    const stories = [await convokedBy(service), await convokedBy(service), await convokedBy(service)]
    await deliver()
    const ids = await Promise.all(stories.map((story) => sentSince(3, story)))
    // The list is of days in UTC: what was sent three hours ago may be of yesterday.
    await prisma.smsAccount.create({
      data: { provider: 'sms', listDay: new Date().toISOString().slice(0, 10) },
    })
    await run('read-provider-events')
    for (const [index, story] of stories.entries())
      expect(await story.summons()).toMatchObject(
        (ids[index] ?? 0) % 2
          ? { state: 'failed', endReason: 'unallocated_number' }
          : { state: 'delivered', endReason: null },
      )
    const kept = await prisma.receipt.findMany({ where: { listed: true } })
    expect(kept).toHaveLength(3)
    const written = JSON.stringify(kept.map(({ raw }) => raw))
    for (const { phone } of stories) expect(written).not.toContain(phone?.slice(-9))
    expect(
      await prisma.jobRun.findFirst({ where: { task: 'read-provider-events' }, orderBy: { id: 'desc' } }),
    ).toMatchObject({ handled: 3 })

    // Nothing is awaited any more: nothing is asked.
    const asked = account.listAsked.length
    await run('read-provider-events')
    expect(account.listAsked).toHaveLength(asked)
    expect(await prisma.receipt.count({ where: { listed: true } })).toBe(3)
  })

  it('is left alone as long as receipts may still come', async () => {
    const story = await convokedBy(service)
    await deliver()
    await sentSince(1, story)
    await run('read-provider-events')
    expect(account.listAsked).toEqual([])
  })

  it('is read by pages, taken up where it was left, and read on from there', async () => {
    const today = new Date().toISOString().slice(0, 10)
    fate = () => ({ receipts: [], lost: Array.from({ length: 150 }, () => 'accepted') })
    const first = await convokedBy(service)
    await deliver()
    await sentSince(3, first)
    await prisma.smsAccount.create({ data: { provider: 'sms', listDay: today, listPosition: 20 } })
    await run('read-provider-events')
    expect(account.listAsked).toEqual([`${today} from 20`, `${today} from 120`])
    expect(await prisma.smsAccount.findFirstOrThrow()).toMatchObject({ listDay: today, listPosition: 151 })

    // Known until now: only what is sent later is waited for, and read from there.
    await run('read-provider-events')
    expect(account.listAsked).toHaveLength(2)
    fate = () => ({ receipts: [], lost: ['delivered'] })
    const second = await convokedBy(service)
    await deliver()
    await sentSince(2.05, second)
    await prisma.smsAccount.updateMany({ data: { listReadUntil: new Date(Date.now() - 600_000) } })
    await run('read-provider-events')
    expect(account.listAsked.slice(2)).toEqual([`${today} from 151`])
    expect(await second.summons()).toMatchObject({ state: 'delivered' })
    expect(await first.summons()).toMatchObject({ state: 'sent' })
  })

  it('is not read before the instant stated to a look-up that was one too many', async () => {
    const story = await convokedBy(service)
    await deliver()
    await sentSince(3, story)
    await at(new Date(), (ctx) => pauseUntil(ctx, inHours(0.5), askingList))
    await run('read-provider-events')
    expect(account.listAsked).toEqual([])
    await prisma.providerPace.deleteMany()
    await run('read-provider-events')
    expect(account.listAsked).not.toEqual([])
  })

  it('that is away leaves the messages as they are, and is asked again', async () => {
    const story = await convokedBy(service)
    await deliver()
    await sentSince(3, story)
    await run('read-provider-events', accountTasks(byBrevo({ apiKey: 'wrong' }), 0))
    expect(await story.summons()).toMatchObject({ state: 'sent' })
    expect(await prisma.smsAccount.findFirst()).toBeNull()
  })

  it('is no trouble to a provider that has none', async () => {
    await run('read-provider-events', accountTasks(outbox, 0))
    await run('ask-credits', accountTasks(outbox, 0))
    expect(await prisma.smsAccount.findFirst()).toBeNull()
  })
})

describe('The credit', () => {
  const known = () => prisma.smsAccount.findFirst({ select: { credits: true, unreadSince: true } })

  it('is what the account says of SMS, and not of mails', async () => {
    await run('ask-credits')
    expect(await known()).toEqual({ credits: 10_000, unreadSince: null })
  })

  it('that is not given is told, since the first time, and keeps what was known', async () => {
    await run('ask-credits')
    await run('ask-credits', accountTasks(byBrevo({ apiKey: 'wrong' })))
    const first = await known()
    expect(first).toMatchObject({ credits: 10_000, unreadSince: expect.any(Date) as Date })
    await run('ask-credits', accountTasks(byBrevo({ baseUrl: 'http://127.0.0.1:1' })))
    expect(await known()).toEqual(first)
  })
})

describe('The limit of the provider', () => {
  const cutAll = () => ({ receipts: [], answer: 'cut' as const })
  /** So many whose line was cut, for a minute and more. */
  async function cut(persons: number, questionsAnHour: number) {
    await account.stop()
    account = await startBrevo({ fateOf: cutAll, questionsAnHour })
    const stories = []
    for (let person = 0; person < persons; person += 1) {
      stories.push(await convokedBy(service))
      await deliver()
      // Answers that are lost slow the others down.
      await prisma.providerPace.deleteMany()
    }
    const ids = await Promise.all(stories.map(async (story) => (await story.summons()).id))
    for (const id of ids) await claimedFor(61, id)
    const inState = (state: 'unknown' | 'sent') => prisma.message.count({ where: { id: { in: ids }, state } })
    expect(await inState('unknown')).toBe(persons)
    return { ids, inState }
  }

  it('of questions to its list is not met by an outage: the pages of the hour settle them all', async () => {
    const { ids, inState } = await cut(30, 3)
    await lookForUnsettled(tasks())
    expect(await inState('sent')).toBe(30)
    expect(account.listAsked).toHaveLength(1)
    expect(account.refusedQuestions()).toBe(0)
    const one = await prisma.message.findFirstOrThrow({ where: { id: { in: ids } } })
    expect(one.externalId).toMatch(/^\d+$/)
    expect(account.taken).toHaveLength(30)
  })

  it('of questions to its list, once reached, stops them all until then, and each message leaves once', async () => {
    const { inState } = await cut(12, 5)
    // As if so much had left since that the pages do not reach them.
    const { latest: _, ...byNumber } = byBrevo()
    for (const left of [7, 2, 0]) {
      account.hourPasses()
      await prisma.providerPace.deleteMany()
      // Again before the hour is over.
      for (let time = 0; time < 2; time += 1)
        await lookForUnsettled({ ...tasks(), ...reconciliationTasks(byNumber) })
      expect(await inState('unknown')).toBe(left)
    }
    // In each of two hours, the question that found the limit.
    expect(account.refusedQuestions()).toBe(2)
    expect(account.listAsked).toHaveLength(12)
    expect(account.taken).toHaveLength(12)
    expect(await inState('sent')).toBe(12)
  })

  it('of questions to its list is told by the reading of events too, and stops who looks for a message', async () => {
    const { inState } = await cut(1, 0)
    await prisma.message.create({
      data: {
        ...{
          probationerId: (await aPerson()).id,
          kind: 'summons',
          causeKey: 'essai',
          state: 'sent',
          textSent: 'x',
        },
        ...{ dueAt: inHours(-3), deadline: inHours(1), claimedAt: inHours(-3), sentAt: inHours(-3) },
      },
    })
    await run('read-provider-events')
    expect(account.refusedQuestions()).toBe(1)
    await lookForUnsettled(tasks())
    expect(account.refusedQuestions()).toBe(1)
    expect(await inState('unknown')).toBe(1)
  })

  it('is not where most answers are lost: hardly anything is handed over until one comes', async () => {
    await account.stop()
    let answer: Fate['answer'] = 'cut'
    account = await startBrevo({ fateOf: () => ({ receipts: [], answer }) })
    const slower = async () =>
      (await prisma.providerPace.findFirstOrThrow({ where: { provider: 'sms' } })).slower
    for (let person = 0; person < 3; person += 1) {
      await convokedBy(service)
      await deliver()
    }
    expect(await slower()).toBe(8)
    // An outage of hours: one a minute.
    await prisma.providerPace.updateMany({ data: { slower: 1200, lastTurn: Date.now() } })
    const later = await convokedBy(service)
    await deliver()
    expect(account.taken).toHaveLength(3)
    expect(await later.summons()).toMatchObject({ state: 'planned', attempts: 0 })
    answer = 'accepts'
    await prisma.providerPace.updateMany({ data: { slower: 4, lastTurn: 0 } })
    await bringForward(`message:${(await later.summons()).id}`)
    await deliver()
    expect(await later.summons()).toMatchObject({ state: 'sent' })
    expect(await slower()).toBe(2)
  })

  it('stops three workers until the instant that it states, and then each message leaves once', async () => {
    const stories = []
    for (let person = 0; person < 9; person += 1) stories.push(await convokedBy(service))
    let asked = 0
    fate = () => {
      asked += 1
      return { answer: { status: 429, code: 'too_many_requests', message: 'Limit', reset: 60 } }
    }
    const threeWorkers = () => Promise.all([deliver(), deliver(), deliver()])
    await threeWorkers()
    // Those in the three hands at that moment, and no other.
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThanOrEqual(3)
    expect(account.taken).toEqual([])
    const ids = await Promise.all(stories.map(async (story) => (await story.summons()).id))
    const waiting = (await queuedJobs()).filter(({ key }) => ids.some((id) => key === `message:${id}`))
    expect(waiting).toHaveLength(9)
    for (const { runAt } of waiting) expect(runAt.getTime()).toBeGreaterThan(Date.now() + 50_000)

    fate = () => ({ receipts: [] })
    await prisma.providerPace.deleteMany()
    for (const id of ids) await bringForward(`message:${id}`)
    await threeWorkers()
    expect(account.taken.map(({ tag }) => messageIn(tag)).sort()).toEqual(ids.sort())
    for (const story of stories) expect(await story.summons()).toMatchObject({ state: 'sent' })
  })
})
