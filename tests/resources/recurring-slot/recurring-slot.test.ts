import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import {
  cancelAppointment,
  recordOutcome,
  undoOutcome,
} from '../../../resources/appointment/commands/settle.server'
import { closePeriod, liftClosure } from '../../../resources/closure/commands/close.server'
import {
  changeRecurringSlot,
  previewRecurringSlot,
} from '../../../resources/recurring-slot/commands/change.server'
import { createRecurringSlots } from '../../../resources/recurring-slot/commands/create.server'
import { deleteRecurringSlots } from '../../../resources/recurring-slot/commands/delete.server'
import { recurringSlotToDelete } from '../../../resources/recurring-slot/queries.server'
import { generateSlots } from '../../../resources/recurring-slot/commands/generate.sql.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { civilDateFromDb, dbDateOf, isoWeekday } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import { formatHour } from '../../../resources/shared/french'
import { changeCapacity, closeSlots, deleteSlots } from '../../../resources/slot/commands/change.server'
import { tasks } from '../../../worker/tasks'
import { drainQueue } from '../../support/queue'
import { atOnce } from '../../support/waiting'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  courtOf,
  monday,
  type AService,
} from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let clerk: AgentActor
beforeAll(async () => {
  country = await aCountry()
  clerk = await anAgent(country.court, 'sentence_clerk')
})

const series = {
  typeCode: 'hearing_exit_sentence_judge',
  weekdays: [2],
  first: '09:00',
  last: '09:00',
  everyMinutes: 30,
  durationMinutes: 30,
  capacity: 2,
}
const anAgenda = async (service: AService) =>
  (await prisma.agenda.create({ data: { placeId: service.placeId, name: 'Cabinet' } })).id
const open = async (more: Partial<typeof series> & { agendaId?: number } = {}, by = clerk) => {
  const agendaId = more.agendaId ?? (await anAgenda(country.court))
  const opened = await actAt(by, monday, (ctx) => createRecurringSlots(ctx, { ...series, ...more, agendaId }))
  const rules = await prisma.recurringSlot.findMany({ where: { agendaId }, orderBy: { id: 'asc' } })
  return { ...opened, agendaId, rules, rule: rules[0] ?? expect.fail('no rule') }
}
const slotsOf = (agendaId: number) =>
  prisma.slot.findMany({ where: { agendaId }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] })
const datesOf = async (agendaId: number) => (await slotsOf(agendaId)).map(({ date }) => civilDateFromDb(date))

/** Somebody is expected there: a seat of the slot is taken by a booking. */
async function book(slot: { id: number; typeCode: string }) {
  const person = await aPerson([country.court])
  return actAt(clerk, monday, (ctx) =>
    bookAppointment(ctx, {
      probationerId: person.id,
      placeId: country.court.placeId,
      typeCode: slot.typeCode,
      slotId: slot.id,
      prosecutionNumber: '26010000123',
      inform: 'now',
    }),
  )
}

describe('A series', () => {
  test('is the weekdays times the hours, with their slots of six months at once', async () => {
    const { created, slots, rules, agendaId } = await open({
      weekdays: [1, 3],
      first: '09:00',
      last: '11:00',
    })
    expect(created).toBe(10)
    expect(rules.map(({ weekday, startTime }) => `${weekday} ${startTime}`).slice(0, 5)).toEqual(
      ['09:00', '09:30', '10:00', '10:30', '11:00'].map((hour) => `1 ${hour}`),
    )
    const dates = await datesOf(agendaId)
    expect(slots).toBe(dates.length)
    expect([...new Set(dates.map(isoWeekday))].sort()).toEqual([1, 3])
    // It is ten o'clock: those of nine are past, and ten is not to come.
    expect(dates.filter((date) => date === '2026-10-05')).toHaveLength(2)
    expect(dates.every((date) => date <= '2027-04-05')).toBe(true)
    // Easter Monday.
    expect(dates).not.toContain('2027-03-29')
  })

  test('what the agenda already has is left, and all of it is refused', async () => {
    const { agendaId } = await open()
    const again = await open({ agendaId, last: '09:30' })
    expect(again).toMatchObject({ created: 1, existing: 1 })
    await expect(open({ agendaId })).rejects.toMatchObject({ code: 'recurring_slot.all_exist' })
  })

  test.each([
    [{ first: '05:30' }, 'first'],
    [{ last: '21:30' }, 'last'],
    [{ first: '10:00', last: '09:00' }, 'last'],
    [{ weekdays: [1, 2, 3, 4, 5], first: '06:00', last: '21:00', everyMinutes: 5 }, 'everyMinutes'],
    [{ typeCode: 'hearing_exit_probation' }, 'typeCode'],
    [{ typeCode: 'sentence_judge_follow_up' }, 'typeCode'],
  ])('%j is refused beside %s, and nothing is written', async (more, field) => {
    const agendaId = await anAgenda(country.court)
    await expect(open({ agendaId, ...more })).rejects.toMatchObject({ field })
    expect(await prisma.recurringSlot.count({ where: { agendaId } })).toBe(0)
  })

  test.each([{ everyMinutes: 0 }, { capacity: 0 }, { capacity: -1 }, { weekdays: [6] }, { weekdays: [] }])(
    '%j is no series',
    async (more) => {
      await expect(open(more)).rejects.toMatchObject({ name: 'ZodError' })
    },
  )

  test('is for those who may, in their service', async () => {
    const agendaId = await anAgenda(country.court)
    const stranger = await anAgent(country.foreign, 'local_admin')
    await expect(open({ agendaId }, stranger)).rejects.toMatchObject({ name: 'NotFound' })
    const secretary = await anAgent(country.court, 'court_secretary')
    await expect(open({ agendaId }, secretary)).rejects.toMatchObject({ name: 'Forbidden' })
  })
})

describe('Generation', () => {
  test('asked twice, or by two at once, makes nothing more', async () => {
    const { agendaId, rule, slots } = await open()
    const again = () => actAt(clerk, monday, (ctx) => generateSlots(ctx, [rule.id]))
    expect(await Promise.all([again(), again()])).toEqual([
      { made: 0, leftOut: 0 },
      { made: 0, leftOut: 0 },
    ])
    expect(await slotsOf(agendaId)).toHaveLength(slots)
  })

  test('goes on as days pass, and never makes again what was closed or deleted by hand', async () => {
    const { agendaId, rule } = await open()
    const [first, second] = await slotsOf(agendaId)
    await prisma.slot.update({ where: { id: first?.id ?? 0 }, data: { isOpen: false } })
    await prisma.slot.delete({ where: { id: second?.id ?? 0 } })
    await prisma.recurringSlot.update({
      where: { id: rule.id },
      data: { skippedDates: [second?.date ?? new Date()] },
    })
    const nextWeek = new Date(monday.getTime() + 7 * 86_400_000)
    expect(await actAt(clerk, nextWeek, (ctx) => generateSlots(ctx, [rule.id]))).toEqual({
      made: 1,
      leftOut: 0,
    })
    const dates = await datesOf(agendaId)
    expect(dates.filter((date) => date === first?.date.toISOString().slice(0, 10))).toHaveLength(1)
    expect(dates).not.toContain(second?.date.toISOString().slice(0, 10))
  })

  test('skips the days off of the territory, keeps the hour when clocks change, and counts months on its wall', async () => {
    const spip = await aService('SPIP de Cayenne', 'probation_service', {
      departmentCode: '973',
      timeZone: 'America/Cayenne',
    })
    await courtOf(spip)
    const director = await anAgent(spip, 'probation_director')
    const { agendaId } = await open(
      {
        agendaId: await anAgenda(spip),
        typeCode: 'hearing_exit_probation',
        weekdays: [1],
        first: '06:00',
        last: '06:00',
      },
      director,
    )
    const made = await slotsOf(agendaId)
    // 5 a.m. in Cayenne: that of six is to come.
    expect(made[0]?.startsAt).toEqual(new Date('2026-10-05T09:00:00Z'))
    const court = await open({ weekdays: [1], first: '14:00', last: '14:00' })
    const inParis = await slotsOf(court.agendaId)
    expect(
      inParis.find(({ date }) => civilDateFromDb(date) === '2026-10-19')?.startsAt.toISOString(),
    ).toContain('T12:00')
    expect(
      inParis.find(({ date }) => civilDateFromDb(date) === '2026-10-26')?.startsAt.toISOString(),
    ).toContain('T13:00')
  })

  test('makes nothing for what is archived, and says what a place receives no more', async () => {
    const { rule, agendaId } = await open()
    const later = new Date(monday.getTime() + 28 * 86_400_000)
    const generate = () => actAt(clerk, later, (ctx) => generateSlots(ctx, [rule.id]))
    await prisma.agenda.update({ where: { id: agendaId }, data: { archivedAt: monday } })
    expect(await generate()).toEqual({ made: 0, leftOut: 0 })
    await prisma.agenda.update({ where: { id: agendaId }, data: { archivedAt: null } })
    const where = { placeId: country.court.placeId, typeCode: rule.typeCode }
    await prisma.placeAppointmentType.deleteMany({ where })
    expect(await generate()).toEqual({ made: 0, leftOut: 1 })
    await prisma.placeAppointmentType.create({ data: where })
    expect(await generate()).toEqual({ made: 4, leftOut: 0 })
  })

  test('keeps to each side of a relocation', async () => {
    const old = await aService('TJ qui déménage', 'court')
    const fresh = await prisma.place.create({
      data: {
        ...{ organizationId: old.id, name: 'Nouveau palais', departmentCode: '92' },
        ...{ address: '1 rue des Lilas', shortAddress: '1 rue des Lilas', phone: '+33199001020' },
        appointmentTypes: { create: { typeCode: series.typeCode } },
        agendas: { create: { name: 'Neuf' } },
      },
      include: { agendas: true },
    })
    const date = dbDateOf('2026-12-01')
    await prisma.placeRelocation.create({ data: { oldPlaceId: old.placeId, newPlaceId: fresh.id, date } })
    const by = await anAgent(old, 'local_admin')
    const before = await open({ agendaId: old.agendaId }, by)
    const after = await open({ agendaId: fresh.agendas[0]?.id ?? 0 }, by)
    expect((await datesOf(before.agendaId)).at(-1)).toBe('2026-11-24')
    expect((await datesOf(after.agendaId))[0]).toBe('2026-12-01')
  })

  test('runs at midnight of each clock, and leaves a line', async () => {
    const spip = await aService('SPIP de Nouméa', 'probation_service', {
      departmentCode: '988',
      timeZone: 'Pacific/Noumea',
    })
    await prisma.recurringSlot.create({
      data: { agendaId: spip.agendaId, typeCode: 'hearing_exit_probation', weekday: 1, startTime: '09:00' },
    })
    await prisma.$queryRaw`
      SELECT 1 FROM graphile_worker.add_job('start-scheduled', ${JSON.stringify({
        _cron: { ts: '2026-12-01T13:00:00Z' },
      })}::json) AS added`
    await drainQueue(tasks)
    const line = await prisma.jobRun.findFirst({ where: { task: 'generate-slots' } })
    expect(line?.handled).toBeGreaterThan(20)
    expect((await slotsOf(spip.agendaId)).length).toBe(line?.handled)
  })
})

describe('A change', () => {
  let acts = 0
  const change = (recurringSlotId: number, version: Date, more: object) =>
    actAt(clerk, new Date(monday.getTime() + ++acts), (ctx) =>
      changeRecurringSlot(ctx, {
        ...{ recurringSlotId, version: version.toISOString(), from: '2026-10-12' },
        ...{ startTime: '09:00', durationMinutes: 30, capacity: 2, ...more },
      }),
    )

  test('moves the slots from its day on, as its preview said; people keep theirs, and one is made beside', async () => {
    const { rule, agendaId } = await open()
    const [first, second, third] = await slotsOf(agendaId)
    await book(second ?? expect.fail('no slot'))
    await prisma.slot.update({ where: { id: third?.id ?? 0 }, data: { isOpen: false } })
    const asked = {
      recurringSlotId: rule.id,
      from: '2026-10-12',
      startTime: '11:00',
      durationMinutes: 45,
      capacity: 1,
    }
    const said = await actAt(clerk, monday, (ctx) => previewRecurringSlot(ctx, asked))
    expect(said).toMatchObject({ kept: [{ date: '2026-10-13', expected: 1 }], conflicts: [], closed: 1 })
    const done = await change(rule.id, rule.updatedAt, asked)
    expect(done).toEqual({ made: said.made, kept: 1, conflicts: 0 })

    const after = (await slotsOf(agendaId)).map(({ date, startTime, capacity, isOpen }) => [
      `${civilDateFromDb(date)} ${startTime}`,
      capacity,
      isOpen,
    ])
    expect(after.slice(0, 5)).toEqual([
      ['2026-10-06 09:00', 2, true],
      ['2026-10-13 09:00', 1, true],
      ['2026-10-13 11:00', 1, true],
      ['2026-10-20 09:00', 2, false],
      ['2026-10-27 11:00', 1, true],
    ])
    expect(first?.startTime).toBe('09:00')
  })

  test('leaves as it is the slot that people would not fit in, or that the new one would overlap', async () => {
    const { rule, agendaId } = await open()
    const [, second] = await slotsOf(agendaId)
    await book(second ?? expect.fail('no slot'))
    await book(second ?? expect.fail('no slot'))
    expect(await change(rule.id, rule.updatedAt, { capacity: 1 })).toMatchObject({ kept: 0, conflicts: 1 })
    const row = await prisma.recurringSlot.findUniqueOrThrow({ where: { id: rule.id } })
    expect(await change(rule.id, row.updatedAt, { startTime: '09:15' })).toMatchObject({ conflicts: 1 })
    const kept = await prisma.slot.findUniqueOrThrow({ where: { id: second?.id ?? 0 } })
    expect(kept).toMatchObject({ capacity: 2, seatsTaken: 2, startTime: '09:00' })
    expect((await datesOf(agendaId)).filter((date) => date === '2026-10-13')).toHaveLength(1)
  })

  const closing = (agendaId: number, more: object) =>
    actAt(clerk, monday, (ctx) =>
      closePeriod(ctx, { scope: `agenda:${agendaId}`, firstDate: '2026-10-13', lines: [], ...more }),
    )
  const lift = (closureId: number) => actAt(clerk, monday, (ctx) => liftClosure(ctx, { closureId }))
  const dayOf = async (agendaId: number) =>
    (await slotsOf(agendaId))
      .filter(({ date }) => civilDateFromDb(date) === '2026-10-13')
      .map(({ startTime, capacity, isOpen }) => `${startTime} ${capacity} ${isOpen ? 'open' : 'closed'}`)

  test('brings no slot into the hours of a closed period, and takes out of them those that it closed', async () => {
    const { rule, agendaId } = await open({ first: '14:00', last: '14:00' })
    const { closureId } = await closing(agendaId, { toTime: '12:00' })
    await change(rule.id, rule.updatedAt, {})
    expect(await dayOf(agendaId)).toEqual(['09:00 2 closed'])
    const row = await prisma.recurringSlot.findUniqueOrThrow({ where: { id: rule.id } })
    await change(rule.id, row.updatedAt, { startTime: '15:00' })
    expect(await dayOf(agendaId)).toEqual(['15:00 2 open'])
    await lift(closureId)
    expect(await dayOf(agendaId)).toEqual(['15:00 2 open'])
  })

  test('is that of the slots of a closed period too, once it is lifted; beside who is kept, one is made then', async () => {
    const { rule, agendaId } = await open()
    const { closureId } = await closing(agendaId, {})
    const asked = { startTime: '11:00', capacity: 1 }
    await change(rule.id, rule.updatedAt, asked)
    await lift(closureId)
    expect(await dayOf(agendaId)).toEqual(['11:00 1 open'])

    const other = await open()
    await book((await slotsOf(other.agendaId))[1] ?? expect.fail('no slot'))
    const shut = await closing(other.agendaId, {})
    const said = await actAt(clerk, monday, (ctx) =>
      previewRecurringSlot(ctx, {
        ...{ recurringSlotId: other.rule.id, from: '2026-10-12', durationMinutes: 30 },
        ...asked,
      }),
    )
    expect(await change(other.rule.id, other.rule.updatedAt, asked)).toEqual({
      ...{ made: said.made, kept: 1, conflicts: 0 },
    })
    expect(await dayOf(other.agendaId)).toEqual(['09:00 1 closed'])
    await lift(shut.closureId)
    expect(await dayOf(other.agendaId)).toEqual(['09:00 1 open', '11:00 1 open'])
  })

  test('makes none beside a slot closed by hand, even where people are expected', async () => {
    const { rule, agendaId } = await open()
    const [, second] = await slotsOf(agendaId)
    await book(second ?? expect.fail('no slot'))
    await actAt(clerk, monday, (ctx) => closeSlots(ctx, { slotIds: [second?.id ?? 0] }))
    await change(rule.id, rule.updatedAt, { startTime: '11:00', capacity: 1 })
    expect(await dayOf(agendaId)).toEqual(['09:00 2 closed'])
  })

  test('leaves its hour to a slot that an excuse names, and makes the new one beside it', async () => {
    const { rule, agendaId } = await open()
    const [, second] = await slotsOf(agendaId)
    const { id: appointmentId } = await book(second ?? expect.fail('no slot'))
    await actAt(clerk, monday, (ctx) => recordOutcome(ctx, { appointmentId, outcome: 'excused' }))
    await change(rule.id, rule.updatedAt, { startTime: '11:00' })
    expect(await dayOf(agendaId)).toEqual(['09:00 2 closed', '11:00 2 open'])
    await expect(actAt(clerk, monday, (ctx) => undoOutcome(ctx, { appointmentId }))).rejects.toMatchObject({
      code: 'appointment.seat_gone',
    })
  })

  test('makes stale the form of the seats of its slots', async () => {
    const { rule, agendaId } = await open()
    const [, second] = await slotsOf(agendaId)
    await change(rule.id, rule.updatedAt, { capacity: 4 })
    const version = second?.updatedAt.toISOString() ?? ''
    await expect(
      actAt(clerk, monday, (ctx) => changeCapacity(ctx, { slotId: second?.id ?? 0, version, capacity: 3 })),
    ).rejects.toMatchObject({ name: 'Stale' })
  })

  test('of two admins, the second is shown what the first changed', async () => {
    const { rule } = await open()
    await change(rule.id, rule.updatedAt, { startTime: '10:00' })
    await expect(change(rule.id, rule.updatedAt, { startTime: '11:00' })).rejects.toMatchObject({
      code: 'record.changed_meanwhile_by',
      changes: { startTime: { author: 'Claire Vasseur', now: formatHour('10:00') } },
    })
  })

  test.each([
    [{ from: '2026-10-05' }, 'from'],
    [{ from: '2027-05-04' }, 'from'],
    [{ startTime: '05:00' }, 'startTime'],
  ])('%j is refused beside %s', async (more, field) => {
    const { rule } = await open()
    await expect(change(rule.id, rule.updatedAt, more)).rejects.toMatchObject({ field })
  })

  test('waits for who deletes one of its slots, or comes first', async () => {
    const { rule, agendaId } = await open()
    const [, second] = await slotsOf(agendaId)
    const slotIds = [second?.id ?? 0]
    const answers = await atOnce<unknown>({ slot: slotIds }, [
      () => actAt(clerk, monday, (ctx) => deleteSlots(ctx, { slotIds })),
      () => change(rule.id, rule.updatedAt, { startTime: '11:00' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await dayOf(agendaId)).toEqual([])
  })

  test('of two rules to one hour at once, the second is refused beside it', async () => {
    const { rules, agendaId } = await open({ last: '10:00' })
    const [one, other] = rules
    const answers = await atOnce(
      { place: country.court.placeId },
      [one, other].map(
        (rule) => () => change(rule?.id ?? 0, rule?.updatedAt ?? monday, { startTime: '16:00' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'recurring_slot.exists', field: 'startTime' },
    })
    expect(await prisma.recurringSlot.count({ where: { agendaId, startTime: '16:00' } })).toBe(1)
  })

  test('an hour that another rule has is refused', async () => {
    const { rules, rule } = await open({ last: '09:30' })
    expect(rules).toHaveLength(2)
    await expect(change(rule.id, rule.updatedAt, { startTime: '09:30' })).rejects.toMatchObject({
      code: 'recurring_slot.exists',
      field: 'startTime',
    })
  })
})

describe('A deletion', () => {
  const remove = (recurringSlotId: number, scope: 'one' | 'weekday' | 'agenda') =>
    actAt(clerk, monday, (ctx) => deleteRecurringSlots(ctx, { recurringSlotId, scope }))

  test('is told beforehand how many rules and slots to come would go', async () => {
    const { rule, rules, agendaId } = await open({ weekdays: [1, 2], last: '09:30' })
    await prisma.recurringSlot.create({
      data: { agendaId, typeCode: 'electronic_tag_fitting', weekday: rule.weekday, startTime: '09:00' },
    })
    const slots = await slotsOf(agendaId)
    const slotsOfRules = (gone: typeof rules) => {
      const ids = gone.map(({ id }) => id)
      return slots.filter(({ recurringSlotId }) => ids.includes(recurringSlotId ?? 0)).length
    }
    const sameDay = rules.filter(({ weekday }) => weekday === rule.weekday)
    const { scopes } = await actAt(clerk, monday, (ctx) =>
      recurringSlotToDelete(ctx, { recurringSlotId: rule.id }),
    )
    expect(scopes).toEqual({
      one: { rules: 1, slots: slotsOfRules([rule]) },
      weekday: { rules: 2, slots: slotsOfRules(sameDay) },
      agenda: { rules: 4, slots: slots.length },
    })
    expect(await remove(rule.id, 'weekday')).toEqual({ ...scopes.weekday, kept: 0 })
  })

  test('of one, of its weekday, of its agenda: those of its type only', async () => {
    const { rule, agendaId } = await open({ weekdays: [1, 2], last: '09:30' })
    const others = await prisma.recurringSlot.createManyAndReturn({
      data: [{ agendaId, typeCode: 'electronic_tag_fitting', weekday: 1, startTime: '09:00' }],
    })
    const left = () => prisma.recurringSlot.count({ where: { agendaId } })
    expect(await remove(rule.id, 'one')).toMatchObject({ rules: 1, kept: 0 })
    expect(await left()).toBe(4)
    const { id: monday930 } = await prisma.recurringSlot.findFirstOrThrow({
      where: { agendaId, typeCode: rule.typeCode, weekday: 1 },
    })
    expect(await remove(monday930, 'weekday')).toMatchObject({ rules: 1 })
    const { id: tuesday } = await prisma.recurringSlot.findFirstOrThrow({
      where: { agendaId, typeCode: rule.typeCode, weekday: 2 },
    })
    expect(await remove(tuesday, 'agenda')).toMatchObject({ rules: 2 })
    const remaining = await prisma.recurringSlot.findMany({ where: { agendaId } })
    expect(new Set(remaining.map(({ id }) => id))).toEqual(new Set(others.map(({ id }) => id)))
    expect(await slotsOf(agendaId)).toEqual([])
  })

  test('of a slot that a closed period closed and somebody cancelled, is not undone when the period is lifted', async () => {
    const { rule, agendaId } = await open()
    const [first] = await slotsOf(agendaId)
    const { id: appointmentId } = await book(first ?? expect.fail('no slot'))
    const { closureId } = await actAt(clerk, monday, (ctx) =>
      closePeriod(ctx, {
        ...{ scope: `agenda:${agendaId}`, firstDate: '2026-10-06' },
        lines: [{ appointmentId, choice: 'cancel' }],
      }),
    )
    await remove(rule.id, 'one')
    await actAt(clerk, monday, (ctx) => liftClosure(ctx, { closureId }))
    expect((await slotsOf(agendaId)).map(({ isOpen }) => isOpen)).toEqual([false])
  })

  test('keeps the slots of the past and those where people are expected, closes one that was cancelled', async () => {
    const { rule, agendaId, slots } = await open()
    const [first, second] = await slotsOf(agendaId)
    const expected = await book(first ?? expect.fail('no slot'))
    const cancelled = await book(second ?? expect.fail('no slot'))
    await actAt(clerk, monday, (ctx) =>
      cancelAppointment(ctx, { appointmentId: cancelled.id, inform: false }),
    )
    expect(await remove(rule.id, 'agenda')).toEqual({ rules: 1, slots: slots - 1, kept: 1 })
    const left = await slotsOf(agendaId)
    expect(
      left.map(({ id, isOpen, seatsTaken, recurringSlotId }) => ({
        id,
        isOpen,
        seatsTaken,
        recurringSlotId,
      })),
    ).toEqual([
      { id: first?.id, isOpen: true, seatsTaken: 1, recurringSlotId: null },
      { id: second?.id, isOpen: false, seatsTaken: 0, recurringSlotId: null },
    ])
    expect(await prisma.appointment.findUniqueOrThrow({ where: { id: expected.id } })).toMatchObject({
      state: 'booked',
    })
  })
})
