import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs one of the product's own commands in a folder of data, and waits for its end. */
export function runCommand(args: readonly string[], settings: Record<string, string>): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
      cwd: root,
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', fail)
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new Error(`${args.join(' ')} ended with ${code}`)),
    )
  })
}

export interface RunningServer {
  url: string
  /** From the command to the first "ready". */
  startedIn: number
  /** What the process holds in memory, in megabytes. */
  memory: () => number
  stop: () => Promise<void>
}

/** `npm start` on a free port, with its own worker and database, until it says it is ready. */
export const startWhole = (dataFolder: string): Promise<RunningServer> =>
  start(['npm', 'start', '--silent'], { DATABASE_URL: '', DATA_DIR: dataFolder })

/** The web alone, on a database that runs already. */
export const startWeb = (
  databaseUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> =>
  start([process.execPath, '--import', 'tsx', 'server.ts', 'web'], { ...settings, DATABASE_URL: databaseUrl })

/** AdminJS as it comes, on the same database. */
export const startStock = (databaseUrl: string): Promise<RunningServer> =>
  start([process.execPath, '--import', 'tsx', 'tests/bench/stock/server.ts'], {
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
  })

/** Remix as it comes, one page that draws the HTML of this file. */
export const startBareRemix = (page: string): Promise<RunningServer> =>
  start([process.execPath, '--import', 'tsx', 'tests/bench/remix/server.tsx'], {
    PAGE_FILE: page,
    NODE_ENV: 'production',
  })

/** The worker alone; it opens no door that could say it is ready. */
export const startWorker = (databaseUrl: string): Promise<RunningServer> =>
  start([process.execPath, '--import', 'tsx', 'server.ts', 'worker'], { DATABASE_URL: databaseUrl }, false)

async function start(
  [command = '', ...args]: readonly string[],
  settings: Record<string, string>,
  hasDoor = true,
): Promise<RunningServer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const from = performance.now()
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...process.env,
      MSJ_ENV: 'demo',
      PORT: String(port),
      PUBLIC_URL: url,
      LOG_LEVEL: 'error',
      // Ten clients are a few agents here, who ask as fast as they are answered.
      SEARCHES_PER_MINUTE: '1000000',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own: npm does not always hand signals down to what it started.
    detached: true,
  })
  const ended = new AbortController()
  const killIt = () => signal('SIGKILL')
  process.once('exit', killIt)
  const gone = new Promise<void>((done) => {
    child.once('exit', () => {
      process.off('exit', killIt)
      ended.abort()
      done()
    })
  })
  const signal = (name: NodeJS.Signals) => {
    if (!ended.signal.aborted && child.pid) process.kill(-child.pid, name)
  }
  while (hasDoor && !(await isReady(url))) {
    if (ended.signal.aborted) throw new Error('The server ended before it was ready')
    await delay(20)
  }
  return {
    url,
    startedIn: performance.now() - from,
    memory: () => {
      const [, kilobytes] =
        /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
      return Number(kilobytes) / 1024
    },
    async stop() {
      signal('SIGTERM')
      await gone
      // npm may end before what it started.
      while (isAlive(-(child.pid ?? 0))) await delay(50)
    },
  }
}

function isAlive(group: number): boolean {
  try {
    return process.kill(group, 0)
  } catch {
    return false
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
