import { BlockList } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { referenceOf } from '../../resources/message/reference'
import { brevo } from '../../worker/sms/brevo'
import { deliveryTasks } from '../../worker/sms/delivery'
import { reconciliationTasks } from '../../worker/sms/reconciliation'
import { aService, inHours, type Service } from '../support/booked'
import { startBrevo, type Fate } from '../support/brevo-simulator'
import { drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { claimedFor, convokedBy, lookForUnsettled } from './story'

/** The whole way: our queue, their interface over HTTP, their receipts at our door, what the agent reads. */
const secret = 'le-secret-des-recepisses-de-ce-test'
let host: RunningHost
let service: Service
let fate: Fate = {}
let account: Awaited<ReturnType<typeof startBrevo>>
beforeAll(async () => {
  env.SMS_RECEIPT_SECRET = [secret]
  host = await startHost()
  service = await aService()
  account = await startBrevo({ fateOf: () => fate })
}, 120_000)
afterEach(async () => {
  fate = {}
  await prisma.providerPace.deleteMany()
  env.SMS_RECEIPT_ADDRESSES = undefined
})
afterAll(async () => {
  await account.stop()
  await host.stop()
  env.SMS_RECEIPT_SECRET = undefined
})

function byBrevo() {
  const provider = brevo({
    ...{ apiKey: 'simulated-key', sender: 'RDVJustice', baseUrl: account.url, timeout: 1 },
    receiptsAt: `${host.url}/recepisses/${secret}`,
  })
  return { ...deliveryTasks(provider), ...reconciliationTasks(provider) }
}
async function sent(receipts: readonly string[], answer: Fate['answer'] = 'accepts') {
  fate = { receipts, answer }
  const story = await convokedBy(service)
  await drainQueue(byBrevo())
  await account.receiptsTold()
  await drainQueue(byBrevo())
  return story
}
const post = (path: string, body: string) =>
  fetch(`${host.url}/recepisses/${path}`, { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } })

describe('A summons handed to Brevo', () => {
  it('is received, as its receipts say, in whatever order and however often they come', async () => {
    for (const receipts of [
      ['accepted', 'delivered'],
      ['delivered', 'accepted', 'delivered'],
      ['soft_bounce', 'sent', 'delivered', 'soft_bounce'],
      ['hard_bounce', 'delivered'],
    ])
      expect(await (await sent(receipts)).summons()).toMatchObject({ state: 'delivered', endReason: null })
    expect(await (await sent(['accepted', 'hard_bounce', 'accepted'])).summons()).toMatchObject({
      ...{ state: 'failed', endReason: 'unallocated_number' },
    })
    expect(await (await sent(['soft_bounce'])).summons()).toMatchObject({ state: 'sent' })
  })

  it('is counted as its receipts count it, and what is left on the account is known', async () => {
    expect(await (await sent(['accepted', 'delivered'])).summons()).toMatchObject({
      ...{ partsBilled: 2, creditsUsed: 2 },
    })
    const { credits } = await prisma.smsAccount.findFirstOrThrow()
    expect(credits).toBeLessThan(10_000)
    expect(credits).toBeGreaterThan(9_900)
  })

  it('cut in the middle is looked for in their list, and leaves once', async () => {
    const before = account.taken.length
    const story = await sent([], 'cut')
    const { id, state } = await story.summons()
    expect(state).toBe('unknown')
    await claimedFor(61, id)
    await lookForUnsettled(byBrevo())
    expect(await story.summons()).toMatchObject({
      state: 'sent',
      externalId: expect.stringMatching(/^\d+$/) as string,
    })
    expect(account.taken).toHaveLength(before + 1)
  })

  it('of which a receipt came before our own record of the answer is received all the same', async () => {
    expect(await (await sent(['delivered'], 'cut')).summons()).toMatchObject({ state: 'delivered' })
  })
})

describe('The address of receipts', () => {
  const kept = () => prisma.receipt.count()

  it('is known to the provider alone, from its own networks where they are said', async () => {
    const receipt = JSON.stringify({ msg_status: 'delivered', tag: 'message:1', ts_event: 1_790_000_000 })
    const before = await kept()
    expect((await post('un-autre-secret', receipt)).status).toBe(404)
    expect((await post(`${secret}x`, receipt)).status).toBe(404)
    const elsewhere = new BlockList()
    elsewhere.addSubnet('1.179.112.0', 20, 'ipv4')
    env.SMS_RECEIPT_ADDRESSES = elsewhere
    expect((await post(secret, receipt)).status).toBe(404)
    expect(await kept()).toBe(before)
    elsewhere.addAddress('127.0.0.1', 'ipv4')
    elsewhere.addAddress('::1', 'ipv6')
    expect((await post(secret, receipt)).status).toBe(204)
    expect(await kept()).toBe(before + 1)
    expect((await fetch(`${host.url}/recepisses/${secret}`)).status).toBe(404)
  })

  it('takes several at once, and whatever they hold; what is no JSON is refused', async () => {
    const before = await kept()
    expect(
      (await post(secret, JSON.stringify([{ msg_status: 'a\u0000b' }, { tag: 1e300 }, {}]))).status,
    ).toBe(204)
    expect(await kept()).toBe(before + 3)
    await drainQueue(byBrevo())
    for (const body of ['msg_status=delivered', '{', 'x'.repeat(300_000)])
      expect((await post(secret, body)).status).toBeGreaterThanOrEqual(400)
    expect((await post(secret, '{')).status).toBe(400)
    expect(await kept()).toBe(before + 3)
  })

  it('keeps what a database cannot write as it can, and refuses what is not a receipt', async () => {
    const before = await kept()
    for (const body of [
      String.raw`{"d":"\\u0000"}`,
      String.raw`{"d":"\\\u0000","\u0000k\ud800":"\ud800"}`,
      String.raw`{"list":[{"d":"\udc00 é"}]}`,
    ])
      expect((await post(secret, body)).status, body).toBe(204)
    const last = await prisma.receipt.findMany({ orderBy: { id: 'desc' }, take: 3 })
    expect(last.map(({ raw }) => JSON.stringify(raw)).reverse()).toEqual([
      String.raw`{"d":"\\u0000"}`,
      expect.stringContaining('k\ufffd') as string,
      '{"list":[{"d":"\ufffd é"}]}',
    ])
    for (const body of ['['.repeat(120_000), '['.repeat(5_000) + ']'.repeat(5_000), '[1e999]'])
      expect((await post(secret, body)).status, body.slice(0, 9)).toBe(400)
    expect(await kept()).toBe(before + 3)
  })

  it('takes five hundred in one call, all or none, and not one more', async () => {
    const before = await kept()
    const many = (count: number) => JSON.stringify(Array.from({ length: count }, () => ({ tag: 'other' })))
    expect((await post(secret, many(501))).status).toBe(400)
    expect(await kept()).toBe(before)
    expect((await post(secret, many(500))).status).toBe(204)
    expect(await kept()).toBe(before + 500)
  })
})

describe('A receipt of an instant that cannot be', () => {
  it('is of when it came, and blocks neither its job nor the credit that is told next', async () => {
    const story = await sent([])
    const tag = referenceOf({ ...(await story.summons()), kind: 'message' })
    const told = async (receipt: object) => {
      const body = { tag, msg_status: 'accepted', ...receipt }
      expect((await post(secret, JSON.stringify(body))).status).toBe(204)
      await drainQueue(byBrevo())
    }
    const inSeconds = (date: Date) => Math.floor(date.getTime() / 1000)
    await prisma.smsAccount.deleteMany()
    await told({ ts_event: 1e15, msg_status: 'hard_bounce' })
    await told({ date: '2026-99-99 99:99', msg_status: 'hard_bounce' })
    expect(await prisma.$queryRaw`SELECT FROM graphile_worker.jobs WHERE last_error IS NOT NULL`).toEqual([])
    expect(await story.summons()).toMatchObject({ state: 'sent' })

    for (const ts_event of [inSeconds(inHours(24 * 365)), inSeconds(inHours(-24 * 365))])
      await told({ ts_event, remaining_credit: 12 })
    const { creditsAt } = await prisma.smsAccount.findFirstOrThrow()
    expect(creditsAt?.getTime()).toBeLessThanOrEqual(Date.now())
    await told({ ts_event: inSeconds(inHours(0.1)), remaining_credit: 7 })
    expect(await prisma.smsAccount.findFirstOrThrow()).toMatchObject({ credits: 7 })
    await told({ ts_event: inSeconds(inHours(24 * 365)), msg_status: 'delivered' })
    const { state, deliveredAt } = await story.summons()
    expect(state).toBe('delivered')
    expect(deliveredAt?.getTime()).toBeLessThanOrEqual(Date.now())
  })
})
