import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { personFile } from '../../../resources/probationer/queries/file.server'
import { exportedPersons, personsToExport } from '../../../resources/probationer/queries/list-file.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import type { AgentActor, Role } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aService, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let admin: AgentActor
let counsellor: AgentActor
beforeAll(async () => {
  country = await aCountry()
  admin = await anAgent(country.spip, 'local_admin', { firstName: 'Sonia', lastName: 'Marchetti' })
  counsellor = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Vasseur' })
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
const fileOf = (probationerId: number, actor = admin) =>
  by(actor, (ctx) => personFile(ctx, { probationerId }))
const errorOf = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error)

describe('all the data of a person', () => {
  it('says who they are, their appointments, SMS, history and readings, and names no agent who read', async () => {
    const person = await aPerson([country.spip], {
      ...{
        lastName: 'BENSALEM',
        dateOfBirth: '1991-04-12',
        phone: '+33639984127',
        appiNumber: '202312345678',
      },
    })
    await by(counsellor, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId: person.id, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
        ...{ date: '2026-10-13', time: '14:30', inform: 'now' },
      }),
    )
    await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: person.id }))
    const { chapters } = await fileOf(person.id)
    const chapter = (wanted: string) => chapters.find(({ title }) => title === wanted)?.lines
    expect(chapter('Identité')).toMatchObject([
      {
        ...{ nom: 'BENSALEM', prénom: 'Karim', naissance: '1991-04-12', 'numéro APPI': '202312345678' },
        ...{ portable: '+33639984127', 'refuse les SMS': false },
      },
    ])
    expect(chapter('Suivi par')).toMatchObject([{ service: 'SPIP de Nanterre' }])
    expect(chapter('Convocations')).toMatchObject([
      { date: '2026-10-13', heure: '14:30', lieu: 'SPIP de Nanterre', issue: 'Planifiée' },
    ])
    expect(chapter('SMS')).toHaveLength(2)
    expect(chapter('Historique de la fiche')?.length).toBeGreaterThan(0)
    expect(chapter('Lectures de la fiche depuis un an')).toEqual([
      { date: '2026-10-05', heure: '10:00', service: 'SPIP de Nanterre' },
    ])
    expect(JSON.stringify(chapter('Lectures de la fiche depuis un an'))).not.toContain('Vasseur')
    expect(
      await prisma.auditEntry.count({
        where: { action: 'export', probationerId: person.id, agentId: admin.id },
      }),
    ).toBe(1)
  })

  it('names nobody who is in charge, and repeats nothing that services write to each other', async () => {
    const person = await aPerson([country.spip])
    await prisma.historyEntry.createMany({
      data: [
        {
          ...{ probationerId: person.id, category: 'probationer', event: 'probationer.handed_over' },
          data: { agent: 'Odile Faure', agentId: 1, formerAgentId: null },
        },
        {
          ...{ probationerId: person.id, category: 'probationer', event: 'divestment.refused' },
          data: { service: 'SPIP de Lyon', comment: 'Note entre services' },
        },
      ],
    })
    const file = JSON.stringify(await fileOf(person.id))
    expect(file).not.toMatch(/Faure|Note entre/)
    expect(file).toContain('SPIP de Lyon')
  })

  it('says the numbers that were theirs on records merged into this one', async () => {
    const { id } = await aPerson([country.spip])
    await prisma.mergedRecord.create({
      data: { id: 1_000_000 + id, intoId: id, mergedAt: monday, appiNumber: '202312340099' },
    })
    const { chapters } = await fileOf(id)
    expect(chapters.find(({ title }) => title.startsWith('Autres numéros'))?.lines).toEqual([
      { 'fusionnée le': '2026-10-05', 'numéro APPI': '202312340099' },
    ])
  })

  it('shows no link that refuses SMS for the person', async () => {
    const person = await aPerson([country.spip])
    await prisma.message.create({
      data: {
        ...{ probationerId: person.id, causeKey: `test:${person.id}`, kind: 'summons', state: 'sent' },
        ...{ dueAt: monday, deadline: monday, textSent: 'RDV mardi. STOP : msj.fr/stop/ab12cd34ef' },
      },
    })
    const { chapters } = await fileOf(person.id)
    expect(JSON.stringify(chapters)).not.toContain('ab12cd34ef')
  })

  it('is given by admins, directors, head clerks, and by a counsellor of their own persons only', async () => {
    const person = await aPerson([country.spip, country.court], { assignedAgentId: counsellor.id })
    const roles: [{ id: number }, Role, boolean][] = [
      [country.court, 'central_admin', true],
      [country.court, 'local_admin', true],
      [country.court, 'head_sentence_clerk', true],
      [country.court, 'head_execution_clerk', true],
      [country.spip, 'probation_director', true],
      [country.spip, 'probation_counsellor', false],
      [country.spip, 'probation_secretary', false],
      [country.court, 'sentence_judge', false],
      [country.court, 'prosecutor', false],
    ]
    for (const [service, role, may] of roles) {
      const answer = await errorOf(fileOf(person.id, await anAgent(service, role)))
      expect([role, answer instanceof Forbidden]).toEqual([role, !may])
    }
    expect((await fileOf(person.id, counsellor)).chapters.length).toBeGreaterThan(5)
    expect(await errorOf(fileOf((await aPerson([country.foreign])).id))).toBeInstanceOf(NotFound)
  })
})

describe('the list of persons as a file', () => {
  it('holds all that the filters leave, in the order of the list, and traces the filters without what was typed', async () => {
    const service = await aService('SPIP de Pontoise', 'probation_service')
    const head = await anAgent(service, 'probation_director')
    const [b, a] = [
      await aPerson([service], { lastName: 'BRUN', phone: null }),
      await aPerson([service], { lastName: 'ADAM', phone: null }),
    ]
    await aPerson([country.foreign], { lastName: 'ABEL' })
    const ids = await by(head, (ctx) => personsToExport(ctx, { wholeJurisdiction: true }))
    expect(ids).toEqual([a.id, b.id])
    expect((await by(head, (ctx) => exportedPersons(ctx, ids))).map(({ lastName }) => lastName)).toEqual([
      'ADAM',
      'BRUN',
    ])
    expect(await by(head, (ctx) => personsToExport(ctx, { text: 'brun' }))).toEqual([b.id])
    const trace = await prisma.auditEntry.findFirstOrThrow({
      where: { agentId: head.id, action: 'export' },
      orderBy: { id: 'desc' },
    })
    expect(trace.fields).toEqual(['text', '1 lines'])
  })

  it('holds the own persons of a counsellor, whatever they ask, and is refused to who follows nobody', async () => {
    const service = await aService('SPIP de Versailles', 'probation_service')
    const agent = await anAgent(service, 'probation_counsellor')
    const mine = await aPerson([service], { assignedAgentId: agent.id })
    await aPerson([service])
    expect(await by(agent, (ctx) => personsToExport(ctx, { wholeJurisdiction: true }))).toEqual([mine.id])
    const secretary = await anAgent(service, 'probation_secretary')
    expect(await errorOf(by(secretary, (ctx) => personsToExport(ctx, {})))).toBeInstanceOf(Forbidden)
    expect(await errorOf(by(secretary, (ctx) => exportedPersons(ctx, [mine.id])))).toBeInstanceOf(Forbidden)
  })

  it('never holds a person of another jurisdiction, forged ids included', async () => {
    const stranger = await aPerson([country.foreign])
    expect(await by(admin, (ctx) => exportedPersons(ctx, [stranger.id]))).toEqual([])
  })
})
