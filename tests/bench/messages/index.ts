import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import * as z from 'zod'
import { messageIn, startBrevo, type Fate } from '../../support/brevo-simulator'
import { killingSteps, startKillableWorkers } from '../../support/killed-workers'
import { convokeMany, forgetMany } from '../../support/many-messages'
import { startWorkerProcess } from '../../support/worker-process'
import { figure, percentile } from '../figures'
import { startWeb } from '../server'

const run = promisify(execFile)
const hour = 3_600_000
const secret = 'le-secret-des-recepisses-du-banc-d-essai'

interface Bench {
  databaseUrl: string
  pool: pg.Pool
  only: RegExp
  /** A part of the numbers, to try the bench itself. */
  scale: number
}

/** SMS handed to the simulator of Brevo by workers in processes of their own, beside a web that hears its receipts. */
export async function messagesHandedOver({ databaseUrl, pool, only, scale }: Bench): Promise<void> {
  for (const [name, measure] of handedOver) {
    if (!only.test(name)) continue
    await forgetMany(pool)
    await measure({ databaseUrl, pool, scaled: (number) => Math.max(20, Math.round(number * scale)) })
    await forgetMany(pool)
  }
}

export const handedOver = [
  ['messages_rate', rateBesideBareJobs],
  ['messages_on_time', handedOverOnTime],
  ['messages_at_one_minute', handedOverAtOneMinute],
  ['messages_killed', leftOnceWhateverDies],
] as const

interface Measure {
  databaseUrl: string
  pool: pg.Pool
  scaled: (number: number) => number
}

async function placesByDay(pool: pg.Pool) {
  const { rows } = await pool.query<{ organizationId: number; placeId: number; agendaId: number }>(
    `SELECT p.organization_id AS "organizationId", p.id AS "placeId", min(a.id) AS "agendaId"
       FROM place p JOIN organization o ON o.id = p.organization_id JOIN agenda a ON a.place_id = p.id
       JOIN place_appointment_type t ON t.place_id = p.id AND t.type_code = 'probation_follow_up'
      WHERE p.archived_at IS NULL AND a.archived_at IS NULL
        AND (now() AT TIME ZONE o.time_zone)::time BETWEEN '08:05' AND '19:30'
      GROUP BY p.id ORDER BY p.id LIMIT 1`,
  )
  return rows
}

/** A service where it is day now, until the last of them has left, and persons whom nothing keeps SMS from. */
async function convokedThere(pool: pg.Pool, many: number) {
  const rows = await placesByDay(pool)
  if (rows.length === 0) {
    // By night in France and in Guiana, one service is moved where it is day: one of these two always is.
    await pool.query(
      `UPDATE organization SET time_zone = zone
         FROM unnest(ARRAY['Pacific/Tahiti', 'Pacific/Noumea']) zone
        WHERE id = (SELECT min(p.organization_id) FROM place p JOIN place_appointment_type t ON t.place_id = p.id
                     WHERE p.archived_at IS NULL AND t.type_code = 'probation_follow_up')
          AND (now() AT TIME ZONE zone)::time BETWEEN '08:05' AND '19:30'`,
    )
    rows.push(...(await placesByDay(pool)))
  }
  const [where] = rows
  if (!where) throw new Error('it is night everywhere')
  const { rows: persons } = await pool.query<{ id: number }>(
    `SELECT id FROM probationer
      WHERE phone IS NOT NULL AND NOT has_no_mobile_phone AND NOT sms_opt_out AND phone_state <> 'dead'
        AND archived_at IS NULL AND limited_at IS NULL
      ORDER BY id LIMIT $1`,
    [many],
  )
  const ids = persons.map(({ id }) => id)
  if (ids.length < many) throw new Error(`${ids.length} persons only`)
  return { where, persons: ids }
}

/** What workers and web share: the simulator, and the address of receipts. */
async function withBrevo<Result>(
  databaseUrl: string,
  { fateOf, listedAfter }: { fateOf: (sms: { tag: string }) => Fate; listedAfter?: number },
  work: (
    settings: Readonly<Record<string, string>>,
    brevo: Awaited<ReturnType<typeof startBrevo>>,
  ) => Promise<Result>,
): Promise<Result> {
  const brevo = await startBrevo({ fateOf, listedAfter })
  const open = {
    ...{ SMS_ENABLED: 'true', BREVO_API_KEY: 'simulated-key', BREVO_URL: brevo.url },
    SMS_RECEIPT_SECRET: secret,
  }
  const web = await startWeb(databaseUrl, open)
  try {
    const ours = { MSJ_ENV: 'demo', LOG_LEVEL: 'error', DATABASE_URL: databaseUrl, PUBLIC_URL: web.url }
    return await work({ ...open, ...ours }, brevo)
  } finally {
    await Promise.all([web.stop(), brevo.stop()])
  }
}

const allLeft = async (pool: pg.Pool, ids: readonly number[]) => {
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM message WHERE id = ANY ($1) AND state IN ('planned', 'sending', 'unknown')`,
      [ids],
    )
    if (rows[0]?.left === 0) return
    await delay(250)
  }
}

/** Seconds from the hour at which each was due to its acceptance. */
async function secondsLate(pool: pg.Pool, ids: readonly number[]): Promise<number[]> {
  const { rows } = await pool.query<{ seconds: number | null }>(
    `SELECT extract(epoch FROM sent_at - due_at)::float8 AS seconds FROM message WHERE id = ANY ($1)`,
    [ids],
  )
  return rows.map(({ seconds }) => seconds ?? Number.POSITIVE_INFINITY)
}

/** With the bucket lifted, by one worker, beside as many jobs that only ask the same provider. */
async function rateBesideBareJobs({ databaseUrl, pool }: Measure): Promise<void> {
  const many = 2_000
  const fateOf = () => ({ delay: 50, receipts: [] })
  await withBrevo(databaseUrl, { fateOf }, async (settings) => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'tests/bench/messages/program.ts'], {
      env: { ...process.env, ...settings, MANY: String(many) },
    })
    const bare = z.object({ rate: z.number() }).parse(JSON.parse(stdout)).rate
    figure('bare jobs a second, with a provider of 50 ms', bare, '/s', { baseline: true })

    const { where, persons } = await convokedThere(pool, many)
    const dueAt = new Date()
    const worker = startWorkerProcess({ ...settings, SMS_PER_SECOND: '1000' })
    const ids = await convokeMany(pool, {
      ...{ ...where, persons, startsAt: new Date(dueAt.getTime() + 72 * hour), kind: 'summons', dueAt },
      deadline: new Date(dueAt.getTime() + 24 * hour),
    })
    await allLeft(pool, ids)
    await worker.stop()
    // Once warm: from the tenth part on.
    const { rows } = await pool.query<{ rate: number }>(
      `SELECT 0.9 * $2 / extract(epoch FROM max(sent_at) - percentile_disc(0.1) WITHIN GROUP (ORDER BY sent_at))::float8 AS rate
         FROM message WHERE id = ANY ($1)`,
      [ids, many],
    )
    const rate = rows[0]?.rate ?? 0
    figure('messages_rate, the bucket lifted', rate, '/s')
    figure('messages_rate / bare jobs', rate / bare, 'x', { target: 0.6, least: true })
  })
}

/** Twenty a second are due, for minutes: each leaves at its hour. */
async function handedOverOnTime({ databaseUrl, pool, scaled }: Measure): Promise<void> {
  const many = scaled(2_400)
  const { where, persons } = await convokedThere(pool, many)
  await withBrevo(databaseUrl, { fateOf: () => ({ delay: 50 }) }, async (settings) => {
    const worker = startWorkerProcess(settings)
    const from = Date.now() + 15_000
    const ids: number[] = []
    for (let second = 0; second * 20 < many; second += 1) {
      const dueAt = new Date(from + second * 1_000)
      ids.push(
        ...(await convokeMany(pool, {
          ...{ ...where, persons: persons.slice(second * 20, second * 20 + 20), kind: 'reminder', dueAt },
          ...{
            startsAt: new Date(dueAt.getTime() + 24 * hour),
            deadline: new Date(dueAt.getTime() + 22 * hour),
          },
          createdAt: new Date(from - 72 * hour),
        })),
      )
    }
    await allLeft(pool, ids)
    await worker.stop()
    const late = await secondsLate(pool, ids)
    const share = (100 * late.filter((seconds) => seconds <= 10).length) / late.length
    figure(`messages_on_time, ${ids.length} at 20 a second, p95`, percentile(late, 95), 's')
    figure('messages_on_time, within 10 s', share, '%', { target: 95, least: true })
  })
}

/** Ten thousand reminders are due at one minute; what agents decide meanwhile passes before them. */
async function handedOverAtOneMinute({ databaseUrl, pool, scaled }: Measure): Promise<void> {
  const many = scaled(10_000)
  const urgent = 40
  const { where, persons } = await convokedThere(pool, many + urgent)
  await withBrevo(databaseUrl, { fateOf: () => ({ delay: 50 }) }, async (settings) => {
    const dueAt = new Date(Date.now() + 15_000)
    const ids = await convokeMany(pool, {
      ...{ ...where, persons: persons.slice(urgent), kind: 'reminder', dueAt },
      ...{ startsAt: new Date(dueAt.getTime() + 24 * hour), deadline: new Date(dueAt.getTime() + 22 * hour) },
      createdAt: new Date(dueAt.getTime() - 72 * hour),
    })
    const workers = [startWorkerProcess(settings), startWorkerProcess(settings)]
    const urgents: number[] = []
    for (let n = 0; n < urgent; n += 1) {
      await delay(Math.max(0, dueAt.getTime() + 5_000 + n * Math.min(5_000, many * 10) - Date.now()))
      const now = new Date()
      urgents.push(
        ...(await convokeMany(pool, {
          ...{ ...where, persons: persons.slice(n, n + 1), kind: 'summons', dueAt: now },
          ...{
            startsAt: new Date(now.getTime() + 72 * hour + n),
            deadline: new Date(now.getTime() + 24 * hour),
          },
        })),
      )
    }
    await allLeft(pool, [...ids, ...urgents])
    await Promise.all(workers.map((worker) => worker.stop()))
    const late = await secondsLate(pool, ids)
    figure(`messages_at_one_minute, ${many} handed over`, Math.max(...late) / 60, 'min', {
      target: Math.max(0.5, many / 1_000),
    })
    figure(
      'messages_at_one_minute, urgent meanwhile, slowest',
      Math.max(...(await secondsLate(pool, urgents))),
      's',
      {
        target: 10,
      },
    )
  })
}

/** Workers die at every step between claim and record; the provider times out, refuses, breaks lines and loses receipts. */
async function leftOnceWhateverDies({ databaseUrl, pool, scaled }: Measure): Promise<void> {
  const many = scaled(5_000)
  const deaths = scaled(100)
  const troubles: Fate[] = [
    { answer: 'cut' },
    { answer: 'lost' },
    { answer: 'silent' },
    { answer: { status: 503, code: 'unavailable', message: '' } },
    { answer: { status: 500, code: 'internal', message: '' } },
    { answer: { status: 429, code: 'too_many_requests', message: '', reset: 2 } },
    { receipts: [] },
    { receipts: ['delivered', 'soft_bounce', 'accepted', 'delivered'] },
    { delay: 3_000 },
  ]
  const met = new Set<string>()
  const fateOf = ({ tag }: { tag: string }): Fate => {
    const n = messageIn(tag)
    if (n % 20 !== 0 || met.has(tag)) return { delay: 50 }
    met.add(tag)
    return troubles[(n / 20) % troubles.length] ?? {}
  }
  const { where, persons } = await convokedThere(pool, many)
  // The list of events is almost as far behind as theirs ever is.
  await withBrevo(databaseUrl, { fateOf, listedAfter: 110_000 }, async (settings, brevo) => {
    const now = new Date()
    const convoked = (some: readonly number[], startsAt: Date, runAt: Date) =>
      convokeMany(pool, {
        ...{ ...where, persons: some, startsAt, kind: 'summons', dueAt: now, runAt },
        deadline: new Date(now.getTime() + 24 * hour),
      })
    const victims = await convoked(
      persons.slice(0, deaths),
      new Date(now.getTime() + 72 * hour),
      new Date(now.getTime() + 23 * hour),
    )
    const others = await convoked(persons.slice(deaths), new Date(now.getTime() + 73 * hour), now)
    const workers = await startKillableWorkers({ databaseUrl, settings, brevo, victims, workers: 3 })
    const killed = Object.values(await workers.killThemAll()).reduce((sum, some) => sum + some, 0)
    const ids = [...victims, ...others]
    await allLeft(pool, ids)
    await workers.stop()
    const times = new Map<number, number>()
    for (const { tag } of brevo.taken) times.set(messageIn(tag), (times.get(messageIn(tag)) ?? 0) + 1)
    const { rows } = await pool.query<{ told: number }>(
      `SELECT count(*)::int AS told FROM message WHERE id = ANY ($1) AND state IN ('sent', 'delivered')`,
      [ids],
    )
    const left = ids.filter((id) => times.has(id)).length
    figure(`messages_killed, workers, ${killingSteps.length} steps in turn`, killed, '', {
      target: deaths,
      least: true,
    })
    figure(`messages_killed, of ${ids.length}, left twice`, brevo.taken.length - times.size, '', {
      target: 0,
    })
    figure('messages_killed, lost', ids.length - left, '', { target: 0 })
    figure('messages_killed, left and not told as such', left - (rows[0]?.told ?? 0), '', { target: 0 })
  })
}
