import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { workingDay } from '../support/world'
import { expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

/** An SMS that does not arrive, from the phone of the person to the agent who sees to it. */
let desk: Desk
const claire = 'claire.vasseur@justice.example'
const list = '/admin/resources/Appointment/actions/unreached?scope=service'

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

/** Convoked by Claire, to a number that the operator says nobody has. */
async function convoked(page: Page, lastName: string, time: string): Promise<number> {
  const place = await prisma.place.findFirstOrThrow({
    where: { organization: { name: 'SPIP 92 Nanterre' }, archivedAt: null },
    select: { id: true, agendas: { select: { id: true }, take: 1 } },
  })
  const answer = await page.request.post('/admin/api/resources/Probationer/actions/registerAndConvoke', {
    headers: { Origin: desk.url },
    data: {
      probationer: { lastName, firstName: 'Alix', dateOfBirth: '1991-04-12', phone: '0639980004' },
      appointment: {
        ...{ typeCode: 'probation_follow_up', placeId: place.id, agendaId: place.agendas[0]?.id },
        ...{ date: workingDay(9), time, inform: 'now' },
      },
    },
  })
  const { ok, result } = (await answer.json()) as { ok: boolean; result: { id: number } }
  expect(ok).toBe(true)
  return result.id
}

describe('An SMS that does not arrive', () => {
  it('is told as it happens; from its list the number is corrected, the reminder to come is said, the line goes [P121] [P122]', async () => {
    const page = await desk.agent(claire)
    const id = await convoked(page, 'MAUVAIS', '10:15')
    await page.goto(`/admin/resources/Appointment/records/${id}/show`)
    // Nothing is pressed: the page learns it.
    await page.getByText('Non reçu : numéro non attribué').first().waitFor({ timeout: 30_000 })
    await page.getByText('Demandez le bon numéro').first().waitFor()
    await page
      .getByRole('navigation', { name: 'Menu principal' })
      .getByRole('link', { name: /SMS à vérifier/ })
      .click()
    await page.getByRole('heading', { level: 1, name: 'SMS à vérifier' }).waitFor()
    const line = page.getByRole('row').filter({ hasText: 'MAUVAIS Alix' })
    await line.getByText('SMS de convocation non reçu : numéro non attribué').waitFor()
    await expectAccessible(page)
    await line.getByRole('link', { name: 'Corriger le numéro de MAUVAIS Alix' }).click()
    const phone = page.getByLabel('Téléphone portable')
    await expect.poll(() => phone.evaluate((field) => field === document.activeElement)).toBe(true)
    await phone.fill('06 39 98 76 54')
    await page.getByRole('button', { name: 'Enregistrer la fiche' }).click()
    await page.waitForURL('**/Appointment/actions/unreached*')
    await page.getByText(/Un SMS de rappel partira/).waitFor()
    await page.getByRole('heading', { level: 1, name: 'SMS à vérifier' }).waitFor()
    await line.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('is told by phone, from a phone too, and that is taken back', async () => {
    const page = await desk.agent(claire, { viewport: phoneSized })
    const appointmentId = await convoked(page, 'APPEL', '11:15')
    await expect
      .poll(() => prisma.message.count({ where: { appointmentId, state: 'failed' } }), { timeout: 30_000 })
      .toBe(1)
    await page.goto(list)
    const line = page.getByRole('row').filter({ hasText: 'APPEL Alix' })
    await line.waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await line.getByRole('button', { name: /^Prévenue par téléphone/ }).click()
    await line.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Remettre à prévenir/ }).click()
    await line.waitFor()
    await page.context().close()
  })
})
