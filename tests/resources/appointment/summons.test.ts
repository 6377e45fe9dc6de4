import { beforeAll, describe, expect, test } from 'vitest'
import { oneEntryAMessage, type Line } from '../../../admin/screens/history/entries'
import { typedAfter } from '../../../admin/screens/book/state'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import { bookingPreview } from '../../../resources/appointment/queries/booking-preview.server'
import { summonsPage } from '../../../resources/appointment/queries/summons.server'
import { informWords } from '../../../resources/message/fr'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { NotFound } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday, type AService } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor

beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

const choices = (more: object) => ({
  typeCode: 'probation_follow_up',
  placeId: country.spip.placeId,
  date: '2026-10-13' as const,
  time: '14:30' as const,
  inform: 'now' as const,
  ...more,
})

describe('the summons on paper', () => {
  test('says who summons, who receives, when, where, how to come and where to read more', async () => {
    const person = await aPerson([country.spip], { lastName: 'BENSALEM', appiNumber: '202309210000' })
    const before = await actAt(counsellor, monday, (ctx) => bookingForm(ctx, {}))
    expect(before).toMatchObject({ usualTypeCode: null, usualPlaceId: null })
    const { id } = await actAt(counsellor, monday, (ctx) =>
      bookAppointment(ctx, { ...choices({}), probationerId: person.id }),
    )
    const after = await actAt(counsellor, monday, (ctx) => bookingForm(ctx, {}))
    expect(after).toMatchObject({
      usualTypeCode: 'probation_follow_up',
      usualPlaceId: country.spip.placeId,
    })

    const paper = await actAt(counsellor, monday, (ctx) => summonsPage(ctx, { appointmentId: id }))
    expect(paper).toMatchObject({
      date: '2026-10-13',
      time: '14:30',
      service: { name: 'SPIP de Nanterre', kind: 'probation_service' },
      place: { address: '14 rue des Peupliers, 92000 Nanterre', phone: '+33199001020', week: [] },
      agent: { lastName: 'Vasseur', role: 'probation_counsellor' },
      handedBy: { lastName: 'Vasseur', role: 'probation_counsellor' },
      probationer: { lastName: 'BENSALEM', appiNumber: '202309210000' },
    })
    expect(paper.link.text).toMatch(/\/s\/92$/)
    expect(paper.link.code.path.split('M').length).toBeGreaterThan(200)
    const traced = { action: 'view', subject: 'appointment', subjectId: id }
    expect(await prisma.auditEntry.count({ where: traced })).toBe(1)
  })

  test('names nobody as who receives where the service does; the referent only as who follows, at home', async () => {
    const person = await aPerson([country.spip, country.court], { assignedAgentId: counsellor.id })
    const clerk = await anAgent(country.court, 'execution_office_agent')
    const paperOf = async (service: AService, typeCode: string, time: string) => {
      const slot = await aSlot(service, typeCode, '2026-10-20', time)
      const { id } = await actAt(clerk, monday, (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId: person.id, typeCode, placeId: service.placeId, slotId: slot.id },
          inform: 'now',
        }),
      )
      return actAt(clerk, monday, (ctx) => summonsPage(ctx, { appointmentId: id }))
    }
    const atProbation = await paperOf(country.spip, 'hearing_exit_probation', '09:00')
    expect(atProbation).toMatchObject({ agent: null, referent: { lastName: counsellor.lastName } })
    const atTheJudge = await paperOf(country.court, 'hearing_exit_sentence_judge', '11:00')
    expect(atTheJudge).toMatchObject({ agent: null, referent: null })
  })

  test('is found by nobody of another service', async () => {
    const person = await aPerson([country.spip])
    const { id } = await actAt(counsellor, monday, (ctx) =>
      bookAppointment(ctx, { ...choices({}), probationerId: person.id }),
    )
    const stranger = await anAgent(country.foreign, 'probation_counsellor')
    await expect(
      actAt(stranger, monday, (ctx) => summonsPage(ctx, { appointmentId: id })),
    ).rejects.toBeInstanceOf(NotFound)
  })
})

describe('the two choices of SMS are said by what each would send:', () => {
  const said = async (more: object) =>
    informWords((await actAt(counsellor, monday, (ctx) => bookingPreview(ctx, choices(more)))).choices)

  test('a week ahead, a reminder the day before', async () => {
    expect(await said({})).toEqual({
      now: 'Prévenir maintenant, puis rappeler la veille',
      reminderOnly: 'Rappeler la veille seulement',
      whyNoReminder: null,
    })
  })

  test('a day and an hour ahead, none that close to the first', async () => {
    expect(await said({ date: '2026-10-06', time: '11:00' })).toEqual({
      now: 'Prévenir maintenant, sans rappel',
      reminderOnly: 'Rappeler la veille seulement',
      whyNoReminder: 'Pas de rappel\u00a0: il partirait moins de six heures après le premier SMS.',
    })
  })

  test('the same day, the reminder leaves now or stands for nothing', async () => {
    expect(await said({ date: '2026-10-05', time: '16:00' })).toEqual({
      now: 'Prévenir maintenant, sans rappel',
      reminderOnly: 'Envoyer le rappel maintenant, seul',
      whyNoReminder: 'Pas de rappel\u00a0: la date est trop proche, le premier SMS suffit.',
    })
  })

  test('to somebody who refuses SMS, none is shown', async () => {
    const shown = async (person: { smsOptOut?: boolean }) => {
      const { id: probationerId } = await aPerson([country.spip], person)
      const preview = (ctx: Context<AgentActor>) => bookingPreview(ctx, { ...choices({}), probationerId })
      return (await actAt(counsellor, monday, preview)).messages.map(({ kind }) => kind)
    }
    expect(await shown({})).toEqual(['summons', 'reminder'])
    expect(await shown({ smsOptOut: true })).toEqual([])
  })
})

test('text typed after a shortcut takes its place; a correction does not', () => {
  expect(typedAfter('13/10/2026', '13/10/2026mardi')).toBe('mardi')
  expect(typedAfter('13/10/2026', '13/10/202')).toBe('13/10/202')
  expect(typedAfter('', 'mardi')).toBe('mardi')
})

test('a message that arrived is one entry, with the text that left', () => {
  const line = (id: number, event: string, kind: string, text?: string) =>
    ({ id, event, appointmentId: 7, category: 'message', data: { kind, ...(text && { text }) } }) as Line
  const entries = oneEntryAMessage([
    line(4, 'message.delivered', 'reminder'),
    line(3, 'message.sent', 'reminder', 'Demain'),
    line(2, 'message.failed', 'summons'),
    line(1, 'message.sent', 'summons', 'Mardi'),
  ])
  expect(entries.map(({ id, data }) => [id, data.text])).toEqual([
    [4, 'Demain'],
    [2, 'Mardi'],
  ])
})
