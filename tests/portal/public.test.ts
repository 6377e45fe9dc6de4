import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refuseForgery } from '../../portal/host/guard'
import { createPortal } from '../../portal/handler.server'
import { agentSessionOf, spaceSessionOf } from '../../portal/host/sessions.server'
import { contentPageFiles, seedContentPages } from '../../prisma/seed/content-pages'
import { legacyPaths } from '../../prisma/seed/legacy-paths'
import { publicPageData } from '../../prisma/seed/public-pages'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { faultsOfHtml } from '../support/html'

let server: Server
let origin: string
let code: string
const token = 'tk3x9mpq2s'
const phone = '+33639984127'

beforeAll(async () => {
  const app = express()
  app.use(refuseForgery, await createPortal({ agentSessionOf, spaceSessionOf }))
  server = createServer(app).listen(0)
  origin = `http://localhost:${(server.address() as AddressInfo).port}`

  const organization = await prisma.organization.create({
    data: { name: 'SPIP 92 Nanterre', kind: 'probation_service', departmentCode: '92' },
  })
  const service = {
    organizationId: organization.id,
    name: 'SPIP 92 Nanterre',
    placeName: 'SPIP de Nanterre',
    kind: 'probation_service' as const,
    departmentCode: '92',
    timeZone: 'Europe/Paris',
    address: '14 rue des Peupliers, 92000 Nanterre',
    postalCode: '92000',
    cityName: 'Nanterre',
    phone: '+33199001020',
  }
  const page = publicPageData(service, new Date('2026-03-01T09:00:00Z'))
  code = page.code
  const plain = publicPageData(
    { ...service, name: 'SPIP 92 Sceaux', placeName: 'SPIP de Sceaux' },
    new Date('2026-03-01'),
  )
  const bare = { openingHours: undefined, phone: null, transport: null, accessibility: null, reception: null }
  await prisma.publicPage.createMany({
    data: [
      page,
      { ...plain, ...bare },
      { ...plain, slug: 'spip-92-ferme', code: 'fermeeee', title: 'SPIP fermé', state: 'archived' },
      { ...plain, slug: 'spip-92-brouillon', code: 'drafffft', state: 'draft' },
    ],
  })
  await seedContentPages(prisma)
  await prisma.legacyPath.createMany({ data: legacyPaths() })
  await prisma.probationer.create({
    data: { lastName: 'BENSALEM', firstName: 'Karim', phone, smsOptOutToken: token },
  })
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(origin + path, { redirect: 'manual', ...init })
  // React marks where two texts meet.
  const html = (await response.text()).replaceAll('<!-- -->', '')
  return {
    status: response.status,
    headers: response.headers,
    location: response.headers.get('Location'),
    html,
    title: /<title>(.*?)<\/title>/.exec(html)?.[1],
  }
}

const post = (path: string, body = '', headers: Record<string, string> = {}) =>
  get(path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin, ...headers },
  })

const servicePath = '/preparer-ma-convocation/spip-92-nanterre'
const pages = [
  '/',
  '/preparer-ma-convocation',
  '/preparer-ma-convocation?q=spip',
  '/preparer-ma-convocation/departements/92',
  '/preparer-ma-convocation/departements/973',
  servicePath,
  '/preparer-ma-convocation/spip-92-sceaux',
  `/en${servicePath}`,
  `/ar${servicePath}`,
  `/stop/${token}`,
  `/en/stop/${token}`,
  `/ar/stop/${token}`,
  '/investir-ma-reinsertion/departements',
  '/investir-ma-reinsertion/departements/92',
  '/investir-ma-reinsertion/departements/973',
  '/boite-d-envoi',
  '/boite-d-envoi/modeles',
  '/accessibilite',
  '/mentions-legales',
  '/donnees-personnelles',
  '/plan-du-site',
  '/gestion-des-cookies',
  ...contentPageFiles().map(({ path }) => path),
  '/recherche',
  '/statistiques',
  '/etat-du-service',
  '/recherche?q=bracelet',
  '/recherche?q=xyzzy',
  '/contact',
  '/contact/ecrire',
  '/contact/ecrire?page=/accessibilite',
  '/contact/je-ne-peux-pas-venir',
  '/contact/je-ne-peux-pas-venir/spip-92-nanterre',
  '/agents/deployer',
  '/agents/formation',
  '/agents/aide/documents/affiche',
  '/agents/aide/documents/depliant',
  '/agents/aide/documents/memo',
  '/agents/page-de-service',
  '/agents/page-de-service/spip',
  '/agents/page-de-service/tribunal',
]

describe('a service in other languages, and one that moved', () => {
  it('names its translations to robots, French for whoever has none', async () => {
    const { html } = await get(`/ar${servicePath}`)
    const named = [...html.matchAll(/rel="alternate" hrefLang="([\w-]+)" href="([^"]+)"/g)]
    expect(named.map(([, language, to = '']) => [language, new URL(to).pathname])).toEqual([
      ['fr', servicePath],
      ['en', `/en${servicePath}`],
      ['ar', `/ar${servicePath}`],
      ['x-default', servicePath],
    ])
    expect(html).toContain('dir="rtl"')
  })

  it('leads to the service that replaces it, or names it, as its closing says', async () => {
    const where = { slug: 'spip-92-ferme' }
    const { id: successorId } = await prisma.publicPage.findUniqueOrThrow({
      where: { slug: 'spip-92-nanterre' },
    })
    await prisma.publicPage.update({ where, data: { closing: 'moved', successorId } })
    expect(await get('/en/preparer-ma-convocation/spip-92-ferme')).toMatchObject({
      status: 301,
      location: `/en${servicePath}`,
    })
    await prisma.publicPage.update({ where, data: { closing: 'gone' } })
    const { status, html } = await get('/preparer-ma-convocation/spip-92-ferme')
    expect(status).toBe(410)
    expect(html).toContain(`href="${servicePath}"`)
    await prisma.publicPage.update({ where, data: { closing: null, successorId: null } })
  })

  it('shows its photo at an address that is kept for ever, and no other', async () => {
    const { id: pageId } = await prisma.publicPage.findUniqueOrThrow({ where: { slug: 'spip-92-nanterre' } })
    const digest = '0123456789abcdef'
    await prisma.pagePhoto.create({
      data: { pageId, digest, alternative: 'Porte', width: 1, height: 1, image: new Uint8Array([1, 2, 3]) },
    })
    const photo = await fetch(`${origin}/photos/${pageId}-${digest}.webp`)
    expect(photo.headers.get('cache-control')).toContain('immutable')
    expect([...new Uint8Array(await photo.arrayBuffer())]).toEqual([1, 2, 3])
    expect((await fetch(`${origin}/photos/${pageId}-fedcba9876543210.webp`)).status).toBe(404)
    await prisma.pagePhoto.delete({ where: { pageId } })
  })
})

describe('every public page', () => {
  it('has a title of its own', async () => {
    const titles: (string | undefined)[] = []
    for (const path of pages) titles.push((await get(path)).title)
    expect(new Set(titles).size).toBe(pages.length)
    for (const title of titles) expect(title).toMatch(/ – Mon Suivi Justice$/)
  })

  it.each(pages)('%s needs no script, no cookie and no other host', async (path) => {
    const { status, headers, html } = await get(path)
    expect(status).toBe(200)
    expect(headers.getSetCookie()).toEqual([])
    expect(html).not.toMatch(/<script(?! type="module" src="\/assets\/entry)(?![^>]*ld\+json)/)
    expect(html).not.toMatch(
      /<(link(?! rel="(canonical|alternate)")|img|iframe|script|source)[^>]+(href|src)="(https?:)?\/\//,
    )
    expect(html).not.toMatch(/ style="| on[a-z]+="/)
    expect(html).not.toMatch(/marianne|république française/i)
  })

  it.each(pages)('%s is HTML as the standard writes it', async (path) => {
    const html = await (await fetch(origin + path)).text()
    expect(await faultsOfHtml(html)).toEqual([])
  })

  it.each([
    ['an address that leads nowhere', '/nulle-part', 404],
    ['a service that has closed', '/preparer-ma-convocation/spip-92-ferme', 410],
    ['a link that stops nothing', '/stop/inconnu', 404],
    ['a search that finds nothing', '/preparer-ma-convocation?q=xqzw', 200],
  ])('%s answers with HTML as the standard writes it', async (_, path, status) => {
    const response = await fetch(origin + path)
    expect(response.status).toBe(status)
    expect(await faultsOfHtml(await response.text())).toEqual([])
  })

  it.each(pages)('%s has one h1, a language, skip links that lead somewhere', async (path) => {
    const { html } = await get(path)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain(`<html lang="${/^\/(en|ar)\//.exec(path)?.[1] ?? 'fr'}"`)
    for (const target of ['contenu', 'menu', 'footer']) {
      expect(html).toContain(`href="#${target}"`)
      expect(html).toContain(`id="${target}"`)
    }
  })

  it.each(pages)('%s links to no page that does not exist', async (path) => {
    const { html } = await get(path)
    const links = [...html.matchAll(/href="(\/[^"#?]*)/g)].map((match) => match[1] ?? '')
    for (const link of new Set(
      links.filter((to) => !/^\/(assets|agents|preparer-ma-convocation\/dep)/.test(to)),
    )) {
      expect((await get(link)).status, link).toBe(200)
    }
  })

  it('allows only its own scripts, from files, and never the camera nor the microphone', async () => {
    const { headers } = await get('/')
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).not.toMatch(/unsafe|nonce|https?:|\*/)
    expect(headers.get('Permissions-Policy')).toBe('camera=(), geolocation=(self), microphone=()')
    for (const path of ['/contact', '/agents/connexion', '/preparer-ma-convocation/spip-92-nanterre'])
      expect((await get(path)).headers.get('Permissions-Policy')).toContain('geolocation=()')
  })

  it('leads from the first page to what most look for, in one press', async () => {
    const { html } = await get('/')
    const main = /<main.*<\/main>/s.exec(html)?.[0] ?? ''
    for (const path of ['/contact/je-ne-peux-pas-venir', '/comprendre-ma-peine', '/questions-frequentes'])
      expect(main).toContain(`href="${path}"`)
  })

  it('gives its style from here, the State’s letters left out', async () => {
    const { html } = await get('/')
    const sheet = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1] ?? ''
    const answer = await fetch(origin + sheet)
    expect(answer.headers.get('Cache-Control')).toContain('immutable')
    const css = await answer.text()
    expect(css).not.toMatch(/url\((?!["']?data:)/)
    expect(css).not.toContain('@font-face')
    expect((await get('/dsfr/fonts/Marianne-Regular.woff2')).status).toBe(404)
  })
})

describe('the brand of the State', () => {
  afterEach(() => void (env.BRAND = 'neutre'))

  it('says of each of its sites that it opens another window', async () => {
    env.BRAND = 'etat'
    const { html } = await get('/')
    const links = [...html.matchAll(/<a [^>]*href="https:[^>]*>/g)].map(([link]) => link)
    expect(links).toHaveLength(4)
    for (const link of links) {
      expect(link).toMatch(/title="[a-z.-]+ - nouvelle fenêtre"/)
      expect(link).toContain('rel="noopener external"')
    }
  })
})

describe('the page of a service', () => {
  it('gives address, phone, hours, papers and the way in', async () => {
    const { html } = await get(servicePath)
    const read = html.replaceAll('\u00a0', ' ')
    for (const words of [
      '14 rue des Peupliers',
      '92000 Nanterre',
      '01 99 00 10 20',
      'lundi au jeudi',
      'pièce d’identité',
      'RER A',
    ])
      expect(read).toContain(words)
    expect(html).toContain('href="tel:+33199001020"')
    expect(html).toContain('"@type":"GovernmentOffice"')
  })

  it('is reached from the home by the list of départements [P66]', async () => {
    const follow = async (path: string, words: string) => {
      const { html } = await get(path)
      const links = [...html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gs)]
      const link = links.find(([, , text = '']) => text.replace(/<[^>]+>/g, '').includes(words))
      expect(link, `${words} on ${path}`).toBeDefined()
      return link?.[1] ?? ''
    }
    const directory = '/preparer-ma-convocation'
    expect((await get('/')).html).toContain(`href="${directory}"`)
    const department = await follow(directory, 'Hauts-de-Seine')
    expect(await follow(department, 'SPIP de Nanterre')).toBe(servicePath)
  })

  it('leaves no empty label where a fact is missing', async () => {
    const { html } = await get('/preparer-ma-convocation/spip-92-sceaux')
    for (const words of ['Transports', 'Accès en fauteuil', 'href="tel:', 'Ouvert', 'Fermé'])
      expect(html).not.toContain(words)
  })

  it('says of a closed service that it has closed, with status 410', async () => {
    const { status, html } = await get('/preparer-ma-convocation/spip-92-ferme')
    expect(status).toBe(410)
    expect(html).toContain('Ce service a fermé ou déménagé')
    expect(html).toContain('role="search"')
  })

  it('is not found before it is published', async () => {
    expect((await get('/preparer-ma-convocation/spip-92-brouillon')).status).toBe(404)
    expect((await get('/s/drafffft')).status).toBe(404)
  })

  it('opens from the short link of an SMS, however it was copied', async () => {
    expect(await get(`/s/${code}`)).toMatchObject({ status: 302, location: servicePath })
    expect(await get(`/s/${code.toUpperCase()}`)).toMatchObject({ status: 302, location: servicePath })
  })

  it('leads to the département where the service has no page yet', async () => {
    for (const code of ['92', '2A', '973'])
      expect(await get(`/s/${code.toLowerCase()}`)).toMatchObject({
        status: 302,
        location: `/preparer-ma-convocation/departements/${code}`,
      })
    expect((await get('/s/99')).status).toBe(404)
  })

  it('answers an unknown short link with a page where one can search', async () => {
    const { status, html } = await get('/s/zzzzzzzz')
    expect(status).toBe(404)
    expect(html).toContain('role="search"')
  })
})

describe('old addresses', () => {
  it('redirect for ever and keep their query', async () => {
    expect(await get('/preparer_spip92?mtm_campaign=AgentsApp')).toMatchObject({
      status: 301,
      location: '/preparer-ma-convocation/departements/92?mtm_campaign=AgentsApp',
    })
    expect(await get('/Preparer_Spip92.html')).toMatchObject({ status: 301 })
    expect(await get('/Preparer_Spip92/')).toMatchObject({ status: 301 })
    expect(await get('/ma_reinsertion_normandie?a=1')).toMatchObject({
      status: 301,
      location: '/investir-ma-reinsertion/departements?a=1',
    })
  })

  it('all lead to a page', async () => {
    const targets = new Set(legacyPaths().map(({ target }) => target))
    for (const target of targets) {
      const { status, html } = await get(target)
      expect(status, target).toBe(200)
      // Where a letter of several bytes crosses React's buffer.
      expect(html.indexOf('\0'), target).toBe(-1)
    }
  })
})

describe('stopping the SMS', () => {
  const optOut = async () =>
    (await prisma.probationer.findFirstOrThrow({ select: { smsOptOut: true } })).smsOptOut
  const lines = () => prisma.historyEntry.findMany({ where: { event: 'probationer.sms_refused_by_link' } })

  it('looking at the page changes nothing and says whose number it is, masked', async () => {
    const { html, headers } = await get(`/stop/${token}`)
    expect(html.replaceAll('\u00a0', ' ')).toContain('06 •• •• •• 27')
    for (const secret of [phone, 'BENSALEM', 'Karim', '9841']) expect(html).not.toContain(secret)
    expect(html).toContain('Vous devez toujours venir')
    expect(headers.get('Cache-Control')).toContain('no-store')
    await get(`/stop/${token}`, { method: 'HEAD' })
    expect(await optOut()).toBe(false)
  })

  it('a form sent from another site is refused', async () => {
    const elsewhere: Record<string, string>[] = [
      { Origin: 'https://ailleurs.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]
    for (const headers of elsewhere) {
      const { status, html } = await post(`/stop/${token}`, '', headers)
      expect(status).toBe(403)
      expect(html).toContain('vient d’un autre site')
    }
    expect(await optOut()).toBe(false)
  })

  it('the button stops them, once, with a line in the history', async () => {
    expect(await post(`/stop/${token}`)).toMatchObject({ status: 303, location: `/stop/${token}` })
    expect(await optOut()).toBe(true)
    const { html, title } = await get(`/stop/${token}`)
    expect(html).toContain('C’est fait. Vous ne recevrez plus de SMS.')
    expect(title).toMatch(/^C’est fait – /)
    expect(await lines()).toMatchObject([{ category: 'probationer', agentId: null, actorName: null }])
  })

  it('pressing it again says the same and writes nothing more', async () => {
    const answers = await Promise.all([post(`/stop/${token}`), post(`/stop/${token}`)])
    for (const answer of answers) expect(answer.status).toBe(303)
    expect(await lines()).toHaveLength(1)
  })

  it('the old form of the link is still answered', async () => {
    expect(await get(`/stop_sms?token=${token}`)).toMatchObject({ status: 302, location: `/stop/${token}` })
    expect((await get('/stop_sms')).location).toBe('/stop/-')
  })

  it.each(['/stop/unknown', '/stop/-', `/stop/${'a'.repeat(300)}`, '/stop/%25', '/stop/%F0%9F%99%82'])(
    '%s is no longer valid',
    async (path) => {
      for (const answer of [await get(path), await post(path)]) {
        expect(answer.status).toBe(404)
        expect(answer.html).toContain('Ce lien n’est plus valable')
      }
    },
  )

  it('trying tokens one after the other ends with 429 for this network, where good links still open', async () => {
    await get('/stop/unknown')
    await prisma.rateLimit.updateMany({
      where: { key: { contains: 'unknown-stop-link-network' } },
      data: { points: 100_000 },
    })
    const { status, html } = await get('/stop/unknown')
    expect(status).toBe(429)
    expect(html).toContain('Trop de demandes')
    expect((await get(`/stop/${token}`)).status).toBe(200)
    expect((await post(`/stop/${token}`)).status).toBe(303)
    await prisma.rateLimit.deleteMany()
  })
})

describe('the outbox', () => {
  it('shows what would have left, newest first, with links to touch and no markup run', async () => {
    await prisma.outboxItem.create({
      data: {
        channel: 'email',
        sender: 'msj@example.org',
        recipient: 'claire@justice.example',
        subject: 'Objet',
        body: 'Bonjour',
      },
    })
    await prisma.outboxItem.create({
      data: {
        channel: 'sms',
        sender: 'RDV Justice',
        recipient: phone,
        body: `<b>RDV</b> http://localhost/s/abcd. STOP http://localhost/stop/x`,
      },
    })
    const { html } = await get('/boite-d-envoi')
    expect(html.indexOf('RDV Justice')).toBeLessThan(html.indexOf('Objet'))
    expect(html).toContain('<a href="http://localhost/s/abcd">')
    expect(html).toContain('<a href="http://localhost/stop/x">')
    expect(html).toContain('&lt;b&gt;')
  })

  it('shows each mail as a reader of mail would, and a sample of each that exists', async () => {
    const { id } = await prisma.outboxItem.create({
      data: {
        ...{ channel: 'email', sender: 'msj@justice.example', recipient: 'agent@justice.example' },
        ...{ subject: 'Mis en forme', body: 'Bonjour', html: '<!doctype html><p style="margin: 0">Bonjour' },
      },
    })
    expect((await get('/boite-d-envoi')).html).toContain(`href="/boite-d-envoi/e-mails/${id}"`)
    const shown = await fetch(`${origin}/boite-d-envoi/e-mails/${id}`)
    expect(await shown.text()).toContain('Bonjour')
    expect(shown.headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline';/,
    )
    const { html } = await get('/boite-d-envoi/modeles')
    const samples = [...html.matchAll(/href="(\/boite-d-envoi\/e-mails\/[\w-]+)"/g)].map(
      ([, path = '']) => path,
    )
    expect(samples.length).toBeGreaterThan(10)
    for (const path of samples) expect((await fetch(origin + path)).status).toBe(200)
    for (const path of ['0', 'inconnu', '99999999999', '1e3'])
      expect((await fetch(`${origin}/boite-d-envoi/e-mails/${path}`)).status).toBe(404)
  })
})

describe('bad requests', () => {
  it.each([
    ['an unknown address', () => get('/nulle-part'), 404],
    ['an unknown département', () => get('/preparer-ma-convocation/departements/99'), 404],
    ['an unknown service', () => get('/preparer-ma-convocation/%3Cscript%3E'), 404],
    [
      'the form of a kind of service that does not exist',
      () => get('/agents/page-de-service/constructor'),
      404,
    ],
    ['an address that cannot be read', () => get('/%E0%A4%A'), 400],
    ['a zero in an address', () => get('/s/%00'), 400],
    ['a form where there is none', () => post('/mentions-legales'), 405],
    ['a method of another age', () => get('/', { method: 'PUT' }), 405],
    [
      'a body that is no form',
      () => post(`/stop/${token}`, '{}', { 'Content-Type': 'application/json' }),
      400,
    ],
    ['a form without an end', () => post(`/stop/${token}`, 'a='.padEnd(100_000, 'a')), 413],
    ['a zero in a form', () => post(`/stop/${token}`, 'a=%00'), 400],
  ] as const)('%s', async (_, ask, status) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.html).toContain('<h1>')
    expect(answer.title).toMatch(/Mon Suivi Justice$/)
    expect(answer.headers.get('Cache-Control')).toContain('no-store')
  })

  it.each([`/recherche?q=${'x'.repeat(99)}`, `/contact?page=/${'x'.repeat(198)}`])(
    'a text cut in the middle of a character is read: %s',
    async (address) => {
      expect((await get(`${address}%F0%9F%98%80`)).status).toBeLessThan(400)
    },
  )

  it('robots and researchers find their files', async () => {
    expect((await get('/robots.txt')).html).toContain('Disallow: /')
    expect((await get('/.well-known/security.txt')).html).toMatch(/Contact: mailto:.+\nExpires: 20\d\d-/)
    const services = JSON.parse((await get('/api/public/services.json')).html) as { page: string }[]
    expect(services.length).toBeGreaterThan(0)
    for (const { page } of services) expect((await get(new URL(page).pathname)).status).toBe(200)
  })
})
