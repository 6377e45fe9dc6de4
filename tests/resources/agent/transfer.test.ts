import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  changeAgentRole,
  deleteAgent,
  editAgent,
  reactivateAgent,
  setAgentHeadquarters,
} from '../../../resources/agent/commands/account.server'
import { inviteAgent } from '../../../resources/agent/commands/invitation.server'
import { updateProfile } from '../../../resources/agent/commands/profile.server'
import { signIn } from '../../../resources/agent/commands/sign-in.server'
import { pullAgent, pushAgent, switchOrganization } from '../../../resources/agent/commands/transfer.server'
import {
  agentRecord,
  agentToEdit,
  headquartersToSet,
  listAgents,
} from '../../../resources/agent/queries/directory.server'
import { ownProfile } from '../../../resources/agent/queries/profile.server'
import { agentToDelete, agentToPush, whoseEmail } from '../../../resources/agent/queries/transfer.server'
import { refusalOf } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { perform, read } from '../../../resources/shared/transact.server'
import { mailTasks } from '../../../worker/mail/tasks'
import { acting, aService, aSessionOf, anAgent, goodPassword, system } from '../../support/accounts'
import { anAppointment, inHours } from '../../support/booked'
import { drainQueue } from '../../support/queue'
import { aPerson, aService as serviceIn } from '../../support/world'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

type Service = Awaited<ReturnType<typeof aService>>
let old: Service
let service: Service
let admin: AgentActor
let formerAdmin: AgentActor
let agent: Awaited<ReturnType<typeof anAgent>>

beforeEach(async () => {
  ;[old, service] = [await aService(), await aService()]
  admin = await localAdminOf(service)
  formerAdmin = await localAdminOf(old)
  agent = await anAgent({ organizationId: old.id })
})

const localAdminOf = async ({ id }: Service) =>
  acting((await anAgent({ organizationId: id, role: 'local_admin' })).id)
const rowOf = (id: number) => prisma.agent.findUniqueOrThrow({ where: { id } })
const pulled = (from = old.id) => ({ email: agent.email, fromOrganizationId: from, confirmed: true })

/** A person the agent follows, expected by them yesterday, later today, and in three days. */
async function followed() {
  const person = await aPerson([old], { assignedAgentId: agent.id })
  const { placeId, agendaId, ...organization } = old
  const where = { organization, place: { id: placeId }, agenda: { id: agendaId } }
  for (const [prosecutionNumber, startsAt] of [
    ['past', inHours(-30)],
    ['today', new Date(Date.now() + 2_000)],
    ['later', inHours(72)],
  ] as const) {
    const { id } = await anAppointment(where, person.id, startsAt)
    await prisma.appointment.update({ where: { id }, data: { agentId: agent.id, prosecutionNumber } })
  }
  return person
}
const withoutAgent = async (probationerId: number) =>
  (await prisma.appointment.findMany({ where: { probationerId, agentId: null } })).map(
    ({ prosecutionNumber }) => prosecutionNumber,
  )
const mailsTo = async (id: number) =>
  prisma.outboxItem.findMany({ where: { channel: 'email', recipient: (await rowOf(id)).email } })
const audits = (subjectId: number, action: string) =>
  prisma.auditEntry.findMany({ where: { subject: 'agent', subjectId, action } })

describe('an e-mail typed first', () => {
  it('says what follows: invite, invite again, transfer with its effects, reactivate, or whom to ask', async () => {
    await followed()
    const is = async (actor: AgentActor, email: string) => read(actor, (ctx) => whoseEmail(ctx, { email }))
    expect(await is(admin, 'personne@justice.example')).toEqual({ is: 'nobody' })
    expect(await is(admin, agent.email)).toMatchObject({ is: 'elsewhere', persons: 1, appointments: 1 })
    const invited = await anAgent({ organizationId: service.id, password: null })
    expect(await is(admin, invited.email)).toMatchObject({ is: 'invited', agentId: invited.id })
    const here = await anAgent({ organizationId: service.id })
    expect(await is(admin, here.email)).toMatchObject({ is: 'here' })
    await perform(admin, deleteAgent, { agentId: here.id })
    expect(await is(admin, here.email)).toMatchObject({ is: 'deleted' })
    const court = await aService('court')
    const clerk = await anAgent({ organizationId: court.id, role: 'sentence_clerk' })
    expect(await is(admin, clerk.email)).toMatchObject({ is: 'refused' })
    const central = await anAgent({ organizationId: old.id, role: 'central_admin' })
    expect(await is(admin, central.email)).toMatchObject({ is: 'refused' })
  })

  it('of another service is shown to who may transfer, and leaves a trace', async () => {
    await read(admin, (ctx) => whoseEmail(ctx, { email: agent.email }))
    expect(await audits(agent.id, 'look_up')).toMatchObject([{ agentId: admin.id }])
    const counsellor = await acting((await anAgent({ organizationId: service.id })).id)
    await expect(read(counsellor, (ctx) => whoseEmail(ctx, { email: agent.email }))).rejects.toThrow(
      'not permitted',
    )
  })

  it('asked for a service where one invites nobody is refused: it would say who works there', async () => {
    for (const { id: organizationId } of [old, await aService('court')])
      await expect(
        read(admin, (ctx) => whoseEmail(ctx, { email: agent.email, organizationId })),
      ).rejects.toThrow('not permitted')
    const court = await aService('court')
    const head = await acting((await anAgent({ organizationId: court.id, role: 'head_sentence_clerk' })).id)
    await expect(
      read(head, (ctx) => whoseEmail(ctx, { email: agent.email, organizationId: old.id })),
    ).rejects.toThrow('not permitted')
    const central = await acting((await anAgent({ organizationId: court.id, role: 'central_admin' })).id)
    expect(
      await read(central, (ctx) => whoseEmail(ctx, { email: agent.email, organizationId: old.id })),
    ).toMatchObject({ is: 'here' })
  })

  it('tells a head clerk to ask a local admin, and names the agent to nobody', async () => {
    const [court, other] = [await aService('court'), await aService('court')]
    const clerk = await anAgent({ organizationId: other.id, role: 'sentence_clerk' })
    for (const role of ['head_sentence_clerk', 'head_execution_clerk'] as const) {
      const head = await acting((await anAgent({ organizationId: court.id, role })).id)
      const found = await read(head, (ctx) => whoseEmail(ctx, { email: clerk.email }))
      expect(found).toMatchObject({ is: 'refused', admins: [] })
      expect(JSON.stringify(found)).not.toContain('FAURE')
      await expect(
        perform(head, pullAgent, { email: clerk.email, fromOrganizationId: other.id, confirmed: true }),
      ).rejects.toThrow('not permitted')
    }
  })
})

describe('a transfer', () => {
  it('pulled: the service changes, the role stays, what was followed is left, sessions end, it is traced', async () => {
    const person = await followed()
    await aSessionOf(agent.id)
    const done = await perform(admin, pullAgent, pulled())
    expect(done).toMatchObject({ persons: 1, appointments: 1 })
    expect(await rowOf(agent.id)).toMatchObject({
      organizationId: service.id,
      role: 'probation_counsellor',
      passwordHash: agent.passwordHash,
    })
    expect(await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
      assignedAgentId: null,
    })
    expect(await withoutAgent(person.id)).toEqual(['later'])
    expect(await prisma.session.count({ where: { sess: { path: ['agentId'], equals: agent.id } } })).toBe(0)
    expect(await audits(agent.id, 'transfer')).toMatchObject([{ agentId: admin.id }])
    expect(
      await prisma.historyEntry.findMany({ where: { probationerId: person.id }, select: { event: true } }),
    ).toEqual([{ event: 'probationer.agent_left' }])
  })

  it('tells the agent, and each local admin of the old service, those of its headquarters too', async () => {
    const headquarters = await prisma.headquarters.create({ data: { name: `Siège ${old.id}` } })
    await prisma.organization.update({ where: { id: old.id }, data: { headquartersId: headquarters.id } })
    await prisma.organization.update({
      where: { id: service.id },
      data: { switchboardPhone: '+33199007801' },
    })
    const ofHeadquarters = await anAgent({
      organizationId: (await aService()).id,
      role: 'local_admin',
    })
    await prisma.agent.update({
      where: { id: ofHeadquarters.id },
      data: { headquartersId: headquarters.id },
    })
    await perform(admin, pullAgent, pulled())
    await drainQueue(mailTasks)
    const [own] = await mailsTo(agent.id)
    expect(own?.subject).toBe('[Mon Suivi Justice] Vous avez changé de service')
    expect(own?.body).toContain(service.name)
    for (const { id } of [formerAdmin, ofHeadquarters]) {
      const [mail, ...others] = await mailsTo(id)
      expect(others).toEqual([])
      expect(mail?.body).toContain(`Inès FAURE a quitté le service ${old.name} et rejoint ${service.name}`)
      expect(mail?.body).toMatch(/01\s99\s00\s78\s01/)
      expect(mail?.body).toContain('Pensez à réattribuer')
    }
    expect(await mailsTo(admin.id)).toEqual([])
  })

  it('of who follows nobody reminds of nothing; without a local admin left, nobody is written to', async () => {
    const educator = await anAgent({ organizationId: old.id, role: 'educator' })
    await perform(admin, pullAgent, { ...pulled(), email: educator.email })
    await drainQueue(mailTasks)
    expect((await mailsTo(formerAdmin.id))[0]?.body).not.toContain('réattribuer')
    const alone = await aService()
    const lonely = await anAgent({ organizationId: alone.id })
    const before = await prisma.outboxItem.count()
    await perform(admin, pullAgent, { ...pulled(alone.id), email: lonely.email })
    await drainQueue(mailTasks)
    expect(await prisma.outboxItem.count()).toBe(before + 1)
  })

  it('pulled by two admins at once: one wins, the other is told', async () => {
    const rival = await localAdminOf(await aService())
    const done = await Promise.allSettled([
      perform(admin, pullAgent, pulled()),
      perform(rival, pullAgent, pulled()),
    ])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = done.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'agent.moved_meanwhile', field: 'email' })
    expect(await audits(agent.id, 'transfer')).toHaveLength(1)
  })

  it('is confirmed, never of a central admin, never from another kind of service', async () => {
    await expect(perform(admin, pullAgent, { ...pulled(), confirmed: false })).rejects.toThrow('Cochez')
    const central = await anAgent({ organizationId: old.id, role: 'central_admin' })
    const court = await aService('court')
    const clerk = await anAgent({ organizationId: court.id, role: 'sentence_clerk' })
    await expect(perform(admin, pullAgent, { ...pulled(), email: central.email })).rejects.toThrow(
      'not permitted',
    )
    await expect(perform(admin, pullAgent, { ...pulled(court.id), email: clerk.email })).rejects.toThrow(
      'not permitted',
    )
    // Into a service that is not their own.
    await expect(
      perform(admin, pullAgent, { ...pulled(), organizationId: formerAdmin.organization.id }),
    ).rejects.toThrow('not permitted')
    expect((await rowOf(agent.id)).organizationId).toBe(old.id)
  })

  it('pushed by the local admin of the present service, to a service of the same kind only', async () => {
    const person = await followed()
    const form = await read(formerAdmin, (ctx) => agentToPush(ctx, { agentId: agent.id }))
    expect(form).toMatchObject({ persons: 1, appointments: 1 })
    const court = await aService('court')
    const to = (organizationId: number) =>
      perform(formerAdmin, pushAgent, { agentId: agent.id, version: form.version, organizationId })
    await expect(to(court.id)).rejects.toMatchObject({ code: 'agent.transfer_not_possible' })
    await expect(to(old.id)).rejects.toMatchObject({ code: 'agent.transfer_not_possible' })
    await expect(
      perform(admin, pushAgent, { agentId: agent.id, version: form.version, organizationId: service.id }),
    ).rejects.toThrow('not found')
    await to(service.id)
    expect((await rowOf(agent.id)).organizationId).toBe(service.id)
    expect(await withoutAgent(person.id)).toEqual(['later'])
    expect(await audits(agent.id, 'transfer')).toMatchObject([{ agentId: formerAdmin.id }])
  })
})

describe('what is given to an agent while their transfer waits for a row', () => {
  it('is left behind too: nobody keeps a referent of another service', async () => {
    const first = await followed()
    const other = await aPerson([old])
    const waiting = () =>
      prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    const done = await prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT id FROM probationer WHERE id = ${first.id} FOR UPDATE`
        const moving = perform(admin, pullAgent, pulled())
        await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), { timeout: 10_000 })
        await prisma.probationer.update({ where: { id: other.id }, data: { assignedAgentId: agent.id } })
        return { moving }
      },
      { timeout: 20_000 },
    )
    expect(await done.moving).toMatchObject({ persons: 2 })
    expect(await prisma.probationer.count({ where: { assignedAgentId: agent.id } })).toBe(0)
  })
})

describe('a deleted account', () => {
  it('signs in no more at once; persons stay without referent, counted before; name and role stay', async () => {
    const person = await followed()
    await aSessionOf(agent.id)
    expect(await read(formerAdmin, (ctx) => agentToDelete(ctx, { agentId: agent.id }))).toMatchObject({
      persons: 1,
      appointments: 1,
    })
    await perform(formerAdmin, deleteAgent, { agentId: agent.id })
    expect(await perform(system, signIn, { email: agent.email, password: goodPassword })).toMatchObject({
      outcome: 'wrong',
    })
    expect(await prisma.session.count({ where: { sess: { path: ['agentId'], equals: agent.id } } })).toBe(0)
    await expect(acting(agent.id)).rejects.toThrow('not found')
    expect(await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
      assignedAgentId: null,
    })
    expect(await withoutAgent(person.id)).toEqual(['later'])
    expect(await rowOf(agent.id)).toMatchObject({ lastName: 'FAURE', role: 'probation_counsellor' })
    const names = async (state?: 'deleted') =>
      (await read(formerAdmin, (ctx) => listAgents(ctx, { state }))).rows.map(({ id }) => id)
    expect(await names()).not.toContain(agent.id)
    expect(await names('deleted')).toEqual([agent.id])
  })

  it('comes back by an invitation to choose another password, in its service', async () => {
    await perform(formerAdmin, deleteAgent, { agentId: agent.id })
    await expect(perform(admin, reactivateAgent, { agentId: agent.id })).rejects.toThrow('not found')
    await perform(formerAdmin, reactivateAgent, { agentId: agent.id })
    expect(await read(formerAdmin, (ctx) => agentRecord(ctx, { agentId: agent.id }))).toMatchObject({
      state: 'invited',
    })
    await drainQueue(mailTasks)
    expect((await mailsTo(agent.id)).map(({ subject }) => subject)).toEqual([
      '[Mon Suivi Justice] Votre compte est prêt',
    ])
    await expect(perform(formerAdmin, reactivateAgent, { agentId: agent.id })).rejects.toMatchObject({
      code: 'agent.not_deleted',
    })
  })

  it('is never one’s own, nor a local admin’s by a head clerk, nor a central admin’s by a local one', async () => {
    await expect(perform(formerAdmin, deleteAgent, { agentId: formerAdmin.id })).rejects.toThrow(
      'not permitted',
    )
    const court = await aService('court')
    const localAdmin = await anAgent({ organizationId: court.id, role: 'local_admin' })
    const head = await acting((await anAgent({ organizationId: court.id, role: 'head_execution_clerk' })).id)
    await expect(perform(head, deleteAgent, { agentId: localAdmin.id })).rejects.toThrow('not permitted')
    const central = await anAgent({ organizationId: old.id, role: 'central_admin' })
    await expect(perform(formerAdmin, deleteAgent, { agentId: central.id })).rejects.toThrow('not permitted')
    await expect(
      perform(formerAdmin, inviteAgent, {
        ...{ firstName: 'Nadia', lastName: 'Roussel', email: 'n@justice.example', phone: '' },
        role: 'central_admin',
      }),
    ).rejects.toThrow('not permitted')
  })
})

describe('an account edited by its local admin', () => {
  it('takes another e-mail, at which it is told; another’s is refused beside the field', async () => {
    const { version, values } = await read(formerAdmin, (ctx) => agentToEdit(ctx, { agentId: agent.id }))
    const typed = { agentId: agent.id, version, ...values, lastName: 'Faure-Bellec', phone: '01 99 00 12 34' }
    await expect(
      perform(formerAdmin, editAgent, { ...typed, email: (await rowOf(admin.id)).email }),
    ).rejects.toMatchObject({ code: 'agent.email_taken', field: 'email' })
    const email = `ines-${agent.id}@justice.example`
    await perform(formerAdmin, editAgent, { ...typed, email })
    expect(await rowOf(agent.id)).toMatchObject({ email, phone: '+33199001234' })
    // Another number is shown once its agent has said that this one too is professional.
    await prisma.agent.update({
      where: { id: agent.id },
      data: { phone: '+33639981234', phoneIsProfessional: true, sharesPhone: true },
    })
    const reopened = await read(formerAdmin, (ctx) => agentToEdit(ctx, { agentId: agent.id }))
    const again = { agentId: agent.id, version: reopened.version, ...reopened.values }
    await perform(formerAdmin, editAgent, { ...again, lastName: 'Faure' })
    expect(await rowOf(agent.id)).toMatchObject({ phone: '+33639981234', sharesPhone: true })
    const { version: next } = await read(formerAdmin, (ctx) => agentToEdit(ctx, { agentId: agent.id }))
    await perform(formerAdmin, editAgent, { ...again, version: next, phone: '06 39 98 56 78' })
    expect(await rowOf(agent.id)).toMatchObject({ phoneIsProfessional: false, sharesPhone: false })
    await drainQueue(mailTasks)
    expect((await mailsTo(agent.id)).map(({ subject }) => subject)).toEqual([
      '[Mon Suivi Justice] Votre adresse de connexion a changé',
    ])
  })

  it('is not raised by a forged request, nor by oneself: refused, and audited', async () => {
    const self = await acting(agent.id)
    const { version, firstName, lastName } = await read(self, ownProfile)
    const typed = { version, firstName, lastName, phone: '', sharesPhone: false, sharesEmail: false }
    for (const forged of [{ role: 'probation_director' }, { organizationId: service.id }])
      await expect(perform(self, updateProfile, { ...typed, ...forged })).rejects.toThrow('not permitted')
    await expect(
      perform(self, changeAgentRole, { agentId: agent.id, version, role: 'probation_director' }),
    ).rejects.toThrow('not permitted')
    const form = await read(formerAdmin, (ctx) => agentToEdit(ctx, { agentId: agent.id }))
    const raise = { agentId: agent.id, version: form.version, ...form.values, ...{ role: 'central_admin' } }
    await expect(perform(formerAdmin, editAgent, raise)).rejects.toThrow('not permitted')
    await expect(
      perform(formerAdmin, changeAgentRole, { agentId: agent.id, version, role: 'central_admin' }),
    ).rejects.toThrow('not permitted')
    expect(await rowOf(agent.id)).toMatchObject({ role: 'probation_counsellor', organizationId: old.id })
    const refusals = (agentId: number) => prisma.auditEntry.count({ where: { agentId, action: 'refused' } })
    expect([await refusals(self.id), await refusals(formerAdmin.id)]).toEqual([3, 2])
  })

  it('has its phone read in the territory of its service, whatever else the form lacks', async () => {
    const noumea = await serviceIn(`SPIP de Nouméa ${old.id}`, 'probation_service', {
      ...{ departmentCode: '988', timeZone: 'Pacific/Noumea' },
    })
    const central = await acting((await anAgent({ organizationId: old.id, role: 'central_admin' })).id)
    const faultsOf = async (more: object) => {
      const typed = { lastName: 'Kaloï', email: `k-${old.id}@justice.example`, role: 'educator' as const }
      const error: unknown = await perform(central, inviteAgent, {
        ...{ ...typed, firstName: '', phone: '25 12 34', organizationId: noumea.id },
        ...more,
      }).catch((one: unknown) => one)
      return refusalOf(error)?.fieldErrors
    }
    expect(Object.keys((await faultsOf({})) ?? {})).toEqual(['firstName'])
    expect(await faultsOf({ firstName: 'Wanda', phone: '25' })).toEqual({
      phone: 'Ce numéro n’est pas reconnu. Exemple : 01 99 00 12 34.',
    })
    expect(await faultsOf({ firstName: 'Wanda' })).toBeUndefined()
  })

  it('that has not accepted the charter in force is told apart, in the list and on its page', async () => {
    const newcomer = await anAgent({ organizationId: old.id, charter: null })
    const late = await anAgent({ organizationId: old.id, charter: '2025-01' })
    const invited = await anAgent({ organizationId: old.id, password: null, charter: null })
    const listed = async (state: 'charter_due' | 'active' | 'invited') =>
      (await read(formerAdmin, (ctx) => listAgents(ctx, { state }))).rows
        .map(({ id }) => id)
        .sort((a, b) => a - b)
    expect(await listed('charter_due')).toEqual([newcomer.id, late.id])
    expect(await listed('active')).toEqual([formerAdmin.id, agent.id])
    expect(await listed('invited')).toEqual([invited.id])
    const stateOf = async (agentId: number) =>
      (await read(formerAdmin, (ctx) => agentRecord(ctx, { agentId }))).state
    expect([await stateOf(late.id), await stateOf(agent.id)]).toEqual(['charter_due', 'active'])
  })

  it('not seen for six months is listed; an invitation forgotten as long too', async () => {
    const months = (count: number) => new Date(Date.now() - count * 31 * 24 * 3_600_000)
    const forgotten = await anAgent({ organizationId: old.id, password: null })
    const seen = await anAgent({ organizationId: old.id })
    await prisma.agent.update({ where: { id: agent.id }, data: { lastSignInAt: months(7) } })
    await prisma.agent.update({ where: { id: forgotten.id }, data: { createdAt: months(7) } })
    await prisma.agent.update({ where: { id: seen.id }, data: { lastSignInAt: months(5) } })
    const { rows, total } = await read(formerAdmin, (ctx) => listAgents(ctx, { unused: true }))
    expect(rows.map(({ id }) => id).sort((a, b) => a - b)).toEqual([agent.id, forgotten.id])
    expect(total).toBe(2)
  })
})

describe('one’s own service', () => {
  it('is changed inside the headquarters: rights follow at once, sessions stay, nobody is written to', async () => {
    const headquarters = await prisma.headquarters.create({ data: { name: `Siège ${old.id}` } })
    await prisma.organization.updateMany({
      where: { id: { in: [old.id, service.id] } },
      data: { headquartersId: headquarters.id },
    })
    const officer = await anAgent({ organizationId: old.id, role: 'monitoring_officer' })
    await prisma.agent.update({ where: { id: officer.id }, data: { headquartersId: headquarters.id } })
    await aSessionOf(officer.id)
    const stranger = await aService()
    await expect(
      perform(await acting(officer.id), switchOrganization, { organizationId: stranger.id }),
    ).rejects.toThrow('not permitted')
    await perform(await acting(officer.id), switchOrganization, { organizationId: service.id })
    expect((await acting(officer.id)).organization.id).toBe(service.id)
    expect(await prisma.session.count({ where: { sess: { path: ['agentId'], equals: officer.id } } })).toBe(1)
    await drainQueue(mailTasks)
    expect(await mailsTo(officer.id)).toEqual([])
    expect(await audits(officer.id, 'switch_organization')).toHaveLength(1)
    await expect(
      perform(await acting(agent.id), switchOrganization, { organizationId: service.id }),
    ).rejects.toThrow('not permitted')
  })

  it('is within the headquarters that a central admin gives the agent, and nobody else', async () => {
    const headquarters = await prisma.headquarters.create({ data: { name: `Siège ${old.id}` } })
    await prisma.organization.updateMany({
      where: { id: { in: [old.id, service.id] } },
      data: { headquartersId: headquarters.id },
    })
    const central = await acting(
      (await anAgent({ organizationId: (await aService('court')).id, role: 'central_admin' })).id,
    )
    const { id: agentId } = await anAgent({ organizationId: old.id, role: 'psychologist' })
    const { version, values } = await read(central, (ctx) => headquartersToSet(ctx, { agentId }))
    expect(values).toEqual({ headquartersId: '' })
    const form = { agentId, version, headquartersId: headquarters.id }
    await expect(perform(formerAdmin, setAgentHeadquarters, form)).rejects.toThrow('not permitted')
    await perform(central, setAgentHeadquarters, form)
    expect(await read(formerAdmin, (ctx) => agentRecord(ctx, { agentId }))).toMatchObject({
      headquarters: headquarters.name,
    })
    await perform(await acting(agentId), switchOrganization, { organizationId: service.id })
    expect((await acting(agentId)).organization.id).toBe(service.id)
    expect(await audits(agentId, 'update')).toMatchObject([
      { agentId: central.id, fields: ['headquartersId'] },
    ])
    await expect(
      perform(central, setAgentHeadquarters, { ...form, headquartersId: null }),
    ).rejects.toMatchObject({ name: 'Stale' })
    const now = await read(central, (ctx) => headquartersToSet(ctx, { agentId }))
    await perform(central, setAgentHeadquarters, { agentId, version: now.version, headquartersId: null })
    expect((await acting(agentId)).headquartersId).toBeNull()
  })
})
