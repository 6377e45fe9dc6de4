import { readFile } from 'node:fs/promises'
import { parseCrontab } from 'graphile-worker'
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { civilOf } from '../../resources/shared/civil-time'
import { env } from '../../resources/shared/env.server'
import { prisma } from '../../resources/shared/db.server'
import { referenceOf } from '../../resources/message/reference'
import { startWorker } from '../../worker'
import { releaseDeadWorkers, signIn } from '../../worker/presence'
import { dueAt, schedule } from '../../worker/schedule'
import { tasks } from '../../worker/tasks'
import { anAppointment, aPerson, aService, at, inHours, type Service, planFor } from '../support/booked'
import { drainQueue } from '../support/queue'
import { anAccount } from '../support/world'

let service: Service
beforeAll(async () => {
  service = await aService()
})

const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()))
})

async function startedWorker() {
  const worker = await startWorker()
  running.push(worker)
  return worker
}

async function convoked() {
  const { id: probationerId } = await aPerson()
  const { id } = await anAppointment(service, probationerId, inHours(72))
  await at(new Date(), (ctx) => planFor(ctx, id, true))
  return id
}

const summonsOf = (appointmentId: number) =>
  prisma.message.findFirstOrThrow({ where: { appointmentId, kind: 'summons' } })

describe('The worker', () => {
  it('hands a summons over within ten seconds of the booking, and hears that it is received', async () => {
    await startedWorker()
    const id = await convoked()
    const { sentAt, createdAt } = await vi.waitFor(
      async () => {
        const message = await summonsOf(id)
        expect(message.state).toBe('sent')
        return message
      },
      { timeout: 10_000, interval: 50 },
    )
    expect((sentAt?.getTime() ?? Infinity) - createdAt.getTime()).toBeLessThan(10_000)
    await vi.waitFor(async () => expect((await summonsOf(id)).state).toBe('delivered'), {
      timeout: 10_000,
      interval: 100,
    })
  }, 30_000)

  it('shares the queue with another, and each message leaves once', async () => {
    await Promise.all([startedWorker(), startedWorker()])
    const ids = await Promise.all(Array.from({ length: 8 }, convoked))
    await vi.waitFor(
      async () => {
        const states = await Promise.all(ids.map(summonsOf))
        expect(states.every((message) => message.sentAt)).toBe(true)
      },
      { timeout: 15_000, interval: 100 },
    )
    const messages = await Promise.all(ids.map(summonsOf))
    const items = await prisma.outboxItem.count({
      where: { reference: { in: messages.map((message) => referenceOf({ ...message, kind: 'message' })) } },
    })
    expect(items).toBe(ids.length)
  }, 40_000)

  it('stops without leaving a job behind in its name', async () => {
    const worker = await startedWorker()
    await convoked()
    await worker.stop()
    const locked = await prisma.$queryRaw<
      unknown[]
    >`SELECT task_identifier FROM graphile_worker.jobs WHERE locked_by IS NOT NULL`
    expect(locked).toEqual([])
  }, 30_000)

  it('comes back by itself when the database has dropped every connection', async () => {
    await startedWorker()
    const before = await convoked()
    await vi.waitFor(async () => expect((await summonsOf(before)).sentAt).not.toBeNull(), { timeout: 10_000 })
    const others = () => prisma.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`
    await others()
    const after = await vi.waitFor(convoked, { timeout: 10_000, interval: 200 })
    await vi.waitFor(async () => expect((await summonsOf(after)).sentAt).not.toBeNull(), {
      timeout: 20_000,
      interval: 200,
    })
  }, 45_000)

  it('comes back by itself when the database has refused the end of several jobs, and one was under way', async () => {
    const gate = 636
    await prisma.$executeRaw`CREATE SEQUENCE refusals`
    await prisma.$executeRawUnsafe(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${gate}), nextval('refusals'); RAISE 'refused'; END $$`)
    await prisma.$executeRaw`
      CREATE TRIGGER refuse BEFORE DELETE ON graphile_worker._private_jobs EXECUTE FUNCTION refuse()`
    onTestFinished(async () => {
      await prisma.$executeRaw`DROP FUNCTION IF EXISTS refuse CASCADE`
    })
    const several = (count: () => Promise<{ n: number }[]>) =>
      vi.waitFor(async () => expect((await count())[0]?.n).toBeGreaterThanOrEqual(2), {
        timeout: 30_000,
        interval: 100,
      })
    const ids = await Promise.all(Array.from({ length: 6 }, convoked))
    const [held] = await Promise.all(ids.map(summonsOf))
    const worker = await startedWorker()
    await prisma.$transaction(
      async (underWay) => {
        await underWay.$executeRaw`SELECT 1 FROM message WHERE id = ${held?.id} FOR UPDATE`
        // Those that end at the same instant are ended by one statement: several wait at the gate before any is refused.
        await prisma.$transaction(
          async (closed) => {
            await closed.$executeRaw`SELECT pg_advisory_xact_lock(${gate})`
            await several(
              () => prisma.$queryRaw`SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory'
                                       AND objid = ${gate} AND mode = 'ShareLock' AND NOT granted`,
            )
          },
          { timeout: 40_000 },
        )
        await several(() => prisma.$queryRaw`SELECT last_value::int AS n FROM refusals`)
      },
      { timeout: 60_000 },
    )
    await prisma.$executeRaw`DROP FUNCTION refuse CASCADE`
    const after = await convoked()
    await vi.waitFor(async () => expect((await summonsOf(after)).sentAt).not.toBeNull(), {
      timeout: 20_000,
      interval: 200,
    })
    await worker.stop()
  }, 120_000)

  it('takes back the jobs of a worker that died, not those of one that lives', async () => {
    const [dead, alive] = ['worker-dead', 'worker-alive']
    const presence = await signIn(env.DATABASE_URL, () => undefined)
    await presence.hold(alive)
    await prisma.$executeRaw`SELECT graphile_worker.add_job('sweep-due-messages', '{}', run_at => now() + interval '1 day') FROM generate_series(1, 2)`
    await prisma.$executeRaw`
      WITH two AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM graphile_worker._private_jobs
                    WHERE run_at > now() + interval '20 hours' AND payload::text = '{}')
      UPDATE graphile_worker._private_jobs j
         SET locked_at = now(), locked_by = CASE two.n WHEN 1 THEN ${dead} ELSE ${alive} END
        FROM two WHERE two.id = j.id`
    expect(await at(new Date(), releaseDeadWorkers)).toBe(1)
    const locked =
      await prisma.$queryRaw`SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL`
    expect(locked).toEqual([{ locked_by: alive }])
    await presence.leave()
    expect(await at(new Date(), releaseDeadWorkers)).toBe(1)
  })
})

describe('The crontab', () => {
  it('asks only for tasks that exist', async () => {
    const items = parseCrontab(await readFile('worker/crontab', 'utf8'))
    expect(items.length).toBeGreaterThan(0)
    for (const { task } of items) expect(Object.keys(tasks)).toContain(task)
  })

  it('leaves one line a run in the job log, and the night starts at four in Paris', async () => {
    const run = async (task: string, payload: object = {}) => {
      await prisma.$executeRaw`SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`
      await drainQueue(tasks)
    }
    await run('sweep-due-messages')
    await run('reconcile-messages')
    await run('check-alerts')
    await run('start-scheduled', { _cron: { ts: '2026-07-01T03:00:00.000Z', backfilled: false } })
    const before = await prisma.jobRun.findMany({ select: { task: true } })
    expect(before.map((line) => line.task)).toEqual(
      expect.arrayContaining(['sweep-due-messages', 'reconcile-messages', 'check-alerts']),
    )
    expect(before.map((line) => line.task)).not.toContain('erase-expired')

    await run('start-scheduled', { _cron: { ts: '2026-07-01T02:00:00.000Z', backfilled: false } })
    const after = await prisma.jobRun.findMany({ select: { task: true } })
    expect(after.map((line) => line.task)).toEqual(
      expect.arrayContaining(['close-without-receipt', 'erase-expired']),
    )
  })

  it('starts what is due once a day on the wall of its zone, whatever the clocks do', () => {
    const entry = (at: string, zone: string) => ({ at, zone })
    const quarters = (day: string) =>
      Array.from({ length: 96 + 8 }, (_, n) => new Date(Date.parse(`${day}T00:00Z`) + (n - 4) * 900_000))
    const runs = (day: string, at: string) =>
      quarters(day).filter(
        (instant) =>
          civilOf(instant, 'Europe/Paris').date === day && dueAt(instant, [entry(at, 'Europe/Paris')]).length,
      )
    for (const day of ['2026-03-28', '2026-03-29', '2026-10-25'])
      for (const at of ['02:30', '04:00']) expect(runs(day, at), `${day} ${at}`).toHaveLength(1)
    expect(dueAt(new Date('2026-07-01T07:15Z'), [entry('04:15', 'America/Cayenne')])).toHaveLength(1)
    for (const { at } of schedule) expect(at).toMatch(/:(00|15|30|45)$/)
  })

  it('erases traces after one year, sessions that are over, old receipts and the outbox of last week', async () => {
    await prisma.auditEntry.createMany({
      data: [
        { at: inHours(-366 * 24), action: 'view', subject: 'probationer' },
        { at: inHours(-364 * 24), action: 'view', subject: 'probationer' },
      ],
    })
    await prisma.session.create({ data: { sid: 'over', sess: {}, expire: inHours(-48) } })
    await prisma.session.create({ data: { sid: 'open', sess: {}, expire: inHours(1) } })
    await prisma.receipt.createMany({
      data: [-91, -89].map((days) => ({ raw: { days }, receivedAt: inHours(days * 24) })),
    })
    await prisma.outboxItem.createMany({
      data: [-8, -6].map((days) => ({
        channel: 'sms',
        sender: 'RDV Justice',
        recipient: '+33639981234',
        body: `${days}`,
        createdAt: inHours(days * 24),
      })),
    })
    // More than one turn erases.
    await prisma.$executeRaw`
      INSERT INTO audit_entry (at, action, subject) SELECT now() - interval '2 years', 'view', 'probationer' FROM generate_series(1, 7000)`
    await prisma.$executeRaw`SELECT graphile_worker.add_job('erase-expired')`
    await drainQueue(tasks)
    expect(await prisma.auditEntry.count()).toBe(1)
    expect(await prisma.session.findMany({ select: { sid: true } })).toEqual([{ sid: 'open' }])
    expect((await prisma.receipt.findMany({ where: { processedAt: null } })).map(({ raw }) => raw)).toEqual([
      { days: -89 },
    ])
    const kept = await prisma.outboxItem.findMany({ where: { recipient: '+33639981234' } })
    expect(kept.map(({ body }) => body)).toEqual(['-6'])
  })

  it('keeps a deleted agent as long as a trace of theirs, a year at least, then lets them go', async () => {
    const { organization: service } = await aService()
    const deleted = async (days: number, lastTrace: number | null) => {
      const { id } = await anAccount(service, 'educator')
      await prisma.agent.update({ where: { id }, data: { deletedAt: inHours(days * 24) } })
      if (lastTrace !== null)
        await prisma.auditEntry.create({
          data: { at: inHours(lastTrace * 24), action: 'view', subject: 'probationer', agentId: id },
        })
      return id
    }
    const gone = [await deleted(-366, null), await deleted(-366, -366)]
    const kept = [
      await deleted(-366, -364),
      await deleted(-364, null),
      (await anAccount(service, 'educator')).id,
    ]
    await prisma.$executeRaw`SELECT graphile_worker.add_job('erase-expired')`
    await drainQueue(tasks)
    const left = await prisma.agent.findMany({
      where: { id: { in: [...gone, ...kept] } },
      select: { id: true },
    })
    expect(left.map(({ id }) => id).sort((a, b) => a - b)).toEqual(kept)
  })
})
