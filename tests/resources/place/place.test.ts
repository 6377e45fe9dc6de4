import { beforeAll, describe, expect, test } from 'vitest'
import { createAgenda, renameAgenda } from '../../../resources/agenda/commands/agenda.server'
import { agendaToRename } from '../../../resources/agenda/queries/edit.server'
import { bookingForm } from '../../../resources/appointment/queries/booking-form.server'
import { appointmentFilters } from '../../../resources/appointment/queries/list.server'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import {
  archivePlace,
  createPlace,
  unarchivePlace,
  updatePlace,
} from '../../../resources/place/commands/place.server'
import { placeToEdit, whatArchivingPlaceLeaves } from '../../../resources/place/queries/edit.server'
import { placesOpenTo } from '../../../resources/place/policy'
import { shortAddressOf } from '../../../resources/place/rules'
import { refusalOf } from '../../../resources/refusals'
import { createRecurringSlots } from '../../../resources/recurring-slot/commands/create.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { civilDateFromDb } from '../../../resources/shared/civil-time'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aService, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let admin: AgentActor
let director: AgentActor

beforeAll(async () => {
  country = await aCountry()
  admin = await anAgent(country.spip, 'local_admin')
  director = await anAgent(country.spip, 'probation_director')
})

const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000)
const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>, minutes = 0) =>
  actAt(actor, later(minutes), work)
const details = {
  name: 'Antenne des Acacias',
  address: '20 avenue des Acacias, 92000 Nanterre',
  phone: '01 99 00 12 34',
  mainContactMethod: 'phone' as const,
  typeCodes: ['probation_follow_up', 'probation_follow_up'],
}
const create = (more: object = {}, actor = admin) =>
  by(actor, (ctx) => createPlace(ctx, { ...details, ...more }))
const formOf = async (placeId: number) => {
  const { version, values } = await by(admin, (ctx) => placeToEdit(ctx, { placeId }))
  return { placeId, version, ...values }
}

describe('a place', () => {
  test('is opened with a first agenda of its name, its phone read and its address shortened for SMS', async () => {
    const { id } = await create()
    const place = await prisma.place.findUniqueOrThrow({
      where: { id },
      include: { agendas: true, appointmentTypes: true },
    })
    expect(place).toMatchObject({
      organizationId: country.spip.id,
      departmentCode: '92',
      phone: '+33199001234',
      shortAddress: '20 avenue des Acacias, Nanterre',
      agendas: [{ name: 'Antenne des Acacias' }],
      appointmentTypes: [{ typeCode: 'probation_follow_up' }],
    })
    expect(
      await prisma.auditEntry.count({ where: { subject: 'place', subjectId: id, action: 'create' } }),
    ).toBe(1)
  })

  test.each([
    ['a phone that is none', { phone: 'douze' }, 'place.phone_unreadable', 'phone'],
    ['no phone', { phone: '' }, 'place.phone_missing', 'phone'],
    ['no e-mail, though it is the contact', { mainContactMethod: 'email' }, 'place.email_missing', 'email'],
    [
      'an address no SMS can hold',
      { address: '1234 ancienne route départementale du Commandant, 92000 Nanterre' },
      'place.short_address_missing',
      'shortAddress',
    ],
    ['a type that is none', { typeCodes: ['x'] }, 'place.type_unknown', 'typeCodes'],
  ])('with %s is refused beside its field', async (_what, more, code, field) => {
    await expect(create(more)).rejects.toMatchObject({ code, field })
  })

  test('is told all that is wrong at once, its phone too', async () => {
    const refusal = await create({ name: '', phone: 'douze' }).then(
      () => null,
      (error: unknown) => refusalOf(error),
    )
    expect(Object.keys(refusal?.fieldErrors ?? {}).toSorted()).toEqual(['name', 'phone'])
  })

  test('of another territory has its phone read there, whatever else the form lacks', async () => {
    const central = await anAgent(country.court, 'central_admin')
    const noumea = await aService('SPIP de Nouméa', 'probation_service', {
      ...{ departmentCode: '988', timeZone: 'Pacific/Noumea' },
    })
    const typed = { phone: '25 12 34', organizationId: noumea.id }
    const error: unknown = await create({ ...typed, name: '' }, central).catch((one: unknown) => one)
    expect(Object.keys(refusalOf(error)?.fieldErrors ?? {})).toEqual(['name'])
    const { id } = await create(typed, central)
    expect(await prisma.place.findUniqueOrThrow({ where: { id } })).toMatchObject({ phone: '+687251234' })
  })

  test('with an e-mail longer than an SMS can give is refused beside its field', async () => {
    const email = (letters: number) => ({ email: `${'a'.repeat(letters)}@justice.fr` })
    await expect(create(email(30))).rejects.toThrow('40 caractères au plus')
    await expect(create(email(29))).resolves.toMatchObject({})
  })

  test('is opened and changed in one’s own service, by those the table names', async () => {
    await expect(create({}, await anAgent(country.spip, 'probation_counsellor'))).rejects.toThrow(Forbidden)
    await expect(create({ organizationId: country.court.id })).rejects.toThrow(Forbidden)
    const form = await formOf(country.spip.placeId)
    const change = (actor: AgentActor) => by(actor, (ctx) => updatePlace(ctx, { ...form, name: 'Ailleurs' }))
    await expect(change(await anAgent(country.court, 'local_admin'))).rejects.toThrow(Forbidden)
    await expect(change(await anAgent(country.foreign, 'local_admin'))).rejects.toThrow(NotFound)
    const moved = by(admin, (ctx) => updatePlace(ctx, { ...form, organizationId: country.foreign.id }))
    await expect(moved).rejects.toThrow(Forbidden)
  })

  test('changed by two agents: the second is told field by field what changed, by whom and when', async () => {
    const { id } = await create()
    const form = await formOf(id)
    await by(director, (ctx) => updatePlace(ctx, { ...form, phone: '01 99 00 55 66', name: 'Antenne' }), 5)
    const late = by(admin, (ctx) => updatePlace(ctx, { ...form, address: '1 rue Neuve, 92000 Nanterre' }), 9)
    const refusal = await late.then(
      () => null,
      (error: unknown) => refusalOf(error),
    )
    expect(refusal).toMatchObject({
      status: 400,
      code: 'record.changed_meanwhile_by',
      params: { version: later(5).toISOString() },
      fieldErrors: {
        name: expect.stringMatching(/Claire Vasseur.*10\s?h\s?05.*Antenne/) as string,
        phone: expect.stringMatching(/01\s99\s00\s55\s66/) as string,
      },
    })
    await by(admin, (ctx) =>
      updatePlace(ctx, { ...form, version: later(5).toISOString(), address: '1 rue Neuve, 92000 Nanterre' }),
    )
    expect(await prisma.place.findUniqueOrThrow({ where: { id } })).toMatchObject({
      address: '1 rue Neuve, 92000 Nanterre',
    })
  })

  test('archived goes with its agendas, says who is still expected, and comes back as it was', async () => {
    const { id } = await create()
    const closed = await by(admin, (ctx) => createAgenda(ctx, { placeId: id, name: 'Fermé' }))
    await prisma.agenda.update({ where: { id: closed.id }, data: { archivedAt: later(-60) } })
    const { id: probationerId } = await aPerson([country.spip])
    await by(director, (ctx) =>
      bookAppointment(ctx, {
        probationerId,
        typeCode: 'probation_follow_up',
        placeId: id,
        date: '2026-10-13',
        time: '14:30',
        inform: 'reminder_only',
      }),
    )
    expect(await by(admin, (ctx) => archivePlace(ctx, { placeId: id }))).toEqual({ stillExpected: 1 })
    const agendas = () => prisma.agenda.findMany({ where: { placeId: id, archivedAt: null } })
    expect(await agendas()).toEqual([])
    const again = by(admin, (ctx) => archivePlace(ctx, { placeId: id }))
    await expect(again).rejects.toMatchObject({ code: 'place.archived' })
    const edited = formOf(id).then((form) => by(admin, (ctx) => updatePlace(ctx, form)))
    await expect(edited).rejects.toMatchObject({ code: 'place.archived' })
    await by(admin, (ctx) => unarchivePlace(ctx, { placeId: id }))
    expect((await agendas()).map(({ name }) => name)).toEqual(['Antenne des Acacias'])
  })

  test('brought back, or receiving a type again, has at once the slots that its recurring slots lack', async () => {
    const typeCodes = ['hearing_exit_probation', 'probation_follow_up']
    const { id } = await create({ typeCodes })
    const { id: agendaId } = await prisma.agenda.findFirstOrThrow({ where: { placeId: id } })
    await by(admin, (ctx) =>
      createRecurringSlots(ctx, {
        ...{ agendaId, typeCode: 'hearing_exit_probation', weekdays: [3], first: '09:00', last: '09:00' },
        ...{ everyMinutes: 30, durationMinutes: 30, capacity: 1 },
      }),
    )
    const lastDate = async () => {
      const last = await prisma.slot.findFirst({ where: { agendaId }, orderBy: { date: 'desc' } })
      return last && civilDateFromDb(last.date)
    }
    expect(await lastDate()).toBe('2027-03-31')
    const day = 24 * 60
    await by(admin, (ctx) => archivePlace(ctx, { placeId: id }), day)
    const { made } = await by(admin, (ctx) => unarchivePlace(ctx, { placeId: id }), 30 * day)
    expect(await lastDate()).toBe('2027-04-28')
    expect(made).toBe(4)

    const receive = async (codes: string[], minutes: number) => {
      const form = await formOf(id)
      await by(admin, (ctx) => updatePlace(ctx, { ...form, typeCodes: codes }), minutes)
    }
    await receive(['probation_follow_up'], 31 * day)
    expect(await lastDate()).toBe('2027-04-28')
    await receive(typeCodes, 60 * day)
    expect(await lastDate()).toBe('2027-06-02')
  })

  test('given to another service takes its territory; not while people are expected there', async () => {
    const central = await anAgent(country.court, 'central_admin')
    const guyane = await aService('SPIP de Cayenne', 'probation_service', { departmentCode: '973' })
    const { id } = await create()
    const give = async () => {
      const form = await formOf(id)
      return by(central, (ctx) => updatePlace(ctx, { ...form, organizationId: guyane.id }))
    }
    const { id: probationerId } = await aPerson([country.spip])
    for (const time of ['09:30', '15:30'])
      await by(director, (ctx) =>
        bookAppointment(ctx, {
          probationerId,
          typeCode: 'probation_follow_up',
          placeId: id,
          date: '2026-10-14',
          time,
          inform: 'reminder_only',
          keepOverlap: true,
        }),
      )
    await expect(give()).rejects.toMatchObject({ code: 'place.still_expected', field: 'organizationId' })
    // Two appointments are one person.
    expect(await by(admin, (ctx) => whatArchivingPlaceLeaves(ctx, { placeId: id }))).toEqual({
      stillExpected: 1,
    })
    await prisma.appointment.updateMany({ where: { placeId: id }, data: { state: 'cancelled' } })
    await give()
    expect(await prisma.place.findUniqueOrThrow({ where: { id } })).toMatchObject({
      organizationId: guyane.id,
      departmentCode: '973',
    })
  })

  test.each([
    ['14 rue des Peupliers, 92000 Nanterre', '14 rue des Peupliers, Nanterre'],
    ['12 allée du Général Leclerc, 92290 Châtenay-Malabry', '12 all. du gal Leclerc, Châtenay-Malabry'],
    ['1234 ancienne route départementale du Commandant, 92000 Nanterre', null],
  ])('says %s in an SMS as %s', (address, short) => {
    expect(shortAddressOf(address)).toBe(short)
  })
})

describe('an agenda', () => {
  test('is added and renamed in one’s own service, under a name of its own', async () => {
    const { placeId } = country.spip
    const { id } = await by(admin, (ctx) => createAgenda(ctx, { placeId, name: 'Chambre 2' }))
    const twice = by(admin, (ctx) => createAgenda(ctx, { placeId, name: 'Chambre 2' }))
    await expect(twice).rejects.toMatchObject({ code: 'agenda.name_taken', field: 'name' })
    await expect(by(director, (ctx) => createAgenda(ctx, { placeId, name: 'Autre' }))).rejects.toThrow(
      Forbidden,
    )

    const { version } = await by(admin, (ctx) => agendaToRename(ctx, { agendaId: id }))
    const rename = (name: string, minutes: number) =>
      by(admin, (ctx) => renameAgenda(ctx, { agendaId: id, version, name }), minutes)
    await rename('Chambre 3', 1)
    await expect(rename('Chambre 4', 2)).rejects.toMatchObject({
      code: 'record.changed_meanwhile_by',
      changes: { name: { now: 'Chambre 3' } },
    })
  })
})

describe('the places and agendas an agent meets', () => {
  test('a filter offers those of the rights table, not the whole jurisdiction', async () => {
    const offered = async (actor: AgentActor) => {
      const { places } = await by(actor, (ctx) => appointmentFilters(ctx, {}))
      return places.map(({ id }) => id)
    }
    expect(await offered(admin)).not.toContain(country.court.placeId)
    expect(await offered(await anAgent(country.court, 'local_admin'))).toContain(country.spip.placeId)
  })

  test('the record of a place opens in its own service only', async () => {
    const opens = async (actor: AgentActor, id: number) =>
      (await prisma.place.count({ where: { AND: [{ id }, placesOpenTo(actor)] } })) === 1
    const courtAdmin = await anAgent(country.court, 'local_admin')
    expect(await opens(courtAdmin, country.court.placeId)).toBe(true)
    expect(await opens(courtAdmin, country.spip.placeId)).toBe(false)
  })

  test('whoever books no type is offered no place', async () => {
    const misplaced = { ...admin, role: 'prosecutor' as const }
    const form = await by(misplaced, (ctx) => bookingForm(ctx, {}))
    expect(form.places).toEqual([])
  })
})
