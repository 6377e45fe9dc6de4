import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publicPageData } from '../../prisma/seed/public-pages'
import { prisma } from '../../resources/shared/db.server'
import { mailTasks } from '../../worker/mail/tasks'
import { backOffice } from '../support/back-office'
import { faultsOfHtml } from '../support/html'
import { drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { anAgent, aService } from '../support/world'

let host: RunningHost
let central: Awaited<ReturnType<typeof backOffice>>
let localAdmin: Awaited<ReturnType<typeof backOffice>>
beforeAll(async () => {
  host = await startHost()
  const spip = await aService('SPIP 92 Nanterre', 'probation_service')
  central = await backOffice(host, await anAgent(spip, 'central_admin'))
  localAdmin = await backOffice(host, await anAgent(spip, 'local_admin'))
  const service = {
    ...{ organizationId: spip.id, name: 'SPIP 92 Nanterre', placeName: 'SPIP de Nanterre' },
    ...{ kind: 'probation_service' as const, departmentCode: '92', timeZone: 'Europe/Paris' },
    ...{ address: '14 rue des Peupliers, 92000 Nanterre', postalCode: '92000', cityName: 'Nanterre' },
    phone: '+33199001020',
  }
  const page = publicPageData(service, new Date('2026-03-01T09:00:00Z'))
  const other = publicPageData(
    { ...service, name: 'SPIP 92 Sceaux', placeName: 'SPIP de Sceaux' },
    new Date(),
  )
  await prisma.publicPage.createMany({
    data: [
      { ...page, email: 'spip92@justice.fr' },
      { ...other, email: null },
    ],
  })
}, 120_000)
afterAll(() => host.stop())
beforeEach(async () => {
  await prisma.siteRequest.deleteMany()
  await prisma.outboxItem.deleteMany()
  await prisma.$executeRaw`DELETE FROM rate_limit`
})

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(host.url + path, { redirect: 'manual', ...init })
  const html = (await response.text()).replaceAll('<!-- -->', '')
  return {
    ...{ status: response.status, html, headers: response.headers },
    location: response.headers.get('Location'),
    title: /<title>(.*?)<\/title>/.exec(html)?.[1] ?? '',
  }
}
const post = (path: string, fields: Record<string, string>) =>
  ask(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: host.url },
  })
const mails = async () => {
  await drainQueue(mailTasks)
  return prisma.outboxItem.findMany({ where: { channel: 'email' }, orderBy: { id: 'asc' } })
}

const contact = { topic: 'accessibility', message: 'Le bouton n’est pas lu.', email: 'lea@exemple.fr' }
const deployment = {
  ...{ serviceKind: 'probation_service', serviceName: 'SPIP des Yvelines', jurisdiction: 'Versailles' },
  ...{ departmentCode: '78', agents: '24', firstName: 'Anne', lastName: 'Roy', position: 'Directrice' },
  ...{ email: 'anne.roy@justice.fr', approverName: 'Luc Petit', approverPosition: 'Directeur' },
  ...{ approverEmail: 'luc.petit@justice.fr', agreement: 'on', toolSms: 'on', toolSpace: 'on' },
  localAdmins: 'Sonia Marchetti, sonia.marchetti@justice.fr',
}
const training = {
  ...{ serviceName: 'SPIP 92 Nanterre', firstName: 'Anne', lastName: 'Roy', position: 'CPIP' },
  ...{ email: 'anne.roy@justice.fr', topic: 'slots', people: '3', availability: 'Mardi matin' },
}
const absence = {
  ...{ firstName: 'Karim', lastName: 'Bensalem', appointment: 'lundi 12 octobre à 9 h 30' },
  ...{ message: 'Je suis hospitalisé.', reach: '06 39 98 41 27' },
}
const warn = '/contact/je-ne-peux-pas-venir/spip-92-nanterre'
const forms: [path: string, sound: Record<string, string>, spoilt: string][] = [
  ['/contact/ecrire', contact, 'email'],
  ['/contact/ecrire?page=/accessibilite', { message: 'Une faute.', email: '' }, 'message'],
  [warn, absence, 'reach'],
  ['/agents/deployer', deployment, 'approverEmail'],
  ['/agents/formation', training, 'people'],
]

describe('every form of the site', () => {
  it.each(forms)(
    '%s is drawn again with what was typed, each fault beside its field',
    async (path, sound, spoilt) => {
      const { status, html, title, headers } = await post(path, { ...sound, [spoilt]: '' })
      expect(status).toBe(400)
      expect(title).toMatch(/^Erreur – /)
      expect(html).toContain('Une erreur dans le formulaire')
      expect(html).toContain(`href="#${spoilt}"`)
      expect(html).toMatch(new RegExp(`aria-describedby="${spoilt}-messages"`))
      for (const [name, value] of Object.entries(sound))
        if (name !== spoilt && value.length > 4) expect(html).toContain(value)
      expect(headers.getSetCookie()).toEqual([])
      expect(await faultsOfHtml(html)).toEqual([])
      expect(await prisma.siteRequest.count()).toBe(0)
    },
  )

  it.each(forms)('%s, sent, leads to a page with the reference, twice the same', async (path, sound) => {
    const requestKey = /name="requestKey" value="([^"]+)"/.exec((await ask(path)).html)?.[1] ?? ''
    expect(requestKey).toHaveLength(36)
    const [first, second] = await Promise.all([1, 2].map(() => post(path, { ...sound, requestKey })))
    expect(first?.status).toBe(303)
    expect(second?.location).toBe(first?.location)
    const { reference } = await prisma.siteRequest.findFirstOrThrow()
    expect(await prisma.siteRequest.count()).toBe(1)
    expect(first?.location).toBe(`/contact/recue/${reference}`)
    const page = await ask(first?.location ?? '')
    expect([page.status, page.html.includes(reference)]).toEqual([200, true])
    expect(page.html).not.toContain(sound.message ?? sound.email ?? '@')
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    expect(await faultsOfHtml(page.html)).toEqual([])
  })

  it.each(forms)('%s says it when a program filled what nobody sees', async (path, sound) => {
    const { status, html } = await post(path, { ...sound, trap: 'http://spam.example' })
    expect([status, html.includes('un champ caché')]).toEqual([400, true])
    expect(html).not.toContain('http://spam.example')
    expect(await prisma.siteRequest.count()).toBe(0)
  })

  it('waits beyond sixty an hour from one network, and loses nothing typed; no address is kept', async () => {
    // What is refused is not counted.
    for (let count = 0; count < 5; count++) await post('/contact/ecrire', { ...contact, message: '' })
    for (let count = 0; count < 60; count++)
      expect((await post('/contact/ecrire', { ...contact, requestKey: randomUUID() })).status).toBe(303)
    const { status, html } = await post('/contact/ecrire', contact)
    expect(status).toBe(429)
    expect(html).toContain('Trop de demandes depuis votre réseau')
    expect(html).toContain('Le bouton n’est pas lu.')
    expect(await prisma.siteRequest.count()).toBe(60)
    // Who cannot come is still heard.
    expect((await post(warn, absence)).status).toBe(303)
    const rows = await prisma.$queryRaw<{ key: string }[]>`SELECT key FROM rate_limit`
    expect(JSON.stringify(rows)).not.toMatch(/127\.0|::1/)
  }, 60_000)
})

describe('the contact', () => {
  it('is in the footer of every page, and sends each question to whom it is for', async () => {
    expect((await ask('/')).html).toContain('href="/contact"')
    const { html } = await ask('/contact')
    for (const to of [
      '/contact/je-ne-peux-pas-venir',
      '/contact/ecrire',
      '/agents/deployer',
      '/agents/formation',
    ])
      expect(html).toContain(`href="${to}"`)
    expect(html).toContain('CPIP')
  })

  it('keeps the page that has an error, and nothing of an address that is a secret', async () => {
    const { location } = await ask('/contact?page=/preparer-ma-convocation/spip-92-nanterre')
    const form = await ask(location ?? '')
    expect(form.html).toContain('<b>/preparer-ma-convocation/spip-92-nanterre</b>')
    for (const secret of [
      '/stop',
      '/ar/stop',
      '/preparer-ma-convocation/apercu',
      '/apercu',
      '/agents/invitation',
    ])
      expect((await ask(`/contact/ecrire?page=${secret}/secret42`)).html, secret).not.toContain(
        'secret42</b>',
      )
    await post(location ?? '', { message: 'Le numéro est faux.', email: '' })
    expect(await prisma.siteRequest.findFirstOrThrow()).toMatchObject({
      ...{ kind: 'page_error', page: '/preparer-ma-convocation/spip-92-nanterre', email: null },
    })
  })

  it('knows the service whose page has the error, in any language', async () => {
    await post('/contact/ecrire?page=/ar/preparer-ma-convocation/spip-92-nanterre', {
      ...{ message: 'Le numéro est faux.', email: '' },
    })
    expect(await prisma.siteRequest.findFirstOrThrow()).toMatchObject({
      page: '/ar/preparer-ma-convocation/spip-92-nanterre',
      publicPageId: expect.any(Number) as unknown,
    })
  })

  it.each([
    ['/contact/ecrire?page=/'.padEnd(180, 'a') + '!', {}],
    ['/agents/deployer', { localAdmins: 'a'.padEnd(1_999, '@') }],
    ['/avis', { page: '/'.padEnd(190, 'a') + '!', helped: 'oui' }],
  ])('is answered at once whatever is typed: %s', async (path, fields) => {
    const answer = Object.keys(fields).length > 0 ? await post(path, fields) : await ask(path)
    expect(answer.status).toBeLessThan(500)
  })

  it('of who cannot come finds the service, gives its phone, and writes to that service alone', async () => {
    const found = await ask('/contact/je-ne-peux-pas-venir?q=nanterre')
    expect(found.html).toContain(`href="${warn}"`)
    const page = await ask(warn)
    expect(page.html).toContain('href="tel:+33199001020"')
    await post(warn, absence)
    expect((await mails()).map(({ recipient }) => recipient)).toEqual(['spip92@justice.fr'])
    const listed = await central.list('SiteRequest')
    expect(listed.meta.total).toBe(0)
  })

  it('offers no form where the service has no mailbox, and takes none', async () => {
    const path = '/contact/je-ne-peux-pas-venir/spip-92-sceaux'
    const { html } = await ask(path)
    expect(html).not.toContain('name="reach"')
    const refused = await post(path, absence)
    expect(refused.status).toBe(400)
    expect(refused.html).toContain(absence.message)
    expect((await ask('/contact/je-ne-peux-pas-venir/inconnu')).status).toBe(404)
    expect((await ask('/contact/recue/AAAA-AAAA')).status).toBe(404)
    expect((await ask('/contact/recue/x')).status).toBe(404)
  })
})

describe('« Cette page vous a-t-elle aidé ? »', () => {
  const page = '/preparer-ma-convocation/spip-92-nanterre'

  it('is asked at the foot of the page of a service, counted, and thanked on that page, without a cookie', async () => {
    expect((await ask(page)).html).toContain('Cette page vous a-t-elle aidé')
    const { status, location, headers } = await post('/avis', { page, helped: 'non' })
    expect([status, location, headers.getSetCookie()]).toEqual([303, `${page}?avis=merci#avis`, []])
    expect((await ask(`${page}?avis=merci`)).html).toContain('Merci, votre avis est compté')
    expect(await prisma.pageVote.findMany({ select: { page: true, helped: true, notHelped: true } })).toEqual(
      [{ page, helped: 0, notHelped: 1 }],
    )
    expect((await central.list('PageVote')).meta.total).toBe(1)
  })

  it('counts nothing else', async () => {
    for (const fields of [{ page, helped: 'x' }, { page: '//evil.example', helped: 'oui' }, {}])
      expect((await post('/avis', fields as Record<string, string>)).status).toBe(400)
    expect((await ask('/avis')).location).toBe('/')
  })
})

describe('the team', () => {
  it('[P1] finds in its list what the head of a service asked by the form', async () => {
    await post('/agents/deployer', deployment)
    const { records } = await central.list('SiteRequest')
    expect(records).toHaveLength(1)
    expect(JSON.stringify(records)).toContain('SPIP des Yvelines')
    expect((await mails()).map(({ recipient }) => recipient)).toContain('anne.roy@justice.fr')
  })

  it('[P74] reads who gave the agreement, without which nothing is asked', async () => {
    const { agreement: _, ...without } = deployment
    const refused = await post('/agents/deployer', without)
    expect([refused.status, refused.html.includes('accord obtenu')]).toEqual([400, true])
    await post('/agents/deployer', deployment)
    expect((await prisma.siteRequest.findFirstOrThrow()).details).toMatchObject({
      ...{ approverName: 'Luc Petit', approverEmail: 'luc.petit@justice.fr', agreement: true },
    })
  })

  it('[P81] finds who asks for an appointment, and answers by mail', async () => {
    await post('/agents/formation', training)
    await mails()
    const { records } = await central.list('SiteRequest')
    const requestId = records[0]?.id ?? 0
    const { updatedAt } = await prisma.siteRequest.findFirstOrThrow()
    const done = await central.command('answerSiteRequest', {
      ...{ requestId, version: updatedAt.toISOString(), answer: 'Mardi 13 à 10 h.', state: 'accepted' },
    })
    expect(done.ok).toBe(true)
    const answered = (await mails()).filter(({ subject }) => subject?.includes('Réponse'))
    expect(answered.map(({ recipient, body }) => [recipient, body.includes('Mardi 13 à 10 h.')])).toEqual([
      ['anne.roy@justice.fr', true],
    ])
  })

  it('is the central one: a local admin finds no list', async () => {
    await post('/contact/ecrire', contact)
    const { id } = await prisma.siteRequest.findFirstOrThrow()
    const asked = await localAdmin.command('answerSiteRequest', {
      ...{ requestId: id, version: new Date().toISOString(), answer: 'Non.', state: 'done' },
    })
    expect([403, 404]).toContain(asked.status)
  })
})
