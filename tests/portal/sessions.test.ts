import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request } from 'express'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'

const secrets = vi.hoisted(() => {
  const both = ['le-secret-de-ce-mois-ci-'.repeat(2), 'le-secret-du-mois-dernier-'.repeat(2)] as const
  process.env.SESSION_SECRET = both.join(',')
  return both
})
const { agentSessionOf, agentSessions, sessionsOf } = await import('../../portal/host/sessions.server')
const { pool, prisma } = await import('../../resources/shared/db.server')

const persons = sessionsOf({
  cookie: 'msj_person',
  table: 'person_session',
  idle: 20 * 60_000,
  data: z.object({ personId: z.int(), signedInAt: z.number() }),
  isOver: () => false,
  logged: () => ({}),
})

let server: Server
let url: string
beforeAll(async () => {
  await pool.query('CREATE TABLE person_session (LIKE session INCLUDING ALL)')
  const app = express()
  app.use('/agents', agentSessions(), (req, res) => res.json(agentSessionOf(req).agentId))
  app.use('/espace', persons.mount)
  app.post('/espace', (req, res, next) => {
    persons.begin(req, { personId: 7, signedInAt: 1 }).then(() => res.json('opened'), next)
  })
  app.use('/espace', (req: Request, res) => res.json(persons.of(req)))
  server = createServer(app).listen(0)
  url = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const minute = 60_000
const hour = 60 * minute

async function aSession(endsIn: number, sess: object = { agentId: 12, signedInAt: Date.now() }) {
  const sid = randomUUID()
  const cookie = { originalMaxAge: hour, expires: new Date(Date.now() + hour).toISOString(), path: '/' }
  await prisma.session.create({
    data: { sid, sess: { cookie, ...sess }, expire: new Date(Date.now() + endsIn) },
  })
  return sid
}

function cookieOf(sid: string, secret: string = secrets[0]): string {
  const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '')
  return `msj_agent=${encodeURIComponent(`s:${sid}.${signature}`)}`
}

const ask = async (path: string, cookie: string): Promise<unknown> =>
  (await fetch(url + path, { headers: { Cookie: cookie } })).json()
const endOf = async (sid: string) =>
  (await prisma.session.findUniqueOrThrow({ where: { sid } })).expire.getTime() - Date.now()

describe('a session', () => {
  test('is not written again by a request that follows another within a minute', async () => {
    const sid = await aSession(hour + 30_000)
    const before = (await prisma.session.findUniqueOrThrow({ where: { sid } })).expire
    expect(await ask('/agents', cookieOf(sid))).toBe(12)
    expect((await prisma.session.findUniqueOrThrow({ where: { sid } })).expire).toEqual(before)
  })

  test('is prolonged by one that comes later, for an hour without a request', async () => {
    const sid = await aSession(40 * minute)
    expect(await ask('/agents', cookieOf(sid))).toBe(12)
    await vi.waitFor(async () => expect(await endOf(sid)).toBeGreaterThan(hour))
    expect(await endOf(sid)).toBeLessThanOrEqual(hour + minute)
  })

  test('is over past its end', async () => {
    expect(await ask('/agents', cookieOf(await aSession(-1_000)))).toBeNull()
  })

  test('goes on when the secret changes, as long as the former one is kept behind', async () => {
    const sid = await aSession(hour)
    expect(await ask('/agents', cookieOf(sid, secrets[1]))).toBe(12)
    expect(await ask('/agents', cookieOf(sid, 'le-secret-de-quelqu-un-d-autre'))).toBeNull()
  })

  test('that holds something else opens nothing', async () => {
    for (const sess of [{ agentId: 'douze', signedInAt: Date.now() }, { agentId: 12 }, { personId: 7 }])
      expect(await ask('/agents', cookieOf(await aSession(hour, sess)))).toBeNull()
  })
})

test('persons have sessions of their own, in their own table, under their own cookie', async () => {
  const opened = await fetch(`${url}/espace`, { method: 'POST' })
  const [cookie = ''] = opened.headers.getSetCookie().map((line) => line.split(';')[0])
  expect(cookie).toMatch(/^msj_person=/)
  expect(await ask('/espace', cookie)).toEqual({ personId: 7, signedInAt: 1 })
  expect(await ask('/agents', cookie.replace('msj_person', 'msj_agent'))).toBeNull()
  expect((await pool.query('SELECT 1 FROM person_session')).rowCount).toBe(1)
})
