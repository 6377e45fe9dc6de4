import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { parseCrontab } from 'graphile-worker'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { checkAlerts } from '../../resources/watch/commands/alerts.server'
import { countSupervision } from '../../resources/watch/commands/figures.server'
import { situationNow } from '../../resources/watch/queries/situation.server'
import { supervision } from '../../resources/watch/queries/supervision.server'
import { watchedTaskNames } from '../../resources/watch/rules'
import { serveMetrics } from '../../worker/metrics'
import { schedule } from '../../worker/schedule'
import { tasks } from '../../worker/tasks'
import { sessionCookie } from '../support/agent-session'
import { anAppointment, aPerson, aService, at, type Service } from '../support/booked'
import { drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { anAgent } from '../support/world'

let host: RunningHost
let service: Service
let central: AgentActor
const team = ['equipe@justice.example', 'astreinte@justice.example']
const secret = 'le-secret-de-prometheus-de-ce-test'
beforeAll(async () => {
  env.ALERT_EMAILS = team
  host = await startHost()
  service = await aService()
  central = await anAgent(service.organization, 'central_admin')
}, 120_000)
afterAll(async () => {
  env.ALERT_EMAILS = undefined
  env.METRICS_TOKEN = undefined
  await host.stop()
})
beforeEach(async () => {
  await prisma.message.deleteMany()
  await prisma.watchFigures.deleteMany()
  await prisma.watchAlert.deleteMany()
  await prisma.smsAccount.deleteMany()
  await prisma.receipt.deleteMany()
  await prisma.outboxItem.deleteMany()
  await prisma.jobRun.deleteMany()
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
})

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
async function run(task: string) {
  await prisma.$executeRaw`SELECT graphile_worker.add_job(${task}, '{}'::json)`
  await drainQueue(tasks)
}

type MessageData = Parameters<typeof prisma.message.createMany>[0] extends infer Args
  ? Args extends { data: infer Data }
    ? Partial<Exclude<Data, readonly unknown[]>>
    : never
  : never

/** So many messages of one appointment, due at an instant, that became what is said. */
async function messages(many: number, dueAt: Date, became: MessageData, of = service) {
  const { id: probationerId } = await aPerson()
  const appointment = await anAppointment(of, probationerId, ago(-3 * 24 * 60))
  await prisma.message.createMany({
    data: Array.from({ length: many }, (_, version) => ({
      ...{ probationerId, appointmentId: appointment.id, kind: 'reminder' as const, reminderHours: 24 },
      ...{
        appointmentVersion: version + 1,
        dueAt,
        deadline: ago(-24 * 60),
        phone: '+33612345678',
        parts: 2,
        textSent: 'x',
      },
      ...became,
    })),
  })
}
const sent = (dueAt: Date, { after = 2, received }: { after?: number; received?: number } = {}) => {
  const sentAt = new Date(dueAt.getTime() + after * 1_000)
  return received === undefined
    ? { state: 'sent' as const, sentAt }
    : {
        ...{ state: 'delivered' as const, sentAt },
        deliveredAt: new Date(sentAt.getTime() + received * 1_000),
      }
}
const asked = async (period = '24h') =>
  supervision({ tx: prisma, actor: central, now: new Date() }, { period } as never)
type Card = Awaited<ReturnType<typeof asked>>['cards'][keyof Awaited<ReturnType<typeof asked>>['cards']]
function said<One extends Card>(card: One): Extract<One, { failed: false }>['data'] {
  if (card.failed) throw new Error('a card failed')
  return (card as Extract<One, { failed: false }>).data
}

describe('The supervision', () => {
  it('counts what left in time and what was received, over the period that is asked', async () => {
    const [today, lastWeek] = [ago(180), ago(5 * 24 * 60)]
    await messages(20, today, sent(today, { received: 60 }))
    await messages(10, today, sent(today, { after: 30, received: 20 * 60 }))
    await messages(5, today, sent(today))
    await messages(4, today, { state: 'planned' })
    await messages(3, today, {
      ...{ state: 'failed', claimedAt: today, endedAt: today, endReason: 'invalid_number' },
    })
    await messages(2, today, { state: 'suppressed', endReason: 'opted_out', phone: null })
    await messages(6, today, { state: 'cancelled', endReason: 'appointment_cancelled', phone: null })
    await messages(7, lastWeek, sent(lastWeek, { received: 10 }))
    await run('count-supervision')

    const { figures } = said((await asked()).cards.figures) ?? {}
    expect(figures).toMatchObject({
      ...{ due: 42, handedSoon: 28, ofFiveMinutes: 35, inFiveMinutes: 20, ofOneHour: 35, inOneHour: 30 },
      ...{ texts: 35, parts: 70 },
    })
    const states = Object.fromEntries(figures?.states.map(({ state, total }) => [state, total]) ?? [])
    expect(states).toEqual({ delivered: 30, sent: 5, planned: 4, failed: 3, suppressed: 2 })
    expect(figures?.reasons).toEqual([
      { state: 'failed', reason: 'invalid_number', total: 3 },
      { state: 'suppressed', reason: 'opted_out', total: 2 },
    ])
    expect(figures?.prefixes).toEqual([{ prefix: '+33612', handed: 38, failed: 3 }])
    expect(figures?.services).toMatchObject([{ id: service.organization.id, handed: 38, failed: 3 }])
    expect(said((await asked('7d')).cards.figures)?.figures).toMatchObject({ due: 49, texts: 42 })
    expect(said((await asked()).cards.waiting)).toMatchObject({ due: 4, late: 4, oldestDueAt: today })
  })

  it('compares our parts with those of the receipts', async () => {
    const today = ago(60)
    await messages(3, today, { ...sent(today), partsBilled: 2, creditsUsed: 3 })
    await messages(1, today, { ...sent(today), partsBilled: 3, creditsUsed: 4.5 })
    await messages(1, today, sent(today))
    await run('count-supervision')
    expect(said((await asked()).cards.figures)?.figures).toMatchObject({
      ...{
        texts: 5,
        parts: 10,
        billedTexts: 4,
        partsBilled: 9,
        partsOfBilled: 8,
        drifting: 1,
        creditsUsed: 13.5,
      },
    })
  })

  it('says of numbers their first digits only, overseas too', async () => {
    const today = ago(60)
    await messages(1, today, { ...sent(today), phone: '+262692123456' })
    await messages(2, today, sent(today))
    await run('count-supervision')
    const { figures } = said((await asked()).cards.figures) ?? {}
    expect(figures?.prefixes.map(({ prefix }) => prefix)).toEqual(['+33612', '+262692'])
    expect(JSON.stringify(await prisma.watchFigures.findMany())).not.toContain('345678')
  })

  it('says how long the credit lasts, by what is planned and what acts usually send', async () => {
    const lastWeek = ago(9.5 * 24 * 60)
    await messages(20, lastWeek, { ...sent(lastWeek), kind: 'summons', partsBilled: 2, creditsUsed: 4 })
    await messages(30, ago(-36 * 60), { state: 'planned' })
    await prisma.smsAccount.create({ data: { provider: 'sms', credits: 150, creditsAt: new Date() } })
    await run('count-supervision')
    const { forecast } = said((await asked()).cards.credit)
    // Ten days of 40 parts: 4 a day, at 2 credits a part; 30 reminders of 2 parts.
    expect(forecast?.needed).toBeCloseTo(7 * 8 + 30 * 4)
    const tomorrow = new Date(Date.now() + 4 * 86_400_000)
    expect(forecast?.endsOn && new Date(forecast.endsOn) <= tomorrow).toBe(true)
  })

  it('is for central admins, whoever asks by whatever address', async () => {
    const local = await anAgent(service.organization, 'local_admin')
    const ask = async (agent: AgentActor) =>
      fetch(`${host.url}/admin/api/lookups/supervision`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Cookie: await sessionCookie(agent.id) },
        body: JSON.stringify({ period: { toString: 1 } }),
      })
    expect((await ask(local)).status).toBe(403)
    const answer = await ask(central)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ ok: true, result: { period: '24h' } })
    expect((await fetch(`${host.url}/admin/api/lookups/supervision`, { method: 'POST' })).status).toBe(401)
  })

  it('reads each card by itself: what another release kept in another shape is counted again', async () => {
    await prisma.watchFigures.create({ data: { name: '24h', computedAt: new Date(), data: { due: 'x' } } })
    expect(said((await asked()).cards.figures)).toBeNull()
    expect(said((await asked()).cards.waiting)).toMatchObject({ due: 0 })
  })

  it('keeps the figures whose count goes well when another one fails, says of it what it last was, and counts it again', async () => {
    const today = ago(60)
    await run('count-supervision')
    const old = ago(40)
    await prisma.watchFigures.updateMany({ data: { computedAt: old } })
    await messages(3, today, sent(today))
    // The first that is counted cannot read what it counts.
    await prisma.$executeRaw`ALTER VIEW graphile_worker.jobs RENAME TO jobs_elsewhere`
    const counted = async () =>
      (
        await prisma.watchFigures.findMany({
          where: { computedAt: { gt: ago(10) } },
          orderBy: { name: 'asc' },
        })
      ).map(({ name }) => name)
    try {
      await expect(countSupervision({ kind: 'system', task: 'test' })).rejects.toThrow(/jobs/)
      expect(await counted()).toEqual(['24h', '30d', '7d', 'usual'])
      const { cards } = await asked()
      expect(said(cards.figures)).toMatchObject({ isOld: false, figures: { due: 3 } })
      expect(said(cards.queue)).toMatchObject({ isOld: true, computedAt: old })
    } finally {
      await prisma.$executeRaw`ALTER VIEW graphile_worker.jobs_elsewhere RENAME TO jobs`
    }
    expect(await countSupervision({ kind: 'system', task: 'test' })).toBe(1)
    expect(await counted()).toContain('queue')
    expect(said((await asked()).cards.queue)?.isOld).toBe(false)
  })

  it('leaves the other cards when one cannot be read', async () => {
    await messages(1, ago(20), { state: 'planned' })
    await prisma.$executeRaw`ALTER TABLE sms_account RENAME TO sms_account_elsewhere`
    try {
      const { cards } = await asked()
      expect(cards.credit).toEqual({ failed: true })
      expect(said(cards.waiting)).toMatchObject({ due: 1 })
      expect(Object.values(cards).filter(({ failed }) => failed)).toHaveLength(1)
    } finally {
      await prisma.$executeRaw`ALTER TABLE sms_account_elsewhere RENAME TO sms_account`
    }
  })

  it('says of each figure that is not of now when it was counted', async () => {
    await prisma.smsAccount.create({ data: { provider: 'sms', credits: 150, creditsAt: new Date() } })
    await run('count-supervision')
    const old = ago(50)
    await prisma.watchFigures.updateMany({ where: { name: 'usual' }, data: { computedAt: old } })
    const { cards } = await asked()
    expect(said(cards.credit).forecast).toMatchObject({ computedAt: old, isOld: true })
    expect(said(cards.figures)?.isOld).toBe(false)
    expect(said(cards.queue)?.isOld).toBe(false)
  })

  it('watches each task that runs by itself and leaves a line, and no other', async () => {
    const items = parseCrontab(await readFile('worker/crontab', 'utf8'))
    const scheduled = [...items.map(({ task }) => task), ...schedule.map(({ job }) => job.name)]
    // These two start others, whose lines are watched.
    const started = new Set(
      scheduled.filter((name) => !['start-scheduled', 'foresee-retention'].includes(name)),
    )
    expect([...started].sort()).toEqual([...watchedTaskNames].sort())
  })
})

describe('An alert', () => {
  const mails = () => prisma.outboxItem.findMany({ where: { channel: 'email' }, orderBy: { id: 'asc' } })
  const standing = async () =>
    (
      await prisma.watchAlert.findMany({
        where: { endedAt: null },
        orderBy: [{ kind: 'asc' }, { id: 'asc' }],
      })
    ).map(({ kind, about }) => (about ? `${kind} ${about}` : kind))
  /** As if so many minutes had gone by since the last check. */
  async function later(minutes: number) {
    await prisma.$executeRaw`
      UPDATE watch_alert SET raised_at = raised_at - ${minutes} * interval '1 minute',
             told_at = told_at - ${minutes} * interval '1 minute',
             absent_since = absent_since - ${minutes} * interval '1 minute' WHERE ended_at IS NULL`
    await run('check-alerts')
  }

  it('is told once, again while it lasts, and when it is over', async () => {
    await messages(3, ago(20), { state: 'planned' })
    await run('check-alerts')
    expect(await standing()).toEqual(['messages_late'])
    const first = await mails()
    expect(first.map(({ recipient }) => recipient).sort()).toEqual([...team].sort())
    expect(first[0]?.subject).toBe('[Mon Suivi Justice] Alerte\u00a0: 1\u00a0point à regarder')
    expect(first[0]?.body).toContain('3\u00a0SMS attendent depuis plus de quinze minutes')
    expect(first[0]?.body).toContain('Vérifiez que le programme d’envoi tourne')

    await later(5)
    expect(await mails()).toHaveLength(2)
    await later(6 * 60)
    expect(await mails()).toHaveLength(4)
    expect((await mails()).at(-1)?.subject).toContain('Toujours en cours')
    expect(await prisma.watchAlert.count()).toBe(1)

    // Gone, back, gone: no more is said until it stays away.
    await prisma.message.updateMany({ data: { state: 'cancelled' } })
    await later(1)
    await prisma.message.updateMany({ data: { state: 'planned' } })
    await later(5)
    await prisma.message.updateMany({ data: { state: 'cancelled' } })
    await later(5)
    await later(5)
    expect(await mails()).toHaveLength(4)
    await later(15)
    expect(await standing()).toEqual([])
    expect((await mails()).slice(4).map(({ subject }) => subject)).toEqual([
      '[Mon Suivi Justice] Alerte terminée',
      '[Mon Suivi Justice] Alerte terminée',
    ])
    expect(said((await asked()).cards.alerts)).toMatchObject({ standing: [], isChecked: true, mailed: 2 })
    expect(said((await asked()).cards.alerts).ended).toHaveLength(1)
  })

  it('is raised by what expires, by a service that fails, by a credit that runs out', async () => {
    const today = ago(50)
    await messages(2, today, { state: 'expired', endedAt: ago(5), endReason: 'deadline', phone: null })
    await messages(10, today, {
      ...{ state: 'failed', claimedAt: today, endedAt: today, endReason: 'rejected' },
    })
    await messages(30, today, sent(today, { received: 5 }))
    const fine = await aService()
    await messages(25, today, sent(today, { received: 5 }), fine)
    await messages(5, today, { state: 'failed', claimedAt: today, endReason: 'rejected' }, fine)
    await prisma.smsAccount.create({
      data: { provider: 'sms', credits: 3, creditsAt: new Date(), unreadSince: ago(7 * 60) },
    })
    await run('count-supervision')
    await run('check-alerts')
    // The page says of which services it speaks.
    expect(said((await asked()).cards.figures)?.failing).toEqual([service.organization.id])
    expect(await standing()).toEqual([
      'credit_low',
      'credit_unread',
      'messages_expired',
      `service_failing ${service.organization.id}`,
    ])
    const [mail] = await mails()
    expect(mail?.subject).toContain('4\u00a0points à regarder')
    expect(mail?.body).toContain('10 échecs définitifs sur ses 40 derniers SMS')
    expect(mail?.body).not.toMatch(/345678|06 ?12/)
  })

  it('is raised by receipts that have been silent for three hours of work, and not over a weekend', async () => {
    const check = (now: string) =>
      at(new Date(now), async (ctx) => checkAlerts(ctx, await situationNow(ctx))).then(standing)
    await prisma.receipt.create({ data: { raw: {}, receivedAt: new Date('2026-11-20T16:00:00Z') } })
    // Friday, 19:00 in Paris.
    const sentAt = new Date('2026-11-20T18:00:00Z')
    await messages(1, sentAt, sent(sentAt))
    expect(await check('2026-11-22T12:00:00Z')).toEqual([])
    expect(await check('2026-11-23T08:50:00Z')).toEqual([])
    await prisma.receipt.create({
      data: { raw: {}, listed: true, receivedAt: new Date('2026-11-23T08:55:00Z') },
    })
    // As the list of the provider leaves them.
    await prisma.message.updateMany({ where: { sentAt }, data: { state: 'delivered' } })
    expect(await check('2026-11-23T09:05:00Z')).toEqual(['receipts_silent'])
    await prisma.receipt.create({ data: { raw: {}, receivedAt: new Date('2026-11-23T09:06:00Z') } })
    await check('2026-11-23T09:10:00Z')
    expect(await check('2026-11-23T09:30:00Z')).toEqual([])
  })

  it('is raised by a task that no longer runs, by one that left something, by jobs that fail', async () => {
    await prisma.jobRun.createMany({
      data: [
        { task: 'sweep-due-messages', startedAt: ago(30), durationMs: 5, handled: 0 },
        { task: 'erase-archived', startedAt: ago(60 * 10), durationMs: 5, handled: 4, leftOut: 2 },
        { task: 'refresh-figures', startedAt: ago(60 * 31), durationMs: 5, handled: 4 },
      ],
    })
    await prisma.$executeRaw`SELECT graphile_worker.add_job('send-agent-mail', '{"tokenId":0}'::json)`
    await prisma.$executeRaw`
      UPDATE graphile_worker._private_jobs SET attempts = 4, last_error = 'x', run_at = now() + interval '1 hour'`
    await run('count-supervision')
    await run('check-alerts')
    expect(await standing()).toEqual([
      'jobs_failing',
      'task_incomplete erase-archived',
      'task_late sweep-due-messages',
      'task_late refresh-figures',
    ])
    const runs = said((await asked()).cards.runs)
    expect(runs.filter(({ late }) => late).map(({ task }) => task)).toEqual([
      'sweep-due-messages',
      'refresh-figures',
    ])
  })

  it('of which nobody is to be told stands on the page all the same', async () => {
    env.ALERT_EMAILS = undefined
    await messages(1, ago(20), { state: 'planned' })
    await run('check-alerts')
    env.ALERT_EMAILS = team
    expect(await mails()).toEqual([])
    expect(said((await asked()).cards.alerts).standing).toHaveLength(1)
  })
})

describe('Prometheus', () => {
  const scrape = (authorization?: string) =>
    fetch(`${host.url}/metrics`, { headers: authorization ? { Authorization: authorization } : {} })

  it('finds nothing without a secret in the settings, and nothing by another', async () => {
    env.METRICS_TOKEN = undefined
    expect((await scrape(`Bearer ${secret}`)).status).toBe(404)
    env.METRICS_TOKEN = [secret, 'le-secret-d-avant-de-prometheus-ici']
    for (const wrong of [undefined, 'Bearer', `Basic ${secret}`, `Bearer ${secret}x`, 'Bearer é'.slice(0, 8)])
      expect((await scrape(wrong)).status, wrong).toBe(401)
    expect((await scrape('Bearer le-secret-d-avant-de-prometheus-ici')).status).toBe(200)
    expect((await fetch(`${host.url}/metrics`, { method: 'POST' })).ok).toBe(false)
  })

  it('reads what all processes share, and what this one does, with nothing of anybody', async () => {
    env.METRICS_TOKEN = [secret]
    await messages(3, ago(20), { state: 'planned' })
    await messages(25, ago(60), sent(ago(60), { received: 5 }))
    await prisma.smsAccount.create({ data: { provider: 'sms', credits: 42, creditsAt: new Date() } })
    await run('count-supervision')
    await run('check-alerts')
    await fetch(`${host.url}/healthz`)
    const answer = await scrape(`Bearer ${secret}`)
    expect(answer.headers.get('Content-Type')).toContain('text/plain')
    const text = await answer.text()
    const value = (name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      )
    expect(value('msj_database_up')).toBe(1)
    expect(value('msj_messages_waiting{state="due"}')).toBe(3)
    expect(value('msj_messages_late')).toBe(3)
    expect(value('msj_messages_due_seconds')).toBeGreaterThan(19 * 60)
    expect(value('msj_messages_day{figure="due"}')).toBe(28)
    expect(value('msj_messages_day_state{state="delivered"}')).toBe(25)
    expect(value('msj_sms_credit')).toBe(42)
    expect(value('msj_alerts{kind="messages_late"}')).toBe(1)
    expect(value('msj_task_last_run_timestamp_seconds{task="check-alerts"}')).toBeGreaterThan(1e9)
    expect(value('msj_http_request_duration_seconds_count{door="portal",status="2xx"}')).toBeGreaterThan(0)
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).not.toMatch(/33612|SPIP|justice\.example/)
    // Absent is absent, and not zero.
    expect(text).not.toMatch(/^msj_receipt_last_timestamp_seconds \d/m)
  })

  it('reads of a worker apart what its process does, at its own door', async () => {
    env.METRICS_TOKEN = [secret]
    const free = createServer().listen(0)
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    free.close()
    await once(free, 'close')
    const door = await serveMetrics(port)
    const ask = (path: string, authorization: string) =>
      fetch(`http://localhost:${port}${path}`, { headers: { Authorization: authorization } })
    const text = await (await ask('/metrics', `Bearer ${secret}`)).text()
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).not.toContain('msj_messages')
    expect((await ask('/metrics', 'Bearer x')).status).toBe(401)
    expect((await ask('/', `Bearer ${secret}`)).status).toBe(404)
    await door.stop()
  })
})
