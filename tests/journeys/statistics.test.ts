import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const admin = 'sonia.marchetti@justice.example'
const counsellor = 'claire.vasseur@justice.example'

describe('the figures of the service', () => {
  it('[P48] are opened from the menu by a local admin, narrowed, read from the keyboard, taken away', async () => {
    const page = await desk.agent(admin)
    await page.goto('/admin')
    await page
      .getByRole('navigation', { name: 'Menu principal' })
      .getByRole('link', { name: 'Statistiques' })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Statistiques du service' }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /SPIP 92 Nanterre, d.* à .*\. Calculées/ })
      .waitFor()
    await expectAccessible(page)
    for (const said of [
      'à renseigner, sur la période choisie\u00a0; la liste couvre les six derniers mois, jusqu’à hier',
      'manquées ÷ (honorées + manquées + excusées)',
      'reçus par le téléphone ÷ envoyés',
      'parties facturées ÷ textes envoyés',
      'Les fiches effacées après archivage restent comptées, sans aucune donnée personnelle.',
    ])
      expect(await page.getByText(said).isVisible(), said).toBe(true)
    // No figure that the page does not count itself.
    expect(await page.getByText('38\u00a0%').count()).toBe(0)
    const told = /^Part des convocations manquées, par mois De \d+,\d\s% en .* à \d+,\d\s% en /
    expect(await page.getByRole('img', { name: told }).count()).toBe(1)

    // The table of the chart, without a mouse: its summary, then its region.
    const summary = page.getByText('Lire ces chiffres en tableau').first()
    await summary.focus()
    await page.keyboard.press('Enter')
    const byMonth = page.getByRole('region', { name: 'Convocations par mois' })
    await page.keyboard.press('Tab')
    expect(await byMonth.evaluate((region) => region === document.activeElement)).toBe(true)
    expect(await byMonth.getByRole('row').count()).toBe(13)
    await expectAccessible(page)

    await page.getByLabel('Type', { exact: true }).selectOption({ label: 'RDV téléphonique' })
    await page.getByLabel('Agent référent', { exact: true }).selectOption({ label: 'Claire Vasseur' })
    await page.getByRole('button', { name: 'Afficher' }).press('Enter')
    await expect.poll(() => page.url()).toContain('typeCode=phone_appointment')
    const types = page.getByRole('region', { name: /par type de convocation/ })
    await expect.poll(() => types.getByRole('row').count()).toBe(2)
    // Its address is what it shows.
    await page.reload()
    await expect.poll(() => types.getByRole('row').count()).toBe(2)
    expect(
      await page.getByLabel('Agent référent', { exact: true }).locator('option:checked').innerText(),
    ).toBe('Claire Vasseur')
    await page.getByText('Trop peu pour un pourcentage').first().waitFor()
    const past = await types.getByRole('row').nth(1).getByRole('cell').nth(1).innerText()

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^statistiques-\d{4}-\d{2}-\d{4}-\d{2}\.csv$/)
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n')
    expect(lines[0]).toBe(
      '\ufeffPar;Valeur;Passées;Honorées;Manquées;Excusées;Sans issue;Part manquée;SMS envoyés;SMS reçus;Parties par SMS',
    )
    expect(lines.find((line) => line.startsWith('Type;'))).toContain(`Type;RDV téléphonique;${past};`)

    await page.getByRole('link', { name: 'National' }).click()
    await page.getByRole('heading', { level: 1, name: 'Statistiques nationales' }).waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('are, for a counsellor, those of her own persons, on a phone without scrolling sideways', async () => {
    const page = await desk.agent(counsellor, { viewport: phoneSized })
    await page.goto('/admin/resources/Organization/actions/statistics')
    await page.getByRole('heading', { level: 1, name: 'Mes statistiques' }).waitFor()
    for (const summary of await page.getByText('Lire ces chiffres en tableau').all()) await summary.click()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    expect(await page.getByLabel('Agent référent', { exact: true }).count()).toBe(0)
    // How many outcomes are missing leads to where they are recorded.
    await page.getByRole('link', { name: /à renseigner$/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Convocations' }).waitFor()
    expect(page.url()).toContain('view=outcome_missing')
    await page.context().close()
  })
})
