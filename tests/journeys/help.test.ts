import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentPageFiles } from '../../prisma/seed/content-pages'
import { imageAt } from '../../resources/content-page/images'
import { parsePage } from '../../resources/content-page/parse'
import { linesOf } from '../../resources/content-page/tree'
import { civilDateFromDb } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { fold } from '../../resources/shared/fold'
import { formatShortDate } from '../../resources/shared/french'
import { aPerson, workingDay } from '../support/world'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, typedDate, type Desk } from './desk'

/**
 * The help of the agents, followed step by step: each is done in the product, where its words are then read.
 * `SCREENSHOTS=1 npx vitest run --project journeys tests/journeys/help.test.ts` takes its images anew.
 */
let desk: Desk
const claire = 'claire.vasseur@justice.example'
const sonia = 'sonia.marchetti@justice.example'

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const files = contentPageFiles()
const bodyOf = (name: string) => files.find(({ path }) => path === `/agents/aide/${name}`)?.content.body ?? ''

interface Step {
  /** Those between « ». */
  words: string[]
  images: string[]
}

/** The steps of one of the lists of a page. */
function stepsOf(name: string, rank: number): Step[] {
  const { opening, sections } = parsePage(bodyOf(name), []).tree
  const lists = [...opening, ...sections.flatMap(({ blocks }) => blocks)].filter(
    ({ kind }) => kind === 'steps',
  )
  const list = lists[rank]
  if (list?.kind !== 'steps') throw new Error(`${name} has no list of steps ${rank}`)
  return list.steps.map((blocks) => ({
    words: linesOf(blocks.filter(({ kind }) => kind !== 'figure')).flatMap((line) =>
      [...line.matchAll(/«\s([^»]+?)\s»/g)].map(([, words = '']) => fold(words)),
    ),
    images: blocks.flatMap((block) => (block.kind === 'figure' ? [block.src] : [])),
  }))
}

/** What is read on the screen, heard from it, or chosen in it. */
const wordsOn = async (page: Page) =>
  fold(
    await page.evaluate(() =>
      [
        document.body.innerText,
        ...[...document.querySelectorAll('[aria-label], option')]
          .filter((element) => element.checkVisibility() || element instanceof HTMLOptionElement)
          .map((element) =>
            element instanceof HTMLOptionElement ? element.text : (element.getAttribute('aria-label') ?? ''),
          ),
      ].join(' '),
    ),
  )

/** Does what a step says, and answers from where its image is taken; from the head of the page otherwise. */
type Deed = () => Promise<Locator | null>

async function follow(page: Page, name: string, deeds: readonly Deed[], rank = 0): Promise<void> {
  const steps = stepsOf(name, rank)
  expect(deeds, name).toHaveLength(steps.length)
  for (const [index, { words, images }] of steps.entries()) {
    const from = await deeds[index]?.()
    for (const word of words)
      await expect
        .poll(() => wordsOn(page), { message: `${name}, step ${index + 1}: ${word}` })
        .toContain(word)
    for (const image of images) await takeImage(page, image, from ?? page.locator('main'))
  }
}

/** Of what is followed on a screen whose own help it is. */
async function expectHelpedBy(page: Page, name: string): Promise<void> {
  const help = page.getByRole('banner').getByRole('link', { name: /^Aide/ })
  expect(await help.getAttribute('href'), page.url()).toBe(`/agents/aide/${name}`)
}

/** The file of an image, as light as the site asks. */
async function takeImage(page: Page, address: string, from: Locator): Promise<void> {
  if (!process.env.SCREENSHOTS) return
  const room = imageAt(address)
  if (!room) throw new Error(`No room is known for ${address}`)
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => {
    window.scrollTo(0, 0)
    // The address of a machine is of no use to who reads.
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { currentNode } = texts
      currentNode.nodeValue =
        currentNode.nodeValue?.replace(/http:\/\/localhost:\d+/g, 'https://msj.example') ?? ''
    }
  })
  const box = await from.boundingBox()
  if (!box) throw new Error(`Nothing is seen for ${address}`)
  const png = await page.screenshot({ fullPage: true, clip: { x: box.x, y: box.y, ...room } })
  const made = [50, 40, 30, 20].map((quality) => sharp(png).avif({ quality, effort: 6 }).toBuffer())
  const images = await Promise.all(made)
  const image = images.find(({ length }) => length <= 22_000) ?? images.at(-1)
  if (!image) throw new Error(`${address} was not drawn`)
  const file = join(import.meta.dirname, '../../portal/public', address)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, image)
}

const nothing = () => Promise.resolve(null)
const agent = (email: string) => desk.agent(email, { viewport: { width: 1216, height: 1100 } })
const menu = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link', { name, exact: true }).click()
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const personCalled = (lastName: string) =>
  prisma.probationer.findFirstOrThrow({ where: { lastName }, orderBy: { id: 'asc' } })
const recordOf = (id: number) => `/admin/resources/Probationer/records/${id}/show`

describe('the first page', () => {
  it('is read as its help says, which the top of each screen opens beside it', async () => {
    const page = await agent(claire)
    await follow(page, 'que-faire-maintenant', [
      async () => {
        await page.goto('/admin')
        await heading(page, 'Que faire maintenant')
        return null
      },
      nothing,
      nothing,
      nothing,
      async () => {
        await page.getByLabel('Rechercher une personne').fill('bensalem')
        await page.getByRole('link', { name: 'Convoquer BENSALEM Karim' }).waitFor()
        return null
      },
    ])
    await expectHelpedBy(page, 'que-faire-maintenant')
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Aide : que faire maintenant (nouvel onglet)' }).press('Enter')
    const help = await opened
    await help.getByRole('heading', { level: 1, name: 'Lire sa première page' }).waitFor()
    // What was being typed is still there.
    expect(await page.getByLabel('Rechercher une personne').inputValue()).toBe('bensalem')
    await page.context().close()
  })

  it('has the documentation in its menu, which leads to the pages of the agents [P71]', async () => {
    const page = await desk.agent(claire)
    await page.goto('/admin')
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Documentation (nouvel onglet)' }).click()
    const documentation = await opened
    await documentation.waitForURL('**/agents')
    await documentation.getByRole('main').getByRole('link', { name: 'Aide', exact: true }).click()
    await documentation.getByRole('heading', { level: 1, name: /^Aide/ }).waitFor()
    await expectAccessible(documentation)
    await page.context().close()
  })
})

describe('the days of a counsellor', () => {
  it('somebody is registered as the help of the screen says [P106]', async () => {
    const page = await agent(claire)
    await follow(page, 'enregistrer', [
      async () => {
        await page.goto('/admin')
        await heading(page, 'Que faire maintenant')
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Enregistrer et convoquer' }).first().click()
        await page.getByLabel('Nom', { exact: true }).fill('Lemoine')
        await page.getByLabel('Prénom').fill('Sacha')
        await page.getByLabel('Naissance').fill('12041991')
        await page.getByLabel('Téléphone portable').fill('06 39 98 31 47')
        await page.getByText('pas encore utilisé').waitFor()
        return page.getByRole('region', { name: 'La personne' })
      },
      nothing,
      nothing,
      nothing,
    ])
    await expectHelpedBy(page, 'enregistrer')
    await page.getByRole('button', { name: 'Enregistrer sans convoquer' }).click()
    await heading(page, 'Fiche enregistrée')
    expect((await personCalled('LEMOINE')).phone).toBe('+33639983147')
    await page.context().close()
  })

  it('somebody is convoked, given another date, then the convocation cancelled [P168]', async () => {
    const { id } = await personCalled('BENSALEM')
    const page = await agent(claire)
    await follow(page, 'convoquer', [
      async () => {
        await page.goto(recordOf(id))
        await heading(page, /BENSALEM/)
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Convoquer', exact: true }).first().click()
        await page.getByLabel('Type').selectOption({ label: 'Convocation de suivi SPIP' })
        return null
      },
      async () => {
        await page.getByLabel('Date', { exact: true }).fill(typedDate(workingDay(12)))
        await page.getByLabel('Heure').fill('14h30')
        return null
      },
      async () => {
        await page.locator('[data-sms]').first().waitFor()
        return null
      },
      nothing,
      async () => {
        await page.getByRole('button', { name: /^Convoquer/ }).click()
        await heading(page, 'Convocation enregistrée')
        await page.getByRole('region', { name: 'Les SMS' }).getByText('Rappel').waitFor()
        return null
      },
    ])
    await expectHelpedBy(page, 'convoquer')
    await page.getByRole('link', { name: 'Voir la convocation et ses SMS' }).click()
    await follow(page, 'deplacer-ou-annuler', [
      async () => {
        await heading(page, 'Convocation de suivi SPIP')
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Replanifier' }).click()
        await page.getByLabel('Date', { exact: true }).fill(typedDate(workingDay(19)))
        return null
      },
      async () => {
        await page.locator('[data-sms]').first().waitFor()
        return null
      },
      nothing,
      async () => {
        await page.getByRole('button', { name: /^Replanifier/ }).click()
        await page.getByText(/Convocation déplacée au/).waitFor()
        return null
      },
    ])
    await expectHelpedBy(page, 'deplacer-ou-annuler')
    await follow(
      page,
      'deplacer-ou-annuler',
      [
        nothing,
        async () => {
          await page.getByRole('button', { name: 'Annuler la convocation' }).click()
          await page.locator('[data-sms]').first().waitFor()
          return null
        },
      ],
      1,
    )
    await page.getByRole('button', { name: 'Annuler et prévenir par SMS' }).click()
    await page.getByText(/convocation annulée, un SMS part/).waitFor()
    await page.context().close()
  })

  it('an outcome is said, and taken back', async () => {
    const page = await agent(claire)
    await follow(page, 'est-elle-venue', [
      async () => {
        await page.goto('/admin/resources/Appointment')
        await page
          .getByRole('link', { name: /^Issues à renseigner/ })
          .first()
          .click()
        return null
      },
      async () => {
        await page.getByRole('button', { name: 'Honorée' }).first().waitFor()
        return page.getByRole('table')
      },
      async () => {
        await page.locator('button[data-key="missed"][aria-expanded]').first().click()
        return null
      },
      async () => {
        await page.getByRole('button', { name: 'Manquée, sans SMS' }).click()
        return null
      },
    ])
    await expectHelpedBy(page, 'est-elle-venue')
    await page.getByRole('button', { name: /^Retirer l’issue de/ }).click()
    await page.context().close()
  })

  it('who received no SMS is told otherwise', async () => {
    const page = await agent(claire)
    await follow(page, 'sms', [
      async () => {
        await page.goto('/admin')
        await heading(page, 'Que faire maintenant')
        return null
      },
      async () => {
        await menu(page, /SMS à vérifier/)
        await heading(page, 'SMS à vérifier')
        await page.getByRole('link', { name: 'Tout le service' }).or(page.getByRole('row')).first().waitFor()
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'sms')
    await page.context().close()
  })

  it('the sheet of the day is printed', async () => {
    const page = await agent(claire)
    await follow(page, 'imprimer', [
      async () => {
        await page.goto('/admin')
        await heading(page, 'Que faire maintenant')
        return null
      },
      async () => {
        await page.getByRole('link', { name: /^Feuille du jour/ }).click()
        await heading(page, 'Feuille du jour')
        return null
      },
      nothing,
      nothing,
    ])
    await expectHelpedBy(page, 'imprimer')
    await page.context().close()
  })

  it('a group is made up', async () => {
    const page = await agent(claire)
    await follow(page, 'convoquer-un-groupe', [
      async () => {
        await page.goto('/admin/resources/Appointment')
        await page.getByRole('link', { name: 'Convoquer un groupe' }).waitFor()
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Convoquer un groupe' }).click()
        await page.getByRole('button', { name: '1 semaine' }).click()
        await page.getByLabel('Heure', { exact: true }).fill('14h15')
        return null
      },
      async () => {
        await page.getByLabel('La séance dure').selectOption({ label: '1 h 30' })
        return null
      },
      async () => {
        for (const name of ['KACI', 'KONÉ', 'MOREL']) {
          await page.getByLabel('Ajouter une personne').fill(name)
          await page.getByRole('button', { name: new RegExp(`^Ajouter ${name}`) }).waitFor()
          await page.keyboard.press('Enter')
          await page.getByRole('button', { name: new RegExp(`^Retirer ${name}`) }).waitFor()
        }
        return page.getByRole('region', { name: 'Les personnes' })
      },
      nothing,
      async () => {
        await page.getByRole('button', { name: 'Convoquer 3 personnes' }).click()
        await heading(page, 'Groupe convoqué')
        return null
      },
    ])
    await expectHelpedBy(page, 'convoquer-un-groupe')
    await page.context().close()
  })
})

describe('records', () => {
  it('are looked for and corrected', async () => {
    const { id } = await personCalled('BENSALEM')
    const page = await agent(claire)
    await follow(page, 'fiche', [
      async () => {
        await page.goto('/admin')
        await heading(page, 'Que faire maintenant')
        await page.getByLabel('Rechercher une personne').fill('bensalem')
        await page.getByRole('link', { name: 'Convoquer BENSALEM Karim' }).waitFor()
        return page.getByRole('banner')
      },
      async () => {
        await page.keyboard.press('Escape')
        await menu(page, 'Probationnaires')
        await page.getByLabel('Tout le ressort').waitFor()
        return null
      },
      async () => {
        await page.goto(recordOf(id))
        await heading(page, /BENSALEM/)
        return page.getByRole('region', { name: 'À venir', exact: true })
      },
    ])
    await expectHelpedBy(page, 'fiche')
    await follow(
      page,
      'fiche',
      [
        nothing,
        async () => {
          await page.getByRole('link', { name: 'Modifier', exact: true }).click()
          await heading(page, 'Modifier la fiche')
          return null
        },
      ],
      1,
    )
    await page.context().close()
  })

  it('lead to the space of who is invited to it', async () => {
    const { id: assignedAgentId, organizationId } = await prisma.agent.findUniqueOrThrow({
      where: { email: claire },
    })
    const { id, ...person } = await aPerson([{ id: organizationId }], {
      ...{ lastName: 'MOULIN', firstName: 'Iris', assignedAgentId },
    })
    const page = await agent(claire)
    const card = page.getByRole('region', { name: 'Espace personnel' })
    await follow(page, 'espace-personnel', [
      async () => {
        await page.goto(recordOf(id))
        await heading(page, new RegExp(person.lastName))
        return card
      },
      async () => {
        await card.getByRole('button', { name: 'Inviter à son espace' }).waitFor()
        return null
      },
      async () => {
        await card.getByRole('button', { name: 'Inviter à son espace' }).click()
        await page.getByText('L’invitation part par SMS.').waitFor()
        // The day after.
        const lastInvitedAt = new Date(Date.now() - 25 * 60 * 60_000)
        await prisma.spaceAccount.update({ where: { probationerId: id }, data: { lastInvitedAt } })
        await page.reload()
        return null
      },
    ])
    await prisma.probationer.update({ where: { id }, data: { smsOptOut: true } })
    await page.reload()
    await page.getByRole('link', { name: 'Inviter sur papier' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectHelpedBy(page, 'espace-personnel')
    await page.context().close()
  })

  it('are not made twice: who resembles whom is said at once', async () => {
    const { lastName, firstName, dateOfBirth } = await personCalled('BENSALEM')
    const page = await agent(claire)
    await follow(page, 'doublon', [
      async () => {
        await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
        await page.getByLabel('Nom', { exact: true }).fill(lastName)
        await page.getByLabel('Prénom').fill(firstName)
        if (dateOfBirth)
          await page.getByLabel('Naissance').fill(formatShortDate(civilDateFromDb(dateOfBirth)))
        return null
      },
      async () => {
        await page.getByText('Cette personne a déjà une fiche').waitFor()
        return page.getByRole('region', { name: 'La personne' })
      },
      nothing,
    ])
    await page.context().close()
  })

  it('are asked for, where another service has them, and given', async () => {
    const versailles = await prisma.organization.findFirstOrThrow({ where: { name: 'SPIP 78 Versailles' } })
    await aPerson([versailles], { lastName: 'AUBRAC', firstName: 'Lila', dateOfBirth: '1988-02-09' })
    const page = await agent(claire)
    await follow(page, 'dessaisissement', [
      async () => {
        await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
        await page.getByLabel('Nom', { exact: true }).fill('Aubrac')
        await page.getByLabel('Prénom').fill('Lila')
        await page.getByLabel('Naissance').fill('09021988')
        return null
      },
      async () => {
        await page.getByText('hors de votre ressort').waitFor()
        return null
      },
      async () => {
        await page.getByRole('button', { name: 'Demander le dessaisissement' }).click()
        return null
      },
    ])
    await page.context().close()
    const secretary = await agent('ines.faure@justice.example')
    await follow(
      secretary,
      'dessaisissement',
      [
        async () => {
          await secretary.goto('/admin/resources/Divestment')
          await secretary.getByRole('link', { name: 'HAMDI Yacine' }).waitFor()
          return null
        },
        async () => {
          await secretary.getByRole('link', { name: 'HAMDI Yacine' }).click()
          await heading(secretary, 'HAMDI Yacine')
          return null
        },
        nothing,
      ],
      1,
    )
    await expectHelpedBy(secretary, 'dessaisissement')
    await secretary.context().close()
  })

  it('are put away, the day of their erasure said before', async () => {
    const { id } = await personCalled('LEMOINE')
    const page = await agent(claire)
    await follow(page, 'archiver', [
      async () => {
        await page.goto(recordOf(id))
        await heading(page, /LEMOINE/)
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Archiver', exact: true }).click()
        await page.getByText(/Elle sera effacée le/).waitFor()
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'archiver')
    await page.getByRole('button', { name: 'Archiver la fiche' }).click()
    await page.getByText(/^Fiche archivée.: elle sera effacée le [^,]+\.$/).waitFor()
    expect((await personCalled('LEMOINE')).archivedAt).not.toBeNull()
    await page.context().close()
  })

  it('hold what a person asks of their data', async () => {
    const { id } = await personCalled('BENSALEM')
    const page = await agent(claire)
    await follow(page, 'droits-des-personnes', [
      async () => {
        await page.goto(recordOf(id))
        await heading(page, /BENSALEM/)
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Enregistrer une demande' }).click()
        await page.getByLabel('Ce que la personne demande').selectOption({ label: 'Accès aux données' })
        await page.getByLabel('Demande reçue le').fill(typedDate(workingDay(0)))
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'droits-des-personnes')
    await page.context().close()
    const admin = await agent(sonia)
    await follow(
      admin,
      'droits-des-personnes',
      [
        async () => {
          await admin.goto('/admin')
          await menu(admin, 'Droits des personnes')
          await admin
            .getByRole('link', { name: /^Répondre/ })
            .first()
            .waitFor()
          return null
        },
        async () => {
          await admin
            .getByRole('link', { name: /^Répondre/ })
            .first()
            .click()
          await admin.getByLabel('Suite donnée').selectOption({ index: 1 })
          await admin
            .getByLabel('Ce qui a été répondu à la personne')
            .fill('Copie de ses données remise en main propre, avec une explication.')
          return null
        },
        nothing,
      ],
      1,
    )
    await expectHelpedBy(admin, 'droits-des-personnes')
    await admin.getByRole('button', { name: 'Enregistrer la réponse' }).click()
    await admin.getByText('Réponse enregistrée.').waitFor()
    await admin.context().close()
  })
})

describe('slots', () => {
  it('are opened, then taken off, as the help of the screen says [P172]', async () => {
    const day = workingDay(33)
    const page = await agent(sonia)
    await follow(page, 'creneaux', [
      async () => {
        await page.goto('/admin')
        await menu(page, 'Créneaux')
        await heading(page, 'Créneaux')
        await page.getByRole('button', { name: 'Mois suivant' }).click()
        await page.locator(`[data-day="${workingDay(30)}"]`).waitFor()
        return null
      },
      nothing,
      async () => {
        await page.getByRole('link', { name: 'Ouvrir des créneaux' }).first().click()
        await page.getByLabel('Agenda').selectOption({ label: 'SPIP de Nanterre\u00a0: Accueil' })
        await page.getByLabel('Type de convocation').selectOption('hearing_exit_probation')
        return null
      },
      async () => {
        await page.getByRole('textbox', { name: 'Jours' }).fill(formatShortDate(day))
        await page.getByLabel('De', { exact: true }).fill('7h')
        await page.getByLabel('à facultatif').fill('8h')
        return null
      },
      async () => {
        await page.getByRole('list', { name: 'Ce qui existera' }).waitFor()
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'creneaux')
    await page.getByRole('button', { name: 'Ouvrir 3 créneaux' }).click()
    await page.getByText('3 créneaux ouverts.').waitFor()
    const ofSeven = { startTime: '07:00', date: new Date(`${day}T00:00:00Z`) }
    expect(await prisma.slot.count({ where: ofSeven })).toBe(1)
    await follow(
      page,
      'creneaux',
      [
        async () => {
          await page.locator(`[data-day="${day}"]`).click()
          return null
        },
        async () => {
          await page.getByRole('checkbox', { name: /7\sh\s00/ }).check()
          return null
        },
        nothing,
      ],
      1,
    )
    await page.getByRole('link', { name: 'Supprimer' }).click()
    await page.getByRole('button', { name: 'Supprimer les créneaux' }).click()
    await page.getByText('1 créneau supprimé.').waitFor()
    expect(await prisma.slot.count({ where: ofSeven })).toBe(0)
    await page.context().close()
  })

  it('come back every week', async () => {
    const page = await agent(sonia)
    await follow(page, 'creneaux-recurrents', [
      async () => {
        await page.goto('/admin/resources/RecurringSlot')
        await page.getByRole('link', { name: 'Ouvrir une série' }).waitFor()
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Ouvrir une série' }).click()
        await page.getByLabel('Agenda').selectOption({ label: 'SPIP de Nanterre\u00a0: Accueil' })
        await page.getByLabel('Type de convocation').selectOption('electronic_tag_fitting')
        await page.getByLabel('mardi').check()
        return null
      },
      async () => {
        await page.getByLabel('Première heure').fill('9h')
        await page.getByLabel('Dernière heure').fill('11h')
        return null
      },
      nothing,
      nothing,
    ])
    await expectHelpedBy(page, 'creneaux-recurrents')
    await page.context().close()
  })

  it('close for some days, with another date for whoever was expected', async () => {
    const { id } = await prisma.agent.findUniqueOrThrow({ where: { email: claire } })
    const { slot } = await prisma.appointment.findFirstOrThrow({
      where: { agentId: id, state: 'booked', startsAt: { gt: new Date(Date.now() + 86_400_000) } },
      include: { slot: true },
      orderBy: { startsAt: 'asc' },
    })
    const page = await agent(sonia)
    await follow(page, 'fermetures', [
      async () => {
        await page.goto('/admin/resources/Closure')
        await page.getByRole('link', { name: 'Fermer une période' }).waitFor()
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Fermer une période' }).click()
        await page.getByLabel('Ce qui ferme').selectOption(`agenda:${slot.agendaId}`)
        await page.getByLabel('Du', { exact: true }).fill(formatShortDate(civilDateFromDb(slot.date)))
        return null
      },
      async () => {
        await page.getByRole('heading', { name: 'Personnes touchées' }).waitFor()
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'fermetures')
    await page.context().close()
  })
})

describe('the exit of a hearing', () => {
  it('is booked from the line of a seat', async () => {
    const page = await agent('yann.le-goff@justice.example')
    const services = await prisma.organization.findMany({
      where: { name: { in: ['SPIP 92 Nanterre', 'TJ de Nanterre'] } },
    })
    await aPerson(services, { lastName: 'DELMAS', firstName: 'Noé' })
    await follow(page, 'sortie-d-audience', [
      async () => {
        await page.goto('/admin')
        await menu(page, 'Au SPIP')
        await heading(page, 'Sortie d’audience au SPIP')
        return null
      },
      async () => {
        await page.getByLabel('Lieu').selectOption({ label: 'SPIP de Nanterre, SPIP 92 Nanterre' })
        await page.getByLabel('Agenda').waitFor()
        // This month may be at its end.
        await page.getByRole('combobox', { name: 'Mois' }).selectOption({ index: 1 })
        await page
          .getByRole('button', { name: /^Convoquer ici/ })
          .first()
          .waitFor()
        return null
      },
      nothing,
      async () => {
        await page
          .getByRole('button', { name: /^Convoquer ici/ })
          .first()
          .click()
        await page.getByLabel('Personne', { exact: true }).fill('Delmas')
        return null
      },
      async () => {
        await page.locator('[data-sms]').first().waitFor()
        return null
      },
      async () => {
        await page.getByRole('button', { name: 'Convoquer DELMAS Noé' }).click()
        await page.locator('[data-paper]').first().waitFor()
        return null
      },
    ])
    await expectHelpedBy(page, 'sortie-d-audience')
    await page.context().close()
  })
})

describe('the service', () => {
  it('receives an agent', async () => {
    const page = await agent(sonia)
    await follow(page, 'agents', [
      async () => {
        await page.goto('/admin/resources/Agent')
        await page.getByRole('link', { name: 'Ajouter un agent' }).waitFor()
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Ajouter un agent' }).click()
        await page.getByLabel('E-mail professionnel').fill('nadia.roussel@justice.example')
        await page.getByText('Personne n’a encore cette adresse').waitFor()
        await page.getByLabel('Prénom').fill('Nadia')
        await page.getByLabel('Nom', { exact: true }).fill('Roussel')
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'agents')
    await page.context().close()
  })

  it('has its places, its texts and its figures', async () => {
    const page = await agent(sonia)
    await follow(page, 'lieux-et-agendas', [
      async () => {
        await page.goto('/admin/resources/Place')
        await page.getByRole('link', { name: 'Nouveau lieu' }).waitFor()
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Nouveau lieu' }).click()
        await page.getByLabel('Nom du lieu').fill('Permanence de Colombes')
        await page.getByLabel('Adresse', { exact: true }).fill('3 place des Tilleuls, 92700 Colombes')
        return null
      },
      async () => {
        await page.getByLabel('Contact donné dans les SMS').selectOption({ label: 'Le téléphone' })
        await page.getByLabel('Téléphone').fill('01 99 00 10 25')
        return null
      },
      async () => {
        await page.getByLabel('Convocation de suivi SPIP', { exact: true }).check()
        return null
      },
      nothing,
    ])
    await expectHelpedBy(page, 'lieux-et-agendas')
    await follow(page, 'textes-des-sms', [
      async () => {
        await menu(page, /Textes des SMS/)
        await heading(page, 'Textes des SMS')
        return null
      },
      async () => {
        await page.getByRole('link', { name: 'Action collective', exact: true }).click()
        await page.getByRole('link', { name: /^Rappel/ }).click()
        return null
      },
      async () => {
        const text = page.getByLabel('Texte du SMS de rappel')
        await text.fill((await text.inputValue()).replace('une pièce', 'un stylo et une pièce'))
        const preview = page.getByRole('region', { name: 'Tel qu’il sera lu' })
        await preview.getByText('Prenez un stylo').first().waitFor()
        return page.getByRole('region', { name: 'Action collective' })
      },
      nothing,
    ])
    await expectHelpedBy(page, 'textes-des-sms')
    await follow(page, 'statistiques', [
      async () => {
        await menu(page, 'Statistiques')
        await heading(page, 'Statistiques du service')
        return null
      },
      nothing,
      nothing,
      nothing,
    ])
    await expectHelpedBy(page, 'statistiques')
    await page.context().close()
  })

  it('keeps its page and the bodies that help', async () => {
    const page = await agent(sonia)
    await follow(page, 'page-du-service', [
      async () => {
        await page.goto('/admin')
        await menu(page, 'Pages des services')
        await page.getByRole('link', { name: 'SPIP de Nanterre' }).click()
        await heading(page, /SPIP de Nanterre/)
        return null
      },
      nothing,
      async () => {
        await page.getByRole('link', { name: 'Message', exact: true }).click()
        await page
          .getByRole('textbox', { name: /^Message/ })
          .fill('Travaux\u00a0: entrez par la rue des Lilas, au numéro 3. Sonnez à l’interphone.')
        await page.getByLabel('Premier jour').fill(formatShortDate(workingDay(1)))
        await page.getByLabel('Dernier jour').fill(formatShortDate(workingDay(12)))
        return null
      },
    ])
    await expectHelpedBy(page, 'page-du-service')
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await heading(page, /SPIP de Nanterre/)
    await follow(
      page,
      'page-du-service',
      [
        nothing,
        async () => {
          await page.getByRole('link', { name: 'Photo', exact: true }).click()
          await page.getByLabel('Ce que montre la photo').waitFor()
          return null
        },
        nothing,
      ],
      1,
    )
    await follow(
      page,
      'page-du-service',
      [
        async () => {
          await menu(page, 'Organismes d’aide')
          await page.getByRole('link', { name: 'Nouvel organisme' }).waitFor()
          return null
        },
        async () => {
          await page.getByRole('link', { name: 'Nouvel organisme' }).click()
          return null
        },
        nothing,
      ],
      2,
    )
    await page.context().close()
  })

  it('is opened by the national team', async () => {
    const page = await agent('equipe.nationale@justice.example')
    await follow(page, 'equipe-nationale', [
      async () => {
        await page.goto('/admin')
        await menu(page, 'Services')
        await page.getByRole('link', { name: 'Nouveau service' }).click()
        await page.getByLabel('Nom du service').fill('SPIP 92 Colombes')
        await page.getByLabel('Département').selectOption({ label: 'Hauts-de-Seine (92)' })
        return null
      },
      async () => {
        await page.getByRole('button', { name: 'Créer le service' }).click()
        await heading(page, /SPIP 92 Colombes/)
        return null
      },
      async () => {
        await menu(page, 'Agents')
        await page.getByRole('link', { name: 'Ajouter un agent' }).waitFor()
        return null
      },
      async () => {
        await menu(page, 'Lieux')
        await page.getByRole('link', { name: 'Nouveau lieu' }).click()
        return null
      },
      async () => {
        await menu(page, 'Probationnaires')
        await page.getByRole('link', { name: 'Importer d’APPI' }).waitFor()
        return null
      },
      async () => {
        await menu(page, 'Services')
        await page.getByRole('link', { name: 'SPIP 92 Colombes' }).click()
        await page.getByRole('link', { name: 'Ouverture' }).click()
        await page.getByLabel('Ouvert depuis le').fill(formatShortDate(workingDay(0)))
        return null
      },
    ])
    await expectHelpedBy(page, 'equipe-nationale')
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await heading(page, /SPIP 92 Colombes/)
    await page.context().close()
  })

  it('is entered by its door', async () => {
    const page = await desk.visitor({ viewport: { width: 640, height: 900 } })
    await follow(page, 'connexion', [
      async () => {
        await page.goto('/agents/connexion')
        return null
      },
      async () => {
        await page.getByLabel('E-mail professionnel').fill(claire)
        await page.getByLabel('Mot de passe', { exact: true }).fill('cerisier-vapeur')
        return page.locator('main > .fr-container')
      },
      nothing,
    ])
    await follow(
      page,
      'connexion',
      [
        async () => {
          await page.goto('/agents/mot-de-passe-oublie')
          await page.getByLabel('E-mail professionnel').fill(claire)
          return page.locator('main > .fr-container')
        },
        nothing,
        nothing,
      ],
      1,
    )
    await page.context().close()
  })
})

describe('the help', () => {
  it('is read by anybody, its images at the room they take, each told in words; on a phone too', async () => {
    const page = await desk.visitor()
    const pages = files.filter(({ path }) => path.startsWith('/agents/aide/'))
    for (const { path } of pages) {
      await page.goto(path)
      for (const image of await page.getByRole('main').getByRole('img').all()) {
        await image.scrollIntoViewIfNeeded()
        await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.complete)).toBe(true)
        const drawn = await image.evaluate((one: HTMLImageElement) => ({
          natural: [one.naturalWidth, one.naturalHeight],
          declared: [Number(one.getAttribute('width')), Number(one.getAttribute('height'))],
          lazy: one.loading,
        }))
        expect(drawn, path).toEqual({ natural: drawn.declared, declared: drawn.declared, lazy: 'lazy' })
        expect((await image.getAttribute('alt'))?.length, path).toBeGreaterThan(30)
      }
    }
    await page.setViewportSize(phoneSized)
    for (const path of [
      '/agents/aide',
      '/agents/aide/convoquer',
      '/agents/aide/sms',
      '/agents/aide/documents',
    ]) {
      await page.goto(path)
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
    }
    await page.context().close()
  })

  it('has sheets to print, for the waiting room, for persons and for agents, one page of A4 each [P65]', async () => {
    const page = await desk.visitor()
    await page.goto('/questions-frequentes')
    expect(await page.locator('a[href="/agents/aide/documents/depliant"]').count()).toBe(1)
    await follow(page, 'documents', [
      async () => {
        await page.goto('/agents/aide/documents')
        await page
          .getByRole('main')
          .getByRole('link', { name: /^Affiche/ })
          .click()
        await page.getByRole('heading', { level: 1, name: 'Vous avez un téléphone' }).waitFor()
        return page.getByRole('article')
      },
      nothing,
    ])
    for (const name of [/^Affiche/, /^Dépliant/, /^Mémo/]) {
      await page.goto('/agents/aide/documents')
      await page.getByRole('main').getByRole('link', { name }).click()
      await page
        .getByText('Seule la convocation papier')
        .or(page.getByText('Elle seule a une valeur'))
        .first()
        .waitFor()
      await expectAccessible(page)
      const margin = '10mm'
      const margins = { top: margin, bottom: margin, left: margin, right: margin }
      const pdf = (await page.pdf({ format: 'A4', margin: margins })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b/g), page.url()).toHaveLength(1)
      await page.setViewportSize(phoneSized)
      await expectNoSidewaysScroll(page)
      await page.setViewportSize({ width: 1366, height: 900 })
    }
    await page.context().close()
  })
})
