import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { bookingPreview } from '../../../resources/appointment/queries/booking-preview.server'
import { listAppointments } from '../../../resources/appointment/queries/list.server'
import { appointmentMessages, appointmentPage } from '../../../resources/appointment/queries/page.server'
import { summonsPage } from '../../../resources/appointment/queries/summons.server'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import { refuseDivestment } from '../../../resources/divestment/commands/answer.server'
import { changeCity } from '../../../resources/probationer/commands/change-city.server'
import { lookUpIdentity } from '../../../resources/probationer/commands/look-up.server'
import { foreseenOfCity } from '../../../resources/probationer/queries/foreseen-city.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import { eraseExpired } from '../../../resources/retention/commands.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { TooMany } from '../../../resources/shared/errors'
import { rolesOf } from '../../../resources/shared/rights'
import { perform, read, transact } from '../../../resources/shared/transact.server'
import { system } from '../../support/accounts'
import { anAgent, aPerson, aService, aSlot, workingDay, type AService } from '../../support/world'

let versailles: AService
let spip: AService
let court: AService
let bex: AgentActor

beforeAll(async () => {
  versailles = await aService('TJ de Versailles', 'court', { departmentCode: '78', interJurisdiction: true })
  court = await aService('TJ de Nanterre', 'court')
  spip = await aService('SPIP 92 Nanterre', 'probation_service')
  await prisma.organization.update({ where: { id: spip.id }, data: { switchboardPhone: '+33199001122' } })
})
// Each their own: a clerk asks twenty times in ten minutes.
beforeEach(async () => {
  bex = await anAgent(versailles, 'execution_office_agent')
})

let made = 0
async function somebody(more: object = {}) {
  const letter = String.fromCodePoint(65 + made++)
  return aPerson([spip, court], {
    lastName: `DIABAT${letter}`,
    firstName: 'Moussa',
    dateOfBirth: '1988-05-06',
    appiNumber: `2023${String(10_000_000 + made)}`,
    ...more,
  })
}

const exact = ({ lastName }: { lastName: string }) => ({
  lastName,
  firstName: 'moussa',
  dateOfBirth: '1988-05-06',
})
const lookUp = async (typed: object, actor = bex) => (await perform(actor, lookUpIdentity, typed)).found

describe('by exact identity', () => {
  it('one person of the country is found, and the minimum shown', async () => {
    const person = await somebody()
    const found = await lookUp(exact(person))
    expect(found).toEqual({
      id: person.id,
      record: null,
      minimum: { initial: 'D', firstName: person.firstName, yearOfBirth: 1988 },
      services: [
        { id: spip.id, name: 'SPIP 92 Nanterre', switchboardPhone: '+33199001122', own: false },
        { id: court.id, name: 'TJ de Nanterre', switchboardPhone: null, own: false },
      ],
      mayConvoke: true,
      mayChangeCity: true,
    })
    expect(JSON.stringify(found)).not.toContain(person.phone ?? '-')
    expect(JSON.stringify(found)).not.toContain(person.appiNumber ?? '-')
  })

  it('or by the APPI number alone', async () => {
    const person = await somebody()
    expect(await lookUp({ appiNumber: person.appiNumber })).toMatchObject({ id: person.id })
  })

  test.each([
    ['another first name', { firstName: 'Moïse' }],
    ['the next day', { dateOfBirth: '1988-05-07' }],
    ['a piece of the name', { lastName: 'DIABA' }],
  ])('%s finds nobody', async (_, other) => {
    const person = await somebody()
    expect(await lookUp({ ...exact(person), ...other })).toBeNull()
  })

  it('two of one identity are nobody: the number tells them apart', async () => {
    const one = await somebody()
    const twin = await somebody({ lastName: one.lastName })
    expect(await lookUp(exact(one))).toBeNull()
    expect(await lookUp({ appiNumber: twin.appiNumber })).toMatchObject({ id: twin.id })
  })

  it('asks for all of it, beside each field', async () => {
    const error: unknown = await lookUp({ lastName: 'DIABATE' }).catch((one: unknown) => one)
    const issues = (error as { issues: { path: string[] }[] }).issues
    expect(issues.map(({ path }) => path.join())).toEqual(['firstName', 'dateOfBirth'])
  })

  it('somebody of the jurisdiction is shown as they are', async () => {
    const person = await aPerson([versailles], {
      lastName: 'VOISIN',
      firstName: 'Moussa',
      dateOfBirth: '1988-05-06',
    })
    expect(await lookUp(exact(person))).toMatchObject({
      record: { id: person.id, lastName: 'VOISIN' },
      minimum: null,
      mayChangeCity: false,
    })
    expect(await prisma.identityLookUp.count({ where: { probationerId: person.id } })).toBe(0)
  })

  it('an archived person, or one who cannot be reached, is not convoked: one sentence, no reason', async () => {
    const archived = await somebody({ archivedAt: new Date() })
    expect(await lookUp(exact(archived))).toMatchObject({ mayConvoke: false, mayChangeCity: false })
  })
})

describe('who asks', () => {
  it('is an execution office with inter-jurisdiction, and no other', async () => {
    const person = await somebody()
    const without = await aService('TJ de Melun', 'court', { departmentCode: '77' })
    const others = [
      await anAgent(without, 'execution_office_agent'),
      ...(await Promise.all(
        rolesOf('court')
          .filter((role) =>
            ['central_admin', 'local_admin', 'sentence_judge', 'sentence_clerk'].includes(role),
          )
          .map((role) => anAgent(versailles, role)),
      )),
      await anAgent(spip, 'probation_counsellor'),
    ]
    for (const actor of others) await expect(lookUp(exact(person), actor)).rejects.toThrow('not permitted')
  })

  it('leaves a trace that names no value, found or not', async () => {
    const person = await somebody()
    await lookUp(exact(person))
    await lookUp({ ...exact(person), firstName: 'Personne' })
    await lookUp({ appiNumber: person.appiNumber })
    const traces = await prisma.auditEntry.findMany({
      where: { agentId: bex.id, action: 'look_up' },
      orderBy: { id: 'asc' },
      select: { probationerId: true, fields: true },
    })
    const names = ['lastName', 'firstName', 'dateOfBirth']
    expect(traces).toEqual([
      { probationerId: person.id, fields: names },
      { probationerId: null, fields: names },
      { probationerId: person.id, fields: ['appiNumber'] },
    ])
  })

  it('asks twenty times in ten minutes at most', async () => {
    const person = await somebody()
    for (let n = 0; n < 20; n++) await lookUp(exact(person))
    await expect(lookUp(exact(person))).rejects.toBeInstanceOf(TooMany)
  })
})

describe('from what is found', () => {
  it('the person is convoked to a place of the services that follow them, their record staying closed', async () => {
    const person = await somebody()
    await expect(read(bex, (ctx) => bookingForm(ctx, { probationerId: person.id }))).rejects.toThrow(
      'not found',
    )
    await lookUp(exact(person))
    const form = await read(bex, (ctx) => bookingForm(ctx, { probationerId: person.id }))
    expect(form.person).toMatchObject({
      lastName: 'D.',
      firstName: person.firstName,
      dateOfBirth: null,
      phone: null,
      appiNumber: null,
      assignedAgent: null,
      nextAppointment: null,
      inJurisdiction: false,
      lookedUp: { yearOfBirth: 1988 },
    })
    expect(form.places.map(({ id }) => id).sort()).toEqual([spip.placeId, court.placeId].sort())
    expect(form.types.map(({ code }) => code).sort()).toEqual([
      'hearing_exit_probation',
      'hearing_exit_sentence_judge',
    ])
    await expect(read(bex, (ctx) => probationerRecord(ctx, { probationerId: person.id }))).rejects.toThrow()

    const slot = await aSlot(spip, 'hearing_exit_probation', workingDay(10), '10:00', { capacity: 1 })
    const { id } = await perform(bex, bookAppointment, {
      probationerId: person.id,
      typeCode: 'hearing_exit_probation',
      placeId: spip.placeId,
      slotId: slot.id,
      inform: 'now',
    })
    const booked = await prisma.appointment.findUniqueOrThrow({ where: { id } })
    expect(booked).toMatchObject({ probationerId: person.id, creatingOrganizationId: versailles.id })
  })

  it('and booking them says no more of who they are, to who booked nor to their colleagues', async () => {
    const person = await somebody()
    await lookUp(exact(person))
    const slot = await aSlot(spip, 'hearing_exit_probation', workingDay(11), '10:00', { capacity: 1 })
    const { id: appointmentId } = await perform(bex, bookAppointment, {
      ...{ probationerId: person.id, typeCode: 'hearing_exit_probation', placeId: spip.placeId },
      ...{ slotId: slot.id, inform: 'now' as const },
    })
    await prisma.message.updateMany({
      where: { appointmentId },
      data: { state: 'sent', phone: person.phone, textSent: 'SPIP : rendez-vous' },
    })
    const said = async (actor: AgentActor) =>
      read(actor, async (ctx) => ({
        page: await appointmentPage(ctx, { appointmentId }),
        messages: await appointmentMessages(ctx, { appointmentId }),
        paper: await summonsPage(ctx, { appointmentId }),
        list: await listAppointments(ctx, { view: 'all', date: workingDay(11), wholeJurisdiction: true }),
      }))
    for (const actor of [bex, await anAgent(versailles, 'head_execution_clerk')]) {
      const { page, paper, list, ...rest } = await said(actor)
      expect(page.probationer).toMatchObject({ lastName: 'D.', known: false, phone: null })
      expect(paper.probationer).toBeNull()
      const row = list.rows.find(({ id }) => id === appointmentId)
      expect(row).toMatchObject({ probationer: { lastName: 'D.', opens: false } })
      const all = JSON.stringify({ page, paper, row, ...rest })
      for (const secret of [person.lastName, person.phone ?? '', person.appiNumber ?? '', '1988'])
        expect(all).not.toContain(secret)
    }
    // Whoever receives knows who comes.
    const receives = await said(await anAgent(spip, 'probation_counsellor'))
    expect(receives.page.probationer).toMatchObject({ lastName: person.lastName, known: true })
    expect(receives.paper.probationer).toMatchObject({ appiNumber: person.appiNumber })
  })

  it('not to a place of another service, nor for a colleague, nor two days later', async () => {
    const person = await somebody()
    await lookUp(exact(person))
    const other = await aService(`SPIP de Lyon ${made}`, 'probation_service', { departmentCode: '69' })
    const slot = await aSlot(other, 'hearing_exit_probation', workingDay(10), '10:00', { capacity: 1 })
    const input = {
      probationerId: person.id,
      typeCode: 'hearing_exit_probation',
      placeId: other.placeId,
      slotId: slot.id,
      inform: 'now' as const,
    }
    await expect(perform(bex, bookAppointment, input)).rejects.toMatchObject({ name: 'Refused' })
    const colleague = await anAgent(versailles, 'execution_office_agent')
    await expect(perform(colleague, bookAppointment, input)).rejects.toThrow('not found')
    await prisma.identityLookUp.updateMany({ data: { at: new Date(Date.now() - 48 * 3_600_000) } })
    await expect(read(bex, (ctx) => bookingForm(ctx, { probationerId: person.id }))).rejects.toThrow(
      'not found',
    )
    await transact(system, eraseExpired)
    expect(await prisma.identityLookUp.count({ where: { probationerId: person.id } })).toBe(0)
  })

  it('a whole day, whoever looked the same person up before', async () => {
    const person = await somebody()
    const earlier = await anAgent(versailles, 'execution_office_agent')
    await lookUp(exact(person), earlier)
    await prisma.identityLookUp.updateMany({
      where: { agentId: earlier.id },
      data: { at: new Date(Date.now() - 25 * 3_600_000) },
    })
    await lookUp(exact(person))
    await transact(system, eraseExpired)
    const form = await read(bex, (ctx) => bookingForm(ctx, { probationerId: person.id }))
    expect(form.person).toMatchObject({ firstName: person.firstName })
    expect(await prisma.identityLookUp.count({ where: { probationerId: person.id } })).toBe(1)
  })

  describe('their commune changes', () => {
    async function aCommune() {
      const lyon = await aService(`TJ de Lyon ${++communes}`, 'court', { departmentCode: '69' })
      const entry = await prisma.competentService.create({
        data: { kind: 'court', officialName: `Tribunal de l’essai ${communes}`, organizationId: lyon.id },
      })
      const city = await prisma.city.create({
        data: {
          ...{ inseeCode: `69${100 + communes}`, name: 'Lyon', departmentCode: '69' },
          ...{ competentCourtId: entry.id, courtConfirmed: true },
        },
      })
      return { lyon, city }
    }
    let communes = 0

    /** An appointment of a month ago, or of a month ahead. */
    async function convoked(probationerId: number, days: number) {
      const slot = await aSlot(spip, 'probation_follow_up', workingDay(days), '10:00', { seatsTaken: 1 })
      await prisma.appointment.create({
        data: {
          ...{ probationerId, slotId: slot.id, startsAt: slot.startsAt, typeCode: 'probation_follow_up' },
          ...{ organizationId: spip.id, placeId: spip.placeId, creatingOrganizationId: spip.id },
          state: days < 0 ? 'attended' : 'booked',
        },
      })
    }
    const foreseen = (input: { probationerId: number; cityId: number }) =>
      read(bex, (ctx) => foreseenOfCity(ctx, input))
    const cameWith = async ({ id: probationerId }: { id: number }) => {
      const where = { probationerId, event: 'probationer.followed_by_city' }
      return (await prisma.historyEntry.findMany({ where })).map(({ data }) => data)
    }
    const personNow = ({ id }: { id: number }) => prisma.probationer.findUniqueOrThrow({ where: { id } })

    it('and its sure services take at once who is quiet, only once they were looked up', async () => {
      const person = await somebody()
      const longAgo = new Date(Date.now() - 200 * 86_400_000)
      await prisma.probationer.update({ where: { id: person.id }, data: { createdAt: longAgo } })
      const { lyon, city } = await aCommune()
      const input = { probationerId: person.id, cityId: city.id }
      await expect(perform(bex, changeCity, input)).rejects.toThrow('not found')
      await expect(foreseen(input)).rejects.toThrow('not found')
      await lookUp(exact(person))
      expect(await foreseen(input)).toEqual({ services: [lyon.name], divestment: 'auto_accepted' })
      expect((await personNow(person)).followingOrganizationIds).not.toContain(lyon.id)
      expect(await perform(bex, changeCity, input)).toEqual({
        services: [lyon.name],
        divestment: 'auto_accepted',
      })
      expect(await cameWith(person)).toEqual([{ service: lyon.name }])
      expect(await personNow(person)).toMatchObject({
        cityId: city.id,
        followingOrganizationIds: [lyon.id],
      })
      // Done again, nothing more.
      expect(await perform(bex, changeCity, input)).toEqual({ services: [], divestment: null })
      const line = { probationerId: person.id, event: 'probationer.corrected' }
      expect(await prisma.historyEntry.count({ where: line })).toBe(1)
    })

    it('and its sure services claim who was met lately; refused, all is as before', async () => {
      const person = await somebody()
      const { lyon, city } = await aCommune()
      await anAgent(court, 'sentence_clerk', { passwordHash: 'x' })
      const secretary = await anAgent(spip, 'probation_secretary', { passwordHash: 'x' })
      await convoked(person.id, -30)
      await lookUp(exact(person))
      const input = { probationerId: person.id, cityId: city.id }
      expect(await foreseen(input)).toEqual({ services: [lyon.name], divestment: 'pending' })
      expect(await perform(bex, changeCity, input)).toEqual({
        services: [lyon.name],
        divestment: 'pending',
      })
      expect(await cameWith(person)).toEqual([{ service: lyon.name }])
      expect((await personNow(person)).followingOrganizationIds.sort()).toEqual(
        [court.id, spip.id, lyon.id].sort(),
      )
      const made = await prisma.divestment.findFirstOrThrow({ where: { probationerId: person.id } })
      expect(made).toMatchObject({
        ...{ origin: 'city_change', targetOrganizationId: lyon.id, addedOrganizationIds: [lyon.id] },
      })
      // Until it is answered, where they live is not said again.
      expect(await lookUp(exact(person))).toMatchObject({ mayChangeCity: false })
      const other = await aCommune()
      await expect(
        perform(bex, changeCity, { probationerId: person.id, cityId: other.city.id }),
      ).rejects.toMatchObject({ code: 'divestment.not_possible_here' })
      await perform(secretary, refuseDivestment, { divestmentId: made.id })
      const after = await personNow(person)
      expect(after.followingOrganizationIds.sort()).toEqual([court.id, spip.id].sort())
      expect(after.cityId).toBeNull()
    })

    it('and its sure services follow too, claiming nothing, whom somebody expects', async () => {
      const person = await somebody()
      const { lyon, city } = await aCommune()
      await convoked(person.id, 30)
      await lookUp(exact(person))
      const input = { probationerId: person.id, cityId: city.id }
      expect(await foreseen(input)).toEqual({ services: [lyon.name], divestment: null })
      expect(await perform(bex, changeCity, input)).toEqual({ services: [lyon.name], divestment: null })
      // Who reads the record from then on is said in it.
      expect(await cameWith(person)).toEqual([{ service: lyon.name }])
      expect((await personNow(person)).followingOrganizationIds.sort()).toEqual(
        [court.id, spip.id, lyon.id].sort(),
      )
      expect(await prisma.divestment.count({ where: { probationerId: person.id } })).toBe(0)
    })
  })
})

describe('who is expected elsewhere', () => {
  test('is not told where nor when beyond the jurisdiction: only that the hour is taken', async () => {
    const person = await somebody()
    await lookUp(exact(person))
    const date = workingDay(12)
    await prisma.placeAppointmentType.createMany({
      data: [{ placeId: spip.placeId, typeCode: 'hearing_exit_probation' }],
      skipDuplicates: true,
    })
    const [first, second] = [
      await aSlot(spip, 'hearing_exit_probation', date, '09:00', { capacity: 2 }),
      await aSlot(spip, 'hearing_exit_probation', date, '09:15', { capacity: 2 }),
    ]
    const book = (slotId: number) =>
      transact(bex, (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId: person.id, typeCode: 'hearing_exit_probation', placeId: spip.placeId, slotId },
          inform: 'reminder_only',
        }),
      )
    await book(first.id)
    const said = await read(bex, (ctx) =>
      bookingPreview(ctx, {
        ...{ probationerId: person.id, typeCode: 'hearing_exit_probation', placeId: spip.placeId },
        slotId: second.id,
      }),
    )
    expect(said.overlap).toEqual({ at: null, sameInstant: false })
    await expect(book(second.id)).rejects.toMatchObject({ code: 'appointment.overlap_elsewhere', params: {} })
  })
})
