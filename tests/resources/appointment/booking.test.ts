import { beforeAll, describe, expect, test } from 'vitest'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import { bookingPreview } from '../../../resources/appointment/queries/booking-preview.server'
import { freeSlots } from '../../../resources/appointment/queries/free-slots.server'
import { freeHours } from '../../../resources/appointment/rules'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aPerson, aService, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let clerk: AgentActor

beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  clerk = await anAgent(country.court, 'execution_office_agent')
})

describe('the free slots of a place', () => {
  const slotsOf = (more: object = {}) =>
    actAt(clerk, monday, (ctx) =>
      freeSlots(ctx, { typeCode: 'hearing_exit_probation', placeId: country.spip.placeId, ...more }),
    )

  test('begin with the first free day; days before it may still be looked at', async () => {
    await aSlot(country.spip, 'hearing_exit_probation', '2026-10-06', '09:00', { seatsTaken: 1 })
    await aSlot(country.spip, 'hearing_exit_probation', '2026-10-07', '09:00', { capacity: 3, seatsTaken: 1 })
    const first = await slotsOf()
    expect(first.days.map(({ date, full, slots }) => [date, full, slots.map(({ seats }) => seats)])).toEqual([
      ['2026-10-07', false, [2]],
      ['2026-10-08', false, []],
      ['2026-10-09', false, []],
      ['2026-10-12', false, []],
      ['2026-10-13', false, []],
    ])
    const before = await slotsOf({ from: first.previous })
    expect(before.days.slice(0, 2)).toEqual([
      { date: '2026-10-05', slots: [], full: false },
      { date: '2026-10-06', slots: [], full: true },
    ])
    expect(before.previous).toBeNull()
  })

  test('of many agendas are all there, however many', async () => {
    const place = await aService('SPIP de Bobigny', 'probation_service')
    await prisma.organizationLink.create({
      data: { courtId: country.court.id, probationServiceId: place.id },
    })
    const linked = await anAgent(country.court, 'execution_office_agent')
    const agendas = await prisma.agenda.createManyAndReturn({
      data: Array.from({ length: 12 }, (_, n) => ({ placeId: place.placeId, name: `Cabinet ${n + 1}` })),
    })
    const hours = Array.from({ length: 32 }, (_, n) => 8 * 60 + n * 15)
    await prisma.slot.createMany({
      data: agendas.flatMap(({ id }) =>
        hours.map((minutes) => {
          const startTime = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
          return {
            agendaId: id,
            typeCode: 'hearing_exit_probation',
            date: new Date('2026-10-08T00:00:00Z'),
            startTime,
            startsAt: new Date(`2026-10-08T${startTime}:00+02:00`),
          }
        }),
      ),
    })
    const { days, severalAgendas } = await actAt(linked, monday, (ctx) =>
      freeSlots(ctx, { typeCode: 'hearing_exit_probation', placeId: place.placeId }),
    )
    expect(days[0]?.slots).toHaveLength(12 * 32)
    expect(severalAgendas).toBe(true)
  })
})

describe('the booking page of a person', () => {
  test('is traced as an opening of the record', async () => {
    const person = await aPerson([country.spip])
    await actAt(counsellor, monday, (ctx) => bookingForm(ctx, { probationerId: person.id }))
    expect(await prisma.auditEntry.findMany({ where: { probationerId: person.id } })).toMatchObject([
      { action: 'view', subject: 'probationer', agentId: counsellor.id },
    ])
  })

  test('says what the record lacks', async () => {
    const person = await aPerson([country.spip], { phone: null })
    const form = await actAt(counsellor, monday, (ctx) => bookingForm(ctx, { probationerId: person.id }))
    expect(form.person).toMatchObject({
      recordFaults: [{ field: 'phone', reason: 'probationer.phone_missing' }],
      mayEdit: true,
    })
  })

  test('names the services to call when none of them receives for the role', async () => {
    const person = await aPerson([country.court])
    const form = await actAt(counsellor, monday, (ctx) => bookingForm(ctx, { probationerId: person.id }))
    expect(form.types).toEqual([])
    expect(form.services).toMatchObject([{ name: 'TJ de Nanterre' }])
  })
})

describe('what a booking is told of the person before it is made', () => {
  const toldOf = async (person: { id: number }, service = country.spip) => {
    const { record } = await actAt(counsellor, monday, (ctx) =>
      bookingPreview(ctx, {
        typeCode: 'probation_follow_up',
        placeId: service.placeId,
        probationerId: person.id,
      }),
    )
    return record
  }

  test('is nothing where nothing stands in the way', async () => {
    expect(await toldOf(await aPerson([country.spip]))).toEqual({
      ...{ followedHere: true, recordFaults: [], mayEdit: true },
      ...{ unreachable: null, phoneToCheck: false },
    })
  })

  test('is who does not follow them, what their record lacks, and why no SMS reaches them', async () => {
    expect(await toldOf(await aPerson([country.court]))).toMatchObject({ followedHere: false })
    const incomplete = await aPerson([country.spip], { phone: null })
    expect(await toldOf(incomplete)).toMatchObject({
      recordFaults: [{ field: 'phone' }],
      unreachable: 'no_phone',
    })
    const silent = await aPerson([country.spip], { smsOptOut: true })
    expect(await toldOf(silent)).toMatchObject({ recordFaults: [], unreachable: 'opted_out' })
  })
})

describe('the day of an agenda', () => {
  test('offers the usual hours that touch none of those taken, for as long as one stays', () => {
    const taken = [
      { startTime: '09:15', durationMinutes: 30 },
      { startTime: '14:00', durationMinutes: 60 },
    ]
    expect(freeHours(taken, 30)).toEqual([
      '10:00',
      '10:30',
      '11:00',
      '11:30',
      '15:00',
      '15:30',
      '16:00',
      '16:30',
    ])
    expect(freeHours([{ startTime: '11:00', durationMinutes: 30 }], 120).slice(0, 3)).toEqual([
      '09:00',
      '11:30',
      '14:00',
    ])
  })

  test('leaves out the hours already past', async () => {
    const noon = new Date('2026-10-05T12:00:00Z')
    const preview = await actAt(counsellor, noon, (ctx) =>
      bookingPreview(ctx, {
        typeCode: 'probation_follow_up',
        placeId: country.spip.placeId,
        agendaId: country.spip.agendaId,
        date: '2026-10-05',
      }),
    )
    expect(preview.day).toEqual({ taken: [], free: ['14:30', '15:00', '15:30', '16:00', '16:30'] })
  })
})
