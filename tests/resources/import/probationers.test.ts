import { beforeAll, describe, expect, it, test } from 'vitest'
import { startImport } from '../../../resources/import/commands/start.server'
import { importReport, importReportFile } from '../../../resources/import/queries/report.server'
import { refusalOf } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { perform, read } from '../../../resources/shared/transact.server'
import { tasks } from '../../../worker/tasks'
import { drainQueue } from '../../support/queue'
import { aCountry, anAgent, aPerson, aService, type AService } from '../../support/world'

const header = 'Nom;Prénom;Date de naissance;Numéro de dossier;Mesure/Intervention'
const fileOf = (...lines: string[]) => [header, ...lines].join('\r\n')

let central: AgentActor
let country: Awaited<ReturnType<typeof aCountry>>
/** A court and its only probation service. */
let pair: { court: AService; spip: AService }
beforeAll(async () => {
  country = await aCountry()
  central = await anAgent(country.court, 'central_admin')
  const court = await aService('TJ de Cayenne', 'court', { departmentCode: '973' })
  const spip = await aService('SPIP de Cayenne', 'probation_service', { departmentCode: '973' })
  await prisma.organizationLink.create({ data: { courtId: court.id, probationServiceId: spip.id } })
  pair = { court, spip }
})

const send = (actor: AgentActor, file: string | Buffer, service: { id: number } | null) =>
  perform(actor, startImport, {
    ...{ kind: 'probationers', fileName: 'appi.csv', bytes: Buffer.from(file) },
    organizationId: service?.id ?? null,
  })

/** Sends a file, lets the worker do it, and reads its report. */
async function imported(file: string | Buffer, service: { id: number } = pair.spip) {
  const { id } = await send(central, file, service)
  await drainQueue(tasks)
  return read(central, (ctx) => importReport(ctx, { importId: id }))
}

const reasonsOf = ({ lines }: Awaited<ReturnType<typeof imported>>) => lines.map(({ reason }) => reason)

const numbered = (appiNumber: string) =>
  prisma.probationer.findUniqueOrThrow({
    where: { appiNumber },
    include: { historyEntries: true },
  })

describe('an export of APPI', () => {
  it('registers each person as the form does, without a mobile, followed by the service and the one linked to it', async () => {
    const report = await imported(
      fileOf('d’artagnan;charles;12/04/1991;SPIP 973 n° 202312345671;Sursis probatoire (2 ans)'),
    )
    expect(report).toMatchObject({ total: 1, created: 1, linked: 0, leftAlone: 0, refused: 0 })
    const person = await numbered('202312345671')
    expect(person).toMatchObject({
      ...{ lastName: 'D’ARTAGNAN', firstName: 'Charles', phone: null, hasNoMobilePhone: true },
      ...{ creatingOrganizationId: null, assignedAgentId: null },
    })
    expect(person.followingOrganizationIds.sort()).toEqual([pair.court.id, pair.spip.id].sort())
    expect(person.historyEntries.map(({ event, agentId }) => [event, agentId])).toEqual([
      ['probationer.imported', central.id],
    ])
    const traces = await prisma.auditEntry.findMany({ where: { probationerId: person.id } })
    expect(traces.map(({ action, agentId }) => [action, agentId])).toEqual([['create', central.id]])
  })

  it('gives a person to the chosen service alone where it is linked to several', async () => {
    await imported(fileOf('PLURIEL;Léa;01/02/1980;202312345672;TIG'), country.court)
    expect((await numbered('202312345672')).followingOrganizationIds).toEqual([country.court.id])
  })

  it('may be sent again: nobody is registered twice, and every line says so', async () => {
    const file = fileOf(
      'ENCORE;Rose;03/03/1983;202312345673;TIG',
      'ENCORE;Rose;03/03/1983;202312345673;TIG',
      'SANSNUMERO;Abel;04/04/1984;;TIG',
      'SANSNUMERO;Abel;04/04/1984;;TIG',
    )
    expect(await imported(file)).toMatchObject({ created: 2, leftAlone: 2 })
    const again = await imported(file)
    expect(again).toMatchObject({ total: 4, created: 0, linked: 0, leftAlone: 4, refused: 0 })
    expect(new Set(reasonsOf(again))).toEqual(new Set(['Déjà suivie par ce service.']))
    expect(await prisma.probationer.count({ where: { lastName: { in: ['ENCORE', 'SANSNUMERO'] } } })).toBe(2)
  })

  it('ties to the other half of a jurisdiction a person that one of its services follows, once', async () => {
    await aPerson([pair.court], { appiNumber: '202312345674', phone: null })
    const report = await imported(fileOf('AUTRENOM;Peu;05/05/1985;202312345674;TIG'))
    expect(report).toMatchObject({ created: 0, linked: 1 })
    const person = await numbered('202312345674')
    expect(person.followingOrganizationIds.sort()).toEqual([pair.court.id, pair.spip.id].sort())
    expect(person.historyEntries).toMatchObject([
      { event: 'probationer.followed_by_import', data: { place: 'SPIP de Cayenne' } },
    ])
  })

  it('matches a line without a number on names and birth, never on "no number"', async () => {
    await aPerson([pair.court], {
      lastName: 'NÉLSON',
      firstName: 'Inès',
      dateOfBirth: '1986-06-06',
      phone: null,
    })
    const report = await imported(
      fileOf('nelson;ines;06/06/1986;;TIG', 'TOUTAUTRE;Noé;07/07/1987;;TIG', 'TOUTAUTRE;Noé;08/07/1987;;TIG'),
    )
    expect(report).toMatchObject({ linked: 1, created: 2 })
  })

  it('leaves alone, and says why, who is followed elsewhere, archived, apart or being divested', async () => {
    await aPerson([country.foreign], { appiNumber: '202312345675', phone: null })
    await aPerson([pair.court], { appiNumber: '202312345676', phone: null, archivedAt: new Date() })
    const apart = await aPerson([pair.court], { appiNumber: '202312345677', phone: null })
    await prisma.probationer.update({
      where: { id: apart.id },
      data: { followedByAntiTerrorismJudge: true },
    })
    const leaving = await aPerson([pair.court], { appiNumber: '202312345678', phone: null })
    await prisma.divestment.create({
      data: {
        ...{ probationerId: leaving.id, targetOrganizationId: country.foreign.id },
        destinationOrganizationIds: [country.foreign.id],
      },
    })
    const report = await imported(
      fileOf(...['5', '6', '7', '8'].map((end) => `QUI;Luc;09/09/1989;20231234567${end};TIG`)),
    )
    expect(report).toMatchObject({ linked: 0, created: 0, leftAlone: 4 })
    expect(reasonsOf(report)).toEqual([
      'Déjà suivie par d’autres services\u00a0: un dessaisissement se demande depuis la page «\u00a0Enregistrer et convoquer\u00a0».',
      'Fiche archivée\u00a0: un administrateur local peut la désarchiver.',
      'Fiche à part (code 12)\u00a0: à voir avec l’équipe nationale.',
      'Un dessaisissement est en cours pour cette personne.',
    ])
  })

  it('leaves out what is not followed in the community, whatever its capitals', async () => {
    const report = await imported(
      fileOf(
        'PRISON;Un;01/01/1981;202312345680;EMPRISONNEMENT (6 mois)',
        'PRISON;Deux;01/01/1981;202312345681;AMÉNAGEMENT DE PEINE (semi-liberté)',
        'PRISON;Trois;01/01/1981;202312345682;Placement en détention provisoire',
      ),
    )
    expect(report).toMatchObject({ created: 0, leftAlone: 3 })
    expect(await prisma.probationer.count({ where: { lastName: 'PRISON' } })).toBe(0)
  })

  it('refuses line by line what the form would refuse, and takes the others', async () => {
    await aPerson([country.foreign], {
      lastName: 'JUMELLE',
      firstName: 'Ana',
      dateOfBirth: '1990-10-10',
      phone: null,
    })
    const year = new Date().getFullYear()
    const report = await imported(
      fileOf(
        ';Sans;01/01/1981;202312345683;TIG',
        'JEUNE;Trop;01/01/' + String(year - 10) + ';202312345684;TIG',
        'DATE;Fausse;31/02/1981;202312345685;TIG',
        'NUMERO;Faux;01/01/1981;18;TIG',
        'ANONYME;Sans;;;TIG',
        '"=HYPERLINK(""x"")";Formule;01/01/1981;202312345686;TIG',
        '\u200b＝cmd;Formule;01/01/1981;202312345686;TIG',
        'JUMELLE;Ana;10/10/1990;202312345687;TIG',
        'BONNE;Ligne;01/01/1981;202312345688;TIG',
        'TROPCOURTE;Ligne',
      ),
    )
    expect(report).toMatchObject({ total: 10, created: 1, leftAlone: 1, refused: 8 })
    expect(reasonsOf(report)).toEqual([
      'Indiquez le nom.',
      'La personne doit avoir au moins 16 ans. Vérifiez l’année.',
      'La date de naissance ne se lit pas. Exemple\u00a0: 12/04/1991.',
      'Un numéro APPI a 12 chiffres et commence par 200, 201 ou 202, ou 8 chiffres. Exemple\u00a0: 202312345678.',
      'Indiquez la date de naissance. Exemple\u00a0: 12/04/1991.',
      'Un nom ne commence pas par =, +, - ou @.',
      'Un nom ne commence pas par =, +, - ou @.',
      'Une fiche porte la même identité, et un seul des deux a un numéro APPI\u00a0: vérifiez, puis complétez-la.',
      'Indiquez la date de naissance. Exemple\u00a0: 12/04/1991.',
    ])
    expect(await prisma.probationer.count({ where: { appiNumber: '202312345688' } })).toBe(1)
  })

  it('leaves alone a line without a number whose identity two persons bear', async () => {
    for (const appiNumber of ['202312345689', '202312345690'])
      await aPerson([pair.court], {
        ...{ lastName: 'DOUBLE', firstName: 'Zoé', dateOfBirth: '1991-11-11', phone: null, appiNumber },
      })
    expect(reasonsOf(await imported(fileOf('DOUBLE;Zoé;11/11/1991;;TIG')))).toEqual([
      'Plusieurs fiches portent cette identité, et la ligne n’a pas de numéro de dossier.',
    ])
  })

  test.each([
    ['ISO-8859-1', (text: string) => Buffer.from(text, 'latin1'), '202312345691'],
    ['UTF-8', (text: string) => Buffer.from(text, 'utf8'), '202312345692'],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'), '202312345693'],
  ])(
    'in %s keeps its accents, its columns moved, quoted, among others and over two lines',
    async (_, bytes, appi) => {
      const text = [
        'Segment;Numéro de dossier;"Date de naissance";Alias;Prénom;Nom;Mesure/Intervention',
        '',
        `"deux\r\nlignes";SPIP n° ${appi};12/12/1982;;Anaïs;"Lefèvre";TIG`,
        ';;;;;;',
      ].join('\r\n')
      expect(await imported(bytes(text))).toMatchObject({ total: 1, created: 1 })
      expect(await numbered(appi)).toMatchObject({ lastName: 'LEFÈVRE', firstName: 'Anaïs' })
    },
  )

  test.each([
    [
      'Nom;Prénom;Date de naissance;Mesure/Intervention\nA;B;01/01/1981;TIG',
      'Il manque des colonnes\u00a0: Numéro de dossier. La première ligne du fichier doit porter leurs noms\u00a0: Nom, Prénom, Date de naissance, Numéro de dossier, Mesure/Intervention.',
    ],
    [
      `${header};nom\nA;B;01/01/1981;;TIG;C`,
      'Plusieurs colonnes portent le même nom\u00a0: Nom. Gardez-en une seule.',
    ],
    [
      'PK\u0003\u0004xl/worksheets',
      'Ce fichier est un classeur, pas un fichier CSV. Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format CSV.',
    ],
  ])('that cannot be read is refused whole: %j', async (text, message) => {
    const runs = await prisma.importRun.count()
    const error: unknown = await send(central, text, pair.spip).catch((one: unknown) => one)
    expect(refusalOf(error)).toMatchObject({ message, fieldErrors: { file: message } })
    expect(await prisma.importRun.count()).toBe(runs)
  })

  it('says for which service it is, and is sent by central admins only', async () => {
    const error: unknown = await send(central, fileOf('A;B;01/01/1981;;TIG'), null).catch(
      (one: unknown) => one,
    )
    expect(refusalOf(error)?.fieldErrors).toEqual({
      organizationId: 'Choisissez le service qui suit ces personnes.',
    })
    await expect(send(central, fileOf('A;B;01/01/1981;;TIG'), { id: 999_999 })).rejects.toThrow('not found')
    for (const role of ['local_admin', 'probation_director'] as const)
      await expect(
        send(await anAgent(pair.spip, role), fileOf('A;B;01/01/1981;;TIG'), pair.spip),
      ).rejects.toThrow('not permitted')
  })

  it('ends with a mail to who sent it and a report of every line, that hold counts and no name', async () => {
    const { id } = await send(
      central,
      fileOf('COURRIER;Eva;13/01/1993;202312345694;TIG', 'PRISON;Eva;13/01/1993;;Emprisonnement'),
      pair.spip,
    )
    await drainQueue(tasks)
    const mail = await prisma.outboxItem.findFirstOrThrow({ where: { reference: `import-${id}` } })
    expect(mail.body).toMatch(/1.fiche créée/)
    expect(mail.body).toMatch(/1.ligne laissée de côté/)
    expect(mail.body).not.toMatch(/courrier/i)
    const file = await read(central, (ctx) => importReportFile(ctx, { importId: id }))
    expect(file.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'created'],
      [3, 'left_alone'],
    ])
  })
})
