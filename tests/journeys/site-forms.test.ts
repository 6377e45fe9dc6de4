import { afterAll, beforeAll, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { expectAccessible, expectNoSidewaysScroll, openDesk, type Desk } from './desk'

let desk: Desk
const warn = '/contact/je-ne-peux-pas-venir/spip-92-nanterre'
beforeAll(async () => {
  desk = await openDesk()
  await prisma.publicPage.update({
    where: { slug: 'spip-92-nanterre' },
    data: { email: 'spip92@justice.fr' },
  })
}, 180_000)
afterAll(() => desk.close())

const paths = [
  '/contact',
  '/contact/ecrire',
  '/contact/ecrire?page=/accessibilite',
  '/contact/je-ne-peux-pas-venir',
  '/contact/je-ne-peux-pas-venir?q=nanterre',
  warn,
  '/agents/deployer',
  '/agents/formation',
]

it.each([
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const)(
  'the forms of the site fit in $width px and pass axe, $colorScheme, sound and refused, without JavaScript',
  async ({ width, colorScheme }) => {
    // axe itself needs scripts: the pages bring none.
    const page = await desk.visitor({ viewport: { width, height: 800 }, colorScheme })
    for (const path of paths) {
      await page.goto(path)
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
      const submit = page.locator('form[method="post"] button[type="submit"]')
      if ((await submit.count()) === 0) continue
      await submit.click()
      await page.getByRole('alert').waitFor()
      expect(await page.title(), path).toMatch(/^Erreur – /)
      expect(await page.locator(':focus').innerText(), path).toContain('dans le formulaire')
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
    }
  },
  120_000,
)

it('a visitor without JavaScript writes to the team by the keyboard, and reads the reference', async () => {
  const page = await desk.visitor({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
  await page.goto('/contact')
  await page.getByRole('link', { name: 'Écrire à l’équipe du site' }).click()
  await page.getByLabel('Un problème d’accessibilité').check()
  await page.locator('#message').fill('Le bouton n’est pas lu.')
  await page.locator('#email').fill('lea@exemple')
  await page.keyboard.press('Enter')
  await page.getByText('Une erreur dans le formulaire').waitFor()
  expect(await page.locator('#message').inputValue()).toBe('Le bouton n’est pas lu.')
  await page.locator('#email').fill('lea@exemple.fr')
  await page.keyboard.press('Enter')
  await page.getByText('Nous avons reçu votre message').waitFor()
  const { reference } = await prisma.siteRequest.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(await page.locator('main').innerText()).toContain(reference)
})
