import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { civilOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { clicksOf, expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const claire = 'claire.vasseur@justice.example'
const rosalie = 'rosalie.jean-baptiste@justice.example'

/** One of hers, of a free hour, that is still to come and reachable. */
const oneToCome = (skip = 0) =>
  prisma.appointment.findFirstOrThrow({
    where: {
      ...{ state: 'booked', startsAt: { gt: new Date(Date.now() + 3 * 24 * 3_600_000) } },
      type: { usesPublishedSlots: false },
      agent: { email: claire },
      probationer: { smsOptOut: false, phone: { not: null }, archivedAt: null },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    skip,
  })

describe('the list of those to come', () => {
  it('names its column of acts to who hears it, and says which day it reads before it is asked', async () => {
    const page = await desk.agent(claire)
    await page.clock.setFixedTime(new Date('2026-11-20T09:00:00Z'))
    await page.goto('/admin/resources/Appointment?view=to_come')
    const head = page.getByRole('columnheader', { name: 'État, actions' })
    expect((await head.locator('span').boundingBox())?.width).toBeLessThanOrEqual(1)
    const read = page.getByText('mercredi 3 février 2027')
    await page.getByLabel('Jour', { exact: true }).fill('3/12')
    expect(await page.getByText('jeudi 3 décembre 2026').count()).toBe(0)
    await page.getByLabel('Jour', { exact: true }).fill('3/2')
    await read.waitFor()
    await expectAccessible(page)
    await page.getByLabel('Jour', { exact: true }).press('Enter')
    await read.waitFor({ state: 'detached' })
    expect(page.url()).toContain('date=2027-02-03')
    await page.context().close()
  })
})

describe('an appointment that does not suit', () => {
  it('is given another date from its line, a week later, in four clicks at most', async () => {
    const { id, startsAt } = await oneToCome()
    const { date } = civilOf(startsAt, 'Europe/Paris')
    const page = await desk.agent(claire)
    await page.goto(`/admin/resources/Appointment?view=to_come&date=${date}`)
    const before = await clicksOf(page)
    await page.locator(`a[href$="/records/${id}/reschedule"]`).click()
    await page.getByRole('button', { name: /^\+\s1\ssemaine$/ }).click()
    await page.locator('[data-sms]').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Heure').fill('19h40')
    await page.getByRole('button', { name: /^Replanifier/ }).click()
    await page.getByText('Convocation déplacée au').waitFor()
    expect((await clicksOf(page)) - before).toBeLessThanOrEqual(4)
    const moved = await prisma.appointment.findFirstOrThrow({
      where: { rescheduledFromId: id },
      include: { messages: true, slot: true },
    })
    expect(moved.slot.startTime).toBe('19:40')
    expect(moved.messages.map(({ kind }) => kind).sort()).toEqual(['reminder', 'rescheduling'])
    await page.context().close()
  })

  it('is cancelled from its line on a phone, what leaves read before', async () => {
    const { id, probationerId, startsAt } = await oneToCome(1)
    const { date } = civilOf(startsAt, 'Europe/Paris')
    const { lastName, firstName } = await prisma.probationer.findUniqueOrThrow({
      where: { id: probationerId },
    })
    const page = await desk.agent(claire, { viewport: phoneSized })
    await page.goto(`/admin/resources/Appointment?view=to_come&date=${date}`)
    await page
      .getByRole('row')
      .filter({ has: page.locator(`a[href$="/records/${id}/show"]`) })
      .getByRole('button', { name: 'Annuler' })
      .click()
    await page.getByRole('group', { name: `Annuler la convocation de ${lastName}` }).waitFor()
    await page.locator('[data-sms]').first().waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Annuler et prévenir par SMS' }).click()
    await page.getByText(`${lastName} ${firstName}\u00a0: convocation annulée, un SMS part.`).waitFor()
    expect(await prisma.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'cancelled',
    })
    await page.context().close()
  })

  it('and was missed, is made again with all that was said of it', async () => {
    const missed = await oneToCome(1)
    await prisma.appointment.update({ where: { id: missed.id }, data: { state: 'missed' } })
    const page = await desk.agent(claire)
    await page.goto(`/admin/resources/Appointment/records/${missed.id}/show`)
    await page.getByRole('link', { name: 'Reconvoquer' }).click()
    await page.getByText('Après la convocation manquée du').waitFor()
    expect(await page.getByLabel('Type').inputValue()).toBe(missed.typeCode)
    await page.getByRole('button', { name: '2 semaines' }).click()
    await page.getByLabel('Heure').fill('19h45')
    await page.locator('[data-sms]').first().waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Convoquer/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Convocation enregistrée' }).waitFor()
    const again = await prisma.appointment.findFirstOrThrow({
      where: { probationerId: missed.probationerId },
      orderBy: { id: 'desc' },
    })
    expect(again).toMatchObject({ state: 'booked', typeCode: missed.typeCode, agentId: missed.agentId })
    await page.context().close()
  })
})

describe('the paper of the day', () => {
  it('is one key away from the first page, a place a page, and fits a phone', async () => {
    const page = await desk.agent(claire)
    await page.goto('/admin')
    await page.getByRole('heading', { level: 1, name: 'Que faire maintenant' }).waitFor()
    await page.keyboard.press('Alt+J')
    await page.getByRole('heading', { level: 1, name: 'Feuille du jour' }).waitFor()
    await expectAccessible(page)
    await page.setViewportSize(phoneSized)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  })
})

describe('where the court does not use the product', () => {
  it('no exit of a hearing is offered, and one reads why, and whom to write to', async () => {
    // Theirs does: until the link is taken away.
    await prisma.organizationLink.deleteMany({
      where: { probationService: { agents: { some: { email: rosalie } } } },
    })
    const page = await desk.agent(rosalie)
    await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
    await page.getByText('Aucune sortie d’audience n’est proposée').waitFor()
    expect(await page.locator('main a[href^="mailto:"]').count()).toBe(1)
    expect(await page.getByRole('navigation').getByText('Sortie d’audience').count()).toBe(0)
    await expectAccessible(page)
    await page.context().close()
  })
})
