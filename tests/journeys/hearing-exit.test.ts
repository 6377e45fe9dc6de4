import { randomInt } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentActor } from '../../resources/agent/queries/actor.server'
import { bookSeat } from '../../resources/hearing-exit/commands/book-seat.server'
import { workingDayFrom } from '../../resources/shared/calendar'
import { addMonths, dbDateOf, instantOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { orNotFound } from '../../resources/shared/errors'
import { formatHour, formatMonth } from '../../resources/shared/french'
import { actAt, aPerson, workingDay } from '../support/world'
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
  const place = await prisma.place.findFirstOrThrow({
    where: { organization: { name: 'SPIP 92 Nanterre' } },
    orderBy: { id: 'asc' },
  })
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

/** An agenda of the probation service of the demonstration, with these slots, and where its desk is. */
async function anAgenda(month: string, slots: [day: string, time: string, capacity: number][]) {
  const place = await prisma.place.findFirstOrThrow({
    where: { organization: { name: 'SPIP 92 Nanterre' } },
    orderBy: { id: 'asc' },
  })
  const { id } = await prisma.agenda.create({
    data: {
      placeId: place.id,
      name: `Permanence ${randomInt(1e9)}`,
      slots: {
        create: slots.map(([day, startTime, capacity]) => ({
          ...{ typeCode: 'hearing_exit_probation', startTime, capacity },
          date: dbDateOf(`${month}-${day}`),
          startsAt: instantOf(`${month}-${day}`, startTime, 'Europe/Paris'),
        })),
      },
    },
  })
  const desk = `/admin/resources/Slot/actions/probationDesk?placeId=${place.id}&agendaId=${id}`
  const book = async (person: { id: number }, time: string) => {
    const { id: agentId } = await prisma.agent.findUniqueOrThrow({ where: { email: head } })
    const actor = orNotFound(
      await agentActor({ tx: prisma, actor: { kind: 'system', task: 'test' }, now: new Date() }, agentId),
      'agent',
    )
    const slot = await prisma.slot.findFirstOrThrow({ where: { agendaId: id, startTime: time } })
    await actAt(actor, new Date(), (ctx) =>
      bookSeat(ctx, { slotId: slot.id, probationerId: person.id, inform: 'now' }),
    )
  }
  return { address: `${desk}&month=${month}`, desk, book }
}

/** Somebody whom the service and the court of the demonstration follow. */
async function somebody() {
  const services = await prisma.organization.findMany({
    where: { name: { in: ['SPIP 92 Nanterre', 'TJ de Nanterre'] } },
  })
  // In letters: a number is looked for as one.
  const lastName = String(randomInt(1e8, 1e9)).replace(/\d/g, (digit) => 'BCDFGHJKLM'.charAt(Number(digit)))
  return aPerson(services, { lastName })
}
const inMonths = (months: number) => addMonths(`${workingDay(0).slice(0, 7)}-01`, months).slice(0, 7)
/** A weekday of the month, which is no holiday. */
const weekday = (month: string, from = 10) =>
  workingDayFrom(`${month}-${String(from).padStart(2, '0')}`, '92').slice(8)

/** As a reader of the screen says it: with plain spaces. */
const said = (time: string) => formatHour(time).replaceAll('\u00a0', ' ')
const convokeAt = (page: Page, time: string) =>
  page.getByRole('button', { name: new RegExp(`^Convoquer ici.* à ${said(time)}$`) })
const whom = (page: Page) => page.getByLabel('Personne', { exact: true })

describe('what is booked on a line', () => {
  it('is told before: the SMS as they leave, and where else the person is expected; then the paper is printed there', async () => {
    const month = inMonths(2)
    const day = weekday(month)
    const { address, book } = await anAgenda(month, [
      [day, '09:00', 1],
      [day, '09:10', 1],
    ])
    const person = await somebody()
    await book(person, '09:00')
    const page = await desk.agent(clerk)
    await page.goto(address)
    await convokeAt(page, '09:10').click()
    await whom(page).fill(person.lastName)
    await page.getByText('Déjà une convocation à ce moment').waitFor()
    const told = await page.locator('[data-sms]').allInnerTexts()
    await expectAccessible(page)
    await page.getByRole('checkbox', { name: 'Garder cette heure' }).check()
    await page.getByRole('button', { name: `Convoquer ${person.lastName}` }).click()
    const paper = page.getByRole('link', { name: 'Imprimer la convocation' })
    await paper.waitFor()
    await expect.poll(() => paper.evaluate((link) => link === document.activeElement)).toBe(true)

    const { id } = await prisma.appointment.findFirstOrThrow({
      where: { probationerId: person.id, slot: { startTime: '09:10' } },
      select: { id: true },
    })
    expect(await paper.getAttribute('href')).toBe(`/admin/resources/Appointment/records/${id}/print`)
    expect(told).toHaveLength(await prisma.message.count({ where: { appointmentId: id } }))
    expect(told.some((text) => text.startsWith('SPIP de Nanterre') && text.includes('9h10'))).toBe(true)
    await page.context().close()
  })

  it('is not held back when what would leave cannot be read; an hour that was accepted is so for nobody else, and nowhere else', async () => {
    const month = inMonths(2)
    const day = weekday(month)
    const { address, book } = await anAgenda(month, [
      [day, '09:00', 2],
      [day, '09:10', 1],
      [day, '09:12', 1],
    ])
    const [person, other] = [await somebody(), await somebody()]
    await book(person, '09:00')
    await book(other, '09:00')
    const page = await desk.agent(clerk)
    await page.goto(address)
    await convokeAt(page, '09:10').click()
    const preview = '**/bookingPreview*'
    let answered = () => {}
    const held = new Promise<void>((resolve) => (answered = resolve))
    await page.route(preview, async (route) => {
      await held
      await route.abort()
    })
    await whom(page).fill(person.lastName)
    const convoke = page.getByRole('button', { name: `Convoquer ${person.lastName}` })
    await convoke.waitFor()
    expect(await convoke.isDisabled()).toBe(true)
    answered()
    await page.getByText('Les SMS n’ont pas pu être lus').waitFor()
    expect(await convoke.isEnabled()).toBe(true)
    await page.unroute(preview)
    await page.getByRole('button', { name: 'Réessayer' }).click()
    const accepted = page.getByRole('checkbox', { name: 'Garder cette heure' })
    await accepted.check()

    await whom(page).fill(other.lastName)
    await page.getByRole('button', { name: `Convoquer ${other.lastName}` }).waitFor()
    expect(await accepted.isChecked()).toBe(false)
    await accepted.check()
    await book(await somebody(), '09:10')
    await page
      .getByRole('alert')
      .getByRole('button', { name: new RegExp(` à ${said('09:12')}$`) })
      .click()
    expect(await accepted.isChecked()).toBe(false)
    await page.context().close()
  })

  it('is of who is typed: whoever was found before is not convoked in their place', async () => {
    const month = inMonths(2)
    const { address } = await anAgenda(month, [[weekday(month), '09:00', 2]])
    const person = await somebody()
    const page = await desk.agent(clerk)
    await page.goto(address)
    await convokeAt(page, '09:00').click()
    await whom(page).fill(person.lastName)
    await page.getByRole('button', { name: `Convoquer ${person.lastName}` }).waitFor()
    await whom(page).fill('QUELQU’UN D’AUTRE')
    await whom(page).press('Enter')
    await page.getByText('Aucune personne de ce nom').waitFor()
    expect(await prisma.appointment.count({ where: { probationerId: person.id } })).toBe(0)
    await page.context().close()
  })

  it('goes to another seat with what was typed when somebody was quicker, free seats only or not', async () => {
    const month = inMonths(2)
    const day = weekday(month)
    const { address, book } = await anAgenda(month, [
      [day, '09:00', 1],
      [day, '10:00', 1],
    ])
    const [person, other] = [await somebody(), await somebody()]
    const page = await desk.agent(clerk)
    await page.goto(`${address}&free=on`)
    await convokeAt(page, '09:00').click()
    await whom(page).fill(person.lastName)
    await page.getByLabel('N° de parquet').fill('26055000871')
    await book(other, '09:00')
    await page.getByText('La dernière place vient d’être prise').waitFor()
    expect(await whom(page).inputValue()).toBe(person.lastName)
    await expectAccessible(page)
    await page
      .getByRole('alert')
      .getByRole('button', { name: new RegExp(` à ${said('10:00')}$`) })
      .click()
    expect(await whom(page).inputValue()).toBe(person.lastName)
    await page.getByRole('button', { name: `Convoquer ${person.lastName}` }).click()
    await page.getByRole('link', { name: 'Imprimer la convocation' }).waitFor()
    const booked = await prisma.appointment.findFirstOrThrow({
      where: { probationerId: person.id },
      select: { prosecutionNumber: true, slot: { select: { startTime: true } } },
    })
    expect(booked).toEqual({ prosecutionNumber: '26055000871', slot: { startTime: '10:00' } })
    await page.context().close()
  })

  it('is seen by another clerk, without the line where they write moving', async () => {
    const month = inMonths(2)
    const day = weekday(month)
    const { address, book } = await anAgenda(month, [
      [day, '09:00', 3],
      [day, '10:00', 2],
      [day, '11:00', 2],
      // Below them, so that the page is longer than the window.
      ...['12', '13', '14', '15', '16', '17', '18', '19'].flatMap((hour): [string, string, number][] => [
        [day, `${hour}:00`, 1],
        [day, `${hour}:30`, 1],
      ]),
    ])
    const [own, others] = [await somebody(), [await somebody(), await somebody()]]
    await book(own, '11:00')
    const page = await desk.agent(clerk)
    await page.goto(`${address}&free=on`)
    const cell = page.getByLabel(`Remise de l’avis de ${own.lastName}`)
    await cell.fill('Remis à l’avocat')
    const top = () => cell.evaluate((input) => Math.round(input.getBoundingClientRect().top))
    const before = await top()
    for (const person of others) {
      await book(person, '09:00')
      await page.getByRole('link', { name: person.lastName }).waitFor()
      expect(await top()).toBe(before)
    }
    // The last seat of the own line goes too: of the free seats only, it stays as long as it is written in.
    await book(await somebody(), '11:00')
    await page.getByText('19 places libres').first().waitFor()
    expect(await cell.inputValue()).toBe('Remis à l’avocat')
    expect(await top()).toBe(before)
    await page.context().close()
  })

  it('leads somebody new to the form with their name and the seat, which is in sight, and in no address', async () => {
    const month = inMonths(3)
    const { address } = await anAgenda(month, [[weekday(month, 20), '14:00', 2]])
    const page = await desk.agent(clerk)
    await page.goto(address)
    await convokeAt(page, '14:00').click()
    await whom(page).fill('DE LA TOUR Jean-Zéphir')
    await page.getByLabel('N° de parquet').fill('26055000872')
    await page.getByRole('link', { name: 'Nouvelle personne' }).click()
    await page.getByRole('heading', { level: 1, name: 'Enregistrer et convoquer' }).waitFor()
    expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe('DE LA TOUR')
    expect(await page.getByLabel('Prénom', { exact: true }).inputValue()).toBe('Jean-Zéphir')
    expect(await page.getByLabel('N° de parquet').inputValue()).toBe('26055000872')
    expect(decodeURIComponent(page.url())).not.toMatch(/tour|jean/i)
    // The page is read again: what came from the desk is a draft like what is typed here.
    await page.reload()
    await expect.poll(() => page.getByLabel('Nom', { exact: true }).inputValue()).toBe('DE LA TOUR')
    expect(await page.getByLabel('N° de parquet').inputValue()).toBe('26055000872')
    // The days shown begin at the day of the seat, weeks after the first free one.
    const seat = page.getByRole('radio', { name: /^14 h 00/, checked: true })
    await seat.waitFor()
    await page.context().close()
  })
})

describe('a desk', () => {
  it('on a phone shows each field whole', async () => {
    const month = inMonths(2)
    const { address, book } = await anAgenda(month, [[weekday(month), '09:00', 2]])
    const person = await somebody()
    await book(person, '09:00')
    const page = await desk.agent(clerk, { viewport: phoneSized })
    await page.goto(address)
    await convokeAt(page, '09:00').click()
    await whom(page).fill((await somebody()).lastName)
    await page.locator('[data-sms]').first().waitFor()
    await expectNoSidewaysScroll(page)
    const cut = await page.locator('main').evaluate((main) =>
      [...main.querySelectorAll('table :is(input, button, [data-sms])')].flatMap((field) => {
        const { left, right } = field.getBoundingClientRect()
        const region = field.closest('[role="region"]')?.getBoundingClientRect()
        return region && left >= region.left && right <= region.right ? [] : [field.outerHTML.slice(0, 80)]
      }),
    )
    expect(cut).toEqual([])
    await page.locator('td').getByText('Remise de l’avis').first().waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('stays at the month it opened at when its last slot is deleted, with what is typed there', async () => {
    const month = inMonths(2)
    const { desk: agenda } = await anAgenda(month, [[weekday(month), '09:00', 1]])
    const agendaId = Number(new URLSearchParams(agenda.split('?')[1]).get('agendaId'))
    const later = `${inMonths(3)}-${weekday(inMonths(3))}`
    await prisma.slot.create({
      data: {
        ...{ agendaId, typeCode: 'hearing_exit_probation', startTime: '10:00', capacity: 1 },
        ...{ date: dbDateOf(later), startsAt: instantOf(later, '10:00', 'Europe/Paris') },
      },
    })
    const page = await desk.agent(clerk)
    await page.goto(agenda)
    await convokeAt(page, '09:00').click()
    await whom(page).fill('QUELQU’UN')
    await prisma.slot.deleteMany({ where: { agendaId, startTime: '09:00' } })
    await page.getByText('Ce que vous avez saisi est gardé').waitFor()
    expect(await whom(page).inputValue()).toBe('QUELQU’UN')
    await page.context().close()
  })

  it('of a month where there is nothing leads to the next one that has something', async () => {
    const month = inMonths(3)
    const { desk: agenda } = await anAgenda(month, [[weekday(month), '09:00', 1]])
    const page = await desk.agent(clerk)
    await page.goto(`${agenda}&month=${inMonths(1)}`)
    await page.getByText(`Aucun créneau en ${formatMonth(`${inMonths(1)}-01`)}`).waitFor()
    await page.getByRole('button', { name: `Voir ${formatMonth(`${month}-01`)}` }).click()
    await convokeAt(page, '09:00').waitFor()
    await page.context().close()
  })
})

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
