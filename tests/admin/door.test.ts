import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { sessionCookie } from '../support/agent-session'
import { startHost, type RunningHost } from '../support/server'
import { anAgent, aService } from '../support/world'

let host: RunningHost
let cookie: string
let newcomerCookie: string

beforeAll(async () => {
  const service = await aService('SPIP 92 Nanterre', 'probation_service')
  cookie = await sessionCookie((await anAgent(service, 'probation_counsellor')).id)
  newcomerCookie = await sessionCookie((await anAgent(service, 'probation_counsellor', { charter: null })).id)
  host = await startHost()
})
afterAll(() => host.stop())

const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(host.url + path, { redirect: 'manual', ...init })
const json = { 'content-type': 'application/json' }

describe('The door of the back office', () => {
  it('sends who is not signed in to the sign-in page, and back to the page first asked', async () => {
    const answer = await ask('/admin/resources/Probationer?page=2')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(
      '/agents/connexion?retour=%2Fadmin%2Fresources%2FProbationer%3Fpage%3D2',
    )
  })

  it('answers 401 in JSON to a script whose session is over', async () => {
    for (const path of ['/admin/api/lookups/home', '/admin/api/resources/Probationer/actions/list']) {
      const answer = await ask(
        path,
        path.includes('lookups') ? { method: 'POST', headers: json, body: '{}' } : {},
      )
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({
        ok: false,
        message: expect.stringContaining('session') as string,
      })
    }
  })

  it('shows nothing but the charter before it is accepted', async () => {
    const page = await ask('/admin', { headers: { cookie: newcomerCookie } })
    expect([page.status, page.headers.get('location')]).toEqual([302, '/agents/charte?retour=%2Fadmin'])
    const script = await ask('/admin/api/resources/Place/actions/list', {
      headers: { cookie: newcomerCookie },
    })
    expect(script.status).toBe(403)
  })

  it('lets nobody in any more as soon as the account is gone', async () => {
    const service = await prisma.organization.findFirstOrThrow()
    const agent = await anAgent(service, 'educator')
    const theirs = await sessionCookie(agent.id)
    expect((await ask('/admin', { headers: { cookie: theirs } })).status).toBe(200)
    await prisma.agent.delete({ where: { id: agent.id } })
    expect((await ask('/admin', { headers: { cookie: theirs } })).status).toBe(302)
  })

  it('keeps a trace of each right refused, whether it is of the role or of the record', async () => {
    const service = await aService('SPIP 93 Bobigny', 'probation_service')
    const counsellor = await anAgent(service, 'probation_counsellor')
    const admin = await anAgent(service, 'local_admin')
    const tries = [
      [counsellor, '/admin/api/resources/Agent/actions/new', 'Agent.new'],
      [admin, `/admin/api/resources/Agent/records/${admin.id}/changeRole`, 'Agent.changeRole'],
    ] as const
    for (const [agent, path, action] of tries) {
      const answer = await ask(path, { headers: { cookie: await sessionCookie(agent.id) } })
      expect(answer.status).toBe(403)
      const traced = { agentId: agent.id, action: 'refused', subject: 'right', fields: { has: action } }
      expect(await prisma.auditEntry.count({ where: traced })).toBe(1)
    }
  })

  it('lets an agent search as fast as anybody types, and a script no faster', async () => {
    const service = await aService('SPIP 94 Créteil', 'probation_service')
    const own = { cookie: await sessionCookie((await anAgent(service, 'probation_counsellor')).id), ...json }
    const search = () =>
      ask('/admin/api/references/places', {
        method: 'POST',
        headers: own,
        body: JSON.stringify({ text: 'n' }),
      })
    for (let n = 0; n < env.SEARCHES_PER_MINUTE; n += 50)
      for (const { status } of await Promise.all(Array.from({ length: 50 }, search))) expect(status).toBe(200)
    expect((await search()).status).toBe(429)
    // A list that is searched is a search too; one that is not stays open.
    const list = (filters: object) =>
      ask('/admin/api/resources/Probationer/actions/list', {
        method: 'POST',
        headers: own,
        body: JSON.stringify(filters),
      })
    expect((await list({ text: 'martin' })).status).toBe(429)
    expect((await list({})).status).toBe(200)
  })

  it('refuses what another site sends', async () => {
    const foreigners: Record<string, string>[] = [
      { origin: 'https://ailleurs.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]
    for (const foreign of foreigners) {
      const answer = await ask('/admin/api/lookups/searchProbationers', {
        method: 'POST',
        headers: { ...json, cookie, ...foreign },
        body: '{"text":"zz"}',
      })
      expect(answer.status).toBe(403)
    }
    const ours = await ask('/admin/api/lookups/searchProbationers', {
      method: 'POST',
      headers: { ...json, cookie, origin: host.url },
      body: '{"text":"zz"}',
    })
    expect(ours.status).toBe(200)
  })
})

describe('The page of the back office', () => {
  it('calls no other host, and runs only scripts of ours or that carry its nonce', async () => {
    const answer = await ask('/admin', { headers: { cookie } })
    const html = await answer.text()
    const policy = answer.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'(;|$)/)
    expect(html).toContain('<html lang="fr"')
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
    for (const [tag] of html.matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('holds no name that could close its script', async () => {
    const service = await prisma.organization.findFirstOrThrow()
    const agent = await anAgent(service, 'educator')
    await prisma.agent.update({
      where: { id: agent.id },
      data: { lastName: '</script><script>alert(1)</script>' },
    })
    const html = await (await ask('/admin', { headers: { cookie: await sessionCookie(agent.id) } })).text()
    expect(html).not.toContain('<script>alert')
  })

  it('sends its scripts compressed, under names that change with their content, kept for a year', async () => {
    const html = await (await ask('/admin', { headers: { cookie } })).text()
    const script = /src="(\/admin\/assets\/back-office\.[0-9A-Z]{8}\.js)"/.exec(html)?.[1] ?? ''
    const answer = await ask(script, { headers: { 'accept-encoding': 'br' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('content-type')).toContain('javascript')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await ask('/admin/assets/manifest.json')).status).toBe(404)
    expect((await ask('/admin/assets/..%2f..%2fpackage.json')).status).toBe(404)
  })

  it('weighs at most 250 kB compressed at its first load, whatever screen is opened', async () => {
    const html = await (await ask('/admin', { headers: { cookie } })).text()
    const opening = [...html.matchAll(/"\/admin\/assets\/([^"]+)"/g)].map(([, name = '']) => name)
    const texts = new Map<string, string>()
    const textOf = async (name: string): Promise<string> => {
      const text = texts.get(name) ?? (await (await ask(`/admin/assets/${name}`)).text())
      texts.set(name, text)
      return text
    }
    /** A file, and those it cannot run without. */
    const withNeeds = async (name: string, found = new Set<string>()): Promise<Set<string>> => {
      if (found.has(name)) return found
      found.add(name)
      const needs = (await textOf(name)).matchAll(/(?:from|import)\s*"\.\/(back-office\.[\w.-]+\.js)"/g)
      for (const [, need = ''] of needs) await withNeeds(need, found)
      return found
    }
    const first = new Set<string>()
    for (const name of opening) await withNeeds(name, first)
    const screens = [...texts.values()].flatMap((text) =>
      [...text.matchAll(/import\("\.\/(back-office\.[\w.-]+\.js)"\)/g)].map(([, name = '']) => name),
    )
    expect(screens.length).toBeGreaterThan(5)
    const loads = new Map<string, Set<string>>()
    for (const screen of screens) loads.set(screen, await withNeeds(screen, new Set(first)))
    // Not at one go: the host of this process would answer nobody meanwhile.
    const weights = new Map<string, number>()
    for (const [name, text] of texts) weights.set(name, (await promisify(brotliCompress)(text)).length)
    for (const [screen, files] of loads)
      expect(
        [...files].reduce((sum, name) => sum + (weights.get(name) ?? 0), 0),
        screen,
      ).toBeLessThanOrEqual(250_000)
  })

  it('answers 404 to an address that leads nowhere', async () => {
    for (const path of ['/admin/pages/rien', '/admin/resources/Message', '/admin/rien']) {
      expect((await ask(path, { headers: { cookie } })).status, path).toBe(404)
    }
  })
})

describe('What is badly asked', () => {
  const post = (path: string, body: string, headers: Record<string, string> = json) =>
    ask(path, { method: 'POST', headers: { cookie, ...headers }, body })

  it('is told in French with a 4xx, never a 500', async () => {
    const answers = await Promise.all([
      post('/admin/api/lookups/home', '{'),
      post('/admin/api/lookups/home', 'null'),
      post('/admin/api/lookups/home', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      post('/admin/api/lookups/toString', '{}'),
      post('/admin/api/resources/Probationer/actions/rien', '{}'),
      post('/admin/api/resources/Appointment/records/x/cancel', '{}'),
      post('/admin/api/resources/Appointment/records/2147483647/cancel', '{}'),
      post('/admin/api/lookups/searchProbationers', JSON.stringify({ text: 'x'.repeat(200_000) })),
      post('/admin/api/resources/Place/actions/new', 'x', { 'content-type': 'multipart/form-data' }),
      post('/admin', 'x', { 'content-type': 'multipart/form-data' }),
      post('/admin', '--a\r\nx', { 'content-type': 'multipart/form-data; boundary=a' }),
      post('/admin', `a=${'x'.repeat(400_000)}`, { 'content-type': 'application/x-www-form-urlencoded' }),
      post('/admin', '{', json),
      post('/admin/api/resources/Place/actions/list', '{}'),
      ask('/admin/api/resources/Rien/actions/list', { headers: { cookie } }),
      ask('/admin/api/resources/Place/actions/rien', { headers: { cookie } }),
      ask('/admin/api/resources/Place/records/x/show', { headers: { cookie } }),
      ask('/admin/api/resources/Place/records/999999999999/show', { headers: { cookie } }),
      ask('/admin/api/resources/Place/bulk/bulkDelete?recordIds=1', { headers: { cookie } }),
      ask('/admin/api/resources/Place/records/1/delete', { headers: { cookie } }),
      ask('/admin/api/resources/%E0%A4%A/actions/list', { headers: { cookie } }),
      ask('/admin/api/resources/Appointment/records/1/cancel', { headers: { cookie } }),
      ask('/admin/api/dashboard', { headers: { cookie } }),
      ask('/admin/resources/Place', { method: 'DELETE', headers: { cookie } }),
    ])
    for (const answer of answers) {
      expect(answer.status, answer.url).toBeGreaterThanOrEqual(400)
      expect(answer.status, answer.url).toBeLessThan(500)
      // Whole, and in our words.
      expect(await answer.text(), answer.url).toMatch(/<\/html>|"message":"[A-ZÀÉ][^"]+"/)
    }
  })

  it('is told beside the field when a field is wrong', async () => {
    const answer = await post(
      '/admin/api/resources/Probationer/actions/register',
      '{"lastName":"","firstName":"Karim"}',
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ ok: false, fieldErrors: { lastName: 'Indiquez le nom.' } })
  })

  it('an action is never done by following a link', async () => {
    const answer = await ask('/admin/api/resources/Probationer/records/1/assignToMe?version=1', {
      headers: { cookie },
    })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })
})
