import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const admin = 'sonia.marchetti@justice.example'
const team = 'equipe.nationale@justice.example'
const editor = '/admin/resources/MessageTemplate/actions/texts?type=probation_follow_up&kind=summons'

describe('the texts of a service', () => {
  it('are proposed by its local admin from the keyboard, compared and accepted by the team', async () => {
    const page = await desk.agent(admin)
    await page.goto('/admin')
    await page
      .getByRole('navigation', { name: 'Menu principal' })
      .getByRole('link', { name: 'Textes des SMS' })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Textes des SMS' }).waitFor()
    await page.getByText('Cas courant', { exact: true }).waitFor()
    await expectAccessible(page)

    await page.getByRole('link', { name: /^Convocation de suivi SPIP/ }).press('Enter')
    const text = page.getByLabel('Texte du SMS de convocation')
    await page.getByText(/^Proposition de .* du .*, sans réponse$/).waitFor()
    // What is at fault is named, shown, and nothing is lost.
    await text.fill('{lieu.nom} : venez demain, {prénom}. {rdv.date} à {rdv.heure}')
    await page.getByText('« demain » serait faux si le SMS partait plus tard').waitFor()
    await page.getByRole('button', { name: 'Montrer « {prénom} » dans le texte' }).press('Enter')
    expect(
      await text.evaluate((area: HTMLTextAreaElement) =>
        area.value.slice(area.selectionStart, area.selectionEnd),
      ),
    ).toBe('{prénom}')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Proposer ce texte' }).press('Enter')
    await page.getByRole('alert').getByText('1 point est à corriger').waitFor()

    await text.fill(
      '{lieu.nom} : rendez-vous le  à {rdv.heure}, {lieu.adresse}, portail vert. {lieu.lien_info}',
    )
    await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(28, 28))
    await page.getByRole('button', { name: 'Ajouter la date, {rdv.date}' }).press('Enter')
    expect(await text.inputValue()).toBe(
      '{lieu.nom} : rendez-vous le {rdv.date} à {rdv.heure}, {lieu.adresse}, portail vert. {lieu.lien_info}',
    )
    await page
      .locator('[data-sms]')
      .first()
      .getByText(/rendez-vous le .* à 14h30, .*portail vert/)
      .waitFor()
    await page
      .getByText(/2 SMS · 9\scentimes/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Proposer ce texte' }).press('Enter')
    await page.getByText('Texte proposé à l’équipe Mon Suivi Justice.').waitFor()

    const central = await desk.agent(team)
    await central.goto('/admin')
    await central.getByRole('link', { name: /^Textes des SMS 1 à traiter/ }).waitFor()
    await central.getByRole('link', { name: /^1 texte de SMS proposé/ }).click()
    await central.getByRole('link', { name: /SPIP 92 Nanterre, Convocation de suivi SPIP/ }).click()
    await central.getByRole('heading', { level: 1, name: /SMS de convocation/ }).waitFor()
    await central.locator('ins').filter({ hasText: 'portail vert' }).waitFor()
    await central.getByText(/^Ajouté/).waitFor()
    await expectAccessible(central)
    await central.getByRole('button', { name: 'Accepter' }).press('Enter')
    await central.getByText(/Texte accepté/).waitFor()

    // Who proposed finds the answer at once, and what was proposed.
    await page.getByRole('link', { name: 'Textes proposés' }).click()
    await page
      .getByRole('row')
      .nth(1)
      .getByText(/^Acceptée le/)
      .waitFor()
    await expectAccessible(page)
    await page.getByRole('row').nth(1).getByRole('link').click()
    await page.getByText('Ce que cette proposition changeait').waitFor()
    await page.locator('ins').filter({ hasText: 'portail vert' }).waitFor()
    await page.context().close()

    await central.goto(`${editor}&service=${await nanterre()}`)
    await central
      .getByText(/^Personnalisé le/)
      .first()
      .waitFor()
    await central.getByText(/^Versions \(1\)$/).click()
    await expectAccessible(central)
    await central.context().close()
  })

  it('are read on a phone without scrolling sideways; a draft is kept', async () => {
    const page = await desk.agent(admin, { viewport: phoneSized })
    await page.goto(editor)
    await page.getByText('Cas courant', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Convocation de suivi SPIP' }).click()
    await page.getByRole('link', { name: /^RDV téléphonique/ }).click()
    const text = page.getByLabel('Texte du SMS de convocation')
    await expect.poll(() => text.inputValue()).toContain('par téléphone')
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await text.fill('{lieu.nom} : brouillon {rdv.date} {rdv.heure}')
    await page.getByText(/Brouillon gardé à/).waitFor()
    await page.reload()
    await expect.poll(() => text.inputValue()).toBe('{lieu.nom} : brouillon {rdv.date} {rdv.heure}')
    await page.context().close()
  })

  it('common, say before they are kept what is wrong with them, and which places they could not be written for', async () => {
    const place = await prisma.place.findFirstOrThrow({
      // A service without a text of its own.
      where: { organization: { name: 'SPIP 78 Versailles' }, archivedAt: null },
      select: { id: true, name: true, phone: true, email: true, mainContactMethod: true },
    })
    const { id, name, ...reached } = place
    await prisma.place.update({
      where: { id },
      data: { phone: null, email: 'accueil@justice.example', mainContactMethod: 'email' },
    })
    const page = await desk.agent(team, { viewport: { width: 1366, height: 768 } })
    await page.goto(editor)
    const text = page.getByLabel('Texte du SMS de convocation')
    const before = await text.inputValue()
    await text.fill(
      '{lieu.nom} : r\u0435ndez-vous le {rdv.date} à {rdv.heure}.\n{lieu.lien_info} ou www.exemple.fr',
    )
    await page.getByText('« r\u0435ndez » a des lettres d’un autre alphabet').waitFor()
    await page.getByText('« www.exemple.fr » est une adresse de trop : une seule adresse').waitFor()
    await expectAccessible(page)
    await text.press('Control+Enter')
    await page.getByRole('alert').getByText('1 point est à corriger').waitFor()
    expect(await text.inputValue()).toContain('www.exemple.fr')

    await text.fill(`${before}\nAppelez le {lieu.téléphone}.`)
    // Other journeys may have left places without a phone.
    const short = page.getByRole('button', { name: /^\d+\s+lieux? à compléter$/ })
    await short.press('Enter')
    await page.getByText(/\d+\s+lieux?\s+n’(a|ont)\s+pas ce que ce texte donne/).waitFor()
    expect(await page.getByRole('link', { name, exact: true }).getAttribute('href')).toContain(
      `Place/records/${id}`,
    )
    await expectAccessible(page)
    await text.press('Control+Enter')
    await page.getByText(/^Texte enregistré/).waitFor()
    await page.getByText(/^Versions \(2\)$/).click()
    // The line that came is seen, and said.
    await page.locator('del').filter({ hasText: '↵' }).waitFor()
    await page.getByText(/^Retiré/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Remettre en vigueur la version/ }).press('Enter')
    await expect.poll(() => text.inputValue()).toBe(before)
    await prisma.place.update({ where: { id }, data: reached })
    await page.context().close()
  })

  it('of one service are never kept for all: what is chosen is shown before it is written, and the button says whose it is', async () => {
    const page = await desk.agent(team, { viewport: { width: 1366, height: 768 } })
    await page.goto(editor.replace('summons', 'cancellation'))
    const text = page.getByLabel('Texte du SMS d’annulation')
    const services = page.getByLabel('Textes de')
    const keep = (whose: string) => page.getByRole('button', { name: `Enregistrer pour ${whose}` })
    await keep('tous les services').waitFor()
    const common = await text.inputValue()
    const isCommon = async () =>
      (
        await prisma.messageTemplateVersion.findFirstOrThrow({
          where: {
            template: { organizationId: null, typeCode: 'probation_follow_up', kind: 'cancellation' },
          },
          orderBy: { id: 'desc' },
          select: { text: true },
        })
      ).text === common

    // By the keys of the list, which choose at each press: nothing can be written before it is shown.
    await services.press('ArrowDown')
    await page.getByText('Appuyez sur Entrée, ou sur « Afficher », pour ouvrir ces textes.').waitFor()
    expect(await text.count()).toBe(0)
    await expectAccessible(page)
    await services.press('Enter')
    await page.getByRole('button', { name: /^Enregistrer pour (?!tous)/ }).waitFor()
    expect(await services.evaluate((field) => field === document.activeElement)).toBe(true)

    // By the pointer, at once.
    await services.click()
    await services.selectOption({ label: 'SPIP 973 Cayenne' })
    await keep('SPIP 973 Cayenne').waitFor()
    await text.fill(common.replace('{lieu.nom}', 'Cayenne, {lieu.nom}'))
    await text.press('Control+Enter')
    await page.getByText('Texte enregistré pour SPIP 973 Cayenne : les prochains SMS l’utilisent.').waitFor()
    expect(await isCommon()).toBe(true)
    await page.getByRole('button', { name: /^Remettre le texte d’avant/ }).press('Enter')
    await expect.poll(() => text.inputValue()).toBe(common)

    await services.selectOption({ label: 'Textes communs à tous les services' })
    await keep('tous les services').waitFor()
    await text.fill(`${common} Merci.`)
    await text.press('Control+Enter')
    await page.getByText(/^Texte enregistré pour tous les services \(\d+\sle suivent\)/).waitFor()
    expect(await isCommon()).toBe(false)
    await page.getByRole('button', { name: /^Remettre le texte d’avant/ }).press('Enter')
    await expect.poll(() => text.inputValue()).toBe(common)
    expect(await isCommon()).toBe(true)
    await page.context().close()
  })

  it.each([
    ['a usual screen', { width: 1366, height: 768 }],
    ['a phone', phoneSized],
  ])('are kept by a button that %s shows wherever the page is', async (_, viewport) => {
    const page = await desk.agent(team, { viewport })
    await page.goto(editor.replace('summons', 'reminder'))
    await page.getByText('Cas courant', { exact: true }).waitFor()
    const text = page.getByLabel('Texte du SMS de rappel')
    const begun = await text.inputValue()
    await text.fill(`${begun} Merci.`)
    const bottomOf = async (seen: ReturnType<typeof page.locator>) => {
      const box = await seen.boundingBox()
      return box ? box.y + box.height : Number.NaN
    }
    const save = page.getByRole('button', { name: 'Enregistrer' })
    await text.scrollIntoViewIfNeeded()
    expect(await bottomOf(save)).toBeLessThanOrEqual(viewport.height)
    // What takes the focus is not under it.
    const bar = page.locator('footer').filter({ has: save })
    for (const button of await page.getByRole('button', { name: /^Ajouter / }).all()) {
      await button.focus()
      const top = (await bar.boundingBox())?.y
      expect(await bottomOf(button)).toBeLessThanOrEqual(top ?? 0)
    }
    // What is typed is given up by a word, at once; nothing of the page is covered then.
    await page.getByRole('button', { name: 'Abandonner le brouillon' }).press('Enter')
    expect(await text.inputValue()).toBe(begun)
    expect(await text.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await bar.evaluate((foot) => getComputedStyle(foot).position)).toBe('static')
    await page.context().close()
  })

  it('say their length while they are typed; a datum is glued to nothing; what another window changed is compared', async () => {
    const page = await desk.agent(team)
    await page.goto(editor.replace('summons', 'missed'))
    const text = page.getByLabel('Texte du SMS de convocation manquée')
    const save = page.getByRole('button', { name: 'Enregistrer pour tous les services' })
    const before = await text.inputValue()
    // Under the bar of the foot, half of a button is a small target.
    const expectReadable = async () => {
      await text.evaluate((area) => area.scrollIntoView({ block: 'start' }))
      await expectAccessible(page)
    }

    await text.fill('{lieu.nom} : {rdv.date} {lieu.contact}')
    await page.getByRole('button', { name: 'Ajouter le nom du lieu, {lieu.nom}' }).press('Enter')
    expect(await text.inputValue()).toBe('{lieu.nom} : {rdv.date} {lieu.contact} {lieu.nom}')

    const describedBy = () =>
      text.evaluate((area) =>
        (area.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent)
          .join(' '),
      )
    await text.fill(`${before} ${'Long mot. '.repeat(12)}`)
    await expect.poll(describedBy).toMatch(/3 SMS avec les données les plus longues, deux d’ordinaire/)
    expect(await text.getAttribute('aria-invalid')).toBeNull()
    await expectReadable()
    await text.fill(`${before} ${'Long mot. '.repeat(60)}`)
    await expect
      .poll(describedBy)
      .toMatch(/Trop long\s: \d SMS avec les données les plus longues, quatre au plus/)
    expect(await text.getAttribute('aria-invalid')).toBe('true')
    await expectReadable()

    const other = await desk.agent(team)
    await other.goto(editor.replace('summons', 'missed'))
    await other.getByLabel('Texte du SMS de convocation manquée').fill(`${before} Autre fenêtre.`)
    await other.getByRole('button', { name: 'Enregistrer pour tous les services' }).press('Enter')
    await other.getByText(/^Texte enregistré pour tous/).waitFor()
    await text.fill(`${before} Ici.`)
    await save.press('Enter')
    await page.getByText(/^Le texte en vigueur a changé entre-temps/).waitFor()
    await page.getByText('Ce que vous avez écrit, comparé au texte en vigueur').waitFor()
    await page.locator('del').filter({ hasText: 'Autre fenêtre' }).first().waitFor()
    await expectReadable()
    await page.context().close()
    await other.getByRole('button', { name: /^Remettre le texte d’avant/ }).press('Enter')
    await expect.poll(() => other.getByLabel(/^Texte du SMS/).inputValue()).toBe(before)
    await other.context().close()
  })

  it('are kept with the hours of their reminder, by one button and one notice, which a refusal takes away', async () => {
    const page = await desk.agent(team)
    await page.goto(
      `/admin/resources/MessageTemplate/actions/texts?type=probation_follow_up&kind=reminder&service=${await nanterre()}`,
    )
    const text = page.getByLabel('Texte du SMS de rappel')
    const hours = page.getByLabel('Le rappel part')
    const ours = '{lieu.nom} : rappel, {rdv.date} à {rdv.heure}, au portail bleu. {lieu.lien_info}'
    await hours.selectOption('48')
    await text.fill(ours)
    await text.press('Control+Enter')
    await page
      .getByText(/^Texte enregistré.*Délai du rappel enregistré pour SPIP 92 Nanterre\s: 48 heures avant\.$/)
      .waitFor()
    await page.reload()
    await expect.poll(() => text.inputValue()).toBe(ours)
    expect(await hours.inputValue()).toBe('48')

    // The hours alone are no text that is sent again.
    await hours.selectOption('24')
    await page.getByRole('button', { name: 'Enregistrer' }).press('Enter')
    const kept = page.getByText(/^Délai du rappel enregistré pour SPIP 92 Nanterre\s: 24 heures avant\.$/)
    await kept.waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)

    await text.fill(`{ ${ours}`)
    await text.press('Control+Enter')
    await page.getByRole('alert').getByText('1 point est à corriger').waitFor()
    expect(await kept.count()).toBe(0)
    // Said once, and what is read beside it stays.
    expect(await page.getByText(/Une accolade «\s\{\s» est seule/).count()).toBe(2)
    await page.getByText(/^Aperçu du dernier texte correct/).waitFor()
    await page.getByText('Cas courant', { exact: true }).waitFor()
    await expectAccessible(page)

    // A former version is taken up again, and that is taken back.
    const next = ours.replace('bleu', 'rouge')
    await text.fill(next)
    await text.press('Control+Enter')
    await page.getByText(/^Texte enregistré/).waitFor()
    await page.getByText(/^Versions \(\d\)$/).click()
    const versions = page.getByRole('listitem').filter({ hasText: /\sà\s\d+\sh\s\d\d/ })
    await versions
      .filter({ hasText: 'bleu' })
      .first()
      .getByRole('button', { name: /^Remettre en vigueur la version/ })
      .press('Enter')
    await expect.poll(() => text.inputValue()).toBe(ours)
    await page.getByRole('button', { name: /^Remettre le texte d’avant/ }).press('Enter')
    await expect.poll(() => text.inputValue()).toBe(next)
    await page.context().close()
  })
})

const nanterre = async () =>
  (await prisma.organization.findFirstOrThrow({ where: { name: 'SPIP 92 Nanterre' }, select: { id: true } }))
    .id
