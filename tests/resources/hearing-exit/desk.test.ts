import { beforeAll, describe, expect, it } from 'vitest'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import { cancelAppointment } from '../../../resources/appointment/commands/settle.server'
import { fillCustomColumn } from '../../../resources/custom-column/commands/fill.server'
import { bookSeat } from '../../../resources/hearing-exit/commands/book-seat.server'
import { deskStamp, hearingExitDesk } from '../../../resources/hearing-exit/queries/desk.server'
import { whyReadOnly } from '../../../resources/hearing-exit/policy'
import { closeSlots } from '../../../resources/slot/commands/change.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aSlot, courtOf, monday } from '../../support/world'

const month = '2026-10'
const typeCode = 'hearing_exit_probation'
let country: Awaited<ReturnType<typeof aCountry>>
let bex: AgentActor
let counsellor: AgentActor
let localAdmin: AgentActor
beforeAll(async () => {
  country = await aCountry()
  bex = await anAgent(country.court, 'execution_office_agent')
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  localAdmin = await anAgent(country.spip, 'local_admin')
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
const deskOf = async (actor: AgentActor, more: { placeId?: number; month?: string } = {}) => {
  const { shown } = await by(actor, (ctx) =>
    hearingExitDesk(ctx, { typeCode, placeId: country.spip.placeId, month, ...more }),
  )
  if (!shown) throw new Error('Nothing is shown')
  return shown
}
const slotsOn = async (actor: AgentActor, date: string) =>
  (await deskOf(actor)).days.find((day) => day.date === date)?.slots ?? []
const stampOf = async () => {
  const { stamp } = await by(bex, (ctx) =>
    deskStamp(ctx, { typeCode, agendaId: country.spip.agendaId, month }),
  )
  return stamp
}
const book = (actor: AgentActor, slotId: number, probationerId: number, more: object = {}) =>
  by(actor, (ctx) => bookSeat(ctx, { slotId, probationerId, inform: 'now', ...more }))
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? [error.code, error.field] : error),
  )
const aColumn = (moment: 'at_booking' | 'in_table', dataType: 'text' | 'date' = 'text') =>
  prisma.customColumn.create({
    data: {
      ...{ organizationId: country.court.id, name: `Colonne ${moment} ${dataType}`, moment, dataType },
      typeCodes: [typeCode],
    },
  })

describe('A hearing-exit desk', () => {
  it('shows the month of an agenda, a seat a line: who is expected, sent by whom, and what is free', async () => {
    const slot = await aSlot(country.spip, typeCode, '2026-10-12', '09:00', { capacity: 3 })
    const person = await aPerson([country.spip, country.court])
    await book(bex, slot.id, person.id, { prosecutionNumber: '26055000871' })
    await aSlot(country.spip, 'electronic_tag_fitting', '2026-10-12', '09:00')
    for (const actor of [bex, counsellor, await anAgent(country.spip, 'educator'), localAdmin]) {
      const [shown, ...others] = await slotsOn(actor, '2026-10-12')
      expect(others).toEqual([])
      expect(shown).toMatchObject({
        ...{ time: '09:00', free: 2, isOpen: true },
        appointments: [
          {
            person: { id: person.id, lastName: person.lastName },
            ...{ prosecutionNumber: '26055000871', service: country.court.name },
            role: 'execution_office_agent',
          },
        ],
      })
    }
  })

  it('names no role of another service: who gave the appointment another date did not send the person', async () => {
    const from = await aSlot(country.spip, typeCode, '2026-10-12', '11:00')
    const to = await aSlot(country.spip, typeCode, '2026-10-12', '11:30')
    const { id } = await book(bex, from.id, (await aPerson([country.spip, country.court])).id)
    await by(localAdmin, (ctx) =>
      rescheduleAppointment(ctx, { appointmentId: id, slotId: to.id, inform: false }),
    )
    const moved = (await slotsOn(bex, '2026-10-12')).find((slot) => slot.id === to.id)
    expect(moved?.appointments).toMatchObject([{ service: country.court.name, role: null }])
  })

  it('leaves out who was cancelled, and keeps a closed slot only as long as somebody is expected there', async () => {
    const slot = await aSlot(country.spip, typeCode, '2026-10-13', '10:00', { capacity: 2 })
    const person = await aPerson([country.spip, country.court])
    const { id: appointmentId } = await book(bex, slot.id, person.id)
    await by(localAdmin, (ctx) => closeSlots(ctx, { slotIds: [slot.id] }))
    expect(await slotsOn(bex, '2026-10-13')).toMatchObject([{ isOpen: false, free: 0, empty: 0 }])
    await by(bex, (ctx) => cancelAppointment(ctx, { appointmentId, inform: false }))
    expect(await slotsOn(bex, '2026-10-13')).toEqual([])
  })

  it('is of the own jurisdiction: another one reads neither its places, nor whether something changed', async () => {
    await courtOf(country.foreign)
    const stranger = await anAgent(country.foreign, 'local_admin')
    const { places } = await by(stranger, (ctx) =>
      hearingExitDesk(ctx, { typeCode, placeId: country.spip.placeId }),
    )
    expect(places.map(({ id }) => id)).not.toContain(country.spip.placeId)
    await expect(
      by(stranger, (ctx) => deskStamp(ctx, { typeCode, agendaId: country.spip.agendaId, month })),
    ).rejects.toThrow(NotFound)
    const slot = await aSlot(country.spip, typeCode, '2026-10-14', '10:00')
    const person = await aPerson([country.foreign])
    await expect(book(stranger, slot.id, person.id)).rejects.toThrow(NotFound)
  })

  it('opens on the first month that has something', async () => {
    const service = country.branch
    await aSlot(service, typeCode, '2026-12-07', '09:00')
    const shown = await deskOf(await anAgent(service, 'local_admin'), { placeId: service.placeId, month: '' })
    expect(shown.month).toBe('2026-12')
    expect(shown.months).toHaveLength(6)
  })
})

describe('A month of a desk where nothing is free', () => {
  const at = (year: number, service = country.branch, actor = localAdmin) =>
    actAt(actor, new Date(`${year}-01-04T08:00:00Z`), (ctx) =>
      hearingExitDesk(ctx, { typeCode, placeId: service.placeId, month: `${year}-02` }),
    )

  it('leads to the next one that has a line, and to the next one that has a free seat', async () => {
    const admin = await anAgent(country.branch, 'local_admin')
    const nextOf = async () => (await at(2031, country.branch, admin)).shown?.next
    await aSlot(country.branch, typeCode, '2031-01-20', '09:00')
    expect(await nextOf()).toEqual({ line: null, free: null })
    // A closed slot where nobody is expected is no line; a full one is, and is not free.
    await aSlot(country.branch, typeCode, '2031-03-10', '09:00', { isOpen: false })
    await aSlot(country.branch, typeCode, '2031-04-14', '09:00', { capacity: 1, seatsTaken: 1 })
    expect(await nextOf()).toEqual({ line: '2031-04', free: null })
    await aSlot(country.branch, typeCode, '2031-05-12', '09:00')
    expect(await nextOf()).toEqual({ line: '2031-04', free: '2031-05' })
    await aSlot(country.branch, typeCode, '2031-02-10', '09:00')
    expect(await nextOf()).toEqual({ line: null, free: null })
  })

  it('looks no further than the months that the desk offers', async () => {
    const admin = await anAgent(country.branch, 'local_admin')
    await aSlot(country.branch, typeCode, '2032-07-05', '09:00')
    const { shown } = await at(2032, country.branch, admin)
    expect(shown?.months.at(-1)).toBe('2032-06')
    expect(shown?.next).toEqual({ line: null, free: null })
  })
})

describe('A seat of a desk', () => {
  it('says why who reads it does not book it: their role, the place, the hour', async () => {
    const toCome = await aSlot(country.spip, typeCode, '2026-10-22', '09:00')
    const past = await aSlot(country.spip, typeCode, '2026-10-05', '08:00')
    const whyOf = async (actor: AgentActor, slot: { id: number }, date: string) =>
      (await slotsOn(actor, date)).find(({ id }) => id === slot.id)?.whyNot
    expect(await whyOf(bex, toCome, '2026-10-22')).toBeNull()
    expect(await whyOf(bex, past, '2026-10-05')).toBe('past')
    // Probation reads the desk of the judge, and sends nobody there.
    const judge = 'hearing_exit_sentence_judge'
    await aSlot(country.court, judge, '2026-10-23', '09:00')
    const { shown } = await by(counsellor, (ctx) =>
      hearingExitDesk(ctx, { typeCode: judge, placeId: country.court.placeId, month }),
    )
    expect(shown?.readOnly).toBe('role')
    expect(shown?.days.flatMap(({ slots }) => slots.map(({ whyNot }) => whyNot))).toEqual(['role'])
    const type = await prisma.appointmentType.findUniqueOrThrow({ where: { code: typeCode } })
    const elsewhere = { organizationId: country.court.id, appointmentTypes: [{ typeCode }] }
    expect(whyReadOnly(localAdmin, { type, place: elsewhere })).toBe('place')
  })

  it('is free no more once its hour is past, and is still told as empty', async () => {
    await aSlot(country.spip, typeCode, '2026-10-05', '07:00', { capacity: 2 })
    const [slot] = await slotsOn(bex, '2026-10-05')
    expect(slot).toMatchObject({ time: '07:00', free: 0, empty: 2, whyNot: 'past' })
  })

  it('is booked from its line, once, and the last one by one clerk', async () => {
    const slot = await aSlot(country.spip, typeCode, '2026-10-15', '09:00', { capacity: 1 })
    const [one, other] = [
      await aPerson([country.spip, country.court]),
      await aPerson([country.spip, country.court]),
    ]
    const requestKey = '3b241101-e2bb-4255-8caf-4136c566a971'
    const booked = await book(bex, slot.id, one.id, { requestKey })
    expect(await book(bex, slot.id, one.id, { requestKey })).toEqual(booked)
    expect(await reasonOf(book(bex, slot.id, other.id))).toEqual(['appointment.slot_full', 'slotId'])
    expect(await prisma.appointment.count({ where: { slotId: slot.id } })).toBe(1)
  })

  it('asks at booking what the court asks then, of those it follows', async () => {
    const column = await aColumn('at_booking')
    const slot = await aSlot(country.spip, typeCode, '2026-10-16', '09:00', { capacity: 3 })
    const person = await aPerson([country.spip, country.court])
    const field = `cells.${column.id}`
    expect(await reasonOf(book(bex, slot.id, person.id))).toEqual(['custom_column.missing', field])
    await book(bex, slot.id, person.id, { cells: { [column.id]: '15e chambre' } })
    const [shown] = await slotsOn(counsellor, '2026-10-16')
    expect(shown?.appointments[0]?.cells).toContainEqual({ value: '15e chambre', mayFill: false })
    // Another service, and somebody the court does not follow, are asked nothing.
    await book(counsellor, slot.id, (await aPerson([country.spip, country.court])).id)
    await book(bex, slot.id, (await aPerson([country.spip])).id)
    await prisma.customColumn.delete({ where: { id: column.id } })
  })
})

describe('A cell of a desk', () => {
  it('is filled, changed and emptied in its place, by who works there', async () => {
    const column = await aColumn('in_table')
    const slot = await aSlot(country.spip, typeCode, '2026-10-19', '09:00', { capacity: 3 })
    const person = await aPerson([country.spip, country.court])
    const { id: appointmentId } = await book(bex, slot.id, person.id)
    const fill = (actor: AgentActor, value: string, seen = '') =>
      by(actor, (ctx) => fillCustomColumn(ctx, { appointmentId, customColumnId: column.id, value, seen }))
    const before = await stampOf()
    expect(await fill(bex, 'Remis')).toEqual({ value: 'Remis' })
    expect(await stampOf()).not.toBe(before)
    // Whoever wrote in the meantime is not undone without a word.
    expect(await reasonOf(fill(bex, 'Non remis'))).toEqual(['custom_column.filled_meanwhile', 'value'])
    await fill(bex, 'Non remis', 'Remis')
    expect(await fill(bex, '', 'Non remis')).toEqual({ value: null })
    expect(await prisma.customColumnValue.count({ where: { appointmentId } })).toBe(0)
    await expect(fill(await anAgent(country.foreign, 'local_admin'), 'Pris')).rejects.toThrow(NotFound)
    await prisma.customColumn.delete({ where: { id: column.id } })
  })

  it('holds days where its column does, and what is asked at booking is not written there', async () => {
    const [day, asked] = [await aColumn('in_table', 'date'), await aColumn('at_booking')]
    const slot = await aSlot(country.spip, typeCode, '2026-10-20', '09:00')
    const person = await aPerson([country.spip, country.court])
    const { id: appointmentId } = await book(bex, slot.id, person.id, { cells: { [asked.id]: 'CRPC' } })
    const fill = (customColumnId: number, value: string) =>
      by(bex, (ctx) => fillCustomColumn(ctx, { appointmentId, customColumnId, value, seen: '' }))
    expect(await reasonOf(fill(day.id, 'demain'))).toEqual(['custom_column.not_a_day', 'value'])
    await fill(day.id, '2026-10-21')
    expect(await reasonOf(fill(asked.id, 'Autre'))).toEqual(['custom_column.at_booking', 'value'])
    await prisma.customColumn.deleteMany({ where: { id: { in: [day.id, asked.id] } } })
  })

  it('of the judge’s desk is read by probation, and written by the court', async () => {
    const judge = 'hearing_exit_sentence_judge'
    const column = await prisma.customColumn.create({
      data: { organizationId: country.court.id, name: 'Cabinet', moment: 'in_table', typeCodes: [judge] },
    })
    const slot = await aSlot(country.court, judge, '2026-10-21', '09:00')
    const person = await aPerson([country.spip, country.court])
    const { id: appointmentId } = await book(bex, slot.id, person.id)
    const input = { appointmentId, customColumnId: column.id, value: 'A', seen: '' }
    await expect(by(counsellor, (ctx) => fillCustomColumn(ctx, input))).rejects.toThrow(Forbidden)
    await by(bex, (ctx) => fillCustomColumn(ctx, input))
  })
})
