import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Logger, run } from 'graphile-worker'
import pg from 'pg'
import { z } from 'zod'
import { nationalPassword } from '../../prisma/seed/national/load'
import { fellShort, figure, p95 } from './figures'
import { call, load, signIn, type Ask, type Client } from './load'
import { runCommand, startServer } from './server'

/**
 * `npm run bench`: the promises that have a number, on the whole country, through the real doors. The
 * first run fills a folder of data and keeps it; `--persons 20000` makes a small one, to try the bench
 * itself. Ends with 1 when a figure falls short.
 */
const { persons, folder, seconds } = z
  .object({
    persons: z.coerce.number().int(),
    folder: z.string().optional(),
    seconds: z.coerce.number().positive(),
  })
  .parse(
    parseArgs({
      options: {
        persons: { type: 'string', default: '1000000' },
        folder: { type: 'string' },
        seconds: { type: 'string', default: '8' },
      },
    }).values,
  )
const dataFolder = folder ?? join(tmpdir(), `mon-suivi-justice-bench-${persons}`)
const clientCount = 10

await fillOnce()
// The first start after a load finds cold caches and, after a new release, bundles to make.
await (await startServer(dataFolder)).stop()
const server = await startServer(dataFolder)
try {
  figure('start_again', server.startedIn / 1000, 's', { target: 5 })
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: clientCount })
  try {
    await leaveThePastBehind(pool)
    await measure(pool)
  } finally {
    await pool.end()
  }
} finally {
  await server.stop()
}
process.exit(fellShort() ? 1 : 0)

/** The country is dated from the day it was made: after a week the lists of the day would be thin. */
async function fillOnce(): Promise<void> {
  const mark = join(dataFolder, 'bench.json')
  const kept = existsSync(mark)
    ? z.object({ madeAt: z.number() }).parse(JSON.parse(readFileSync(mark, 'utf8')))
    : null
  if (kept && Date.now() - kept.madeAt < 7 * 86_400_000) return
  if (kept) throw new Error(`The data in ${dataFolder} are over a week old: remove the folder.`)
  const from = performance.now()
  await runCommand(
    ['prisma/seed/national.ts', '--persons', String(persons), '--appointments', String(persons * 5)],
    { MSJ_ENV: 'demo', DATABASE_URL: '', DATA_DIR: dataFolder },
  )
  writeFileSync(mark, JSON.stringify({ madeAt: Date.now() }))
  figure('seed_national', (performance.now() - from) / 1000, 's', { target: 600 })
}

/** The database that the server under test has started. */
function databaseUrl(): string {
  const { port, password } = z
    .object({ port: z.number(), password: z.string() })
    .parse(JSON.parse(readFileSync(join(dataFolder, 'postgres.json'), 'utf8')))
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}

/** Reminders of the days since the load would all leave now, before what is measured. */
async function leaveThePastBehind(pool: pg.Pool): Promise<void> {
  await pool.query(
    `UPDATE message SET state = 'expired', end_reason = 'deadline', ended_at = now()
      WHERE state = 'planned' AND due_at < now() + interval '10 minutes'`,
  )
}

interface Booker extends Client {
  organizationId: number
  placeId: number
  agendaId: number
  persons: number[]
  /** Working days of the place, some weeks ahead. */
  dates: string[]
}

async function measure(pool: pg.Pool): Promise<void> {
  const { url } = server
  const counsellors = await bookers(pool)
  const agentsWith = async (role: string) =>
    Promise.all((await emails(pool, role)).map((email) => signIn(url, email, nationalPassword)))
  const clerks = await agentsWith('sentence_clerk')
  const directors = await agentsWith('probation_director')
  const alone = counsellors.slice(0, 1)
  const get = (path: string): Ask => ({ method: 'GET', path })
  const ask = (name: string, input: unknown): Ask => ({
    method: 'POST',
    path: `/admin/api/msj/queries/${name}`,
    body: JSON.stringify(input),
  })

  const select1 = await direct(pool)
  figure('select_1_p95', p95(select1), 'ms', { baseline: true })
  const health = p95(await load(url, counsellors, () => [get('/healthz')], seconds))
  figure('healthz_p95', health, 'ms', { baseline: true })

  // The lists of the day, under ten clients; what one agent waits for while convoking, alone.
  const under = async (
    name: string,
    clients: readonly Client[],
    asks: (client: number) => readonly Ask[],
  ) => {
    await load(url, clients, asks, 2)
    const times = await load(url, clients, asks, seconds)
    figure(`${name}_p95`, p95(times), 'ms', { target: 300 })
    figure(`${name}_p95 / healthz_p95`, p95(times) / health, 'x')
    figure(`${name}_rate`, times.length / seconds, '/s')
  }
  const list = (resource: string, ...searches: string[]) =>
    searches.map((search) => get(`/admin/api/resources/${resource}/actions/list?${search}`))
  await under('list_probationers', counsellors, () => list('Probationer', 'page=1', 'page=2', 'page=3'))
  await under('list_probationers_jurisdiction', clerks, () =>
    list('Probationer', 'wholeJurisdiction=on', 'wholeJurisdiction=on&page=4'),
  )
  await under('list_probationers_by_name', counsellors, (client) =>
    ['martin', 'julien dur', 'ben', 'diallo', 'le gall'].map((text, i, all) =>
      get(
        `/admin/api/resources/Probationer/actions/list?text=${encodeURIComponent(all[(i + client) % all.length] ?? text)}`,
      ),
    ),
  )
  await under('list_appointments_of_day', counsellors, () =>
    list('Appointment', 'view=day', 'view=day&page=2'),
  )
  await under('list_appointments_of_day_court', clerks, () => list('Appointment', 'view=day'))
  await under('list_appointments_of_day_jurisdiction', counsellors, () =>
    list('Appointment', 'view=day&wholeJurisdiction=on'),
  )
  await under('list_appointments_to_come', counsellors, () => list('Appointment', 'view=to_come'))
  await under('list_appointments_jurisdiction', clerks, () =>
    list('Appointment', 'view=to_come&wholeJurisdiction=on', 'view=all&wholeJurisdiction=on'),
  )
  await under('search', counsellors, (client) =>
    ['mart', 'lefevre ju', 'dialo', '12/03/1985', '0639984127', 'n’gue'].map((text, i, all) =>
      ask('searchProbationers', { text: all[(i + client) % all.length] ?? text }),
    ),
  )
  await under('home', alone, () => [ask('home', {})])
  await under('home_court', clerks.slice(0, 1), () => [ask('home', {})])
  await under('home_service', directors.slice(0, 1), () => [ask('home', {})])
  await under('booking_form', alone, (client) =>
    (counsellors[client]?.persons ?? [])
      .slice(0, 10)
      .map((probationerId) => ask('bookingForm', { probationerId })),
  )
  await under('booking_preview', alone, (client) =>
    counsellors.slice(client, client + 1).flatMap(({ placeId, agendaId, dates, persons: [probationerId] }) =>
      dates.map((date) =>
        ask('bookingPreview', {
          probationerId,
          typeCode: 'probation_follow_up',
          placeId,
          agendaId,
          date,
          time: '10:35',
          inform: 'now',
        }),
      ),
    ),
  )
  await under('record', alone, (client) =>
    (counsellors[client]?.persons ?? [])
      .slice(0, 10)
      .map((probationerId) => ask('probationerRecord', { probationerId })),
  )
  await bookAndSend(pool, counsellors)
  await queue(pool, select1.length / seconds)
}

/** The floor of anything that asks the database: one trip, nothing to do. */
async function direct(pool: pg.Pool): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: clientCount }, async () => {
      while (performance.now() < until) {
        const from = performance.now()
        await pool.query('SELECT 1')
        times.push(performance.now() - from)
      }
    }),
  )
  return times
}

/** Agents of this role in ten services, from the largest to the smallest. */
async function emails(pool: pg.Pool, role: string): Promise<string[]> {
  const { rows } = await pool.query<{ email: string }>(
    `WITH services AS (
       SELECT organization_id, row_number() OVER (ORDER BY count(*) DESC, organization_id) AS rank, count(*) OVER () AS services
         FROM following GROUP BY organization_id
     )
     SELECT DISTINCT ON (rank) email FROM services JOIN agent USING (organization_id)
      WHERE role = $1::role AND email LIKE '%.example'
      ORDER BY rank, agent.id`,
    [role],
  )
  return Array.from(
    { length: clientCount },
    (_, i) => rows[Math.floor((i * rows.length) / clientCount)]?.email ?? '',
  )
}

async function bookers(pool: pg.Pool): Promise<Booker[]> {
  const made: Booker[] = []
  for (const email of await emails(pool, 'probation_counsellor')) {
    const { rows } = await pool.query<Omit<Booker, 'cookie'>>(
      `SELECT o.id AS "organizationId", place.id AS "placeId", min(agenda.id) AS "agendaId",
              ARRAY(SELECT p.id FROM following f JOIN probationer p ON p.id = f.probationer_id
                     WHERE f.organization_id = o.id AND p.archived_at IS NULL AND p.phone IS NOT NULL AND NOT p.sms_opt_out AND p.phone_state = 'fine'
                     ORDER BY p.id LIMIT 40) AS persons,
              ARRAY(SELECT DISTINCT s.date::text FROM slot s JOIN agenda a ON a.id = s.agenda_id
                     WHERE a.place_id = place.id AND s.recurring_slot_id IS NOT NULL AND s.date > current_date + 3 ORDER BY 1 LIMIT 20) AS dates
         FROM agent JOIN organization o ON o.id = agent.organization_id
         JOIN place ON place.organization_id = o.id
         JOIN place_appointment_type t ON t.place_id = place.id AND t.type_code = 'probation_follow_up'
         JOIN agenda ON agenda.place_id = place.id
        WHERE agent.email = $1 GROUP BY o.id, place.id`,
      [email],
    )
    const [service] = rows
    if (service) made.push({ ...(await signIn(server.url, email, nationalPassword)), ...service })
  }
  return made
}

/** One act after the other; each summons must have reached the outbox soon after its own. */
async function bookAndSend(pool: pg.Pool, clients: readonly Booker[]): Promise<void> {
  const each = 4
  const times: number[] = []
  const ids: number[] = []
  const minute = String(10 + Math.floor(Math.random() * 45))
  for (const client of clients) {
    for (const [index, probationerId] of client.persons.slice(-each).entries()) {
      const from = performance.now()
      const { id } = await call<{ id: number }>(server.url, client, 'commands/bookAppointment', {
        probationerId,
        typeCode: 'probation_follow_up',
        placeId: client.placeId,
        agendaId: client.agendaId,
        date: client.dates[index],
        time: `07:${minute}`,
        inform: 'now',
        keepOverlap: true,
        requestKey: randomUUID(),
      })
      times.push(performance.now() - from)
      ids.push(id)
    }
  }
  figure('book_p95', p95(times), 'ms', { target: 300 })

  for (let waited = 0; waited < 30_000; waited += 250) {
    const { rows } = await pool.query<{ left: number; slowest: number }>(
      `SELECT count(*)::int AS left, max(extract(epoch FROM o.created_at - m.created_at))::float8 AS slowest
         FROM message m JOIN outbox_item o ON o.reference = 'message:' || m.id
        WHERE m.appointment_id = ANY ($1) AND m.kind = 'summons'`,
      [ids],
    )
    if (rows[0]?.left === ids.length)
      return figure('booked_to_outbox_slowest', rows[0].slowest, 's', { target: 10 })
    await delay(250)
  }
  figure('booked_to_outbox_slowest', Number.POSITIVE_INFINITY, 's', { target: 10 })
}

/** Jobs that do nothing, beside the worker of the server: the queue's own speed. */
async function queue(pool: pg.Pool, baseline: number): Promise<void> {
  const jobs = 5_000
  const task = 'bench-nothing'
  await pool.query(`SELECT graphile_worker.add_job($1) FROM generate_series(1, $2)`, [task, jobs])
  let done = 0
  const from = performance.now()
  await new Promise<void>((finish, fail) => {
    const runner = run({
      connectionString: databaseUrl(),
      concurrency: clientCount,
      noHandleSignals: true,
      logger: new Logger(() => () => undefined),
      taskList: {
        [task]: () => {
          done += 1
          if (done === jobs) void runner.then((r) => r.stop()).then(finish, fail)
        },
      },
    })
    runner.catch(fail)
  })
  const rate = jobs / ((performance.now() - from) / 1000)
  figure('jobs_rate', rate, '/s', { target: 100, least: true })
  figure('jobs_rate / select_1_rate', rate / baseline, 'x')
}
