import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { tasks } from '../../worker/tasks'
import { sessionCookie } from '../support/agent-session'
import { backOffice } from '../support/back-office'
import { drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let localAdmin: AgentActor
let counsellor: AgentActor

beforeAll(async () => {
  country = await aCountry()
  localAdmin = await anAgent(country.spip, 'local_admin')
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

const header = 'LAST_NAME,FIRST_NAME,ROLE,PHONE,ORGANIZATION,EMAIL'

interface Sent {
  status: number
  ok: boolean
  message?: string
  fieldErrors?: Record<string, string>
  result?: { id: number }
}

async function send(
  actor: AgentActor,
  body: BodyInit,
  {
    kind = 'agents',
    service,
    headers = {},
  }: { kind?: string; service?: number | string; headers?: Record<string, string> } = {},
): Promise<Sent> {
  const response = await fetch(
    `${host.url}/admin/api/imports/${kind}${service === undefined ? '' : `?service=${service}`}`,
    {
      method: 'POST',
      headers: {
        cookie: await sessionCookie(actor.id),
        'sec-fetch-site': 'same-origin',
        'content-type': 'text/csv',
        'x-file-name': encodeURIComponent('agents été.csv'),
        ...headers,
      },
      body,
    },
  )
  return { status: response.status, ...((await response.json()) as Omit<Sent, 'status'>) }
}

async function reportOf(actor: AgentActor, id: number | string) {
  const response = await fetch(`${host.url}/admin/api/imports/${id}/rapport`, {
    headers: { cookie: await sessionCookie(actor.id) },
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

describe('an export of APPI', () => {
  const kind = 'probationers'
  const text = [
    'Nom;Prénom;Date de naissance;Numéro de dossier;Mesure/Intervention',
    'MARCHAND;Zélie;12/04/1991;SPIP n° 202399990001;Sursis probatoire (2 ans)',
    'MARCHAND;Hélène;12/04/1991;SPIP n° 202399990002;EMPRISONNEMENT',
  ].join('\r\n')

  it('[P7] [P76] is sent by a central admin for a service, whose persons are then listed by its agents', async () => {
    const central = await anAgent(country.court, 'central_admin')
    const sent = await send(central, Buffer.from(text, 'latin1'), { kind, service: country.spip.id })
    expect(sent).toMatchObject({ status: 200, ok: true })
    await drainQueue(tasks)
    const report = await reportOf(central, sent.result?.id ?? 0)
    const made = await prisma.probationer.findFirstOrThrow({ where: { firstName: 'Zélie' } })
    expect(report.bytes.toString('utf8').split('\r\n').slice(1, 3)).toEqual([
      `2;Créée;;${made.id}`,
      '3;Laissée de côté;Mesure sans suivi en milieu ouvert\u00a0: emprisonnement, aménagement de peine ou détention.;',
    ])
    const listed = await (await backOffice(host, counsellor)).list('Probationer', 'text=marchand')
    expect(listed.records.map(({ cells }) => cells.name)).toMatchObject([{ text: 'MARCHAND Zélie' }])
  })

  it('is refused without a service, of a forged one, and to another role, in words', async () => {
    const central = await anAgent(country.court, 'central_admin')
    const body = Buffer.from(text)
    expect(await send(central, body, { kind })).toMatchObject({
      status: 400,
      fieldErrors: { organizationId: 'Choisissez le service qui suit ces personnes.' },
    })
    expect(await send(central, body, { kind, service: 'x' })).toMatchObject({ status: 400 })
    expect(await send(central, body, { kind, service: 999_999 })).toMatchObject({ status: 404 })
    expect(await send(localAdmin, body, { kind, service: country.spip.id })).toMatchObject({ status: 403 })
  })
})

describe('the file of many agents', () => {
  it('is sent, worked, and its report read on a page, in the list and as a file', async () => {
    const { name } = await prisma.organization.findUniqueOrThrow({ where: { id: country.spip.id } })
    const lines = [
      header,
      `Lucas,Émile,CPIP,,${name},emile.lucas@justice.example`,
      `Lucas,Émile,CPIP,,Ailleurs,ailleurs@justice.example`,
    ]
    const sent = await send(localAdmin, Buffer.from(lines.join('\r\n'), 'latin1'))
    expect(sent).toMatchObject({ status: 200, ok: true })
    const id = sent.result?.id ?? 0
    await drainQueue(tasks)
    const invited = await prisma.agent.findUniqueOrThrow({ where: { email: 'emile.lucas@justice.example' } })
    expect(invited).toMatchObject({ firstName: 'Émile', organizationId: country.spip.id })

    const listed = await (await backOffice(host, localAdmin)).list('ImportRun')
    expect(listed.records[0]?.cells).toMatchObject({
      file: { text: 'agents été.csv', sub: 'Agents à inviter' },
      lines: '1\u00a0agent invité, 1\u00a0ligne refusée',
      state: { text: 'Terminé, lignes à revoir' },
    })
    const { status, headers, bytes } = await reportOf(localAdmin, id)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toBe(`attachment; filename="rapport-import-${id}.csv"`)
    expect(bytes.toString('utf8')).toBe(
      '\ufeffLigne;Résultat;Raison;Fiche\r\n3;Refusée;Aucun service ne porte le nom de la colonne Service.;\r\n',
    )
  })

  it('is refused beside its field when it cannot be read', async () => {
    const sent = await send(localAdmin, 'Nom;Prénom\nA;B')
    expect(sent).toMatchObject({ status: 400, ok: false })
    expect(sent.fieldErrors?.file).toContain('Il manque des colonnes')
  })

  it.each([20 * 1024 * 1024 + 1, 40_000_000])(
    'of %i bytes is too large, said beside its field',
    async (bytes) => {
      expect(await send(localAdmin, Buffer.alloc(bytes, 'a'))).toMatchObject({
        status: 413,
        fieldErrors: { file: 'Un fichier a 20 Mo au plus. Coupez-le en plusieurs.' },
      })
    },
  )

  it('whose length is not said is refused in words', async () => {
    const response = await fetch(`${host.url}/admin/api/imports/agents`, {
      method: 'POST',
      headers: {
        cookie: await sessionCookie(localAdmin.id),
        'sec-fetch-site': 'same-origin',
        'content-type': 'text/csv',
      },
      body: new Blob([header]).stream(),
      duplex: 'half',
    })
    expect(response.status).toBe(411)
    expect(((await response.json()) as Sent).message).toMatch(/^Envoi sans longueur/)
  })

  it('is not taken from those who invite nobody, and their try is traced', async () => {
    expect(await send(counsellor, header)).toMatchObject({ status: 403 })
    expect(await send(localAdmin, header, { kind: 'competent_services' })).toMatchObject({ status: 403 })
    const traced = { action: 'refused', fields: { hasSome: ['import agents', 'import competent_services'] } }
    expect(await prisma.auditEntry.count({ where: traced })).toBe(2)
  })

  test.each([
    ['another kind', { kind: 'autre' }, 404],
    ['what a form of another site can send', { headers: { 'content-type': 'text/plain' } }, 400],
    ['another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a name that no file has', { headers: { 'x-file-name': '%E0%A4%A' } }, 400],
  ])('%s is refused, never a failure', async (_, options, status) => {
    expect((await send(localAdmin, header, options)).status).toBe(status)
  })

  it('shows its report to no other', async () => {
    const { id } = await prisma.importRun.findFirstOrThrow({ where: { agentId: localAdmin.id } })
    const colleague = await anAgent(country.spip, 'local_admin')
    for (const actor of [colleague, counsellor, await anAgent(country.foreign, 'local_admin')])
      expect((await reportOf(actor, id)).status).toBe(404)
    for (const none of ['0', '-1', 'x', '99999999999', '1.5'])
      expect([400, 404]).toContain((await reportOf(localAdmin, none)).status)
  })
})
