import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { charterVersion } from '../../resources/agent/charter'
import { mailTasks } from '../../worker/mail/tasks'
import { drainQueue } from '../support/queue'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { hashPassword } from '../../resources/agent/commands/password-hash.server'
import { backOffice, signIn } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aService } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let localAdmin: AgentActor

beforeAll(async () => {
  country = await aCountry()
  localAdmin = await anAgent(country.spip, 'local_admin')
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

const as = (actor: AgentActor) => backOffice(host, actor)
type Result = Record<string, unknown>

async function locked(service: { id: number }) {
  const agent = await anAgent(service, 'probation_counsellor')
  await prisma.agent.update({
    where: { id: agent.id },
    data: { lockedAt: new Date(), failedAttempts: 3, passwordHash: 'chosen' },
  })
  return agent.id
}

const isLocked = async (id: number) =>
  (await prisma.agent.findUniqueOrThrow({ where: { id } })).lockedAt !== null

describe('an agent locked out after three wrong passwords', () => {
  it('is unlocked by the local admin of their service, who sees since when', async () => {
    const agentId = await locked(country.spip)
    const { result } = await (await as(localAdmin)).query<Result>('agentRecord', { agentId })
    expect(result).toMatchObject({
      state: 'locked',
      actions: ['unlock', 'edit', 'changeRole', 'push', 'delete'],
    })
    expect(result.locked).not.toBeNull()

    expect((await (await as(localAdmin)).command<Result>('unlockAgent', { agentId })).ok).toBe(true)
    expect(await isLocked(agentId)).toBe(false)
    const after = await (await as(localAdmin)).query<Result>('agentRecord', { agentId })
    expect(after.result).toMatchObject({ state: 'active', actions: ['edit', 'changeRole', 'push', 'delete'] })
  })

  it('is not unlocked by a colleague, nor by the local admin of a linked or of another service', async () => {
    const agentId = await locked(country.spip)
    const strangers = [
      [await anAgent(country.spip, 'probation_director'), 403],
      [await anAgent(country.branch, 'local_admin'), 404],
      [await anAgent(country.foreign, 'local_admin'), 404],
    ] as const
    for (const [actor, status] of strangers)
      expect((await (await as(actor)).command<Result>('unlockAgent', { agentId })).status).toBe(status)
    expect(await isLocked(agentId)).toBe(true)
  })
})

describe('three wrong passwords', () => {
  it('lock the account, which the team or the local admin unlocks: the agent signs in [P95]', async () => {
    const password = 'girafe-cabane-trompette'
    const { id } = await anAgent(country.spip, 'probation_counsellor')
    const { email } = await prisma.agent.update({
      where: { id },
      data: { passwordHash: await hashPassword(password) },
    })
    for (const unlocking of [localAdmin, await anAgent(country.foreign, 'central_admin')]) {
      for (let tries = 0; tries < 3; tries += 1)
        await expect(signIn(host, email, 'faux-mot-de-passe')).rejects.toThrow('is not let in')
      await expect(signIn(host, email, password)).rejects.toThrow('is not let in')
      expect(await (await as(unlocking)).command('unlockAgent', { agentId: id })).toMatchObject({ ok: true })
      expect(await signIn(host, email, password)).toMatch(/^msj_agent=/)
    }
  })
})

describe('the local admins of a service', () => {
  it('are several when the team says so, work alike, and are named to the others; or none is [P22] [P41]', async () => {
    const named = async (actor: AgentActor) => {
      const { result } = await (
        await as(actor)
      ).query<{
        cards: { localAdmins: { data: { lastName: string }[] } }
      }>('home')
      return result.cards.localAdmins.data.map(({ lastName }) => lastName)
    }
    const service = await aService('SPIP de Cergy', 'probation_service', { departmentCode: '95' })
    const counsellor = await anAgent(service, 'probation_counsellor')
    expect(await named(counsellor)).toEqual([])

    const central = await as(await anAgent(country.court, 'central_admin'))
    for (const [lastName, email] of [
      ['Adam', 'e.adam@justice.example'],
      ['Brun', 'f.brun@justice.example'],
    ] as const) {
      const invited = await central.command<{ id: number }>('inviteAgent', {
        firstName: 'Elsa',
        lastName,
        email,
        role: 'local_admin',
        organizationId: service.id,
      })
      // The link of the mail and the charter are told in tests/portal.
      await prisma.agent.update({
        where: { id: invited.result.id },
        data: { passwordHash: 'chosen', securityCharterVersion: charterVersion },
      })
      const form = await (await backOffice(host, invited.result)).query('invitationForm')
      expect(form).toMatchObject({ ok: true })
    }
    expect(await named(counsellor)).toEqual(['Adam', 'Brun'])
  })
})

describe('inviting an agent', () => {
  const nadia = { firstName: 'Nadia', lastName: 'Roussel', role: 'probation_counsellor', phone: '' }

  it('creates the account in one’s own service; the list says the invitation waits; it can be sent again [P156]', async () => {
    const email = 'n.roussel@justice.example'
    const { result } = await (await as(localAdmin)).command<Result>('inviteAgent', { ...nadia, email })
    const agentId = Number(result.id)
    expect(await prisma.agent.findUniqueOrThrow({ where: { id: agentId } })).toMatchObject({
      organizationId: country.spip.id,
      email,
    })
    expect((await (await as(localAdmin)).query<Result>('agentRecord', { agentId })).result).toMatchObject({
      state: 'invited',
      actions: ['resendInvitation', 'edit', 'changeRole', 'push', 'delete'],
    })
    const { meta, records } = await (await as(localAdmin)).list('Agent', 'state=invited&text=roussel')
    expect(meta.total).toBe(1)
    expect(records[0]).toMatchObject({ id: agentId, cells: { state: { text: 'Invitation envoyée' } } })
    expect((await (await as(localAdmin)).command<Result>('resendInvitation', { agentId })).ok).toBe(true)
  })

  it('says beside each field what is wrong', async () => {
    const blank = { firstName: '', lastName: '', role: '', email: 'nadia', phone: '12' }
    const { fieldErrors } = await (await as(localAdmin)).command<Result>('inviteAgent', blank)
    expect(Object.keys(fieldErrors).sort()).toEqual(['email', 'firstName', 'lastName', 'phone', 'role'])
    const phone = await (
      await as(localAdmin)
    ).command<Result>('inviteAgent', { ...nadia, email: 'a@b.fr', phone: '12' })
    expect(Object.keys(phone.fieldErrors)).toEqual(['phone'])
  })

  it('offers the roles the actor may give, and the services they may give them in', async () => {
    interface Form {
      options: { organizationId: { value: string; label: string }[]; role: { value: string }[] }
    }
    const own = (await (await as(localAdmin)).query<Form>('invitationForm')).result.options
    expect(own.organizationId).toEqual([{ value: String(country.spip.id), label: 'SPIP de Nanterre' }])
    expect(own.role.map(({ value }) => value)).not.toContain('sentence_judge')

    const central = await (
      await as(await anAgent(country.spip, 'central_admin'))
    ).query<Form>('invitationForm')
    expect(central.result.options.organizationId.length).toBeGreaterThanOrEqual(4)

    const counsellor = await anAgent(country.spip, 'probation_counsellor')
    expect((await (await as(counsellor)).query<Result>('invitationForm')).status).toBe(403)
    const refused = await (
      await as(counsellor)
    ).command<Result>('inviteAgent', { ...nadia, email: 'x@justice.example' })
    expect(refused.status).toBe(403)
  })
})

describe('an agent who changes service', () => {
  const whose = async (by: AgentActor, email: string) =>
    (await (await as(by)).query<Result>('whoseEmail', { email })).result
  const rowOf = (id: number) => prisma.agent.findUniqueOrThrow({ where: { id } })

  it('is begun by the e-mail: an unknown one invites [P27]', async () => {
    const email = 'arrivee@justice.example'
    expect(await whose(localAdmin, email)).toEqual({ is: 'nobody' })
    const typed = { firstName: 'Nadia', lastName: 'Roussel', role: 'probation_counsellor', email }
    expect(await (await as(localAdmin)).command('inviteAgent', typed)).toMatchObject({ ok: true })
    expect(await whose(localAdmin, email)).toMatchObject({ is: 'invited' })
  })

  it('is found by the e-mail, pulled once confirmed, and the former service is told by mail [P28] [P29] [P30]', async () => {
    const former = await anAgent(country.foreign, 'local_admin', { passwordHash: 'chosen' })
    const { id } = await anAgent(country.foreign, 'probation_counsellor', { passwordHash: 'chosen' })
    const person = await aPerson([country.foreign], { assignedAgentId: id })
    const { email } = await rowOf(id)
    expect(await whose(localAdmin, email)).toMatchObject({
      ...{ is: 'elsewhere', from: 'SPIP de Lyon', service: 'SPIP de Nanterre' },
      ...{ persons: 1, appointments: 0 },
    })
    const admin = await as(localAdmin)
    const pull = { email, fromOrganizationId: country.foreign.id }
    expect(await admin.command('pullAgent', { ...pull, confirmed: false })).toMatchObject({ ok: false })
    expect((await rowOf(id)).organizationId).toBe(country.foreign.id)
    expect(await admin.command('pullAgent', { ...pull, confirmed: true })).toMatchObject({ ok: true })
    expect((await rowOf(id)).organizationId).toBe(country.spip.id)
    expect(await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
      assignedAgentId: null,
    })
    await drainQueue(mailTasks)
    const mails = await prisma.outboxItem.findMany({ where: { recipient: (await rowOf(former.id)).email } })
    expect(mails.map(({ subject }) => subject)).toEqual([
      '[Mon Suivi Justice] Un agent a quitté votre service',
    ])
  })

  it('is invited, edited and sent away by the local admin of their own service, and of no other [P23] [P78]', async () => {
    const agentId = (await anAgent(country.spip, 'educator')).id
    const admin = await as(localAdmin)
    interface Form {
      version: string
      values: object
    }
    const { result } = await admin.query<Form>('agentToEdit', { agentId })
    const typed = { agentId, version: result.version, ...result.values, lastName: 'Marin' }
    const stranger = await as(await anAgent(country.foreign, 'local_admin'))
    expect((await stranger.command('editAgent', typed)).status).toBe(404)
    expect(await admin.command('editAgent', typed)).toMatchObject({ ok: true })
    expect(await rowOf(agentId)).toMatchObject({ lastName: 'Marin' })
    const { version } = (await admin.query<Form>('agentToPush', { agentId })).result
    const push = { agentId, version, organizationId: country.branch.id }
    expect((await stranger.command('pushAgent', push)).status).toBe(404)
    expect(await admin.command('pushAgent', push)).toMatchObject({ ok: true })
    expect((await rowOf(agentId)).organizationId).toBe(country.branch.id)
  })

  it('for one without the product is deleted: their persons stay, without referent [P155] [P175]', async () => {
    const agentId = (await anAgent(country.spip, 'probation_counsellor')).id
    const person = await aPerson([country.spip], { assignedAgentId: agentId })
    const admin = await as(localAdmin)
    expect((await admin.query('agentToDelete', { agentId })).result).toMatchObject({ persons: 1 })
    expect(await admin.command('deleteAgent', { agentId })).toMatchObject({ ok: true })
    const { records } = await admin.list('Agent', 'state=deleted')
    expect(records.map(({ id }) => id)).toContain(agentId)
    const left = await prisma.probationer.findUniqueOrThrow({
      where: { id: person.id },
      include: { followings: true },
    })
    expect(left.assignedAgentId).toBeNull()
    expect(left.followings.map(({ organizationId }) => organizationId)).toEqual([country.spip.id])
    expect((await (await backOffice(host, { id: agentId })).query('home')).status).toBe(401)
  })
})

describe('the list of agents', () => {
  it('finds nobody by % or _, which stand for no letter', async () => {
    const total = async (text: string) =>
      (await (await as(localAdmin)).list('Agent', `text=${encodeURIComponent(text)}`)).meta.total
    expect(await total('vasseur')).toBeGreaterThan(0)
    for (const text of ['%', '_', '%%', '___']) expect([text, await total(text)]).toEqual([text, 0])
  })
})

describe('the role of an agent', () => {
  it('is changed by a local admin among those of the service, from the account', async () => {
    interface RoleForm {
      version: string
      values: { role: string }
      options: { role: { value: string }[] }
    }
    const { id: agentId } = await anAgent(country.spip, 'probation_counsellor')
    const admin = await as(localAdmin)
    const { result } = await admin.query<RoleForm>('roleToChange', { agentId })
    expect(result).toMatchObject({ persons: 0, values: { role: 'probation_counsellor' } })
    const offered = result.options.role.map(({ value }) => value)
    expect(offered).toContain('probation_director')
    expect(offered).not.toContain('sentence_judge')
    const typed = { agentId, version: result.version, role: 'probation_director' }
    expect((await admin.command('changeAgentRole', typed)).ok).toBe(true)
    expect(await prisma.agent.findUniqueOrThrow({ where: { id: agentId } })).toMatchObject({
      role: 'probation_director',
    })
    expect((await admin.query('roleToChange', { agentId: localAdmin.id })).status).toBe(403)
  })
})

describe('an agent’s own account', () => {
  it('is read and changed by whatever role, contact shared only by those who follow somebody', async () => {
    const judge = await anAgent(country.court, 'execution_office_agent')
    const form = await (await as(judge)).query<Result>('ownProfile')
    expect(form.result).toMatchObject({
      values: { firstName: 'Claire', lastName: 'Vasseur' },
      notAsked: ['phoneIsProfessional', 'sharesPhone', 'sharesEmail'],
    })
    const { version } = form.result
    const typed = {
      ...{ version, firstName: 'Claire', lastName: 'Martin' },
      ...{ phone: '01 99 00 10 21', sharesPhone: true },
    }
    const saved = await (await as(judge)).command<Result>('updateProfile', typed)
    // The top of every page names them at once.
    expect(saved).toMatchObject({ ok: true, ofReader: { firstName: 'Claire', lastName: 'Martin' } })
    expect(await prisma.agent.findUniqueOrThrow({ where: { id: judge.id } })).toMatchObject({
      lastName: 'Martin',
      phone: '+33199001021',
      sharesPhone: false,
    })
  })

  it('takes another password from who types the present one, and closes the other sessions', async () => {
    const agent = await anAgent(country.spip, 'probation_counsellor')
    await prisma.agent.update({
      where: { id: agent.id },
      data: { passwordHash: await hashPassword('girafe-cabane-trompette') },
    })
    const { email } = await prisma.agent.findUniqueOrThrow({ where: { id: agent.id } })
    const elsewhere = await backOffice(host, {
      cookie: await signIn(host, email, 'girafe-cabane-trompette'),
    })
    const here = await backOffice(host, { cookie: await signIn(host, email, 'girafe-cabane-trompette') })
    const typed = (presentPassword: string) => ({
      presentPassword,
      password: 'brouette-lundi-nuage',
      passwordAgain: 'brouette-lundi-nuage',
    })
    const wrong = await here.command('changeOwnPassword', typed('girafe'))
    expect([wrong.ok, Object.keys(wrong.fieldErrors)]).toEqual([false, ['presentPassword']])
    expect((await here.command('changeOwnPassword', typed('girafe-cabane-trompette'))).ok).toBe(true)
    expect((await elsewhere.query('ownProfile')).status).toBe(401)
    expect(await here.command<{ closed: number }>('closeOtherSessions')).toMatchObject({
      ok: true,
      result: { closed: 0 },
    })
  })
})

describe('one’s own profile', () => {
  it.each(['probation_counsellor', 'probation_director', 'local_admin'] as const)(
    'a %s of a probation service shares the own phone, and the own e-mail, by a box [P151] [P152]',
    async (role) => {
      const { id } = await anAgent(country.spip, role)
      const own = await backOffice(host, { id })
      for (const shares of [
        { sharesPhone: true, sharesEmail: false },
        { sharesPhone: false, sharesEmail: true },
      ]) {
        const { result } = await own.query<{ values: object }>('ownProfile')
        const typed = {
          ...{ ...result, ...result.values },
          ...{ phone: '06 39 98 55 01', phoneIsProfessional: true, ...shares },
        }
        expect(await own.command('updateProfile', typed)).toMatchObject({ ok: true })
        expect(await prisma.agent.findUniqueOrThrow({ where: { id } })).toMatchObject({
          phone: '+33639985501',
          ...shares,
        })
      }
    },
  )
})
