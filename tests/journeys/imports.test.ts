import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 240_000)
afterAll(() => desk.close())

describe('many agents', () => {
  it('are invited by one file: its progress is seen, its errors are read by line and taken away [P75]', async () => {
    const page = await desk.agent('sonia.marchetti@justice.example')
    await page.goto('/admin/resources/Agent')
    await page.getByRole('link', { name: 'Inviter par fichier' }).click()
    const file = page.getByLabel('Fichier CSV')
    const send = page.getByRole('button', { name: 'Envoyer le fichier' })
    await send.click()
    await page.getByText('Choisissez un fichier.').first().waitFor()

    const fileOf = (text: string) => ({ name: 'agents.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await file.setInputFiles(fileOf('NOM;PRENOM\nA;B'))
    await send.click()
    await page.getByText('Il manque des colonnes').first().waitFor()
    await expectAccessible(page)

    const lines = Array.from(
      { length: 40 },
      (_, n) => `Lot,Ana,CPIP,,SPIP 92 Nanterre,lot-${n}@justice.example`,
    )
    const header = 'LAST_NAME,FIRST_NAME,ROLE,PHONE,ORGANIZATION,EMAIL'
    const wrong = 'Lot,Ana,JAP,,TJ de Nanterre,lot-ailleurs@justice.example'
    await file.setInputFiles(fileOf([header, ...lines, wrong].join('\n')))
    await send.click()
    await page.getByRole('progressbar', { name: 'Lignes lues' }).waitFor()
    await page.getByText('Terminé\u00a0: 41\u00a0lignes lues.').waitFor({ timeout: 60_000 })
    expect(await page.getByRole('listitem').allTextContents()).toEqual(
      expect.arrayContaining(['40\u00a0agents invités', '1\u00a0ligne refusée']),
    )
    const row = page.getByRole('row').filter({ hasText: '42' })
    await row.getByText('Votre rôle ne permet pas d’inviter').waitFor()
    await expectAccessible(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Télécharger le rapport' }).click(),
    ])
    expect(await readFile(await download.path(), 'utf8')).toContain('42;Refusée;')
    expect(await prisma.agent.count({ where: { email: { startsWith: 'lot-' } } })).toBe(40)

    await page.setViewportSize(phoneSized)
    await expectNoSidewaysScroll(page)
    await page.goto('/admin/resources/ImportRun')
    await page.getByRole('link', { name: 'agents.csv' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })
})

describe('an execution office with inter-jurisdiction', () => {
  it('finds one person of the country by exact identity, and opens their booking with the minimum shown', async () => {
    const page = await desk.agent('benoit.leclerc@justice.example')
    await page.goto('/admin/resources/Probationer')
    await page.getByRole('link', { name: 'Chercher hors du ressort' }).click()
    await page.getByLabel('Nom', { exact: true }).fill('morel')
    await page.getByLabel('Prénom').fill('Julie')
    const search = page.getByRole('button', { name: 'Chercher', exact: true })
    await search.click()
    await page.getByText('Indiquez la date de naissance, ou le numéro APPI.').first().waitFor()
    await page.getByLabel('Naissance').fill('30/09/1988')
    await search.click()
    await page.getByRole('heading', { name: 'M. Julie' }).waitFor()
    const answer = page.getByRole('status').filter({ hasText: 'Suivi par' })
    expect(await answer.textContent()).toMatch(/SPIP 92 Nanterre \(standard 01\s99\s00\s10\s20\)/)
    expect(await page.content()).not.toContain('MOREL')
    await expectAccessible(page)
    await page.setViewportSize(phoneSized)
    await expectNoSidewaysScroll(page)

    await answer.getByRole('link', { name: 'Convoquer', exact: true }).click()
    await page.getByRole('heading', { name: 'Convoquer M. Julie' }).waitFor()
    await page
      .getByText(/Vous pouvez convoquer la personne dans ces services\s: .*SPIP 92 Nanterre/)
      .waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  it('reads who will follow somebody new before saving, from their commune', async () => {
    const page = await desk.agent('benoit.leclerc@justice.example')
    await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
    await page.getByText('TJ de Versailles (votre service)').waitFor()
    await page.getByRole('combobox', { name: 'Commune' }).fill('Courbevoie')
    await page.getByRole('option', { name: 'Courbevoie (92)' }).click()
    await page.getByText('Sera suivie par TJ de Nanterre, SPIP 92 Nanterre').waitFor()
    await page.getByRole('combobox', { name: 'Commune' }).fill('Château-Thierry')
    await page.getByRole('option', { name: 'Château-Thierry (02)' }).click()
    await page.getByText('À confirmer, d’après la proximité').waitFor()
    await expectAccessible(page)
  })
})
