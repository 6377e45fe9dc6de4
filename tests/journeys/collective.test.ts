import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { clicksOf, expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
let people: { id: number; lastName: string; firstName: string }[]
beforeAll(async () => {
  desk = await openDesk()
  people = await prisma.probationer.findMany({
    where: {
      ...{ archivedAt: null, limitedAt: null, phone: { not: null }, dateOfBirth: { not: null } },
      divestments: { none: { state: 'pending' } },
      followings: { some: { organization: { name: 'SPIP 92 Nanterre' } } },
    },
    select: { id: true, lastName: true, firstName: true },
    orderBy: { id: 'asc' },
    take: 4,
  })
}, 180_000)
afterAll(() => desk.close())

const counsellor = 'claire.vasseur@justice.example'
const nameOf = ({ lastName, firstName }: { lastName: string; firstName: string }) =>
  `${lastName} ${firstName}`

describe('a collective session', () => {
  it('is convoked in three clicks and by the keyboard; who cannot come is said before, and each has their paper', async () => {
    const [one, two, gone, late] = people
    if (!one || !two || !gone || !late) throw new Error('The demonstration follows nobody')
    const page = await desk.agent(counsellor)
    await page.goto('/admin/resources/Appointment')
    const before = await clicksOf(page)
    await page.getByRole('link', { name: 'Convoquer un groupe' }).click()
    await page.getByRole('heading', { level: 1, name: 'Convoquer un groupe' }).waitFor()
    await page.getByRole('button', { name: '1 semaine' }).click()
    await page.getByLabel('Heure', { exact: true }).fill('14h15')
    await page.getByLabel('La séance dure').selectOption('90')
    const add = page.getByLabel('Ajouter une personne')
    const group = page.getByRole('list', { name: 'Personnes du groupe' })
    for (const person of [one, two, gone]) {
      await add.fill(nameOf(person))
      await add.press('Enter')
      await group.getByText(nameOf(person)).waitFor()
    }
    expect(page.url()).not.toMatch(new RegExp(one.lastName, 'i'))
    await page.getByText('3 personnes les reçoivent.').waitFor()
    await expectAccessible(page)

    // Archived by somebody else while the group is made up: nobody is convoked, and nothing typed is lost.
    await prisma.probationer.update({ where: { id: gone.id }, data: { archivedAt: new Date() } })
    await page.getByRole('button', { name: /^Convoquer 3 personnes/ }).click()
    await page.getByText('Rien n’est enregistré').waitFor()
    expect((await clicksOf(page)) - before).toBe(3)
    await group.getByText(/archivée/).waitFor()
    await expectAccessible(page)
    expect(
      await prisma.appointment.count({ where: { typeCode: 'group_session', probationerId: one.id } }),
    ).toBe(0)
    await page.getByRole('button', { name: `Retirer ${nameOf(gone)}` }).click()
    await expect.poll(() => add.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+Enter')

    await page.getByRole('heading', { level: 1, name: 'Groupe convoqué' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: `Imprimer la convocation de ${nameOf(two)}` }).click()
    await page.getByText('CONVOCATION', { exact: false }).first().waitFor()
    // Back to the papers of the others.
    await page.goBack()
    await page.getByRole('link', { name: `Imprimer la convocation de ${nameOf(one)}` }).waitFor()

    // Somebody comes late to the same session, then the same group to another one.
    await page.getByRole('link', { name: 'Autre séance' }).click()
    await page.getByRole('button', { name: '1 semaine' }).click()
    await page.getByLabel('Heure', { exact: true }).fill('14h15')
    await page.getByText('Une séance a déjà lieu à cette heure').waitFor()
    expect(await page.getByLabel('La séance dure').inputValue()).toBe('90')
    await add.fill(nameOf(late))
    await add.press('Enter')
    await page.getByRole('button', { name: /^Convoquer 1 personne/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Groupe convoqué' }).waitFor()
    const slots = await prisma.slot.findMany({ where: { typeCode: 'group_session', startTime: '14:15' } })
    expect(slots).toMatchObject([{ capacity: 3, seatsTaken: 3, durationMinutes: 90 }])
    await page.getByRole('link', { name: 'Autre séance' }).click()
    await page.getByRole('button', { name: 'Reprendre ce groupe' }).click()
    for (const person of [one, two, late]) await group.getByText(nameOf(person)).waitFor()
    await page.context().close()
  })

  it('is made up on a phone', async () => {
    const [, , , person] = people
    const page = await desk.agent(counsellor, { viewport: phoneSized })
    await page.goto('/admin/resources/Appointment/actions/convokeGroup')
    await page.getByLabel('Ajouter une personne').fill(person?.lastName ?? '')
    await page
      .getByRole('button', { name: `Ajouter ${nameOf(person ?? { lastName: '', firstName: '' })}` })
      .click()
    await page.getByRole('button', { name: /^Convoquer 1 personne/ }).click()
    // The day and the hour are missing: beside their fields.
    await page.getByText('Rien n’est enregistré').waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('the calendar of an agent', () => {
  it('is subscribed from their profile, its address shown once', async () => {
    const page = await desk.agent(counsellor)
    await page.goto('/admin/resources/Agent/actions/profile')
    await page.getByRole('button', { name: 'Créer une adresse' }).click()
    const address = await page.getByLabel('Adresse secrète').inputValue()
    await expectAccessible(page)
    expect((await page.request.get(address)).headers()['content-type']).toBe('text/calendar; charset=utf-8')
    await page.reload()
    await page.getByText('Une adresse est en service depuis').waitFor()
    expect(await page.content()).not.toContain(address)
    await page.getByRole('button', { name: 'Arrêter l’abonnement' }).click()
    await page.getByRole('button', { name: 'Créer une adresse' }).waitFor()
    expect((await page.request.get(address)).status()).toBe(404)
    await page.context().close()
  })
})
