import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import { cancelAppointment, recordOutcome } from '../../../resources/appointment/commands/settle.server'
import { appointmentPage } from '../../../resources/appointment/queries/page.server'
import { listAppointments } from '../../../resources/appointment/queries/list.server'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { NotFound } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let secretary: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  secretary = await anAgent(country.spip, 'probation_secretary')
})

const later = new Date('2026-10-14T08:00:00Z')
const one = (id: number) =>
  prisma.appointment.findUniqueOrThrow({ where: { id }, include: { slot: true, customColumnValues: true } })

async function settled(outcome: 'missed' | 'excused' | 'attended' = 'missed') {
  const { id: probationerId } = await aPerson([country.spip, country.court])
  const { id } = await actAt(counsellor, monday, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
      ...{ date: '2026-10-13', time: '14:30', inform: 'reminder_only' },
    }),
  )
  await actAt(counsellor, later, (ctx) => recordOutcome(ctx, { appointmentId: id, outcome, inform: false }))
  return { id, probationerId }
}
const formOf = (actor: AgentActor, probationerId: number, reconvenesId: number) =>
  actAt(actor, later, (ctx) => bookingForm(ctx, { probationerId, reconvenesId }))
const again = (
  actor: AgentActor,
  { id, probationerId }: { id: number; probationerId: number },
  more: object = {},
) =>
  actAt(actor, later, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId, reconvenesId: id },
      ...{ date: '2026-10-20', time: '09:00', inform: 'now' },
      ...more,
    }),
  )

describe('Somebody who did not come is convoked again', () => {
  test('from the appointment: its type, place, agenda, hour, agent, number and columns are there', async () => {
    const missed = await settled()
    const column = await prisma.customColumn.create({
      data: { organizationId: country.court.id, name: 'Cabinet', moment: 'in_table', typeCodes: [] },
    })
    await prisma.customColumnValue.create({
      data: { appointmentId: missed.id, customColumnId: column.id, value: '3' },
    })
    await prisma.appointment.update({ where: { id: missed.id }, data: { prosecutionNumber: '26 123 4' } })
    const old = await one(missed.id)
    const { before } = await formOf(secretary, missed.probationerId, missed.id)
    expect(before).toMatchObject({
      ...{ state: 'missed', typeCode: 'probation_follow_up', placeId: country.spip.placeId },
      ...{ agendaId: old.slot.agendaId, date: '2026-10-13', time: '14:30', prosecutionNumber: '26 123 4' },
      agent: { lastName: counsellor.lastName },
      cells: { [column.id]: '3' },
    })
    // A secretary books: the counsellor still receives.
    const made = await one((await again(secretary, missed)).id)
    expect(made).toMatchObject({ state: 'booked', agentId: counsellor.id, bookedById: secretary.id })
    expect(made.customColumnValues).toMatchObject([{ customColumnId: column.id, value: '3' }])
    expect((await one(missed.id)).state).toBe('missed')
  })

  test('or was excused; who attended is convoked without it', async () => {
    const excused = await settled('excused')
    expect((await formOf(counsellor, excused.probationerId, excused.id)).before?.state).toBe('excused')
    const attended = await settled('attended')
    expect((await formOf(counsellor, attended.probationerId, attended.id)).before).toBeNull()
    await expect(again(counsellor, attended)).rejects.toMatchObject({ code: 'appointment.not_missed' })
  })

  test('for another type, or with an agent who has left, nothing of theirs is kept', async () => {
    const missed = await settled()
    await prisma.agent.update({ where: { id: counsellor.id }, data: { deletedAt: later } })
    const made = await again(secretary, missed)
    await prisma.agent.update({ where: { id: counsellor.id }, data: { deletedAt: null } })
    expect((await one(made.id)).agentId).toBeNull()
    await prisma.placeAppointmentType.create({
      data: { placeId: country.spip.placeId, typeCode: 'article_741_1' },
    })
    const other = await again(secretary, await settled(), { typeCode: 'article_741_1' })
    expect((await one(other.id)).agentId).toBeNull()
  })

  test('not from an appointment of somebody else, nor of another jurisdiction', async () => {
    const missed = await settled()
    const stranger = await aPerson([country.spip, country.court])
    await expect(again(counsellor, { ...missed, probationerId: stranger.id })).rejects.toThrow(NotFound)
    const foreign = await anAgent(country.foreign, 'probation_counsellor')
    const own = await aPerson([country.foreign])
    await expect(
      actAt(foreign, later, (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId: own.id, typeCode: 'probation_follow_up', placeId: country.foreign.placeId },
          ...{ date: '2026-10-20', time: '09:00', inform: 'now', reconvenesId: missed.id },
        }),
      ),
    ).rejects.toThrow(NotFound)
  })

  test('not on a day on which who received is absent, though somebody else books', async () => {
    const missed = await settled()
    const absent = await prisma.closure.create({
      data: {
        ...{ organizationId: country.spip.id, agentId: counsellor.id },
        ...{ firstDate: new Date('2026-10-20'), lastDate: new Date('2026-10-21') },
      },
    })
    await expect(again(secretary, missed)).rejects.toMatchObject({ code: 'appointment.closed' })
    expect((await one((await again(secretary, missed, { date: '2026-10-22' })).id)).agentId).toBe(
      counsellor.id,
    )
    await prisma.closure.delete({ where: { id: absent.id } })
  })

  test('is offered to who may book that type there, and to nobody else of the jurisdiction', async () => {
    const missed = await settled()
    const page = (actor: AgentActor) =>
      actAt(actor, later, (ctx) => appointmentPage(ctx, { appointmentId: missed.id }))
    expect((await page(secretary)).mayReconvene).toBe(true)
    const clerk = await anAgent(country.court, 'sentence_clerk')
    expect((await page(clerk)).mayReconvene).toBe(false)
    // Asked all the same, the form starts from nothing of it.
    expect((await formOf(clerk, missed.probationerId, missed.id)).before).toBeNull()
  })
})

describe('What came after is known', () => {
  const page = (appointmentId: number) =>
    actAt(secretary, later, (ctx) => appointmentPage(ctx, { appointmentId }))
  const line = async (id: number) =>
    (
      await actAt(secretary, later, (ctx) =>
        listAppointments(ctx, { view: 'all', date: '2026-10-13', perPage: 100 }),
      )
    ).rows.find((row) => row.id === id)

  test('each appointment leads to the other, and nobody is convoked twice for one absence', async () => {
    const missed = await settled()
    expect(await line(missed.id)).toMatchObject({ mayReconvene: true, reconvened: false })
    const made = await again(secretary, missed)
    expect(await page(missed.id)).toMatchObject({
      mayReconvene: false,
      reconvenedAs: { id: made.id, date: '2026-10-20', time: '09:00' },
    })
    expect(await page(made.id)).toMatchObject({
      reconvenes: { id: missed.id, state: 'missed', date: '2026-10-13', time: '14:30' },
    })
    expect(await line(missed.id)).toMatchObject({ mayReconvene: false, reconvened: true })
    expect(await formOf(counsellor, missed.probationerId, missed.id)).toMatchObject({
      before: null,
      reconvenedAs: { id: made.id, date: '2026-10-20', time: '09:00' },
    })
    await expect(again(counsellor, missed, { date: '2026-10-21' })).rejects.toMatchObject({
      code: 'appointment.already_reconvened',
    })
  })

  test('of two agents at once, one is refused', async () => {
    const missed = await settled()
    const tries = await Promise.allSettled([
      again(counsellor, missed),
      again(secretary, missed, { date: '2026-10-21', time: '11:00' }),
    ])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('a new date that is moved stays the one that came after; cancelled, it may be made again', async () => {
    const missed = await settled()
    const made = await again(secretary, missed)
    const moved = await actAt(secretary, later, (ctx) =>
      rescheduleAppointment(ctx, {
        ...{ appointmentId: made.id, date: '2026-10-22', time: '10:00', inform: false },
      }),
    )
    expect((await page(missed.id)).reconvenedAs).toMatchObject({ id: moved.id, date: '2026-10-22' })
    await actAt(secretary, later, (ctx) => cancelAppointment(ctx, { appointmentId: moved.id, inform: false }))
    expect(await page(missed.id)).toMatchObject({ mayReconvene: true, reconvenedAs: null })
    expect((await again(secretary, missed)).id).toBeGreaterThan(moved.id)
  })
})
