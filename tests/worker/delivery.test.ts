import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { planMessageNow, planMessages } from '../../resources/message/commands.server'
import {
  claimMessage,
  recordLookup,
  recordSendResult,
  type Letter,
} from '../../resources/message/commands/deliver.server'
import { pauseUntil, takeTurn } from '../../resources/message/commands/pace.server'
import {
  closeWithoutReceipt,
  enqueueDueMessages,
  enqueueUnsettledMessages,
} from '../../resources/message/commands/sweep.server'
import { messageStateWords } from '../../resources/message/fr'
import { messagesOfAppointment, troubledMessages } from '../../resources/message/queries.server'
import { longestWait, messagesASecond } from '../../resources/message/rules'
import type { LookupOutcome, SendOutcome } from '../../resources/message/schema'
import { deliveryTasks } from '../../worker/sms/delivery'
import { outbox } from '../../worker/sms/outbox'
import type { SmsProvider } from '../../worker/sms/provider'
import {
  anAppointment,
  aPerson,
  aService,
  at,
  inHours,
  test,
  type Service,
} from '../resources/message/booked'
import { bringForward, drainQueue, queuedJobs } from '../support/queue'

let service: Service
beforeAll(async () => {
  service = await aService()
})

const byOutbox = deliveryTasks(outbox)

/** A carrier that answers as it is told, and remembers what it was handed. */
function carrier(answers: SendOutcome[], found: LookupOutcome[] = []) {
  const handed: Letter[] = []
  const provider: SmsProvider = {
    send: (letter) => {
      handed.push(letter)
      const answer = answers.shift()
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('socket hang up'))
    },
    lookup: () => Promise.resolve(found.shift() ?? { kind: 'unreachable' }),
    readReceipt: (raw) => outbox.readReceipt(raw),
  }
  return { handed, tasks: deliveryTasks(provider) }
}

const accepted: SendOutcome = { kind: 'accepted', externalId: 'ext-1' }
const busy: SendOutcome = { kind: 'refused_for_now', code: '503' }

/** Somebody convoked in three days, told now and reminded. */
async function convoked(person: { phone?: string | null } = {}, inform = true) {
  const { id: probationerId, phone } = await aPerson(person)
  const appointment = await anAppointment(service, probationerId, inHours(72))
  await at(new Date(), (ctx) =>
    planMessages(ctx, { appointmentId: appointment.id, informNow: inform, act: 'booking' }),
  )
  const of = (kind: 'summons' | 'reminder') =>
    prisma.message.findFirstOrThrow({ where: { appointmentId: appointment.id, kind } })
  return {
    appointmentId: appointment.id,
    probationerId,
    phone,
    summons: () => of('summons'),
    reminder: () => of('reminder'),
    history: async () =>
      (await prisma.historyEntry.findMany({ where: { probationerId }, orderBy: { id: 'asc' } })).map(
        ({ event, data }) => ({ event, ...(data as object) }),
      ),
  }
}

/** The hour of the reminder has come. */
async function dueNow(messageId: number) {
  await prisma.message.update({ where: { id: messageId }, data: { dueAt: new Date() } })
  await bringForward(`message:${messageId}`)
}

describe('A summons', () => {
  it('leaves at once, is told in the history, then received', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)

    const sent = await story.summons()
    expect(sent).toMatchObject({ state: 'sent', alphabet: 'gsm7', parts: 2, phone: story.phone, attempts: 1 })
    expect(sent.externalId).toMatch(/^outbox-/)
    expect(sent.textSent).toMatch(
      /^SPIP de Nanterre : rendez-vous de suivi .*14 rue des Peupliers.*0199001020 http:\/\/localhost:3000\/s\/\w{8} STOP http:\/\/localhost:3000\/stop\/\w{10}$/,
    )
    const item = await prisma.outboxItem.findFirstOrThrow({ where: { reference: `message:${sent.id}` } })
    expect(item).toMatchObject({ sender: 'RDV Justice', recipient: story.phone, body: sent.textSent })
    expect(await story.history()).toEqual([{ event: 'message.sent', kind: 'summons', text: sent.textSent }])

    await at(
      inHours(1),
      (ctx) =>
        ctx.tx.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()
        WHERE payload->>'messageId' = ${String(sent.id)}`,
    )
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'delivered', endReason: null })
    expect((await story.history()).map((line) => line.event)).toEqual(['message.sent', 'message.delivered'])
    const [shown] = (
      await at(new Date(), (ctx) => messagesOfAppointment(ctx, { appointmentId: story.appointmentId }))
    ).filter((message) => message.kind === 'summons')
    expect(shown).toMatchObject({
      state: 'delivered',
      phone: story.phone,
      sms: { text: sent.textSent, parts: 2 },
    })
  })

  it('names neither phone nor text in the queue', async () => {
    const { phone } = await convoked()
    const payloads = JSON.stringify(await queuedJobs())
    expect(payloads).not.toContain(phone?.slice(3))
    expect(payloads).not.toContain('Nanterre')
    await drainQueue(byOutbox)
    expect(JSON.stringify(await queuedJobs())).not.toContain(phone?.slice(3))
  })

  it('is sent once, however often its job runs', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks, handed } = carrier([accepted, accepted])
    await drainQueue(tasks)
    await prisma.$executeRaw`SELECT graphile_worker.add_job('deliver-message', ${JSON.stringify({ messageId: id })}::json)`
    await drainQueue(tasks)
    expect(handed).toHaveLength(1)
  })

  it('is claimed by one of two workers', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    const now = new Date()
    const claims = await Promise.all([1, 2, 3].map(() => at(now, (ctx) => claimMessage(ctx, { messageId }))))
    expect(claims.filter(Boolean)).toHaveLength(1)
    await drainQueue(byOutbox)
  })
})

describe('What is true when the hour comes', () => {
  it('nothing leaves after STOP, said between planning and sending', async () => {
    const story = await convoked({}, false)
    await prisma.probationer.update({ where: { id: story.probationerId }, data: { smsOptOut: true } })
    await dueNow((await story.reminder()).id)
    const { tasks, handed } = carrier([accepted])
    await drainQueue(tasks)
    expect(handed).toEqual([])
    expect(await story.reminder()).toMatchObject({
      state: 'suppressed',
      endReason: 'opted_out',
      textSent: null,
    })
    expect(await story.history()).toEqual([
      { event: 'message.suppressed', kind: 'reminder', reason: 'opted_out' },
    ])
  })

  it('a number given later is the one that is used', async () => {
    const story = await convoked({ phone: null })
    await prisma.probationer.update({ where: { id: story.probationerId }, data: { phone: '+33639987777' } })
    await dueNow((await story.reminder()).id)
    await drainQueue(byOutbox)
    expect(await story.reminder()).toMatchObject({ state: 'sent', phone: '+33639987777' })
  })

  it('a place renamed meanwhile is named as it is now', async () => {
    const story = await convoked({}, false)
    await prisma.place.update({
      where: { id: service.place.id },
      data: { shortAddress: '2 place du Marché' },
    })
    await dueNow((await story.reminder()).id)
    await drainQueue(byOutbox)
    expect((await story.reminder()).textSent).toContain('2 place du Marché')
    await prisma.place.update({
      where: { id: service.place.id },
      data: { shortAddress: '14 rue des Peupliers' },
    })
  })

  it('an appointment cancelled meanwhile withdraws it', async () => {
    const story = await convoked({}, false)
    await prisma.appointment.update({ where: { id: story.appointmentId }, data: { state: 'cancelled' } })
    await dueNow((await story.reminder()).id)
    await drainQueue(byOutbox)
    expect(await story.reminder()).toMatchObject({ state: 'cancelled', endReason: 'appointment_cancelled' })
  })

  it('a deadline passed expires it', async () => {
    const story = await convoked({}, false)
    const { id } = await story.reminder()
    await prisma.message.update({ where: { id }, data: { deadline: inHours(-1) } })
    await dueNow(id)
    await drainQueue(byOutbox)
    expect(await story.reminder()).toMatchObject({ state: 'expired', endReason: 'deadline' })
    expect(await story.history()).toEqual([
      { event: 'message.expired', kind: 'reminder', reason: 'deadline' },
    ])
  })

  it('never leaves before its hour', async () => {
    const story = await convoked({}, false)
    const { id: messageId } = await story.reminder()
    expect(await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))).toBeNull()
    expect(await story.reminder()).toMatchObject({ state: 'planned' })
  })

  it('asks again when the clock of the worker is behind that of the database', async () => {
    const story = await convoked()
    const { id: messageId, dueAt } = await story.summons()
    const behind = inHours(-5 / 3600, dueAt)
    expect(await at(behind, (ctx) => claimMessage(ctx, { messageId }))).toBeNull()
    const job = (await queuedJobs()).find((queued) => queued.key === `message:${messageId}`)
    expect(job?.runAt).toEqual(inHours(5 / 3600, dueAt))
    await bringForward(`message:${messageId}`)
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'sent' })
  })

  it('a number that is dead receives nothing more, and the reason is told', async () => {
    const story = await convoked()
    await prisma.probationer.update({ where: { id: story.probationerId }, data: { phoneState: 'dead' } })
    const { tasks, handed } = carrier([accepted])
    await drainQueue(tasks)
    expect(handed).toEqual([])
    expect(await story.summons()).toMatchObject({ state: 'suppressed', endReason: 'dead_number' })
  })

  it('a text that can no longer be made is told as not sent', async () => {
    const story = await convoked()
    await prisma.messageTemplate.create({
      data: {
        organizationId: service.organization.id,
        typeCode: 'probation_follow_up',
        kind: 'summons',
        versions: { create: { text: '{lieu.nom} {rdv.jour}' } },
      },
    })
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'suppressed', endReason: 'unrenderable' })
    await prisma.messageTemplate.deleteMany({ where: { organizationId: service.organization.id } })
  })

  it('where nothing carries SMS, a message says that it does not leave, and pretends nothing', async () => {
    const story = await convoked()
    await drainQueue(deliveryTasks(null))
    expect(await story.summons()).toMatchObject({
      state: 'suppressed',
      endReason: 'sms_not_open',
      textSent: null,
    })
    expect(messageStateWords(await story.summons()).word).toBe(
      'Non envoyé\u00a0: l’envoi de SMS n’est pas encore ouvert',
    )
    const { id } = await story.summons()
    expect(JSON.stringify(await queuedJobs())).not.toContain(`"messageId":${id}}`)
    expect(await prisma.outboxItem.count({ where: { reference: `message:${id}` } })).toBe(0)
  })

  it('the same words to the same number wait an hour', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)
    const { textSent } = await story.summons()
    await prisma.message.updateMany({
      where: { appointmentId: story.appointmentId, kind: 'reminder' },
      data: { kind: 'rescheduling', dueAt: new Date() },
    })
    const again = await prisma.message.findFirstOrThrow({
      where: { appointmentId: story.appointmentId, kind: 'rescheduling' },
    })
    const first = await at(new Date(), (ctx) => claimMessage(ctx, { messageId: again.id }))
    expect(first?.text).not.toBe(textSent)
    await prisma.message.update({ where: { id: again.id }, data: { state: 'planned' } })
    await prisma.message.updateMany({
      where: { appointmentId: story.appointmentId, kind: 'summons' },
      data: { textSent: first?.text },
    })
    expect(await at(new Date(), (ctx) => claimMessage(ctx, { messageId: again.id }))).toBeNull()
    const [job] = (await queuedJobs()).filter((queued) => queued.key === `message:${again.id}`)
    expect(job?.runAt.getTime()).toBeGreaterThan(inHours(0.9).getTime())
    // Its hour is another one: it is not late.
    expect(await at(inHours(0.5), troubledMessages)).toMatchObject({ late: 0 })
  })
})

describe('A carrier that has trouble', () => {
  it('is asked again after 30 s, then 2 min, and the message leaves', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks, handed } = carrier([busy, busy, accepted])
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
    await drainQueue(carrier([busy]).tasks)
    expect(await story.summons()).toMatchObject({ state: 'expired' })
  })

  it('that refuses the number for good marks it to check, twice on two days dead', async () => {
    const story = await convoked()
    const refused: SendOutcome = { kind: 'refused_for_good', reason: 'invalid_number' }
    await drainQueue(carrier([refused]).tasks)
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
        await at(new Date(), (ctx) =>
          planMessages(ctx, { appointmentId: id, informNow: true, act: 'booking' }),
        )
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
    const { id: messageId, deadline } = await story.summons()
    await drainQueue(carrier([]).tasks)
    const unreachable = (hours: number) =>
      at(inHours(hours, deadline), (ctx) =>
        recordLookup(ctx, { messageId, absences: 0, outcome: { kind: 'unreachable' } }),
      )
    await unreachable(0.9)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await unreachable(1.1)
    expect(await story.summons()).toMatchObject({ state: 'expired', endReason: 'unconfirmed' })
    expect((await story.history()).map((line) => line.event)).toEqual(['message.expired'])
    await prisma.$executeRaw`SELECT graphile_worker.remove_job(${`reconcile:${messageId}`})`
  })

  it('that hangs up leaves the outcome unknown: looked for, found, never sent again', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks, handed } = carrier([], [{ kind: 'found', externalId: 'ext-9' }])
    await drainQueue(tasks)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await bringForward(`reconcile:${id}`)
    await drainQueue(tasks)
    expect(await story.summons()).toMatchObject({ state: 'sent', externalId: 'ext-9' })
    expect(handed).toHaveLength(1)
  })

  it('that twice knows nothing of it never had it: it is planned again', async () => {
    const story = await convoked()
    const { id } = await story.summons()
    const { tasks } = carrier([], [{ kind: 'absent' }, { kind: 'unreachable' }, { kind: 'absent' }])
    await drainQueue(tasks)
    for (const expected of ['unknown', 'unknown', 'planned']) {
      await bringForward(`reconcile:${id}`)
      await drainQueue(tasks)
      expect(await story.summons()).toMatchObject({ state: expected })
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
    const { handed, tasks } = carrier([accepted])
    await bringForward(`message:${messageId}`)
    await drainQueue(tasks)
    expect(handed).toEqual([])
    const job = (await queuedJobs()).find((queued) => queued.key === `message:${messageId}`)
    expect(job?.runAt.getTime()).toBeGreaterThan(Date.now() + 50_000)
    await prisma.rateLimit.deleteMany({})
  })
})

describe('A worker that dies', () => {
  it('between claim and answer leaves an unknown outcome, which is looked for', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await at(inHours(0.1), enqueueUnsettledMessages)
    expect(await story.summons()).toMatchObject({ state: 'sending' })
    await at(inHours(0.2), enqueueUnsettledMessages)
    expect(await story.summons()).toMatchObject({ state: 'unknown' })
    await bringForward(`reconcile:${messageId}`)
    await drainQueue(carrier([], [{ kind: 'found', externalId: 'ext-3' }]).tasks)
    expect(await story.summons()).toMatchObject({ state: 'sent', externalId: 'ext-3' })
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

describe('Receipts', () => {
  it('that never come are said so after 72 hours, and a late one still counts', async () => {
    const story = await convoked({ phone: '+33639980002' })
    await drainQueue(byOutbox)
    const { id } = await story.summons()
    expect(await at(inHours(71), closeWithoutReceipt)).toBe(0)
    expect(await at(inHours(73), closeWithoutReceipt)).toBeGreaterThan(0)
    expect(await story.summons()).toMatchObject({ state: 'sent', endReason: 'no_receipt' })
    await prisma.$executeRaw`
      SELECT graphile_worker.add_job('play-operator', ${JSON.stringify({ messageId: id, event: 'delivered' })}::json)`
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'delivered', endReason: null })
  })

  it('that come before our own record of the answer are not lost', async () => {
    const story = await convoked()
    const { id: messageId } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    await prisma.$executeRaw`
      SELECT graphile_worker.add_job('play-operator', ${JSON.stringify({ messageId, event: 'delivered' })}::json)`
    await drainQueue(byOutbox)
    await at(new Date(), (ctx) => recordSendResult(ctx, { messageId, outcome: accepted }))
    expect(await story.summons()).toMatchObject({ state: 'delivered', externalId: 'ext-1' })
    expect((await story.history()).map((line) => line.event)).toEqual(['message.sent', 'message.delivered'])
  })

  it('of a message nobody knows are kept and tried again; nonsense is kept and left', async () => {
    const unknown = await prisma.receipt.create({
      data: {
        raw: { provider: 'outbox', messageId: 999_999, event: 'delivered', at: '2026-03-02T10:00:00Z' },
      },
    })
    const nonsense = await prisma.receipt.create({ data: { raw: { hello: 'world' } } })
    for (const { id } of [unknown, nonsense])
      await prisma.$executeRaw`
        SELECT graphile_worker.add_job('process-receipt', ${JSON.stringify({ receiptId: id })}::json)`
    await drainQueue(byOutbox)
    const left = await prisma.receipt.findMany({ where: { id: { in: [unknown.id, nonsense.id] } } })
    expect(left.map((receipt) => receipt.processedAt)).toEqual([null, null])
    const again = (await queuedJobs()).filter((job) => job.task === 'process-receipt')
    expect(again.map((job) => job.payload)).toEqual([{ receiptId: unknown.id }])
  })
})

describe('The pace of the carrier', () => {
  it('is twenty messages a second, all workers together', async () => {
    await prisma.rateLimit.deleteMany({})
    const now = new Date()
    const waits: number[] = []
    for (let turn = 0; turn < 60; turn += 1) waits.push(await at(now, takeTurn))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20)
    expect(waits.at(-1)).toBe(2000)
    await prisma.rateLimit.deleteMany({})
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
      const wait = await takeTurn({ tx: prisma, actor: test, now: new Date(from + now) })
      if (wait > longestWait) asking.push(now + wait)
      else last = Math.max(last, now + wait)
    }
    expect(last).toBeGreaterThan(pause)
    expect(last).toBeLessThanOrEqual(pause + 300 * (1000 / messagesASecond) + 1_000)
    await prisma.rateLimit.deleteMany({})
  })
})

describe('A missed appointment', () => {
  it('is told with its own text', async () => {
    const { id: probationerId } = await aPerson()
    const { id } = await anAppointment(service, probationerId, inHours(-2))
    await prisma.appointment.update({ where: { id }, data: { state: 'missed' } })
    await at(new Date(), (ctx) => planMessageNow(ctx, { appointmentId: id, kind: 'missed' }))
    await drainQueue(byOutbox)
    const message = await prisma.message.findFirstOrThrow({ where: { appointmentId: id } })
    expect(message).toMatchObject({ kind: 'missed', state: 'sent' })
    expect(message.textSent).toContain('Le juge peut tenir compte')
  })
})
