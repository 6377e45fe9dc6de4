import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import {
  claimMessage,
  putOffDelivery,
  recordSendResult,
} from '../../resources/message/commands/deliver.server'
import { recordLookup } from '../../resources/message/commands/reconcile.server'
import { pauseUntil, slowDown, speedUp, takeTurn } from '../../resources/message/commands/pace.server'
import { enqueueDueMessages, giveUpLostClaims } from '../../resources/message/commands/sweep.server'
import type { Context } from '../../resources/shared/context'
import { lock } from '../../resources/shared/lock.server'
import { longestWait, waitsForTurn } from '../../resources/message/rules'
import type { SendOutcome } from '../../resources/message/schema'
import { anAppointment, aService, at, inHours, test, type Service, planFor } from '../support/booked'
import { bringForward, drainQueue, queuedJobs } from '../support/queue'
import {
  absentFor,
  accepted,
  busy,
  byOutbox,
  claimedFor,
  provider,
  convokedBy,
  dueNow,
  lookForUnsettled,
  waiting,
} from './story'

let service: Service
beforeAll(async () => {
  service = await aService()
})
afterEach(() => prisma.providerPace.deleteMany())
const convoked = (person?: { phone?: string | null }, inform?: boolean) => convokedBy(service, person, inform)

describe('A provider that has trouble', () => {
  it('is asked again after 30 s, then 2 min, and the message leaves', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks, handed } = provider([busy, busy, accepted])
    const waits: number[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      await bringForward(`message:${id}`)
      await drainQueue(tasks)
      const job = (await queuedJobs()).find((queued) => queued.key === `message:${id}`)
      if (job) waits.push(Math.round((job.runAt.getTime() - Date.now()) / 10_000) * 10)
    }
    expect(handed).toHaveLength(3)
    expect(waits).toEqual([30, 120])
    expect(await story.summons()).toMatchObject({ state: 'sent', attempts: 3 })
  })

  it('is no longer asked once the deadline is near', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    await prisma.message.update({ where: { id }, data: { deadline: new Date(Date.now() + 20_000) } })
    await drainQueue(provider([busy]).tasks)
    expect(await story.summons()).toMatchObject({ state: 'expired' })
  })

  it('that refuses the number for good marks it to check, twice on two days dead', async () => {
    const story = await convoked()
    const refused: SendOutcome = { kind: 'refused_for_good', reason: 'invalid_number' }
    await drainQueue(provider([refused]).tasks)
    expect(await story.summons()).toMatchObject({ state: 'failed', endReason: 'invalid_number' })
    const phoneState = async () =>
      (await prisma.probationer.findUniqueOrThrow({ where: { id: story.probationerId } })).phoneState
    expect(await phoneState()).toBe('to_check')
    expect(await story.history()).toEqual([
      { event: 'message.failed', kind: 'summons', reason: 'invalid_number' },
      { event: 'probationer.phone_to_check' },
    ])

    const { id } = await story.reminder()
    await dueNow(id)
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId: id }))
    await at(inHours(24), (ctx) => recordSendResult(ctx, { messageId: id, outcome: refused }))
    expect(await phoneState()).toBe('dead')
    expect((await story.history()).map((line) => line.event)).toEqual([
      'message.failed',
      'probationer.phone_to_check',
      'message.failed',
      'probationer.phone_to_check',
    ])
  })

  it('that refuses a number twice counts days as the place does, and forgets what came before an SMS that arrived', async () => {
    const refusedAt = async (instant: string, { arrivedAt }: { arrivedAt?: string } = {}) => {
      const story = await convoked()
      const [first, second] = [await story.summons(), await story.reminder()]
      await prisma.message.update({
        where: { id: first.id },
        data: {
          state: 'failed',
          endReason: 'invalid_number',
          phone: story.phone,
          endedAt: new Date('2026-03-02T21:30:00Z'),
        },
      })
      if (arrivedAt) {
        const { id } = await anAppointment(service, story.probationerId, inHours(90))
        await at(new Date(), (ctx) => planFor(ctx, id, true))
        await prisma.message.updateMany({
          where: { appointmentId: id, kind: 'summons' },
          data: { state: 'delivered', textSent: 'x', phone: story.phone, deliveredAt: new Date(arrivedAt) },
        })
      }
      await prisma.message.update({
        where: { id: second.id },
        data: { state: 'sending', phone: story.phone },
      })
      const outcome: SendOutcome = { kind: 'refused_for_good', reason: 'invalid_number' }
      await at(new Date(instant), (ctx) => recordSendResult(ctx, { messageId: second.id, outcome }))
      return (await prisma.probationer.findUniqueOrThrow({ where: { id: story.probationerId } })).phoneState
    }
    // 22:30 in Paris, then 22:59 and 00:01.
    expect(await refusedAt('2026-03-02T21:59:00Z')).toBe('to_check')
    expect(await refusedAt('2026-03-02T23:01:00Z')).toBe('dead')
    expect(await refusedAt('2026-03-05T10:00:00Z', { arrivedAt: '2026-03-03T10:00:00Z' })).toBe('to_check')
    await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
  })

  it('and whose list stays out of reach is not asked for ever: one hour past the deadline, it is said', async () => {
    const story = await convoked()
    await drainQueue(provider([]).tasks)
    const { id, createdAt, deadline, claimedAt } = await story.summons()
    const claim = { of: { kind: 'message', id, createdAt }, claimedAt: claimedAt ?? new Date() } as const
    const unreachable = (hours: number) =>
      at(inHours(hours, deadline), (ctx) =>
        recordLookup(ctx, { ...claim, askedAt: ctx.now, outcome: { kind: 'unreachable' } }),
      )
    await unreachable(0.9)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await unreachable(1.1)
    expect(await story.summons()).toMatchObject({ state: 'expired', endReason: 'unconfirmed' })
    expect((await story.history()).map((line) => line.event)).toEqual(['message.expired'])
  })

  it('that hangs up leaves the outcome unknown: looked for, found, never sent again', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks, handed } = provider([], [{ kind: 'found', externalId: 'ext-9' }])
    await drainQueue(tasks)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await claimedFor(61, id)
    await lookForUnsettled(tasks)
    expect(await story.summons()).toMatchObject({ state: 'sent', externalId: 'ext-9' })
    expect(handed).toHaveLength(1)
  })

  it('that twice knows nothing of it never had it: it is planned again', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks } = provider([], [{ kind: 'absent' }, { kind: 'unreachable' }, { kind: 'absent' }])
    await drainQueue(tasks)
    await claimedFor(151, id)
    for (const expected of ['unknown', 'unknown', 'planned']) {
      await lookForUnsettled(tasks)
      expect(await story.summons()).toMatchObject({ state: expected })
      await absentFor(31, id)
    }
    await bringForward(`message:${id}`)
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('that asks for patience stops the whole queue until then', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    const until = new Date(Date.now() + 60_000)
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await at(new Date(), (ctx) =>
      recordSendResult(ctx, { messageId, outcome: { ...busy, pauseUntil: until } }),
    )
    const { handed, tasks } = provider([accepted])
    await bringForward(`message:${messageId}`)
    await drainQueue(tasks)
    expect(handed).toEqual([])
    const job = (await queuedJobs()).find((queued) => queued.key === `message:${messageId}`)
    expect(job?.runAt.getTime()).toBeGreaterThan(Date.now() + 50_000)
  })
})

describe('A worker that dies', () => {
  it('between claim and answer leaves an unknown outcome, which is looked for', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await at(inHours(0.1), giveUpLostClaims)
    expect(await story.summons()).toMatchObject({ state: 'sending' })
    await at(inHours(0.2), giveUpLostClaims)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await claimedFor(61, messageId)
    await lookForUnsettled(provider([], [{ kind: 'found', externalId: 'ext-3' }]).tasks)
    expect(await story.summons()).toMatchObject({ state: 'sent', externalId: 'ext-3' })
  })

  it('is known within the minute: what it had in hand is looked for at the next, and found', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await claimedFor(61, messageId)
    const { tasks, handed } = provider([], [{ kind: 'absent' }, { kind: 'found', externalId: 'ext-5' }])
    // Its job, given back by the sweep that found it dead.
    await drainQueue(tasks)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await lookForUnsettled(tasks)
    await lookForUnsettled(tasks)
    expect(await story.summons()).toMatchObject({ state: 'sent', externalId: 'ext-5' })
    expect(handed).toEqual([])
  })

  it('has not lost a message that their list, a minute or two behind, does not know yet', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await claimedFor(16, messageId)
    const { tasks } = provider(
      [],
      Array.from({ length: 5 }, () => ({ kind: 'absent' }) as const),
    )
    await drainQueue(tasks)
    const lookedFor = async () => {
      await lookForUnsettled(tasks)
      return (await story.summons()).state
    }
    await claimedFor(61, messageId)
    expect(await lookedFor()).toBe('unknown')
    await claimedFor(119, messageId)
    expect(await lookedFor()).toBe('unknown')
    // From here on it should; read twice at once, it has said so once.
    await claimedFor(151, messageId)
    expect([await lookedFor(), await lookedFor()]).toEqual(['unknown', 'unknown'])
    await absentFor(31, messageId)
    expect(await lookedFor()).toBe('planned')
    await prisma.message.update({ where: { id: messageId }, data: { state: 'cancelled' } })
  })

  it('is not thought dead as long as its call may be answered', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await drainQueue(provider([]).tasks)
    expect(await story.summons()).toMatchObject({ state: 'sending' })
    const job = (await queuedJobs()).find(({ key }) => key === `message:${messageId}`)
    expect(job?.runAt.getTime()).toBeLessThan(Date.now() + 16_000)
    await prisma.message.update({ where: { id: messageId }, data: { state: 'cancelled' } })
  })

  it('but only stood still between claim and call makes no call: the message leaves once, by the next try', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks, handed } = provider([accepted])
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      let working: Promise<unknown> = Promise.resolve()
      await at(new Date(), async (ctx) => {
        await lock(ctx, { probationer: story.probationerId })
        working = drainQueue(tasks)
        await vi.waitFor(async () => expect(await waiting()).toBe(1))
        vi.setSystemTime(Date.now() + 60_000)
      })
      await working
    } finally {
      vi.useRealTimers()
    }
    expect(handed).toEqual([])
    expect(await story.summons()).toMatchObject({ state: 'planned', providerCode: 'stood_still' })
    await bringForward(`message:${id}`)
    await drainQueue(tasks)
    expect(handed).toHaveLength(1)
    expect(await story.summons()).toMatchObject({ state: 'sent' })
  })

  it('but comes back with the answer: it left, though it was thought absent and planned again', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    const claimedAt = new Date()
    await at(claimedAt, (ctx) => claimMessage(ctx, { messageId }))
    await prisma.message.update({ where: { id: messageId }, data: { state: 'planned', claimedAt: null } })
    await at(new Date(), (ctx) => recordSendResult(ctx, { messageId, outcome: accepted, claimedAt }))
    expect(await story.summons()).toMatchObject({ state: 'sent' })
    const { tasks, handed } = provider([accepted])
    await bringForward(`message:${messageId}`)
    await drainQueue(tasks)
    expect(handed).toEqual([])
  })

  it('but comes back says nothing of a message that another has claimed since', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    const [first, second] = [new Date(), inHours(0.2)]
    await at(first, (ctx) => claimMessage(ctx, { messageId }))
    await prisma.message.update({ where: { id: messageId }, data: { state: 'planned', claimedAt: null } })
    expect(await at(second, (ctx) => claimMessage(ctx, { messageId }))).not.toBeNull()
    for (const outcome of [
      busy,
      { kind: 'unknown' },
      { kind: 'refused_for_good', reason: 'rejected' },
    ] as const)
      await at(second, (ctx) => recordSendResult(ctx, { messageId, outcome, claimedAt: first }))
    expect(await story.summons()).toMatchObject({ state: 'sending', claimedAt: second })
    await at(second, (ctx) => recordSendResult(ctx, { messageId, outcome: busy, claimedAt: second }))
    expect(await story.summons()).toMatchObject({ state: 'planned' })
    await prisma.message.update({ where: { id: messageId }, data: { state: 'cancelled' } })
  })

  it('with its jobs loses none: the sweep puts back what is due, once', async () => {
    await drainQueue(byOutbox)
    const story = await convoked()
    const { id } = await story.summons()
    await prisma.$executeRaw`SELECT graphile_worker.remove_job(${`message:${id}`})`
    expect(await at(new Date(), enqueueDueMessages)).toBe(1)
    expect(await at(new Date(), enqueueDueMessages)).toBe(0)
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'sent' })
  })
})

describe('The pace of the provider', () => {
  it('is twenty messages a second, all workers together', async () => {
    const now = new Date()
    const waits: number[] = []
    for (let turn = 0; turn < 60; turn += 1) waits.push((await at(now, takeTurn)).wait)
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20)
    expect(waits.at(-1)).toBe(2000)
  })

  it('falls to one message a minute while every answer is lost, and is back within three minutes of the first', async () => {
    let now = Date.now()
    const ctx = () => ({ tx: prisma, actor: test, now: new Date(now) })
    /** Hands over as soon as it may, until an instant. */
    async function handOverUntil(
      end: number,
      after: (ctx: Context, slower: number) => Promise<void>,
    ): Promise<number> {
      for (let handed = 0; ; handed += 1) {
        let { wait, slower } = await takeTurn(ctx())
        while (wait > longestWait) {
          now += wait
          ;({ wait, slower } = await takeTurn(ctx()))
        }
        now += wait
        if (now > end || slower === 1) return handed
        await after(ctx(), slower)
      }
    }
    await takeTurn(ctx())
    await slowDown(ctx(), 1)
    const lost = await handOverUntil(now + 4 * 3_600_000, slowDown)
    expect(lost).toBeGreaterThan(200)
    expect(lost).toBeLessThan(260)
    const back = now
    await handOverUntil(now + 3_600_000, speedUp)
    expect(now - back).toBeLessThan(180_000)
    expect(await takeTurn(ctx())).toMatchObject({ slower: 1 })
  })

  it('is halved once for all that left at the same pace: a hiccup is no outage', async () => {
    const ctx = { tx: prisma, actor: test, now: new Date() }
    await takeTurn(ctx)
    for (let lost = 0; lost < 30; lost += 1) await slowDown(ctx, 1)
    expect(await takeTurn(ctx)).toMatchObject({ slower: 2 })
  })

  it('is not spent, where it is slow, on what does not leave, which is told at once', async () => {
    const { tasks, handed } = provider([accepted])
    const dead = []
    for (let person = 0; person < 5; person += 1) dead.push(await convoked())
    for (const story of dead)
      await prisma.message.update({
        where: { id: (await story.summons()).id },
        data: { deadline: inHours(-1) },
      })
    const live = await convoked()
    await prisma.providerPace.create({
      data: { provider: 'sms', lastTurn: Date.now() - 60_000, slower: 1200 },
    })
    await drainQueue(tasks)
    expect(handed).toHaveLength(1)
    expect(await live.summons()).toMatchObject({ state: 'sent' })
    for (const story of dead) expect(await story.summons()).toMatchObject({ state: 'expired' })
  })

  it('that is slow brings reminders back one after the other, and what is urgent at the next turn', async () => {
    const slow = { patience: 60_000, isSlowed: true }
    expect(waitsForTurn({ kind: 'summons', ...slow }, 0.5)).toBe(60_000)
    expect([0, 0.5, 1].map((chance) => waitsForTurn({ kind: 'reminder', ...slow }, chance))).toEqual([
      60_000, 180_000, 300_000,
    ])
    expect(waitsForTurn({ kind: 'reminder', ...slow, isSlowed: false }, 0.5)).toBe(60_000)
    // One that waits past its deadline says so, and does not come back.
    const story = await convoked()
    const { id } = await story.summons()
    await prisma.message.update({ where: { id }, data: { deadline: inHours(-1) } })
    await at(new Date(), (ctx) => putOffDelivery(ctx, { messageId: id, ...slow }))
    expect(await story.summons()).toMatchObject({ state: 'expired', endReason: 'deadline' })
  })

  it('lets hundreds of messages leave after a pause, none pushing the others back', async () => {
    const from = Date.now()
    const pause = 60_000
    await at(new Date(from), (ctx) => pauseUntil(ctx, new Date(from + pause)))
    // Who is told to wait long comes back then, as the queue would have it.
    const asking = Array.from({ length: 300 }, () => 0)
    let last = 0
    for (let asks = 0; asking.length > 0; asks += 1) {
      expect(asks).toBeLessThan(3_000)
      asking.sort((a, b) => b - a)
      const now = asking.pop() ?? 0
      const { wait } = await takeTurn({ tx: prisma, actor: test, now: new Date(from + now) })
      if (wait > longestWait) asking.push(now + wait)
      else last = Math.max(last, now + wait)
    }
    expect(last).toBeGreaterThan(pause)
    expect(last).toBeLessThanOrEqual(pause + 300 * (1000 / env.SMS_PER_SECOND) + 1_000)
  })
})
