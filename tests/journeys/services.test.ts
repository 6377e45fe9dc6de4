import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { workingDay } from '../support/world'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, typedDate, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const gilles = 'gilles.riviere@justice.example'
const claire = 'claire.vasseur@justice.example'

describe('a service', () => {
  it('is one’s own page, two clicks from anywhere: who administers it, where it is reached', async () => {
    const page = await desk.agent(claire, { viewport: phoneSized })
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'SPIP 92 Nanterre' }).click()
    await page.getByRole('heading', { level: 1, name: 'SPIP 92 Nanterre' }).waitFor()
    await page.getByRole('region', { name: 'Administrateurs locaux' }).getByText('Sonia Marchetti').waitFor()
    expect(await page.getByRole('link', { name: 'Coordonnées' }).count()).toBe(0)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  })

  it('says how it shares out its cases, drawn and never run, where slots are opened and where one books', async () => {
    const page = await desk.agent(gilles)
    await page.goto('/admin')
    await page.getByRole('link', { name: 'TJ de Nanterre' }).click()
    await page.getByRole('link', { name: 'Répartition des cabinets' }).click()
    const text = page.getByRole('textbox', { name: 'Répartition des cabinets' })
    await text.fill(
      '**Cabinet 1**\u00a0: A à K\n\n<img src=x onerror="document.title=1">\n\n[piège](javascript:alert(1))\n\n- [la note](https://exemple.fr/note)',
    )
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Répartition enregistrée.').waitFor()

    await page.goto('/admin/resources/Slot/actions/new')
    await page.getByText('Répartition des cabinets').click()
    const guidance = page.locator('details')
    await guidance.locator('b', { hasText: 'Cabinet 1' }).waitFor()
    await guidance.getByText('<img src=x onerror').waitFor()
    expect(await guidance.locator('img').count()).toBe(0)
    expect(
      await guidance.getByRole('link').evaluateAll((links) => links.map((a) => a.getAttribute('href'))),
    ).toEqual(['https://exemple.fr/note'])
    await expectAccessible(page)
    await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
    await page.getByLabel('Type', { exact: true }).selectOption('hearing_exit_sentence_judge')
    await page.getByText('Répartition des cabinets').click()
    await page.locator('details b', { hasText: 'Cabinet 1' }).waitFor()
    await page.context().close()
  })

  it('asks columns of its own; its mailbox and switchboard are its local admin’s', async () => {
    const page = await desk.agent(gilles, { viewport: phoneSized })
    await page.goto('/admin/resources/CustomColumn')
    await page.getByRole('link', { name: 'Nouvelle colonne' }).click()
    await page.getByLabel('Nom de la colonne').fill('Date du jugement')
    await page.getByLabel('Ce qu’on y écrit').selectOption('date')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Créer la colonne' }).click()
    await page.getByText('Colonne créée.').waitFor()
    await page.getByRole('link', { name: 'Date du jugement' }).waitFor()
    await expectAccessible(page)

    const court = await prisma.organization.findUniqueOrThrow({ where: { name: 'TJ de Nanterre' } })
    await page.goto(`/admin/resources/Organization/records/${court.id}/editContact`)
    await page.getByLabel('Standard').fill('12')
    await page.getByLabel('Adresse e-mail du service').fill('sap@justice.example')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Ce numéro n’est pas reconnu').first().waitFor()
    expect(await page.getByLabel('Adresse e-mail du service').inputValue()).toBe('sap@justice.example')
    await page.getByLabel('Standard').fill('01 99 00 92 10')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Coordonnées enregistrées.').waitFor()
    await page.getByText('sap@justice.example').waitFor()
    await page.getByText('Colonnes des sorties d’audience').waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('is created by the central desk, on the clock of its territory [P57]', async () => {
    const page = await desk.agent('equipe.nationale@justice.example')
    await page.goto('/admin/resources/Organization')
    await page.getByRole('link', { name: 'Nouveau service' }).click()
    await page.getByLabel('Nom du service').fill('SPIP 974 Saint-Denis')
    await page.getByLabel('Département').selectOption('974')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Créer le service' }).click()
    await page.getByText('Ce département ne vit pas à cette heure').first().waitFor()
    await page.getByLabel('Fuseau horaire').selectOption({ label: 'Heure de La Réunion' })
    await page.getByRole('button', { name: 'Créer le service' }).click()
    await page.getByText('Service créé.').waitFor()
    await page.getByText('Pas encore ouvert').waitFor()
    await page.getByRole('link', { name: 'Ouverture' }).click()
    await page.getByLabel('Ouvert depuis le').fill('1/12/2026')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Ouvert depuis le 01/12/2026').waitFor()
    await page.getByRole('link', { name: 'Lier', exact: true }).click()
    await page.getByLabel('Service lié').fill('TJ de Cay')
    await page.getByRole('option', { name: 'TJ de Cayenne' }).click()
    await page.getByRole('button', { name: 'Lier' }).click()
    await page.getByText('Lié à «').waitFor()
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('an agenda', () => {
  it('is merged into another of its place: what moves is said before, the people stay expected', async () => {
    const page = await desk.agent(gilles)
    const court = await prisma.place.findFirstOrThrow({
      where: { organization: { name: 'TJ de Nanterre' } },
      include: { agendas: { orderBy: { name: 'asc' } } },
    })
    const [into, from] = court.agendas
    const coming = (agendaId = 0) => prisma.slot.count({ where: { agendaId, startsAt: { gt: new Date() } } })
    const people = () =>
      prisma.appointment.count({
        where: { placeId: court.id, state: 'booked', startsAt: { gt: new Date() } },
      })
    const before = { people: await people(), moving: await coming(from?.id) }
    expect(before.moving).toBeGreaterThan(0)
    await page.goto(`/admin/resources/Agenda/records/${from?.id}/show`)
    await page.getByRole('link', { name: 'Fusionner' }).click()
    await page.getByText(/À venir\s: \d+\scréneaux/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Fusionner' }).click()
    await page.getByText(`Agenda fusionné dans «\u00a0${into?.name}\u00a0»`).waitFor()
    expect([await coming(from?.id), await people()]).toEqual([0, before.people])
    expect(await prisma.agenda.findUniqueOrThrow({ where: { id: from?.id ?? 0 } })).toMatchObject({
      archivedAt: expect.any(Date) as Date,
    })
    await page.context().close()
  })
})

describe('a place', () => {
  it('moves: what changes is read before it is confirmed; until it is prepared it is taken back', async () => {
    const page = await desk.agent('equipe.nationale@justice.example')
    const old = await prisma.place.findFirstOrThrow({
      where: { organization: { name: 'SPIP 92 Gennevilliers' } },
      include: { _count: { select: { agendas: true } } },
    })
    await page.goto('/admin/resources/PlaceRelocation')
    await page.getByRole('link', { name: 'Nouveau déménagement' }).click()
    await page.getByLabel('Lieu qui déménage').fill(old.name)
    await page.getByRole('option', { name: old.name }).click()
    await page.getByLabel('Premier jour au nouveau lieu').fill(typedDate(workingDay(14)))
    await page.getByLabel('Nom du nouveau lieu').fill('Antenne du quai')
    await page.getByLabel('Adresse', { exact: true }).fill('2 quai des Saules, 92230 Gennevilliers')
    await page.getByLabel('Téléphone').fill('01 99 00 77 88')
    await page.getByRole('button', { name: 'Enregistrer le déménagement' }).click()
    await page
      .getByText(/changent de lieu\s: \d+\scréneaux?, \d+\spersonnes? attendues?/)
      .first()
      .waitFor()
    expect(await prisma.placeRelocation.count()).toBe(0)
    await expectAccessible(page)
    await page.getByLabel('Confirmation').fill(old.name)
    await page.getByRole('button', { name: 'Enregistrer le déménagement' }).click()
    await page.getByText('Déménagement enregistré.').waitFor()
    await expectAccessible(page)
    expect(await prisma.placeRelocation.count({ where: { oldPlaceId: old.id } })).toBe(1)

    await page.getByRole('link', { name: 'Annuler le déménagement' }).click()
    await page.getByRole('button', { name: 'Annuler le déménagement' }).click()
    await page.getByText('Déménagement annulé.').waitFor()
    expect(await prisma.placeRelocation.count()).toBe(0)
    expect(await prisma.place.count({ where: { name: 'Antenne du quai' } })).toBe(0)
    await page.context().close()
  })
})
