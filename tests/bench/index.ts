import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Logger, run } from 'graphile-worker'
import pg from 'pg'
import * as z from 'zod'
import { startPostgres } from '../../prisma/embedded/postgres'
import { nationalPassword } from '../../prisma/seed/national/load'
import { hashPassword } from '../../resources/agent/commands/password-hash.server'
import { forgetRequests, manyRequests } from './divestments'
import { fellShort, figure, median, p95, paceOf } from './figures'
import { bookingsBesideTheirSql, hearingExitBooker, typeCode as hearingExit } from './booking'
import { importedBesideForm } from './import'
import { act, asABrowser, ask, load, signIn, type Ask, type Client } from './load'
import { handedOver, messagesHandedOver } from './messages'
import { nightTask } from './night'
import { portalPages, servicePageBesideRemix } from './portal'
import { purgeWhileBooking } from './purge'
import { closedDay, crowdedAgenda, forget, generation, slotsDesk } from './slots'
import { spaceHomes, spaceSignIns } from './space'
import { runCommand, startStock, startWeb, startWhole, startWorker, type RunningServer } from './server'

/**
 * `npm run bench`: the promises that have a number, on the whole country, through the real doors, beside
 * AdminJS as it comes on the same database. The first run fills two folders of data, a country and a tenth
 * of one, and keeps them; `--persons 20000 --tenth 2000` makes small ones, to try the bench itself, and
 * `--only home` measures what is named so. Ends with 1 when a figure falls short.
 */
const { persons, tenth, folder, seconds, only } = z
  .object({
    persons: z.coerce.number().int(),
    tenth: z.coerce.number().int(),
    folder: z.string().optional(),
    seconds: z.coerce.number().positive(),
    only: z.string().transform((text) => new RegExp(text)),
  })
  .parse(
    parseArgs({
      options: {
        persons: { type: 'string', default: '1000000' },
        tenth: { type: 'string', default: '100000' },
        folder: { type: 'string' },
        seconds: { type: 'string', default: '8' },
        only: { type: 'string', default: '' },
      },
    }).values,
  )
const clientCount = 10
const folderOf = (size: number) => join(tmpdir(), `mon-suivi-justice-bench-${size}`)
const dataFolder = folder ?? folderOf(persons)

const get = (path: string): Ask => ({ method: 'GET', path })
const listPath = (resource: string) => `/admin/api/resources/${resource}/actions/list`
const list = (resource: string, ...searches: string[]): Ask[] =>
  searches.map((search) => ({
    method: 'POST',
    path: listPath(resource),
    body: JSON.stringify(Object.fromEntries(new URLSearchParams(search))),
  }))
const stockList = (resource: string, ...searches: string[]) =>
  searches.map((search) => get(`${listPath(resource)}?${search}`))
/** Each client begins with another question. */
const turned = (asks: readonly Ask[], client: number) =>
  asks.map((_, i) => asks[(i + client) % asks.length] as Ask)

const names = ['martin', 'julien dur', 'ben', 'diallo', 'le gall']
/** What agents type: a beginning, two words, a birth, a phone, signs of a keyboard. */
const typed = ['mart', 'lefevre ju', '12/03/1985', '0639984127', 'n’gue']
/** Nobody is named so: the nearest spellings are looked for. */
const misspelt = ['dialo', 'bensalm', 'lefevvre']

await fillOnce(dataFolder, persons)
// The first start after a load finds cold caches and, after a new release, migrations and bundles to make.
await (await startWhole(dataFolder)).stop()
const whole = await startWhole(dataFolder)
figure('start_again', whole.startedIn / 1000, 's', { target: 5 })
await whole.stop()

if (only.test('search_growth')) await searchGrowth()
await onDatabase(dataFolder, async (databaseUrl) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: clientCount })
  // What ends the bench is thrown; a database that stops after it says no more than that.
  pool.on('error', () => undefined)
  await leaveThePastBehind(pool)
  const worker = await startWorker(databaseUrl)
  const [server, stock] = await Promise.all([startWeb(databaseUrl), startStock(databaseUrl)])
  try {
    await measure({ pool, server, stock, databaseUrl })
  } finally {
    await Promise.all([server, stock, worker].map((one) => one.stop()))
  }
  // By workers and a web of its own.
  await messagesHandedOver({ databaseUrl, pool, only, scale: persons < 1_000_000 ? persons / 1_000_000 : 1 })
  await pool.end()
})
process.exit(fellShort() ? 1 : 0)

/** Runs the embedded database of a folder by itself, so that web and worker are processes of their own. */
async function onDatabase<Result>(path: string, work: (url: string) => Promise<Result>): Promise<Result> {
  const postgres = await startPostgres(path)
  try {
    return await work(postgres.url)
  } finally {
    await postgres.stop()
  }
}

/**
 * The typical answer of the box, one agent alone, in a country and in one ten times smaller: in turn, second by
 * second, since a machine is not the same from one minute to the next.
 */
async function searchGrowth(): Promise<void> {
  await fillOnce(folderOf(tenth), tenth)
  // Migrates it, and says that it is a demonstration's.
  await (await startWhole(folderOf(tenth))).stop()
  await onDatabase(folderOf(tenth), async (fewer) => {
    await onDatabase(dataFolder, async (all) => {
      const countries = await Promise.all([fewer, all].map(countryOfOneAgent))
      const asks = [...names, ...typed].map((text) => ask('searchProbationers', { text }))
      const answers = async (seconds: number, { server, client }: (typeof countries)[number]) =>
        load(server.url, [client], () => asks, seconds)
      for (const country of countries) await answers(Math.min(4, seconds), country)
      const times: number[][] = countries.map(() => [])
      for (let turn = 0; turn < seconds; turn++)
        for (const [n, country] of countries.entries()) times[n]?.push(...(await answers(1, country)))
      const [inFewer = 0, inAll = 0] = times.map(median)
      figure(`search_growth, ${tenth} to ${persons} persons`, inAll / inFewer, 'x', { target: 1.5 })
      await Promise.all(countries.map(({ server }) => server.stop()))
    })
  })
}

async function countryOfOneAgent(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const server = await startWeb(databaseUrl)
  const [email = ''] = await emails(pool, 'probation_counsellor')
  await pool.end()
  return { server, client: await signIn(server.url, email, nationalPassword) }
}

/** The country is dated from the day it was made: after a week the lists of the day would be thin. */
async function fillOnce(path: string, size: number): Promise<void> {
  const mark = join(path, 'bench.json')
  const kept = existsSync(mark)
    ? z.object({ madeAt: z.number() }).parse(JSON.parse(readFileSync(mark, 'utf8')))
    : null
  if (kept && Date.now() - kept.madeAt < 7 * 86_400_000) return
  if (kept) throw new Error(`The data in ${path} are over a week old: remove the folder.`)
  const from = performance.now()
  await runCommand(
    ['prisma/seed/national.ts', '--persons', String(size), '--appointments', String(size * 5)],
    { MSJ_ENV: 'demo', DATABASE_URL: '', DATA_DIR: path },
  )
  writeFileSync(mark, JSON.stringify({ madeAt: Date.now() }))
  const took = (performance.now() - from) / 1000
  figure(`seed_national_${size}`, took, 's', size === persons ? { target: 600 } : {})
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

interface Bench {
  pool: pg.Pool
  /** Ours, and AdminJS as it comes. */
  server: RunningServer
  stock: RunningServer
  databaseUrl: string
}

async function measure({ pool, server, stock, databaseUrl }: Bench): Promise<void> {
  const { url } = server
  const counsellors = await bookers(url, pool)
  const agentsWith = async (role: string) => {
    const signed: Client[] = []
    for (const email of await emails(pool, role)) signed.push(await signIn(url, email, nationalPassword))
    return signed
  }
  // What the night does for the lists of the day.
  for (const task of ['mark-endings', ...(only.test('search-duplicates') ? ['search-duplicates'] : [])]) {
    const { handled, ms } = await nightTask(pool, task)
    figure(`${task}, ${handled} handled`, ms / 1000, 's')
  }
  // A first night counts everything, the next ones what may have changed: workers would begin by it.
  if (['statistics', ...handedOver.map(([name]) => name)].some((name) => only.test(name)))
    for (const night of ['first', 'next']) {
      const { handled, ms } = await nightTask(pool, 'refresh-figures')
      figure(`refresh-figures, ${night} night, ${handled} services`, ms / 1000, 's')
    }
  const clerks = await agentsWith('sentence_clerk')
  const directors = await agentsWith('probation_director')
  const alone = counsellors.slice(0, 1)

  const select1 = await direct(pool)
  figure('select_1_p95', p95(select1), 'ms', { baseline: true })
  const health = p95(await load(url, counsellors, () => [get('/healthz')], seconds))
  figure('healthz_p95', health, 'ms', { baseline: true })
  // Ours may gain on the machine: the pace is what the same answer costs an Express that nobody tuned.
  const express = p95(await load(stock.url, counsellors, () => [get('/readyz')], seconds))
  figure('express_p95', express, 'ms', { baseline: true })
  paceOf(express)

  /** So many clients of ours, then as many of the stock AdminJS where it is to be compared. */
  const under = async (
    name: string,
    clients: readonly Client[],
    asks: (client: number) => readonly Ask[],
    { target, beside }: { target: number; beside?: { asks: readonly Ask[]; times: number } },
  ) => {
    if (!only.test(name)) return
    // As in a process that has worked for a while.
    await load(url, clients, asks, Math.min(4, seconds))
    const times = await load(url, clients, asks, seconds)
    figure(`${name}_p95`, p95(times), 'ms', { target, paced: true })
    if (clients.length === 1) return
    figure(`${name}_rate`, times.length / seconds, '/s')
    const bare = await load(url, clients, asks, seconds / 2, 'identity')
    figure(`${name}_p95, not compressed`, p95(bare), 'ms')
    figure(`${name}_rate, not compressed`, (bare.length * 2) / seconds, '/s')
    if (!beside) return
    // Its slowest answers take seconds: a short time would count none.
    let longer = Math.max(seconds, 10)
    const stockAsks = (client: number) => turned(beside.asks, client)
    let theirs = await load(stock.url, clients, stockAsks, longer)
    if (theirs.length < clients.length) {
      longer *= 5
      theirs = await load(stock.url, clients, stockAsks, longer)
    }
    await quiet(pool)
    figure(`${name}, stock_p95`, p95(theirs), 'ms')
    figure(`${name}, stock_rate`, theirs.length / longer, '/s')
    const ratio = times.length / seconds / (theirs.length / longer)
    figure(`${name}_rate / stock_rate`, ratio, 'x', { target: beside.times, least: true })
  }
  const stockPersons = stockList('Probationer', 'page=1', 'page=2', 'page=3')
  const stockNames = names.map(
    (name) => stockList('Probationer', `filters.lastName=${encodeURIComponent(name)}`)[0] as Ask,
  )
  const stockAppointments = stockList('Appointment', 'page=1', 'page=2')

  await under('list_probationers', counsellors, () => list('Probationer', 'page=1', 'page=2', 'page=3'), {
    target: 60,
    beside: { asks: stockPersons, times: 12 },
  })
  await under(
    'list_probationers_jurisdiction',
    clerks,
    () => list('Probationer', 'wholeJurisdiction=on', 'wholeJurisdiction=on&page=4'),
    { target: 60, beside: { asks: stockPersons, times: 8 } },
  )
  await under(
    'list_probationers_by_name',
    counsellors,
    (client) =>
      turned(list('Probationer', ...names.map((text) => `text=${encodeURIComponent(text)}`)), client),
    { target: 80, beside: { asks: stockNames, times: 30 } },
  )
  await under(
    'search',
    counsellors,
    (client) =>
      turned(
        [...names, ...typed].map((text) => ask('searchProbationers', { text })),
        client,
      ),
    { target: 80, beside: { asks: stockNames, times: 30 } },
  )
  await under(
    'search_near_spellings',
    counsellors,
    (client) =>
      turned(
        misspelt.map((text) => ask('searchProbationers', { text })),
        client,
      ),
    { target: 110 },
  )
  const beside = { asks: stockAppointments, times: 40 }
  // The next day on which people are expected: on a Sunday the list of today proves nothing.
  const day = `view=day&date=${await nextDayOfWork(pool)}`
  await under('list_appointments_of_day', counsellors, () => list('Appointment', day, `${day}&page=2`), {
    target: 80,
    beside,
  })
  await under('list_appointments_of_day_court', clerks, () => list('Appointment', day), { target: 80 })
  await under('list_appointments_to_come', counsellors, () => list('Appointment', 'view=to_come'), {
    target: 80,
    beside,
  })
  await under(
    'list_appointments_jurisdiction',
    clerks,
    () => list('Appointment', 'view=to_come&wholeJurisdiction=on', 'view=all&wholeJurisdiction=on'),
    { target: 80, beside },
  )
  await under('home', alone, () => [ask('home', {})], { target: 40 })
  await under('home_court', clerks.slice(0, 1), () => [ask('home', {})], { target: 40 })
  await under('home_service', directors.slice(0, 1), () => [ask('home', {})], { target: 60 })
  const desk = only.test('desk') ? await fullestDesk(pool) : null
  if (desk) {
    const { email, seats, stamp, ...month } = desk
    const reader = [await signIn(url, email, nationalPassword)]
    figure('desk_month, its seats', seats, 'seats')
    await under('desk_month', reader, () => [ask('hearingExitDesk', month)], { target: 80 })
    await under('desk_poll', reader, () => [ask('deskStamp', stamp)], { target: 5 })
  }
  // Of the largest service, over a year: whole months, then the one that runs too.
  const thisYear = String(new Date().getFullYear())
  await under(
    'statistics',
    directors.slice(0, 1),
    () => [ask('figures', {}), ask('figures', { period: thisYear })],
    { target: 300 },
  )
  await under('statistics_national', directors.slice(0, 1), () => [ask('figures', { view: 'national' })], {
    target: 300,
  })
  const followed = (action: string) =>
    (counsellors[0]?.persons ?? [])
      .slice(0, 10)
      .map((id) => get(`/admin/api/resources/Probationer/records/${id}/${action}`))
  await under('booking_form', alone, () => followed('convoke'), { target: 30 })
  await under(
    'booking_preview',
    alone,
    () =>
      alone.flatMap(({ placeId, agendaId, dates, persons: [probationerId] }) =>
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
    { target: 40 },
  )
  if (only.test('first_free_slots')) {
    const { email, place } = await hearingExitBooker(pool)
    const clerk = [await signIn(url, email, nationalPassword)]
    const asked = { placeId: place, typeCode: hearingExit }
    await under('first_free_slots', clerk, () => [ask('freeSlots', asked)], { target: 100 })
  }
  await under('record', alone, () => followed('show'), { target: 30 })
  if (only.test('list_divestments')) {
    const [email = ''] = await emails(pool, 'local_admin')
    await manyRequests(pool, email)
    const admin = await signIn(url, email, nationalPassword)
    await under(
      'list_divestments',
      counsellors.map(() => admin),
      () => list('Divestment', 'box=received', 'box=received&page=2', 'box=received&page=40'),
      { target: 80 },
    )
    await forgetRequests(pool)
  }
  if (only.test('book')) await bookAndSend(url, pool, counsellors)
  if (only.test('booking_rate')) await bookingsBesideTheirSql(databaseUrl, pool, 300)
  if (only.test('purge')) await purgeWhileBooking(url, pool, counsellors, seconds)
  if (only.test('first_load')) {
    const bytes = await firstLoad(url, counsellors[0] ?? { cookie: '' })
    figure('first_load, compressed', bytes / 1000, 'kB', { target: 250 })
  }
  if (only.test('slot_month')) {
    const [email = ''] = await emails(pool, 'local_admin')
    const desk = await slotsDesk(url, pool, email)
    await generation(pool, desk)
    const month = await crowdedAgenda(pool, desk)
    await under('slot_month', [desk.client], () => [month], { target: 80 })
    await closedDay(url, pool, desk)
    // What it writes to is taken away.
    await workerIdle(pool)
    await forget(pool)
  }
  if (only.test('import')) await importedBesideForm(databaseUrl, pool, 500)
  if (only.test('agent_sign_ins')) await signInsAtOnce(url, pool, counsellors)
  if (only.test('space_home')) await spaceHomes({ url, pool, seconds })
  if (only.test('space_sign_ins'))
    await spaceSignIns({ url, pool, seconds }, counsellors.slice(0, 3), list('Appointment', 'view=to_come'))
  await portalPages({ url, only, seconds })
  if (only.test('portal_service')) await servicePageBesideRemix({ url, only, seconds })
  figure('memory_web', server.memory(), 'MB', { target: 350 })
  if (only.test('jobs')) await queue(databaseUrl, pool, select1.length / seconds)
}

/** What was asked and is no longer awaited still runs in the database: the next figure would pay for it. */
async function quiet(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    )
    if (rowCount === 0) return
    await delay(250)
  }
}

async function nextDayOfWork(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ day: string }>(
    `SELECT starts_at::date::text AS day FROM appointment WHERE starts_at >= current_date AND state = 'booked'
      GROUP BY 1 ORDER BY count(*) < 100, 1 LIMIT 1`,
  )
  return rows[0]?.day ?? ''
}

/**
 * What a browser that has never been here fetches to draw the back office: the page, its styles, its
 * scripts and what they import before they run.
 */
async function firstLoad(url: string, { cookie }: Client): Promise<number> {
  const seen = new Set<string>()
  let total = 0
  const fetched = async (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const { bytes, text } = await asABrowser(`${url}${path}`, cookie)
    total += bytes
    const isPage = !/\.(js|mjs|css)$/.test(path)
    const found = isPage
      ? text.matchAll(/(?:src|href)="([^"]+\.(?:js|mjs|css))"/g)
      : text.matchAll(/(?:^|[;}\s])(?:import|export)(?:[\w$*{},\s]*?from)?\s*"([^"]+\.m?js)"/g)
    for (const [, address = ''] of found) await fetched(new URL(address, `${url}${path}`).pathname)
  }
  await fetched('/admin')
  return total
}

/** Monday, nine o'clock: a hundred agents sign in together, while others work, then alone. Nobody is refused. */
async function signInsAtOnce(url: string, pool: pg.Pool, working: readonly Client[]): Promise<void> {
  const { rows } = await pool.query<{ email: string }>(
    `SELECT email FROM agent WHERE email LIKE '%.example' AND role = 'probation_counsellor'
        AND locked_at IS NULL ORDER BY id DESC LIMIT 100`,
  )
  const hashes: number[] = []
  for (let n = 0; n < 5; n++) {
    const from = performance.now()
    await hashPassword(nationalPassword)
    hashes.push(performance.now() - from)
  }
  const oneHash = median(hashes)
  figure('one password hash', oneHash, 'ms', { baseline: true })
  // A 503, or any other refusal, ends the bench: `load` and `signIn` throw.
  const atOnce = () =>
    Promise.all(
      rows.map(async ({ email }) => {
        const from = performance.now()
        await signIn(url, email, nationalPassword)
        return performance.now() - from
      }),
    )
  const others = load(url, working.slice(0, 3), () => list('Appointment', 'view=to_come'), 5)
  figure(
    'agent_sign_ins_p95 / one hash, while three agents list without a pause',
    p95(await atOnce()) / oneHash,
    'x',
  )
  figure('agent_sign_ins, a list meanwhile, p95', p95(await others), 'ms')
  const times = await atOnce()
  figure(`${times.length} agent_sign_ins at once, p95`, p95(times), 'ms')
  figure('agent_sign_ins_p95 / one hash', p95(times) / oneHash, 'x', { target: 150 })
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

/** The hearing-exit desk that has the most seats in one month, filled up to 400: they stay, as many at the next run. And a reader of it. */
async function fullestDesk(pool: pg.Pool) {
  const { rows } = await pool.query<{
    agendaId: number
    placeId: number
    month: string
    seats: number
    email: string
  }>(
    `SELECT s.agenda_id AS "agendaId", a.place_id AS "placeId", to_char(s.date, 'YYYY-MM') AS month,
            sum(s.capacity)::int AS seats,
            (SELECT email FROM agent
              WHERE agent.organization_id = p.organization_id AND role = 'probation_director' AND email LIKE '%.example'
              ORDER BY id LIMIT 1) AS email
       FROM slot s JOIN agenda a ON a.id = s.agenda_id JOIN place p ON p.id = a.place_id
      WHERE s.type_code = $1 AND s.starts_at > now() AND s.starts_at < now() + interval '4 months'
        AND p.organization_id IN (SELECT organization_id FROM agent WHERE role = 'probation_director' AND email LIKE '%.example')
      GROUP BY s.agenda_id, a.place_id, month, p.organization_id
      ORDER BY seats DESC LIMIT 1`,
    [hearingExit],
  )
  const [found] = rows
  if (!found) return null
  const { agendaId, month } = found
  const { rows: filled } = await pool.query<{ capacity: number }>(
    `WITH month AS (
       SELECT id FROM slot
        WHERE agenda_id = $1 AND type_code = $2 AND to_char(date, 'YYYY-MM') = $3 AND starts_at > now())
     UPDATE slot SET capacity = capacity + ceil(greatest(400 - $4, 0)::numeric / (SELECT count(*) FROM month))
      WHERE id IN (SELECT id FROM month) RETURNING capacity`,
    [agendaId, hearingExit, month, found.seats],
  )
  const seats = filled.reduce((sum, { capacity }) => sum + capacity, 0)
  return { ...found, seats, typeCode: hearingExit, stamp: { typeCode: hearingExit, agendaId, month } }
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

async function bookers(url: string, pool: pg.Pool): Promise<Booker[]> {
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
    if (service) made.push({ ...(await signIn(url, email, nationalPassword)), ...service })
  }
  return made
}

/** One act after the other; each summons must have reached the outbox soon after its own. */
async function bookAndSend(url: string, pool: pg.Pool, clients: readonly Booker[]): Promise<void> {
  const times: number[] = []
  let slowest = 0
  const minute = String(10 + Math.floor(Math.random() * 45))
  const book = async (client: Booker, nth: number) => {
    const { id } = await act<{ id: number }>(
      url,
      client,
      `Probationer/records/${client.persons[nth]}/convoke`,
      {
        typeCode: 'probation_follow_up',
        placeId: client.placeId,
        agendaId: client.agendaId,
        date: client.dates[nth],
        time: `07:${minute}`,
        inform: 'now',
        keepOverlap: true,
        requestKey: randomUUID(),
      },
    )
    return id
  }
  // As in a process that has booked for a while.
  const before = 9
  let last = 0
  for (const client of clients) for (let nth = 0; nth < before; nth++) last = await book(client, nth)
  await secondsToOutbox(pool, last)
  await workerIdle(pool)
  for (const client of clients) {
    for (let nth = before; nth < before + 4; nth++) {
      const from = performance.now()
      const id = await book(client, nth)
      times.push(performance.now() - from)
      // Alone: the worker is done with this one before the next.
      slowest = Math.max(slowest, await secondsToOutbox(pool, id))
      await workerIdle(pool)
    }
  }
  figure('book_p95', p95(times), 'ms', { target: 60, paced: true })
  figure('booked_to_outbox_slowest', slowest, 's', { target: 10 })
}

async function workerIdle(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      // What was given up runs no more.
      'SELECT 1 FROM graphile_worker._private_jobs WHERE run_at <= now() AND attempts < max_attempts LIMIT 1',
    )
    if (rowCount === 0) return
    await delay(50)
  }
}

async function secondsToOutbox(pool: pg.Pool, appointmentId: number): Promise<number> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const { rows } = await pool.query<{ seconds: number }>(
      `SELECT extract(epoch FROM o.created_at - m.created_at)::float8 AS seconds
         FROM message m JOIN outbox_item o ON o.reference LIKE 'message:' || m.id || ':%'
        WHERE m.appointment_id = $1 AND m.kind = 'summons'`,
      [appointmentId],
    )
    if (rows[0]) return rows[0].seconds
    await delay(50)
  }
  return Number.POSITIVE_INFINITY
}

/** Jobs that do nothing, beside the worker of the server: the queue's own speed. */
async function queue(databaseUrl: string, pool: pg.Pool, baseline: number): Promise<void> {
  const jobs = 5_000
  const task = 'bench-nothing'
  await pool.query(`SELECT graphile_worker.add_job($1) FROM generate_series(1, $2)`, [task, jobs])
  let done = 0
  const from = performance.now()
  await new Promise<void>((finish, fail) => {
    const runner = run({
      connectionString: databaseUrl,
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
