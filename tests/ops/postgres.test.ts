import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPostgres, type RunningPostgres } from '../../prisma/embedded/postgres'

vi.setConfig({ testTimeout: 60_000 })

let folder: string
const running: RunningPostgres[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'msj-ops-'))
})
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function start(): Promise<RunningPostgres> {
  const postgres = await startPostgres(folder)
  running.push(postgres)
  return postgres
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  // The server may be killed under it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0])
  } finally {
    await client.end()
  }
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
}

async function childrenOf(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((entry) => entry > 0)
  const parents = await Promise.all(
    pids.map((child) => readFile(`/proc/${child}/stat`, 'utf8').catch(() => '')),
  )
  return pids.filter((_, index) => parents[index]?.split(') ')[1]?.split(' ')[1] === String(pid))
}

const commandOf = (pid: number) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A process of its own that starts the server of the folder, says `ready`, and lives on. */
function owner() {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, '../../prisma/embedded/postgres.ts'))})
    try { await startPostgres(process.argv[1]); console.log('ready') } catch (error) { console.log(error.message) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, folder])
  const said = new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk).trim())),
  )
  return { pid: child.pid ?? 0, said, kill: () => child.kill('SIGKILL') }
}

describe('the embedded database', () => {
  test('keeps what was written from one start to the next, at the same address', async () => {
    const first = await start()
    await query(first.url, 'CREATE TABLE answer AS SELECT 42 AS value')
    await first.stop()
    const second = await start()
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'SELECT value FROM answer')).toEqual([42])
  })

  test('sorts names as a French reader expects', async () => {
    const { url } = await start()
    const names = "VALUES ('Zoé'), ('Éric'), ('Eve'), ('Émile')"
    expect(await query(url, `SELECT * FROM (${names}) AS n(name) ORDER BY name`)).toEqual([
      'Émile',
      'Éric',
      'Eve',
      'Zoé',
    ])
  })

  test('is started again, with what was committed, after every process of it was killed at once', async () => {
    const { url } = await start()
    await query(url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS value')
    const pid = await serverPid()
    for (const process_ of [pid, ...(await childrenOf(pid))]) process.kill(process_, 'SIGKILL')
    await vi.waitFor(async () => expect(await query(url, 'SELECT count(*)::int FROM kept')).toEqual([1000]), {
      timeout: 30_000,
      interval: 200,
    })
    expect(await serverPid()).not.toBe(pid)
  })

  test('starts although another program now has the process number left in its folder', async () => {
    await (await start()).stop()
    await writeFile(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n${folder}/postgres\n`)
    expect(await query((await start()).url, 'SELECT 1')).toEqual([1])
  })

  test('starts again after a first start that was cut short, beside another clone', async () => {
    const other = await mkdtemp(join(tmpdir(), 'msj-ops-'))
    await mkdir(join(other, 'postgres.new'))
    await writeFile(join(other, 'postgres.new/PG_VERSION'), '18\n')
    await writeFile(join(other, 'postgres.json'), '')
    const [first, second] = await Promise.all([start(), startPostgres(other)])
    expect(await query(first.url, 'SELECT 1')).toEqual([1])
    expect(await query(second.url, 'SELECT 1')).toEqual([1])
    await second.stop()
    await rm(other, { recursive: true, force: true })
  })

  test('loses nothing when the notes of its folder are lost', async () => {
    const first = await start()
    await query(first.url, 'CREATE TABLE noted AS SELECT 7 AS value')
    await first.stop()
    await writeFile(join(folder, 'postgres.json'), '')
    expect(await query((await start()).url, 'SELECT value FROM noted')).toEqual([7])
  })

  test('ends with the process that started it, even killed, and the next one starts', async () => {
    const first = owner()
    expect(await first.said).toBe('ready')
    const pid = await serverPid()
    first.kill()
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 })
    expect(await query((await start()).url, 'SELECT 1')).toEqual([1])
  })

  test('leaves nothing behind when its process is killed while it starts', async () => {
    const first = owner()
    const pid = await vi.waitFor(
      async () => {
        const starting = await serverPid()
        // The process that notices the end of its owner: started with the server, an instant after it.
        const children = await Promise.all((await childrenOf(first.pid)).map(commandOf))
        expect(children.some((command) => command.includes(`kill -INT ${starting}`))).toBe(true)
        return starting
      },
      { timeout: 20_000, interval: 2 },
    )
    first.kill()
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 })
  })

  test('refuses a folder that another process is using, and leaves its server alone', async () => {
    const postgres = await start()
    const second = owner()
    expect(await second.said).toContain(`déjà utilisé par le processus ${process.pid}`)
    second.kill()
    expect(await query(postgres.url, 'SELECT 1')).toEqual([1])
  })

  test('of two first starts on one empty folder, the second is refused in words', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'msj-ops-first-'))
    await writeFile(join(empty, 'starting'), String(process.ppid))
    await expect(startPostgres(empty)).rejects.toThrow(`déjà utilisé par le processus ${process.ppid}`)
    await rm(empty, { recursive: true, force: true })
  })
})
