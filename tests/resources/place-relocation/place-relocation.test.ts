import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import { historySentence } from '../../../resources/history'
import { historyData } from '../../../resources/history-entry/schema'
import { claimMessage } from '../../../resources/message/commands/deliver.server'
import {
  forgetRelocations,
  prepare,
  relocationsDue,
  settle,
} from '../../../resources/place-relocation/commands/prepare.server'
import {
  cancelRelocation,
  registerRelocation,
} from '../../../resources/place-relocation/commands/register.server'
import { reportOfRelocation } from '../../../resources/place-relocation/queries/report.server'
import { previewRelocation } from '../../../resources/place-relocation/queries/preview.server'
import { preparationKey } from '../../../resources/place-relocation/jobs'
import { archivePlace, updatePlace } from '../../../resources/place/commands/place.server'
import { placeToEdit } from '../../../resources/place/queries/edit.server'
import { createRecurringSlots } from '../../../resources/recurring-slot/commands/create.server'
import { generateSlots } from '../../../resources/recurring-slot/commands/generate.sql.server'
import type { AgentActor, SystemActor } from '../../../resources/shared/actor'
import { civilDateFromDb, dbDateOf, instantOf } from '../../../resources/shared/civil-time'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { createSlots } from '../../../resources/slot/commands/create.server'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  aSlot,
  courtOf,
  monday,
  type AService,
} from '../../support/world'

let central: AgentActor
let admin: AgentActor
let service: AService
let count = 0
beforeAll(async () => {
  central = await anAgent((await aCountry()).court, 'central_admin')
})
beforeEach(async () => {
  service = await aService(`SPIP du déménagement ${++count}`, 'probation_service')
  await courtOf(service)
  admin = await anAgent(service, 'local_admin')
})

const typeCode = 'hearing_exit_probation'
/** A Monday, the day after clocks change. */
const date = '2026-10-26'
const paris = (day: string, time: string) => instantOf(day, time, 'Europe/Paris')
const system: SystemActor = { kind: 'system', task: 'test' }
const byTask = <Result>(now: Date, work: (ctx: Context) => Promise<Result>) =>
  prisma.$transaction((tx) => work({ tx, actor: system, now }), { timeout: 20_000 })
const act = <Result>(work: (ctx: Context<AgentActor>) => Promise<Result>, by = admin) =>
  actAt(by, monday, work)

const newPlace = {
  ...{ name: 'Maison de justice', address: '2 quai des Saules, 92000 Nanterre' },
  ...{ phone: '01 99 00 77 88', mainContactMethod: 'phone' as const },
}
const register = (more: object = {}, by = central) =>
  act(
    (ctx) =>
      registerRelocation(ctx, {
        ...{ oldPlaceId: service.placeId, date, ...newPlace, confirmation: service.name },
        ...more,
      }),
    by,
  )
const relocationOf = (id: number) => prisma.placeRelocation.findUniqueOrThrow({ where: { id } })
const preparedOne = async () => {
  const { id: relocationId } = await register()
  await byTask(paris('2026-10-05', '11:00'), (ctx) => prepare(ctx, { relocationId }))
  return { relocationId, ...(await relocationOf(relocationId)) }
}
const bookAt = async (more: object, placeId = service.placeId) => {
  const person = await aPerson([service])
  return act((ctx) =>
    bookAppointment(ctx, {
      probationerId: person.id,
      placeId,
      typeCode,
      prosecutionNumber: '26010000123',
      inform: 'reminder_only',
      ...more,
    }),
  )
}
const freely = (day: string, placeId?: number) =>
  bookAt({ typeCode: 'probation_follow_up', date: day, time: '09:00' }, placeId)
const series = () =>
  act((ctx) =>
    createRecurringSlots(ctx, {
      ...{ agendaId: service.agendaId, typeCode, weekdays: [1], first: '09:00', last: '09:00' },
      ...{ everyMinutes: 30, durationMinutes: 30, capacity: 2 },
    }),
  )
const datesOf = async (placeId: number) =>
  (await prisma.slot.findMany({ where: { agenda: { placeId } }, orderBy: { startsAt: 'asc' } })).map((slot) =>
    civilDateFromDb(slot.date),
  )

describe('A relocation is registered', () => {
  test('once what changes was read and the name of the old place typed', async () => {
    await series()
    const { id: slotId } = await aSlot(service, typeCode, '2026-10-27', '09:00')
    await bookAt({ slotId })
    const dates = await datesOf(service.placeId)
    const moves = { slots: dates.filter((day) => day >= date).length, people: 1, rules: 1 }
    const preview = (on: string) =>
      act((ctx) => previewRelocation(ctx, { oldPlaceId: service.placeId, date: on }), central)
    expect(await preview(date)).toEqual({ place: service.name, date, ...moves })
    await expect(preview('2026-10-05')).rejects.toMatchObject({ code: 'place_relocation.too_soon' })
    await expect(
      act((ctx) => previewRelocation(ctx, { oldPlaceId: service.placeId, date })),
    ).rejects.toMatchObject({ name: 'Forbidden' })
    await expect(register({ confirmation: '' })).rejects.toThrow('Recopiez le nom du lieu qui déménage.')
    await expect(register({ confirmation: 'oui' })).rejects.toMatchObject({
      ...{ code: 'place_relocation.to_confirm', field: 'confirmation' },
      params: {
        ...{ date: '26/10/2026', place: service.name },
        ...{ people: '1\u00a0personne attendue', rules: '1\u00a0créneau récurrent' },
        slots: `${dates.filter((day) => day >= date).length}\u00a0créneaux`,
      },
    })
    expect(await prisma.place.count({ where: { organizationId: service.id } })).toBe(1)
    const { id } = await register()
    expect(
      await prisma.placeRelocation.findUniqueOrThrow({ where: { id }, include: { newPlace: true } }),
    ).toMatchObject({
      ...{ oldPlaceId: service.placeId, state: 'pending', preparedAt: null, requestedById: central.id },
      newPlace: {
        ...{ organizationId: service.id, name: newPlace.name, shortAddress: '2 quai des Saules, Nanterre' },
        ...{ phone: '+33199007788', departmentCode: '92' },
      },
    })
    const [job] = await prisma.$queryRaw<{ runAt: Date }[]>`
      SELECT run_at AS "runAt" FROM graphile_worker.jobs WHERE key = ${preparationKey(id)}`
    expect(job?.runAt).toEqual(new Date('2026-10-05T09:00:00Z'))
    await expect(register()).rejects.toMatchObject({ code: 'place_relocation.moving', field: 'oldPlaceId' })
  })

  test.each([
    ['2026-10-05', 'place_relocation.too_soon'],
    ['2027-10-06', 'place_relocation.too_far'],
  ])('neither today nor beyond a year: %s', async (day, code) => {
    await expect(register({ date: day })).rejects.toMatchObject({ code, field: 'date' })
  })

  test('of one service: neither place leaves it meanwhile', async () => {
    await register()
    const { placeId } = service
    const elsewhere = await aService(`SPIP voisin ${count}`, 'probation_service')
    const { version, values } = await act((ctx) => placeToEdit(ctx, { placeId }), central)
    const form = { ...values, version, placeId, organizationId: String(elsewhere.id) }
    await expect(act((ctx) => updatePlace(ctx, form), central)).rejects.toMatchObject({
      ...{ code: 'place_relocation.moving', field: 'organizationId' },
    })
  })

  test('by central admins alone', async () => {
    await expect(register({}, admin)).rejects.toMatchObject({ name: 'Forbidden' })
  })

  test('and from then on nobody is expected on the wrong side of its date', async () => {
    const later = await aSlot(service, typeCode, '2026-10-27', '09:00')
    const { id } = await register()
    const { newPlaceId } = await relocationOf(id)
    const said = { params: { date: '26/10/2026', place: newPlace.name }, code: 'place_relocation.leaves' }
    await expect(bookAt({ slotId: later.id })).rejects.toMatchObject({ ...said, field: 'slotId' })
    await expect(freely(date)).rejects.toMatchObject({ ...said, field: 'date' })
    const { id: appointmentId } = await freely('2026-10-23')
    const move = act((ctx) =>
      rescheduleAppointment(ctx, { appointmentId, slotId: null, agendaId: null, date, time: '10:00' }),
    )
    await expect(move).rejects.toMatchObject({ ...said, field: 'date' })
    const open = (agendaId: number, day: string) =>
      act((ctx) =>
        createSlots(ctx, {
          ...{ agendaId, typeCode, dates: [day], durationMinutes: 30, capacity: 1 },
          hours: [{ first: '10:00', last: null, everyMinutes: 15 }],
        }),
      )
    await expect(open(service.agendaId, date)).rejects.toMatchObject({ code: 'slot.place_moves' })
    await open(service.agendaId, '2026-10-23')

    await byTask(paris('2026-10-05', '11:00'), (ctx) => prepare(ctx, { relocationId: id }))
    const there = await prisma.agenda.findFirstOrThrow({ where: { placeId: newPlaceId } })
    await expect(freely('2026-10-23', newPlaceId)).rejects.toMatchObject({
      ...{ code: 'place_relocation.not_there_yet', params: { place: service.name }, field: 'date' },
    })
    await freely(date, newPlaceId)
    await expect(open(there.id, '2026-10-23')).rejects.toMatchObject({ code: 'slot.place_moves' })
    await open(there.id, date)
  })

  test('and neither place is archived by hand before', async () => {
    const { id } = await register()
    const { newPlaceId } = await relocationOf(id)
    for (const placeId of [service.placeId, newPlaceId])
      await expect(act((ctx) => archivePlace(ctx, { placeId }))).rejects.toMatchObject({
        code: 'place_relocation.moving',
      })
  })

  test('and is taken back until it is prepared', async () => {
    const { id: relocationId } = await register()
    await series()
    expect((await datesOf(service.placeId)).at(-1)).toBe('2026-10-19')
    const { newPlaceId } = await relocationOf(relocationId)
    const cancel = (id = relocationId) => act((ctx) => cancelRelocation(ctx, { relocationId: id }), central)
    await cancel()
    // The rule that was made meanwhile has the slots it was refused.
    expect(await datesOf(service.placeId)).toContain(date)
    expect(await prisma.place.findUnique({ where: { id: newPlaceId } })).toBeNull()
    const jobs = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM graphile_worker.jobs WHERE key = ${preparationKey(relocationId)}`
    expect(jobs).toEqual([])
    await freely(date)
    // Its job, were it started already, finds nothing.
    await byTask(paris('2026-10-05', '11:00'), (ctx) => prepare(ctx, { relocationId }))
    const prepared = await preparedOne()
    await expect(cancel(prepared.relocationId)).rejects.toMatchObject({ code: 'place_relocation.prepared' })
  })
})

describe('A relocation is prepared:', () => {
  test('agendas, rules and what comes from the date on are at the new place, the rest where it was', async () => {
    await series()
    const before = await aSlot(service, typeCode, '2026-10-23', '14:00')
    const after = await aSlot(service, typeCode, '2026-10-27', '14:00')
    const kept = await bookAt({ slotId: before.id })
    const moved = await bookAt({ slotId: after.id })
    const private_ = await freely('2026-10-28')
    const all = await datesOf(service.placeId)

    const { newPlaceId, ...relocation } = await preparedOne()
    const toCome = all.filter((day) => day >= date)
    expect(relocation).toMatchObject({ slotsMoved: toCome.length, rulesCopied: 1, peopleMoved: 2 })
    expect(await datesOf(service.placeId)).toEqual(all.filter((day) => day < date))
    expect(await datesOf(newPlaceId)).toEqual(toCome)
    const [agenda] = await prisma.agenda.findMany({
      where: { placeId: newPlaceId },
      include: { recurringSlots: { include: { _count: { select: { slots: true } } } } },
    })
    expect(agenda).toMatchObject({
      name: 'Agenda (26/10/2026)',
      recurringSlots: [{ weekday: 1, startTime: '09:00', capacity: 2 }],
    })
    // The rule at the new place owns what it would make: the night adds nothing on either side.
    const rules = await prisma.recurringSlot.findMany({
      where: { agenda: { place: { organizationId: service.id } } },
    })
    expect(rules).toHaveLength(2)
    const made = await byTask(monday, (ctx) =>
      generateSlots(
        ctx,
        rules.map(({ id }) => id),
      ),
    )
    expect(made).toEqual({ made: 0, leftOut: 0 })
    const nextMonth = await byTask(paris('2026-11-10', '00:00'), (ctx) =>
      generateSlots(
        ctx,
        rules.map(({ id }) => id),
      ),
    )
    expect(nextMonth.made).toBeGreaterThan(0)
    expect((await datesOf(service.placeId)).every((day) => day < date)).toBe(true)

    const placeOf = async (id: number) =>
      (await prisma.appointment.findUniqueOrThrow({ where: { id } })).placeId
    expect([await placeOf(kept.id), await placeOf(moved.id), await placeOf(private_.id)]).toEqual([
      service.placeId,
      newPlaceId,
      newPlaceId,
    ])
    const told = await prisma.historyEntry.findMany({
      where: { event: 'appointment.relocated', appointmentId: { in: [kept.id, moved.id, private_.id] } },
      orderBy: { appointmentId: 'asc' },
    })
    expect(told.map(({ appointmentId }) => appointmentId)).toEqual([moved.id, private_.id])
    expect(historySentence('appointment.relocated', historyData.parse(told[0]?.data))).toContain(
      newPlace.name,
    )
    expect(
      (await prisma.placeAppointmentType.findMany({ where: { placeId: newPlaceId } }))
        .map((type) => type.typeCode)
        .sort(),
    ).toEqual(
      (await prisma.placeAppointmentType.findMany({ where: { placeId: service.placeId } }))
        .map((type) => type.typeCode)
        .sort(),
    )
  })

  test('a recurring slot made since it was registered has its slots at the new place at once', async () => {
    const { id: relocationId } = await register()
    await series()
    await byTask(paris('2026-10-05', '11:00'), (ctx) => prepare(ctx, { relocationId }))
    const { newPlaceId } = await relocationOf(relocationId)
    expect((await datesOf(newPlaceId))[0]).toBe(date)
  })

  test('and said by mail to who asked for it, unless their account is deleted', async () => {
    const other = await anAgent(service, 'central_admin')
    const { id } = await register({}, other)
    await byTask(paris('2026-10-05', '11:00'), (ctx) => prepare(ctx, { relocationId: id }))
    const report = () => byTask(monday, (ctx) => reportOfRelocation(ctx, id))
    expect(await report()).toMatchObject({ newPlace: newPlace.name })
    await prisma.agent.update({ where: { id: other.id }, data: { deletedAt: monday } })
    expect(await report()).toBeNull()
  })

  test('twice, nothing more; and its instants are those that were told', async () => {
    await series()
    const slots = () =>
      prisma.slot.findMany({
        where: { agenda: { place: { organizationId: service.id } } },
        select: { id: true, startsAt: true, startTime: true, date: true },
        orderBy: { id: 'asc' },
      })
    const told = await slots()
    const { relocationId, newPlaceId } = await preparedOne()
    expect(await slots()).toEqual(told)
    const written = async () => ({
      agendas: await prisma.agenda.findMany({ where: { placeId: newPlaceId } }),
      slots: await prisma.slot.findMany({
        where: { agenda: { placeId: newPlaceId } },
        orderBy: { id: 'asc' },
      }),
      relocation: await relocationOf(relocationId),
      mails: await prisma.$queryRaw`
        SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier = 'send-relocation-report'`,
    })
    const first = await written()
    await byTask(paris('2026-10-05', '12:00'), (ctx) => prepare(ctx, { relocationId }))
    expect(await written()).toEqual(first)
  })

  test('messages that wait tell the place where the person is expected, on both sides of the date', async () => {
    const friday = await freely('2026-10-23')
    const sunday = await freely(date)
    await preparedOne()
    const textAt = async ({ id }: { id: number }) => {
      const { id: messageId, dueAt } = await prisma.message.findFirstOrThrow({
        where: { appointmentId: id, kind: 'reminder' },
      })
      const sms = await byTask(dueAt, (ctx) => claimMessage(ctx, { messageId }))
      return { at: dueAt, text: sms?.text ?? '' }
    }
    const old = await textAt(friday)
    expect(old.at).toEqual(paris('2026-10-22', '09:00'))
    expect(old.text).toContain('14 rue des Peupliers')
    const moved = await textAt(sunday)
    // The day when clocks change: nine on the wall is an hour later.
    expect(moved.at).toEqual(new Date('2026-10-25T08:00:00Z'))
    expect(moved.text).toContain('2 quai des Saules')
    expect(moved.text).toContain('0199007788')
    expect(moved.text).not.toContain('Peupliers')
  })

  test('what closes the old place across the date closes each on its side', async () => {
    await series()
    const closure = await prisma.closure.create({
      data: {
        ...{ organizationId: service.id, placeId: service.placeId, reason: 'Travaux' },
        ...{ firstDate: dbDateOf('2026-10-19'), lastDate: dbDateOf('2026-11-02') },
      },
    })
    await prisma.slot.updateMany({
      where: { agendaId: service.agendaId, date: { gte: closure.firstDate, lte: closure.lastDate } },
      data: { isOpen: false, closureId: closure.id },
    })
    const later = await prisma.closure.create({
      data: {
        ...{ organizationId: service.id, agendaId: service.agendaId },
        ...{ firstDate: dbDateOf('2026-12-21'), lastDate: dbDateOf('2026-12-31') },
      },
    })
    const { newPlaceId } = await preparedOne()
    const closures = await prisma.closure.findMany({
      where: { organizationId: service.id },
      include: { _count: { select: { slots: true } }, agenda: { select: { placeId: true } } },
      orderBy: { firstDate: 'asc' },
    })
    expect(
      closures.map(({ firstDate, lastDate, placeId, agenda, reason, _count }) => [
        ...[civilDateFromDb(firstDate), civilDateFromDb(lastDate)],
        ...[placeId ?? agenda?.placeId, reason, _count.slots],
      ]),
    ).toEqual([
      ['2026-10-19', '2026-10-25', service.placeId, 'Travaux', 1],
      ['2026-10-26', '2026-11-02', newPlaceId, 'Travaux', 2],
      ['2026-12-21', '2026-12-31', newPlaceId, null, 0],
    ])
    expect(closures[2]?.id).toBe(later.id)
  })
})

describe('A relocation is done', () => {
  const due = (instant: Date, zone = 'Europe/Paris') => byTask(instant, (ctx) => relocationsDue(ctx, zone))

  test('on its date, on the clock of the place: the old place goes with its agendas and rules', async () => {
    await series()
    const { relocationId, newPlaceId } = await preparedOne()
    const three = paris(date, '03:00')
    expect(await due(paris('2026-10-25', '03:00'))).not.toContain(relocationId)
    expect(await due(three, 'America/Cayenne')).not.toContain(relocationId)
    expect(await due(three)).toContain(relocationId)
    await byTask(three, (ctx) => settle(ctx, { relocationId }))
    expect(await relocationOf(relocationId)).toMatchObject({ state: 'done' })
    expect(
      await prisma.place.findUniqueOrThrow({
        where: { id: service.placeId },
        include: { agendas: { include: { recurringSlots: true } } },
      }),
    ).toMatchObject({
      archivedAt: three,
      agendas: [{ archivedAt: three, recurringSlots: [{ archivedAt: three }] }],
    })
    expect(await prisma.place.findUniqueOrThrow({ where: { id: newPlaceId } })).toMatchObject({
      archivedAt: null,
    })
    expect(await due(three)).not.toContain(relocationId)

    const forget = (instant: Date) => byTask(instant, forgetRelocations)
    await forget(paris('2026-11-26', '05:00'))
    expect(await prisma.placeRelocation.count({ where: { id: relocationId } })).toBe(1)
    await forget(paris('2026-11-27', '05:00'))
    expect(await prisma.placeRelocation.count({ where: { id: relocationId } })).toBe(0)
  })

  test('late all the same, once what its preparation had missed has moved', async () => {
    const appointment = await freely(date)
    const { id: relocationId } = await register()
    await byTask(paris(date, '03:00'), (ctx) => settle(ctx, { relocationId }))
    const { newPlaceId, state, preparedAt } = await relocationOf(relocationId)
    expect([state, preparedAt]).toEqual(['done', paris(date, '03:00')])
    expect(await prisma.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({
      placeId: newPlaceId,
    })
  })
})
