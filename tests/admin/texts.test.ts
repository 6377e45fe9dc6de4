import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { backOffice, type BackOffice } from '../support/back-office'
import { drainQueue } from '../support/queue'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, workingDay } from '../support/world'
import { tasks } from '../../worker/tasks'
import { byOutbox } from '../worker/story'

/** The texts of SMS over HTTP: from what a service asks for to the phone of the person. */
let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let team: BackOffice
let admin: BackOffice
let counsellor: BackOffice
let emailOfAdmin = ''

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  team = await backOffice(host, await anAgent(country.court, 'central_admin'))
  const local = await anAgent(country.spip, 'local_admin')
  emailOfAdmin = (await prisma.agent.findUniqueOrThrow({ where: { id: local.id } })).email
  admin = await backOffice(host, local)
  counsellor = await backOffice(host, await anAgent(country.spip, 'probation_counsellor'))
}, 120_000)
afterAll(() => host.stop())

const summons = { typeCode: 'probation_follow_up', kind: 'summons' } as const
const words = (more: string) => `{lieu.nom} : {rdv.date} à {rdv.heure}. ${more}`

interface Editor {
  inForce: { id: number; text: string; own: boolean }
  proposal: { id: number; state: string; answer: string | null } | null
}
const editor = async (by: BackOffice, service?: number) =>
  (
    await by.query<Editor>('textEditor', {
      ...(service !== undefined && { service }),
      type: summons.typeCode,
      kind: summons.kind,
    })
  ).result

let phones = 10
/** What the phone of somebody who is convoked now receives. */
async function received(): Promise<string> {
  const booked = await counsellor.command<{ id: number }>('registerAndBook', {
    probationer: {
      lastName: `Texte ${String.fromCharCode(55 + phones)}`,
      firstName: 'Karim',
      dateOfBirth: '1991-04-12',
      phone: `06399865${phones++}`,
    },
    appointment: {
      typeCode: summons.typeCode,
      placeId: country.spip.placeId,
      agendaId: country.spip.agendaId,
      date: workingDay(9),
      time: `14:${phones}`,
      inform: 'now',
    },
  })
  expect(booked).toMatchObject({ ok: true })
  await drainQueue(byOutbox)
  const message = await prisma.message.findFirstOrThrow({
    where: { appointmentId: booked.result.id, kind: 'summons' },
  })
  return message.textSent ?? message.endReason ?? message.state
}

describe('the texts of a service', () => {
  it('[P37] are written by the team, and its next SMS use them', async () => {
    const seenVersionId = (await editor(team, country.spip.id)).inForce.id
    const text = words('Sonnez au portail vert.')
    const input = { ...summons, organizationId: country.spip.id, text, seenVersionId }
    for (const other of [admin, counsellor])
      expect(await other.command('writeText', input)).toMatchObject({ status: 403 })
    expect(await team.command('writeText', input)).toMatchObject({ ok: true })
    expect(await received()).toContain('Sonnez au portail vert.')
    // The text that made it stays known.
    const { templateVersionId } = await prisma.message.findFirstOrThrow({
      where: { textSent: { contains: 'portail vert' } },
    })
    expect(templateVersionId).toBe((await editor(team, country.spip.id)).inForce.id)
  })

  it('[P170] are asked for by its local admin, and changed by the team', async () => {
    const seenVersionId = (await editor(admin)).inForce.id
    const proposed = { ...summons, text: words('Prenez l’ascenseur.'), seenVersionId }
    expect(await counsellor.command('proposeText', proposed)).toMatchObject({ status: 403 })
    expect(await team.command('proposeText', proposed)).toMatchObject({ status: 403 })
    expect(await admin.command('proposeText', proposed)).toMatchObject({ ok: true })
    expect((await team.query('proposalsToDecide')).result).toEqual({ total: 1 })
    const { proposal, inForce } = await editor(admin)
    const proposalId = proposal?.id ?? 0
    const accept = { proposalId, seenVersionId: inForce.id }
    expect(await admin.command('acceptProposal', accept)).toMatchObject({ status: 403 })
    expect(await counsellor.command('acceptProposal', accept)).toMatchObject({ status: 403 })
    expect(await team.command('acceptProposal', accept)).toMatchObject({ ok: true })
    expect(await received()).toContain("Prenez l'ascenseur.")

    await drainQueue(tasks)
    const mail = await prisma.outboxItem.findFirstOrThrow({
      where: { reference: `text-proposal-${proposalId}` },
    })
    expect(mail).toMatchObject({
      recipient: emailOfAdmin,
      subject: '[Mon Suivi Justice] Votre texte de SMS est accepté',
    })
    expect(mail.body).toContain('SMS de convocation')
    expect(mail.body).toContain(
      '/admin/resources/MessageTemplate/actions/texts?type=probation_follow_up&kind=summons',
    )
  })

  it('refused, are answered in words, by mail and on the screen', async () => {
    const seenVersionId = (await editor(admin)).inForce.id
    await admin.command('proposeText', { ...summons, text: words('Salut !'), seenVersionId })
    const proposalId = (await editor(admin)).proposal?.id ?? 0
    expect(await team.command('refuseProposal', { proposalId, answer: '' })).toMatchObject({
      status: 400,
      fieldErrors: { answer: 'Dites pourquoi, en une phrase.' },
    })
    const answer = 'Gardez un ton formel.'
    expect(await team.command('refuseProposal', { proposalId, answer })).toMatchObject({ ok: true })
    expect((await editor(admin)).proposal).toMatchObject({ state: 'refused', answer })
    await drainQueue(tasks)
    const mail = await prisma.outboxItem.findFirstOrThrow({
      where: { reference: `text-proposal-${proposalId}` },
    })
    expect(mail.subject).toBe('[Mon Suivi Justice] Votre texte de SMS est refusé')
    expect(mail.body).toContain(answer)
  })

  it('[P38] too long are warned of before they are kept, and refused beyond four parts', async () => {
    const address = { ...summons, organizationId: country.spip.id }
    const preview = (text: string) =>
      team.query<{ longest: { parts: number } | null }>('previewText', { ...address, text })
    expect((await preview(words('x'.repeat(300)))).result.longest?.parts).toBe(3)
    const long = words('x'.repeat(700))
    expect((await preview(long)).result.longest?.parts).toBeGreaterThan(4)
    const seenVersionId = (await editor(team, country.spip.id)).inForce.id
    const refused = await team.command('writeText', { ...address, text: long, seenVersionId })
    expect(refused).toMatchObject({ status: 400, code: 'message_template.too_long' })
    expect(refused.fieldErrors.text).toMatch(/^Trop long.* SMS pour «.*», quatre au plus\. Raccourcissez/)
  })
})
