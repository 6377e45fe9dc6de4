import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AgentActor, Role } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { backOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aSlot, workingDay, type AService } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

const as = (actor: AgentActor) => backOffice(host, actor)
const acting = async (service: { id: number }, role: Role) => as(await anAgent(service, role))

const batch = (service: AService, typeCode: string, date: string) => ({
  ...{ agendaId: service.agendaId, typeCode, dates: [date], durationMinutes: 30, capacity: 2 },
  hours: [{ first: '09:00', last: '10:00', everyMinutes: 30 }],
})
const slotsOf = ({ agendaId }: AService, date: string) =>
  prisma.slot.findMany({ where: { agendaId, date: new Date(date) }, orderBy: { startsAt: 'asc' } })
const isOpen = async (id: number) => (await prisma.slot.findUniqueOrThrow({ where: { id } })).isOpen

describe('slots', () => {
  it('are opened by a local admin, given other seats, closed, opened again, deleted [P134] [P135]', async () => {
    const sonia = await acting(country.spip, 'local_admin')
    const date = workingDay(20)
    const opened = await sonia.command('createSlots', batch(country.spip, 'hearing_exit_probation', date))
    expect(opened).toMatchObject({ ok: true, result: { created: 3 } })
    const [first, second, third] = (await slotsOf(country.spip, date)).map(({ id }) => id)

    const form = await sonia.query<{ version: string }>('slotToChange', { slotId: first })
    expect(
      await sonia.command('changeCapacity', {
        ...{ slotId: first, version: form.result.version, capacity: 5 },
      }),
    ).toMatchObject({ ok: true })
    expect(await prisma.slot.findUniqueOrThrow({ where: { id: first } })).toMatchObject({ capacity: 5 })
    expect(await sonia.command('closeSlots', { slotIds: [first, second] })).toMatchObject({ ok: true })
    expect(await Promise.all([first, second, third].map((id) => isOpen(id ?? 0)))).toEqual([
      false,
      false,
      true,
    ])
    expect(await sonia.command('reopenSlots', { slotIds: [second] })).toMatchObject({ ok: true })
    expect(await isOpen(second ?? 0)).toBe(true)
    expect(await sonia.command('deleteSlots', { slotIds: [third] })).toMatchObject({ ok: true })
    expect((await slotsOf(country.spip, date)).map(({ id }) => id)).toEqual([first, second])
  })

  it('are managed by sentence clerks and secretaries, each in their own service [P136]', async () => {
    const managing = [
      [country.court, 'sentence_clerk', 'hearing_exit_sentence_judge', country.spip],
      [country.court, 'court_secretary', 'hearing_exit_sentence_judge', country.spip],
      [country.spip, 'probation_secretary', 'hearing_exit_probation', country.court],
    ] as const
    for (const [index, [service, role, typeCode, other]] of managing.entries()) {
      const agent = await acting(service, role)
      const date = workingDay(40 + 8 * index)
      expect(await agent.command('createSlots', batch(service, typeCode, date)), role).toMatchObject({
        ok: true,
      })
      const [slot] = await slotsOf(service, date)
      expect(await agent.command('closeSlots', { slotIds: [slot?.id] }), role).toMatchObject({ ok: true })
      expect(await isOpen(slot?.id ?? 0)).toBe(false)
      expect((await agent.command('createSlots', batch(other, typeCode, date))).ok, role).toBe(false)
      expect(await slotsOf(other, date), role).toEqual([])
    }
  })

  it('are opened by a monitoring officer for electronic tags, and for nothing else [P34]', async () => {
    const bruno = await acting(country.spip, 'monitoring_officer')
    const date = workingDay(25)
    expect(
      await bruno.command('createSlots', batch(country.spip, 'electronic_tag_fitting', date)),
    ).toMatchObject({ ok: true })
    // Days apart: the next working day of both may be one.
    const other = workingDay(33)
    expect(
      await bruno.command('createSlots', batch(country.spip, 'hearing_exit_probation', other)),
    ).toMatchObject({ ok: false, fieldErrors: { typeCode: expect.any(String) as string } })
    expect(await slotsOf(country.spip, other)).toEqual([])

    const [tag] = await slotsOf(country.spip, date)
    const hearing = await aSlot(country.spip, 'hearing_exit_probation', date, '15:00')
    const mixed = await bruno.command('closeSlots', { slotIds: [tag?.id, hearing.id] })
    expect(mixed.ok).toBe(false)
    expect(await isOpen(tag?.id ?? 0)).toBe(true)
  })

  it('of every week are deleted, a date of them is closed [P137]', async () => {
    const sonia = await acting(country.branch, 'local_admin')
    const { agendaId } = country.branch
    const opened = await sonia.command<{ slots: number }>('createRecurringSlots', {
      ...{ agendaId, typeCode: 'hearing_exit_probation', weekdays: [1, 3], durationMinutes: 30, capacity: 2 },
      ...{ first: '09:00', last: '10:00', everyMinutes: 60 },
    })
    expect(opened).toMatchObject({ ok: true, result: { created: 4 } })
    expect(opened.result.slots).toBeGreaterThan(80)
    const rules = await prisma.recurringSlot.findMany({ where: { agendaId } })
    const [dated] = await prisma.slot.findMany({ where: { agendaId }, orderBy: { startsAt: 'asc' }, take: 1 })
    expect(await sonia.command('closeSlots', { slotIds: [dated?.id] })).toMatchObject({ ok: true })
    expect(await isOpen(dated?.id ?? 0)).toBe(false)

    expect(
      await sonia.command('deleteRecurringSlots', { recurringSlotId: rules[0]?.id, scope: 'agenda' }),
    ).toMatchObject({ ok: true })
    expect(await prisma.recurringSlot.count({ where: { agendaId, archivedAt: null } })).toBe(0)
    expect(await prisma.slot.count({ where: { agendaId, isOpen: true } })).toBe(0)
  })

  it('that a service opens are those the execution office sees and uses, and no other hour [P32]', async () => {
    const bex = await acting(country.court, 'execution_office_agent')
    const { placeId, agendaId } = country.spip
    const date = workingDay(40)
    const free = await aSlot(country.spip, 'hearing_exit_probation', date, '09:00', { capacity: 2 })
    const closed = await aSlot(country.spip, 'hearing_exit_probation', date, '10:00', { isOpen: false })
    const person = await aPerson([country.court, country.spip])
    const convoke = (moment: object) =>
      bex.command('bookAppointment', {
        ...{ probationerId: person.id, typeCode: 'hearing_exit_probation', placeId, inform: 'reminder_only' },
        ...moment,
      })
    const seen = await bex.query<{ days: { slots: { id: number }[] }[] }>('freeSlots', {
      ...{ placeId, typeCode: 'hearing_exit_probation', from: date },
    })
    expect(seen.result.days[0]?.slots.map(({ id }) => id)).toEqual([free.id])

    expect((await convoke({ agendaId, date, time: '11:00' })).fieldErrors).toHaveProperty('slotId')
    expect((await convoke({ slotId: closed.id })).ok).toBe(false)
    expect(await convoke({ slotId: free.id })).toMatchObject({ ok: true })
    expect((await prisma.slot.findUniqueOrThrow({ where: { id: free.id } })).seatsTaken).toBe(1)
  })
})

describe('a person found out of the jurisdiction', () => {
  it('is convoked by the execution office of a pilot court; others cannot [P88]', async () => {
    const pilot = await acting(country.court, 'execution_office_agent')
    await prisma.organization.update({ where: { id: country.court.id }, data: { interJurisdiction: true } })
    const date = workingDay(41)
    const person = await aPerson([country.foreign], { lastName: 'OUTRESEINE', dateOfBirth: '1988-09-30' })
    const identity = {
      lastName: 'Outreseine',
      firstName: 'Karim',
      dateOfBirth: '1988-09-30',
      appiNumber: null,
    }
    const slot = await aSlot(country.foreign, 'hearing_exit_probation', date, '09:00', { capacity: 2 })
    const convoked = {
      ...{ probationerId: person.id, typeCode: 'hearing_exit_probation', placeId: country.foreign.placeId },
      ...{ slotId: slot.id, inform: 'reminder_only' },
    }

    const clerk = await acting(country.court, 'sentence_clerk')
    expect((await clerk.command('lookUpIdentity', identity)).status).toBe(403)
    expect((await clerk.command('bookAppointment', convoked)).status).toBe(404)
    // Nor the execution office itself, of a person nobody looked up.
    expect((await pilot.command('bookAppointment', convoked)).status).toBe(404)

    expect(await pilot.command('lookUpIdentity', identity)).toMatchObject({
      ok: true,
      result: { found: { id: person.id, record: null } },
    })
    expect(await pilot.command('bookAppointment', convoked)).toMatchObject({ ok: true })
    expect(await prisma.appointment.count({ where: { probationerId: person.id, slotId: slot.id } })).toBe(1)
  })
})
