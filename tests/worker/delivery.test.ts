import { beforeAll, describe, expect, it, vi } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { cancelPlannedMessages, planMessageNow } from '../../resources/message/commands/plan.server'
import { claimMessage, recordSendResult } from '../../resources/message/commands/deliver.server'
import { closeWithoutReceipt } from '../../resources/message/commands/sweep.server'
import { messageStateWords } from '../../resources/message/fr'
import { messagesOfAppointment } from '../../resources/message/queries/of-appointment.server'
import { lock } from '../../resources/shared/lock.server'
import { referenceOf } from '../../resources/message/reference'
import { deliveryTasks } from '../../worker/sms/delivery'
import { anAppointment, aPerson, aService, at, inHours, type Service, planFor } from '../support/booked'
import { bringForward, drainQueue, queuedJobs } from '../support/queue'
import { accepted, byOutbox, convokedBy, dueNow, provider, waiting } from './story'

let service: Service
beforeAll(async () => {
  service = await aService()
})
/** As agents see it: the address of STOP is the person's. */
const blind = (text: string | null) => text?.replace(/\/stop\/\w{10}$/, '/stop/••••••••••')

const convoked = (person?: { phone?: string | null }, inform?: boolean) => convokedBy(service, person, inform)

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
    const item = await prisma.outboxItem.findFirstOrThrow({
      where: { reference: referenceOf({ ...sent, kind: 'message' }) },
    })
    expect(item).toMatchObject({ sender: 'RDV Justice', recipient: story.phone, body: sent.textSent })
    expect(await story.history()).toEqual([
      { event: 'message.sent', kind: 'summons', text: blind(sent.textSent) },
    ])

    await at(
      inHours(1),
      (ctx) =>
        ctx.tx.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()
        WHERE payload->>'reference' LIKE ${`message:${sent.id}:%`}`,
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
      sms: { text: blind(sent.textSent), parts: 2 },
    })
  })

  it('about the person alone is planned once for its cause, and is held to no appointment', async () => {
    const { id: probationerId } = await aPerson()
    const now = new Date()
    const planned = (causeKey: string | null) =>
      prisma.message.create({
        data: { probationerId, causeKey, kind: 'space_invitation', dueAt: now, deadline: inHours(1) },
      })
    const { id } = await planned('space-link:0')
    await expect(planned('space-link:0')).rejects.toThrow('cause_key')
    await expect(planned(null)).rejects.toThrow('message_has_one_cause')
    // The link that it would carry is gone.
    await at(now, (ctx) => claimMessage(ctx, { messageId: id }))
    expect(await prisma.message.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'suppressed',
      endReason: 'link_over',
    })
    expect(await prisma.historyEntry.findMany({ where: { probationerId } })).toMatchObject([
      { event: 'message.suppressed', appointmentId: null },
    ])
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
    const { tasks, handed } = provider([accepted, accepted])
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

  it('waits for who holds its person, and stands in the way of nobody', async () => {
    const { probationerId, ...story } = await convoked()
    const { id: messageId } = await story.summons()
    const now = new Date()
    await at(now, (ctx) => claimMessage(ctx, { messageId }))
    const refused = { kind: 'refused_for_good', reason: 'unallocated_number' } as const
    let told: Promise<unknown> = Promise.resolve()
    await at(now, async (ctx) => {
      await lock(ctx, { probationer: probationerId })
      told = at(now, (other) => recordSendResult(other, { messageId, outcome: refused }))
      await vi.waitFor(async () => expect(await waiting()).toBe(1))
      await lock(ctx, { message: messageId })
    })
    await told
    expect(await story.summons()).toMatchObject({ state: 'failed' })
  })
})

describe('What is true when the hour comes', () => {
  it('nothing leaves after STOP, said between planning and sending', async () => {
    const story = await convoked({}, false)
    await prisma.probationer.update({ where: { id: story.probationerId }, data: { smsOptOut: true } })
    await dueNow((await story.reminder()).id)
    const { tasks, handed } = provider([accepted])
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
    const { tasks, handed } = provider([accepted])
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
    expect(await prisma.outboxItem.count({ where: { reference: { startsWith: `message:${id}:` } } })).toBe(0)
  })
})

describe('The last word', () => {
  /** A person of Cayenne, expected in fifty minutes. */
  async function expectedSoon() {
    const cayenne = await aService('America/Cayenne')
    const { id: probationerId, phone } = await aPerson()
    const startsAt = inHours(50 / 60)
    const { tasks, handed } = provider(Array.from({ length: 12 }, () => accepted))
    const texts = () => handed.filter((letter) => letter.phone === phone).map(({ text }) => text)
    const booked = async () => {
      const { id } = await anAppointment(cayenne, probationerId, startsAt)
      await at(new Date(), (ctx) => planFor(ctx, id, true))
      return id
    }
    const cancelled = async (id: number) => {
      await at(new Date(), async (ctx) => {
        await ctx.tx.appointment.update({ where: { id }, data: { state: 'cancelled' } })
        await cancelPlannedMessages(ctx, { appointmentId: id, kind: 'reminder' })
        await planMessageNow(ctx, { appointmentId: id, kind: 'cancellation' })
      })
    }
    return { probationerId, phone, booked, cancelled, tasks, texts }
  }

  it('of an hour booked, cancelled, booked again and again is that it is booked', async () => {
    const { booked, cancelled, tasks, texts } = await expectedSoon()
    for (let turn = 0; turn < 3; turn += 1) {
      const id = await booked()
      await drainQueue(tasks)
      await cancelled(id)
      await drainQueue(tasks)
    }
    await booked()
    await drainQueue(tasks)
    expect(texts()).toHaveLength(7)
    expect(texts().at(-1)).toBe(texts()[0])
    expect(texts().at(-1)).not.toContain('annulé')
  })

  it('is not undone by a cancellation that was held up', async () => {
    const { booked, cancelled, tasks, texts } = await expectedSoon()
    const first = await booked()
    await drainQueue(tasks)
    await cancelled(first)
    await booked()
    await drainQueue(tasks)
    expect(texts().filter((text) => text.includes('annulé'))).toEqual([])
    const cancellation = await prisma.message.findFirstOrThrow({
      where: { appointmentId: first, kind: 'cancellation' },
    })
    expect(cancellation).toMatchObject({ state: 'cancelled', endReason: 'appointment_booked_again' })
  })

  it('is not said again in the same words: the agent sees that it had just left', async () => {
    const { booked, tasks, texts } = await expectedSoon()
    const first = await booked()
    await drainQueue(tasks)
    await prisma.appointment.update({ where: { id: first }, data: { state: 'cancelled' } })
    const second = await booked()
    await drainQueue(tasks)
    expect(texts()).toHaveLength(1)
    const [message] = await prisma.message.findMany({ where: { appointmentId: second, kind: 'summons' } })
    expect(message).toMatchObject({ state: 'suppressed', endReason: 'already_told' })
  })
})

describe('Reminders after an outage', () => {
  it('wait for the morning of the place, or say that the person is to be phoned', async () => {
    const due = async (startsAt: string, dueAt: string) => {
      const { id: probationerId } = await aPerson()
      const { id } = await anAppointment(service, probationerId, new Date(startsAt))
      await at(new Date('2026-03-02T09:00:00Z'), (ctx) => planFor(ctx, id, false))
      const message = await prisma.message.findFirstOrThrow({ where: { appointmentId: id } })
      expect(message.dueAt).toEqual(new Date(dueAt))
      return message.id
    }
    const messageOf = (id: number) => prisma.message.findUniqueOrThrow({ where: { id } })
    const afternoon = await due('2026-03-10T13:30:00Z', '2026-03-09T13:30:00Z')
    const early = await due('2026-03-10T06:30:00Z', '2026-03-09T07:00:00Z')
    // 22:08 in Paris.
    const lateEvening = new Date('2026-03-09T21:08:00Z')
    for (const messageId of [afternoon, early])
      expect(await at(lateEvening, (ctx) => claimMessage(ctx, { messageId }))).toBeNull()
    expect(await messageOf(afternoon)).toMatchObject({
      state: 'planned',
      dueAt: new Date('2026-03-10T07:00:00Z'),
    })
    const job = (await queuedJobs()).find(({ key }) => key === `message:${afternoon}`)
    expect(job?.runAt).toEqual(new Date('2026-03-10T07:00:00Z'))
    expect(await messageOf(early)).toMatchObject({ state: 'expired', endReason: 'night' })
    expect(messageStateWords(await messageOf(early)).word).toBe('À prévenir par téléphone')
    const letter = await at(new Date('2026-03-10T07:00:00Z'), (ctx) =>
      claimMessage(ctx, { messageId: afternoon }),
    )
    expect(letter?.text).toMatch(/^RAPPEL /)
    await prisma.message.updateMany({ where: { id: afternoon }, data: { state: 'cancelled' } })
  })
})

describe('Receipts', () => {
  it('that never come are said so after 72 hours, and a late one still counts', async () => {
    const story = await convoked({ phone: '+33639980002' })
    await drainQueue(byOutbox)
    const reference = referenceOf({ ...(await story.summons()), kind: 'message' })
    expect(await at(inHours(71), closeWithoutReceipt)).toBe(0)
    expect(await at(inHours(73), closeWithoutReceipt)).toBeGreaterThan(0)
    expect(await story.summons()).toMatchObject({ state: 'sent', endReason: 'no_receipt' })
    await prisma.$executeRaw`
      SELECT graphile_worker.add_job('play-operator', ${JSON.stringify({ reference, event: 'delivered' })}::json)`
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'delivered', endReason: null })
  })

  it('that come before our own record of the answer are not lost', async () => {
    const story = await convoked()
    const { id: messageId, createdAt } = await story.summons()
    await at(new Date(), (ctx) => claimMessage(ctx, { messageId }))
    const reference = referenceOf({ kind: 'message', id: messageId, createdAt })
    await prisma.$executeRaw`
      SELECT graphile_worker.add_job('play-operator', ${JSON.stringify({ reference, event: 'delivered' })}::json)`
    await drainQueue(byOutbox)
    await at(new Date(), (ctx) => recordSendResult(ctx, { messageId, outcome: accepted }))
    expect(await story.summons()).toMatchObject({ state: 'delivered', externalId: 'ext-1' })
    expect((await story.history()).map((line) => line.event)).toEqual(['message.sent', 'message.delivered'])
  })

  it('that come while SMS are shut are understood once they are open again', async () => {
    const story = await convoked()
    await drainQueue(byOutbox)
    await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE payload->>'reference' IS NOT NULL`
    await drainQueue(deliveryTasks(null))
    expect(await story.summons()).toMatchObject({ state: 'sent' })
    await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE payload->>'receiptId' IS NOT NULL`
    await drainQueue(byOutbox)
    expect(await story.summons()).toMatchObject({ state: 'delivered' })
  })

  it('of a message nobody knows are kept and tried again; nonsense is kept and left', async () => {
    const unknown = await prisma.receipt.create({
      data: {
        raw: {
          provider: 'outbox',
          reference: 'message:999999:1790000000000',
          event: 'delivered',
          at: '2026-03-02T10:00:00Z',
        },
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

  it('of a message that went with its person is deleted once nothing can answer for it', async () => {
    const { id } = await prisma.receipt.create({
      data: {
        raw: {
          provider: 'outbox',
          reference: 'message:999998:1790000000000',
          event: 'delivered',
          at: '2026-03-02T10:00:00Z',
        },
        receivedAt: inHours(-24 * 8),
      },
    })
    await prisma.$executeRaw`
      SELECT graphile_worker.add_job('process-receipt', ${JSON.stringify({ receiptId: id })}::json)`
    await drainQueue(byOutbox)
    expect(await prisma.receipt.count({ where: { id } })).toBe(0)
  })
})

describe('A missed appointment', () => {
  it('is told with its own text', async () => {
    const { id: probationerId } = await aPerson()
    const { id } = await anAppointment(service, probationerId, inHours(-2))
    await prisma.appointment.update({ where: { id }, data: { state: 'missed' } })
    await at(new Date(), (ctx) => planMessageNow(ctx, { appointmentId: id, kind: 'missed' }))
    const planned = await prisma.message.findFirstOrThrow({ where: { appointmentId: id } })
    await dueNow(planned.id)
    await drainQueue(byOutbox)
    const message = await prisma.message.findUniqueOrThrow({ where: { id: planned.id } })
    expect(message).toMatchObject({ kind: 'missed', state: 'sent' })
    expect(message.textSent).toContain('Le juge peut tenir compte')
  })
})
