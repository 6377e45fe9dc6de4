import { beforeAll, describe, expect, it, test } from 'vitest'
import { tieCompetentService } from '../../../resources/competent-service/commands/tie.server'
import { shortNameOf } from '../../../resources/competent-service/fr'
import {
  competentServicesOf,
  servicesOfCity,
} from '../../../resources/competent-service/queries/of-city.server'
import { listCompetentServices } from '../../../resources/competent-service/queries/list.server'
import { whoWillFollow } from '../../../resources/competent-service/queries/who-will-follow.server'
import { startImport } from '../../../resources/import/commands/start.server'
import { importReport } from '../../../resources/import/queries/report.server'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { proposals, seedCompetentServices } from '../../../prisma/seed/competent-services'
import { readCourts } from '../../../prisma/seed/courts'
import { seedCommunes } from '../../../prisma/seed/communes'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { perform, read, transact } from '../../../resources/shared/transact.server'
import { tasks } from '../../../worker/tasks'
import { system } from '../../support/accounts'
import { drainQueue } from '../../support/queue'
import { anAgent, aService, type AService } from '../../support/world'

let central: AgentActor
let bex: AgentActor
let versailles: AService
let nanterre: AService
let nanterreCourt: AService

beforeAll(async () => {
  await prisma.$transaction(
    async (tx) => {
      await seedCommunes(tx)
      await seedCompetentServices(tx)
    },
    { timeout: 120_000 },
  )
  versailles = await aService('TJ de Versailles', 'court', { departmentCode: '78', interJurisdiction: true })
  nanterreCourt = await aService('TJ de Nanterre', 'court')
  nanterre = await aService('SPIP 92 Nanterre', 'probation_service')
  central = await anAgent(versailles, 'central_admin')
  bex = await anAgent(versailles, 'execution_office_agent')
  await tie('Tribunal judiciaire de Nanterre', nanterreCourt)
  await tie('Service pénitentiaire d’insertion et de probation 92 Nanterre', nanterre)
}, 180_000)

async function tie(officialName: string, organization: { id: number } | null) {
  const entry = await prisma.competentService.findFirstOrThrow({ where: { officialName } })
  await perform(central, tieCompetentService, {
    competentServiceId: entry.id,
    organizationId: organization?.id ?? null,
  })
}

const cityOf = (inseeCode: string) => prisma.city.findUniqueOrThrow({ where: { inseeCode } })
const ofCity = async (inseeCode: string) => {
  const { id } = await cityOf(inseeCode)
  return read(system, (ctx) => competentServicesOf(ctx, id))
}

async function imported(...lines: string[]) {
  const text = ['names,insee_code,postal_code,name,type', ...lines].join('\n')
  const { id } = await perform(central, startImport, {
    kind: 'competent_services',
    fileName: 'srj.csv',
    bytes: Buffer.from(text),
  })
  await drainQueue(tasks)
  return read(central, (ctx) => importReport(ctx, { importId: id }))
}

describe('before the ministry’s file', () => {
  it('is sure in the départements of one court, and proposes the nearest in the 48 that have several', () => {
    const all = proposals()
    const several = new Set(all.filter(({ sure }) => !sure).map(({ court }) => court.departmentCode))
    expect(several.size).toBe(48)
    expect(readCourts().filter(({ departmentCode }) => several.has(departmentCode))).toHaveLength(111)
    // Each court is at least that of its own town, and nobody is sent to another département.
    for (const court of readCourts())
      expect(all.find(({ inseeCode }) => inseeCode === court.inseeCode)?.court).toEqual(court)
    const elsewhere = all.filter(({ inseeCode, court }) => !inseeCode.startsWith(court.departmentCode))
    expect(elsewhere).toEqual([])
  })

  it('fills every commune of a département that has a court, and says how sure it is', async () => {
    expect(await ofCity('92036')).toMatchObject([
      { kind: 'court', name: 'TJ de Nanterre', confirmed: true },
      { kind: 'probation_service', name: 'SPIP 92 Nanterre', confirmed: true },
    ])
    expect(await ofCity('02168')).toMatchObject([
      { name: 'TJ de Soissons', confirmed: false },
      { name: 'SPIP 02 Soissons', confirmed: false },
    ])
    const none = await prisma.city.findMany({
      where: { OR: [{ competentCourtId: null }, { competentProbationServiceId: null }] },
      distinct: ['departmentCode'],
      select: { departmentCode: true },
    })
    const codes = none.map(({ departmentCode }) => departmentCode).sort()
    expect(codes).toEqual(['975', '977', '978', '986', '987', '988'])
  })

  test.each([
    ['Tribunal judiciaire des Sables-d’Olonne', 'TJ des Sables-d’Olonne'],
    ["Service pénitentiaire d'insertion et de probation de l'Aisne", "SPIP de l'Aisne"],
    ['ALIP de Gex', 'ALIP de Gex'],
  ])('%s is said %s', (long, short) => {
    expect(shortNameOf(long)).toBe(short)
  })
})

describe('the ministry’s file', () => {
  it('ties communes for sure, takes SPIP, ALIP and TJ, and reports the rest by line', async () => {
    const report = await imported(
      'Château-Thierry,02168,02400,Tribunal Judiciaire de Soissons,TJ',
      'Château-Thierry,02168,02400,Antenne de Château-Thierry,ALIP',
      'Château-Thierry,02168,02400,Cour d’appel d’Amiens,CA',
      'Nulle-Part,99999,99999,Tribunal judiciaire de Nulle-Part,TJ',
      'Laon,02408,02000,,SPIP',
      'L’Abergement-Clémenciat,1001,1400,Tribunal judiciaire de Bourg-en-Bresse,TJ',
    )
    expect(report).toMatchObject({ total: 6, created: 2, leftAlone: 2, refused: 2 })
    expect(report.lines).toMatchObject([
      {
        line: 4,
        outcome: 'left_alone',
        reason: 'Type autre que SPIP, ALIP ou TJ\u00a0: ligne sans objet ici.',
      },
      { line: 5, outcome: 'refused', reason: 'Aucune commune d’aujourd’hui ne porte ce code INSEE.' },
      { line: 6, outcome: 'refused', reason: 'Le nom du service manque, ou dépasse 200 caractères.' },
      // A spreadsheet took "01001" for a number: this court was sure already.
      { line: 7, outcome: 'left_alone', reason: 'Déjà enregistré ainsi.' },
    ])
    // The entry that was there, whatever its capitals: it is made once.
    expect(await ofCity('02168')).toMatchObject([
      { name: 'TJ de Soissons', confirmed: true },
      { name: 'Antenne de Château-Thierry', confirmed: true },
    ])
    expect(await prisma.competentService.count({ where: { officialName: { contains: 'Nulle-Part' } } })).toBe(
      0,
    )
  })

  it('sent again changes nothing, and keeps the last of two lines about one commune', async () => {
    const lines = [
      'Laon,02408,02000,Tribunal judiciaire de Laon,TJ',
      'Soissons,02722,02200,Premier SPIP,SPIP',
      'Soissons,02722,02200,Second SPIP,SPIP',
    ]
    expect(await imported(...lines)).toMatchObject({ created: 2, leftAlone: 1 })
    expect((await ofCity('02722'))[1]).toMatchObject({ name: 'Second SPIP', confirmed: true })
    expect(await imported(...lines)).toMatchObject({ created: 0, leftAlone: 3 })
  })

  it('stays when the database is migrated again', async () => {
    await imported('Saint-Quentin,02691,02100,SPIP choisi par le ministère,SPIP')
    await prisma.$transaction((tx) => seedCompetentServices(tx), { timeout: 120_000 })
    expect((await ofCity('02691'))[1]).toMatchObject({
      name: 'SPIP choisi par le ministère',
      confirmed: true,
    })
  })

  it('is worked at the pace of the country: a thousand communes in few statements', async () => {
    const cities = await prisma.city.findMany({ where: { departmentCode: '62' }, take: 1_000 })
    const lines = cities.map(({ inseeCode }) => `x,${inseeCode},x,Tribunal judiciaire d’Arras,TJ`)
    expect(await imported(...lines)).toMatchObject({ total: cities.length, refused: 0 })
  })
})

describe('who follows a person of a commune', () => {
  const following = (input: { cityId: number | null; followedByAntiTerrorismJudge?: boolean }, actor = bex) =>
    read(actor, (ctx) => whoWillFollow(ctx, input))
  const names = (answer: { services: { name: string }[] }) => answer.services.map(({ name }) => name)

  let registered = 0
  async function register(cityId: number, more: object = {}) {
    registered++
    const { id } = await perform(bex, registerProbationer, {
      lastName: `Commune${String.fromCodePoint(64 + registered)}`,
      firstName: 'Léo',
      dateOfBirth: '1990-03-04',
      hasNoMobilePhone: true,
      cityId,
      ...more,
    })
    const rows = await prisma.following.findMany({
      where: { probationerId: id },
      select: { organization: { select: { name: true } } },
    })
    return rows.map(({ organization }) => organization.name).sort()
  }

  it('is said before saving, and is what is saved', async () => {
    const { id: cityId } = await cityOf('92036')
    const said = await following({ cityId })
    expect(names(said)).toEqual(['TJ de Nanterre', 'SPIP 92 Nanterre'])
    expect(said).toMatchObject({ cityWithoutServices: false, toConfirm: [], notHere: [] })
    expect(await register(cityId)).toEqual(names(said).sort())
  })

  it('a proposal, even of a service that uses the product, opens nothing: it is shown to be confirmed', async () => {
    await tie('Tribunal judiciaire de Saint-Quentin', nanterreCourt)
    const { id: cityId } = await prisma.city.findFirstOrThrow({
      where: {
        courtConfirmed: false,
        competentCourt: { officialName: 'Tribunal judiciaire de Saint-Quentin' },
        probationServiceConfirmed: false,
      },
    })
    expect(await read(bex, (ctx) => servicesOfCity(ctx, cityId))).toEqual([])
    const said = await following({ cityId })
    expect(names(said)).toEqual(['TJ de Versailles'])
    expect(said).toMatchObject({
      cityWithoutServices: true,
      toConfirm: ['TJ de Saint-Quentin', 'SPIP 02 Saint-Quentin'],
    })
    expect(await register(cityId)).toEqual(['TJ de Versailles'])
    await tie('Tribunal judiciaire de Saint-Quentin', null)
  })

  it('where no service uses the product yet, one’s own jurisdiction follows, and that is said', async () => {
    const { id: cityId } = await cityOf('23096')
    const said = await following({ cityId })
    expect(said).toMatchObject({
      services: [{ name: 'TJ de Versailles', own: true }],
      cityWithoutServices: true,
      notHere: ['TJ de Guéret', 'SPIP 23 Guéret'],
    })
  })

  it('under the anti-terrorism judge, every court is left for the one of Paris', async () => {
    await aService('TJ de Paris', 'court', { departmentCode: '75' })
    const { id: cityId } = await cityOf('92036')
    const said = await following({ cityId, followedByAntiTerrorismJudge: true })
    expect(names(said)).toEqual(['SPIP 92 Nanterre', 'TJ de Paris'])
    expect(await register(cityId, { followedByAntiTerrorismJudge: true })).toEqual(names(said).sort())
  })

  it('of agents without inter-jurisdiction, the commune decides nothing', async () => {
    const clerk = await anAgent(versailles, 'sentence_clerk')
    const { id: cityId } = await cityOf('92036')
    expect(names(await following({ cityId }, clerk))).toEqual(['TJ de Versailles'])
  })
})

describe('the directory', () => {
  it('is read and tied by central admins only', async () => {
    const rest = { untied: false, page: 1, perPage: 25 }
    const { rows } = await read(central, (ctx) =>
      listCompetentServices(ctx, { ...rest, text: 'nanterre', kind: 'court' }),
    )
    expect(rows).toMatchObject([
      { organization: { name: 'TJ de Nanterre' }, cities: 36, toConfirm: 0, kind: 'court' },
    ])
    await expect(read(bex, (ctx) => listCompetentServices(ctx, rest))).rejects.toThrow('not permitted')
    const entry = await prisma.competentService.findFirstOrThrow({ where: { kind: 'court' } })
    const input = { competentServiceId: entry.id, organizationId: nanterreCourt.id }
    const local = await anAgent(nanterreCourt, 'local_admin')
    for (const actor of [bex, local])
      await expect(perform(actor, tieCompetentService, input)).rejects.toThrow('not permitted')
  })

  it('ties a court to a court', async () => {
    const entry = await prisma.competentService.findFirstOrThrow({ where: { kind: 'court' } })
    const wrong = transact(central, (ctx) =>
      tieCompetentService(ctx, { competentServiceId: entry.id, organizationId: nanterre.id }),
    )
    await expect(wrong).rejects.toMatchObject({
      code: 'competent_service.other_kind',
      field: 'organizationId',
    })
  })
})
