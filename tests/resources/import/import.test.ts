import { spawn } from 'node:child_process'
import { beforeAll, describe, expect, it, test, vi } from 'vitest'
import { mayStartImport } from '../../../resources/import/policy'
import { startImport } from '../../../resources/import/commands/start.server'
import { nextRows, settleRows } from '../../../resources/import/commands/rows.sql.server'
import { importLimits } from '../../../resources/import/schema'
import { importReport, importReportFile, listImports } from '../../../resources/import/queries/report.server'
import { eraseExpired } from '../../../resources/retention/commands.server'
import { releaseDeadWorkers } from '../../../worker/presence'
import { tasks } from '../../../worker/tasks'
import { refusalOf } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import { csvOf } from '../../../resources/shared/csv'
import { prisma } from '../../../resources/shared/db.server'
import { env } from '../../../resources/shared/env.server'
import { perform, read, transact } from '../../../resources/shared/transact.server'
import { acting, anAgent, system } from '../../support/accounts'
import { drainQueue } from '../../support/queue'
import { aService } from '../../support/world'

const header = 'LAST_NAME,FIRST_NAME,ROLE,PHONE,ORGANIZATION,EMAIL'
const fileOf = (...lines: string[]) => [header, ...lines].join('\n')

let central: AgentActor
let local: AgentActor
beforeAll(async () => {
  const court = await aService('TJ de Nanterre', 'court')
  const probation = await aService('SPIP 92 Nanterre', 'probation_service')
  await aService('SPIP 974 Saint-Denis', 'probation_service', {
    departmentCode: '974',
    timeZone: 'Indian/Reunion',
  })
  central = await acting((await anAgent({ organizationId: court.id, role: 'central_admin' })).id)
  local = await acting((await anAgent({ organizationId: probation.id, role: 'local_admin' })).id)
})

const send = (actor: AgentActor, file: string | Buffer, kind: 'agents' | 'competent_services' = 'agents') =>
  perform(actor, startImport, { kind, fileName: 'agents.csv', bytes: Buffer.from(file) })

/** Sends a file, lets the worker do it, and reads its report. */
async function imported(...sent: Parameters<typeof send>) {
  const { id } = await send(...sent)
  await drainQueue(tasks)
  return read(sent[0], (ctx) => importReport(ctx, { importId: id }))
}

const mailed = async (email: string) =>
  (await prisma.outboxItem.findMany({ where: { recipient: email } })).map(({ subject }) => subject)

describe('a file of agents', () => {
  it('invites nobody into a service whose name is also that of another, capitals aside', async () => {
    await aService('TJ de Pontoise', 'court')
    await aService('tj de pontoise', 'court')
    const report = await imported(
      central,
      fileOf('Roux,Lina,sentence_judge,,TJ de Pontoise,lina.roux@justice.example'),
    )
    expect(report).toMatchObject({ created: 0, refused: 1 })
    expect(await prisma.agent.count({ where: { email: 'lina.roux@justice.example' } })).toBe(0)
  })

  it('invites each of them, in any service, and each receives the mail', async () => {
    const report = await imported(
      central,
      fileOf(
        'LEFÈVRE,Anaïs,CPIP,01 99 00 12 34,SPIP 92 Nanterre,anais.lefevre@justice.example',
        'Martin,Paul,sentence_judge,,tj de nanterre,PAUL.MARTIN@justice.example',
      ),
    )
    expect(report).toMatchObject({ total: 2, done: 2, created: 2, leftAlone: 0, refused: 0, lines: [] })
    expect(report.finished).not.toBeNull()
    const agents = await prisma.agent.findMany({
      where: { email: { in: ['anais.lefevre@justice.example', 'paul.martin@justice.example'] } },
      select: { lastName: true, role: true, phone: true, organization: { select: { name: true } } },
      orderBy: { email: 'asc' },
    })
    expect(agents).toEqual([
      {
        lastName: 'Lefèvre',
        role: 'probation_counsellor',
        phone: '+33199001234',
        organization: { name: 'SPIP 92 Nanterre' },
      },
      { lastName: 'Martin', role: 'sentence_judge', phone: null, organization: { name: 'TJ de Nanterre' } },
    ])
    expect(await mailed('anais.lefevre@justice.example')).toEqual([
      '[Mon Suivi Justice] Votre compte est prêt',
    ])
    expect(await mailed('paul.martin@justice.example')).toHaveLength(1)
  })

  it('says line by line what it does not take, and takes the others', async () => {
    const report = await imported(
      central,
      fileOf(
        'DUBOIS,Léa,CPIP,,SPIP 92 Nanterre,lea.dubois@justice.example',
        'DUBOIS,Léa,CPIP,,SPIP 92 Nanterre,lea.dubois@justice.example',
        'AUTRE,Jean,CPIP,,SPIP de Nulle-Part,jean.autre@justice.example',
        'AUTRE,Jean,chef,,SPIP 92 Nanterre,jean.autre@justice.example',
        'AUTRE,Jean,JAP,,SPIP 92 Nanterre,jean.autre@justice.example',
        'AUTRE,Jean,CPIP,12,SPIP 92 Nanterre,jean.autre@justice.example',
        ',Jean,CPIP,,SPIP 92 Nanterre,sans arobase',
        'AUTRE,Jean,CPIP',
      ),
    )
    expect(report).toMatchObject({ total: 8, created: 1, refused: 7 })
    expect(report.lines).toMatchObject([
      {
        line: 3,
        outcome: 'refused',
        reason: 'Cet agent est déjà invité dans ce service. Vous pouvez lui renvoyer l’invitation.',
      },
      { line: 4, outcome: 'refused', reason: 'Aucun service ne porte le nom de la colonne Service.' },
      {
        line: 5,
        outcome: 'refused',
        reason: 'Fonction inconnue dans la colonne Fonction. Exemple\u00a0: CPIP.',
      },
      { line: 6, outcome: 'refused', reason: 'Cette fonction n’existe pas dans ce type de service.' },
      { line: 7, outcome: 'refused', reason: 'Ce numéro n’est pas reconnu. Exemple\u00a0: 01 99 00 12 34.' },
      {
        line: 8,
        outcome: 'refused',
        reason:
          'Indiquez le nom. Cette adresse e-mail n’a pas la bonne forme. Exemple\u00a0: prenom.nom@justice.fr.',
      },
      { line: 9, outcome: 'refused', reason: 'Aucun service ne porte le nom de la colonne Service.' },
    ])
    expect(await mailed('lea.dubois@justice.example')).toHaveLength(1)
    expect(await prisma.agent.count({ where: { email: 'jean.autre@justice.example' } })).toBe(0)
  })

  it('of a local admin, reaches their own service and no other, nor a central admin’s role', async () => {
    const report = await imported(
      local,
      fileOf(
        'PETIT,Zoé,CPIP,,SPIP 92 Nanterre,zoe.petit@justice.example',
        'PETIT,Zoé,JAP,,TJ de Nanterre,zoe.tj@justice.example',
        'PETIT,Zoé,central_admin,,SPIP 92 Nanterre,zoe.centrale@justice.example',
      ),
    )
    expect(report).toMatchObject({ created: 1, refused: 2 })
    const reason = 'Votre rôle ne permet pas d’inviter un agent de cette fonction dans ce service.'
    expect(report.lines.map((line) => line.reason)).toEqual([reason, reason])
    expect(await prisma.agent.count({ where: { email: { startsWith: 'zoe.' } } })).toBe(1)
    const audited = { agentId: local.id, action: 'refused', fields: { has: 'invite an agent' } }
    expect(await prisma.auditEntry.count({ where: audited })).toBe(2)
  })

  it('reads a number without its dial code in the territory of its service', async () => {
    await imported(
      central,
      fileOf('PAYET,Ida,CPIP,0262 30 00 00,SPIP 974 Saint-Denis,ida.payet@justice.example'),
    )
    const { phone } = await prisma.agent.findUniqueOrThrow({ where: { email: 'ida.payet@justice.example' } })
    expect(phone).toBe('+262262300000')
  })

  it('stops where the right of its sender stops', async () => {
    const { organizationId } = await prisma.agent.findUniqueOrThrow({ where: { id: local.id } })
    const sender = await anAgent({ organizationId, role: 'local_admin' })
    const actor = await acting(sender.id)
    const { id } = await send(actor, fileOf('FIN,Noé,CPIP,,SPIP 92 Nanterre,noe.fin@justice.example'))
    await prisma.agent.update({ where: { id: sender.id }, data: { role: 'probation_counsellor' } })
    await drainQueue(tasks)
    expect(await prisma.agent.count({ where: { email: 'noe.fin@justice.example' } })).toBe(0)
    const report = await read(central, (ctx) => importReport(ctx, { importId: id }))
    expect(report).toMatchObject({ refused: 1, created: 0 })
    expect(report.finished).not.toBeNull()
  })
})

describe('a file', () => {
  const person = (email: string) => `NOËL,Aimé,CPIP,,SPIP 92 Nanterre,${email}`

  test.each([
    ['UTF-8', (text: string) => Buffer.from(text, 'utf8'), 'utf8@justice.example'],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'), 'bom@justice.example'],
    ['ISO-8859-1', (text: string) => Buffer.from(text, 'latin1'), 'latin1@justice.example'],
  ])('in %s keeps its accents', async (_, bytes, email) => {
    const report = await imported(central, bytes(fileOf(person(email))))
    expect(report).toMatchObject({ created: 1 })
    const agent = await prisma.agent.findUniqueOrThrow({ where: { email } })
    expect([agent.lastName, agent.firstName]).toEqual(['Noël', 'Aimé'])
  })

  it('has its columns in any order, between semicolons, with quoted cells and blank lines', async () => {
    const text = [
      'email;Organization;"ROLE";first_name;LAST_NAME;PHONE;Remarque',
      '',
      '"ordre@justice.example";"SPIP 92 Nanterre";CPIP;Luc;"D""OR";;"deux',
      'lignes"',
      ';;;;;;',
      'ordre2@justice.example;SPIP 92 Nanterre;inconnue;Luc;OR;;',
    ].join('\r\n')
    const report = await imported(central, text)
    expect(report).toMatchObject({ total: 2, created: 1, refused: 1 })
    // As an editor counts them.
    expect(report.lines.map(({ line }) => line)).toEqual([6])
  })

  it('counts a record that is written over two lines at the first', async () => {
    const report = await imported(
      central,
      fileOf('UN,Luc,inconnue,,,', '"DE\r\nUX",Luc,inconnue,,,', 'TROIS,Luc,inconnue,,,'),
    )
    expect(report.lines.map(({ line }) => line)).toEqual([2, 3, 5])
  })

  it('names its columns in French, and needs no service where the sender has one', async () => {
    const french = (email: string) => `nom;Prenom;FONCTION;e-mail\nOR;Luc;CPIP;${email}`
    expect(await imported(local, french('francais@justice.example'))).toMatchObject({ created: 1 })
    const { organizationId } = await prisma.agent.findUniqueOrThrow({ where: { id: local.id } })
    expect(
      await prisma.agent.findUniqueOrThrow({ where: { email: 'francais@justice.example' } }),
    ).toMatchObject({ organizationId, role: 'probation_counsellor' })
    expect(await imported(central, french('partout@justice.example'))).toMatchObject({
      created: 0,
      lines: [{ line: 2, reason: 'Aucun service ne porte le nom de la colonne Service.' }],
    })
  })

  test.each([
    ['as most write it', (utf16: Buffer) => utf16],
    ['the other way round', (utf16: Buffer) => utf16.swap16()],
  ])('is read as the "Unicode text" of a spreadsheet, %s', async (name, turned) => {
    const email = `unicode-${name.length}@justice.example`
    const text = `\ufeffnom\tPrenom\tFONCTION\te-mail\r\nNOËL\tAimé\tCPIP\t${email}`
    expect(await imported(local, turned(Buffer.from(text, 'utf16le')))).toMatchObject({ created: 1 })
    expect((await prisma.agent.findUniqueOrThrow({ where: { email } })).lastName).toBe('Noël')
  })

  it('lets the others be served while it is read', async () => {
    const file = fileOf(...Array<string>(20_000).fill('x'))
    let turns = 0
    const turn = () => {
      turns++
      next = setImmediate(turn)
    }
    let next = setImmediate(turn)
    await send(central, file).finally(() => clearImmediate(next))
    expect(turns).toBeGreaterThan(file.length / 10_000)
    await prisma.importRun.deleteMany({ where: { fileName: 'agents.csv', total: 20_000 } })
  })

  it('that has too many lines is refused at the first of them, and the rest is not read', async () => {
    const many = 'x\n'.repeat(importLimits.lines + 1)
    const error: unknown = await send(central, fileOf(`${many}A,"B,C,,,`)).catch((one: unknown) => one)
    expect(refusalOf(error)?.fieldErrors).toEqual({
      file: `Un fichier a ${importLimits.lines.toLocaleString('fr')} lignes au plus. Coupez-le en plusieurs.`,
    })
  })

  test.each([
    ['', 'Ce fichier n’a aucune ligne sous son en-tête.'],
    [header, 'Ce fichier n’a aucune ligne sous son en-tête.'],
    [
      'NOM,PRENOM\nA,B',
      'Il manque des colonnes\u00a0: Fonction, E-mail. La première ligne du fichier doit porter leurs noms\u00a0: Nom, Prénom, Fonction, Téléphone, Service, E-mail.',
    ],
    [
      'PK\u0003\u0004xl/worksheets',
      'Ce fichier est un classeur, pas un fichier CSV. Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format CSV.',
    ],
    [
      fileOf('A,"B,C,,,'),
      'Le fichier ne se lit plus à partir de la ligne 2\u00a0: un guillemet y est ouvert ou fermé de travers. Rien n’a été importé.',
    ],
  ])('that cannot be read is refused whole: %j', async (text, message) => {
    const runs = await prisma.importRun.count()
    await expect(send(central, text)).rejects.toMatchObject({ name: 'Refused', field: 'file' })
    const error: unknown = await send(central, text).catch((one: unknown) => one)
    expect(refusalOf(error)?.message).toBe(message)
    expect(await prisma.importRun.count()).toBe(runs)
  })

  it('is worked without a line of it staying in the database', async () => {
    const { id } = await send(central, fileOf('SECRET,Nom,inconnue,,,secret@justice.example'))
    const held = () => prisma.importRow.findMany({ where: { runId: id }, select: { cells: true } })
    expect(await held()).toEqual([{ cells: ['SECRET', 'Nom', 'inconnue', '', '', 'secret@justice.example'] }])
    await drainQueue(tasks)
    expect(await held()).toEqual([{ cells: [] }])
    const jobs = await prisma.$queryRaw`SELECT payload::text FROM graphile_worker._private_jobs`
    expect(JSON.stringify(jobs)).not.toContain('SECRET')
  })

  it('is forgotten, counts and lines, thirty days later', async () => {
    const { id } = await send(central, fileOf('VIEUX,Nom,inconnue,,,vieux@justice.example'))
    await drainQueue(tasks)
    const old = new Date(Date.now() - 31 * 86_400_000)
    await prisma.importRun.update({ where: { id }, data: { createdAt: old } })
    await transact(system, eraseExpired)
    expect(await prisma.importRow.count({ where: { runId: id } })).toBe(0)
  })

  it('is read by who sent it and by central admins, and by nobody else', async () => {
    const { id } = await send(local, fileOf('VU,Nom,inconnue,,,vu@justice.example'))
    await drainQueue(tasks)
    const { organizationId } = await prisma.agent.findUniqueOrThrow({ where: { id: local.id } })
    const other = await acting((await anAgent({ organizationId, role: 'local_admin' })).id)
    const counsellor = await acting((await anAgent({ organizationId })).id)
    for (const actor of [other, counsellor]) {
      await expect(read(actor, (ctx) => importReport(ctx, { importId: id }))).rejects.toThrow('not found')
      await expect(read(actor, (ctx) => importReportFile(ctx, { importId: id }))).rejects.toThrow('not found')
      expect((await read(actor, (ctx) => listImports(ctx, { page: 1, perPage: 25 }))).rows).toEqual([])
    }
    for (const actor of [local, central])
      expect((await read(actor, (ctx) => importReport(ctx, { importId: id }))).refused).toBe(1)
  })

  it('is sent by those who have its right only', async () => {
    expect(mayStartImport(local, 'competent_services')).toBe(false)
    await expect(send(local, 'x', 'competent_services')).rejects.toThrow('not permitted')
    const { organizationId } = await prisma.agent.findUniqueOrThrow({ where: { id: local.id } })
    const director = await acting((await anAgent({ organizationId, role: 'probation_director' })).id)
    await expect(send(director, fileOf())).rejects.toThrow('not permitted')
  })
})

describe('a worker that dies in the middle of a file', () => {
  const emailOf = (n: number) => `reprise-${n}@justice.example`

  it('leaves no line done twice, none undone', async () => {
    const lines = Array.from({ length: 120 }, (_, n) => `REPRISE,Nom,CPIP,,SPIP 92 Nanterre,${emailOf(n)}`)
    const { id } = await send(central, fileOf(...lines))
    const invited = () => prisma.agent.count({ where: { email: { startsWith: 'reprise-' } } })
    const program = `const { startWorker } = await import('./worker/index.ts'); await startWorker()`
    const worker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      env: { ...process.env, DATABASE_URL: env.DATABASE_URL },
      stdio: 'ignore',
    })
    const dead = new Promise((resolve) => worker.on('exit', resolve))
    await vi.waitFor(async () => expect(await invited()).toBeGreaterThan(5), {
      timeout: 60_000,
      interval: 20,
    })
    worker.kill('SIGKILL')
    await dead
    const halfway = await invited()
    expect(halfway).toBeLessThan(lines.length)

    await vi.waitFor(async () => expect(await transact(system, releaseDeadWorkers)).toBeGreaterThan(0), {
      timeout: 10_000,
    })
    await drainQueue(tasks)
    expect(await read(central, (ctx) => importReport(ctx, { importId: id }))).toMatchObject({
      total: 120,
      created: 120,
      refused: 0,
    })
    expect(await prisma.agentToken.count({ where: { agent: { email: { startsWith: 'reprise-' } } } })).toBe(
      120,
    )
  }, 120_000)

  it('waits for the other, were two to work one file at once', async () => {
    const { id } = await send(central, fileOf('DEUX,Nom,inconnue,,,deux@justice.example'))
    const worked = await Promise.all(
      [1, 2].map(() =>
        transact(system, async (ctx) => {
          const rows = await nextRows(ctx, id, 10)
          await settleRows(
            ctx,
            id,
            rows.map(({ line }) => ({ line, outcome: 'refused', reason: null })),
          )
          return rows.length
        }),
      ),
    )
    expect(worked.sort()).toEqual([0, 1])
    expect((await prisma.importRun.findUniqueOrThrow({ where: { id } })).refused).toBe(1)
    await drainQueue(tasks)
  })
})

describe('a report opened in a spreadsheet', () => {
  it('runs no formula, and keeps semicolons, quotes and lines within their cell', () => {
    const hidden = ['\u200b=cmd', '＝cmd', '\ufeff＋1']
    expect(csvOf([hidden])).toBe(`\ufeff${hidden.map((cell) => `'${cell}`).join(';')}\r\n`)
    const cells = ['=1+1', '+33', '-2', '@x', ' =A1', 'a;b', 'dit "non"', 'sur\ndeux', 'été']
    expect(csvOf([cells])).toBe(`\ufeff'=1+1;'+33;'-2;'@x;' =A1;"a;b";"dit ""non""";"sur\ndeux";été\r\n`)
  })
})
