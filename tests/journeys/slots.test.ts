import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, isoWeekday, type CivilDate } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { formatShortDate } from '../../resources/shared/french'
import { workingDay } from '../support/world'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
const sonia = 'sonia.marchetti@justice.example'

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const saturdayAfter = (date: CivilDate): CivilDate =>
  isoWeekday(date) === 6 ? date : saturdayAfter(addDays(date, 1))

describe('the slots of a service', () => {
  it('are opened several days and hours at once, each said before it exists; closed and taken back [P26]', async () => {
    const page = await desk.agent(sonia)
    await page.goto('/admin/resources/Slot')
    await page.getByRole('link', { name: 'Ouvrir des créneaux' }).click()
    await page.getByLabel('Agenda').selectOption({ label: 'SPIP de Nanterre\u00a0: Accueil' })
    await page.getByLabel('Type de convocation').selectOption('hearing_exit_probation')
    const [first, second] = [workingDay(40), workingDay(47)]
    const days = page.getByRole('textbox', { name: 'Jours' })
    await days.fill(formatShortDate(first))
    await days.press('Enter')
    await page.getByLabel('De', { exact: true }).fill('7h')
    await page.getByLabel('à facultatif').fill('8h')

    // A day that cannot be is told while it is typed, and nothing of the rest is lost.
    await days.fill(formatShortDate(saturdayAfter(first)))
    await page.getByText('Ce jour est un samedi ou un dimanche.').waitFor()
    await expectAccessible(page)
    await days.fill(formatShortDate(second))
    await page.getByRole('button', { name: 'Ouvrir 6 créneaux' }).waitFor()
    expect(await page.getByRole('list', { name: 'Ce qui existera' }).locator('li').count()).toBe(2)
    await expectAccessible(page)
    const made = () =>
      prisma.slot.count({
        where: { startTime: { in: ['07:00', '07:30', '08:00'] }, typeCode: 'hearing_exit_probation' },
      })
    const before = await made()
    await page.getByRole('button', { name: 'Ouvrir 6 créneaux' }).click()
    await page.getByText('6 créneaux ouverts.').waitFor()
    expect(await made()).toBe(before + 6)

    await page.goto(`/admin/resources/Slot?from=${first}`)
    const open = () => prisma.slot.count({ where: { isOpen: true, startTime: '07:00' } })
    const opened = await open()
    await page
      .getByRole('row')
      .filter({ hasText: /7\sh\s00/ })
      .first()
      .getByRole('checkbox')
      .check()
    await page.getByRole('button', { name: 'Fermer', exact: true }).click()
    await page.getByText('1 créneau fermé. Personne n’y est attendu.').waitFor()
    expect(await open()).toBe(opened - 1)
    await page.getByRole('button', { name: /^Rouvrir/ }).click()
    await page.getByText('1 créneau rouvert.').waitFor()
    expect(await open()).toBe(opened)
    await page.context().close()
  })

  it('come back every week: a series is opened on a phone, and its slots are there at once', async () => {
    const page = await desk.agent(sonia, { viewport: phoneSized })
    await page.goto('/admin/resources/RecurringSlot')
    await page.getByRole('link', { name: 'Ouvrir une série' }).click()
    await page.getByLabel('Agenda').selectOption({ label: 'SPIP de Nanterre\u00a0: Accueil' })
    await page.getByLabel('Type de convocation').selectOption('electronic_tag_fitting')
    await page.getByLabel('mardi').check()
    await page.getByLabel('jeudi').check()
    await page.getByLabel('Première heure').fill('7h')
    await page.getByLabel('Dernière heure').fill('8')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Ouvrir la série' }).click()
    await page.getByText('6 créneaux récurrents ouverts').waitFor()
    expect(await prisma.recurringSlot.count({ where: { typeCode: 'electronic_tag_fitting' } })).toBe(6)
    expect(
      await prisma.slot.count({ where: { recurringSlot: { typeCode: 'electronic_tag_fitting' } } }),
    ).toBeGreaterThan(100)
    await page.context().close()
  })
})
