import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { charter as articles, charterVersion } from '../../resources/agent/charter'
import { requestPasswordReset } from '../../resources/agent/commands/password.server'
import { agentRefusals } from '../../resources/agent/fr'
import { sendLink } from '../../resources/agent/commands/links.server'
import { refuseForgery } from '../../portal/host/guard'
import { createPortal } from '../../portal/handler.server'
import { agentSessionOf, agentSessions, spaceSessionOf } from '../../portal/host/sessions.server'
import { prisma } from '../../resources/shared/db.server'
import { transact } from '../../resources/shared/transact.server'
import { faultsOfHtml } from '../support/html'
import { anAgent, aService, goodPassword, lastSecret, system } from '../support/accounts'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let server: Server
let origin: string

beforeAll(async () => {
  const app = express()
  app.set('trust proxy', 1)
  app.use(refuseForgery)
  app.use('/agents', agentSessions())
  app.use(await createPortal({ agentSessionOf, spaceSessionOf }))
  server = createServer(app).listen(0)
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

/** A browser that keeps its cookie and follows nothing. */
function browser() {
  let cookie = ''
  const request = async (path: string, headers: Record<string, string> = {}, body?: string) => {
    const response = await fetch(origin + path, {
      redirect: 'manual',
      headers: { ...(cookie && { Cookie: cookie }), ...headers },
      ...(body !== undefined && { method: 'POST', body }),
    })
    const lines = response.headers.getSetCookie()
    const set = lines.find((line) => line.startsWith('msj_agent='))
    for (const line of lines) {
      const [pair = ''] = line.split(';')
      const [name = '', value] = pair.split('=')
      const others = cookie.split('; ').filter((one) => one && !one.startsWith(`${name}=`))
      cookie = [...others, ...(value ? [pair] : [])].join('; ')
    }
    const html = await response.text()
    const title = /<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''
    return { status: response.status, location: response.headers.get('Location'), html, title, set }
  }
  return {
    get: (path: string) => request(path),
    post: (path: string, form: Record<string, string> | string, headers: Record<string, string> = {}) =>
      request(
        path,
        { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin, ...headers },
        typeof form === 'string' ? form : new URLSearchParams(form).toString(),
      ),
    get cookie() {
      return cookie
    },
    set cookie(value: string) {
      cookie = value
    },
  }
}

const signInPage = '/agents/connexion'
let service: { id: number }
let agent: { id: number; email: string }
beforeEach(async () => {
  service = await aService()
  agent = await anAgent({ organizationId: service.id })
})

const credentials = () => ({ email: agent.email, password: goodPassword })
async function signedIn() {
  const visitor = browser()
  await visitor.post(signInPage, credentials())
  return visitor
}

describe('signing in', () => {
  it('is a page that ends where it says it ends, scripts included', async () => {
    const { html } = await browser().get(signInPage)
    expect(html).toContain('<script')
    expect(html.slice(html.indexOf('</body>'))).toBe('</body></html>')
  })

  it('sets a cookie only once signed in, and leads to the back office', async () => {
    const visitor = browser()
    const page = await visitor.get(signInPage)
    expect(page).toMatchObject({ status: 200, set: undefined })
    expect(page.title).toMatch(/^Connexion/)
    const answer = await visitor.post(signInPage, credentials())
    expect(answer).toMatchObject({ status: 303, location: '/admin' })
    expect(answer.set).toMatch(/HttpOnly; SameSite=Lax/)
    expect(await visitor.get(signInPage)).toMatchObject({ status: 303, location: '/admin' })
  })

  it('opens a session under a new id, whatever the browser held before', async () => {
    const visitor = await signedIn()
    const before = visitor.cookie
    await visitor.post(signInPage, credentials())
    expect(visitor.cookie).not.toBe(before)
    const old = browser()
    old.cookie = before
    expect((await old.get(signInPage)).status).toBe(200)
  })

  it('goes back to the page first asked', async () => {
    const asked = '/admin/resources/Probationer/records/12/show?tab=1'
    const answer = await browser().post(`${signInPage}?retour=${encodeURIComponent(asked)}`, credentials())
    expect(answer.location).toBe(asked)
  })

  it.each([
    'https://evil.example/admin',
    '//evil.example/admin',
    '/\\evil.example/admin',
    'javascript:alert(1)',
    '/admin/..//evil.example',
    '/administrators',
    '/agents/deconnexion',
    'http://[',
  ])('never leaves for %s', async (asked) => {
    const answer = await browser().post(`${signInPage}?retour=${encodeURIComponent(asked)}`, credentials())
    expect(answer.location).toBe('/admin')
  })

  it('says the same page of a known and of an unknown e-mail, until the lock [P94]', async () => {
    const pages = async (email: string) => {
      const said = []
      for (let i = 0; i < 4; i++) {
        const { status, title, html } = await browser().post(signInPage, {
          email,
          password: 'faux-mot-de-passe',
        })
        const page = html.replaceAll(email, '')
        said.push({ status, title, main: page.slice(page.indexOf('<main'), page.indexOf('</main>')) })
      }
      return said
    }
    const known = await pages(agent.email)
    expect(await pages('inconnue@justice.example')).toEqual(known)
    expect(
      known.map(({ main }) => /Il reste un essai|bloqué pendant 24 heures<|incorrect/.exec(main)?.[0]),
    ).toEqual(['incorrect', 'incorrect', 'bloqué pendant 24 heures<', 'bloqué pendant 24 heures<'])
    expect(known[1]?.main).toContain('Il reste un essai')
    expect(known.every(({ status, title }) => status === 400 && title.startsWith('Erreur – '))).toBe(true)
  })

  it('keeps the e-mail typed and never the password, and puts each error beside its field', async () => {
    const wrong = await browser().post(signInPage, { email: agent.email, password: 'secret-mal-recopié' })
    expect(wrong.html).toContain(`value="${agent.email}"`)
    expect(wrong.html).not.toContain('secret-mal-recopié')
    const empty = await browser().post(signInPage, { email: 'pas-une-adresse', password: '' })
    expect(empty.status).toBe(400)
    expect(empty.html).toContain('2 erreurs dans le formulaire')
    expect(empty.html).toMatch(/<a href="#email">Cette adresse e-mail n’a pas la bonne forme/)
    expect(empty.html).toMatch(/id="email"[^>]*aria-invalid="true"[^>]*aria-describedby="email-messages"/)
    expect(empty.html).toContain('autofocus')
  })

  it('survives what no browser sends', async () => {
    const visitor = browser()
    const json = { 'Content-Type': 'application/json' }
    expect((await visitor.post(signInPage, '{"email":', json)).status).toBe(400)
    expect((await visitor.post(signInPage, 'email=%00&password=%ff%fe')).status).toBe(400)
    expect((await visitor.post(signInPage, '')).status).toBe(400)
    expect((await visitor.post(signInPage, `email=${'a'.repeat(100_000)}`)).status).toBe(413)
    expect((await visitor.post(signInPage, { email: agent.email, password: 'x'.repeat(5_000) })).status).toBe(
      400,
    )
    visitor.cookie = 'msj_agent=s%3An-importe-quoi.signature'
    expect((await visitor.get(signInPage)).status).toBe(200)
  })

  it('refuses a form of another site', async () => {
    const answer = await browser().post(signInPage, credentials(), { Origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    expect(await prisma.session.count({ where: { sess: { path: ['agentId'], equals: agent.id } } })).toBe(0)
  })

  describe('from a network that fails often', () => {
    const from = (ip: string) => ({ 'X-Forwarded-For': ip })
    const fail = (ip: string) =>
      browser().post(signInPage, { email: 'foule@justice.example', password: 'faux' }, from(ip))
    const failuresSoFar = (points: number) =>
      prisma.rateLimit.updateMany({ where: { key: { startsWith: 'sign-in-' } }, data: { points } })
    afterEach(() => prisma.rateLimit.deleteMany())

    it('is refused at a thousand, there and nowhere else', async () => {
      await fail('203.0.113.7')
      await failuresSoFar(1_000)
      expect(await fail('203.0.113.99')).toMatchObject({ status: 429 })
      expect((await fail('198.51.100.7')).status).toBe(400)
    })

    it('goes on where the others sign in, however many fail in the whole country', async () => {
      const ministry = from('203.0.113.7')
      await fail('203.0.113.7')
      await failuresSoFar(999)
      expect((await browser().post(signInPage, credentials(), ministry)).status).toBe(303)
      for (let i = 0; i < 3; i++) expect((await fail('203.0.113.7')).status).toBe(400)
      await prisma.rateLimit.updateMany({ where: { key: 'sign-in-all:all' }, data: { points: 100_000 } })
      expect((await browser().post(signInPage, credentials(), ministry)).status).toBe(303)
    })
  })

  it('draws the form again over the session of somebody else, and opens nothing', async () => {
    const visitor = await signedIn()
    const other = await anAgent({ organizationId: service.id })
    const wrong = { email: other.email, password: 'faux-mot-de-passe' }
    expect(await visitor.post(signInPage, wrong)).toMatchObject({ status: 400, location: null })
    expect((await visitor.post(signInPage, { email: other.email, password: '' })).status).toBe(400)
  })

  it('tells a locked account to check nothing: its password may be right', async () => {
    const wrong = { email: 'bloquee@justice.example', password: 'faux-mot-de-passe' }
    const pages = []
    for (let i = 0; i < 3; i++) pages.push((await browser().post(signInPage, wrong)).html)
    expect(pages[0]).toContain('Vérifiez l’e-mail et le mot de passe')
    expect(pages[2]).toContain('Compte bloqué pendant 24 heures')
    expect(pages[2]).not.toContain('Vérifiez l’e-mail')
    expect(pages[2]).not.toContain('aria-invalid')
  })
})

describe('a session', () => {
  it('ends by a POST, never by a link', async () => {
    const visitor = await signedIn()
    expect((await visitor.get('/agents/deconnexion')).status).toBe(405)
    expect((await visitor.get(signInPage)).status).toBe(303)
    const { cookie } = visitor
    expect(await visitor.post('/agents/deconnexion', '')).toMatchObject({ status: 303 })
    visitor.cookie = cookie
    expect((await visitor.get(signInPage)).status).toBe(200)
  })

  it('lasts twelve hours at most', async () => {
    const visitor = await signedIn()
    await prisma.$executeRaw`UPDATE session SET sess = jsonb_set(sess::jsonb, '{signedInAt}', '1')::json`
    expect((await visitor.get(signInPage)).status).toBe(200)
  })

  it('ends everywhere when a new password is chosen', async () => {
    const visitor = await signedIn()
    await transact(system, (ctx) => requestPasswordReset(ctx, { email: agent.email }))
    const page = `/agents/reinitialisation/${await lastSecret(agent.id)}`
    const chosen = { password: 'brouette-lundi-nuage', passwordAgain: 'brouette-lundi-nuage' }
    expect(await browser().post(page, chosen)).toMatchObject({
      status: 303,
      location: `${signInPage}?mot-de-passe`,
    })
    expect((await visitor.get(signInPage)).status).toBe(200)
  })
})

describe('the security charter', () => {
  it('stands before everything else, then lets through to the page first asked [P43] [P89] [P90]', async () => {
    const newcomer = await anAgent({ organizationId: service.id, charter: null })
    const visitor = browser()
    const answer = await visitor.post(`${signInPage}?retour=/admin/pages/home`, {
      email: newcomer.email,
      password: goodPassword,
    })
    expect(answer.location).toBe('/agents/charte?retour=%2Fadmin%2Fpages%2Fhome')
    const charter = await visitor.get(answer.location ?? '')
    expect(charter.status).toBe(200)
    expect(charter.html).toContain('Seule la convocation papier a une valeur juridique')
    for (const { title, paragraphs } of articles)
      for (const words of [title, ...paragraphs]) expect(charter.html).toContain(words)
    const unread = await visitor.post(answer.location ?? '', { version: charterVersion })
    expect(unread.status).toBe(400)
    expect(unread.title).toMatch(/^Erreur – Charte/)
    const accepted = { version: charterVersion, read: 'on' }
    expect(await visitor.post(answer.location ?? '', accepted)).toMatchObject({
      status: 303,
      location: '/admin/pages/home',
    })
    expect(await visitor.post(answer.location ?? '', accepted)).toMatchObject({
      status: 303,
      location: '/admin/pages/home',
    })

    // Asked once, until the text changes.
    const again = () => browser().post(signInPage, { email: newcomer.email, password: goodPassword })
    expect((await again()).location).toBe('/admin')
    await prisma.agent.update({ where: { id: newcomer.id }, data: { securityCharterVersion: '2020-01' } })
    expect((await again()).location).toBe('/agents/charte')
  })

  it('sends to the sign-in who is nobody', async () => {
    expect(await browser().get('/agents/charte')).toMatchObject({ status: 303, location: signInPage })
  })
})

describe('links of mails', () => {
  it('answer neutrally to a forgotten password, known or not', async () => {
    for (const email of [agent.email, 'personne@justice.example']) {
      const answer = await browser().post('/agents/mot-de-passe-oublie', { email })
      expect(answer).toMatchObject({ status: 303, location: '/agents/mot-de-passe-oublie?envoye' })
    }
    expect((await browser().get('/agents/mot-de-passe-oublie?envoye')).html).toContain(
      'Si un compte a cette adresse',
    )
    expect((await browser().post('/agents/mot-de-passe-oublie', { email: 'x' })).status).toBe(400)
  })

  it('lead back to the page first asked, once the password is chosen and the agent signed in [P92] [P93]', async () => {
    const asked = '/admin/pages/convocations?jour=2026-10-05'
    const remembered = `retour=${encodeURIComponent(asked)}`
    const visitor = browser()
    const forgotten = /href="(\/agents\/mot-de-passe-oublie[^"]*)"/.exec(
      (await visitor.get(`${signInPage}?${remembered}`)).html,
    )?.[1]
    expect(forgotten).toBe(`/agents/mot-de-passe-oublie?${remembered}`)
    const sent = await visitor.post(forgotten ?? '', { email: agent.email })
    expect(sent.location).toBe(`/agents/mot-de-passe-oublie?envoye&${remembered}`)
    const chosen = { password: 'brouette-lundi-nuage', passwordAgain: 'brouette-lundi-nuage' }
    const page = `/agents/reinitialisation/${await lastSecret(agent.id)}`
    const saved = await visitor.post(page, chosen)
    expect(saved.location).toBe(`${signInPage}?mot-de-passe&${remembered}`)
    const form = { email: agent.email, password: chosen.password }
    expect((await visitor.post(saved.location ?? '', form)).location).toBe(asked)
  })

  it('forget a page of another site, in the address or in the cookie', async () => {
    const evil = encodeURIComponent('https://evil.example/admin')
    const sent = await browser().post(`/agents/mot-de-passe-oublie?retour=${evil}`, { email: agent.email })
    expect(sent.location).toBe('/agents/mot-de-passe-oublie?envoye')
    const chosen = { password: 'brouette-lundi-nuage', passwordAgain: 'brouette-lundi-nuage' }
    const there = Buffer.from('"https://evil.example/admin"').toString('base64')
    for (const kept of [there, '%E0%A4%A', 'W10=', 'bnVsbA==', 'e30=', '1']) {
      await transact(system, (ctx) => sendLink(ctx, agent.id, 'password_reset'))
      const visitor = browser()
      visitor.cookie = `msj_retour=${kept}`
      const page = `/agents/reinitialisation/${await lastSecret(agent.id)}`
      expect((await visitor.post(page, chosen)).location).toBe(`${signInPage}?mot-de-passe`)
    }
  })

  it('are shown by GET without being used, and used once by POST', async () => {
    await transact(system, (ctx) => requestPasswordReset(ctx, { email: agent.email }))
    const page = `/agents/reinitialisation/${await lastSecret(agent.id)}`
    for (let i = 0; i < 3; i++) expect((await browser().get(page)).status).toBe(200)
    const guessable = await browser().post(page, {
      password: 'motdepasse2026',
      passwordAgain: 'motdepasse2026',
    })
    expect(guessable.status).toBe(400)
    expect(guessable.html).toContain(agentRefusals['agent.password_guessable'])
    expect(guessable.html).not.toContain('motdepasse2026')
    const chosen = { password: 'brouette-lundi-nuage', passwordAgain: 'brouette-lundi-nuage' }
    const statuses = await Promise.all([browser().post(page, chosen), browser().post(page, chosen)])
    expect(statuses.map(({ status }) => status).sort()).toEqual([303, 400])
    expect(await browser().get(page)).toMatchObject({ status: 404 })
  })

  it.each([
    '/agents/reinitialisation/inconnu',
    '/agents/invitation/inconnu',
    `/agents/invitation/${'é'.repeat(60)}`,
  ])('say of an unknown one what to do: %s', async (page) => {
    const answer = await browser().get(page)
    expect(answer.status).toBe(404)
    expect(answer.html).toContain('Ce lien n’est plus valable')
    expect((await browser().post(page, { password: goodPassword, passwordAgain: goodPassword })).status).toBe(
      400,
    )
  })

  it('open an invited account, which then meets the charter [P91]', async () => {
    const invited = await anAgent({ organizationId: service.id, password: null, charter: null })
    await transact(system, (ctx) => sendLink(ctx, invited.id, 'invitation'))
    const visitor = browser()
    const page = `/agents/invitation/${await lastSecret(invited.id)}`
    expect((await visitor.get(page)).html).toContain('Bienvenue')
    const answer = await visitor.post(page, { password: goodPassword, passwordAgain: goodPassword })
    expect(answer).toMatchObject({ status: 303, location: '/agents/charte' })
    expect((await visitor.get('/agents/charte')).status).toBe(200)
  })
})

it('every page of the agents, refused forms included, is HTML as the standard writes it', async () => {
  await transact(system, (ctx) => sendLink(ctx, agent.id, 'password_reset'))
  const reset = `/agents/reinitialisation/${await lastSecret(agent.id)}`
  const invited = await anAgent({ organizationId: service.id, password: null, charter: null })
  await transact(system, (ctx) => sendLink(ctx, invited.id, 'invitation'))
  const invitation = `/agents/invitation/${await lastSecret(invited.id)}`
  const newcomer = browser()
  const short = { password: 'court', passwordAgain: 'autre' }
  const answers = {
    signIn: await browser().get(`${signInPage}?retour=/admin`),
    signInRefused: await browser().post(signInPage, { email: 'x', password: '' }),
    signInWrong: await browser().post(signInPage, { email: agent.email, password: 'faux-mot-de-passe' }),
    passwordChosen: await browser().get(`${signInPage}?mot-de-passe`),
    forgotten: await browser().get('/agents/mot-de-passe-oublie'),
    forgottenRefused: await browser().post('/agents/mot-de-passe-oublie', { email: 'x' }),
    forgottenSent: await browser().get('/agents/mot-de-passe-oublie?envoye'),
    reset: await browser().get(reset),
    resetRefused: await browser().post(reset, short),
    invitation: await browser().get(invitation),
    invitationRefused: await browser().post(invitation, short),
    unknownLink: await browser().get('/agents/invitation/inconnue'),
    accepted: await newcomer.post(invitation, { password: goodPassword, passwordAgain: goodPassword }),
    charter: await newcomer.get('/agents/charte'),
    charterRefused: await newcomer.post('/agents/charte', {}),
    nowhere: await browser().get('/agents/nulle-part'),
  }
  const faults: string[] = []
  for (const [name, { status, html }] of Object.entries(answers)) {
    if (status < 300 || status >= 400)
      faults.push(...(await faultsOfHtml(html)).map((fault) => `${name}: ${fault}`))
  }
  expect(faults).toEqual([])
})
