import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mergeAgendas } from '../../../resources/agenda/commands/merge.server'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import { bookGroup } from '../../../resources/appointment/commands/book-group.server'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { cancelAppointment } from '../../../resources/appointment/commands/settle.server'
import { closePeriod, liftClosure, settleClosure } from '../../../resources/closure/commands/close.server'
import { closurePage } from '../../../resources/closure/queries/list.server'
import { previewClosure } from '../../../resources/closure/queries/preview.server'
import { archivePlace, updatePlace } from '../../../resources/place/commands/place.server'
import { createRecurringSlots } from '../../../resources/recurring-slot/commands/create.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden } from '../../../resources/shared/errors'
import { deleteSlots } from '../../../resources/slot/commands/change.server'
import { createSlots } from '../../../resources/slot/commands/create.server'
import { atOnce } from '../../support/waiting'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  aSlot,
  monday,
  type AService,
} from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let secretary: AgentActor
let counsellor: AgentActor
let spip: AService
beforeAll(async () => {
  country = await aCountry()
})
// A place a test: what closes one must not close the next test's.
beforeEach(async () => {
  const { appointmentTypes } = await prisma.place.findUniqueOrThrow({
    where: { id: country.spip.placeId },
    select: { appointmentTypes: { select: { typeCode: true } } },
  })
  const place = await prisma.place.create({
    data: {
      ...{
        organizationId: country.spip.id,
        name: 'SPIP de Nanterre',
        departmentCode: '92',
        phone: '+33199001020',
      },
      ...{ address: '14 rue des Peupliers', shortAddress: '14 rue des Peupliers' },
      appointmentTypes: { create: appointmentTypes },
      agendas: { create: { name: '1er accueil' } },
    },
    select: { id: true, agendas: { select: { id: true } } },
  })
  spip = { ...country.spip, placeId: place.id, agendaId: place.agendas[0]?.id ?? 0 }
  secretary = await anAgent(spip, 'probation_secretary')
  counsellor = await anAgent(spip, 'probation_counsellor')
})

const typeCode = 'hearing_exit_probation'
const thursday = '2026-10-08'

async function inSlot(slotId: number, person: { smsOptOut?: boolean } = {}) {
  const { id: probationerId } = await aPerson([spip, country.court], person)
  const clerk = await anAgent(country.court, 'execution_office_agent')
  const { id } = await actAt(clerk, monday, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode, placeId: spip.placeId, slotId },
      inform: person.smsOptOut ? null : 'reminder_only',
    }),
  )
  return { id, probationerId }
}
async function atFreeHour(date: string, time: string, more: object = {}, actor = counsellor) {
  const { id: probationerId } = await aPerson([spip, country.court])
  const { id } = await actAt(actor, monday, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode: 'probation_follow_up', placeId: spip.placeId },
      ...{ date, time, inform: 'reminder_only' },
      ...more,
    }),
  )
  return { id, probationerId }
}

const theAgenda = (more: object = {}) => ({ scope: `agenda:${spip.agendaId}`, firstDate: thursday, ...more })
const preview = (more: object = {}, actor = secretary) =>
  actAt(actor, monday, (ctx) => previewClosure(ctx, theAgenda(more)))
type Lines = Parameters<typeof closePeriod>[1]['lines']
const close = (lines: Lines, more: object = {}, actor = secretary) =>
  actAt(actor, monday, (ctx) => closePeriod(ctx, { ...theAgenda(), lines, ...more }))
/** Each line as it is proposed. */
const asProposed = (lines: Awaited<ReturnType<typeof preview>>['lines']): Lines =>
  lines.map(({ appointmentId, proposals: [seat] }) =>
    seat ? { appointmentId, choice: 'move', ...seat } : { appointmentId, choice: 'cancel' },
  )
const stateOf = async (id: number) => (await prisma.appointment.findUniqueOrThrow({ where: { id } })).state
const whenOf = (proposals: readonly { date: string; time: string }[]) =>
  proposals.map(({ date, time }) => `${date} ${time}`)

describe('Before a period is closed', () => {
  test('each person touched is shown with the next free seat, the same agenda first, one seat a person', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 3 })
    await aSlot(spip, typeCode, thursday, '10:00')
    await aSlot(spip, typeCode, '2026-10-07', '09:00')
    await aSlot(spip, typeCode, '2026-10-12', '09:00')
    const other = await prisma.agenda.create({ data: { placeId: spip.placeId, name: 'Permanence' } })
    await aSlot({ ...spip, agendaId: other.id }, typeCode, '2026-10-09', '09:00', { capacity: 2 })
    await aSlot(spip, typeCode, '2026-10-13', '09:00', { isOpen: false })
    const people = [
      await inSlot(closing.id),
      await inSlot(closing.id),
      await inSlot(closing.id, { smsOptOut: true }),
    ]

    const { slots, lines } = await preview()
    expect(slots).toBe(2)
    expect(lines.map(({ appointmentId }) => appointmentId)).toEqual(people.map(({ id }) => id))
    expect(lines.map(({ proposals: [seat] }) => seat && `${seat.date} ${seat.elsewhere ?? ''}`)).toEqual([
      '2026-10-12 ',
      '2026-10-09 Permanence',
      '2026-10-09 Permanence',
    ])
    expect(lines.map(({ unreachable }) => unreachable)).toEqual([null, null, 'opted_out'])
    expect(await prisma.slot.count({ where: { agendaId: spip.agendaId, isOpen: true } })).toBe(4)
  })

  test('a type without published slots goes to the same hour of the next worked day on which the agent is free', async () => {
    const { id } = await atFreeHour(thursday, '14:30')
    await atFreeHour('2026-10-09', '14:45')
    const { lines } = await preview()
    const [line] = lines
    expect(line?.appointmentId).toBe(id)
    // Friday is taken by another person of the same counsellor, then the week-end.
    expect(whenOf(line?.proposals ?? [])[0]).toBe('2026-10-12 14:30')
  })

  test('those of one collective session are proposed the same hour; somebody else of the agent, another day', async () => {
    await prisma.placeAppointmentType.create({ data: { placeId: spip.placeId, typeCode: 'group_session' } })
    const persons = await Promise.all([1, 2, 3].map(() => aPerson([spip])))
    await actAt(counsellor, monday, (ctx) =>
      bookGroup(ctx, {
        ...{ typeCode: 'group_session', placeId: spip.placeId, date: thursday, time: '14:30' },
        ...{ inform: 'reminder_only', persons: persons.map(({ id }) => ({ probationerId: id })) },
      }),
    )
    const { id: alone } = await atFreeHour(thursday, '14:40')
    const { lines } = await preview()
    expect(lines.map((line) => [line.appointmentId === alone, whenOf(line.proposals)[0]])).toEqual([
      ...persons.map(() => [false, '2026-10-09 14:30']),
      [true, '2026-10-12 14:40'],
    ])
  })

  test('nobody is sent where they are expected already, nor where something else is closed', async () => {
    const { probationerId } = await atFreeHour(thursday, '14:30')
    await atFreeHour('2026-10-09', '14:30', { probationerId })
    await actAt(secretary, monday, (ctx) =>
      closePeriod(ctx, { scope: `place:${spip.placeId}`, firstDate: '2026-10-12', lines: [] }),
    )
    const { lines } = await preview()
    expect(whenOf(lines[0]?.proposals ?? [])[0]).toBe('2026-10-13 14:30')
  })

  test('nobody is sent to a place from the day it moves', async () => {
    await atFreeHour(thursday, '14:30')
    const { id: newPlaceId } = await prisma.place.create({
      data: {
        ...{ organizationId: spip.id, name: 'Nouveau lieu', departmentCode: '92', phone: '+33199001020' },
        ...{ address: '2 rue des Ormes', shortAddress: '2 rue des Ormes' },
      },
    })
    await prisma.placeRelocation.create({
      data: { oldPlaceId: spip.placeId, newPlaceId, date: new Date('2026-10-12') },
    })
    const { lines } = await preview()
    expect(whenOf(lines[0]?.proposals ?? [])).toEqual(['2026-10-09 14:30'])
  })

  test('hours are those of each day, and an agent is absent wherever they receive', async () => {
    await atFreeHour(thursday, '09:00')
    const afternoon = await atFreeHour(thursday, '14:30')
    await atFreeHour(thursday, '15:30', {}, secretary)
    const { lines } = await preview({ scope: `agent:${counsellor.id}`, fromTime: '12:00' })
    expect(lines.map(({ appointmentId }) => appointmentId)).toEqual([afternoon.id])
  })

  test.each([
    [{ firstDate: '2026-10-02' }, 'firstDate', 'closure.past'],
    [{ lastDate: '2026-10-07' }, 'lastDate', 'closure.last_before_first'],
    [{ lastDate: '2027-06-01' }, 'lastDate', 'closure.too_long'],
    [{ firstDate: '2027-10-06' }, 'firstDate', 'closure.too_far'],
    [{ fromTime: '14:00', toTime: '12:00' }, 'toTime', 'closure.hours_reversed'],
  ])('%j is refused beside %s', async (more, field, code) => {
    await expect(preview(more)).rejects.toMatchObject({ field, code })
    await expect(close([], more)).rejects.toMatchObject({ field, code })
    expect(await prisma.closure.count({ where: { agendaId: spip.agendaId } })).toBe(0)
  })
})

describe('Closing a period', () => {
  test('closes its slots and does what each line says, one SMS an appointment moved or cancelled', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 4 })
    await aSlot(spip, typeCode, '2026-10-09', '09:00', { capacity: 4 })
    const moved = await inSlot(closing.id)
    const phoned = await inSlot(closing.id, { smsOptOut: true })
    const cancelled = await inSlot(closing.id)
    const kept = await inSlot(closing.id)
    const { lines } = await preview()
    const [first, second] = asProposed(lines)
    const done = await close(
      [
        ...[first, second].flatMap((line) => line ?? []),
        { appointmentId: cancelled.id, choice: 'cancel' },
        { appointmentId: kept.id, choice: 'keep' },
      ],
      { reason: 'Formation du service' },
    )
    expect(done).toMatchObject({ slots: 1, moved: 2, cancelled: 1, kept: 1, sms: 2, left: 0 })
    expect(await Promise.all([moved, phoned, cancelled, kept].map(({ id }) => stateOf(id)))).toEqual([
      'rescheduled',
      'rescheduled',
      'cancelled',
      'booked',
    ])
    expect(await prisma.slot.findUnique({ where: { id: closing.id } })).toMatchObject({
      isOpen: false,
      seatsTaken: 1,
    })
    const told = await prisma.historyEntry.findMany({
      where: {
        event: { in: ['appointment.rescheduled', 'appointment.cancelled'] },
        appointment: { placeId: spip.placeId },
      },
    })
    expect(told.every(({ data }) => (data as { reason?: string }).reason === 'Formation du service')).toBe(
      true,
    )
    const sent = await prisma.message.findMany({
      where: { kind: { in: ['rescheduling', 'cancellation'] }, appointment: { placeId: spip.placeId } },
    })
    expect(JSON.stringify(sent)).not.toContain('Formation')
  })

  test('leaves a stale line and does the others; it is shown again, then settled', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 3 })
    const last = await aSlot(spip, typeCode, '2026-10-09', '09:00')
    await aSlot(spip, typeCode, '2026-10-12', '09:00', { capacity: 3 })
    const [one, other, gone] = [await inSlot(closing.id), await inSlot(closing.id), await inSlot(closing.id)]
    const { lines } = await preview()
    await inSlot(last.id)
    await actAt(secretary, monday, (ctx) => cancelAppointment(ctx, { appointmentId: gone.id }))
    const done = await close(asProposed(lines))
    expect(done).toMatchObject({ moved: 1, left: 1 })
    expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['booked', 'rescheduled'])

    const settled = await actAt(secretary, monday, (ctx) =>
      settleClosure(ctx, {
        closureId: done.closureId,
        lines: [{ appointmentId: one.id, choice: 'cancel' }],
      }),
    )
    expect(settled).toMatchObject({ moved: 1, cancelled: 1, left: 0 })
  })

  test('leaves a line whose new slot was deleted meanwhile, and does the others', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 2 })
    const gone = await aSlot(spip, typeCode, '2026-10-09', '09:00')
    await aSlot(spip, typeCode, '2026-10-12', '09:00')
    await inSlot(closing.id)
    await inSlot(closing.id)
    const { lines } = await preview()
    await actAt(secretary, monday, (ctx) => deleteSlots(ctx, { slotIds: [gone.id] }))
    expect(await close(asProposed(lines))).toMatchObject({ moved: 1, left: 1 })
  })

  test('twice by the same form does it once, and says the same', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00')
    await aSlot(spip, typeCode, '2026-10-09', '09:00', { capacity: 3 })
    await inSlot(closing.id)
    const { lines } = await preview()
    const requestKey = randomUUID()
    const [first, second] = await Promise.all([0, 1].map(() => close(asProposed(lines), { requestKey })))
    expect(first).toEqual(second)
    expect(await prisma.closure.count({ where: { requestKey } })).toBe(1)
    expect(first).toMatchObject({ moved: 1, sms: 1, left: 0 })
  })

  test('of an agent keeps whoever would be received by them away, and nobody else', async () => {
    await close([], { scope: `agent:${counsellor.id}`, reason: 'Congés' })
    await expect(atFreeHour(thursday, '10:00')).rejects.toThrow('appointment.closed')
    const colleague = await anAgent(spip, 'probation_counsellor')
    await atFreeHour(thursday, '10:00', {}, colleague)
    const before = await atFreeHour('2026-10-07', '10:00')
    const move = (date: string) =>
      actAt(colleague, monday, (ctx) =>
        rescheduleAppointment(ctx, { appointmentId: before.id, date, time: '11:00' }),
      )
    await expect(move(thursday)).rejects.toThrow('appointment.closed')
    await move('2026-10-09')
  })

  test('changed since, under the same key, is not told that it is done', async () => {
    const requestKey = randomUUID()
    await close([], { requestKey })
    await expect(close([], { requestKey, fromTime: '12:00' })).rejects.toThrow('closure.already_closed')
    expect(await prisma.closure.count({ where: { requestKey } })).toBe(1)
  })

  test('under the key of another service’s form tells nothing of it', async () => {
    const requestKey = randomUUID()
    await close([], { requestKey })
    const stranger = await anAgent(country.foreign, 'local_admin')
    const scope = `agenda:${country.foreign.agendaId}`
    await expect(close([], { requestKey, scope }, stranger)).rejects.toThrow('not found')
  })

  test('while slots are opened there at once leaves none of them open', async () => {
    const created = actAt(secretary, monday, (ctx) =>
      createSlots(ctx, {
        ...{ agendaId: spip.agendaId, typeCode, dates: [thursday], durationMinutes: 30, capacity: 1 },
        hours: [{ first: '08:00', last: '18:00', everyMinutes: 5 }],
      }),
    )
    await Promise.allSettled([created, close([])])
    expect(
      await prisma.slot.count({
        where: { agendaId: spip.agendaId, date: new Date(thursday), isOpen: true },
      }),
    ).toBe(0)
  })

  test('of two agents closing the same day at once, each person is moved once', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 3 })
    await aSlot(spip, typeCode, '2026-10-09', '09:00', { capacity: 6 })
    const people = [await inSlot(closing.id), await inSlot(closing.id), await inSlot(closing.id)]
    const { lines } = await preview()
    await Promise.all([0, 1].map(() => close(asProposed(lines))))
    expect(
      await prisma.appointment.count({ where: { rescheduledFromId: { in: people.map(({ id }) => id) } } }),
    ).toBe(3)
    expect(
      await prisma.message.count({ where: { kind: 'rescheduling', appointment: { placeId: spip.placeId } } }),
    ).toBe(3)
  })

  test('keeps recurring slots, new slots and free hours out of it, until it is lifted', async () => {
    await close([], { reason: 'Grève' })
    const agendaId = spip.agendaId
    await actAt(await anAgent(spip, 'local_admin'), monday, (ctx) =>
      createRecurringSlots(ctx, {
        ...{ agendaId, typeCode, weekdays: ['4'], first: '09:00', last: '09:00' },
        ...{ everyMinutes: 30, durationMinutes: 30, capacity: 1 },
      }),
    )
    const onThursday = () => prisma.slot.count({ where: { agendaId, date: new Date(thursday) } })
    expect(await onThursday()).toBe(0)
    await expect(
      actAt(secretary, monday, (ctx) =>
        createSlots(ctx, {
          ...{ agendaId, typeCode, dates: [thursday], durationMinutes: 30, capacity: 1 },
          hours: [{ first: '10:00', last: null, everyMinutes: 30 }],
        }),
      ),
    ).rejects.toMatchObject({ code: 'slot.closed_period', field: 'dates.0' })
    await expect(atFreeHour(thursday, '10:00')).rejects.toMatchObject({ code: 'appointment.closed' })

    const { id: closureId } = await prisma.closure.findFirstOrThrow({
      where: { agendaId: spip.agendaId },
    })
    const lifted = await actAt(secretary, monday, (ctx) => liftClosure(ctx, { closureId }))
    expect(lifted).toEqual({ reopened: 0, made: 1 })
    expect(await onThursday()).toBe(1)
    await expect(atFreeHour(thursday, '10:00')).resolves.toMatchObject({ id: expect.any(Number) as number })
    await expect(actAt(secretary, monday, (ctx) => liftClosure(ctx, { closureId }))).rejects.toMatchObject({
      code: 'closure.already_lifted',
    })
  })

  test('lifted, opens again only what it closed; whom it moved keep their new date', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00')
    const byHand = await aSlot(spip, typeCode, thursday, '10:00', { isOpen: false })
    await aSlot(spip, typeCode, '2026-10-09', '09:00')
    const { id } = await inSlot(closing.id)
    const { lines } = await preview()
    const { closureId } = await close(asProposed(lines))
    await actAt(secretary, monday, (ctx) => liftClosure(ctx, { closureId }))
    const open = await prisma.slot.findMany({
      where: { id: { in: [closing.id, byHand.id] } },
      orderBy: { id: 'asc' },
    })
    expect(open.map(({ isOpen }) => isOpen)).toEqual([true, false])
    expect(await stateOf(id)).toBe('rescheduled')
  })

  test('settled by two at once decides of each person once', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 2 })
    const people = [await inSlot(closing.id), await inSlot(closing.id)]
    const { closureId } = await close([])
    const settle = (choice: 'keep' | 'cancel') =>
      actAt(secretary, monday, (ctx) =>
        settleClosure(ctx, { closureId, lines: people.map(({ id }) => ({ appointmentId: id, choice })) }),
      )
    const answers = await atOnce({ appointment: people.map(({ id }) => id) }, [
      () => settle('keep'),
      () => settle('cancel'),
    ])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    const lines = await prisma.closureLine.findMany({ where: { closureId } })
    expect(lines).toHaveLength(2)
    const [choice] = lines.map((line) => line.choice)
    for (const { id } of people) expect(await stateOf(id)).toBe(choice === 'keep' ? 'booked' : 'cancelled')
  })

  test('lifted, moves and cancels nobody any more', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00')
    const { id } = await inSlot(closing.id)
    const { closureId } = await close([])
    await actAt(secretary, monday, (ctx) => liftClosure(ctx, { closureId }))
    const settled = actAt(secretary, monday, (ctx) =>
      settleClosure(ctx, { closureId, lines: [{ appointmentId: id, choice: 'cancel' }] }),
    )
    await expect(settled).rejects.toMatchObject({ code: 'closure.already_lifted' })
    expect(await stateOf(id)).toBe('booked')
  })

  test('lifted, leaves closed what another period closes, until that one is lifted too', async () => {
    const inBoth = await aSlot(spip, typeCode, thursday, '09:00')
    const inOne = await aSlot(spip, typeCode, thursday, '14:00')
    const { closureId } = await close([])
    const strike = await close([], { scope: `place:${spip.placeId}`, toTime: '12:00' })
    const lift = (id: number) => actAt(secretary, monday, (ctx) => liftClosure(ctx, { closureId: id }))
    const open = async () =>
      (
        await prisma.slot.findMany({
          where: { id: { in: [inBoth.id, inOne.id] }, isOpen: true },
          orderBy: { id: 'asc' },
        })
      ).map(({ id }) => id)
    expect(await lift(closureId)).toEqual({ reopened: 1, made: 0 })
    expect(await open()).toEqual([inOne.id])
    expect(await lift(strike.closureId)).toEqual({ reopened: 1, made: 0 })
    expect(await open()).toEqual([inBoth.id, inOne.id])
  })

  const page = (closureId: number, actor = secretary) =>
    actAt(actor, monday, (ctx) => closurePage(ctx, { closureId }))

  test('is told by phone to whom no SMS told it, whatever is known of their number since', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00', { capacity: 3 })
    await aSlot(spip, typeCode, '2026-10-09', '09:00', { capacity: 3 })
    await inSlot(closing.id)
    const phoned = await inSlot(closing.id, { smsOptOut: true })
    const lost = await inSlot(closing.id)
    const { lines } = await preview()
    const { closureId } = await close(asProposed(lines))
    await prisma.probationer.update({ where: { id: phoned.probationerId }, data: { smsOptOut: false } })
    await prisma.message.updateMany({
      where: { probationerId: lost.probationerId, kind: 'rescheduling' },
      data: { state: 'failed', endedAt: monday },
    })
    expect((await page(closureId)).lines.map(({ told }) => told)).toEqual(['sms', 'phone', 'phone'])
  })

  test('is still read and lifted once its agenda is merged, its place archived, its agent gone elsewhere', async () => {
    const closing = await aSlot(spip, typeCode, thursday, '09:00')
    const into = await prisma.agenda.create({ data: { placeId: spip.placeId, name: 'Permanence' } })
    const ofAgenda = await close([])
    const ofPlace = await close([], { scope: `place:${spip.placeId}`, firstDate: '2026-10-09' })
    const ofAgent = await close([], { scope: `agent:${counsellor.id}` })
    const admin = await anAgent(spip, 'local_admin')
    await actAt(admin, monday, (ctx) => mergeAgendas(ctx, { agendaId: spip.agendaId, intoId: into.id }))
    await actAt(secretary, monday, (ctx) => liftClosure(ctx, { closureId: ofAgenda.closureId }))
    expect(await prisma.slot.findUnique({ where: { id: closing.id } })).toMatchObject({ isOpen: true })
    await actAt(admin, monday, (ctx) => archivePlace(ctx, { placeId: spip.placeId }))
    await prisma.agent.update({
      where: { id: counsellor.id },
      data: { organizationId: country.foreign.id },
    })
    expect(await page(ofPlace.closureId)).toMatchObject({ name: 'SPIP de Nanterre', kind: 'place' })
    expect(await page(ofAgent.closureId)).toMatchObject({ name: 'Claire Vasseur', kind: 'agent' })
    const stranger = await anAgent(country.foreign, 'local_admin')
    await expect(page(ofAgent.closureId, stranger)).rejects.toThrow('not found')
  })

  test('follows its place to another service', async () => {
    const { closureId } = await close([])
    const other = await aService('SPIP de Créteil', 'probation_service')
    const centre = await anAgent(country.spip, 'central_admin')
    const place = await prisma.place.findUniqueOrThrow({
      where: { id: spip.placeId },
      include: { appointmentTypes: true },
    })
    await actAt(centre, monday, (ctx) =>
      updatePlace(ctx, {
        ...{ placeId: place.id, version: place.updatedAt.toISOString(), organizationId: other.id },
        ...{ name: place.name, address: place.address, shortAddress: place.shortAddress },
        ...{ phone: place.phone, mainContactMethod: place.mainContactMethod },
        typeCodes: place.appointmentTypes.map(({ typeCode: code }) => code),
      }),
    )
    expect(await page(closureId, await anAgent(other, 'local_admin'))).toMatchObject({ kind: 'agenda' })
    await expect(page(closureId)).rejects.toThrow('not found')
  })

  test('belongs to those who close the slots of the service', async () => {
    await expect(preview({}, counsellor)).rejects.toThrow(Forbidden)
    await expect(close([], {}, counsellor)).rejects.toThrow(Forbidden)
    const stranger = await anAgent(country.foreign, 'local_admin')
    await expect(preview({}, stranger)).rejects.toThrow('not found')
    await expect(close([], {}, stranger)).rejects.toThrow('not found')
    await expect(close([], { scope: `agent:${stranger.id}` })).rejects.toThrow('not found')
    const neighbour = await anAgent(country.court, 'local_admin')
    await expect(close([], {}, neighbour)).rejects.toThrow('not found')
  })

  test('never touches an appointment outside of it, even asked by a forged request', async () => {
    const outside = await atFreeHour('2026-10-09', '14:30')
    const done = await close([{ appointmentId: outside.id, choice: 'cancel' }])
    expect(done).toMatchObject({ cancelled: 0, sms: 0, left: 0 })
    expect(await stateOf(outside.id)).toBe('booked')
  })
})
