import { afterAll, beforeAll, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { backOffice, type BackOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let localAdmin: BackOffice

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  localAdmin = await backOffice(host, await anAgent(country.spip, 'local_admin'))
}, 120_000)
afterAll(() => host.stop())

const antenna = {
  name: 'Antenne de Gennevilliers',
  address: '12 rue Basse, 92230 Gennevilliers',
  mainContactMethod: 'phone',
  phone: '01 99 00 41 41',
  typeCodes: ['probation_follow_up'],
}

it('a local admin creates a place of the service and edits it, in no other service [P24]', async () => {
  const created = await localAdmin.command<{ id: number }>('createPlace', antenna)
  expect(created).toMatchObject({ ok: true })
  const placeId = created.result.id
  expect(await prisma.place.findUniqueOrThrow({ where: { id: placeId } })).toMatchObject({
    name: antenna.name,
    organizationId: country.spip.id,
    phone: '+33199004141',
  })

  const form = await localAdmin.query<{ version: string; values: object }>('placeToEdit', { placeId })
  const { version, values } = form.result
  const edited = { ...values, version, placeId, address: '14 rue Basse, 92230 Gennevilliers' }
  expect(await localAdmin.command('updatePlace', edited)).toMatchObject({ ok: true })
  expect((await localAdmin.list('Place')).records).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        id: placeId,
        cells: expect.objectContaining({ address: '14 rue Basse, 92230 Gennevilliers' }) as object,
      }),
    ]),
  )

  const placeOfOthers = country.foreign.placeId
  expect((await localAdmin.query('placeToEdit', { placeId: placeOfOthers })).status).toBe(404)
  const forged = await localAdmin.command('updatePlace', { ...edited, placeId: placeOfOthers })
  expect(forged).toMatchObject({ ok: false, status: 404 })
  const elsewhere = { ...antenna, organizationId: country.foreign.id }
  expect((await localAdmin.command('createPlace', elsewhere)).status).toBe(403)
  expect(await prisma.place.count({ where: { organizationId: country.foreign.id } })).toBe(1)
})

it('a record of a place says what it receives, the contact of its SMS and its agendas, those of the past too', async () => {
  const { placeId } = country.spip
  await prisma.place.update({
    where: { id: placeId },
    data: { mainContactMethod: 'email', email: 'spip@exemple.fr' },
  })
  await prisma.agenda.create({ data: { placeId, name: 'Ancien', archivedAt: new Date() } })
  const types = await prisma.placeAppointmentType.findMany({ where: { placeId }, select: { type: true } })
  expect(types.length).toBeGreaterThan(0)
  const cells = await localAdmin.cells('Place', placeId)
  expect(cells).toMatchObject({
    mainContactMethod: 'L’adresse e-mail',
    appointmentTypes: types.map(({ type }) => type.label).join(', '),
    agendas: expect.stringContaining('Ancien (archivé)') as string,
  })
})

it('the list of services, the central desk’s alone, says their clocks in words', async () => {
  const central = await backOffice(host, await anAgent(country.spip, 'central_admin'))
  const { records } = await central.list('Organization', 'text=SPIP de Nanterre')
  expect(records).toMatchObject([{ id: country.spip.id, cells: { timeZone: 'Heure de Paris' } }])
  expect((await localAdmin.list('Organization')).records).toBeUndefined()
})
