import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendLink, secretOf } from '../../resources/agent/commands/links.server'
import type { SystemActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { transact } from '../../resources/shared/transact.server'
import { axeFaults, movesInPieces, oneOfEachKind, openAudit } from '../audit/page'
import { expectAccessible, expectNoSidewaysScroll, openDesk, takeSession, type Desk } from './desk'

/**
 * What the accessibility statement says is checked at each change (portal/accessibilite.ts): every kind of page, at three widths, in light and dark, with and without JavaScript.
 */
let desk: Desk
let stopped: string
let going: string
/** Each page, its status and, for the charter, who reads it. */
let pages: { path: string; status?: number; reader?: number }[]

const system: SystemActor = { kind: 'system', task: 'test' }

beforeAll(async () => {
  desk = await openDesk()
  const persons = await prisma.probationer.findMany({
    where: { smsOptOut: false, phone: { not: null } },
    select: { id: true, smsOptOutToken: true },
    take: 2,
  })
  const [first, second] = persons.map(({ smsOptOutToken }) => `/stop/${smsOptOutToken}`)
  going = first ?? ''
  stopped = second ?? ''
  await prisma.probationer.updateMany({ where: { id: persons[1]?.id }, data: { smsOptOut: true } })
  await prisma.publicPage.update({ where: { slug: 'spip-92-gennevilliers' }, data: { state: 'archived' } })
  const reader = await prisma.agent.update({
    where: { email: 'claire.vasseur@justice.example' },
    data: { securityCharterVersion: null },
  })
  pages = [
    { path: '/' },
    { path: '/preparer-ma-convocation' },
    { path: '/preparer-ma-convocation?q=Nanterre' },
    { path: '/preparer-ma-convocation?q=Nantere' },
    { path: '/recherche?q=bracelet' },
    { path: '/preparer-ma-convocation/departements/92' },
    { path: '/preparer-ma-convocation/departements/23' },
    { path: '/preparer-ma-convocation/spip-92-nanterre' },
    { path: '/preparer-ma-convocation/spip-92-gennevilliers', status: 410 },
    { path: going },
    { path: stopped },
    { path: '/stop/inconnu', status: 404 },
    { path: '/agents/connexion?retour=/admin' },
    { path: '/agents/mot-de-passe-oublie' },
    { path: '/agents/mot-de-passe-oublie?envoye' },
    { path: await linkPage('reinitialisation', reader.id) },
    { path: await linkPage('invitation', reader.id) },
    { path: '/agents/invitation/inconnue', status: 404 },
    { path: '/agents/charte', reader: reader.id },
    { path: '/boite-d-envoi' },
    { path: '/boite-d-envoi/modeles' },
    { path: '/accessibilite' },
    { path: '/mentions-legales' },
    { path: '/donnees-personnelles' },
    { path: '/plan-du-site' },
    { path: '/gestion-des-cookies' },
    // One a layout of the pages of information: accordion with amounts, all open with a table, questions, a hub.
    { path: '/comprendre-ma-peine/peines/sursis-probatoire' },
    { path: '/comprendre-ma-peine/amenagements-de-peine' },
    { path: '/comprendre-ma-peine/regles-essentielles' },
    { path: '/questions-frequentes' },
    { path: '/investir-ma-reinsertion' },
    { path: '/nulle-part', status: 404 },
  ]
}, 180_000)
afterAll(() => desk.close())

async function linkPage(name: 'reinitialisation' | 'invitation', agentId: number): Promise<string> {
  const purpose = name === 'invitation' ? 'invitation' : 'password_reset'
  await transact(system, (ctx) => sendLink(ctx, agentId, purpose))
  return `/agents/${name}/${secretOf(await prisma.agentToken.findFirstOrThrow({ where: { agentId, purpose } }))}`
}

async function open(page: Page, { path, status = 200, reader }: (typeof pages)[number]): Promise<void> {
  if (reader !== undefined) await takeSession(page.context(), desk.url, reader)
  const answer = await page.goto(path)
  expect([path, answer?.status()]).toEqual([path, status])
  if (reader !== undefined) await page.context().clearCookies()
}

describe('every page of the portal', () => {
  it('fits in three widths and passes axe, light and dark', async () => {
    const page = await desk.visitor()
    // The others are looked at more closely below.
    for (const one of pages.filter(({ path }) => !oneOfEachKind.some((looked) => looked === path))) {
      await open(page, one)
      for (const width of [768, 320]) {
        await page.setViewportSize({ width, height: 800 })
        await expectNoSidewaysScroll(page)
      }
      await expectAccessible(page)
      await page.setViewportSize({ width: 1280, height: 800 })
      await expectNoSidewaysScroll(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      // Nothing else depends on the scheme.
      expect(await axeFaults(page, 'color-contrast'), page.url()).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
    }
  })

  it('says the same without JavaScript, and the first Tab skips to it', async () => {
    const [scripted, plain] = [await desk.visitor(), await desk.visitor({ javaScriptEnabled: false })]
    // Times on the page of a service and in the outbox move on: nothing here waits between the two.
    const textOf = async (page: Page, added: RegExp | string = '') =>
      (await page.locator('body').innerText()).replace(added, '').replace(/\s+/g, ' ')
    /** What a browser adds; without it, these words are nowhere. */
    const added = /^(Afficher|Utiliser ma position|Votre position reste .*)$/gm
    for (const one of pages) {
      await open(scripted, one)
      await open(plain, one)
      expect(await textOf(plain), one.path).toBe(await textOf(scripted, added))
      await plain.keyboard.press('Tab')
      if (await plain.locator('[autofocus]').count()) continue
      expect(await plain.locator(':focus').innerText(), one.path).toBe('Contenu')
    }
  })
})

describe('one page of each kind', () => {
  let audit: Awaited<ReturnType<typeof openAudit>>
  beforeAll(async () => {
    audit = await openAudit(desk.browser, desk.url)
  })
  afterAll(() => audit.close())

  it.each(oneOfEachKind)('%s is light, still, and works for every eye and by the keyboard', async (path) => {
    const { faults } = await audit.look({ path })
    expect(faults).toEqual([])
  })

  it('stands still when it comes in pieces', async () => {
    expect(await movesInPieces(desk.browser, desk.url, '/questions-frequentes')).toEqual([])
  })

  it('is skipped to, opened and closed by the keyboard alone', async () => {
    const page = await desk.visitor({ viewport: { width: 390, height: 844 } })
    await page.goto('/questions-frequentes')
    const isOpen = (summary: Locator) =>
      summary.evaluate(({ parentElement }) => parentElement?.hasAttribute('open'))
    for (const summary of [
      page.getByText('Menu', { exact: true }).last(),
      page.locator('main summary').first(),
    ]) {
      await summary.focus()
      for (const [key, open] of [
        ['Enter', true],
        ['ArrowDown', true],
        ['Space', false],
      ] as const) {
        await page.keyboard.press(key)
        expect(await isOpen(summary), key).toBe(open)
      }
    }
    await page.goto('/questions-frequentes')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.locator(':focus').getAttribute('id')).toBe('contenu')
    await page.keyboard.press('Tab')
    expect(await page.locator('main :focus').count()).toBe(1)
    await page.context().close()
  })
})

describe('a page of the portal', () => {
  it('of a service, on paper, has its number and its hours; neither buttons nor what is so at this hour only', async () => {
    const page = await desk.visitor()
    await page.goto('/preparer-ma-convocation/spip-92-nanterre')
    const moment = page.getByText(/^(Ouvert|Fermé)/)
    expect(await moment.isVisible()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('Téléphone\u00a0: 01').isVisible()).toBe(true)
    expect(await page.getByText('lundi au jeudi').isVisible()).toBe(true)
    expect(await page.getByText('Arrivez 10 minutes en avance').isVisible()).toBe(true)
    expect(await moment.isVisible()).toBe(false)
    const links = page.getByRole('main').getByRole('link').filter({ visible: true })
    // Its words are what one types; of the others, paper would keep nothing.
    expect(await links.allInnerTexts()).toEqual(['spip.nanterre@justice.example'])
    for (const words of ['14 rue des Peupliers', 'pièce d’identité'])
      expect(await page.getByText(words).first().isVisible(), words).toBe(true)
    const margin = { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' }
    const sheets = (await page.pdf({ format: 'A4', margin })).toString('latin1').match(/\/Type\s*\/Page\b/g)
    expect(sheets).toHaveLength(1)
    await page.context().close()
  })

  it('of a town misspelt shows its services, and the list of départements folded, at 320 px', async () => {
    const page = await desk.visitor({ viewport: { width: 320, height: 640 } })
    await page.goto('/preparer-ma-convocation?q=nantere')
    await page.getByText('Voici Nanterre').waitFor()
    expect(await page.getByRole('link', { name: 'SPIP de Nanterre' }).isVisible()).toBe(true)
    const list = page.getByRole('link', { name: 'Creuse (23)' })
    expect(await list.isVisible()).toBe(false)
    await page.getByText('Choisir dans la liste des départements').click()
    await page.getByText('n’ont pas encore de page ici').waitFor()
    expect(await list.isVisible()).toBe(true)
    await page.context().close()
  })
})

describe('whoever gives their position', () => {
  const asked = async (position: { latitude: number; longitude: number } | null) => {
    const page = await desk.visitor({ viewport: { width: 390, height: 844 } })
    if (position) {
      await page.context().grantPermissions(['geolocation'])
      await page.context().setGeolocation(position)
    }
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
    await page.goto('/preparer-ma-convocation')
    await page.getByRole('button', { name: 'Utiliser ma position' }).press('Enter')
    return { page, sent }
  }

  it('is shown the nearest services, and their position goes nowhere', async () => {
    const { page, sent } = await asked({ latitude: 48.8012, longitude: 2.1287 })
    await page.getByText('Les services les plus proches').waitFor()
    const services = page.locator('[data-nearest] li')
    expect(await services.count()).toBe(5)
    expect(await services.first().innerText()).toMatch(/SPIP de Versailles\s+.*Versailles · à 1\skm environ/)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    expect(sent.join('\n')).not.toMatch(/48\.8|2\.12/)
    await services.first().getByRole('link').click()
    await page.waitForURL('**/preparer-ma-convocation/spip-78-versailles')
    await page.context().close()
  })

  it('is told what else to do when the device refuses', async () => {
    const { page } = await asked(null)
    await page.getByText('Écrivez votre commune ci-dessus.').waitFor()
    await page.context().close()
  })
})

describe('after an act, the title says so and reading starts at the answer', () => {
  const focused = (page: Page) => page.locator(':focus').innerText()

  it('stopping the SMS', async () => {
    const page = await desk.visitor({ javaScriptEnabled: false })
    await page.goto(going)
    await page.getByRole('button', { name: 'Ne plus recevoir de SMS' }).click()
    await page.getByText('C’est fait.').waitFor()
    expect(await page.title()).toMatch(/^C’est fait – /)
    expect(await focused(page)).toContain('Vous ne recevrez plus de SMS')
  })

  it.each([true, false])('asking for a new password, with JavaScript: %s', async (javaScriptEnabled) => {
    const page = await desk.visitor({ javaScriptEnabled })
    await page.goto('/agents/mot-de-passe-oublie')
    await page.getByLabel('E-mail professionnel').fill('malik.benali@justice.example')
    await page.keyboard.press('Enter')
    await page.getByText('Regardez vos e-mails').waitFor()
    expect(await page.title()).toMatch(/^C’est fait – /)
    expect(await focused(page)).toContain('Regardez vos e-mails')
  })

  it.each([true, false])('a wrong password, with JavaScript: %s', async (javaScriptEnabled) => {
    const page = await desk.visitor({ javaScriptEnabled })
    await page.goto('/agents/connexion')
    await page.getByLabel('E-mail professionnel').fill(`inconnue-${javaScriptEnabled}@justice.example`)
    await page.getByLabel('Mot de passe', { exact: true }).fill('faux-mot-de-passe')
    await page.keyboard.press('Enter')
    await page.getByText('E-mail ou mot de passe incorrect').waitFor()
    expect(await page.title()).toMatch(/^Erreur – /)
    expect(await focused(page)).toContain('E-mail ou mot de passe incorrect')
    if (javaScriptEnabled) await expectAccessible(page)
  })
})
