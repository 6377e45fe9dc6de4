import { beforeAll, describe, expect, it } from 'vitest'
import {
  cancelPlannedMessages,
  planMessageNow,
  planUsefulAgain,
} from '../../../resources/message/commands/plan.server'
import {
  messagesOfAppointment,
  previewChoices,
  whyNotSendable,
} from '../../../resources/message/queries/of-appointment.server'
import { civilOf } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import { violatesUnique } from '../../../resources/shared/unique.server'
import { queuedJobs } from '../../support/queue'
import { anAppointment, aPerson, aService, at, type Service, planFor } from '../../support/booked'

const now = new Date('2026-03-02T09:41:00Z')
const tuesday = new Date('2026-03-10T13:30:00Z')

let service: Service
beforeAll(async () => {
  service = await aService()
})

const messagesOf = (appointmentId: number) =>
  prisma.message.findMany({ where: { appointmentId }, orderBy: { dueAt: 'asc' } })

async function jobsOf(messageIds: readonly number[]) {
  const keys = messageIds.map((id) => `message:${id}`)
  return (await queuedJobs()).filter((job) => job.key && keys.includes(job.key))
}

describe('Planning the messages of an appointment', () => {
  it('tells the person now and reminds them the day before, each under its key', async () => {
    const { id } = await anAppointment(service, (await aPerson()).id, tuesday)
    await at(now, (ctx) => planFor(ctx, id, true))

    const messages = await messagesOf(id)
    expect(messages).toMatchObject([
      { kind: 'summons', state: 'planned', dueAt: now, reminderHours: 0 },
      { kind: 'reminder', state: 'planned', dueAt: new Date('2026-03-09T13:30:00Z'), reminderHours: 24 },
    ])
    const jobs = await jobsOf(messages.map((message) => message.id))
    expect(jobs.map(({ task, payload, runAt }) => ({ task, payload, runAt }))).toEqual(
      messages.map((message) => ({
        task: 'deliver-message',
        payload: { messageId: message.id },
        runAt: message.dueAt,
      })),
    )
  })

  it('plans the reminder of somebody without a phone, and nothing else', async () => {
    const { id } = await anAppointment(service, (await aPerson({ phone: null })).id, tuesday)
    await at(now, (ctx) => planFor(ctx, id, true))
    expect(await messagesOf(id)).toMatchObject([{ kind: 'reminder' }])
  })

  it('reminds twice where the service chose 24 and 48 hours', async () => {
    const eager = await aService()
    await prisma.messageTemplate.create({
      data: {
        organizationId: eager.organization.id,
        typeCode: 'probation_follow_up',
        kind: 'reminder',
        reminderHours: [24, 48],
        versions: { create: { text: 'RAPPEL {lieu.nom} : {rdv.date} à {rdv.heure}.' } },
      },
    })
    const { id } = await anAppointment(eager, (await aPerson()).id, tuesday)
    await at(now, (ctx) => planFor(ctx, id, false))
    expect((await messagesOf(id)).map((message) => message.reminderHours)).toEqual([48, 24])
    const [next] = await at(now, (ctx) => messagesOfAppointment(ctx, { appointmentId: id }))
    expect(next?.sms?.text).toMatch(/^RAPPEL SPIP de Nanterre : mardi 10 mars 2026 à 14h30\. STOP /)
  })

  it('disappears with the booking that fails', async () => {
    const { id } = await anAppointment(service, (await aPerson()).id, tuesday)
    const booking = at(now, async (ctx) => {
      await planFor(ctx, id, true)
      throw new Error('the seat is gone')
    })
    await expect(booking).rejects.toThrow('the seat is gone')
    expect(await messagesOf(id)).toEqual([])
  })

  it('never plans two messages for one cause', async () => {
    const { id } = await anAppointment(service, (await aPerson()).id, tuesday)
    const plan = () => at(now, (ctx) => planFor(ctx, id, true))
    await plan()
    const again = await plan().catch((error: unknown) => error)
    expect(violatesUnique(again, 'appointment_id', 'kind')).toBe(true)
    expect(await messagesOf(id)).toHaveLength(2)
  })

  it('withdraws the reminder of a cancelled appointment with its job, and tells why', async () => {
    const person = await aPerson()
    const { id } = await anAppointment(service, person.id, tuesday)
    await at(now, (ctx) => planFor(ctx, id, false))
    await at(now, async (ctx) => {
      await ctx.tx.appointment.update({ where: { id }, data: { state: 'cancelled' } })
      await cancelPlannedMessages(ctx, { appointmentId: id, kind: 'reminder' })
      await planMessageNow(ctx, { appointmentId: id, kind: 'cancellation' })
    })
    const messages = await messagesOf(id)
    expect(messages).toMatchObject([
      { kind: 'cancellation', state: 'planned', dueAt: now, deadline: tuesday },
      { kind: 'reminder', state: 'cancelled', endReason: 'appointment_cancelled' },
    ])
    expect(await jobsOf(messages.map((message) => message.id))).toHaveLength(1)
    expect(await prisma.historyEntry.findMany({ where: { probationerId: person.id } })).toMatchObject([
      { event: 'message.reminder_cancelled', data: { kind: 'reminder', reason: 'appointment_cancelled' } },
    ])
  })
})

describe('A number that is corrected', () => {
  it('brings again the new date that never arrived, and no reminder on its heels', async () => {
    const person = await aPerson()
    const tomorrow = new Date('2026-03-03T13:30:00Z')
    const rescheduled = async () => {
      const { id } = await anAppointment(service, person.id, tomorrow)
      await at(now, (ctx) => planFor(ctx, id, true))
      await prisma.message.updateMany({
        where: { appointmentId: id, kind: 'summons' },
        data: { kind: 'rescheduling', state: 'failed', endReason: 'unallocated_number', endedAt: now },
      })
      return id
    }
    const lost = await rescheduled()
    const later = new Date(now.getTime() + 6 * 3_600_000)
    await at(later, (ctx) => planUsefulAgain(ctx, { probationerId: person.id }))
    expect((await messagesOf(lost)).filter(({ state }) => state === 'planned')).toMatchObject([
      { kind: 'rescheduling', dueAt: later, deadline: tomorrow, appointmentVersion: 2 },
    ])
    // Asked again, it waits already.
    await at(later, (ctx) => planUsefulAgain(ctx, { probationerId: person.id }))
    expect(await messagesOf(lost)).toHaveLength(2)
  })

  it('brings again the summons that never arrived, the reminder stays; not where a reminder told the date', async () => {
    const person = await aPerson()
    const convokedInVain = async (startsAt: Date) => {
      const { id } = await anAppointment(service, person.id, startsAt)
      await at(now, (ctx) => planFor(ctx, id, true))
      await prisma.message.updateMany({
        where: { appointmentId: id, kind: 'summons' },
        data: { state: 'failed', endReason: 'invalid_number', endedAt: now },
      })
      return id
    }
    const untold = await convokedInVain(tuesday)
    const told = await convokedInVain(new Date('2026-03-12T13:30:00Z'))
    await prisma.message.updateMany({
      where: { appointmentId: told, kind: 'reminder' },
      data: { state: 'delivered', phone: person.phone, textSent: 'Rappel', sentAt: now, deliveredAt: now },
    })
    const later = new Date(now.getTime() + 6 * 3_600_000)
    const toCome = await at(later, (ctx) => planUsefulAgain(ctx, { probationerId: person.id }))
    expect(toCome.map(({ kind, leavesNow }) => ({ kind, leavesNow }))).toEqual([
      { kind: 'summons', leavesNow: true },
      { kind: 'reminder', leavesNow: false },
    ])
    expect((await messagesOf(untold)).filter(({ state }) => state === 'planned')).toMatchObject([
      { kind: 'summons', dueAt: later, appointmentVersion: 2 },
      { kind: 'reminder', appointmentVersion: 1 },
    ])
    expect((await messagesOf(told)).filter(({ state }) => state === 'planned')).toEqual([])
  })
})

describe('Previewing them', () => {
  it('shows each SMS as it will leave, with its hour, characters and parts', async () => {
    const when = civilOf(tuesday, 'Europe/Paris')
    const where = { placeId: service.place.id, typeCode: 'probation_follow_up' }
    const { now: previews } = await at(now, (ctx) =>
      previewChoices(ctx, { act: 'booking', ...where, ...when }),
    )
    expect(previews).toMatchObject([
      { kind: 'summons', leavesNow: true, alphabet: 'gsm7', parts: 2 },
      { kind: 'reminder', leavesNow: false, date: '2026-03-09', time: '14:30', alphabet: 'gsm7', parts: 2 },
    ])

    const { id } = await anAppointment(service, (await aPerson()).id, tuesday)
    await at(now, (ctx) => planFor(ctx, id, true))
    const planned = await at(now, (ctx) => messagesOfAppointment(ctx, { appointmentId: id }))
    const blind = (text = '') => text.replace(/\/stop\/\w{10}$/, '/stop/…')
    expect(planned.map((message) => blind(message.sms?.text)).sort()).toEqual(
      previews.map((preview) => blind(preview.text)).sort(),
    )
    expect(previews.every((preview) => preview.text.length === preview.characters)).toBe(true)
  })

  it('says which datum of the place the texts ask for, rather than show fewer SMS', async () => {
    const where = { placeId: service.place.id, typeCode: 'probation_follow_up' }
    const why = () => at(now, (ctx) => whyNotSendable(ctx, where))
    expect(await why()).toBeNull()
    const template = await prisma.messageTemplate.create({
      data: {
        organizationId: service.organization.id,
        typeCode: where.typeCode,
        kind: 'summons',
        versions: { create: { text: '{lieu.nom} : {rdv.date}, {lieu.téléphone}' } },
      },
    })
    await prisma.place.update({
      where: { id: where.placeId },
      data: { mainContactMethod: 'email', email: 'accueil@spip.example', phone: null },
    })
    expect(await why()).toBe('message.place_without_phone')
    expect(
      await at(now, (ctx) =>
        previewChoices(ctx, { act: 'booking', ...where, ...civilOf(tuesday, 'Europe/Paris') }),
      ),
    ).toEqual({ refusal: 'message.place_without_phone', now: [], reminder_only: [] })
    await prisma.messageTemplateVersion.create({
      data: { templateId: template.id, text: '{lieu.nom} : {rdv.date}, {lieu.contact}' },
    })
    expect(await why()).toBeNull()
    await expect(
      prisma.place.update({ where: { id: where.placeId }, data: { email: null } }),
    ).rejects.toThrow('place_can_be_reached')
  })
})
