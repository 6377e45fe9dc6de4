import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { generateSlots } from '../../../resources/recurring-slot/commands/generate.sql.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { civilDateFromDb } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import {
  changeCapacity,
  closeSlots,
  deleteSlots,
  reopenSlots,
} from '../../../resources/slot/commands/change.server'
import { createSlots, previewSlots } from '../../../resources/slot/commands/create.server'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let secretary: AgentActor
beforeAll(async () => {
  country = await aCountry()
  secretary = await anAgent(country.spip, 'probation_secretary')
})

const typeCode = 'hearing_exit_probation'
const line = (first: string, last: string | null = null, everyMinutes = 15) => ({ first, last, everyMinutes })
const asked = (more: object = {}) => ({
  ...{ agendaId: country.spip.agendaId, typeCode, durationMinutes: 30, capacity: 3 },
  ...{ dates: ['2026-10-08', '2026-10-09'], hours: [line('14:00'), line('09:00', '10:00', 30)] },
  ...more,
})
const anAgenda = async () =>
  (await prisma.agenda.create({ data: { placeId: country.spip.placeId, name: 'Permanence' } })).id
const slotsOf = (agendaId: number) =>
  prisma.slot.findMany({ where: { agendaId }, orderBy: { startsAt: 'asc' } })

describe('A batch of slots', () => {
  test('is every date with every hour, as its preview said', async () => {
    const agendaId = await anAgenda()
    const said = await actAt(secretary, monday, (ctx) => previewSlots(ctx, asked({ agendaId })))
    expect(await slotsOf(agendaId)).toEqual([])
    expect(await actAt(secretary, monday, (ctx) => createSlots(ctx, asked({ agendaId })))).toEqual({
      created: 8,
    })
    const made = await slotsOf(agendaId)
    expect(
      made.map(({ date, startTime }) => ({ date: civilDateFromDb(date), time: startTime, already: false })),
    ).toEqual(said.slots)
    expect(
      made.every(({ capacity, seatsTaken, isOpen }) => capacity === 3 && seatsTaken === 0 && isOpen),
    ).toBe(true)
    expect(made[0]?.startsAt).toEqual(new Date('2026-10-08T07:00:00Z'))
    const again = await actAt(secretary, monday, (ctx) => previewSlots(ctx, asked({ agendaId })))
    expect(again.slots.every(({ already }) => already)).toBe(true)
  })

  test.each([
    [{ dates: ['2026-10-08', '2026-10-10'] }, 'dates.1', 'slot.weekend'],
    [{ dates: ['2026-11-11'] }, 'dates.0', 'slot.holiday'],
    [{ dates: ['2026-10-02'] }, 'dates.0', 'slot.moment_past'],
    [{ dates: ['2026-10-05'] }, 'dates.0', 'slot.moment_past'],
    [{ dates: ['2027-10-06'] }, 'dates.0', 'slot.too_far'],
    [{ hours: [line('09:00'), line('05:00')] }, 'hours.1.first', 'slot.hour_outside'],
    [{ hours: [line('20:00', '22:00')] }, 'hours.0.last', 'slot.hour_outside'],
    [{ hours: [line('10:00', '09:00')] }, 'hours.0.last', 'slot.last_before_first'],
    [{ hours: [line('09:00', '11:00'), line('10:30', '12:00')] }, 'hours.1.first', 'slot.hours_overlap'],
    [{ hours: [line('06:00', '21:00', 1)] }, 'hours', 'slot.too_many'],
    [{ typeCode: 'hearing_exit_sentence_judge' }, 'typeCode', 'slot.type_not_yours'],
    [{ typeCode: 'probation_follow_up' }, 'typeCode', 'slot.type_not_yours'],
  ])('%j is refused beside %s, and nothing is half made', async (more, field, code) => {
    const agendaId = await anAgenda()
    const made = actAt(secretary, monday, (ctx) => createSlots(ctx, asked({ agendaId, ...more })))
    await expect(made).rejects.toMatchObject({ field, code })
    expect(await slotsOf(agendaId)).toEqual([])
  })

  test('of which several lines are wrong says them all at once', async () => {
    const made = actAt(secretary, monday, (ctx) =>
      createSlots(ctx, asked({ dates: ['2026-10-10', '2026-11-11'], hours: [line('10:00', '09:00')] })),
    )
    await expect(made).rejects.toMatchObject({
      issues: [
        { path: ['hours', '0', 'last'], message: 'La dernière heure est avant la première.' },
        { path: ['dates', '0'], message: 'Ce jour est un samedi ou un dimanche.' },
        { path: ['dates', '1'], message: 'Ce jour est férié (Armistice de 1918).' },
      ],
    })
  })

  test.each([
    { capacity: 0 },
    { capacity: -3 },
    { hours: [] },
    { dates: [] },
    { hours: [line('09:00', '10:00', 0)] },
  ])('%j is no batch', async (more) => {
    const made = actAt(secretary, monday, (ctx) => createSlots(ctx, asked(more)))
    await expect(made).rejects.toMatchObject({ name: 'ZodError' })
  })

  test('is for tag fittings only from a monitoring officer, and never in another service', async () => {
    const officer = await anAgent(country.spip, 'monitoring_officer')
    const agendaId = await anAgenda()
    const make = (by: AgentActor, more: object) => actAt(by, monday, (ctx) => createSlots(ctx, asked(more)))
    await expect(make(officer, { agendaId })).rejects.toMatchObject({ code: 'slot.type_not_yours' })
    expect(await make(officer, { agendaId, typeCode: 'electronic_tag_fitting' })).toEqual({ created: 8 })
    await expect(make(await anAgent(country.foreign, 'local_admin'), { agendaId })).rejects.toMatchObject({
      name: 'NotFound',
    })
    await expect(
      make(await anAgent(country.spip, 'probation_counsellor'), { agendaId }),
    ).rejects.toMatchObject({
      name: 'Forbidden',
    })
  })
})

describe('Slots', () => {
  const act = <Result>(work: Parameters<typeof actAt<Result>>[2], by = secretary) => actAt(by, monday, work)
  const book = async (slotId: number) => {
    const person = await aPerson([country.spip])
    const clerk = await anAgent(country.spip, 'local_admin')
    return act(
      (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId: person.id, placeId: country.spip.placeId, typeCode, slotId },
          ...{ prosecutionNumber: '26010000123', inform: 'now' },
        }),
      clerk,
    )
  }

  test('closed, take nobody more; whom they expect keep their seat, and that is said; reopened, they take again', async () => {
    const slot = await aSlot(country.spip, typeCode, '2026-10-12', '09:00', { capacity: 2 })
    const other = await aSlot(country.spip, typeCode, '2026-10-12', '09:30')
    await book(slot.id)
    const slotIds = [slot.id, other.id]
    expect(await act((ctx) => closeSlots(ctx, { slotIds }))).toEqual({ closed: 2, stillExpected: 1 })
    await expect(book(slot.id)).rejects.toMatchObject({ code: 'appointment.slot_closed' })
    await expect(act((ctx) => closeSlots(ctx, { slotIds }))).rejects.toMatchObject({
      code: 'slot.already_closed',
    })
    expect(await act((ctx) => reopenSlots(ctx, { slotIds }))).toEqual({ reopened: 2 })
    await book(slot.id)
    expect(await prisma.auditEntry.count({ where: { subject: 'slot', subjectId: slot.id } })).toBe(2)
  })

  test('of which one may not be acted on are all left as they were', async () => {
    const mine = await aSlot(country.spip, typeCode, '2026-10-13', '09:00')
    const foreign = await aSlot(country.foreign, typeCode, '2026-10-13', '09:00')
    const past = await aSlot(country.spip, typeCode, '2026-10-02', '09:00')
    for (const slotIds of [
      [mine.id, foreign.id],
      [mine.id, past.id],
    ])
      await expect(act((ctx) => closeSlots(ctx, { slotIds }))).rejects.toThrow()
    const officer = await anAgent(country.spip, 'monitoring_officer')
    const fitting = await aSlot(country.spip, 'electronic_tag_fitting', '2026-10-13', '09:00')
    await expect(act((ctx) => closeSlots(ctx, { slotIds: [fitting.id, mine.id] }), officer)).rejects.toThrow()
    expect(await prisma.slot.count({ where: { id: { in: [mine.id, fitting.id] }, isOpen: true } })).toBe(2)
    expect(await act((ctx) => closeSlots(ctx, { slotIds: [fitting.id] }), officer)).toMatchObject({
      closed: 1,
    })
  })

  test('are deleted when nobody ever took them, and their rule does not make them again', async () => {
    const rule = await prisma.recurringSlot.create({
      data: { agendaId: country.spip.agendaId, typeCode, weekday: 3, startTime: '16:00' },
    })
    await act((ctx) => generateSlots(ctx, [rule.id]))
    const [first, second] = await prisma.slot.findMany({
      where: { recurringSlotId: rule.id },
      orderBy: { startsAt: 'asc' },
    })
    const slotIds = [first?.id ?? 0]
    expect(await act((ctx) => deleteSlots(ctx, { slotIds }))).toEqual({ deleted: 1 })
    expect(await act((ctx) => generateSlots(ctx, [rule.id]))).toEqual({ made: 0, leftOut: 0 })
    await book(second?.id ?? 0)
    await expect(act((ctx) => deleteSlots(ctx, { slotIds: [second?.id ?? 0] }))).rejects.toMatchObject({
      code: 'slot.not_empty',
    })
  })

  test('take more or fewer people, never fewer than are expected, and say when they are full', async () => {
    const slot = await aSlot(country.spip, typeCode, '2026-10-14', '09:00', { capacity: 3 })
    await book(slot.id)
    await prisma.slot.update({ where: { id: slot.id }, data: { updatedAt: monday } })
    const change = (capacity: number, version = monday) =>
      actAt(secretary, new Date(monday.getTime() + capacity), (ctx) =>
        changeCapacity(ctx, { slotId: slot.id, version: version.toISOString(), capacity }),
      )
    await expect(change(0)).rejects.toMatchObject({ name: 'ZodError' })
    expect(await change(1)).toEqual({ full: true })
    await expect(change(5)).rejects.toMatchObject({
      code: 'record.changed_meanwhile_by',
      changes: { capacity: { now: '1' } },
    })
    const { updatedAt } = await prisma.slot.findUniqueOrThrow({ where: { id: slot.id } })
    expect(await change(2, updatedAt)).toEqual({ full: false })
    await book(slot.id)
    const now = await prisma.slot.findUniqueOrThrow({ where: { id: slot.id } })
    await expect(change(1, now.updatedAt)).rejects.toMatchObject({
      code: 'slot.capacity_below',
      field: 'capacity',
    })
  })
})
