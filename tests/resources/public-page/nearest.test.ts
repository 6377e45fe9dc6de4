import { beforeAll, describe, expect, it } from 'vitest'
import { seedCommunes } from '../../../prisma/seed/communes'
import { publicPageData } from '../../../prisma/seed/public-pages'
import { distanceWords, kilometresBetween, nearest } from '../../../resources/public-page/nearest'
import { locatedServices } from '../../../resources/public-page/queries/public.server'
import type { SystemActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { read } from '../../../resources/shared/transact.server'

const visitor: SystemActor = { kind: 'system', task: 'test' }
const paris = { latitude: 48.8566, longitude: 2.3522 }

async function service(departmentCode: string, postalCode: string, cityName: string, point = {}) {
  const name = `SPIP ${departmentCode} ${cityName} ${postalCode}`
  const kind = 'probation_service' as const
  const organization = await prisma.organization.create({ data: { name, kind, departmentCode } })
  const page = publicPageData(
    {
      ...{ organizationId: organization.id, name, kind, departmentCode, postalCode, cityName },
      ...{ placeName: name, timeZone: 'Europe/Paris', address: '1 rue Neuve', phone: '+33199001020' },
    },
    new Date('2026-03-01'),
  )
  await prisma.publicPage.create({ data: { ...page, ...point } })
}

beforeAll(async () => {
  await prisma.$transaction((tx) => seedCommunes(tx), { timeout: 60_000 })
  await service('92', '92020', 'Nanterre Cedex 2')
  await service('75', '75013', 'Paris')
  await service('978', '97150', 'Saint-Martin')
  await service('13', '13008', 'Marseille', { latitude: 43.2, longitude: 5.4 })
  await service('2A', '20190', 'Hameau sans point')
})

const located = async () =>
  new Map((await read(visitor, (ctx) => locatedServices(ctx, {}))).map((one) => [one.cityName, one] as const))

describe('where a service is', () => {
  it('is what its page says, else its town, a cedex left out', async () => {
    const services = await located()
    const point = (city: string) => services.get(city)?.point
    expect(point('Marseille')).toEqual({ latitude: 43.2, longitude: 5.4, of: 'service' })
    expect(point('Nanterre Cedex 2')).toEqual({ latitude: 48.89, longitude: 2.21, of: 'town' })
    expect(point('Saint-Martin')).toEqual({ latitude: 18.07, longitude: -63.08, of: 'town' })
    expect(point('Hameau sans point')).toBeNull()
  })

  it('is its arrondissement in Paris', async () => {
    const place = await prisma.city.findFirstOrThrow({ where: { inseeCode: '75113' } })
    const { latitude, longitude } = place
    expect((await located()).get('Paris')?.point).toEqual({ latitude, longitude, of: 'town' })
    const centre = await prisma.city.findFirstOrThrow({ where: { inseeCode: '75056' } })
    expect(centre).not.toMatchObject({ latitude, longitude })
  })
})

describe('the nearest services', () => {
  it('come nearest first, those that nobody placed left out', async () => {
    const all = [...(await located()).values()]
    const around = nearest(all, { latitude: 48.9, longitude: 2.2 }, 3)
    expect(around.map(({ service }) => service.cityName)).toEqual(['Nanterre Cedex 2', 'Paris', 'Marseille'])
    expect(nearest(all, paris, 9).map(({ service }) => service.cityName)).not.toContain('Hameau sans point')
  })

  it.each([
    ['Marseille', { latitude: 43.2965, longitude: 5.3698 }, 661],
    ['Saint-Denis of Réunion', { latitude: -20.8789, longitude: 55.4481 }, 9_350],
    ['the same place', paris, 0],
  ])('from Paris to %s are as far as the crow flies', (_, to, kilometres) => {
    expect(Math.abs(kilometresBetween(paris, to) - kilometres)).toBeLessThanOrEqual(kilometres * 0.01)
  })

  it('are as near over the line where the date changes', () => {
    const [west, east] = [
      { latitude: -13.3, longitude: 179.9 },
      { latitude: -13.3, longitude: -179.9 },
    ]
    expect(kilometresBetween(west, east)).toBeLessThan(25)
  })

  it('are said to be about so far where only their town is known', () => {
    expect(distanceWords(0.4, 'service')).toBe('à moins de 1\u00a0km')
    expect(distanceWords(12.4, 'service')).toBe('à 12\u00a0km')
    expect(distanceWords(0.4, 'town')).toBe('à 1\u00a0km environ')
  })
})
