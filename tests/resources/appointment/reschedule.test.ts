import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import { bookingPreview } from '../../../resources/appointment/queries/booking-preview.server'
import { freeSlots } from '../../../resources/appointment/queries/free-slots.server'
import { cancelAppointment } from '../../../resources/appointment/commands/settle.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

async function booked(more: object = {}, person: Parameters<typeof aPerson>[1] = {}) {
  const { id: probationerId } = await aPerson([country.spip, country.court], person)
  const { id } = await actAt(counsellor, monday, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
      ...{ date: '2026-10-13', time: '14:30', inform: 'reminder_only' },
      ...more,
    }),
  )
  return { id, probationerId }
}
const move = (
  appointmentId: number,
  more: Omit<Parameters<typeof rescheduleAppointment>[1], 'appointmentId'> = {},
  actor = counsellor,
) =>
  actAt(actor, monday, (ctx) =>
    rescheduleAppointment(ctx, { appointmentId, date: '2026-10-20', time: '09:00', ...more }),
  )
const one = (id: number) =>
  prisma.appointment.findUniqueOrThrow({
    where: { id },
    include: { slot: true, messages: { orderBy: { id: 'asc' } }, historyEntries: true },
  })

describe('An appointment given another date', () => {
  test('becomes two that name each other: the new one keeps what was said of the old, whose seat is free', async () => {
    const { id, probationerId } = await booked()
    const column = await prisma.customColumn.create({
      data: { organizationId: country.court.id, name: 'Cabinet', moment: 'at_booking', typeCodes: [] },
    })
    await prisma.customColumnValue.create({
      data: { appointmentId: id, customColumnId: column.id, value: 'Cabinet 3' },
    })
    await prisma.appointment.update({ where: { id }, data: { prosecutionNumber: '26 123 000 456' } })
    const director = await anAgent(country.spip, 'probation_director')
    const moved = await move(id, {}, director)

    const old = await one(id)
    const made = await one(moved.id)
    expect([old.state, made.state]).toEqual(['rescheduled', 'booked'])
    expect(old.slot.seatsTaken).toBe(0)
    expect(made.slot).toMatchObject({ seatsTaken: 1, startTime: '09:00', agendaId: old.slot.agendaId })
    expect(made).toMatchObject({
      ...{ rescheduledFromId: id, agentId: counsellor.id, bookedById: director.id, probationerId },
      ...{ prosecutionNumber: '26 123 000 456', creatingOrganizationId: country.spip.id },
    })
    expect(await prisma.customColumnValue.findMany({ where: { appointmentId: moved.id } })).toMatchObject([
      { value: 'Cabinet 3' },
    ])
    const told = old.historyEntries.find(({ event }) => event === 'appointment.rescheduled')
    expect(told?.data).toMatchObject({ otherDate: '2026-10-20', otherTime: '09:00' })
    expect(made.historyEntries).toMatchObject([
      { event: 'appointment.booked_instead', data: { otherDate: '2026-10-13', otherTime: '14:30' } },
    ])
  })

  test('is told once: the old reminder is withdrawn, one SMS leaves, a reminder of the new date is planned', async () => {
    const { id } = await booked()
    const moved = await move(id)
    expect(moved.smsPlanned).toBe(true)
    expect((await one(id)).messages.map(({ kind, state }) => [kind, state])).toEqual([
      ['reminder', 'cancelled'],
    ])
    expect((await one(moved.id)).messages.map(({ kind, state }) => [kind, state])).toEqual([
      ['rescheduling', 'planned'],
      ['reminder', 'planned'],
    ])
  })

  test('without SMS when the agent says so, or nobody can receive one', async () => {
    const quiet = await move((await booked()).id, { inform: false })
    const refused = await move((await booked({ inform: null }, { smsOptOut: true })).id)
    for (const { id, smsPlanned } of [quiet, refused]) {
      expect(smsPlanned).toBe(false)
      expect((await one(id)).messages.map(({ kind }) => kind)).toEqual(['reminder'])
    }
  })

  test('takes a seat of another published slot, the last one once', async () => {
    const typeCode = 'hearing_exit_probation'
    const from = await aSlot(country.spip, typeCode, '2026-10-13', '09:00', { capacity: 2 })
    const to = await aSlot(country.spip, typeCode, '2026-10-14', '09:00')
    const clerk = await anAgent(country.court, 'execution_office_agent')
    const people = await Promise.all([0, 1].map(() => aPerson([country.spip, country.court])))
    const ids = []
    for (const { id: probationerId } of people)
      ids.push(
        await actAt(clerk, monday, (ctx) =>
          bookAppointment(ctx, {
            ...{ probationerId, typeCode, placeId: country.spip.placeId, slotId: from.id },
            inform: 'reminder_only',
          }),
        ),
      )
    const answers = await Promise.allSettled(
      ids.map(({ id }) => move(id, { slotId: to.id, date: null, time: null })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'appointment.slot_full', field: 'slotId' },
    })
    expect(await prisma.slot.findUnique({ where: { id: to.id } })).toMatchObject({ seatsTaken: 1 })
    expect(await prisma.slot.findUnique({ where: { id: from.id } })).toMatchObject({ seatsTaken: 1 })
  })

  test('to a slot that is there no more is refused beside it', async () => {
    const typeCode = 'hearing_exit_probation'
    const from = await aSlot(country.spip, typeCode, '2026-10-13', '10:00')
    const gone = await aSlot(country.spip, typeCode, '2026-10-14', '10:00')
    const { id } = await booked({ typeCode, slotId: from.id, date: null, time: null })
    await prisma.slot.delete({ where: { id: gone.id } })
    await expect(move(id, { slotId: gone.id, date: null, time: null })).rejects.toMatchObject({
      code: 'appointment.slot_gone',
      field: 'slotId',
    })
  })

  test('only once, and never after it was cancelled', async () => {
    const { id } = await booked()
    const answers = await Promise.allSettled([move(id), move(id, { time: '10:00' })])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'appointment.already_rescheduled' },
    })
    const cancelled = await booked()
    await actAt(counsellor, monday, (ctx) => cancelAppointment(ctx, { appointmentId: cancelled.id }))
    await expect(move(cancelled.id)).rejects.toMatchObject({ code: 'appointment.already_cancelled' })
    expect(await prisma.appointment.count({ where: { rescheduledFromId: { in: [id, cancelled.id] } } })).toBe(
      1,
    )
  })

  test('where the person is expected elsewhere is refused beside the hour, or kept knowingly', async () => {
    const { id, probationerId } = await booked()
    await actAt(counsellor, monday, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
        ...{ date: '2026-10-20', time: '09:15', inform: 'reminder_only' },
      }),
    )
    await expect(move(id)).rejects.toMatchObject({ code: 'appointment.overlap', field: 'keepOverlap' })
    await expect(move(id, { time: '09:15' })).rejects.toMatchObject({ code: 'appointment.same_instant' })
    await expect(move(id, { keepOverlap: true })).resolves.toMatchObject({ time: '09:00' })
  })

  test.each([
    [{ date: '2026-10-24' }, 'appointment.weekend', 'date'],
    [{ date: '2026-11-11' }, 'appointment.holiday', 'date'],
    [{ date: '2026-10-05', time: '08:00' }, 'appointment.past', 'date'],
    [{ time: '22:00' }, 'appointment.hour_outside', 'time'],
    [{ date: null }, 'appointment.date_missing', 'date'],
  ])('%j is refused, and the old date stands', async (more, code, field) => {
    const { id } = await booked()
    await expect(move(id, more)).rejects.toMatchObject({ code, field })
    expect(await one(id)).toMatchObject({ state: 'booked', slot: { seatsTaken: 1 } })
  })

  test('belongs to the service that receives, or that made it; to nobody of another one', async () => {
    const { id } = await booked()
    const judge = await anAgent(country.court, 'sentence_judge')
    const stranger = await anAgent(country.foreign, 'probation_counsellor')
    await expect(move(id, {}, judge)).rejects.toThrow(Forbidden)
    await expect(move(id, {}, stranger)).rejects.toThrow('not found')
    expect((await one(id)).state).toBe('booked')
  })

  test('of an archived person is refused: it can still be cancelled', async () => {
    const { id, probationerId } = await booked()
    await prisma.probationer.update({ where: { id: probationerId }, data: { archivedAt: monday } })
    await expect(move(id)).rejects.toMatchObject({ code: 'probationer.archived' })
  })
})

describe('The form of another date', () => {
  const asked = (actor: AgentActor, query: Parameters<typeof bookingPreview>[1]) =>
    actAt(actor, monday, (ctx) => bookingPreview(ctx, query))

  test('says what would leave, the hours that are taken, and not that the person is expected at the old one', async () => {
    const { id, probationerId } = await booked()
    const { agendaId } = (await one(id)).slot
    await actAt(counsellor, monday, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId, agendaId },
        ...{ date: '2026-11-03', time: '16:00', inform: 'reminder_only' },
      }),
    )
    const where = { typeCode: 'any', placeId: 1, agendaId, appointmentId: id }
    const nearby = await asked(counsellor, { ...where, date: '2026-10-13', time: '14:40', inform: 'now' })
    expect(nearby).toMatchObject({ refusal: null, overlap: null, sameDay: [] })
    expect(nearby.messages.map(({ kind, leavesNow }) => [kind, leavesNow])).toEqual([
      ['rescheduling', true],
      ['reminder', false],
    ])
    const sameDay = await asked(counsellor, { ...where, date: '2026-11-03', time: '09:00' })
    expect(sameDay).toMatchObject({
      overlap: null,
      sameDay: [{ date: '2026-11-03', time: '16:00' }],
      day: { taken: ['16:00'] },
    })
    const clash = await asked(counsellor, { ...where, date: '2026-11-03', time: '16:10' })
    expect(clash.overlap).toMatchObject({ sameInstant: false, at: { time: '16:00' } })
  })

  test('offers the free slots of its place to whoever may move it, whatever types they book themselves', async () => {
    // A counsellor does not book the fitting of a tag; their service, which receives for it, may move one.
    const typeCode = 'electronic_tag_fitting'
    const slot = await aSlot(country.spip, typeCode, '2026-10-15', '09:00')
    const later = await aSlot(country.spip, typeCode, '2026-10-22', '09:00')
    const { id: probationerId } = await aPerson([country.spip, country.court])
    const director = await anAgent(country.spip, 'probation_director')
    const { id } = await actAt(director, monday, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId, typeCode, placeId: country.spip.placeId, slotId: slot.id },
        inform: 'reminder_only',
      }),
    )
    const free = await actAt(counsellor, monday, (ctx) =>
      freeSlots(ctx, { typeCode, placeId: country.spip.placeId, appointmentId: id, from: '2026-10-20' }),
    )
    expect(free.days.flatMap(({ slots }) => slots.map((one) => one.id))).toEqual([later.id])
    const moved = await move(id, { slotId: later.id, date: null, time: null })
    expect((await one(moved.id)).slot.id).toBe(later.id)
  })

  test('is nobody’s whose service neither receives nor convoked', async () => {
    const { id } = await booked()
    const clerk = await anAgent(country.court, 'court_secretary')
    await expect(
      asked(clerk, { typeCode: 'x', placeId: 1, appointmentId: id, date: '2026-11-03' }),
    ).rejects.toThrow(Forbidden)
  })
})

test('is not moved to where it is: no SMS says that it was', async () => {
  const { id } = await booked()
  const reason = async (to: object) =>
    await move(id, to).then(
      () => 'moved',
      (error: unknown) => (error as { code?: string }).code,
    )
  expect(await reason({ date: '2026-10-13', time: '14:30' })).toBe('appointment.same_date')
  expect((await one(id)).state).toBe('booked')
})

test('a session that is moved lasts as long as before', async () => {
  const { id } = await booked()
  const { slotId } = await one(id)
  await prisma.slot.update({ where: { id: slotId }, data: { durationMinutes: 120 } })
  const moved = await move(id, { date: '2026-10-21', time: '09:00' })
  expect((await one(moved.id)).slot.durationMinutes).toBe(120)
  const reason = await move(moved.id, { date: '2026-10-21', time: '20:30' }).then(
    () => 'moved',
    (error: unknown) => (error as { code?: string }).code,
  )
  expect(reason).toBe('appointment.ends_late')
})
