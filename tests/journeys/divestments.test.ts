import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const bexOfVersailles = 'benoit.leclerc@justice.example'
const clerkOfNanterre = 'camille.aubert@justice.example'
const secretaryOfNanterre = 'ines.faure@justice.example'

describe('a divestment', () => {
  it('is asked from the notice by the execution office, which goes on to the date; refused, it says so', async () => {
    const page = await desk.agent(bexOfVersailles)
    await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
    await page.getByLabel('Nom', { exact: true }).fill('Prigent')
    await page.getByLabel('Prénom').fill('Malo')
    await page.getByLabel('Naissance').fill('23111990')
    await page.getByText('P. Malo, naissance en 1990').waitFor()
    await page.getByRole('button', { name: 'Demander et convoquer' }).click()
    await page.getByLabel('Raison').fill('Condamné ce matin à Versailles')
    await expectAccessible(page)
    // The key sends the request, not the form around it.
    await page.getByLabel('Raison').press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Convoquer PRIGENT Malo' }).waitFor()
    await page.getByText('Demande envoyée').waitFor()
    await page.context().close()

    const clerk = await desk.agent(clerkOfNanterre, { viewport: phoneSized })
    await clerk.goto('/admin')
    await clerk.getByRole('link', { name: /dessaisissements à traiter/ }).click()
    await clerk.getByRole('link', { name: 'PRIGENT Malo' }).waitFor()
    await expectAccessible(clerk)
    await expectNoSidewaysScroll(clerk)
    await clerk.getByRole('link', { name: 'PRIGENT Malo' }).click()
    await clerk.getByText('Condamné ce matin à Versailles').waitFor()
    await expectAccessible(clerk)
    await expectNoSidewaysScroll(clerk)
    // Open elsewhere too, where an answer is being written.
    const late = await clerk.context().newPage()
    await late.goto(clerk.url())
    await late.getByLabel('Commentaire').fill('Mesure terminée le 3 mars')
    await clerk.getByLabel('Commentaire').fill('Mesure en cours ici')
    await clerk.getByRole('button', { name: 'Refuser' }).click()
    await clerk.getByText('Dessaisissement refusé').waitFor()
    expect(await clerk.getByRole('link', { name: 'PRIGENT Malo' }).count()).toBe(0)
    await late.getByRole('button', { name: 'Accepter' }).click()
    await late.getByText('Refusée', { exact: true }).waitFor()
    const refusal = late.getByRole('alert')
    expect(await refusal.textContent()).toMatch(/Cette demande est déjà terminée.: rien n’est changé\./)
    expect(await refusal.evaluate((alert) => alert === document.activeElement)).toBe(true)
    await late.getByText(/Mesure terminée le 3 mars/).waitFor()
    await clerk.context().close()
  })

  it('is read from the record of the person, accepted knowing what it changes, withdrawn by who asked', async () => {
    const page = await desk.agent(secretaryOfNanterre)
    await page.goto('/admin/resources/Divestment')
    await page.getByRole('link', { name: 'HAMDI Yacine' }).click()
    await page.getByRole('link', { name: 'Voir la fiche' }).click()
    await page.getByText('Dessaisissement en cours').waitFor()
    await page.getByRole('link', { name: 'Répondre à la demande' }).click()
    await page.getByText('Claire Vasseur n’en sera plus référent').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.getByText('la fiche passe à SPIP 92 Gennevilliers').waitFor()

    await page.getByRole('link', { name: 'Envoyées, en attente' }).click()
    await page.getByRole('link', { name: 'R. Chloé' }).click()
    await page.getByRole('link', { name: 'Retirer la demande' }).click()
    await page.getByRole('button', { name: 'Retirer la demande' }).click()
    await page.getByText(/Demande retirée.: le suivi reste/).waitFor()
    await page.context().close()
  })
})
