import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { expectAccessible, expectNoSidewaysScroll, openDesk, type Desk } from './desk'

const admin = 'gilles.riviere@justice.example'
const slug = 'tj-nanterre'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const recordOf = async () => {
  const { id } = await prisma.publicPage.findUniqueOrThrow({ where: { slug }, select: { id: true } })
  return `/admin/resources/PublicPage/records/${id}/show`
}

describe('the page of a service', () => {
  it('is written by its local admin, photo and hours, read so by the public at once; its draft is tried before it is put online', async () => {
    const page = await desk.agent(admin, { viewport: { width: 1366, height: 768 } })
    await page.goto('/admin/resources/PublicPage')
    await page.getByRole('link', { name: /^Tribunal de Nanterre/ }).click()
    await page.getByRole('link', { name: 'Horaires' }).click()
    await page.getByLabel('Vendredi').fill('le matin')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText(/^Écrivez ces heures ainsi/).waitFor()
    await expectAccessible(page)
    expect(await page.getByLabel('Vendredi').inputValue()).toBe('le matin')
    await page.getByLabel('Vendredi').fill('9h-11h45')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Horaires enregistrés.').waitFor()

    await page.getByRole('link', { name: 'Ajouter une photo' }).click()
    const buffer = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#336699' } })
      .jpeg()
      .toBuffer()
    await page
      .getByLabel('Photo', { exact: true })
      .setInputFiles({ name: 'porte.jpg', mimeType: 'image/jpeg', buffer })
    await page.getByRole('button', { name: 'Enregistrer la photo' }).click()
    await page.getByText(/^Dites ce que montre la photo/).waitFor()
    await expectAccessible(page)
    await page.getByLabel(/^Ce que montre la photo/).fill('Grande porte grise, drapeau au-dessus')
    await page.getByRole('button', { name: 'Enregistrer la photo' }).click()
    await page.getByText('Photo enregistrée.').waitFor()
    await page.getByRole('img', { name: 'Grande porte grise, drapeau au-dessus' }).waitFor()
    await expectAccessible(page)

    const reader = await desk.visitor()
    await page.getByRole('link', { name: 'Message', exact: true }).click()
    await page.getByRole('textbox', { name: /^Message/ }).fill('Ascenseur en panne')
    await page.getByLabel(/^Garder en brouillon/).check()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    const preview = page.getByRole('link', { name: /^Aperçu du brouillon/ })
    await preview.waitFor()
    await expectAccessible(page)
    await reader.goto((await preview.getAttribute('href')) ?? '')
    await reader.getByText('Ascenseur en panne').waitFor()
    await reader.goto(`/preparer-ma-convocation/${slug}`)
    await reader.getByText(/9\sh à 11\sh\s45/).waitFor()
    expect(await reader.getByText('Ascenseur en panne').count()).toBe(0)
    await page.getByRole('button', { name: 'Mettre le brouillon en ligne' }).click()
    await page.getByText(/^Brouillon en ligne/).waitFor()
    await reader.reload()
    await reader.getByText('Ascenseur en panne').waitFor()
    const photo = reader.getByRole('img', { name: 'Grande porte grise, drapeau au-dessus' })
    await photo.scrollIntoViewIfNeeded()
    await expect
      .poll(() => photo.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
      .toBe(960)
    await reader.context().close()
    await page.context().close()
  })

  it('fits a phone, as its forms and its organisations of help do', async () => {
    const page = await desk.agent(admin, { viewport: { width: 390, height: 844 } })
    for (const path of [
      '/admin/resources/PublicPage',
      await recordOf(),
      '/admin/resources/Partner',
      '/admin/resources/Partner/actions/new',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectNoSidewaysScroll(page)
    }
    await page.context().close()
  })

  it('is read in Arabic from the right, French prevailing, without a script, at 320 pixels', async () => {
    const reader = await desk.visitor({ viewport: { width: 320, height: 640 } })
    await reader.goto(`/preparer-ma-convocation/${slug}`)
    await reader.getByRole('link', { name: 'العربية' }).click()
    expect(new URL(reader.url()).pathname).toBe(`/ar/preparer-ma-convocation/${slug}`)
    expect(await reader.locator('html').getAttribute('dir')).toBe('rtl')
    await reader.getByText('النص الفرنسي هو المعتمد').first().waitFor()
    await expectAccessible(reader)
    await expectNoSidewaysScroll(reader)
    await reader.context().close()
  })
})

describe('who helps near a service', () => {
  it('is added by its local admin, and found by theme in the département', async () => {
    const page = await desk.agent(admin, { viewport: { width: 1366, height: 768 } })
    await page.goto('/admin/resources/Partner/actions/new')
    await page.getByLabel('Nom de l’organisme').fill('Permis pour tous')
    await page.getByRole('checkbox', { name: 'Transports et permis' }).check()
    await page.getByLabel('Ce qu’il fait').fill('Aide à passer le permis de conduire.')
    await page.getByLabel(/^Téléphone/).fill('01 99 00 77 88')
    await page.getByRole('button', { name: 'Ajouter l’organisme' }).click()
    await page.getByText(/^Organisme ajouté/).waitFor()
    await expectAccessible(page)

    const reader = await desk.visitor({ viewport: { width: 390, height: 844 } })
    await reader.goto('/investir-ma-reinsertion/departements')
    await reader.getByLabel('Votre département').selectOption('92')
    await reader.getByRole('button', { name: 'Voir les organismes' }).click()
    await reader.getByText('Transports et permis').click()
    await reader.getByRole('heading', { name: 'Permis pour tous' }).waitFor()
    await expectAccessible(reader)
    await expectNoSidewaysScroll(reader)
    await reader.context().close()
    await page.context().close()
  })
})
