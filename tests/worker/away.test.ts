import { beforeAll, describe, expect, it } from 'vitest'
import { messageStateWords } from '../../resources/message/fr'
import { claimMessage } from '../../resources/message/commands/deliver.server'
import { planMessageNow } from '../../resources/message/commands/plan.server'
import { enqueueDueMessages } from '../../resources/message/commands/sweep.server'
import { timeZoneWords } from '../../resources/organization/fr'
import { addDays, civilOf, instantOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { countExpired } from '../../resources/watch/queries/figures.server'
import { expiredSince } from '../../resources/watch/rules'
import { anAppointment, aPerson, aService, at, inHours, planFor, type Service } from '../support/booked'

const today = '2026-03-10'

/** Workers that were away six hours, on each clock of the country: what leaves, when, and what is said of the rest. */
describe.each(Object.keys(timeZoneWords))('Away six hours, in %s', (zone) => {
  let service: Service
  beforeAll(async () => {
    service = await aService(zone)
  })
  const wall = (time: string, days = 0) => instantOf(addDays(today, days), time, zone)

  /** Somebody expected at this instant, convoked at that one. */
  async function convoked(startsAt: Date, from: Date, inform: boolean) {
    const { id: probationerId } = await aPerson()
    const { id } = await anAppointment(service, probationerId, startsAt)
    await at(from, (ctx) => planFor(ctx, id, inform))
    return id
  }

  /** Each message of these appointments, as workers that are back from this instant on decide of it. */
  async function decided(back: Date, appointments: readonly number[]) {
    const mine = { appointmentId: { in: [...appointments] }, dueAt: { lte: back } }
    const expired = () => at(inHours(0.1, back), (ctx) => countExpired(ctx, expiredSince(ctx.now)))
    const before = await expired()
    await at(back, enqueueDueMessages)
    const due = await prisma.message.findMany({
      where: { ...mine, state: 'planned' },
      orderBy: { deadline: 'asc' },
    })
    const left = new Map<number, string>()
    const leaves = async (messageId: number, instant: Date) => {
      const letter = await at(instant, (ctx) => claimMessage(ctx, { messageId }))
      const { date, time } = civilOf(instant, zone)
      if (letter) left.set(messageId, `${date} ${time}`)
    }
    for (const { id } of due) await leaves(id, back)
    const counted = (await expired()) - before
    const waiting = await prisma.message.findMany({
      where: { id: { in: due.map(({ id }) => id) }, state: 'planned' },
    })
    for (const { id, dueAt } of waiting) await leaves(id, dueAt)
    const ended = await prisma.message.findMany({ where: { id: { in: due.map(({ id }) => id) } } })
    const told = appointments.map((appointmentId) => {
      const message = ended.find((one) => one.appointmentId === appointmentId)
      if (!message) return 'nothing'
      return left.get(message.id) ?? messageStateWords(message).word
    })
    return { told, counted }
  }

  it('back by day, what is useful leaves at once, and what is not is expired and counted', async () => {
    const gone = wall('08:30')
    const tomorrow = await convoked(wall('10:00', 1), wall('11:00', -6), false)
    const convokedMeanwhile = await convoked(wall('09:00', 2), wall('09:15'), true)
    const alreadyBegun = await convoked(wall('13:00'), wall('09:30'), true)
    const cancelled = await convoked(wall('16:00', 3), wall('11:00', -6), false)
    await at(wall('10:00'), async (ctx) => {
      await ctx.tx.appointment.update({ where: { id: cancelled }, data: { state: 'cancelled' } })
      await planMessageNow(ctx, { appointmentId: cancelled, kind: 'cancellation' })
    })
    const { told, counted } = await decided(inHours(6, gone), [
      ...[tomorrow, convokedMeanwhile, alreadyBegun, cancelled],
    ])
    const now = `${today} 14:30`
    expect(told).toEqual([now, now, 'Non envoyé\u00a0: il était trop tard', now])
    expect(counted).toBe(1)
  })

  it('back in the night, what is useful waits for the morning, and who must be phoned is said and counted', async () => {
    const gone = wall('17:30')
    const tomorrow = await convoked(wall('18:30', 1), wall('11:00', -6), false)
    const convokedMeanwhile = await convoked(wall('09:10', 2), wall('18:00'), true)
    const remindedTooLate = await convoked(wall('07:30', 1), wall('19:00'), false)
    const convokedTooLate = await convoked(wall('07:45', 1), wall('19:00'), true)
    const { told, counted } = await decided(inHours(6, gone), [
      ...[tomorrow, convokedMeanwhile, remindedTooLate, convokedTooLate],
    ])
    const morning = `${addDays(today, 1)} 08:00`
    expect(told).toEqual([morning, morning, 'À prévenir par téléphone', `${today} 23:30`])
    expect(counted).toBe(1)
  })
})
