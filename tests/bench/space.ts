import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { nationalPassword } from '../../prisma/seed/national/load'
import { hashPassword } from '../../resources/agent/commands/password-hash.server'
import { figure, p95 } from './figures'
import { asABrowser, load, signInToSpace, type Ask, type Client } from './load'
import { startBareRemix, type RunningServer } from './server'

interface Country extends Pick<RunningServer, 'url'> {
  pool: pg.Pool
  seconds: number
}

const home: Ask = { method: 'GET', path: '/espace' }

/**
 * The home of the space: one person alone, then fifty at once beside Remix as it comes that draws the same elements
 * without asking anybody, in turn, second by second, since a machine is not the same from one minute to the next.
 */
export async function spaceHomes({ url, pool, seconds }: Country): Promise<void> {
  await withSpaces(pool, 50, async (phones) => {
    const persons: Client[] = []
    for (const phone of phones) persons.push(await signInToSpace(url, phone, nationalPassword))
    const alone = persons.slice(0, 1)
    await load(url, alone, () => [home], Math.min(2, seconds))
    const times = await load(url, alone, () => [home], seconds)
    figure('space_home, alone, p95', p95(times), 'ms', { target: 40, paced: true })

    const folder = mkdtempSync(join(tmpdir(), 'msj-bare-remix-'))
    const file = join(folder, 'space.html')
    const { text } = await asABrowser(`${url}/espace`, persons[0]?.cookie)
    writeFileSync(file, text)
    const bare = await startBareRemix(file)
    const answersOf = async (server: string, path: string, time: number) =>
      (await load(server, persons, () => [{ method: 'GET', path }], time)).length
    const counts = { ours: 0, theirs: 0 }
    await answersOf(url, home.path, Math.min(4, seconds))
    await answersOf(bare.url, '/', Math.min(4, seconds))
    for (let turn = 0; turn < seconds; turn++) {
      counts.ours += await answersOf(url, home.path, 1)
      counts.theirs += await answersOf(bare.url, '/', 1)
    }
    // A refusal or an error ends the bench: `load` throws.
    figure('space_home, 50 persons, no error', counts.ours / seconds, '/s')
    figure('bare Remix page of its size, 50 visitors', counts.theirs / seconds, '/s')
    figure('space_home / bare Remix page', counts.ours / counts.theirs, 'x', { target: 0.4, least: true })
    await bare.stop()
    rmSync(folder, { recursive: true })
  })
}

/** Three hundred persons sign in within a minute, while agents work without a pause: what it costs these. */
export async function spaceSignIns(
  { url, pool, seconds }: Country,
  agents: readonly Client[],
  asks: readonly Ask[],
): Promise<void> {
  const signIns = Math.round(5 * Math.min(seconds * 7.5, 60))
  await withSpaces(pool, signIns, async (phones) => {
    const work = (time: number) => load(url, agents, () => asks, time)
    await work(Math.min(4, seconds))
    const before = await work(seconds)
    const during = work(signIns / 5)
    const times = await Promise.all(
      phones.map(async (phone, n) => {
        await delay(n * 200)
        const from = performance.now()
        await signInToSpace(url, phone, nationalPassword)
        return performance.now() - from
      }),
    )
    const meanwhile = await during
    const after = await work(seconds)
    const alone = p95([...before, ...after])
    figure(`${signIns} space_sign_ins, five a second, p95`, p95(times), 'ms')
    figure('agents at work, no person signs in, p95', alone, 'ms', { baseline: true })
    figure('agents at work / while persons sign in', p95(meanwhile) / alone, 'x', { target: 1.5 })
  })
}

/**
 * Opens a space to so many persons who are expected somewhere, and closes them again. Most numbers of the
 * country exist for nobody: those of fiction can be typed.
 */
async function withSpaces(
  pool: pg.Pool,
  count: number,
  work: (phones: readonly string[]) => Promise<void>,
): Promise<void> {
  const { rows } = await pool.query<{ id: number; phone: string }>(
    `WITH opened AS (
       INSERT INTO space_account (probationer_id, password_hash, accepted_at)
       SELECT p.id, $2, now() FROM probationer p
        WHERE p.phone LIKE '+3363998%' AND p.archived_at IS NULL
          AND EXISTS (SELECT 1 FROM appointment a WHERE a.probationer_id = p.id AND a.state = 'booked' AND a.starts_at > now())
        ORDER BY p.id LIMIT $1
       RETURNING id, probationer_id)
     SELECT opened.id, p.phone FROM opened JOIN probationer p ON p.id = opened.probationer_id ORDER BY opened.id`,
    [count, await hashPassword(nationalPassword)],
  )
  try {
    await work(rows.map(({ phone }) => phone))
  } finally {
    await pool.query('DELETE FROM space_account WHERE id = ANY ($1)', [rows.map(({ id }) => id)])
  }
}
