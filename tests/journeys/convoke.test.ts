import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatBirth, formatDay, smsHour } from '../../resources/shared/french'
import { prisma } from '../../resources/shared/db.server'
import { bringForward, queuedJobs } from '../support/queue'
import {
  answersTo,
  clicksOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openDesk,
  phoneSized,
  signIn,
  typedDate,
  type Answer,
  type Desk,
} from './desk'
import { workingDay } from '../support/world'

/** One story, each chapter begins where the last one ended. */
let desk: Desk
let page: Page
let answers: Answer[]
const date = workingDay(9)
const person = { lastName: 'LEGRAND', firstName: 'Sophie', birth: '12041991', phone: '06 39 98 77 12' }
let appointmentPath: string
let appointmentId: number
let bookedAt: number
const strokes: { fields: number; characters: number } = { fields: 0, characters: 0 }

beforeAll(async () => {
  desk = await openDesk()
  page = await desk.visitor()
  answers = answersTo(page)
}, 180_000)
afterAll(() => desk.close())

/** Types as fingers do, then goes on to the next field. */
async function type(text: string, then: 'Tab' | null = 'Tab') {
  strokes.fields += 1
  strokes.characters += text.length
  await page.keyboard.type(text)
  if (then) await page.keyboard.press(then)
}

const focusedLabel = () =>
  page.evaluate(() => {
    const field = document.activeElement
    return field instanceof HTMLInputElement || field instanceof HTMLSelectElement
      ? (field.labels?.[0]?.textContent ?? '').replace('facultatif', '').trim()
      : (field?.textContent ?? '').trim()
  })

/** Presses Tab until the field of this label has the focus: what the keyboard alone reaches. */
async function tabTo(label: string) {
  for (let stops = 0; stops < 15; stops += 1) {
    if ((await focusedLabel()) === label) return
    await page.keyboard.press('Tab')
  }
  expect(await focusedLabel()).toBe(label)
}

describe('Une conseillère enregistre et convoque', () => {
  it('signs in, accepts the charter once, and is told what to do now [P90]', async () => {
    await page.goto('/agents/connexion')
    await expectAccessible(page)
    await signIn(page, 'malik.benali@justice.example')
    await page.waitForURL('**/agents/charte*')
    await expectAccessible(page)
    await page.keyboard.press('Tab')
    await page.getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/admin')
    await page.getByRole('heading', { level: 1, name: 'Que faire maintenant' }).waitFor()
    await page
      .getByText(/(\d+|Aucune)\s+convocations?\s+aujourd/)
      .first()
      .waitFor()
    await expectAccessible(page)
  })

  it('registers and convokes in one page, with the keyboard alone, in time [P8]', async () => {
    // Warm: the first page of a server that has just started is not what an agent waits for every day.
    await page.goto('/admin/resources/Probationer/actions/registerAndConvoke')
    await page.getByLabel('Nom', { exact: true }).waitFor()
    await page.goto('/admin')
    await page.getByRole('heading', { level: 1, name: 'Que faire maintenant' }).waitFor()
    answers.length = 0
    const from = Date.now()

    await page.keyboard.press('Alt+N')
    await page.waitForURL('**/Probationer/actions/registerAndConvoke')
    await page.getByLabel('Nom', { exact: true }).waitFor()
    expect(await focusedLabel()).toBe('Nom')
    await type('legrand')
    await type('sophie')
    await type(person.birth)
    await page.getByText(formatBirth('1991-04-12')).first().waitFor()
    await tabTo('Téléphone portable')
    await type(person.phone.replaceAll(' ', ''))
    await page.getByText('pas encore utilisé').waitFor()
    await tabTo('Type')
    await type('Convocation de suivi SPIP', null)
    await tabTo('Date')
    await type(typedDate(date))
    await page.getByText(formatDay(date), { exact: true }).first().waitFor()
    await tabTo('Heure')
    await type('1430', null)
    await page.locator('[data-sms]').first().waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'Convocation enregistrée' }).waitFor()
    bookedAt = Date.now()

    expect(await clicksOf(page)).toBe(0)
    await expectAccessible(page)
    tellFigures(bookedAt - from)
  })

  it('leaves within ten seconds for the outbox, with all that the person needs [P107] [P114]', async () => {
    const created = await prisma.probationer.findFirstOrThrow({
      where: { lastName: 'LEGRAND' },
      include: { appointments: { include: { messages: true } } },
    })
    const [appointment] = created.appointments
    appointmentId = appointment?.id ?? 0
    const to = created.phone ?? ''
    expect(created).toMatchObject({ firstName: 'Sophie', phone: '+33639987712' })
    await expect
      .poll(() => prisma.outboxItem.count({ where: { recipient: to } }), { timeout: 10_000, interval: 100 })
      .toBe(1)
    process.stdout.write(`\n  summons in the outbox after ${Date.now() - bookedAt} ms (10 000 allowed)\n`)

    const outbox = await desk.visitor()
    await outbox.goto('/boite-d-envoi')
    await expectAccessible(outbox)
    const sms = outbox.getByRole('article').first()
    expect(await sms.getByRole('heading').textContent()).toContain('RDV Justice')
    const text = (await sms.locator('p').first().textContent()) ?? ''
    expect(text).toContain(plainDay(formatDay(date)))
    expect(text).toContain(smsHour('14:30'))
    expect(text).toContain('SPIP de Nanterre')
    expect(text).toContain('14 rue des Peupliers')
    expect(text).toContain('0199001020')
    expect(text).toMatch(/localhost:\d+\/s\/\w{8}/)
    expect(text).toMatch(/STOP\S* ?:? ?\S*localhost:\d+\/stop\/\w{10}/)
    expect(text).toMatch(/rendez-vous/i)
    await outbox.context().close()
  })

  it('has its reminder planned, with a job under its key', async () => {
    const reminder = await prisma.message.findFirstOrThrow({ where: { appointmentId, kind: 'reminder' } })
    expect(reminder).toMatchObject({ state: 'planned', reminderHours: 24 })
    const job = (await queuedJobs()).find(({ key }) => key === `message:${reminder.id}`)
    expect(job).toMatchObject({ task: 'deliver-message', runAt: reminder.dueAt })
  })

  it('shows the message on its way, then received, in the appointment’s history [P120]', async () => {
    await page.getByRole('link', { name: 'Voir la convocation et ses SMS' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/Appointment/records/*/show')
    appointmentPath = new URL(page.url()).pathname
    const summons = page.getByRole('region', { name: 'Convocation', exact: true })
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Actualiser' }).click()
          return summons.textContent()
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContain('ConvocationReçu')
    await expectAccessible(page)
    expect(await page.getByText('SMS de convocation reçu par le téléphone').count()).toBe(1)
  })

  it('opens, from the link of the SMS, the public page of the service [P113] [P126]', async () => {
    const reader = await desk.visitor({ viewport: phoneSized })
    await reader.goto('/boite-d-envoi')
    await reader.getByRole('link', { name: /\/s\// }).first().click()
    await reader.waitForURL('**/preparer-ma-convocation/spip-92-nanterre')
    await expectServicePage(reader)
    await expectAccessible(reader)
    await expectNoSidewaysScroll(reader)
    await reader.context().close()
  })

  it.each(['Nanterre', '92', 'Hauts-de-Seine', 'SPIP de Nanterre', 'nanterre 92000', 'nantere'])(
    'finds it from the home of the portal by « %s », without JavaScript',
    async (asked) => {
      const reader = await desk.visitor({ viewport: phoneSized, javaScriptEnabled: false })
      await reader.goto('/')
      await reader.getByRole('searchbox').fill(asked)
      await reader.keyboard.press('Enter')
      await reader.waitForURL('**/preparer-ma-convocation?q=*')
      await reader.getByRole('link', { name: 'SPIP de Nanterre' }).click()
      await expectServicePage(reader)
      await reader.context().close()
    },
  )

  it('has pages of the portal that anybody can use', async () => {
    const reader = await desk.visitor({ viewport: phoneSized })
    for (const path of [
      '/',
      '/preparer-ma-convocation?q=Nanterre',
      '/preparer-ma-convocation/departements/92',
    ]) {
      await reader.goto(path)
      await expectAccessible(reader)
      await expectNoSidewaysScroll(reader)
    }
    await reader.context().close()
  })

  it('lets the clerk of the linked court see the person and the appointment', async () => {
    const clerk = await desk.agent('camille.aubert@justice.example')
    await clerk.goto('/admin')
    await clerk.getByRole('heading', { level: 1 }).waitFor()
    await clerk.keyboard.press('Control+k')
    await clerk.keyboard.type('legrand sophi')
    await clerk
      .getByRole('link', { name: /LEGRAND Sophie/ })
      .first()
      .waitFor()
    await clerk.keyboard.press('ArrowDown')
    await clerk.keyboard.press('Enter')
    await clerk.waitForURL('**/Probationer/records/*/show')
    await clerk.getByRole('heading', { level: 1, name: /LEGRAND Sophie/ }).waitFor()
    await expectAccessible(clerk)
    await clerk.goto(appointmentPath)
    await clerk.getByRole('heading', { level: 1, name: 'Convocation de suivi SPIP' }).waitFor()
    await expectAccessible(clerk)
    await clerk.context().close()
  })

  it('shows nothing to an agent of another jurisdiction', async () => {
    const stranger = await desk.agent('fanny.colin@justice.example')
    await stranger.goto('/admin')
    await stranger.getByLabel('Rechercher une personne').fill('legrand')
    await stranger.getByText('Aucune fiche trouvée dans votre ressort').waitFor()
    await stranger.goto(appointmentPath)
    await stranger.getByText('Rien à cette adresse').waitFor()
    expect(await stranger.getByText(/LEGRAND|Sophie/).count()).toBe(0)
    await expectAccessible(stranger)
    await stranger.context().close()
  })

  it('shows the STOP page without stopping anything, and stops when asked [P13]', async () => {
    const reader = await desk.visitor({ viewport: phoneSized, javaScriptEnabled: false })
    const refuses = async () =>
      (await prisma.probationer.findFirstOrThrow({ where: { lastName: 'LEGRAND' } })).smsOptOut
    await reader.goto('/boite-d-envoi')
    await reader
      .getByRole('link', { name: /\/stop\// })
      .first()
      .click()
    await reader.getByRole('heading', { level: 1, name: 'Ne plus recevoir de SMS' }).waitFor()
    await reader.reload()
    expect(await refuses()).toBe(false)
    expect(await reader.getByText('06 39 98 77 12').count()).toBe(0)
    await reader.getByRole('button', { name: 'Ne plus recevoir de SMS' }).click()
    await reader.getByText('Vous ne recevrez plus de SMS').first().waitFor()
    expect(await refuses()).toBe(true)
    await reader.context().close()
  })

  it('sends nothing after that: neither the reminder, nor the cancellation', async () => {
    const sent = await prisma.outboxItem.count({ where: { channel: 'sms' } })
    const reminder = await prisma.message.findFirstOrThrow({ where: { appointmentId, kind: 'reminder' } })
    // As if its hour had come.
    await prisma.message.update({ where: { id: reminder.id }, data: { dueAt: new Date() } })
    await bringForward(`message:${reminder.id}`)
    await expect
      .poll(() => prisma.message.findUniqueOrThrow({ where: { id: reminder.id } }), { timeout: 10_000 })
      .toMatchObject({ state: 'suppressed', endReason: 'opted_out' })

    await page.goto(appointmentPath)
    await page.getByText('Refuse les SMS', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Annuler la convocation' }).click()
    const question = page.getByRole('region', { name: /^Annuler la convocation du/ })
    await question.waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('button', { name: 'Annuler et prévenir par SMS' }).count()).toBe(0)
    await question.getByRole('button', { name: 'Annuler la convocation' }).click()
    await page.getByText('Annulée', { exact: true }).waitFor()
    await expectAccessible(page)
    expect((await queuedJobs()).filter(({ task }) => task === 'deliver-message')).not.toContainEqual(
      expect.objectContaining({ key: expect.stringContaining(`:${reminder.id}`) as string }),
    )
    expect(await prisma.message.count({ where: { appointmentId, kind: 'cancellation' } })).toBe(0)
    expect(await prisma.outboxItem.count({ where: { channel: 'sms' } })).toBe(sent)
  })
})

/** Address, hours, phone, what to bring. */
async function expectServicePage(reader: Page) {
  await reader.getByRole('heading', { level: 1, name: 'SPIP de Nanterre' }).waitFor()
  for (const text of ['14 rue des Peupliers', 'lundi au jeudi', '01 99 00 10 20', 'Quels papiers apporter']) {
    expect(plainDay((await reader.locator('main').textContent()) ?? ''), text).toContain(text)
  }
}

/** As an SMS writes it: no no-break space. */
const plainDay = (text: string) => text.replace(/\s/g, ' ')

function tellFigures(elapsed: number) {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const sum = times.reduce((total, ms) => total + ms, 0)
  const worst = times.at(-1) ?? 0
  // An ordinary typist: 40 words a minute, a second and a third to find each field.
  const seconds = strokes.characters * 0.3 + strokes.fields * 1.35 + sum / 1000
  process.stdout.write(
    [
      '',
      `  clicks with the keyboard alone: 0 (8 allowed)`,
      `  ${times.length} answers, ${sum} ms in all, the longest ${worst} ms (300 allowed)`,
      `  ${strokes.characters} characters in ${strokes.fields} fields: about ${Math.round(seconds)} s (45 allowed); by the test itself ${elapsed} ms`,
      '',
    ].join('\n'),
  )
  expect(seconds).toBeLessThan(45)
  // Generous: tests share the machine. `npm run bench` measures.
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(300)
  expect(worst).toBeLessThan(1_500)
}
