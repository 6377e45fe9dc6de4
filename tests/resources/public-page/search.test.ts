import { beforeAll, describe, expect, it } from 'vitest'
import { legacyPaths } from '../../../prisma/seed/legacy-paths'
import { seedCommunes } from '../../../prisma/seed/communes'
import { publicPageData } from '../../../prisma/seed/public-pages'
import {
  findServices,
  legacyTarget,
  servicesOfDepartment,
} from '../../../resources/public-page/queries/public.server'
import { understandSearch } from '../../../resources/public-page/rules'
import type { OrganizationKind, SystemActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { fold } from '../../../resources/shared/fold'
import { read } from '../../../resources/shared/transact.server'

const visitor: SystemActor = { kind: 'system', task: 'test' }

const services: [OrganizationKind, string, string, string][] = [
  ['probation_service', '92', '92000', 'Nanterre'],
  ['court', '92', '92000', 'Nanterre'],
  ['probation_service', '92', '92230', 'Gennevilliers'],
  ['probation_service', '973', '97300', 'Cayenne'],
  ['probation_service', '75', '75013', 'Paris'],
  ['court', '69', '69003', 'Lyon'],
  ['probation_service', '13', '13008', 'Marseille'],
  ['probation_service', '93', '93200', 'Saint-Denis'],
  ['probation_service', '974', '97400', 'Saint-Denis'],
  ['court', '2A', '20000', 'Ajaccio'],
  ['court', '2B', '20200', 'Bastia'],
  ['probation_service', '38', '38200', 'Vienne'],
  ['court', '86', '86000', 'Poitiers'],
  ['court', '85', '85100', 'Les Sables-d’Olonne'],
]

beforeAll(async () => {
  await prisma.$transaction((tx) => seedCommunes(tx), { timeout: 60_000 })
  for (const [kind, departmentCode, postalCode, cityName] of services) {
    const name = kind === 'court' ? `TJ de ${cityName}` : `SPIP ${departmentCode} ${cityName}`
    const organization = await prisma.organization.create({ data: { name, kind, departmentCode } })
    const service = { organizationId: organization.id, name, kind, departmentCode, postalCode, cityName }
    const rest = {
      placeName: name,
      timeZone: 'Europe/Paris',
      address: `1 rue Neuve, ${postalCode} ${cityName}`,
      phone: '+33199001020',
    }
    await prisma.publicPage.create({ data: publicPageData({ ...service, ...rest }, new Date('2026-03-01')) })
  }
  await prisma.publicPage.create({
    data: {
      ...publicPageData(
        {
          organizationId: 1,
          name: 'SPIP 92 Brouillon',
          kind: 'probation_service',
          departmentCode: '92',
          postalCode: '92000',
          cityName: 'Nanterre',
          placeName: 'SPIP Brouillon',
          timeZone: 'Europe/Paris',
          address: '1 rue Neuve',
          phone: '',
        },
        new Date('2026-03-01'),
      ),
      organizationId: null,
      state: 'draft',
    },
  })
}, 60_000)

const search = (text: string) => read(visitor, (ctx) => findServices(ctx, { text }))
/** The slugs found, in order. */
const found = async (text: string) =>
  (await search(text)).groups.flatMap((group) => group.services.map(({ slug }) => slug))

const hautsDeSeine = ['spip-92-nanterre', 'tj-nanterre', 'spip-92-gennevilliers']

describe('finding one’s service', () => {
  it.each([
    ['a town', 'Nanterre'],
    ['a town in capitals, with spaces', '  NANTERRE '],
    ['the number of a département', '92'],
    ['the name of a département', 'Hauts-de-Seine'],
    ['its name without accent nor hyphen', 'hauts de seine'],
    ['its name and number, as we write it', 'Hauts-de-Seine (92)'],
    ['a postal code', '92000'],
    ['a postal code and its town', '92000 Nanterre'],
  ])('%s', async (_, text) => {
    expect((await found(text)).toSorted()).toEqual(hautsDeSeine.toSorted())
  })

  it.each([
    ['20200', ['2B']],
    ['20000', ['2A']],
    ['97133', ['977']],
    ['97150', ['978']],
    ['33220', ['33', '24']],
    ['33220 Port-Sainte-Foy-et-Ponchapt', ['24', '33']],
    ['42620', ['42', '03']],
    ['97300 Cayenne', ['973']],
    // Of no commune: the beginning of the code.
    ['92999', ['92']],
  ])('the départements of the communes that %s serves, each once', async (text, codes) => {
    const { groups, without } = await search(text)
    expect([...groups, ...without].map(({ department }) => department.code)).toEqual(codes)
  })

  it('puts the services of the town first', async () => {
    expect((await found('Gennevilliers'))[0]).toBe('spip-92-gennevilliers')
    expect((await found('nanterre'))[2]).toBe('spip-92-gennevilliers')
  })

  it('finds the services of a town that has none, in its département', async () => {
    expect((await found('Colombes')).toSorted()).toEqual(hautsDeSeine.toSorted())
  })

  it.each([
    ['SPIP de Nanterre', ['spip-92-nanterre', 'spip-92-gennevilliers']],
    ['spip 92', ['spip-92-gennevilliers', 'spip-92-nanterre']],
    ['tribunal judiciaire de Nanterre', ['tj-nanterre']],
    [
      'Service pénitentiaire d’insertion et de probation des Hauts-de-Seine',
      ['spip-92-gennevilliers', 'spip-92-nanterre'],
    ],
    ['sap lyon', ['tj-lyon']],
  ])('a service by its name: %s', async (text, slugs) => {
    expect(await found(text)).toEqual(slugs)
  })

  it.each(['Paris', '75', '75013', 'Paris 12', 'paris 12e', 'Paris 12ème arrondissement', '75116'])(
    'Paris as %s',
    async (text) => {
      expect(await found(text)).toEqual(['spip-75-paris'])
    },
  )

  it.each(['Lyon 3', 'lyon 3e', '69003'])('Lyon as %s', async (text) => {
    expect(await found(text)).toEqual(['tj-lyon'])
  })

  it.each(['Marseille 8', '13008'])('Marseille as %s', async (text) => {
    expect(await found(text)).toEqual(['spip-13-marseille'])
  })

  it.each(['2A', '2a', 'Corse-du-Sud', 'Ajaccio', 'ajaccio 2A'])('southern Corsica as %s', async (text) => {
    expect(await found(text)).toEqual(['tj-ajaccio'])
  })

  it.each(['Corse', '20', '20000'])('all Corsica as %s', async (text) => {
    expect((await found(text)).toSorted()).toContain('tj-ajaccio')
  })

  it.each(['973', '97300', 'Guyane', 'Cayenne', 'kourou'])('Guyane as %s', async (text) => {
    expect(await found(text)).toEqual(['spip-973-cayenne'])
  })

  it.each(['La Réunion', 'reunion', '974', '97400'])('La Réunion as %s', async (text) => {
    expect(await found(text)).toEqual(['spip-974-saint-denis'])
  })

  it.each(['Saint-Denis', 'st denis', 'ST-DENIS', 'saint denis'])(
    'both towns that are called %s',
    async (text) => {
      expect((await found(text)).toSorted()).toEqual(['spip-93-saint-denis', 'spip-974-saint-denis'])
    },
  )

  it('a number tells homonyms apart', async () => {
    expect(await found('saint-denis 974')).toEqual(['spip-974-saint-denis'])
    expect(await found('93200 saint denis')).toEqual(['spip-93-saint-denis'])
  })

  it('a name that is a town and a département finds both', async () => {
    expect((await found('Vienne')).toSorted()).toEqual(['spip-38-vienne', 'tj-poitiers'])
  })

  it.each(['sables d’olonne', 'Les Sables-d’Olonne', "les sables d'olonne"])(
    'with or without its article: %s',
    async (text) => {
      expect(await found(text)).toEqual(['tj-les-sables-d-olonne'])
    },
  )

  it('says which of the towns of one name has no page yet', async () => {
    const { groups, without } = await search('Vienne')
    expect(groups.map(({ department }) => department.code).toSorted()).toEqual(['38', '86'])
    expect(without).toEqual([])
    const reunion = await search('La Réunion')
    expect(reunion.groups.map(({ department }) => department.code)).toEqual(['974'])
    expect(reunion.without).toMatchObject([{ cityName: 'La Réunion', department: { code: '47' } }])
  })

  it.each([
    ['Ville-d’Avray', 'spip-92-nanterre'],
    ['ville d avray', 'spip-92-nanterre'],
    ['SPIP de Ville-d’Avray', 'spip-92-nanterre'],
    ['mairie de Ville d’Avray 92410', 'spip-92-nanterre'],
    ['ville de Nanterre', 'spip-92-nanterre'],
    ['commune de la Ville-d’Avray', 'spip-92-nanterre'],
    ['département des Hauts-de-Seine', 'spip-92-nanterre'],
  ])('kind words count when they are part of the name: %s', async (text, slug) => {
    expect(await found(text)).toContain(slug)
  })

  it('proposes the town meant when its kind words are there and its letters are not', async () => {
    expect((await search('ville d’avrey')).likely).toEqual({ name: 'Ville-d’Avray' })
  })

  it('understands each commune of the official list as itself', async () => {
    const all = await prisma.city.findMany({ select: { name: true } })
    // "Paris 12e Arrondissement" is read as Paris.
    const communes = all.filter(({ name }) => !name.endsWith(' Arrondissement'))
    const names = new Set(communes.map(({ name }) => fold(name)))
    const isCommune = (place: string) =>
      ['', 'le ', 'la ', 'les ', 'l '].some((article) => names.has(article + place))
    const lost = communes.filter(({ name }) => {
      const { readings, departments } = understandSearch(name)
      return readings.find(({ place }) => isCommune(place))?.place !== fold(name) || departments.length > 0
    })
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  it.each([
    ['Nantere', 'Nanterre', 'spip-92-nanterre'],
    ['spip nantere', 'Nanterre', 'spip-92-nanterre'],
    ['cayene', 'Cayenne', 'spip-973-cayenne'],
    ['marseile', 'Marseille', 'spip-13-marseille'],
  ])('« %s »: shows the services of the likely town, and says so', async (text, name, slug) => {
    const { likely, groups, suggestions } = await search(text)
    expect(likely).toMatchObject({ name })
    expect(groups[0]?.services[0]?.slug).toBe(slug)
    expect(suggestions.map((city) => city.name)).not.toContain(name)
  })

  it('guesses nothing from what is near by chance: it proposes', async () => {
    expect(await search('xqzw')).toMatchObject({ likely: null, groups: [], suggestions: [] })
    const { likely, groups, suggestions } = await search('evri')
    expect({ likely, groups }).toEqual({ likely: null, groups: [] })
    expect(suggestions.map(({ name }) => name)).toContain('Évron')
  })

  it('says of the likely town that none of its services has a page', async () => {
    const { likely, groups, without } = await search('guerret')
    expect(likely).toEqual({ name: 'Guéret' })
    expect(groups).toEqual([])
    expect(without).toMatchObject([{ cityName: 'Guéret', department: { code: '23' } }])
  })

  it('shows both towns of the name that was meant', async () => {
    expect((await found('sain denis')).toSorted()).toEqual(['spip-93-saint-denis', 'spip-974-saint-denis'])
  })

  it('offers the towns that people call by their first word, when the village of that name has no page', async () => {
    const { groups, without, suggestions } = await search('asnieres')
    expect(groups).toEqual([])
    expect(without.length).toBeGreaterThan(0)
    expect(suggestions.map(({ name }) => name)).toContain('Asnières-sur-Seine')
  })

  it('finds no town in the name of a kind of service', async () => {
    for (const kind of ['spip', 'tribunal'])
      expect(await search(kind), kind).toMatchObject({ likely: null, suggestions: [] })
  })

  it('says which département it understood when none of its services has a page', async () => {
    const { groups, without, suggestions } = await search('Guéret')
    expect(groups).toEqual([])
    expect(without).toMatchObject([{ cityName: 'Guéret', department: { code: '23' } }])
    expect(suggestions).toEqual([])
  })

  it.each([
    '',
    ' ',
    '%',
    '_',
    '\\',
    '\u0000',
    '’; DROP TABLE city; --',
    '🙂',
    'a'.repeat(5_000),
    '()[]{}*+?',
    '99999',
    '00',
  ])('answers %j without trouble', async (text) => {
    expect((await search(text)).groups).toEqual([])
  })

  it('never shows a draft', async () => {
    expect(await found('brouillon')).toEqual([])
  })

  it('shows the services of the region where a département has none', async () => {
    const own = await read(visitor, (ctx) => servicesOfDepartment(ctx, { code: '92' }))
    expect(own).toMatchObject({ nearby: [] })
    const none = await read(visitor, (ctx) => servicesOfDepartment(ctx, { code: '78' }))
    expect(none.services).toEqual([])
    expect(none.nearby.map(({ departmentCode }) => departmentCode)).toEqual(['75', '92', '92', '92', '93'])
  })
})

describe('old addresses', () => {
  it('lead somewhere, each of them, whatever their case, their slash and their suffix', async () => {
    const paths = legacyPaths()
    expect(paths.length).toBe(293)
    await prisma.legacyPath.createMany({ data: paths })
    const target = (path: string) => read(visitor, (ctx) => legacyTarget(ctx, { path }))
    for (const variant of ['/preparer_SPIP_53', '/preparer_spip_53/', '/PREPARER_spip_53.html']) {
      expect(await target(variant)).toBe('/preparer-ma-convocation/departements/53')
    }
    // Its number is wrong on paper for ever: Annemasse is in Haute-Savoie.
    expect(await target('/preparer_spip79_annemasse')).toBe('/preparer-ma-convocation/departements/74')
    expect(await target('/ma_reinsertion_seine_maritine')).toBe('/investir-ma-reinsertion/departements/76')
    expect(await target('/Jour_Amende/')).toBe('/comprendre-ma-peine/peines/jours-amende')
    expect(await target('/preparer_nulle_part')).toBeNull()
    expect(await target('/')).toBeNull()
  })
})

describe('the communes', () => {
  it('are all there, overseas included, and a second filling changes nothing', async () => {
    const before = await prisma.city.count()
    expect(before).toBeGreaterThan(34_900)
    expect(await prisma.city.findUnique({ where: { inseeCode: '97502' } })).toMatchObject({
      name: 'Saint-Pierre',
      departmentCode: '975',
    })
    await prisma.$transaction((tx) => seedCommunes(tx), { timeout: 60_000 })
    expect(await prisma.city.count()).toBe(before)
  }, 60_000)
})
