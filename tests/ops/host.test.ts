import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sessionCookie } from '../support/agent-session'
import { aCountry, anAgent } from '../support/world'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const databaseUrl = String(process.env.DATABASE_URL)

/** A wire to the database that can be cut and mended. */
class Wire {
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  port = 0

  mend(): Promise<void> {
    const { hostname, port } = new URL(databaseUrl)
    this.server = createServer((near) => {
      const far = connect(Number(port), hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => this.sockets.delete(one))
      }
    })
    return new Promise((done) => {
      this.server?.listen(this.port, '127.0.0.1', () => {
        this.port = (this.server?.address() as AddressInfo).port
        done()
      })
    })
  }

  cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((done) => this.server?.close(() => done()))
  }
}

const wire = new Wire()
let host: ChildProcess
let url: string
let output = ''

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

/** server.ts as it runs in production, in a process of its own. */
function run(variables: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...variables },
  })
  const note = (chunk: Buffer) => (output += chunk.toString())
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  return child
}

const exitCode = (child: ChildProcess) => new Promise<number | null>((done) => child.once('exit', done))

beforeAll(async () => {
  await wire.mend()
  const through = new URL(databaseUrl)
  through.port = String(wire.port)
  const port = await freePort()
  url = `http://localhost:${port}`
  host = run({ MSJ_ENV: 'test', DATABASE_URL: through.href, PORT: String(port), LOG_LEVEL: 'info' })
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status, output).toBe(200), {
    timeout: 90_000,
    interval: 200,
  })
})
afterAll(async () => {
  if (host.exitCode === null && host.kill('SIGKILL')) await exitCode(host)
  await wire.cut()
})

/** What the host answers to a request no client library would write. */
function raw(head: string): Promise<string> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(url)
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\nConnection: close\r\n\r\n`))
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('error', fail)
    socket.on('close', () => done(answer))
  })
}

/** A session id that the host has signed, of a session nobody has. */
function signedCookie(): string {
  const signature = createHmac('sha256', 'une-demonstration-n-a-rien-a-cacher')
    .update('nobody')
    .digest('base64')
  return `msj_agent=${encodeURIComponent(`s:nobody.${signature.replace(/=+$/, '')}`)}`
}

describe('the host', () => {
  test('says that it lives, and that it can serve', async () => {
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
  })

  test.each([
    '/',
    '/agents/connexion',
    '/admin/api/resources/Probationer/records/1/convoke',
    '/une-page-qui-n-existe-pas',
  ])('refuses what another site posts to %s', async (path) => {
    const post = (headers: Record<string, string>) =>
      fetch(url + path, { method: 'POST', headers, body: 'a=b' })
    expect((await post({ Origin: 'https://ailleurs.example' })).status).toBe(403)
    expect((await post({ Origin: 'null' })).status).toBe(403)
    const answer = await post({ Origin: url, 'Sec-Fetch-Site': 'same-site' })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('autre site')
  })

  test.each([
    ['a body too long', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }, '/agents/connexion', 413],
    ['a broken address', {}, '/%E0%A4%A', 400],
    ['an unknown page', {}, '/une-page-qui-n-existe-pas', 404],
    ['an unknown method', { method: 'DELETE' }, '/agents/connexion', 405],
    [
      'a body that is no form',
      { method: 'POST', body: '{"', headers: { 'Content-Type': 'application/json' } },
      '/agents/connexion',
      400,
    ],
  ])('answers %s with a page in French', async (_case, init: RequestInit, path, status) => {
    const answer = await fetch(url + path, init)
    expect(answer.status).toBe(status)
    const page = await answer.text()
    expect(page).toContain('<html lang="fr"')
    expect(page).toMatch(/<h1>/)
  })

  test.each([
    ['a whole address as a target', 'GET http://example.com/ HTTP/1.1\r\nHost: example.com'],
    ['a port that is none', 'GET / HTTP/1.1\r\nHost: x:99999'],
    ['a host in two words', 'GET / HTTP/1.1\r\nHost: a b'],
    ['a host that is a path', 'GET /admin HTTP/1.1\r\nHost: a/b'],
    ['no host', 'GET / HTTP/1.0'],
  ])('refuses %s', async (_case, head) => {
    expect(await raw(head)).toMatch(/^HTTP\/1\.1 400 .*<html lang="fr"/s)
  })

  test('believes no forwarded host without a proxy of ours', async () => {
    const head = `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Forwarded-Host: a:99999`
    expect(await raw(head)).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('sends the same protections with each page, and no trace of its making', async () => {
    const { headers } = await fetch(`${url}/`)
    expect(headers.get('Content-Security-Policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('X-Powered-By')).toBeNull()
    expect(headers.get('X-Request-Id')).toMatch(/^[\w-]{36}$/)
  })

  test('logs requests without query, token or address of anyone', async () => {
    await fetch(`${url}/stop/a1B2c3D4e5`)
    await fetch(`${url}/STOP/f6G7h8I9j0`)
    await fetch(`${url}/agents/reinitialisation/un-secret-de-lien`)
    await fetch(`${url}/?recherche=Dupont`)
    await fetch(`${url}/quelqu.un@exemple.fr/0639981234`)
    await vi.waitFor(() => expect(output).toContain('path=/stop/:secret'))
    expect(output).not.toMatch(/a1B2c3D4e5|f6G7h8I9j0|un-secret-de-lien|Dupont|quelqu\.un|0639981234/)
  })

  test('without its database answers 503 with a decent page, and comes back by itself', async () => {
    await wire.cut()
    const page = await fetch(`${url}/`)
    expect(page.status).toBe(503)
    expect(page.headers.get('Retry-After')).toBe('10')
    expect(await page.text()).toContain('<h1>Service momentanément indisponible</h1>')
    const call = await fetch(`${url}/admin/api/lookups/home`, { method: 'POST' })
    expect([call.status, await call.json()]).toMatchObject([503, { ok: false }])
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)

    await wire.mend()
    expect((await fetch(`${url}/`)).status).toBe(200)
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200))
  })

  test.each([
    ['a page being read', 'public_page', '/s/k7p2m9xa', {}],
    ['a form being sent', 'rate_limit', '/agents/connexion', { method: 'POST', body: new URLSearchParams() }],
    ['a session being found', 'session', '/agents/charte', { headers: { Cookie: signedCookie() } }],
    ['the back office', 'session', '/admin', { headers: { Cookie: signedCookie() } }],
  ])(
    'answers 503 when the database goes away under %s, and the next request works',
    async (_case, table, path, init: RequestInit) => {
      const [blocker, killer] = [new pg.Client(databaseUrl), new pg.Client(databaseUrl)]
      await Promise.all([blocker.connect(), killer.connect()])
      await blocker.query(`BEGIN; LOCK TABLE ${table}`)
      const asked = fetch(url + path, init)
      await vi.waitFor(async () => {
        const { rowCount } = await killer.query(
          `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = '${table}'::regclass`,
        )
        expect(rowCount).toBeGreaterThan(0)
      })
      const answer = await asked
      expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '10'])
      expect(await answer.text()).toMatch(/<html lang="fr".*<h1>Service .*indisponible<\/h1>/s)
      await blocker.query('ROLLBACK')
      await Promise.all([blocker.end(), killer.end()])
      expect((await fetch(url + path, init)).status).toBeLessThan(500)
    },
  )

  test('is not ready while a migration is missing or jobs wait for a worker', async () => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query(`UPDATE _prisma_migrations SET finished_at = NULL`)
    const unmigrated = await fetch(`${url}/readyz`)
    expect([unmigrated.status, await unmigrated.json()]).toEqual([503, { status: 'not ready' }])
    await vi.waitFor(() => expect(output).toContain('migrations=false'))
    await client.query(`UPDATE _prisma_migrations SET finished_at = now()`)

    await client.query(
      `SELECT graphile_worker.add_job('nobody-does-this', run_at => now() - interval '10 minutes')`,
    )
    // Asked for just now: nobody is late yet.
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await client.query(`UPDATE graphile_worker._private_jobs SET created_at = now() - interval '10 minutes'`)
    const late = await fetch(`${url}/readyz`)
    expect(late.status).toBe(503)
    await vi.waitFor(() => expect(output).toContain('queue=false'))
    await client.query('DELETE FROM graphile_worker._private_jobs')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await client.end()
  })

  test('a port already taken is said in one sentence', async () => {
    const second = run({ MSJ_ENV: 'test', DATABASE_URL: databaseUrl, PORT: new URL(url).port })
    let said = ''
    second.stderr?.on('data', (chunk) => (said += String(chunk)))
    expect(await exitCode(second)).toBe(1)
    expect(said).toContain(`Le port ${new URL(url).port} est déjà pris`)
  })

  test('whoever leaves before what they send is read is no failure of the host', async () => {
    const { spip } = await aCountry()
    const cookie = await sessionCookie((await anAgent(spip, 'probation_counsellor')).id)
    const blocker = new pg.Client(databaseUrl)
    await blocker.connect()
    await blocker.query('BEGIN; LOCK TABLE session')
    const left = new AbortController()
    const asked = fetch(`${url}/admin/api/lookups/home`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json', 'X-Request-Id': 'parti-sans-attendre' },
      body: '{}',
      signal: left.signal,
    })
    await vi.waitFor(async () => {
      const { rowCount } = await blocker.query(
        `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'session'::regclass`,
      )
      expect(rowCount).toBe(1)
    })
    left.abort()
    await expect(asked).rejects.toThrow()
    await vi.waitFor(() => expect(output).toMatch(/parti-sans-attendre.*cut/))
    await blocker.query('ROLLBACK')
    await blocker.end()
    // A line of the same session, asked later, is read once the first has ended.
    const next = await fetch(`${url}/admin/api/lookups/home`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      body: '{}',
    })
    expect(next.status).toBe(200)
    expect(output).not.toMatch(/request failed.*parti-sans-attendre|parti-sans-attendre.*request failed/)
  })

  test('a row that somebody else holds is a 503, and the next request works', async () => {
    const blocker = new pg.Client(databaseUrl)
    await blocker.connect()
    await blocker.query('BEGIN; LOCK TABLE public_page')
    const answer = await fetch(`${url}/s/k7p2m9xa`)
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '10'])
    await blocker.query('ROLLBACK')
    await blocker.end()
    expect((await fetch(`${url}/s/k7p2m9xa`)).status).toBe(404)
  })

  test.each([
    ['postgresql://msj@nulle-part.invalid/msj', 'Aucune machine ne répond au nom nulle-part.invalid'],
    [databaseUrl.replace(/\/[^/]+$/, '/une_autre'), 'La base de données une_autre n’existe pas'],
  ])('a database that does not open is said in one sentence: %s', async (DATABASE_URL, sentence) => {
    const lost = run({ MSJ_ENV: 'test', DATABASE_URL, PORT: String(await freePort()) })
    let said = ''
    lost.stderr?.on('data', (chunk) => (said += String(chunk)))
    expect(await exitCode(lost)).toBe(1)
    expect(said).toContain(sentence)
  })

  test('told to stop, finishes what is under way, takes nothing more, ends well', async () => {
    const blocker = new pg.Client({ connectionString: databaseUrl })
    await blocker.connect()
    await blocker.query('BEGIN; LOCK TABLE public_page')
    const slow = fetch(`${url}/s/k7p2m9xa`)
    await vi.waitFor(async () => {
      const { rowCount } = await blocker.query(`SELECT 1 FROM pg_locks WHERE NOT granted`)
      expect(rowCount).toBe(1)
    })
    const ended = exitCode(host)
    host.kill('SIGTERM')
    await vi.waitFor(() => expect(fetch(`${url}/healthz`)).rejects.toThrow())
    await blocker.query('COMMIT')
    await blocker.end()
    const answer = await slow
    expect([answer.status, answer.headers.get('Connection')]).toEqual([404, 'close'])
    expect(await ended).toBe(0)
  })
})
