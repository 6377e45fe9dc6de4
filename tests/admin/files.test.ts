import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { sessionCookie } from '../support/agent-session'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let director: AgentActor
let secretary: AgentActor
beforeAll(async () => {
  country = await aCountry()
  director = await anAgent(country.spip, 'probation_director')
  secretary = await anAgent(country.spip, 'probation_secretary')
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

async function asked(actor: AgentActor, path: string, body?: object) {
  const response = await fetch(`${host.url}/admin/api/files/${path}`, {
    headers: {
      cookie: await sessionCookie(actor.id),
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') }
}

describe('the list of persons, saved', () => {
  it('opens in a spreadsheet: filters kept, a person a line, no cell run as a formula', async () => {
    await aPerson([country.spip], { lastName: '=SOMME(A1)', firstName: 'Zoé', phone: '+33639984455' })
    await aPerson([country.spip], { lastName: 'SOMMEIL', firstName: 'Luc', phone: null })
    await aPerson([country.spip], { lastName: 'AUTRE', phone: null })
    const { status, headers, text } = await asked(director, 'probationnaires.csv', { text: 'somme' })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toContain('probationnaires.csv')
    const [header, ...lines] = text.split('\r\n')
    expect(header).toBe(
      '\ufeffNom;Prénom;Naissance;N° APPI;Portable;Suivi par;Référent;Prochaine convocation;Type;Archivée',
    )
    expect(lines.map((line) => line.split(';').slice(0, 5).join(';'))).toEqual([
      "'=SOMME(A1);Zoé;12/04/1991;;06\u00a039\u00a098\u00a044\u00a055",
      'SOMMEIL;Luc;12/04/1991;;',
      '',
    ])
  })

  it('comes whole, however many lines it has', async () => {
    const service = await prisma.organization.create({
      data: { name: 'SPIP du grand fichier', kind: 'probation_service', departmentCode: '92' },
    })
    const people = Array.from({ length: 2_345 }, (_, n) => ({
      ...{ lastName: `LIGNE ${String(n).padStart(4, '0')}`, firstName: 'Un' },
      smsOptOutToken: `fichier${n}`,
    }))
    await prisma.probationer.createMany({ data: people })
    const ids = await prisma.probationer.findMany({
      where: { lastName: { startsWith: 'LIGNE ' } },
      select: { id: true },
    })
    await prisma.following.createMany({
      data: ids.map(({ id }) => ({ probationerId: id, organizationId: service.id })),
    })
    const head = await anAgent(service, 'probation_director')
    const lines = (await asked(head, 'probationnaires.csv', {})).text.trimEnd().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(';')[0])).toEqual(people.map(({ lastName }) => lastName))
  })

  it('is refused to a role that exports none, in words, and offered to those who may only', async () => {
    expect(await asked(secretary, 'probationnaires.csv', {})).toMatchObject({ status: 403 })
    const listed = async (actor: AgentActor) => {
      const response = await fetch(`${host.url}/admin/api/resources/Probationer/actions/list`, {
        method: 'POST',
        headers: {
          cookie: await sessionCookie(actor.id),
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
        },
        body: '{}',
      })
      return ((await response.json()) as { meta: { files: object[] } }).meta.files
    }
    expect(await listed(director)).toEqual([
      { address: 'files/probationnaires.csv', label: 'Télécharger la liste (CSV)' },
    ])
    expect(await listed(await anAgent(country.spip, 'probation_counsellor'))).toMatchObject([
      { label: 'Télécharger la liste (CSV, vos suivis seulement)' },
    ])
    expect(await listed(secretary)).toEqual([])
  })
})

describe('the list of appointments, printed', () => {
  it('says at its head when it holds only those of who takes it away', async () => {
    const titleFor = async (actor: AgentActor) => {
      const { bytes } = await asked(actor, 'liste-convocations.pdf', {})
      return /x-default">(.*?)</.exec(bytes.toString('latin1'))?.[1]
    }
    expect(await titleFor(director)).toBe('Convocations')
    expect(await titleFor(await anAgent(country.spip, 'probation_counsellor'))).toBe(
      'Vos convocations seulement',
    )
  })
})

describe('all the data of a person, saved', () => {
  it('is a PDF to be read and a JSON to be taken elsewhere, whose names name nobody', async () => {
    const { id } = await aPerson([country.spip], { lastName: 'ŞAHİN', firstName: 'Øyvind Çelik' })
    const pdf = await asked(director, `probationers/${id}/donnees.pdf`)
    expect(pdf.status).toBe(200)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect(pdf.headers.get('content-disposition')).toBe(`attachment; filename="donnees-${id}.pdf"`)
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.bytes.subarray(-6).toString().trim()).toBe('%%EOF')
    const json = await asked(director, `probationers/${id}/donnees.json`)
    expect(JSON.parse(json.text)).toMatchObject({ Identité: [{ nom: 'ŞAHİN', prénom: 'Øyvind Çelik' }] })
    expect(await prisma.auditEntry.count({ where: { action: 'export', probationerId: id } })).toBe(2)
  })

  it('is refused in words to a role without the right, of another jurisdiction, and of nobody', async () => {
    const { id } = await aPerson([country.spip])
    const { id: elsewhere } = await aPerson([country.foreign])
    expect((await asked(secretary, `probationers/${id}/donnees.pdf`)).status).toBe(403)
    for (const who of [elsewhere, 999_999_999, 0, 'x', '1e9', '99999999999999'])
      expect([who, (await asked(director, `probationers/${who}/donnees.json`)).status]).toEqual([
        who,
        expect.toBeOneOf([400, 404]),
      ])
    expect((await asked(director, `probationers/${id}/autre`)).status).toBe(404)
  })
})

describe('the figures, saved', () => {
  it('are those of the page, a line a value, no cell run as a formula; refused where the page is', async () => {
    const person = await aPerson([country.spip])
    const place = await prisma.place.create({
      data: {
        ...{ organizationId: country.spip.id, name: '=LIEN("x")', departmentCode: '92' },
        ...{ address: '14 rue des Peupliers, 92000 Nanterre', shortAddress: '14 rue des Peupliers' },
        phone: '+33199001020',
      },
    })
    const startsAt = new Date(Date.now() - 3_600_000)
    const slot = await prisma.slot.create({
      data: {
        ...{ agendaId: country.spip.agendaId, typeCode: 'probation_follow_up', startTime: '09:00' },
        ...{ date: startsAt, startsAt, capacity: 1, seatsTaken: 1 },
      },
    })
    await prisma.appointment.create({
      data: {
        ...{ probationerId: person.id, slotId: slot.id, typeCode: 'probation_follow_up', startsAt },
        ...{ organizationId: country.spip.id, creatingOrganizationId: country.spip.id, placeId: place.id },
        state: 'missed',
      },
    })
    const address = `statistiques.csv?period=${startsAt.toISOString().slice(0, 4)}`
    const { status, headers, text } = await asked(director, address)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = text.trimEnd().split('\r\n')
    expect(lines.at(1)).toMatch(/^Ensemble;SPIP de Nanterre;1;0;1;0;0;Trop peu pour un pourcentage;0;0;$/)
    expect(lines.find((line) => line.startsWith('Lieu;'))).toContain(`Lieu;"'=LIEN(""x"")";1;0;1;`)
    expect(await prisma.auditEntry.count({ where: { agentId: director.id, subject: 'figures' } })).toBe(1)

    const counsellor = await anAgent(country.spip, 'probation_counsellor')
    expect((await asked(counsellor, 'statistiques.csv')).status).toBe(200)
    for (const forged of [`referentId=${director.id}`, `organizationId=${country.foreign.id}`])
      expect((await asked(counsellor, `statistiques.csv?${forged}`)).status).toBe(403)
    expect((await asked(secretary, 'statistiques.csv')).text).toContain('Ensemble;France;')
    for (const odd of ['period[]=1', 'placeId=1e99', 'view=a&view=b', 'typeCode[x]=%00', 'typeCode=%00'])
      expect((await asked(director, `statistiques.csv?${odd}`)).status, odd).toBe(200)
  })
})
