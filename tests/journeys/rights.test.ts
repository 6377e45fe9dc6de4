import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { civilOf } from '../../resources/shared/civil-time'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, typedDate, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const team = 'equipe.nationale@justice.example'
const claire = 'claire.vasseur@justice.example'
const paul = 'paul.adjovi@justice.example'
const idOf = async (lastName: string) =>
  (await prisma.probationer.findFirstOrThrow({ where: { lastName }, select: { id: true } })).id
const recordOf = (id: number) => `/admin/resources/Probationer/records/${id}/show`

describe('two records of one person', () => {
  it('are found, compared, turned round and merged; the old address leads to the one that stays', async () => {
    await vi.waitFor(async () => expect(await prisma.likelyDuplicate.count()).toBe(1), {
      timeout: 30_000,
      interval: 200,
    })
    const [kept, gone] = [await idOf('GUERRIN'), await idOf('GUÉRIN')]
    const page = await desk.agent(team)
    await page.goto('/admin/resources/LikelyDuplicate')
    await page.getByRole('link', { name: 'Comparer GUÉRIN Loïc et GUERRIN Loïck' }).click()
    await page.getByRole('heading', { name: 'Les deux fiches' }).waitFor()
    await page.getByText('noms qui se prononcent de même').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.setViewportSize(phoneSized)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Garder l’autre fiche' }).click()
    await page.getByRole('button', { name: `Fusionner, et garder la fiche ${kept}` }).click()
    await page.getByText('Les deux fiches n’en font plus qu’une').waitFor()
    // Back among the pairs, to work through them.
    await page.getByRole('heading', { level: 1, name: 'Doublons probables' }).waitFor()
    expect(await prisma.probationer.count({ where: { id: gone } })).toBe(0)

    await page.goto(recordOf(gone))
    await page.waitForURL(`**${recordOf(kept)}`)
    await page.getByRole('heading', { level: 1, name: 'GUERRIN Loïck' }).waitFor()
    await page.getByText('Fiche fusionnée avec une autre').waitFor()
    await page.goto('/admin/resources/LikelyDuplicate')
    await page.getByText('Aucun doublon probable').waitFor()
    await page.context().close()
  })
})

describe('what a person asks of their data', () => {
  it('is recorded by an agent and answered by the local admin, who reads who opened the record', async () => {
    const id = await idOf('MOREL')
    const agent = await desk.agent(claire)
    await agent.goto(recordOf(id))
    await agent.getByRole('link', { name: 'Enregistrer une demande' }).click()
    await agent.getByLabel('Ce que la personne demande').selectOption('limitation')
    await agent.getByLabel('Demande reçue le').fill(typedDate(civilOf(new Date(), 'Europe/Paris').date))
    await expectAccessible(agent)
    await agent.getByRole('button', { name: 'Enregistrer la demande' }).click()
    await agent.getByText('Demande enregistrée').first().waitFor()
    expect(await agent.getByRole('link', { name: 'Qui a ouvert cette fiche' }).count()).toBe(0)

    const admin = await desk.agent(paul)
    await admin.goto('/admin/resources/RightsRequest')
    await expectAccessible(admin)
    await admin.getByRole('link', { name: 'Répondre à MOREL Julie, limitation' }).click()
    await admin.getByLabel('Suite donnée').selectOption('granted')
    await admin.getByLabel('Ce qui a été répondu').fill('La fiche ne sert plus.')
    await expectAccessible(admin)
    await admin.getByRole('button', { name: 'Enregistrer la réponse' }).click()
    await admin.getByText('Utilisation limitée à la demande de la personne').waitFor()
    expect(await admin.getByRole('link', { name: 'Convoquer', exact: true }).count()).toBe(0)
    await expectAccessible(admin)

    await admin.getByRole('link', { name: 'Qui a ouvert cette fiche' }).click()
    await admin
      .getByRole('cell', { name: /Claire Vasseur/ })
      .first()
      .waitFor()
    await expectAccessible(admin)
    await admin.setViewportSize(phoneSized)
    await expectNoSidewaysScroll(admin)

    await admin.goto(recordOf(id))
    await admin.getByRole('link', { name: 'Lever la limitation' }).click()
    await admin.getByRole('button', { name: 'Lever la limitation' }).click()
    await admin.getByRole('link', { name: 'Convoquer', exact: true }).waitFor()
    await admin.context().close()
    await agent.context().close()
  })
})
