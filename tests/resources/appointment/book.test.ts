import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment, registerAndBook } from '../../../resources/appointment/commands/book.server'
import { cancelAppointment, recordOutcome } from '../../../resources/appointment/commands/settle.server'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import { bookingPreview } from '../../../resources/appointment/queries/booking-preview.server'
import type { AgentActor, Role } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { formatDay, formatHour } from '../../../resources/shared/french'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aSlot,
  aService,
  monday,
  type AService,
} from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let clerk: AgentActor

beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  clerk = await anAgent(country.court, 'execution_office_agent')
})

const followUp = (service: AService, probationerId: number, more: object = {}) => ({
  probationerId,
  typeCode: 'probation_follow_up',
  placeId: service.placeId,
  date: '2026-10-13',
  time: '14:30',
  inform: 'now' as const,
  ...more,
})

const book = (probationerId: number, more: object = {}, actor = counsellor) =>
  actAt(actor, monday, (ctx) => bookAppointment(ctx, followUp(country.spip, probationerId, more)))

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? `${error.code} on ${error.field ?? 'the page'}` : error),
  )

const someone = (data: Parameters<typeof aPerson>[1] = {}) => aPerson([country.spip, country.court], data)

describe('a counsellor convokes a person at a free hour', () => {
  test('the appointment, its slot, its history and its messages are written together', async () => {
    const person = await someone()
    const { id } = await book(person.id)

    const appointment = await prisma.appointment.findUniqueOrThrow({
      where: { id },
      include: { slot: true, messages: { orderBy: { kind: 'asc' } }, historyEntries: true },
    })
    expect(appointment.startsAt.toISOString()).toBe('2026-10-13T12:30:00.000Z')
    expect(appointment).toMatchObject({
      state: 'booked',
      agentId: counsellor.id,
      bookedById: counsellor.id,
      slot: { capacity: 1, seatsTaken: 1, startTime: '14:30' },
    })
    expect(appointment.messages.map((message) => [message.kind, message.dueAt.toISOString()])).toEqual([
      ['summons', '2026-10-05T08:00:00.000Z'],
      ['reminder', '2026-10-12T12:30:00.000Z'],
    ])
    expect(appointment.historyEntries.map((entry) => entry.event)).toEqual(['appointment.booked'])
  })

  test('a double submit books once', async () => {
    const person = await someone()
    const requestKey = crypto.randomUUID()
    const answers = await Promise.all([book(person.id, { requestKey }), book(person.id, { requestKey })])
    expect(answers[0]).toEqual(answers[1])
    expect(await prisma.appointment.count({ where: { probationerId: person.id } })).toBe(1)
  })

  test('another form under the same key is refused, and says what the first one made', async () => {
    const person = await someone()
    const requestKey = crypto.randomUUID()
    await book(person.id, { requestKey })
    const attempt = book(person.id, { requestKey, time: '16:00' })
    await expect(attempt).rejects.toMatchObject({
      code: 'appointment.already_booked',
      params: { when: `${formatDay('2026-10-13')} à ${formatHour('14:30')}` },
    })
    const other = await someone()
    expect(await reasonOf(book(other.id, { requestKey }))).toBe('appointment.already_booked on the page')
    expect(await prisma.appointment.count({ where: { probationerId: { in: [person.id, other.id] } } })).toBe(
      1,
    )
  })

  test('a place that lacks what its texts ask for is refused, unless nothing would be sent', async () => {
    const silent = await aService('SPIP sans téléphone', 'probation_service')
    await prisma.place.update({
      where: { id: silent.placeId },
      data: { phone: null, email: 'accueil@justice.example', mainContactMethod: 'email' },
    })
    await prisma.messageTemplate.create({
      data: {
        organizationId: silent.id,
        typeCode: 'probation_follow_up',
        kind: 'missed',
        versions: { create: { text: '{rdv.date} : appelez le {lieu.téléphone}' } },
      },
    })
    const agent = await anAgent(silent, 'probation_counsellor')
    const at = (probationerId: number, inform: 'now' | null) =>
      actAt(agent, monday, (ctx) => bookAppointment(ctx, followUp(silent, probationerId, { inform })))
    const person = await aPerson([silent])
    expect(await reasonOf(at(person.id, 'now'))).toBe('message.place_without_phone on placeId')
    const silentPerson = await aPerson([silent], { smsOptOut: true })
    expect(await reasonOf(at(silentPerson.id, null))).toBe('accepted')
  })

  test('a record without a date of birth is completed first, except for the central team', async () => {
    const person = await someone()
    await prisma.probationer.update({ where: { id: person.id }, data: { dateOfBirth: null } })
    expect(await reasonOf(book(person.id))).toBe('probationer.record_incomplete on the page')
    const central = await anAgent(country.spip, 'central_admin')
    expect(await reasonOf(book(person.id, {}, central))).toBe('accepted')
  })

  test.each([
    ['the past', { date: '2026-10-02' }, 'appointment.past on date'],
    ['a Saturday', { date: '2026-10-10' }, 'appointment.weekend on date'],
    ['a public holiday', { date: '2026-11-11' }, 'appointment.holiday on date'],
    ['more than a year ahead', { date: '2027-10-11' }, 'appointment.too_far on date'],
    ['five in the morning', { time: '05:55' }, 'appointment.hour_outside on time'],
    ['no date', { date: '' }, 'appointment.date_missing on date'],
    ['no hour', { time: '' }, 'appointment.time_missing on time'],
    ['no SMS choice', { inform: null }, 'appointment.inform_missing on inform'],
  ])('%s is refused', async (_, change, reason) => {
    const person = await someone()
    expect(await reasonOf(book(person.id, change))).toBe(reason)
  })

  test('the electronic monitoring appointment may fall on a Sunday', async () => {
    const person = await someone()
    expect(await reasonOf(book(person.id, { typeCode: 'electronic_monitoring', date: '2026-10-11' }))).toBe(
      'accepted',
    )
  })

  test('the same person at the same instant is refused, an overlap may be kept', async () => {
    const person = await someone()
    await book(person.id)
    expect(await reasonOf(book(person.id, { keepOverlap: true }))).toBe('appointment.same_instant on time')
    expect(await reasonOf(book(person.id, { time: '14:45' }))).toBe('appointment.overlap on keepOverlap')
    expect(await reasonOf(book(person.id, { time: '14:45', keepOverlap: true }))).toBe('accepted')
  })

  test('an archived person gets no new appointment', async () => {
    const person = await someone({ archivedAt: monday })
    expect(await reasonOf(book(person.id))).toBe('probationer.archived on the page')
  })

  test('a person who refuses SMS is convoked without the question, and no message leaves', async () => {
    const person = await someone({ smsOptOut: true })
    const { id } = await book(person.id, { inform: null })
    expect(await prisma.message.findMany({ where: { appointmentId: id }, select: { kind: true } })).toEqual([
      { kind: 'reminder' },
    ])
  })

  test('a number at which SMS no longer arrive is one nobody is told at', async () => {
    const person = await someone()
    await prisma.probationer.update({ where: { id: person.id }, data: { phoneState: 'dead' } })
    const { id } = await book(person.id)
    expect(await prisma.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({
      informedAtBooking: false,
    })
    // The reminder stays: the number may be corrected before its hour.
    expect(await prisma.message.findMany({ where: { appointmentId: id } })).toMatchObject([
      { kind: 'reminder', state: 'planned' },
    ])
  })

  test('in Cayenne the hour is that of Cayenne', async () => {
    const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
      departmentCode: '973',
      timeZone: 'America/Cayenne',
    })
    const agent = await anAgent(cayenne, 'probation_counsellor')
    const person = await aPerson([cayenne])
    const { id } = await actAt(agent, monday, (ctx) =>
      bookAppointment(ctx, followUp(cayenne, person.id, { time: '08:00' })),
    )
    const appointment = await prisma.appointment.findUniqueOrThrow({ where: { id } })
    expect(appointment.startsAt.toISOString()).toBe('2026-10-13T11:00:00.000Z')
  })
})

describe('a clerk books a published slot', () => {
  const hearingExit = (probationerId: number, slotId: number) =>
    actAt(clerk, monday, (ctx) =>
      bookAppointment(ctx, {
        probationerId,
        typeCode: 'hearing_exit_probation',
        placeId: country.spip.placeId,
        slotId,
        inform: 'now',
        prosecutionNumber: ' 26061000123 ',
      }),
    )

  test('of three agents at the last seat, one wins', async () => {
    const slot = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-08', '14:00', { capacity: 1 })
    const people = await Promise.all([someone(), someone(), someone()])
    const answers = await Promise.all(people.map((person) => reasonOf(hearingExit(person.id, slot.id))))
    expect(answers.sort()).toEqual([
      'accepted',
      'appointment.slot_full on slotId',
      'appointment.slot_full on slotId',
    ])
    expect((await prisma.slot.findUniqueOrThrow({ where: { id: slot.id } })).seatsTaken).toBe(1)
  })

  test('a closed slot and a past slot are refused with their reason', async () => {
    const person = await someone()
    const closed = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-08', '15:00', {
      isOpen: false,
    })
    const past = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-05', '09:00')
    expect(await reasonOf(hearingExit(person.id, closed.id))).toBe('appointment.slot_closed on slotId')
    expect(await reasonOf(hearingExit(person.id, past.id))).toBe('appointment.slot_past on slotId')
  })

  test('a seat published on a day off is refused, as a free hour would be', async () => {
    const person = await someone()
    const holiday = await aSlot(country.spip, 'hearing_exit_probation', '2026-11-11', '14:00')
    expect(await reasonOf(hearingExit(person.id, holiday.id))).toBe('appointment.holiday on slotId')
  })

  test('the hearing exit to probation is never held at a court', async () => {
    const person = await someone()
    await prisma.placeAppointmentType.create({
      data: { placeId: country.court.placeId, typeCode: 'hearing_exit_probation' },
    })
    const slot = await aSlot(country.court, 'hearing_exit_probation', '2026-10-08', '16:00')
    const attempt = actAt(clerk, monday, (ctx) =>
      bookAppointment(ctx, {
        probationerId: person.id,
        typeCode: 'hearing_exit_probation',
        placeId: country.court.placeId,
        slotId: slot.id,
        inform: 'now',
      }),
    )
    expect(await reasonOf(attempt)).toBe('appointment.type_not_hosted on placeId')
  })

  test('cancelling gives the seat back and takes the reminder away', async () => {
    const slot = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-09', '14:00')
    const person = await someone()
    const { id } = await hearingExit(person.id, slot.id)
    await actAt(clerk, monday, (ctx) => cancelAppointment(ctx, { appointmentId: id, inform: true }))

    expect((await prisma.slot.findUniqueOrThrow({ where: { id: slot.id } })).seatsTaken).toBe(0)
    const messages = await prisma.message.findMany({ where: { appointmentId: id }, orderBy: { kind: 'asc' } })
    expect(messages.map((message) => [message.kind, message.state])).toEqual([
      ['summons', 'planned'],
      ['reminder', 'cancelled'],
      ['cancellation', 'planned'],
    ])
    expect(
      await reasonOf(
        actAt(clerk, monday, (ctx) => cancelAppointment(ctx, { appointmentId: id, inform: false })),
      ),
    ).toBe('appointment.already_cancelled on the page')
  })
})

describe('rights, where the write happens', () => {
  test.each<[Role, string, string]>([
    ['probation_counsellor', 'electronic_tag_fitting', 'appointment.type_not_offered on typeCode'],
    ['educator', 'sentence_judge_follow_up', 'appointment.type_not_offered on typeCode'],
  ])('a %s does not book %s', async (role, typeCode, reason) => {
    const person = await someone()
    const agent = await anAgent(country.spip, role)
    expect(await reasonOf(book(person.id, { typeCode }, agent))).toBe(reason)
  })

  test('an agent of another jurisdiction finds neither the person nor the place', async () => {
    const person = await someone()
    const stranger = await anAgent(country.foreign, 'probation_counsellor')
    expect(await reasonOf(book(person.id, {}, stranger))).toBeInstanceOf(NotFound)
    const theirs = await aPerson([country.foreign])
    expect(await reasonOf(book(theirs.id, {}, stranger))).toBeInstanceOf(NotFound)
  })

  test('with inter-jurisdiction, a number typed reaches nobody of the rest of the country', async () => {
    const pilot = await aService('TJ de Versailles', 'court', { interJurisdiction: true })
    const office = await anAgent(pilot, 'execution_office_agent')
    const theirs = await aPerson([country.foreign])
    const slot = await aSlot(country.foreign, 'hearing_exit_probation', '2026-10-08', '14:00', {
      capacity: 2,
    })
    const choices = {
      probationerId: theirs.id,
      typeCode: 'hearing_exit_probation',
      placeId: country.foreign.placeId,
      slotId: slot.id,
      inform: 'now' as const,
    }
    const attempt = () => actAt(office, monday, (ctx) => bookAppointment(ctx, choices))
    await expect(attempt()).rejects.toBeInstanceOf(NotFound)
    await expect(actAt(office, monday, (ctx) => bookingPreview(ctx, choices))).rejects.toBeInstanceOf(
      NotFound,
    )
    await expect(
      actAt(office, monday, (ctx) => bookingForm(ctx, { probationerId: theirs.id })),
    ).rejects.toBeInstanceOf(NotFound)

    // Whom the office itself has just registered there, it convokes.
    await prisma.probationer.update({
      where: { id: theirs.id },
      data: { creatingOrganizationId: pilot.id, createdAt: monday },
    })
    expect(await reasonOf(attempt())).toBe('accepted')
  })

  test('before the charter is accepted nothing is booked', async () => {
    const person = await someone()
    const newcomer = await anAgent(country.spip, 'probation_counsellor', { charter: null })
    expect(await reasonOf(book(person.id, {}, newcomer))).toBeInstanceOf(Forbidden)
    expect(await prisma.appointment.count({ where: { probationerId: person.id } })).toBe(0)
  })

  test('the execution office never records an outcome', async () => {
    const person = await someone()
    const { id } = await book(person.id)
    const later = new Date('2026-10-13T16:00:00Z')
    await expect(
      actAt(clerk, later, (ctx) => recordOutcome(ctx, { appointmentId: id, outcome: 'attended' })),
    ).rejects.toBeInstanceOf(Forbidden)
    await actAt(counsellor, later, (ctx) =>
      recordOutcome(ctx, { appointmentId: id, outcome: 'missed', inform: true }),
    )
    const row = await prisma.appointment.findUniqueOrThrow({ where: { id }, include: { messages: true } })
    expect(row.state).toBe('missed')
    expect(row.messages.some((message) => message.kind === 'missed')).toBe(true)
  })
})

describe('register and convoke in one act', () => {
  const newcomer = (lastName: string, appointment: object = {}) =>
    actAt(counsellor, monday, (ctx) =>
      registerAndBook(ctx, {
        probationer: {
          lastName,
          firstName: 'jean-marie',
          dateOfBirth: '1991-04-12',
          phone: '06 39 98 77 01',
        },
        appointment: { ...followUp(country.spip, 0), assignToMe: true, ...appointment },
      }),
    )

  test('when the appointment is refused the person is not registered', async () => {
    expect(await reasonOf(newcomer('Moitié', { date: '2026-10-10' }))).toBe('appointment.weekend on date')
    expect(await prisma.probationer.count({ where: { lastName: 'MOITIÉ' } })).toBe(0)
  })

  test('the person is followed by the jurisdiction and assigned to the counsellor', async () => {
    const { probationerId } = await newcomer('d’Angelo')
    const person = await prisma.probationer.findUniqueOrThrow({ where: { id: probationerId } })
    expect(person).toMatchObject({
      lastName: 'D’ANGELO',
      firstName: 'Jean-Marie',
      phone: '+33639987701',
      assignedAgentId: counsellor.id,
    })
    expect(person.followingOrganizationIds.toSorted()).toEqual([country.court.id, country.spip.id].toSorted())
  })
})
