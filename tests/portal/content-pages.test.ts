import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPortal } from '../../portal/handler.server'
import { agentSessionOf, spaceSessionOf } from '../../portal/host/sessions.server'
import { seedContentPages } from '../../prisma/seed/content-pages'
import {
  archivePage,
  createPage,
  markChecked,
  publishPage,
  restorePage,
  saveDraft,
} from '../../resources/content-page/commands/page.server'
import { listPages, pageEditor } from '../../resources/content-page/queries/editor.server'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { Forbidden, Refused } from '../../resources/shared/errors'
import { read } from '../../resources/shared/transact.server'
import { faultsOfHtml } from '../support/html'
import { actAt, aService, anAgent, monday } from '../support/world'

/** A page of the site, from its editor to who reads it. */
let server: Server
let origin: string
let team: AgentActor
let others: AgentActor[]

beforeAll(async () => {
  const app = express()
  app.use(await createPortal({ agentSessionOf, spaceSessionOf }))
  server = createServer(app).listen(0)
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  await seedContentPages(prisma)
  const court = await aService('TJ de la Seine', 'court')
  const spip = await aService('SPIP de la Seine', 'probation_service')
  team = await anAgent(court, 'central_admin', { firstName: 'Noor', lastName: 'Équipe' })
  others = [await anAgent(court, 'local_admin'), await anAgent(spip, 'probation_counsellor')]
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(origin + path, { redirect: 'manual', headers })
  const html = (await response.text()).replaceAll('<!-- -->', '')
  return {
    status: response.status,
    headers: response.headers,
    html,
    location: response.headers.get('Location'),
  }
}

const content = (more: object = {}) => ({
  title: 'Les démarches utiles',
  shortTitle: 'Démarches',
  description: 'Ce que l’on peut demander, à qui, et comment.',
  lead: 'Une phrase pour commencer.',
  order: 10,
  layout: 'plain' as const,
  body: 'Une phrase.',
  facts: [],
  sources: [],
  legalStatus: 'to_validate' as const,
  ...more,
})
const act = <Result>(work: Parameters<typeof actAt<Result>>[2]) => actAt(team, monday, work)
const editor = (pageId: number) => read(team, (ctx) => pageEditor(ctx, { pageId }))
const seen = async (pageId: number) => ({ pageId, seenVersionId: (await editor(pageId)).latest.id })

let made = 0
async function aPage(more: object = {}, path = `/comprendre-ma-peine/essai-${++made}`) {
  const own = { title: `Essai ${path}`, description: `Description de ${path}` }
  const { pageId } = await act((ctx) => createPage(ctx, { ...content({ ...own, ...more }), path }))
  return { pageId, path, own }
}
const publish = async (pageId: number) => {
  const input = await seen(pageId)
  return act((ctx) => publishPage(ctx, input))
}

describe('a page of the site', () => {
  it('is nobody’s but its editors’ until it is published, then everybody’s', async () => {
    const { pageId, path } = await aPage({ shortTitle: 'Mon essai' })
    expect((await get(path)).status).toBe(404)
    const { previewPath } = await editor(pageId)
    const preview = await get(previewPath)
    expect([preview.status, preview.headers.get('Cache-Control')]).toEqual([200, 'private, no-store'])
    expect(preview.html).toContain('noindex')
    expect(preview.html).toContain('Une phrase.')
    // A vote would tell the secret address of the draft.
    expect(preview.html).not.toContain('action="/avis"')

    await publish(pageId)
    const { status, headers, html } = await get(path)
    expect(status).toBe(200)
    expect(headers.get('Cache-Control')).toContain('s-maxage=')
    expect(html).toContain(`<link rel="canonical" href="http://localhost`)
    expect((await get('/comprendre-ma-peine')).html).toContain(`href="${path}"`)
    expect((await get('/plan-du-site')).html).toContain(`href="${path}"`)
    expect((await get('/sitemap.xml')).html).toMatch(new RegExp(`${path}</loc><lastmod>2026-10-05<`))
    // The link that was given around opens no later draft.
    expect((await get(previewPath)).status).toBe(404)
  })

  it('edited, has a draft beside what is read, until that is published too', async () => {
    const { pageId, path, own } = await aPage()
    await publish(pageId)
    const input = await seen(pageId)
    const next = { ...content({ ...own, body: 'Une autre phrase.' }), ...input }
    await act((ctx) => saveDraft(ctx, next))
    expect((await get(path)).html).toContain('Une phrase.')
    expect((await get((await editor(pageId)).previewPath)).html).toContain('Une autre phrase.')
    await publish(pageId)
    expect((await get(path)).html).toContain('Une autre phrase.')
  })

  it('is published by no one while something is wrong with it: the line is said', async () => {
    const { pageId, path } = await aPage({ body: 'Une phrase.\n\n<script>alert(1)</script>' })
    const input = await seen(pageId)
    const refused = act((ctx) => publishPage(ctx, input))
    await expect(refused).rejects.toMatchObject({
      code: 'content_page.faulty',
      params: { line: 3 },
      field: 'body',
    })
    const { html } = await get((await editor(pageId)).previewPath)
    expect(html).not.toContain('alert(1)')
    expect((await get(path)).status).toBe(404)
  })

  it('of two who write at once, keeps the first and tells the other', async () => {
    const { pageId, own } = await aPage()
    const input = await seen(pageId)
    await act((ctx) => saveDraft(ctx, { ...content({ ...own, body: 'Premier.' }), ...input }))
    await expect(
      act((ctx) => saveDraft(ctx, { ...content({ ...own, body: 'Second.' }), ...input })),
    ).rejects.toMatchObject({ code: 'content_page.changed_meanwhile' })
  })

  it('has its versions, each with who wrote it and when; a former one is taken up again', async () => {
    const { pageId, own } = await aPage({ body: 'Avant.' })
    const input = await seen(pageId)
    await act((ctx) => saveDraft(ctx, { ...content({ ...own, body: 'Après.' }), ...input }))
    const { versions } = await editor(pageId)
    expect(versions.map(({ body, by, on }) => [body, by, on])).toEqual([
      ['Après.', 'Noor Équipe', '2026-10-05'],
      ['Avant.', 'Noor Équipe', '2026-10-05'],
    ])
    const former = versions[1]?.id ?? 0
    const latest = await seen(pageId)
    await act((ctx) => restorePage(ctx, { ...latest, versionId: former }))
    const { latest: now } = await editor(pageId)
    expect([now.body, now.restoredId]).toEqual(['Avant.', former])
    const traces = await prisma.auditEntry.findMany({
      where: { subject: 'content_page', subjectId: pageId },
      orderBy: { id: 'asc' },
    })
    expect(traces.map(({ action, fields }) => [action, fields])).toEqual([
      ['create', []],
      ['update', ['body']],
      ['update', ['restored']],
    ])
  })

  it('taken off says so at its address, and may be published again', async () => {
    const { pageId, path } = await aPage()
    await publish(pageId)
    await act((ctx) => archivePage(ctx, { pageId }))
    const { status, html } = await get(path)
    expect(status).toBe(410)
    expect(html).toContain('n’est plus en ligne')
    expect((await get('/sitemap.xml')).html).not.toContain(`${path}<`)
    await publish(pageId)
    expect((await get(path)).status).toBe(200)
  })

  it('is not taken off while pages are below, nor the one whose numbers end all others', async () => {
    const hub = await prisma.contentPage.findUniqueOrThrow({ where: { path: '/comprendre-ma-peine' } })
    await expect(act((ctx) => archivePage(ctx, { pageId: hub.id }))).rejects.toMatchObject({
      code: 'content_page.has_pages_below',
    })
    const numbers = await prisma.contentPage.findUniqueOrThrow({ where: { path: '/numeros-utiles' } })
    await expect(act((ctx) => archivePage(ctx, { pageId: numbers.id }))).rejects.toMatchObject({
      code: 'content_page.feeds_every_page',
    })
  })

  it('checked says the day; who did is known in the back office', async () => {
    const { pageId, path } = await aPage()
    await expect(act((ctx) => markChecked(ctx, { pageId }))).rejects.toBeInstanceOf(Refused)
    await publish(pageId)
    await act((ctx) => markChecked(ctx, { pageId }))
    expect((await get(path)).html).toMatch(/Dernière vérification\u00a0: <time[^>]*>5 octobre 2026</)
    expect(await editor(pageId)).toMatchObject({ checkedOn: '2026-10-05', checkedBy: 'Noor Équipe' })
  })

  it('has an address, a title and a description of its own', async () => {
    const { path, own } = await aPage()
    const at = (address: string, more: object) =>
      act((ctx) => createPage(ctx, { ...content(more), path: address }))
    await expect(at(path, {})).rejects.toMatchObject({ code: 'content_page.path_taken', field: 'path' })
    for (const taken of [
      '/admin/page',
      '/preparer-ma-convocation/page',
      '/agents/connexion',
      '/stop/page',
      '/en/admin/page',
    ])
      await expect(at(taken, {})).rejects.toMatchObject({ code: 'content_page.path_reserved', field: 'path' })
    await expect(at('/autre', { title: own.title.toUpperCase() })).rejects.toMatchObject({ field: 'title' })
    await expect(at('/autre', { description: own.description })).rejects.toMatchObject({
      field: 'description',
    })
  })

  it('is written by central admins only', async () => {
    const { pageId } = await aPage()
    const input = await seen(pageId)
    for (const other of others) {
      const as = <Result>(work: Parameters<typeof actAt<Result>>[2]) => actAt(other, monday, work)
      await expect(as((ctx) => createPage(ctx, { ...content(), path: '/essai' }))).rejects.toBeInstanceOf(
        Forbidden,
      )
      await expect(as((ctx) => saveDraft(ctx, { ...content(), ...input }))).rejects.toBeInstanceOf(Forbidden)
      await expect(as((ctx) => publishPage(ctx, input))).rejects.toBeInstanceOf(Forbidden)
      await expect(as((ctx) => restorePage(ctx, { ...input, versionId: 1 }))).rejects.toBeInstanceOf(
        Forbidden,
      )
      await expect(as((ctx) => archivePage(ctx, { pageId }))).rejects.toBeInstanceOf(Forbidden)
      await expect(as((ctx) => markChecked(ctx, { pageId }))).rejects.toBeInstanceOf(Forbidden)
      await expect(read(other, (ctx) => pageEditor(ctx, { pageId }))).rejects.toBeInstanceOf(Forbidden)
      await expect(read(other, (ctx) => listPages(ctx, {}))).rejects.toBeInstanceOf(Forbidden)
    }
  })

  it('is left alone by the seed once it is there, published or not', async () => {
    const victims = await prisma.contentPage.findUniqueOrThrow({
      where: { path: '/comprendre-ma-peine/victimes' },
    })
    await act((ctx) => archivePage(ctx, { pageId: victims.id }))
    const before = await prisma.contentPageVersion.count()
    await seedContentPages(prisma)
    expect(await prisma.contentPageVersion.count()).toBe(before)
    expect((await get('/comprendre-ma-peine/victimes')).status).toBe(410)
  })

  it('is found by its words in the list of the back office', async () => {
    const found = await read(team, (ctx) =>
      listPages(ctx, { filters: { text: 'OBLIGATIONS', state: 'published' } }),
    )
    expect(found.rows.map(({ path }) => path)).toContain('/comprendre-ma-peine/obligations-et-interdictions')
  })
})

describe('what is served of a page', () => {
  const blocks = [
    '::::ecrit-et-sens\n:::ecrit\n« Répondre »\n:::\n:::sens\nVenir.\n:::\n::::',
    ':::bonne-pratique\nGardez vos papiers.\n:::',
    ':::attention\nPrudence.\n:::',
    ':::a-retenir\nÀ savoir.\n:::',
    ':::etapes\n1. Un\n2. Deux\n:::',
    ':::numeros\n- [3039](tel:3039) : vos droits.\n:::',
    ':::cartes\n- [Mes droits](/comprendre-ma-peine/mes-droits) : écrire au juge.\n:::',
    ':::document{titre="Le guide" format="PDF" taille="245 Ko"}\n[Le guide](/guide.pdf)\n:::',
    '**Comparer**\n\n|  | Où dormir |\n|---|---|\n| Semi-liberté | au centre |\n| Bracelet |  |',
    '1. Un\n2. [Un site](https://www.justice.fr)\n\n> Cité.',
  ]
  const facts = [
    { key: 'delai', label: 'Délai', value: '3 ans', source: 'Code pénal, 132-42', asOf: '2026-11-29' },
  ]

  it.each(['plain', 'accordion', 'faq'] as const)(
    'is HTML as the standard writes it, with every block: %s',
    async (layout) => {
      const body = blocks
        .map((block, rank) => `## Partie ${rank + 1}\n\n### Question ${rank + 1}\n\n${block}`)
        .join('\n\n')
      const { pageId, path } = await aPage({
        layout,
        facts,
        sources: [{ code: 'Code pénal', article: '132-42', asOf: '2026-11-29' }],
        body: `Le délai est :chiffre[delai].\n\n${body}`,
      })
      await publish(pageId)
      const { html } = await get(path)
      expect(await faultsOfHtml(await (await fetch(origin + path)).text())).toEqual([])
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html).toContain('<caption id=')
      expect(html).toContain('href="tel:3039"')
      expect(html).toContain('Télécharger Le guide (PDF – 245 Ko, en français)')
      expect(html).toContain('En chiffres')
      expect(html).toContain('Cette page vous a-t-elle aidé')
      expect(html).toContain('Code pénal, article\u00a0132-42')
      expect(html).not.toMatch(/to_validate|à valider/)
      expect(html.includes('"@type":"FAQPage"')).toBe(layout === 'faq')
      expect(html).toContain('"@type":"BreadcrumbList"')
    },
  )

  it('is told again only to who has another', async () => {
    const path = '/comprendre-ma-peine/mes-interlocuteurs'
    const { headers } = await get(path)
    const tag = headers.get('ETag') ?? ''
    expect(tag).toMatch(/^W\/"/)
    const again = await get(path, { 'If-None-Match': tag })
    expect([again.status, again.html]).toEqual([304, ''])
    expect((await get(path, { 'If-None-Match': 'W/"autre"' })).status).toBe(200)
  })

  it('is found however its address is written, with what follows it kept', async () => {
    const { status, location } = await get('/Comprendre-ma-peine/Mes-Droits/?mtm_campaign=x')
    expect([status, location]).toEqual([301, '/comprendre-ma-peine/mes-droits?mtm_campaign=x'])
    const { html } = await get('/comprendre-ma-peine/mes-droits?mtm_campaign=x')
    expect(html).toMatch(/rel="canonical" href="[^"?]*\/comprendre-ma-peine\/mes-droits"/)
    expect((await get(`/comprendre-ma-peine/${'x'.repeat(900)}`)).status).toBe(404)
    expect((await get('/apercu/inconnu')).status).toBe(404)
  })

  it('is found by the words of its text, however they are typed, those named so first', async () => {
    const titles = async (q: string) => {
      const { status, html } = await get(`/recherche?q=${encodeURIComponent(q)}`)
      expect(status).toBe(200)
      const found = html.split('id="resultats"')[1] ?? ''
      return [...found.matchAll(/<h4[^>]*><a href="([^"]+)"/g)].map(([, path]) => path)
    }
    expect((await titles('travail d’intérêt général'))[0]).toBe(
      '/comprendre-ma-peine/peines/travail-d-interet-general',
    )
    expect((await titles('TRAVAIL D INTERET GENERAL'))[0]).toBe(
      '/comprendre-ma-peine/peines/travail-d-interet-general',
    )
    expect((await titles('mes obligations'))[0]).toBe('/comprendre-ma-peine/obligations-et-interdictions')
    // What agents are told comes after what everybody reads.
    const ofAgents = (await titles('sms')).map((path = '') => path.startsWith('/agents'))
    expect(new Set(ofAgents).size).toBe(2)
    expect(ofAgents.indexOf(true)).toBeGreaterThan(ofAgents.lastIndexOf(false))
    expect(await titles('xyzzy')).toEqual([])
    // What only the address of a link says, nobody reads.
    expect(await titles('comprendre-ma-peine/glossaire#spip dpip xyz')).toEqual([])
    for (const odd of ['%', "'", '((', 'a'.repeat(300)]) await titles(odd)
    const { html } = await get('/recherche?q=bracelet')
    expect(html).toContain('noindex')
    expect(await faultsOfHtml(html)).toEqual([])
  })

  it('ends by numbers that are written once', async () => {
    const help = /aria-labelledby="aide".*?<\/section>/s
    expect(help.exec((await get('/comprendre-ma-peine')).html)?.[0]).toContain('116 006')
    expect((await get('/facile-a-lire')).html, 'its text has them').not.toContain('aria-labelledby="aide"')
    expect((await get('/agents/actualites')).html, 'agents').not.toContain('aria-labelledby="aide"')
    const numbers = await prisma.contentPage.findUniqueOrThrow({ where: { path: '/numeros-utiles' } })
    const { latest } = await editor(numbers.id)
    const { title, shortTitle, description, lead } = latest
    const body = ':::numeros\n- [115](tel:115) : sans logement ce soir.\n:::'
    await act((ctx) =>
      saveDraft(ctx, {
        ...content({ title, shortTitle, description, lead, body }),
        pageId: numbers.id,
        seenVersionId: latest.id,
      }),
    )
    await publish(numbers.id)
    expect(help.exec((await get('/comprendre-ma-peine')).html)?.[0]).toMatch(/115(?!.*116 006)/s)
  })

  it('leads to the pages beside it, and hubs to those below', async () => {
    const { html } = await get('/comprendre-ma-peine/peines/travail-d-interet-general')
    expect(html).toMatch(/rel="prev"/)
    expect(html).toMatch(/rel="next"/)
    expect(html).toMatch(/fr-breadcrumb.*href="\/comprendre-ma-peine\/peines".*aria-current="page">/s)
  })
})
