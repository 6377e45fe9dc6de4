import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMonths } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { workingDay } from '../support/world'
import { clicksOf, expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const clerk = 'yann.le-goff@justice.example'
const head = 'odile.marchand@justice.example'

/** Persons whom the service of the demonstration follows, and its desk, in a month that begins. */
async function atTheDesk() {
  const place = await prisma.place.findFirstOrThrow({ where: { organization: { name: 'SPIP 92 Nanterre' } } })
  const people = await prisma.probationer.findMany({
    where: {
      ...{ archivedAt: null, limitedAt: null, phone: { not: null }, dateOfBirth: { not: null } },
      divestments: { none: { state: 'pending' } },
      followings: { some: { organizationId: place.organizationId } },
    },
    select: { id: true, lastName: true, firstName: true },
    orderBy: { id: 'asc' },
    take: 2,
  })
  const month = addMonths(`${workingDay(0).slice(0, 7)}-01`, 1).slice(0, 7)
  return { address: `/admin/resources/Slot/actions/probationDesk?placeId=${place.id}&month=${month}`, people }
}

describe('the exit of a hearing', () => {
  it('is booked from its line in five clicks at most, seen by another clerk who goes on writing', async () => {
    const { address, people } = await atTheDesk()
    const [first, second] = people
    if (!first || !second) throw new Error('The demonstration follows nobody')

    const one = await desk.agent(clerk)
    await one.goto(address)
    await expectAccessible(one)
    const before = await clicksOf(one)
    await one
      .getByRole('button', { name: /^Convoquer ici/ })
      .first()
      .click()
    await one.getByLabel('Personne', { exact: true }).fill(`${first.lastName} ${first.firstName}`)
    await expectAccessible(one)
    await one.getByRole('button', { name: `Convoquer ${first.lastName}` }).click()
    await one.getByText(`${first.lastName} ${first.firstName}\u00a0: convocation`).waitFor()
    expect((await clicksOf(one)) - before).toBeLessThanOrEqual(5)

    // She writes in the line of the first; he books the second: she sees it, and what she writes stays.
    const other = await desk.agent(head)
    await other.goto(address)
    const cell = other.getByLabel(`Remise de l’avis de ${first.lastName} ${first.firstName}`).first()
    await cell.fill('Remis à l’avocat')
    await one
      .getByRole('button', { name: /^Convoquer ici/ })
      .first()
      .click()
    await one.getByLabel('Personne', { exact: true }).fill(`${second.lastName} ${second.firstName}`)
    await one.getByRole('button', { name: `Convoquer ${second.lastName}` }).click()
    await one.getByText(`${second.lastName} ${second.firstName}\u00a0: convocation`).waitFor()
    await other
      .getByRole('link', { name: `${second.lastName} ${second.firstName}` })
      .first()
      .waitFor()
    expect(await cell.inputValue()).toBe('Remis à l’avocat')
    await cell.press('Enter')
    await expect.poll(() => prisma.customColumnValue.count({ where: { value: 'Remis à l’avocat' } })).toBe(1)
    await one.context().close()
    await other.context().close()
  })

  it('is read on a phone, printed, and leads somebody new to the form with its seat', async () => {
    const { address } = await atTheDesk()
    const page = await desk.agent(clerk, { viewport: phoneSized })
    await page.goto(address)
    await page.getByText('Chaque ligne est une place').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    const href = await page.getByRole('link', { name: /Imprimer le mois/ }).getAttribute('href')
    const printed = await page.request.get(href ?? '')
    expect(printed.headers()['content-type']).toBe('application/pdf')
    expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-')
    await page
      .getByRole('button', { name: /^Convoquer ici/ })
      .first()
      .click()
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: 'Nouvelle personne' }).click()
    await page.getByRole('heading', { level: 1, name: 'Enregistrer et convoquer' }).waitFor()
    expect(await page.getByLabel('Type', { exact: true }).inputValue()).toBe('hearing_exit_probation')
    await page.context().close()
  })
})
