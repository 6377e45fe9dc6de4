import { beforeAll, describe, expect, test, vi } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { recordOutcomes, undoOutcomes } from '../../../resources/appointment/commands/settle.server'
import { whomAbsenceTells } from '../../../resources/appointment/queries/absence.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { lock } from '../../../resources/shared/lock.server'
import { waiting } from '../../support/waiting'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor

const after = new Date('2026-10-14T08:00:00Z')

beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

async function booked(date = '2026-10-13', person: Parameters<typeof aPerson>[1] = {}) {
  const { id } = await aPerson([country.spip, country.court], person)
  return bookedFor(id, date)
}
async function bookedFor(probationerId: number, date: string) {
  const { id } = await actAt(counsellor, monday, (ctx) =>
    bookAppointment(ctx, {
      probationerId,
      typeCode: 'probation_follow_up',
      placeId: country.spip.placeId,
      date,
      time: '14:30',
      inform: 'reminder_only',
    }),
  )
  return id
}
const record = (
  appointmentIds: number[],
  outcome: 'attended' | 'missed' | 'excused',
  { inform = false, actor = counsellor } = {},
) => actAt(actor, after, (ctx) => recordOutcomes(ctx, { appointmentIds, outcome, inform }))
const statesOf = async (ids: number[]) => {
  const rows = await prisma.appointment.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })
  return rows.map(({ state }) => state)
}

describe('the outcomes of several appointments', () => {
  test('are recorded in one act, the same line twice being one, each with its line of history', async () => {
    const ids = [await booked(), await booked()]
    expect(await record([...ids, ...ids], 'attended')).toEqual({ recorded: 2, smsPlanned: 0 })
    expect(await statesOf(ids)).toEqual(['attended', 'attended'])
    expect(
      await prisma.historyEntry.count({
        where: { appointmentId: { in: ids }, event: 'appointment.attended' },
      }),
    ).toBe(2)
  })

  test('missed: how many SMS leave is said, and only to those who can receive one', async () => {
    const ids = [await booked(), await booked('2026-10-13', { smsOptOut: true })]
    expect(await record(ids, 'missed', { inform: true })).toEqual({ recorded: 2, smsPlanned: 1 })
    const messages = await prisma.message.findMany({ where: { appointmentId: { in: ids }, kind: 'missed' } })
    expect(messages.map(({ appointmentId }) => appointmentId)).toEqual([ids[0]])
  })

  test('missed: who was absent is named, with the hour, before anything is recorded', async () => {
    const ids = [await booked('2026-10-13'), await booked('2026-10-12')]
    const told = await actAt(counsellor, after, (ctx) => whomAbsenceTells(ctx, { appointmentIds: ids }))
    expect(told).toMatchObject({
      reachable: 2,
      unreachable: 0,
      absent: [
        { firstName: 'Karim', date: '2026-10-12', time: '14:30' },
        { firstName: 'Karim', date: '2026-10-13', time: '14:30' },
      ],
    })
    expect(await statesOf(ids)).toEqual(['booked', 'booked'])
  })

  test('one that has not taken place yet refuses them all, by its rank', async () => {
    const ids = [await booked(), await booked('2026-10-20')]
    await expect(record(ids, 'attended')).rejects.toMatchObject({
      code: 'appointment.not_yet',
      field: 'appointmentIds.1',
      params: { about: expect.stringMatching(/^PERSONNE \d+ Karim$/) as string },
    })
    expect(await statesOf(ids)).toEqual(['booked', 'booked'])
  })

  test('of the same persons, in one order and the other, wait for each other', async () => {
    const persons = [
      await aPerson([country.spip, country.court]),
      await aPerson([country.spip, country.court]),
    ] as const
    const [first, second] = await Promise.all(
      ['2026-10-13', '2026-10-14'].map((date) => Promise.all(persons.map(({ id }) => bookedFor(id, date)))),
    )
    if (!first || !second) throw new Error('Two days were booked')
    const excuse = (appointmentIds: number[]) =>
      actAt(counsellor, monday, (ctx) =>
        recordOutcomes(ctx, { appointmentIds, outcome: 'excused', inform: false }),
      )
    const { id: messageId } = await prisma.message.findFirstOrThrow({
      where: { appointmentId: first[0], kind: 'reminder' },
    })
    let excused: Promise<unknown> | undefined
    await actAt(counsellor, monday, async (ctx) => {
      // Holds the one between its two persons.
      await lock(ctx, { message: messageId })
      const one = excuse(first)
      await vi.waitFor(async () => expect(await waiting()).toBe(1))
      const other = excuse([...second].reverse())
      excused = Promise.all([one, other])
      await vi.waitFor(async () => expect(await waiting()).toBe(2))
    })
    await excused
    expect(await statesOf([...first, ...second])).toEqual(['excused', 'excused', 'excused', 'excused'])
  })

  test('nobody settles what is not theirs, nor what they do not see', async () => {
    const ids = [await booked()]
    const clerk = await anAgent(country.court, 'execution_office_agent')
    await expect(record(ids, 'attended', { actor: clerk })).rejects.toThrow(Forbidden)
    const foreigner = await anAgent(country.foreign, 'probation_counsellor')
    await expect(record(ids, 'attended', { actor: foreigner })).rejects.toThrow(NotFound)
  })

  test('are taken back together, or not at all', async () => {
    const ids = [await booked(), await booked()]
    const undo = (appointmentIds: number[]) =>
      actAt(counsellor, after, (ctx) => undoOutcomes(ctx, { appointmentIds }))
    await record(ids, 'missed', { inform: true })
    const untouched = await booked()
    await expect(undo([...ids, untouched])).rejects.toMatchObject({
      code: 'appointment.no_outcome',
      field: 'appointmentIds.2',
    })
    expect(await statesOf(ids)).toEqual(['missed', 'missed'])
    expect(await undo(ids)).toEqual({ undone: 2, told: 0 })
    expect(await statesOf(ids)).toEqual(['booked', 'booked'])
    expect(
      await prisma.message.count({ where: { appointmentId: { in: ids }, kind: 'missed', state: 'planned' } }),
    ).toBe(0)
  })

  test('taken back once its SMS has left, an absence says so; recorded again, it is told once', async () => {
    const ids = [await booked(), await booked()]
    const undo = () => actAt(counsellor, after, (ctx) => undoOutcomes(ctx, { appointmentIds: ids }))
    expect(await record(ids, 'missed', { inform: true })).toMatchObject({ smsPlanned: 2 })
    const sms = await prisma.message.findFirstOrThrow({ where: { appointmentId: ids[0], kind: 'missed' } })
    const { probationer } = await prisma.appointment.findUniqueOrThrow({
      where: { id: ids[0] },
      select: { probationer: { select: { phone: true } } },
    })
    await prisma.message.update({
      where: { id: sms.id },
      data: {
        state: 'sent',
        textSent: 'Vous aviez un rendez-vous.',
        sentAt: after,
        phone: probationer.phone,
      },
    })
    expect(await undo()).toEqual({ undone: 2, told: 1 })
    expect(await record(ids, 'missed', { inform: true })).toMatchObject({ smsPlanned: 1 })
  })
})
