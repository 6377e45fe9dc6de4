import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import {
  cancelAppointment,
  recordOutcome,
  undoOutcome,
} from '../../../resources/appointment/commands/settle.server'
import { closeSlots, reopenSlots } from '../../../resources/slot/commands/change.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { isDatabaseAway } from '../../../resources/shared/database-away'
import { Refused } from '../../../resources/shared/errors'
import { formatDay } from '../../../resources/shared/french'
import { newSmsOptOutToken } from '../../../resources/probationer/commands/opt-out.server'
import { transact } from '../../../resources/shared/transact.server'
import { aCountry, anAgent, aSlot, workingDay } from '../../support/world'

const typeCode = 'hearing_exit_probation'
const capacity = 10
let country: Awaited<ReturnType<typeof aCountry>>
let clerk: AgentActor
let director: AgentActor
beforeAll(async () => {
  country = await aCountry()
  clerk = await anAgent(country.court, 'execution_office_agent')
  director = await anAgent(country.spip, 'probation_director')
})

/** So many persons of the jurisdiction, without a phone: no text is written. */
async function persons(howMany: number): Promise<number[]> {
  const rows = await prisma.probationer.createManyAndReturn({
    data: Array.from({ length: howMany }, (_, n) => ({
      ...{ lastName: `FOULE ${howMany} ${n}`, firstName: 'Un', dateOfBirth: new Date('1990-01-01') },
      ...{ hasNoMobilePhone: true, smsOptOutToken: newSmsOptOutToken() },
    })),
    select: { id: true },
  })
  await prisma.following.createMany({
    data: rows.flatMap(({ id }) =>
      [country.spip, country.court].map((service) => ({ probationerId: id, organizationId: service.id })),
    ),
  })
  return rows.map(({ id }) => id)
}

/** Its result, or the code it is refused with and what is offered instead. Anything else fails. */
async function answerTo<Result>(work: () => Promise<Result>, tries = 20): Promise<Result | string> {
  try {
    return await work()
  } catch (error) {
    // Nothing was written: whoever is told that the house is busy tries again.
    if (isDatabaseAway(error) && tries > 0) return answerTo(work, tries - 1)
    if (error instanceof Refused) return [error.code, error.params.others].filter(Boolean).join(': ')
    throw error
  }
}

/** What each work answers, so many at a time. */
async function byClients<Result>(clients: number, works: readonly (() => Promise<Result>)[]) {
  const waiting = [...works]
  const answers: (Result | string)[] = []
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let work = waiting.shift(); work; work = waiting.shift()) answers.push(await answerTo(work))
    }),
  )
  return answers
}

const by = <Result>(actor: AgentActor, run: (ctx: Context<AgentActor>) => Promise<Result>) =>
  transact(actor, run)
const book = (probationerId: number, slotId: number) =>
  by(clerk, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode, placeId: country.spip.placeId, slotId, inform: null },
    }),
  )
/** Those who hold a seat of a slot, and how many it says are taken. */
async function seatsOf(slotId: number) {
  const slot = await prisma.slot.findUniqueOrThrow({ where: { id: slotId } })
  const held = await prisma.appointment.count({
    where: { slotId, state: { in: ['booked', 'attended', 'missed'] } },
  })
  return { taken: slot.seatsTaken, held }
}

describe('a slot is never oversold', () => {
  it('by fifty clients who try a thousand times for its ten seats', { timeout: 180_000 }, async () => {
    const slot = await aSlot(country.spip, typeCode, workingDay(8), '09:00', { capacity })
    await aSlot(country.spip, typeCode, workingDay(8), '09:30', { capacity: 1 })
    const people = await persons(1_000)
    const answers = await byClients(
      50,
      people.map((id) => () => book(id, slot.id)),
    )
    expect(answers.filter((answer) => typeof answer !== 'string')).toHaveLength(capacity)
    const others = `appointment.slot_full: Prochaines places libres\u00a0: ${formatDay(workingDay(8))} à 9\u00a0h\u00a030`
    for (const answer of answers) if (typeof answer === 'string') expect(answer).toContain(others)
    expect(await seatsOf(slot.id)).toEqual({ taken: capacity, held: capacity })
  })

  it('while others cancel, excuse, take back, move, close and open again', { timeout: 180_000 }, async () => {
    const slots = await Promise.all(
      ['09:00', '10:00', '11:00'].map((time) =>
        aSlot(country.spip, typeCode, workingDay(9), time, { capacity }),
      ),
    )
    const people = await persons(240)
    // The same story each time: what is next follows from its number.
    const slotOf = (n: number) => slots[n % slots.length]?.id ?? 0
    const someone = async (n: number, state: 'booked' | 'excused') => {
      const found = await prisma.appointment.findMany({
        where: { slotId: { in: slots.map(({ id }) => id) }, state },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: 50,
      })
      return found[n % Math.max(found.length, 1)]?.id
    }
    const works = people.map((personId, n) => async () => {
      const seat = slotOf(n * 7 + 1)
      const [booked, excused] = [await someone(n, 'booked'), await someone(n, 'excused')]
      if (n % 6 === 1 && booked)
        return by(director, (ctx) => cancelAppointment(ctx, { appointmentId: booked, inform: false }))
      if (n % 6 === 2 && booked)
        return by(director, (ctx) =>
          recordOutcome(ctx, { appointmentId: booked, outcome: 'excused', inform: false }),
        )
      if (n % 6 === 3 && excused) return by(director, (ctx) => undoOutcome(ctx, { appointmentId: excused }))
      if (n % 6 === 4 && booked)
        return by(director, (ctx) =>
          rescheduleAppointment(ctx, { appointmentId: booked, slotId: seat, inform: false }),
        )
      if (n % 30 === 5) return by(director, (ctx) => closeSlots(ctx, { slotIds: [seat] }))
      if (n % 30 === 11)
        return by(director, (ctx) => reopenSlots(ctx, { slotIds: slots.map(({ id }) => id) }))
      return book(personId, seat)
    })
    const answers = await byClients(20, works)
    expect(answers).toHaveLength(people.length)
    for (const { id } of slots) {
      const { taken, held } = await seatsOf(id)
      expect(taken).toBe(held)
      expect(taken).toBeLessThanOrEqual(capacity)
    }
    // Whoever moved has left one seat and taken one.
    const moved = await prisma.appointment.count({
      where: { state: 'rescheduled', slotId: { in: slots.map(({ id }) => id) } },
    })
    const instead = await prisma.appointment.count({
      where: { rescheduledFrom: { slotId: { in: slots.map(({ id }) => id) } } },
    })
    expect(instead).toBe(moved)
    expect(moved).toBeGreaterThan(0)
  })
})
