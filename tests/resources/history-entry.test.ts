import { beforeAll, describe, expect, test } from 'vitest'
import { historySentence } from '../../resources/history'
import { historyData } from '../../resources/history-entry/schema'
import { earlierHistory, probationerRecord } from '../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { NotFound } from '../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aService, aSlot, monday } from '../support/world'

/** With plain spaces, as it is read. */
const sentence = (event: string, data: object) =>
  historySentence(event, historyData.parse(data)).replace(/\s/g, ' ')
const meeting = { date: '2026-10-13', time: '14:30', place: 'SPIP de Nanterre' }

describe('a line of history says', () => {
  test.each([
    [
      'the type, the place and the SMS choice of what was booked',
      'appointment.booked',
      { ...meeting, typeCode: 'probation_follow_up', inform: 'reminder_only' },
      'Convocation créée : mardi 13 octobre 2026 à 14 h 30, Convocation de suivi SPIP, SPIP de Nanterre, « rappel seulement »',
    ],
    [
      'no place for a phone call',
      'appointment.missed',
      { ...meeting, typeCode: 'phone_appointment' },
      'Manquée : mardi 13 octobre 2026 à 14 h 30, RDV téléphonique',
    ],
    [
      'which outcome was taken back',
      'appointment.outcome_undone',
      { ...meeting, outcome: 'missed' },
      'Issue « manquée » retirée : mardi 13 octobre 2026 à 14 h 30, SPIP de Nanterre',
    ],
    [
      'what was corrected, never the values',
      'probationer.corrected',
      { fields: ['lastName', 'dateOfBirth', 'appiNumber', 'followedByAntiTerrorismJudge', 'somethingNew'] },
      'Fiche modifiée : nom, date de naissance, numéro APPI, suivi par le juge antiterroriste',
    ],
    ['what it can of a line of yesterday', 'appointment.attended', { date: '2026-10-13' }, 'Honorée'],
  ])('%s', (_, event, data, expected) => {
    expect(sentence(event, data)).toBe(expected)
  })
})

describe('a long history', () => {
  let agent: AgentActor
  let probationerId: number
  let stranger: AgentActor
  beforeAll(async () => {
    const { spip, foreign } = await aCountry()
    agent = await anAgent(spip, 'probation_counsellor')
    stranger = await anAgent(foreign, 'probation_counsellor')
    probationerId = (await aPerson([spip])).id
    await prisma.historyEntry.createMany({
      data: Array.from({ length: 230 }, (_, index) => ({
        probationerId,
        category: 'probationer' as const,
        event: 'probationer.assigned',
        // Several at one instant: none is told twice, none is left out.
        at: new Date(monday.getTime() - Math.floor(index / 7) * 1_000),
      })),
    })
  })

  test('is read a hundred lines at a time, to the first one', async () => {
    const seen: number[] = []
    let page = (await actAt(agent, monday, (ctx) => probationerRecord(ctx, { probationerId }))).history
    for (;;) {
      seen.push(...page.lines.map((line) => line.id))
      if (!page.more) break
      const before = seen.at(-1) ?? 0
      page = await actAt(agent, monday, (ctx) => earlierHistory(ctx, { probationerId, before }))
    }
    expect([seen.length, new Set(seen).size]).toEqual([230, 230])
    // The record once, what came before it twice: each is a reading.
    expect(await prisma.auditEntry.count({ where: { probationerId, action: 'view' } })).toBe(3)
  })

  test('is nobody else’s to read', async () => {
    await expect(
      actAt(stranger, monday, (ctx) => earlierHistory(ctx, { probationerId, before: 1_000_000 })),
    ).rejects.toBeInstanceOf(NotFound)
  })
})

test('a line about an SMS says of which day the appointment is, where the person is expected', async () => {
  const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
    departmentCode: '973',
    timeZone: 'America/Cayenne',
  })
  const reader = await anAgent(cayenne, 'probation_counsellor')
  const { id } = await aPerson([cayenne])
  const slot = await aSlot(cayenne, 'probation_follow_up', '2026-10-13', '20:30', { seatsTaken: 1 })
  const appointment = await prisma.appointment.create({
    data: {
      probationerId: id,
      slotId: slot.id,
      typeCode: slot.typeCode,
      organizationId: cayenne.id,
      placeId: cayenne.placeId,
      // 23:30 in UTC, and already the next day in Paris.
      startsAt: new Date('2026-10-13T23:30:00Z'),
      creatingOrganizationId: cayenne.id,
    },
  })
  await prisma.historyEntry.createMany({
    data: [
      {
        probationerId: id,
        appointmentId: appointment.id,
        category: 'message',
        event: 'message.sent',
        at: monday,
      },
      { probationerId: id, category: 'probationer', event: 'probationer.assigned', at: monday },
    ],
  })
  const { history } = await actAt(reader, monday, (ctx) => probationerRecord(ctx, { probationerId: id }))
  expect(history.lines.map(({ event, appointmentOn }) => [event, appointmentOn])).toEqual([
    ['probationer.assigned', null],
    ['message.sent', '2026-10-13'],
  ])
})
