import { afterAll, beforeAll, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { workingDay } from '../support/world'
import { openDesk, typedDate, type Desk } from './desk'

/** What the screens of an agent say of the product’s limits, and what nobody finds there. */
let desk: Desk
const claire = 'claire.vasseur@justice.example'
const booking = '/admin/resources/Probationer/actions/registerAndConvoke'
let record: string
let appointment: string
let probationerId: number

beforeAll(async () => {
  desk = await openDesk()
  const row = await prisma.appointment.findFirstOrThrow({
    where: { probationer: { lastName: 'BENSALEM' }, state: 'booked' },
  })
  probationerId = row.probationerId
  record = `/admin/resources/Probationer/records/${probationerId}/show`
  appointment = `/admin/resources/Appointment/records/${row.id}/show`
}, 180_000)
afterAll(() => desk.close())

const pages = () => [
  '/admin',
  booking,
  record,
  appointment,
  '/admin/resources/Probationer',
  '/admin/resources/Appointment?view=all',
]

it('nothing attaches a file, sends an SMS again, nor to a group [P125] [P127] [P128]', async () => {
  const page = await desk.agent(claire)
  await prisma.message.updateMany({ where: { probationerId }, data: { state: 'failed' } })
  for (const path of pages()) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.locator('input[type=file]').count(), path).toBe(0)
    const acts = [
      ...(await page.getByRole('button').allTextContents()),
      ...(await page.getByRole('link').allTextContents()),
    ]
    expect(
      acts.filter((words) => /renvoyer|relancer|SMS (groupé|à plusieurs)|envoyer un SMS/i.test(words)),
      path,
    ).toEqual([])
  }
  await page.context().close()
})

it('the support is one click away, wherever one is and where a type is missing [P19] [P36] [P169]', async () => {
  const page = await desk.agent('yann.le-goff@justice.example')
  for (const path of pages()) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const support = page.getByRole('link', { name: /support/i }).first()
    expect(await support.getAttribute('href'), path).toMatch(/^mailto:\S+@\S+$/)
  }
  await page.goto(booking)
  const types = await page.getByLabel('Type').locator('option').allTextContents()
  expect(types.filter((words) => /nouveau|créer|autre/i.test(words))).toEqual([])
  await page.context().close()

  const counsellor = await desk.agent(claire)
  await counsellor.goto(booking)
  const known = await prisma.probationer.findFirstOrThrow({ where: { lastName: 'MOREL' } })
  await counsellor.getByLabel('Téléphone portable').fill(known.phone ?? '')
  const warning = counsellor.getByText(/déjà/).first()
  await warning.waitFor()
  expect(await counsellor.getByRole('link', { name: /support/i }).count()).toBeGreaterThan(0)
  await counsellor.context().close()
})

it('a box says that the person wants no SMS, the record says it back, and no other box objects [P10] [P14] [P97]', async () => {
  const page = await desk.agent(claire)
  const person = await prisma.probationer.findFirstOrThrow({
    where: { lastName: 'DIALLO', smsOptOut: false, phone: { not: null } },
  })
  await page.goto(`/admin/resources/Probationer/records/${person.id}/show`)
  await page.getByRole('link', { name: 'Modifier' }).click()
  await page.getByLabel('Téléphone portable').waitFor()
  const objecting = /oppos|consent|RGPD|traitement/i
  expect((await page.locator('main').innerText()).match(objecting)).toBeNull()
  await page.getByRole('checkbox', { name: /SMS/ }).check()
  await page.getByRole('button', { name: /^Enregistrer la fiche/ }).click()
  await page.getByText('La personne refuse les SMS').waitFor()
  expect((await page.locator('main').innerText()).match(objecting)).toBeNull()
  expect(await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
    smsOptOut: true,
  })
  await page.context().close()
})

it('an SMS is never a summons: the paper is, said before and after booking [P42] [P158]', async () => {
  const page = await desk.agent(claire)
  await page.goto(`/admin/resources/Probationer/records/${probationerId}/convoke`)
  await page.getByLabel('Type').selectOption({ label: 'Convocation de suivi SPIP' })
  await page.getByLabel('Date', { exact: true }).fill(typedDate(workingDay(20)))
  await page.getByLabel('Heure').fill('8h40')
  await page.locator('[data-sms]').first().waitFor()
  for (const sms of await page.locator('[data-sms]').allTextContents())
    expect(sms).not.toMatch(/vaut convocation|tient lieu|valeur juridique/i)
  await page.getByText(/ne remplace pas la convocation papier/).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Convocation enregistrée' }).waitFor()
  await page.getByText(/convocation papier reste la seule à avoir une valeur juridique/).waitFor()
  await page
    .getByRole('button', { name: /imprimer/i })
    .first()
    .waitFor()
  await page.goto(appointment)
  await page.getByText('Seule la convocation papier a une valeur juridique').waitFor()
  await page.context().close()
})

it('a person found from the home has what is to come, the history and the acts on one page [P47]', async () => {
  const page = await desk.agent(claire)
  await page.goto('/admin')
  await page.getByLabel('Rechercher une personne').fill('bensalem')
  await page
    .getByRole('list', { name: 'Personnes trouvées' })
    .getByRole('link', { name: /^BENSALEM Karim/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: /BENSALEM Karim/ }).waitFor()
  for (const part of ['À venir', 'Historique']) {
    const card = page.getByRole('region', { name: part, exact: true })
    await card.waitFor()
    expect((await card.innerText()).length, part).toBeGreaterThan(part.length + 10)
  }
  await page
    .getByRole('link', { name: /^Convoquer/ })
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Modifier' }).waitFor()
  await page.context().close()
})
