import { beforeAll, describe, expect, test } from 'vitest'
import { mergeAgendas } from '../../../resources/agenda/commands/merge.server'
import { agendaToMerge } from '../../../resources/agenda/queries/merge.server'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { cancelAppointment } from '../../../resources/appointment/commands/settle.server'
import { closePeriod, liftClosure } from '../../../resources/closure/commands/close.server'
import { closurePage } from '../../../resources/closure/queries/list.server'
import { createRecurringSlots } from '../../../resources/recurring-slot/commands/create.server'
import { generateSlots } from '../../../resources/recurring-slot/commands/generate.sql.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { dbDateOf } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let admin: AgentActor
beforeAll(async () => {
  country = await aCountry()
  admin = await anAgent(country.spip, 'local_admin')
})

const typeCode = 'hearing_exit_probation'
const act = <Result>(work: Parameters<typeof actAt<Result>>[2], by = admin) => actAt(by, monday, work)
const anAgenda = async (name: string, placeId = country.spip.placeId) => ({
  ...country.spip,
  agendaId: (await prisma.agenda.create({ data: { placeId, name } })).id,
})
const pairOf = async () => ({ from: await anAgenda('Cabinet 2'), into: await anAgenda('Cabinet 1') })
type Pair = Awaited<ReturnType<typeof pairOf>>
const merge = ({ from, into }: Pair, by = admin) =>
  act((ctx) => mergeAgendas(ctx, { agendaId: from.agendaId, intoId: into.agendaId }), by)
const book = async (slotId: number) => {
  const { id: probationerId } = await aPerson([country.spip])
  return act((ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, placeId: country.spip.placeId, typeCode, slotId },
      ...{ prosecutionNumber: '26010000123', inform: 'now' },
    }),
  )
}
const slotsOf = (agendaId: number) =>
  prisma.slot.findMany({
    where: { agendaId },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, capacity: true, seatsTaken: true, isOpen: true, recurringSlotId: true },
  })
const series = (agendaId: number, more: object = {}) =>
  act((ctx) =>
    createRecurringSlots(ctx, {
      ...{ agendaId, typeCode, weekdays: [3], first: '09:00', last: '09:00', everyMinutes: 30 },
      ...{ durationMinutes: 30, capacity: 2, ...more },
    }),
  )

describe('Two agendas of one place', () => {
  test('become one: what is to come moves, what is past stays, the empty one is archived', async () => {
    const pair = await pairOf()
    const { from, into } = pair
    const past = await aSlot(from, typeCode, '2026-10-02', '09:00')
    const coming = await aSlot(from, typeCode, '2026-10-14', '09:00', { capacity: 2 })
    const closed = await aSlot(from, typeCode, '2026-10-14', '10:00', { isOpen: false })
    const { id: appointmentId } = await book(coming.id)
    await series(from.agendaId, { weekdays: [4] })
    const made = (await slotsOf(from.agendaId)).length - 3

    const said = await act((ctx) => agendaToMerge(ctx, { agendaId: from.agendaId }))
    expect(said).toMatchObject({ slots: made + 2, rules: 1, people: 1 })
    expect(await merge(pair)).toEqual({
      into: { id: into.agendaId, name: 'Cabinet 1' },
      ...{ slots: made + 2, joined: 0, rules: 1 },
    })
    expect((await slotsOf(from.agendaId)).map(({ id }) => id)).toEqual([past.id])
    const moved = await slotsOf(into.agendaId)
    expect(moved).toHaveLength(made + 2)
    expect(moved.find(({ id }) => id === closed.id)).toMatchObject({ isOpen: false })
    expect(await prisma.appointment.findUniqueOrThrow({ where: { id: appointmentId } })).toMatchObject({
      ...{ slotId: coming.id, placeId: country.spip.placeId, state: 'booked' },
    })
    expect(await prisma.recurringSlot.count({ where: { agendaId: into.agendaId, archivedAt: null } })).toBe(1)
    expect(await prisma.agenda.findUniqueOrThrow({ where: { id: from.agendaId } })).toMatchObject({
      archivedAt: monday,
    })
    expect(
      await prisma.auditEntry.findMany({
        where: { subject: 'agenda', action: 'merge', subjectId: { in: [from.agendaId, into.agendaId] } },
        select: { subjectId: true, agentId: true },
        orderBy: { id: 'asc' },
      }),
    ).toEqual([from.agendaId, into.agendaId].map((subjectId) => ({ subjectId, agentId: admin.id })))
  })

  test('that have a slot at the same moment keep every seat and every person, in one slot', async () => {
    const pair = await pairOf()
    const one = await aSlot(pair.from, typeCode, '2026-10-14', '09:00', { capacity: 2 })
    const other = await aSlot(pair.into, typeCode, '2026-10-14', '09:00', { capacity: 3 })
    const booked = [await book(one.id), await book(one.id), await book(other.id)]
    const cancelled = await book(other.id)
    await act((ctx) => cancelAppointment(ctx, { appointmentId: cancelled.id, inform: false }))

    const said = await act((ctx) => agendaToMerge(ctx, { agendaId: pair.from.agendaId }))
    expect(said.options.intoId).toContainEqual({
      value: String(pair.into.agendaId),
      label: 'Cabinet 1 (1 aux mêmes heures)',
    })
    expect(await merge(pair)).toMatchObject({ slots: 1, joined: 1 })
    expect(await slotsOf(pair.into.agendaId)).toEqual([
      { id: other.id, capacity: 5, seatsTaken: 3, isOpen: true, recurringSlotId: null },
    ])
    for (const { id } of booked)
      expect(await prisma.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({
        ...{ slotId: other.id, state: 'booked' },
      })
    await act((ctx) => cancelAppointment(ctx, { appointmentId: booked[0]?.id ?? 0, inform: false }))
    expect(await slotsOf(pair.into.agendaId)).toMatchObject([{ seatsTaken: 2 }])
  })

  test('of which one has closed what the other leaves open, or makes it longer, keep both', async () => {
    const pair = await pairOf()
    const closed = await aSlot(pair.from, typeCode, '2026-10-14', '09:00', { isOpen: false })
    const open = await aSlot(pair.into, typeCode, '2026-10-14', '09:00')
    const longer = await aSlot(pair.from, typeCode, '2026-10-14', '10:00')
    await prisma.slot.update({ where: { id: longer.id }, data: { durationMinutes: 60 } })
    const usual = await aSlot(pair.into, typeCode, '2026-10-14', '10:00')
    expect(await merge(pair)).toMatchObject({ slots: 2, joined: 0 })
    expect((await slotsOf(pair.into.agendaId)).map(({ id, capacity }) => [id, capacity])).toEqual([
      [closed.id, 1],
      [open.id, 1],
      [longer.id, 1],
      [usual.id, 1],
    ])
  })

  test('that repeat the same hour have one recurring slot of all the seats, and the night adds nothing', async () => {
    const pair = await pairOf()
    await series(pair.from.agendaId)
    await series(pair.into.agendaId, { capacity: 3 })
    const dates = (await slotsOf(pair.into.agendaId)).length
    const [closed] = await slotsOf(pair.from.agendaId)
    await prisma.slot.update({ where: { id: closed?.id ?? 0 }, data: { isOpen: false } })
    expect(await merge(pair)).toMatchObject({ slots: dates, joined: dates - 1, rules: 1 })
    const rules = await prisma.recurringSlot.findMany({ where: { agendaId: pair.into.agendaId } })
    expect(rules).toMatchObject([{ capacity: 5 }])
    const kept = await slotsOf(pair.into.agendaId)
    expect(kept).toHaveLength(dates + 1)
    // The closed one stands beside the open one of its day, which the rule made.
    expect(kept.find(({ id }) => id === closed?.id)).toMatchObject({ isOpen: false, recurringSlotId: null })
    expect(kept.filter(({ capacity }) => capacity === 5)).toHaveLength(dates - 1)
    expect(
      await act((ctx) =>
        generateSlots(
          ctx,
          rules.map(({ id }) => id),
        ),
      ),
    ).toMatchObject({ made: 0 })
  })

  test('a slot of a series that joins a lone one is not made again the night after', async () => {
    const pair = await pairOf()
    await series(pair.from.agendaId)
    const lone = await aSlot(pair.into, typeCode, '2026-10-14', '09:00', { capacity: 4 })
    expect(await merge(pair)).toMatchObject({ joined: 1 })
    const { id } = await prisma.recurringSlot.findFirstOrThrow({ where: { agendaId: pair.into.agendaId } })
    await act((ctx) => generateSlots(ctx, [id]))
    const there = await prisma.slot.findMany({
      where: { agendaId: pair.into.agendaId, date: dbDateOf('2026-10-14') },
    })
    expect(there).toMatchObject([{ id: lone.id, capacity: 6 }])
  })

  test('whose recurring slots of one hour differ in length, or are too many seats, stay as they are', async () => {
    const pair = await pairOf()
    await series(pair.from.agendaId, { durationMinutes: 45 })
    await series(pair.into.agendaId)
    await expect(merge(pair)).rejects.toMatchObject({
      ...{
        code: 'agenda.lengths_differ',
        field: 'intoId',
        params: { when: 'le mercredi à 9\u00a0h\u00a000' },
      },
    })
    const many = await pairOf()
    await aSlot(many.from, typeCode, '2026-10-14', '09:00', { capacity: 150 })
    await aSlot(many.into, typeCode, '2026-10-14', '09:00', { capacity: 51 })
    await expect(merge(many)).rejects.toMatchObject({ code: 'agenda.too_many_seats', params: { seats: 201 } })
    expect(await slotsOf(many.from.agendaId)).toMatchObject([{ capacity: 150 }])
  })

  test('are of one place, alive, and two', async () => {
    const pair = await pairOf()
    const { id: placeId } = await prisma.place.create({
      data: {
        organizationId: country.spip.id,
        ...{ name: 'Antenne', address: '3 rue des Tilleuls', shortAddress: '3 rue des Tilleuls' },
        departmentCode: '92',
        phone: '+33199001021',
      },
    })
    const elsewhere = await anAgenda('Accueil', placeId)
    const refused = { code: 'agenda.merged_elsewhere', field: 'intoId' }
    await expect(merge({ ...pair, into: elsewhere })).rejects.toMatchObject(refused)
    await expect(merge({ ...pair, into: pair.from })).rejects.toMatchObject(refused)
    await expect(merge({ from: elsewhere, into: pair.into })).rejects.toMatchObject({ code: 'agenda.alone' })
    await merge(pair)
    await expect(merge(pair)).rejects.toMatchObject({ code: 'agenda.archived' })
    await expect(merge({ from: pair.into, into: pair.from })).rejects.toMatchObject({
      code: 'agenda.archived',
    })
  })

  test('are merged by who may rename them, and by nobody else', async () => {
    const pair = await pairOf()
    await expect(merge(pair, await anAgent(country.spip, 'probation_director'))).rejects.toMatchObject({
      name: 'Forbidden',
    })
    await expect(merge(pair, await anAgent(country.court, 'local_admin'))).rejects.toMatchObject({
      name: 'Forbidden',
    })
    await expect(merge(pair, await anAgent(country.foreign, 'local_admin'))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await merge(pair, await anAgent(country.foreign, 'central_admin'))
  })

  test('are merged while people are booked there: nobody is lost, no seat is counted twice', async () => {
    const pair = await pairOf()
    const slots = await Promise.all(
      ['09:00', '09:30', '10:00'].map((time) =>
        aSlot(pair.from, typeCode, '2026-10-14', time, { capacity: 4 }),
      ),
    )
    await aSlot(pair.into, typeCode, '2026-10-14', '09:00', { capacity: 1 })
    const tried = await Promise.allSettled([
      ...slots.flatMap(({ id }) => [book(id), book(id)]),
      merge(pair),
      ...slots.flatMap(({ id }) => [book(id), book(id)]),
    ])
    const booked = tried.filter(({ status }) => status === 'fulfilled').length - 1
    const failures = tried.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as { code?: string }] : [],
    )
    // The slot that joined another is there no more: who comes late chooses among those that are.
    expect(failures.filter(({ code }) => code !== 'appointment.slot_gone')).toEqual([])
    const there = await slotsOf(pair.into.agendaId)
    expect(await slotsOf(pair.from.agendaId)).toEqual([])
    expect(there.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0)).toBe(booked)
    for (const { id, seatsTaken } of there)
      expect(await prisma.appointment.count({ where: { slotId: id, state: 'booked' } })).toBe(seatsTaken)
  })
})

describe('What closes an agenda that is merged', () => {
  const wednesday = '2026-10-14'
  const close = (agendaId: number, more: object = {}) =>
    act((ctx) => closePeriod(ctx, { scope: `agenda:${agendaId}`, firstDate: wednesday, lines: [], ...more }))

  test('is still opened, settled and lifted by its service, with the slots it closed and whom they expect', async () => {
    const pair = await pairOf()
    const slot = await aSlot(pair.from, typeCode, wednesday, '09:00')
    const { id: appointmentId } = await book(slot.id)
    const { closureId } = await close(pair.from.agendaId)
    await merge(pair)

    const page = await act((ctx) => closurePage(ctx, { closureId }))
    expect(page).toMatchObject({ slots: 1, left: [{ appointmentId }] })
    expect(await act((ctx) => liftClosure(ctx, { closureId }))).toMatchObject({ reopened: 1 })
    expect(await slotsOf(pair.into.agendaId)).toMatchObject([{ id: slot.id, isOpen: true }])
  })

  test('closes what comes into it: nobody more is booked there, and whom it expects are to be decided of', async () => {
    const pair = await pairOf()
    const morning = await aSlot(pair.from, typeCode, wednesday, '09:00', { capacity: 2 })
    const evening = await aSlot(pair.from, typeCode, wednesday, '17:00')
    const { id: appointmentId } = await book(morning.id)
    const { closureId } = await close(pair.into.agendaId, { toTime: '12:00' })
    await merge(pair)

    expect(await slotsOf(pair.into.agendaId)).toMatchObject([
      { id: morning.id, isOpen: false },
      { id: evening.id, isOpen: true },
    ])
    const { left } = await act((ctx) => closurePage(ctx, { closureId }))
    expect(left).toMatchObject([{ appointmentId }])
    expect(await act((ctx) => liftClosure(ctx, { closureId }))).toMatchObject({ reopened: 1 })
  })
})
