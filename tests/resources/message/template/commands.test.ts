import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  acceptProposal,
  proposeText,
  refuseProposal,
  withdrawProposal,
} from '../../../../resources/message/template/commands/proposal.server'
import {
  followDefault,
  restoreVersion,
  setReminder,
  writeText,
} from '../../../../resources/message/template/commands/text.server'
import { defaultTexts } from '../../../../resources/message/template/defaults'
import { textEditor, proposalsToDecide } from '../../../../resources/message/template/queries/editor.server'
import { templateFor } from '../../../../resources/message/template/queries/in-force.server'
import { previewText } from '../../../../resources/message/template/queries/preview.server'
import {
  listProposals,
  proposalRecord,
} from '../../../../resources/message/template/queries/proposals.server'
import type { TextAddress } from '../../../../resources/message/template/schema'
import type { AgentActor } from '../../../../resources/shared/actor'
import type { Context } from '../../../../resources/shared/context'
import { prisma } from '../../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../../resources/shared/errors'
import { perform, transact } from '../../../../resources/shared/transact.server'
import { queuedJobs } from '../../../support/queue'
import { actAt, anAgent, aService, monday, type AService } from '../../../support/world'

/** The texts of SMS: written by the team, asked for by services. */
let spip: AService
let other: AService
let team: AgentActor
let admin: AgentActor
let elsewhere: AgentActor
let counsellor: AgentActor

beforeAll(async () => {
  const court = await aService('TJ de la Seine', 'court')
  team = await anAgent(court, 'central_admin', { firstName: 'Noor', lastName: 'Équipe' })
})

beforeEach(async () => {
  const mark = Math.random().toString(36).slice(2)
  spip = await aService(`SPIP ${mark}`, 'probation_service')
  other = await aService(`SPIP voisin ${mark}`, 'probation_service')
  admin = await anAgent(spip, 'local_admin', { firstName: 'Sonia', lastName: 'Marchetti' })
  elsewhere = await anAgent(other, 'local_admin')
  counsellor = await anAgent(spip, 'probation_counsellor')
  await prisma.messageTemplateProposal.deleteMany()
})

const reminder = { typeCode: 'probation_follow_up', kind: 'reminder' } as const
const of = (service: { id: number } | null): TextAddress => ({
  ...reminder,
  organizationId: service?.id ?? null,
})
const words = (more: string) => `RAPPEL {lieu.nom} : {rdv.date} à {rdv.heure}. ${more}`

const at = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)

/** What leaves for a service now. */
const inForce = async (service: { id: number }) => {
  const found = await at(team, (ctx) => templateFor(ctx, { ...reminder, organizationId: service.id }))
  if (!found) throw new Error('no text')
  return found
}
const seen = async (service: { id: number } | null) => {
  const editor = await at(team, (ctx) =>
    textEditor(ctx, { service: service?.id ?? null, type: reminder.typeCode, kind: reminder.kind }),
  )
  return editor.inForce.id
}
const write = async (service: { id: number } | null, text: string) => {
  const seenVersionId = await seen(service)
  return transact(team, (ctx) => writeText(ctx, { ...of(service), text, seenVersionId }))
}
const propose = async (by: AgentActor, text: string) => {
  const { versionId } = await inForce(by.organization)
  await transact(by, (ctx) => proposeText(ctx, { ...reminder, text, seenVersionId: versionId }))
  const { id } = await prisma.messageTemplateProposal.findFirstOrThrow({
    where: { organizationId: by.organization.id, state: 'pending' },
  })
  return id
}
const reason = async (done: Promise<unknown>) => {
  try {
    await done
    return 'done'
  } catch (error) {
    if (error instanceof Refused) return `${error.code} on ${error.field ?? 'the page'}`
    if (error instanceof Forbidden || error instanceof NotFound) return error.name
    throw error
  }
}
const proposalOf = (id: number) => prisma.messageTemplateProposal.findUniqueOrThrow({ where: { id } })

describe('a text written by the team', () => {
  it('is of one service and no other; the common one of all that have none', async () => {
    await write(spip, words('Au deuxième étage.'))
    expect((await inForce(spip)).text).toBe(words('Au deuxième étage.'))
    const common = (await inForce(other)).text
    expect(common).toBe(defaultTexts.probation_follow_up.reminder)

    await write(null, words('Pour tous.'))
    expect((await inForce(other)).text).toBe(words('Pour tous.'))
    expect((await inForce(spip)).text).toBe(words('Au deuxième étage.'))
    await write(null, common)
  })

  it('says whom it is in force for: one service, or all that have none of their own', async () => {
    const services = await prisma.organization.count()
    const own = await prisma.messageTemplate.count({
      where: { ...reminder, organizationId: { not: null }, followsDefault: false },
    })
    expect((await write(spip, words('Sonnez.'))).scope).toEqual({ service: spip.name })
    expect((await write(null, words('Entrez.'))).scope).toEqual({
      service: null,
      followers: services - own - 1,
    })
    await write(null, defaultTexts.probation_follow_up.reminder)
  })

  it('keeps its lines, and its SMS have them', async () => {
    const lines = 'RAPPEL {lieu.nom}\n{rdv.date} à {rdv.heure}'
    await perform(team, writeText, {
      ...of(spip),
      text: ` ${lines.replace('\n', ' \r\n')} `,
      seenVersionId: await seen(spip),
    })
    expect((await inForce(spip)).text).toBe(lines)
    const { usual } = await at(team, (ctx) => previewText(ctx, { ...of(spip), text: lines }))
    expect(usual?.text).toMatch(/^RAPPEL SPIP .*\n.* à 14h30 STOP /)
  })

  it('is a version, with who and when; a former one is taken up again as a new one', async () => {
    await write(spip, words('Un.'))
    await write(spip, words('Deux.'))
    const { versions } = await at(team, (ctx) =>
      textEditor(ctx, { service: spip.id, type: reminder.typeCode, kind: 'reminder' }),
    )
    expect(versions.map(({ text, by }) => [text, by])).toEqual([
      [words('Deux.'), 'Noor Équipe'],
      [words('Un.'), 'Noor Équipe'],
    ])
    const [now, before] = versions
    // Two of one day are told apart.
    expect(now?.at).toMatch(/^\d\d:\d\d$/)
    const restored = await transact(team, (ctx) =>
      restoreVersion(ctx, { versionId: before?.id ?? 0, seenVersionId: now?.id ?? 0 }),
    )
    expect((await inForce(spip)).text).toBe(words('Un.'))
    expect(restored).toEqual({ versionId: await seen(spip), scope: { service: spip.name } })
    const row = await prisma.messageTemplate.findFirstOrThrow({
      where: { organizationId: spip.id },
      select: { id: true, versions: true },
    })
    expect(row.versions).toHaveLength(3)
    const traces = await prisma.auditEntry.findMany({
      where: { subject: 'message_template', subjectId: row.id },
      orderBy: { id: 'asc' },
    })
    expect(traces.map(({ agentId, action, fields }) => [agentId, action, fields])).toEqual([
      [team.id, 'update', ['text']],
      [team.id, 'update', ['text']],
      [team.id, 'update', ['text', 'restored']],
    ])
  })

  it('left for the common one, follows what it becomes; the versions and the reminders stay', async () => {
    await write(spip, words('À nous.'))
    await transact(team, (ctx) =>
      setReminder(ctx, { organizationId: spip.id, typeCode: reminder.typeCode, hours: 'both' }),
    )
    const back = async (service: { id: number }) => {
      const seenVersionId = await seen(service)
      return reason(
        transact(team, (ctx) =>
          followDefault(ctx, { ...reminder, organizationId: service.id, seenVersionId }),
        ),
      )
    }
    expect(await back(spip)).toBe('done')
    const common = defaultTexts.probation_follow_up.reminder
    expect(await inForce(spip)).toMatchObject({ text: common, reminderHours: [24, 48] })
    expect(await back(spip)).toBe('message_template.already_default on the page')
    expect(await back(other)).toBe('message_template.already_default on the page')
    await write(null, words('Nouveau commun.'))
    expect((await inForce(spip)).text).toBe(words('Nouveau commun.'))
    await write(null, common)
    const row = await prisma.messageTemplate.findFirstOrThrow({
      where: { organizationId: spip.id },
      include: { versions: true },
    })
    expect(row.versions.map(({ text }) => text)).toEqual([words('À nous.')])
    await write(spip, words('De nouveau à nous.'))
    expect((await inForce(spip)).text).toBe(words('De nouveau à nous.'))
  })

  it('refused, says why beside it', async () => {
    const seenVersionId = await seen(spip)
    const why = (text: string) =>
      reason(transact(team, (ctx) => writeText(ctx, { ...of(spip), text, seenVersionId })))
    expect(await why('   ')).toBe('message_template.empty on text')
    expect(await why(words('{prénom}'))).toBe('message_template.unknown_placeholder on text')
    expect(await why(words('}'))).toBe('message_template.unpaired_brace on text')
    expect(await why(words('😀'))).toBe('message_template.unsendable_sign on text')
    expect(await why(words('Votre TIG.'))).toBe('message_template.forbidden_word on text')
    expect(await why(words('R\u0435ndez-vous.'))).toBe('message_template.foreign_letters on text')
    expect(await why(words('{lieu.lien_info} www.exemple.fr'))).toBe(
      'message_template.second_address on text',
    )
    expect(await why(words('Demain.'))).toBe('message_template.relative_day on text')
    expect(await why('RAPPEL {lieu.nom}')).toBe('message_template.datum_missing on text')
    expect(await why(words('x'.repeat(600)))).toBe('message_template.too_long on text')
    expect(await why(defaultTexts.probation_follow_up.reminder)).toBe('message_template.unchanged on text')
    expect(await why(words('100 % $1'))).toBe('done')
    const next = await seen(spip)
    expect(
      await reason(
        transact(team, (ctx) =>
          writeText(ctx, {
            ...of(spip),
            text: defaultTexts.probation_follow_up.reminder,
            seenVersionId: next,
          }),
        ),
      ),
    ).toBe('message_template.same_as_default on text')
  })

  it('too long, names the place and how much is too much', async () => {
    const seenVersionId = await seen(spip)
    await prisma.place.update({ where: { id: spip.placeId }, data: { name: 'Annexe des Peupliers' } })
    const long = words('x'.repeat(560))
    const refused = await transact(team, (ctx) =>
      writeText(ctx, { ...of(spip), text: long, seenVersionId }),
    ).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'message_template.too_long',
      params: { parts: 5, place: 'pour «\u00a0Annexe des Peupliers\u00a0»' },
    })
  })

  it('by two at once, is of one; the other is told, and by whom', async () => {
    const seenVersionId = await seen(spip)
    const outcomes = await Promise.all(
      ['Un.', 'Deux.'].map((one) =>
        transact(team, (ctx) => writeText(ctx, { ...of(spip), text: words(one), seenVersionId })).then(
          () => 'done',
          (error: unknown) => {
            if (error instanceof Refused) return [error.code, error.params]
            throw error
          },
        ),
      ),
    )
    expect(outcomes).toContainEqual('done')
    expect(outcomes).toContainEqual(['message_template.changed_meanwhile', { by: ', par Noor Équipe' }])
    expect(
      await prisma.messageTemplateVersion.count({ where: { template: { organizationId: spip.id } } }),
    ).toBe(1)
  })

  it('of a service or a type that is not there, is not found', async () => {
    const seenVersionId = await seen(null)
    expect(
      await reason(
        transact(team, (ctx) =>
          writeText(ctx, { ...of({ id: 999_999_999 }), text: words(''), seenVersionId }),
        ),
      ),
    ).toBe('NotFound')
  })
})

describe('the delay of a reminder', () => {
  const set = (service: { id: number } | null, hours: 'common' | '24' | '48' | 'both') =>
    reason(
      transact(team, (ctx) =>
        setReminder(ctx, { organizationId: service?.id ?? null, typeCode: reminder.typeCode, hours }),
      ),
    )

  it('alone makes no text a service’s own, and follows the common one when asked', async () => {
    expect(await set(spip, '48')).toBe('done')
    expect(await inForce(spip)).toMatchObject({
      reminderHours: [48],
      text: defaultTexts.probation_follow_up.reminder,
    })
    expect((await inForce(other)).reminderHours).toEqual([24])
    expect(await set(null, 'both')).toBe('done')
    expect((await inForce(spip)).reminderHours).toEqual([48])
    expect((await inForce(other)).reminderHours).toEqual([24, 48])
    expect(await set(spip, 'common')).toBe('done')
    expect((await inForce(spip)).reminderHours).toEqual([24, 48])
    expect(await set(null, '24')).toBe('done')
    expect(await set(null, 'common')).toBe('message_template.no_common_reminder on hours')
  })
})

describe('a text that a service proposes', () => {
  it('waits for the team, one at a time; a newer one takes its place, and may be taken back', async () => {
    const first = await propose(admin, words('Sonnez au 12.'))
    expect(await at(team, (ctx) => proposalsToDecide(ctx, {}))).toEqual({ total: 1 })
    expect(await at(admin, (ctx) => proposalsToDecide(ctx, {}))).toEqual({ total: 0 })
    expect(await reason(propose(admin, words('Sonnez au 12.')))).toBe(
      'message_template.already_proposed on text',
    )
    const second = await propose(admin, words('Sonnez au 13.'))
    expect((await proposalOf(first)).state).toBe('replaced')
    await transact(admin, (ctx) => withdrawProposal(ctx, { proposalId: second }))
    expect(await proposalOf(second)).toMatchObject({ state: 'withdrawn', endedById: admin.id })
    expect(await reason(transact(admin, (ctx) => withdrawProposal(ctx, { proposalId: second })))).toBe(
      'message_template.proposal_over on the page',
    )
    expect((await inForce(spip)).text).toBe(defaultTexts.probation_follow_up.reminder)
  })

  it('is found by its service whatever became of it, what was just answered first; the team reads what waits', async () => {
    const listed = async (actor: AgentActor, filters = {}) =>
      (await at(actor, (ctx) => listProposals(ctx, filters))).rows.map(({ state }) => state)
    const first = await propose(admin, words('Sonnez au 12.'))
    expect(await listed(admin)).toEqual(['pending'])
    await transact(team, (ctx) => refuseProposal(ctx, { proposalId: first, answer: 'Trop vague.' }))
    const second = await propose(admin, words('Sonnez au 13.'))
    expect(await listed(admin)).toEqual(['pending', 'refused'])
    // Its answer came after.
    await prisma.messageTemplateProposal.update({
      where: { id: second },
      data: { proposedAt: new Date('2026-01-05') },
    })
    expect(await listed(admin)).toEqual(['refused', 'pending'])
    expect(await listed(admin, { over: 'on' })).toEqual(['refused'])
    expect(await listed(team)).toEqual(['pending'])
    expect(await listed(team, { over: 'on' })).toEqual(['refused'])
    expect(await listed(elsewhere)).toEqual([])
    expect(await reason(at(counsellor, (ctx) => listProposals(ctx, {})))).toBe('Forbidden')
  })

  it('accepted, is the text of the service; who proposed is written to', async () => {
    const proposalId = await propose(admin, words('Au rez-de-chaussée.'))
    const { versionId } = await inForce(spip)
    await transact(team, (ctx) => acceptProposal(ctx, { proposalId, seenVersionId: versionId }))
    expect((await inForce(spip)).text).toBe(words('Au rez-de-chaussée.'))
    expect(await proposalOf(proposalId)).toMatchObject({ state: 'accepted', endedById: team.id })
    expect(JSON.stringify(await queuedJobs())).toContain(`{"proposalId":${proposalId}}`)
    const editor = await at(admin, (ctx) => textEditor(ctx, { type: reminder.typeCode, kind: reminder.kind }))
    expect(editor.proposal).toMatchObject({ state: 'accepted', by: 'Sonia Marchetti' })
  })

  it('by the words of the common text, gives it back', async () => {
    await write(spip, words('À nous.'))
    const proposalId = await propose(admin, defaultTexts.probation_follow_up.reminder)
    const { versionId } = await inForce(spip)
    await transact(team, (ctx) => acceptProposal(ctx, { proposalId, seenVersionId: versionId }))
    expect((await inForce(spip)).text).toBe(defaultTexts.probation_follow_up.reminder)
    expect(await prisma.messageTemplate.findFirst({ where: { organizationId: spip.id } })).toMatchObject({
      followsDefault: true,
    })
  })

  it('refused, changes nothing, and says why', async () => {
    const proposalId = await propose(admin, words('Trop familier.'))
    const refuse = (answer: string) =>
      perform(team, refuseProposal, { proposalId, answer }).then(
        () => 'done',
        (error: unknown) => (error as Error).name,
      )
    expect(await refuse(' ')).toBe('ZodError')
    expect(await refuse('Gardez le vouvoiement.')).toBe('done')
    expect(await proposalOf(proposalId)).toMatchObject({
      state: 'refused',
      answer: 'Gardez le vouvoiement.',
    })
    expect((await inForce(spip)).text).toBe(defaultTexts.probation_follow_up.reminder)
  })

  it('is not accepted unseen when the text in force moved since', async () => {
    const proposalId = await propose(admin, words('Ma version.'))
    const before = await inForce(spip)
    await write(spip, words('Celle de l’équipe.'))
    const { versionId } = await inForce(spip)
    const accept = (input: { seenVersionId: number; anyway?: boolean }) =>
      reason(transact(team, (ctx) => acceptProposal(ctx, { proposalId, ...input })))
    expect(await accept({ seenVersionId: before.versionId, anyway: true })).toBe(
      'message_template.changed_meanwhile on the page',
    )
    expect(await accept({ seenVersionId: versionId })).toBe('message_template.proposal_stale on anyway')
    const shown = await at(team, (ctx) => proposalRecord(ctx, { proposalId }))
    expect(shown.startedFrom).toBe(before.text)
    expect((await inForce(spip)).text).toBe(words('Celle de l’équipe.'))
    expect(await accept({ seenVersionId: versionId, anyway: true })).toBe('done')
    expect((await inForce(spip)).text).toBe(words('Ma version.'))
  })

  it('answered by two at once, has one answer', async () => {
    const proposalId = await propose(admin, words('Une fois.'))
    const { versionId } = await inForce(spip)
    const outcomes = await Promise.all([
      reason(transact(team, (ctx) => acceptProposal(ctx, { proposalId, seenVersionId: versionId }))),
      reason(transact(team, (ctx) => refuseProposal(ctx, { proposalId, answer: 'Non.' }))),
    ])
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(outcomes).toContain('message_template.proposal_over on the page')
  })

  it('is refused as the team’s own would be', async () => {
    expect(await reason(propose(admin, words('Votre TIG.')))).toBe('message_template.forbidden_word on text')
    expect(await reason(propose(admin, defaultTexts.probation_follow_up.reminder))).toBe(
      'message_template.unchanged on text',
    )
  })
})

describe('by direct request', () => {
  it('nobody but the team writes, restores, gives back, sets a delay or answers', async () => {
    await write(spip, words('À nous.'))
    const proposalId = await propose(admin, words('À proposer.'))
    const seenVersionId = (await inForce(spip)).versionId
    for (const actor of [admin, counsellor, elsewhere]) {
      const told = await Promise.all([
        reason(transact(actor, (ctx) => writeText(ctx, { ...of(spip), text: words('x'), seenVersionId }))),
        reason(transact(actor, (ctx) => restoreVersion(ctx, { versionId: seenVersionId, seenVersionId }))),
        reason(
          transact(actor, (ctx) =>
            followDefault(ctx, { ...reminder, organizationId: spip.id, seenVersionId }),
          ),
        ),
        reason(
          transact(actor, (ctx) =>
            setReminder(ctx, { organizationId: spip.id, typeCode: reminder.typeCode, hours: '48' }),
          ),
        ),
        reason(transact(actor, (ctx) => acceptProposal(ctx, { proposalId, seenVersionId }))),
        reason(transact(actor, (ctx) => refuseProposal(ctx, { proposalId, answer: 'Non.' }))),
      ])
      // Who does not see the proposal is told nothing of it.
      const answering = actor === admin ? 'Forbidden' : 'NotFound'
      expect(told).toEqual([...Array<string>(4).fill('Forbidden'), answering, answering])
    }
    expect((await inForce(spip)).text).toBe(words('À nous.'))
    expect((await proposalOf(proposalId)).state).toBe('pending')
  })

  it('a local admin proposes and withdraws for their own service; the team and the others propose nothing', async () => {
    const proposalId = await propose(admin, words('À proposer.'))
    expect(await reason(transact(elsewhere, (ctx) => withdrawProposal(ctx, { proposalId })))).toBe('NotFound')
    expect(await reason(transact(team, (ctx) => withdrawProposal(ctx, { proposalId })))).toBe('Forbidden')
    expect(await reason(propose(counsellor, words('x')))).toBe('Forbidden')
    expect(await reason(propose(team, words('x')))).toBe('Forbidden')
  })

  it('a local admin reads the texts of their own service, whatever is asked; the others none', async () => {
    const editor = await at(elsewhere, (ctx) => textEditor(ctx, { service: spip.id, kind: 'reminder' }))
    expect(editor.service?.id).toBe(other.id)
    expect(editor.services).toEqual([])
    expect(await reason(at(counsellor, (ctx) => textEditor(ctx, { kind: 'summons' })))).toBe('Forbidden')
    const preview = (actor: AgentActor, address: TextAddress) =>
      reason(at(actor, (ctx) => previewText(ctx, { ...address, text: words('') })))
    expect(await preview(elsewhere, of(spip))).toBe('Forbidden')
    expect(await preview(admin, of(null))).toBe('Forbidden')
    expect(await preview(counsellor, of(spip))).toBe('Forbidden')
    expect(await preview(admin, of(spip))).toBe('done')
  })
})

describe('what a text gives', () => {
  it('is shown with the values of the places of the service, the longest one named', async () => {
    await prisma.place.create({
      data: {
        organizationId: spip.id,
        name: 'Annexe de Boulogne-Billancourt, bâtiment C',
        address: '128 bis avenue du Général-Leclerc, 92100 Boulogne-Billancourt',
        shortAddress: '128 bis av. Leclerc, 92100 Boulogne-Bil.',
        departmentCode: '92',
        phone: '+33199001020',
        appointmentTypes: { create: { typeCode: reminder.typeCode } },
      },
    })
    const { usual, longest, lacking } = await at(admin, (ctx) =>
      previewText(ctx, { ...of(spip), text: `${words('{lieu.adresse}')} ${'x'.repeat(60)}` }),
    )
    expect(usual).toMatchObject({ place: spip.name, parts: 2, price: 0.09 })
    expect(usual?.text).toContain('14 rue des Peupliers, Nanterre')
    expect(longest?.place).toBe('Annexe de Boulogne-Billancourt, bâtiment C')
    expect(longest?.text).toContain('mercredi 1er septembre')
    expect(longest?.text).toMatch(/\/stop\/•{10}$/)
    expect(lacking.places).toBe(0)
  })

  const lackingOf = async (by: AgentActor, address: TextAddress, text: string) =>
    (await at(by, (ctx) => previewText(ctx, { ...address, text }))).lacking
  const writesByEmail = (service: AService) =>
    prisma.place.update({
      where: { id: service.placeId },
      data: { phone: null, email: 'accueil@justice.example', mainContactMethod: 'email' },
    })

  it('names the places of the service that have not what it asks for', async () => {
    await writesByEmail(spip)
    expect(await lackingOf(admin, of(spip), words('{lieu.téléphone}'))).toEqual({
      ...{ places: 1, services: 1 },
      first: [{ id: spip.placeId, name: spip.name, service: spip.name, lacks: 'phone' }],
    })
    const none = { places: 0, services: 0, first: [] }
    expect(await lackingOf(admin, of(spip), words('{lieu.contact}'))).toEqual(none)
    expect(await lackingOf(admin, of(spip), words('{lieu.nom}'))).toEqual(none)
    // Nobody is convoked there.
    await prisma.placeAppointmentType.deleteMany({ where: { placeId: spip.placeId } })
    expect(await lackingOf(admin, of(spip), words('{lieu.téléphone}'))).toEqual(none)
  })

  it('common, counts the places of all services that send it and have not what it asks for, and names the first', async () => {
    const asked = words('Appelez le {lieu.téléphone}.')
    const before = await lackingOf(team, of(null), asked)
    await Promise.all([writesByEmail(spip), writesByEmail(other)])
    const lacking = await lackingOf(team, of(null), asked)
    expect(lacking).toMatchObject({ places: before.places + 2, services: before.services + 2 })
    // One that has a text of its own sends that one; its place that is closed sends nothing.
    await write(other, words('À nous.'))
    expect(await lackingOf(team, of(null), asked)).toMatchObject({ places: before.places + 1 })
    await prisma.place.update({ where: { id: spip.placeId }, data: { archivedAt: monday } })
    expect(await lackingOf(team, of(null), asked)).toEqual(before)

    await prisma.place.createMany({
      data: Array.from({ length: 12 }, (_, nth) => ({
        ...{
          organizationId: spip.id,
          name: `AAA ${nth}`,
          address: 'x',
          shortAddress: 'x',
          departmentCode: '92',
        },
        ...{ email: 'accueil@justice.example', mainContactMethod: 'email' as const },
      })),
    })
    const made = await prisma.place.findMany({ where: { name: { startsWith: 'AAA' } }, select: { id: true } })
    await prisma.placeAppointmentType.createMany({
      data: made.map(({ id }) => ({ placeId: id, typeCode: reminder.typeCode })),
    })
    const many = await lackingOf(team, of(null), asked)
    expect(many).toMatchObject({ places: before.places + 12, services: before.services + 1 })
    expect(many.first).toHaveLength(10)
  })

  it('is nothing as long as its data cannot be read; the common text has usual values', async () => {
    const preview = (address: TextAddress, text: string) =>
      at(team, (ctx) => previewText(ctx, { ...address, text }))
    expect(await preview(of(spip), 'a {rdv.date')).toMatchObject({
      usual: null,
      longest: null,
      lacking: { places: 0 },
    })
    expect((await preview(of(null), words('{lieu.adresse}'))).longest).toMatchObject({ place: null })
  })
})
