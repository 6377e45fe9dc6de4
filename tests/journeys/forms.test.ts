import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

/** What every form and record of the back office promises, whoever declares it. */
let desk: Desk
const claire = 'claire.vasseur@justice.example'
const sonia = 'sonia.marchetti@justice.example'
const paul = 'paul.adjovi@justice.example'

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const place = () => prisma.place.findFirstOrThrow({ where: { organization: { name: 'SPIP 92 Nanterre' } } })
const person = (lastName: string) => prisma.probationer.findFirstOrThrow({ where: { lastName } })
const titleOf = (page: Page) => page.title().then((title) => title.replace(' – Mon Suivi Justice', ''))
const send = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

describe('a form that is refused', () => {
  it.each([
    ['/admin/resources/Probationer/actions/registerAndConvoke', 'Enregistrer et convoquer', 'Prénom'],
    ['/admin/resources/Place/actions/new', 'Créer le lieu', 'Adresse'],
    ['/admin/resources/Agent/actions/new', 'Envoyer l’invitation', 'Prénom'],
  ])(
    '%s counts what is wrong, in the order of the page, and leads to each field',
    async (path, act, label) => {
      const page = await desk.agent(sonia)
      await page.goto(path)
      await page.locator('main form').getByRole('button', { name: act }).click()
      const summary = page.getByRole('alert').filter({ hasText: 'Rien n’est enregistré' })
      const links = summary.getByRole('link')
      await links.first().waitFor()
      await summary.getByText(`${await links.count()} points sont à corriger`).waitFor()
      const field = page.getByLabel(label, { exact: true })
      expect(await field.getAttribute('required')).not.toBeNull()
      const said = page.locator(`[id="${(await field.getAttribute('aria-describedby'))?.split(' ').at(-1)}"]`)
      await links.getByText((await said.innerText()).trim(), { exact: true }).click()
      expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
      const tops: number[] = []
      for (const link of await links.all()) {
        await link.click()
        tops.push(
          await page.evaluate(
            () => (document.activeElement?.getBoundingClientRect().top ?? 0) + window.scrollY,
          ),
        )
      }
      expect(tops).toEqual([...tops].sort((a, b) => a - b))
      await expectAccessible(page)
      await page.context().close()
    },
  )

  it('says once that no type of appointment is chosen, above the boxes', async () => {
    const page = await desk.agent(sonia)
    await page.goto('/admin/resources/Place/actions/new')
    await send(page, 'Créer le lieu')
    const types = page.getByRole('group', { name: 'Types de convocation reçus' })
    await types.getByText('Choisissez au moins un type').waitFor()
    expect(await types.getByText('Choisissez au moins un type').count()).toBe(1)
    await page.context().close()
  })
})

describe('a record changed by two agents', () => {
  it('is refused to the second, field by field; what they typed stays, the rest follows', async () => {
    const { id, name } = await place()
    const [one, other] = [await desk.agent(sonia), await desk.agent(paul)]
    for (const page of [one, other]) {
      await page.goto(`/admin/resources/Place/records/${id}/edit`)
      await page.getByLabel('Nom du lieu').waitFor()
    }
    await other.getByLabel('Nom du lieu').fill(`${name}, accueil`)
    await other.getByLabel('Téléphone').fill('01 99 00 10 31')
    await send(other, 'Enregistrer')
    await other.getByText('Lieu enregistré.').waitFor()

    await one.getByLabel('Téléphone').fill('01 99 00 10 32')
    await send(one, 'Enregistrer')
    const told = one.getByRole('alert').filter({ hasText: 'modifiée entre-temps par Paul Adjovi' })
    await told.getByRole('link', { name: /^Nom du lieu\s: changé entre-temps/ }).waitFor()
    await told.getByRole('link', { name: /^Téléphone\s: .*01\s99\s00\s10\s31/ }).waitFor()
    await expect.poll(() => one.getByLabel('Nom du lieu').inputValue()).toBe(`${name}, accueil`)
    expect(await one.getByLabel('Téléphone').inputValue()).toBe('01 99 00 10 32')
    await expectAccessible(one)

    await send(one, 'Enregistrer')
    await one.getByText('Lieu enregistré.').waitFor()
    expect(await prisma.place.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: `${name}, accueil`,
      phone: '+33199001032',
    })
    await prisma.place.update({ where: { id }, data: { name } })
    await Promise.all([one, other].map((page) => page.context().close()))
  })

  it('says once, in the form of a person, what was changed and in which field', async () => {
    const { id } = await person('BENSALEM')
    const [one, other] = [await desk.agent(claire), await desk.agent(sonia)]
    for (const page of [one, other]) {
      await page.goto(`/admin/resources/Probationer/records/${id}/edit`)
      await page.getByLabel('Prénom').waitFor()
    }
    await other.getByLabel('Prénom').fill('Karim-Ali')
    await send(other, 'Enregistrer la fiche')
    await other.getByText(/La fiche est enregistrée/).waitFor()
    await one.getByLabel('Prénom').fill('Kamel')
    await send(one, 'Enregistrer la fiche')
    const told = one.getByRole('alert').filter({ hasText: 'modifiée entre-temps' })
    await told.getByRole('link', { name: /^Prénom\s: changé entre-temps.*Karim-Ali/ }).waitFor()
    expect(await told.getByRole('listitem').count()).toBe(1)
    expect(await one.getByLabel('Prénom').inputValue()).toBe('Kamel')
    await prisma.probationer.update({ where: { id }, data: { firstName: 'Karim' } })
    await Promise.all([one, other].map((page) => page.context().close()))
  })

  it('a draft taken up after another agent’s change does not undo it without a word', async () => {
    const { id, address } = await place()
    const page = await desk.agent(sonia)
    await page.goto(`/admin/resources/Place/records/${id}/edit`)
    await page.getByLabel('Téléphone').fill('01 99 00 10 41')
    await page.goto('/admin')
    await prisma.place.update({
      where: { id },
      data: { address: '16 rue des Peupliers', updatedAt: new Date() },
    })
    await page.goto(`/admin/resources/Place/records/${id}/edit`)
    await page.getByText('Brouillon repris').waitFor()
    expect(await page.getByLabel('Adresse', { exact: true }).inputValue()).toBe('16 rue des Peupliers')
    await send(page, 'Enregistrer')
    await page.getByRole('alert').filter({ hasText: 'modifiée entre-temps' }).waitFor()
    expect(await page.getByLabel('Téléphone').inputValue()).toBe('01 99 00 10 41')
    await prisma.place.update({ where: { id }, data: { address } })
    await page.context().close()
  })
})

describe('the title of a window', () => {
  it('tells one record from another, and names nobody', async () => {
    const page = await desk.agent(sonia)
    const { id } = await person('BENSALEM')
    const appointment = await prisma.appointment.findFirstOrThrow({ where: { probationerId: id } })
    const agenda = await prisma.agenda.findFirstOrThrow({ where: { placeId: (await place()).id } })
    const agent = await prisma.agent.findUniqueOrThrow({ where: { email: claire } })
    const titles = [
      [`Probationer/records/${id}/show`, `Fiche ${id}`],
      [`Probationer/records/${id}/edit`, `Modifier la fiche ${id}`],
      [`Probationer/records/${id}/convoke`, `Convoquer, fiche ${id}`],
      [`Probationer/records/${id}/archive`, `Archiver cette fiche\u00a0? – personne ${id}`],
      [`Appointment/records/${appointment.id}/show`, `Convocation ${appointment.id}`],
      [`Appointment/records/${appointment.id}/print`, `Convocation ${appointment.id} à imprimer`],
      [`Agenda/records/${agenda.id}/show`, `Agenda ${agenda.id}`],
      [`Agent/records/${agent.id}/show`, `Agent ${agent.id}`],
    ] as const
    for (const [path, title] of titles) {
      await page.goto(`/admin/resources/${path}`)
      await expect.poll(() => titleOf(page)).toBe(title)
    }
    await page.context().close()
  })
})

describe('a record that is archived', () => {
  it('a place comes back by the word of the act that brings it back', async () => {
    const { id } = await place()
    const page = await desk.agent(sonia)
    await page.goto(`/admin/resources/Place/records/${id}/archive`)
    await send(page, 'Archiver le lieu')
    await page.getByRole('button', { name: /^Désarchiver\s: Lieu archivé/ }).click()
    await page.getByText('Lieu désarchivé, avec ses agendas.').waitFor()
    expect((await place()).archivedAt).toBeNull()
    // The button went with what it said: the keyboard goes on from the page.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await page.context().close()
  })

  it('says when it is erased and, to an administrator of the service, how to come back', async () => {
    const { id } = await person('TRAORÉ')
    const counsellor = await desk.agent(claire)
    await counsellor.goto(`/admin/resources/Probationer/records/${id}/archive`)
    await counsellor.getByText(/Elle sera effacée le \d+/).waitFor()
    await expectAccessible(counsellor)
    await send(counsellor, 'Archiver la fiche')
    await counsellor.getByText('Un administrateur local peut la désarchiver').waitFor()
    expect(await counsellor.getByRole('button', { name: 'Désarchiver' }).count()).toBe(0)
    // Asking again would be refused again: the way back is offered instead.
    await counsellor.goto(`/admin/resources/Probationer/records/${id}/edit`)
    await counsellor.getByText('La fiche ne peut pas être modifiée').waitFor()
    expect(await counsellor.getByRole('button', { name: 'Réessayer' }).count()).toBe(0)
    await counsellor.getByRole('link', { name: 'Ouvrir la fiche' }).click()
    await counsellor.getByText('Un administrateur local peut la désarchiver').waitFor()

    const administrator = await desk.agent(sonia, { viewport: phoneSized })
    await administrator.goto(`/admin/resources/Probationer/records/${id}/show`)
    await administrator.getByText('Fiche archivée').first().waitFor()
    await expectAccessible(administrator)
    await expectNoSidewaysScroll(administrator)
    await send(administrator, 'Désarchiver')
    await administrator.getByText(/La fiche est désarchivée/).waitFor()
    expect((await person('TRAORÉ')).archivedAt).toBeNull()
    await Promise.all([counsellor, administrator].map((page) => page.context().close()))
  })
})

describe('the paper summons', () => {
  it('opens the print dialog, and holds on one page A4 with all that a place may say', async () => {
    const { id: placeId, publicPageId } = await place()
    const appointment = await prisma.appointment.findFirstOrThrow({
      where: { placeId, state: 'booked', startsAt: { gt: new Date() }, type: { heldAtPlace: true } },
    })
    if (publicPageId)
      await prisma.publicPage.update({
        where: { id: publicPageId },
        data: {
          transport: 'Bus 157, 258 et 304, arrêt Peupliers. '.repeat(6),
          accessibility: 'Ascenseur. Sonnez à l’interphone de l’entrée. '.repeat(5),
          reception: 'Entrée à gauche du portail bleu, 2e étage, accueil B. '.repeat(3),
        },
      })
    const page = await desk.agent(claire)
    await page.addInitScript(() => {
      window.print = () => sessionStorage.setItem('printed', 'yes')
    })
    await page.goto(`/admin/resources/Appointment/records/${appointment.id}/show`)
    await page.getByRole('link', { name: 'Imprimer la convocation' }).click()
    await page.getByRole('article', { name: 'Convocation' }).waitFor()
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('printed'))).toBe('yes')
    await page.getByText(`Réf. C-${appointment.id}`).waitFor()
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await page.context().close()
  })
})

describe('several outcomes at once', () => {
  it('asks once about the SMS of the absences, says how many leave, comes back where it was, and is undone', async () => {
    const page = await desk.agent(claire)
    await page.goto('/admin/resources/Appointment?view=outcome_missing')
    const boxes = page.getByRole('table').getByRole('checkbox')
    await boxes.first().waitFor()
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.getByRole('group', { name: 'Agir sur les lignes choisies' }).getByText('Manquées').click()
    await page.getByText(/\d\spersonnes? peu(t|vent) être prévenues? par SMS/).waitFor()
    await expectAccessible(page)
    const missed = () => prisma.appointment.count({ where: { state: 'missed' } })
    const before = await missed()
    await send(page, 'Enregistrer les absences')
    await page.getByText(/2\sconvocations manquées/).waitFor()
    expect(await missed()).toBe(before + 2)
    expect(new URL(page.url()).search).toBe('?view=outcome_missing')
    await page
      .getByRole('button', { name: /^(Annuler|Retirer)/ })
      .first()
      .click()
    await expect.poll(missed).toBe(before)
    await page.context().close()
  })
})
