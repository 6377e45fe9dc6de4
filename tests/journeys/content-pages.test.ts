import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { expectAccessible, expectNoSidewaysScroll, openDesk, type Desk } from './desk'

const team = 'equipe.nationale@justice.example'
const path = '/comprendre-ma-peine/mes-droits'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const editor = async () => {
  const { id } = await prisma.contentPage.findUniqueOrThrow({ where: { path }, select: { id: true } })
  return `/admin/resources/ContentPage/records/${id}/show`
}

describe('a page of the site', () => {
  it('is corrected, tried and put online by the team; who reads it sees nothing before', async () => {
    const page = await desk.agent(team, { viewport: { width: 1366, height: 768 } })
    await page.goto('/admin/resources/ContentPage')
    // The site has more pages than a list shows.
    await page.getByLabel('Titre ou adresse').fill('Mes droits')
    await page.getByLabel('Titre ou adresse').press('Enter')
    await page.getByRole('link', { name: /^Mes droits/ }).click()
    const text = page.getByLabel('Texte de la page')
    const before = await text.inputValue()
    await text.fill(`${before}\n\n## Une nouvelle partie\n\n:chiffre[inconnu]\n`)
    await page
      .getByRole('button', { name: /^Montrer la ligne/ })
      .first()
      .waitFor()
    await expectAccessible(page)
    await text.fill(`${before}\n\n## Une nouvelle partie\n\nUne phrase neuve.\n`)
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).press('Enter')
    await page.getByText('Brouillon enregistré.').waitFor()

    const reader = await desk.visitor()
    await reader.goto(path)
    expect(await reader.getByText('Une nouvelle partie').count()).toBe(0)
    await page.getByRole('button', { name: 'Mettre en ligne' }).press('Enter')
    await page.getByText('Page en ligne.').waitFor()
    // Whoever read the page has it for five minutes.
    const next = await desk.visitor()
    await next.goto(path)
    await next.getByText('Une nouvelle partie').first().waitFor()
    await page.context().close()
    await reader.context().close()
    await next.context().close()
  })

  it('is corrected on a phone without scrolling sideways, its figures and sources folded', async () => {
    const page = await desk.agent(team, { viewport: { width: 390, height: 844 } })
    await page.goto('/admin/resources/ContentPage')
    await page.getByRole('row').nth(1).waitFor()
    await expectNoSidewaysScroll(page)
    await page.goto(await editor())
    const source = page.getByText(
      /^Code de procédure pénale, 712-6$|^Code de procédure pénale, article 712-6$/,
    )
    await source.first().waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    const articles = page.getByLabel('Article')
    expect(await articles.first().isVisible()).toBe(false)
    await source.first().click()
    await articles.first().waitFor()
    await expectAccessible(page)
    await page.context().close()
  })
})
