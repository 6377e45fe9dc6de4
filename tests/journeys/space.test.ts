import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '../../prisma/seed/demo'
import type { AppointmentTypeCode } from '../../resources/appointment-type/catalogue'
import { instantOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { aPerson, aSlot, workingDay } from '../support/world'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

/** A person's own space, from the click of their counsellor to their phone. */
let desk: Desk
const claire = 'claire.vasseur@justice.example'
const password = 'tournesol-wagon-épi-73'

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const recordOf = (id: number) => `/admin/resources/Probationer/records/${id}/show`

/** Followed by both services of Nanterre; Claire's own. */
async function someone(lastName: string, more: object = {}) {
  const services = await prisma.organization.findMany({
    where: { name: { in: ['SPIP 92 Nanterre', 'TJ de Nanterre'] } },
  })
  const { id: assignedAgentId } = await prisma.agent.findUniqueOrThrow({ where: { email: claire } })
  return aPerson(services, { lastName, firstName: 'Noé', assignedAgentId, ...more })
}

/** To come at the probation service, then at the court. */
async function convokedByBoth(probationerId: number) {
  const book = async (service: string, typeCode: AppointmentTypeCode, daysAway: number) => {
    const place = await prisma.place.findFirstOrThrow({
      where: { organization: { name: service }, archivedAt: null },
      include: { agendas: true, organization: true },
      orderBy: { id: 'asc' },
    })
    const { id: organizationId, timeZone } = place.organization
    const date = workingDay(daysAway)
    const [agenda] = place.agendas
    const slot = await aSlot(
      { ...place.organization, agendaId: agenda?.id ?? 0, placeId: place.id },
      typeCode,
      date,
      '10:10',
    )
    return prisma.appointment.create({
      data: {
        ...{ probationerId, organizationId, typeCode, slotId: slot.id, placeId: place.id },
        ...{ creatingOrganizationId: organizationId, startsAt: instantOf(date, '10:10', timeZone) },
      },
      include: { type: true },
    })
  }
  return [
    await book('TJ de Nanterre', 'sentence_judge_follow_up', 30),
    await book('SPIP 92 Nanterre', 'probation_follow_up', 12),
  ] as const
}

/** What the phone of a person received last, with its link. */
async function received(phone: string | null): Promise<string> {
  const found = () =>
    prisma.outboxItem.findFirst({
      where: { channel: 'sms', recipient: phone ?? '', body: { contains: '/i/' } },
      orderBy: { id: 'desc' },
    })
  await expect.poll(found, { timeout: 30_000 }).not.toBeNull()
  return /\/i\/\w{26}/.exec((await found())?.body ?? '')?.[0] ?? ''
}

async function create(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel(/^Mot de passe/).fill(password)
  await page.getByRole('button', { name: 'Créer mon espace' }).click()
  await page.getByRole('heading', { level: 1, name: /^Bonjour/ }).waitFor()
}

/** Who has a space in the demonstration. */
async function signInAs(page: Page, phone: string | null): Promise<void> {
  await page.getByLabel('Numéro de portable').fill(phone ?? '')
  await page.getByLabel('Mot de passe', { exact: true }).fill(demoPassword)
  await page.keyboard.press('Enter')
}

async function enter(page: Page, phone: string | null): Promise<void> {
  await page.goto('/espace/connexion')
  await signInAs(page, phone)
  await page.getByRole('heading', { level: 1, name: /^Bonjour/ }).waitFor()
}

/** As twenty minutes do: the clock of a test is the browser's only. */
const endSessions = () => prisma.spaceSession.updateMany({ data: { expire: new Date(0) } })

describe('the space of a person', () => {
  it('is offered from the record by who follows them, once and once again [P141] [P147] [P148]', async () => {
    const page = await desk.agent(claire)
    const person = await someone('INVITE')
    await page.goto(recordOf(person.id))
    await page.getByText('Sans invitation', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Inviter à son espace' }).click()
    await page.getByText('L’invitation part par SMS.').waitFor()
    await page.getByText(/^Envoyée par SMS le/).waitFor()
    await page.getByText('Une invitation est partie il y a moins d’un jour.').waitFor()
    await expectAccessible(page)
    // The day after.
    await prisma.spaceAccount.update({
      where: { probationerId: person.id },
      data: { lastInvitedAt: new Date(Date.now() - 25 * 60 * 60_000) },
    })
    await page.reload()
    await page.getByRole('button', { name: 'Relancer l’invitation' }).click()
    await page.getByText('La relance part par SMS.').waitFor()
    await page.getByText(/^Relancé le/).waitFor()
    expect(await page.getByRole('button', { name: /invitation|Inviter/ }).count()).toBe(0)
    await page.context().close()
  })

  it('is offered by the director and the local admin of the service, by no other role [P145] [P146] [P174]', async () => {
    const person = await someone('DE SERVICE', { assignedAgentId: undefined })
    const offered = async (email: string) => {
      const page = await desk.agent(email)
      await page.goto(recordOf(person.id))
      await page.getByRole('heading', { name: 'Espace personnel' }).waitFor()
      const buttons = await page.getByRole('button', { name: 'Inviter à son espace' }).count()
      await page.context().close()
      return buttons
    }
    expect(await offered('sonia.marchetti@justice.example')).toBe(1)
    expect(await offered('paul.adjovi@justice.example')).toBe(1)
    expect(await offered('camille.aubert@justice.example')).toBe(0)
  })

  it('is refused to a counsellor who does not follow them, even asked by force [P144]', async () => {
    const person = await someone('D’UN AUTRE', { assignedAgentId: undefined })
    const page = await desk.agent(claire)
    await page.goto(recordOf(person.id))
    await page.getByRole('heading', { name: 'Espace personnel' }).waitFor()
    expect(await page.getByRole('button', { name: 'Inviter à son espace' }).count()).toBe(0)
    const forced = await page.request.post(
      `/admin/api/resources/Probationer/records/${person.id}/inviteToSpace`,
      { headers: { Origin: desk.url }, data: {} },
    )
    expect(forced.status()).toBe(403)
    expect(await prisma.spaceAccount.count({ where: { probationerId: person.id } })).toBe(0)
    await page.context().close()
  })

  it('is opened on a phone from the SMS, and shows both services’ appointments [P142] [P143] [P52]', async () => {
    const agent = await desk.agent(claire)
    const person = await someone('TELEPHONE')
    const [ofCourt, ofProbation] = await convokedByBoth(person.id)
    await agent.goto(recordOf(person.id))
    await agent.getByRole('button', { name: 'Inviter à son espace' }).click()
    await agent.getByText('L’invitation part par SMS.').waitFor()

    const page = await desk.visitor({ viewport: { width: 320, height: 640 } })
    const link = await received(person.phone)
    await page.goto(link)
    await expectAccessible(page)
    await page.getByLabel(/^Mot de passe/).fill('motdepasse1234')
    await page.getByRole('button', { name: 'Créer mon espace' }).click()
    await page
      .getByText(/trop facile à deviner/)
      .first()
      .waitFor()
    await create(page, link)
    await page.getByText(/Vous avez 2\srendez-vous à venir/).waitFor()
    const next = page.getByRole('article')
    await next.getByText('SPIP 92 Nanterre').first().waitFor()
    await next.getByText(ofProbation.type.publicLabel).waitFor()
    const after = page.locator('section', { hasText: 'Ensuite' })
    await after.getByText('TJ de Nanterre').waitFor()
    await page.goto(`/espace/convocations/${ofCourt.id}`)
    await page.getByText(ofCourt.type.publicLabel).waitFor()
    await agent.reload()
    await agent.getByText(/^Créé par la personne le/).waitFor()
    expect(await agent.getByRole('button', { name: /Inviter|Relancer/ }).count()).toBe(0)
    await Promise.all([page.context().close(), agent.context().close()])
  })

  it('has the next appointment first, those of both services, past ones, and who follows [P139] [P149] [P173]', async () => {
    const { id, phone } = await prisma.probationer.findFirstOrThrow({
      where: { spaceAccount: { acceptedAt: { not: null } }, assignedAgent: { email: claire } },
      orderBy: { id: 'asc' },
    })
    await prisma.appointment.updateMany({
      where: { id: { in: (await convokedByBoth(id)).map((one) => one.id) } },
      data: { state: 'cancelled' },
    })
    const ofBoth = await convokedByBoth(id)
    const page = await desk.visitor({ viewport: { width: 320, height: 640 } })
    await enter(page, phone)
    const next = page.getByRole('article')
    await next.waitFor()
    const box = await next.getByRole('heading').boundingBox()
    expect((box?.y ?? 9_999) + (box?.height ?? 0)).toBeLessThanOrEqual(640)
    await page.getByRole('heading', { name: 'Qui me suit' }).waitFor()
    await page.getByText('Claire Vasseur').first().waitFor()
    for (const path of [
      '/espace',
      '/espace/convocations',
      '/espace/interlocuteurs',
      '/espace/compte',
      '/espace/compte/sms',
      '/espace/compte/mot-de-passe',
      '/espace/compte/mes-donnees',
      '/espace/sms',
      '/espace/aide',
    ]) {
      await page.goto(path)
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      await expectAccessible(page)
      await page.emulateMedia({ colorScheme: 'light' })
    }
    await page.goto('/espace/convocations')
    const listed = (title: string) =>
      page.locator('section', { has: page.getByRole('heading', { name: title }) })
    for (const one of ofBoth)
      await listed('À venir').locator(`a[href="/espace/convocations/${one.id}"]`).waitFor()
    await listed('Annulés').getByText('TJ de Nanterre').waitFor()
    await listed('Annulés').getByText('SPIP 92 Nanterre').first().waitFor()
    await page.context().close()
  })

  it('works without JavaScript, in the dark, and closes for good [P138]', async () => {
    const person = await someone('SANS SCRIPT', { phone: '+33639980717' })
    const agent = await desk.agent(claire)
    await agent.goto(recordOf(person.id))
    await agent.getByRole('button', { name: 'Inviter à son espace' }).click()
    await agent.getByText('L’invitation part par SMS.').waitFor()
    await agent.context().close()
    const page = await desk.visitor({ viewport: phoneSized, javaScriptEnabled: false, colorScheme: 'dark' })
    await create(page, await received(person.phone))
    await page.getByText('votre espace se ferme après 20 minutes').waitFor()
    await page.goto('/espace/compte')
    await page.getByRole('link', { name: 'Ne plus recevoir de SMS' }).click()
    await page.getByText('aucun rappel ne vous prévient').waitFor()
    await page.getByRole('button', { name: 'Ne plus recevoir de SMS' }).click()
    await page.getByText('Vous ne recevrez plus de SMS.').waitFor()
    await page.locator('summary', { hasText: 'Menu' }).click()
    await page.getByRole('button', { name: 'Me déconnecter' }).click()
    await page.getByText('Votre espace est fermé sur cet appareil').waitFor()
    await page.goBack()
    expect(await page.getByText('Mon compte').count()).toBe(0)
    await page.goto('/espace')
    await page.getByRole('heading', { level: 1, name: 'Mon espace' }).waitFor()
    await page.context().close()
  })

  it('warns two minutes before it closes, by the keyboard, and goes on when somebody is there', async () => {
    const { phone } = await prisma.probationer.findFirstOrThrow({
      where: { spaceAccount: { acceptedAt: { not: null } } },
      orderBy: { id: 'asc' },
    })
    const page = await desk.visitor()
    await page.clock.install()
    await enter(page, phone)
    for (let n = 0; n < 3; n++) {
      await page.clock.runFor(18 * 60_000 + 6_000)
      const dialog = page.getByRole('alertdialog')
      await dialog.waitFor()
      await expectAccessible(page)
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'hidden' })
    }
    await endSessions()
    await page.clock.runFor(21 * 60_000)
    await page.getByText('Votre espace s’est fermé, par sécurité').waitFor()
    await page.context().close()
  })

  it('is closed by no page that was forgotten, or that slept: the one in use goes on', async () => {
    const { phone } = await prisma.probationer.findFirstOrThrow({
      where: { spaceAccount: { acceptedAt: { not: null } } },
      orderBy: { id: 'asc' },
    })
    const forgotten = await desk.visitor()
    await forgotten.clock.install()
    await enter(forgotten, phone)
    await forgotten.goto('/espace/interlocuteurs')
    const used = await forgotten.context().newPage()
    const contacts = forgotten.getByRole('heading', { level: 1, name: 'Mes interlocuteurs' })
    for (let n = 0; n < 2; n++) {
      await forgotten.clock.runFor(15 * 60_000)
      await used.goto('/espace/aide')
    }
    expect(await forgotten.getByRole('alertdialog').count()).toBe(0)
    await contacts.waitFor()
    // Woken long after: nobody told it anything, and the session is still that of the page in use.
    await forgotten.clock.fastForward(3 * 60 * 60_000)
    await forgotten.waitForURL(/interlocuteurs/)
    await contacts.waitFor()
    await used.goto('/espace/compte')
    await used.getByRole('heading', { level: 1, name: 'Mon compte' }).waitFor()
    // The session over, it shows nothing more, and one comes back to it by signing in.
    await endSessions()
    await forgotten.clock.runFor(21 * 60_000)
    await forgotten.getByText('Votre espace s’est fermé, par sécurité').waitFor()
    await signInAs(forgotten, phone)
    await contacts.waitFor()
    await forgotten.context().close()
  })

  it('is offered on paper to who wants no SMS, printed once', async () => {
    const person = await someone('SUR PAPIER', { smsOptOut: true })
    const page = await desk.agent(claire)
    await page.goto(recordOf(person.id))
    await page.getByRole('link', { name: 'Inviter sur papier' }).click()
    await page.getByRole('button', { name: 'Préparer l’invitation' }).click()
    const address = page.getByText(/\/i\/\w{26}$/)
    await address.waitFor()
    await expectAccessible(page)
    const link = /\/i\/\w{26}$/.exec((await address.textContent()) ?? '')?.[0] ?? ''
    const reader = await desk.visitor({ viewport: phoneSized })
    await create(reader, link)
    await reader.context().close()
    await page.context().close()
  })

  it('is closed by an agent, at once', async () => {
    const person = await someone('FERME')
    const page = await desk.agent(claire)
    await page.goto(recordOf(person.id))
    await page.getByRole('button', { name: 'Inviter à son espace' }).click()
    await page.getByText('L’invitation part par SMS.').waitFor()
    const reader = await desk.visitor({ viewport: phoneSized })
    await create(reader, await received(person.phone))
    await page.reload()
    await page.getByRole('link', { name: 'Fermer l’accès' }).click()
    await page.getByRole('button', { name: 'Fermer l’accès' }).click()
    await page.getByText(/^Par un agent le/).waitFor()
    await reader.reload()
    await reader.getByRole('heading', { level: 1, name: 'Mon espace' }).waitFor()
    await Promise.all([page.context().close(), reader.context().close()])
  })
})
