import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import {
  cancelAppointment,
  recordOutcome,
  undoOutcome,
} from '../../../resources/appointment/commands/settle.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { instantOf } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { queuedJobs } from '../../support/queue'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor

/** The day after the appointment, and two days before it. */
const after = new Date('2026-10-14T08:00:00Z')
const before = new Date('2026-10-11T08:00:00Z')

beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

async function booked(more: object = {}, person: Parameters<typeof aPerson>[1] = {}) {
  const { id: probationerId } = await aPerson([country.spip, country.court], person)
  const { id } = await actAt(counsellor, monday, (ctx) =>
    bookAppointment(ctx, {
      probationerId,
      typeCode: 'probation_follow_up',
      placeId: country.spip.placeId,
      date: '2026-10-13',
      time: '14:30',
      inform: 'reminder_only',
      ...more,
    }),
  )
  return { id, probationerId }
}
const settle = (id: number, outcome: 'attended' | 'missed' | 'excused', at = after, inform = false) =>
  actAt(counsellor, at, (ctx) => recordOutcome(ctx, { appointmentId: id, outcome, inform }))
const undo = (id: number, at = after, actor = counsellor) =>
  actAt(actor, at, (ctx) => undoOutcome(ctx, { appointmentId: id }))
const stateOf = (id: number) =>
  prisma.appointment.findUniqueOrThrow({ where: { id }, include: { slot: true } })
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  )

describe('an outcome recorded by mistake', () => {
  test.each(['attended', 'missed', 'excused'] as const)(
    '%s is taken back: the question is asked again, and history says both',
    async (outcome) => {
      const { id, probationerId } = await booked()
      await settle(id, outcome)
      await undo(id)
      expect(await stateOf(id)).toMatchObject({ state: 'booked', slot: { seatsTaken: 1 } })
      const history = await prisma.historyEntry.findMany({
        where: { appointmentId: id, category: 'appointment' },
        orderBy: { id: 'asc' },
      })
      expect(history.map(({ event }) => event)).toEqual([
        'appointment.booked',
        `appointment.${outcome}`,
        'appointment.outcome_undone',
      ])
      expect(history.at(-1)?.data).toMatchObject({ outcome, date: '2026-10-13' })
      const traces = await prisma.auditEntry.count({
        where: { probationerId, subject: 'appointment', action: 'update', fields: { has: 'state' } },
      })
      expect(traces).toBe(2)
    },
  )

  test('missed, corrected, then missed for good: the second SMS is another message', async () => {
    const { id } = await booked()
    await settle(id, 'missed', after, true)
    await undo(id)
    await settle(id, 'missed', after, true)
    // The first one had not left: it never will.
    const told = await prisma.message.findMany({
      where: { appointmentId: id, kind: 'missed' },
      orderBy: { id: 'asc' },
    })
    expect(told.map(({ state }) => state)).toEqual(['cancelled', 'planned'])
    const keys = (await queuedJobs()).map(({ key }) => key)
    expect(keys).toContain(`message:${told[1]?.id}`)
    expect(keys).not.toContain(`message:${told[0]?.id}`)
  })

  test('nothing is taken back twice, nor from an appointment that is cancelled', async () => {
    const { id } = await booked()
    expect(await codeOf(undo(id))).toBe('appointment.no_outcome')
    await settle(id, 'attended')
    const answers = await Promise.all([codeOf(undo(id)), codeOf(undo(id))])
    expect(answers.sort()).toEqual(['accepted', 'appointment.no_outcome'])
    const other = await booked()
    await actAt(counsellor, monday, (ctx) => cancelAppointment(ctx, { appointmentId: other.id }))
    expect(await codeOf(undo(other.id))).toBe('appointment.no_outcome')
  })

  test('the record of an archived person can still be corrected', async () => {
    const { id, probationerId } = await booked()
    await settle(id, 'missed')
    await prisma.probationer.update({ where: { id: probationerId }, data: { archivedAt: after } })
    await undo(id)
    expect(await stateOf(id)).toMatchObject({ state: 'booked' })
  })

  test('only by those who may record it: not the execution office, not another service', async () => {
    const { id } = await booked()
    await settle(id, 'attended')
    const clerk = await anAgent(country.court, 'execution_office_agent')
    const judge = await anAgent(country.court, 'sentence_judge')
    const stranger = await anAgent(country.foreign, 'local_admin')
    for (const actor of [clerk, judge]) expect(await codeOf(undo(id, after, actor))).toBeInstanceOf(Forbidden)
    expect(await codeOf(undo(id, after, stranger))).toBeInstanceOf(NotFound)
    expect(await stateOf(id)).toMatchObject({ state: 'attended' })
  })
})

describe('an excuse given beforehand, then taken back', () => {
  const reminders = (id: number) =>
    prisma.message.findMany({ where: { appointmentId: id, kind: 'reminder' }, orderBy: { id: 'asc' } })

  test('takes the seat again and plans the reminder again, at its hour, with its job', async () => {
    const { id } = await booked()
    await settle(id, 'excused', before)
    expect(await stateOf(id)).toMatchObject({ state: 'excused', slot: { seatsTaken: 0 } })
    await undo(id, before)
    expect(await stateOf(id)).toMatchObject({ state: 'booked', slot: { seatsTaken: 1 } })
    const [first, second] = await reminders(id)
    expect(first).toMatchObject({ state: 'cancelled', endReason: 'appointment_excused' })
    expect(second).toMatchObject({ state: 'planned', dueAt: first?.dueAt, deadline: first?.deadline })
    const jobs = await queuedJobs()
    expect(jobs.map(({ key }) => key)).toContain(`message:${second?.id}`)
    expect(jobs.map(({ key }) => key)).not.toContain(`message:${first?.id}`)

    await settle(id, 'excused', before)
    await undo(id, before)
    expect((await reminders(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'planned'])
  })

  test('when the hour of the reminder went by meanwhile, it leaves at once, until the appointment', async () => {
    const { id } = await booked()
    await settle(id, 'excused', before)
    const morning = instantOf('2026-10-13', '09:00', 'Europe/Paris')
    await undo(id, morning)
    expect((await reminders(id)).at(-1)).toMatchObject({
      state: 'planned',
      dueAt: morning,
      deadline: instantOf('2026-10-13', '14:30', 'Europe/Paris'),
    })
  })

  test('of two reminders that are late, one leaves', async () => {
    const { id, probationerId } = await booked()
    await prisma.message.create({
      data: {
        appointmentId: id,
        probationerId,
        kind: 'reminder',
        reminderHours: 48,
        dueAt: instantOf('2026-10-11', '14:30', 'Europe/Paris'),
        deadline: instantOf('2026-10-13', '12:30', 'Europe/Paris'),
      },
    })
    await settle(id, 'excused', before)
    await undo(id, instantOf('2026-10-13', '09:00', 'Europe/Paris'))
    const again = (await reminders(id)).filter(({ state }) => state === 'planned')
    expect(again.map(({ reminderHours }) => reminderHours)).toEqual([24])
  })

  test('a reminder that has left is not sent a second time', async () => {
    const { id } = await booked()
    await prisma.message.updateMany({
      where: { appointmentId: id, kind: 'reminder' },
      data: { state: 'delivered', textSent: 'Rappel', sentAt: before, deliveredAt: before },
    })
    await settle(id, 'excused', before)
    await undo(id, before)
    expect((await reminders(id)).map(({ state }) => state)).toEqual(['delivered'])
  })

  test('is refused when the seat is gone, or the slot closed meanwhile', async () => {
    const slot = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-13', '10:00')
    const clerk = await anAgent(country.court, 'execution_office_agent')
    const onSlot = async () => {
      const { id: probationerId } = await aPerson([country.spip, country.court])
      return actAt(clerk, monday, (ctx) =>
        bookAppointment(ctx, {
          probationerId,
          typeCode: 'hearing_exit_probation',
          placeId: country.spip.placeId,
          agendaId: country.spip.agendaId,
          slotId: slot.id,
          inform: 'now',
        }),
      )
    }
    const { id } = await onSlot()
    await settle(id, 'excused', before)
    await onSlot()
    expect(await codeOf(undo(id, before))).toBe('appointment.seat_gone')
    expect(await stateOf(id)).toMatchObject({ state: 'excused', slot: { seatsTaken: 1 } })
    await prisma.slot.update({ where: { id: slot.id }, data: { capacity: 2, isOpen: false } })
    expect(await codeOf(undo(id, before))).toBe('appointment.seat_gone')
    await prisma.slot.update({ where: { id: slot.id }, data: { isOpen: true } })
    expect(await codeOf(undo(id, before))).toBe('accepted')
    expect(await stateOf(id)).toMatchObject({ state: 'booked', slot: { seatsTaken: 2 } })
  })

  test('is refused when the person was convoked again at that very instant', async () => {
    const { id, probationerId } = await booked()
    await settle(id, 'excused', before)
    await actAt(counsellor, before, (ctx) =>
      bookAppointment(ctx, {
        probationerId,
        typeCode: 'probation_follow_up',
        placeId: country.spip.placeId,
        date: '2026-10-13',
        time: '14:30',
        inform: 'now',
      }),
    )
    expect(await codeOf(undo(id, before))).toBe('appointment.same_instant')
    expect(await stateOf(id)).toMatchObject({ state: 'excused', slot: { seatsTaken: 0 } })
  })
})

describe('cancelling without saying whether to tell the person', () => {
  test('tells them', async () => {
    const { id } = await booked()
    await actAt(counsellor, monday, (ctx) => cancelAppointment(ctx, { appointmentId: id }))
    expect(await prisma.message.count({ where: { appointmentId: id, kind: 'cancellation' } })).toBe(1)
  })
})

describe('an excuse given beforehand is taken back by the rules of booking', () => {
  const excused = async (more: object = {}) => {
    const made = await booked(more)
    await settle(made.id, 'excused', before)
    return made
  }

  test('not of a record archived or limited since', async () => {
    const archived = await excused()
    await prisma.probationer.update({ where: { id: archived.probationerId }, data: { archivedAt: before } })
    expect(await codeOf(undo(archived.id, before))).toBe('probationer.archived')
    const limited = await excused()
    await prisma.probationer.update({ where: { id: limited.probationerId }, data: { limitedAt: before } })
    expect(await codeOf(undo(limited.id, before))).toBe('probationer.limited')
    expect(await stateOf(limited.id)).toMatchObject({ state: 'excused', slot: { seatsTaken: 0 } })
  })

  test('not when the person has been convoked again since', async () => {
    const { id, probationerId } = await excused()
    await actAt(counsellor, before, (ctx) =>
      bookAppointment(ctx, {
        ...{
          probationerId,
          typeCode: 'probation_follow_up',
          placeId: country.spip.placeId,
          reconvenesId: id,
        },
        ...{ date: '2026-10-20', time: '10:00', inform: 'reminder_only' },
      }),
    )
    expect(await codeOf(undo(id, before))).toBe('appointment.reconvened_since')
  })

  test('not on a day closed since, of a free hour', async () => {
    const { id } = await excused({ date: '2026-10-22' })
    const closed = await prisma.closure.create({
      data: {
        ...{ organizationId: country.spip.id, agendaId: country.spip.agendaId, reason: 'travaux' },
        ...{ firstDate: new Date('2026-10-22'), lastDate: new Date('2026-10-22') },
      },
    })
    expect(await codeOf(undo(id, before))).toBe('appointment.closed')
    await prisma.closure.delete({ where: { id: closed.id } })
    expect(await codeOf(undo(id, before))).toBe('accepted')
  })

  test('and the summons that it kept from leaving leaves', async () => {
    const { id } = await booked({ inform: 'now' })
    const quick = await booked({ inform: 'now' })
    await settle(quick.id, 'excused', before)
    await undo(quick.id, before)
    // It had not been claimed: it leaves as it was planned.
    expect(
      await prisma.message.findMany({ where: { appointmentId: quick.id, kind: 'summons' } }),
    ).toMatchObject([{ state: 'planned' }])
    const summons = () =>
      prisma.message.findMany({ where: { appointmentId: id, kind: 'summons' }, orderBy: { id: 'asc' } })
    await settle(id, 'excused', before)
    await prisma.message.updateMany({ where: { appointmentId: id }, data: { state: 'cancelled' } })
    await undo(id, before)
    expect((await summons()).map(({ state }) => state)).toEqual(['cancelled', 'planned'])
    // Told already, it is not said twice.
    await prisma.message.updateMany({
      where: { appointmentId: id, state: 'planned' },
      data: {
        state: 'delivered',
        textSent: 'RDV',
        phone: '+33639980000',
        sentAt: before,
        deliveredAt: before,
      },
    })
    await settle(id, 'excused', before)
    await undo(id, before)
    expect((await summons()).map(({ state }) => state)).toEqual(['cancelled', 'delivered'])
  })
})
