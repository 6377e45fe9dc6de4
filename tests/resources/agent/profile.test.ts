import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  changeOwnPassword,
  closeOtherSessions,
  updateProfile,
} from '../../../resources/agent/commands/profile.server'
import { signIn } from '../../../resources/agent/commands/sign-in.server'
import { ownProfile } from '../../../resources/agent/queries/profile.server'
import { prisma } from '../../../resources/shared/db.server'
import { refusalOf } from '../../../resources/refusals'
import { perform, read } from '../../../resources/shared/transact.server'
import { mailTasks } from '../../../worker/mail/tasks'
import { drainQueue } from '../../support/queue'
import { acting, anAgent, aService, aSessionOf, goodPassword, system } from '../../support/accounts'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let service: { id: number }
let agent: { id: number; email: string }
beforeEach(async () => {
  service = await aService()
  agent = await anAgent({ organizationId: service.id })
})

const typed = {
  firstName: 'inès',
  lastName: 'Faure-Bellec',
  phone: '01 99 00 12 34',
  phoneIsProfessional: false,
  sharesPhone: true,
  sharesEmail: false,
}

/** The form as it is drawn now, filled in. */
async function filledIn(agentId: number) {
  const actor = await acting(agentId)
  return { actor, profile: { ...typed, version: (await read(actor, ownProfile)).version } }
}

describe('the own profile', () => {
  it('is read and changed: names as they are written, phone in any spelling, what is shared', async () => {
    const { actor, profile } = await filledIn(agent.id)
    await perform(actor, updateProfile, profile)
    expect(await read(await acting(agent.id), ownProfile)).toMatchObject({
      firstName: 'Inès',
      lastName: 'Faure-Bellec',
      phone: '+33199001234',
      sharesPhone: true,
      sharesEmail: false,
      mayShare: true,
    })
    const trace = await prisma.auditEntry.findFirstOrThrow({ where: { agentId: agent.id, action: 'update' } })
    expect(trace.fields.sort()).toEqual(['lastName', 'phone', 'sharesPhone'])
  })

  it('shares nothing of who follows nobody', async () => {
    const { id } = await anAgent({ organizationId: service.id, role: 'educator' })
    const { actor: educator, profile } = await filledIn(id)
    await perform(educator, updateProfile, { ...profile, sharesEmail: true })
    expect(await read(educator, ownProfile)).toMatchObject({
      sharesPhone: false,
      sharesEmail: false,
      mayShare: false,
    })
  })

  it('refuses, beside its field, a phone that cannot be read or is shared and absent', async () => {
    const { actor, profile } = await filledIn(agent.id)
    for (const [phone, code] of [
      ['12', 'agent.phone_unreadable'],
      ['', 'agent.no_phone_to_share'],
    ] as const)
      await expect(perform(actor, updateProfile, { ...profile, phone })).rejects.toMatchObject({
        code,
        field: 'phone',
      })
  })

  it('shows a mobile only once its agent has said that it is a professional one', async () => {
    const { actor, profile } = await filledIn(agent.id)
    for (const phone of ['06 39 98 12 34', '+41 79 123 45 67'])
      await expect(perform(actor, updateProfile, { ...profile, phone })).rejects.toMatchObject({
        code: 'agent.mobile_to_confirm',
        field: 'phoneIsProfessional',
      })
    const mobile = { ...profile, phone: '06 39 98 12 34' }
    await perform(actor, updateProfile, { ...mobile, sharesPhone: false })
    const { version } = await read(actor, ownProfile)
    await perform(actor, updateProfile, { ...mobile, version, phoneIsProfessional: true })
    expect(await read(actor, ownProfile)).toMatchObject({ phone: '+33639981234', sharesPhone: true })
  })

  it('gives nobody another role nor service: a request that carries one is refused, and traced', async () => {
    const { actor, profile } = await filledIn(agent.id)
    for (const forged of [{ role: 'central_admin' }, { organizationId: 1 }])
      await expect(perform(actor, updateProfile, { ...profile, ...forged })).rejects.toThrow('not permitted')
    const refused = await prisma.auditEntry.findMany({ where: { agentId: agent.id, action: 'refused' } })
    expect(refused.map(({ fields }) => fields)).toEqual([['raise oneself'], ['raise oneself']])
    expect(await acting(agent.id)).toMatchObject({ role: 'probation_counsellor' })
  })

  it('open in two tabs: the second is told what the first changed, and can then be sent', async () => {
    const { actor, profile } = await filledIn(agent.id)
    await perform(actor, updateProfile, profile)
    const late = { ...profile, phone: '01 99 00 55 66' }
    const stale = await perform(actor, updateProfile, late).then(
      () => null,
      (error: unknown) => refusalOf(error),
    )
    expect(stale).toMatchObject({
      status: 400,
      code: 'record.changed_meanwhile_by',
      fieldErrors: { phone: expect.stringMatching(/01\s99\s00\s12\s34/) as string },
    })
    await perform(actor, updateProfile, { ...late, version: String(stale?.params?.version) })
    expect(await read(actor, ownProfile)).toMatchObject({ phone: '+33199005566' })
  })

  it('is not made stale by a sign-in', async () => {
    const { actor, profile } = await filledIn(agent.id)
    await perform(system, signIn, { email: agent.email, password: goodPassword })
    await perform(actor, updateProfile, profile)
    expect(await read(actor, ownProfile)).toMatchObject({ lastName: 'Faure-Bellec' })
  })
})

const chosen = 'brouette-lundi-nuage'
const change = (presentPassword: string, password = chosen) => ({
  presentPassword,
  password,
  passwordAgain: password,
})

describe('the own password', () => {
  it('is changed by who knows the present one: other sessions end, links too, a mail tells it', async () => {
    const [here, elsewhere] = [await aSessionOf(agent.id), await aSessionOf(agent.id)]
    const actor = { ...(await acting(agent.id)), sessionId: here }
    await perform(actor, changeOwnPassword, change(goodPassword))
    const sids = (await prisma.session.findMany({ select: { sid: true } })).map(({ sid }) => sid)
    expect(sids).toContain(here)
    expect(sids).not.toContain(elsewhere)
    const { email } = agent
    expect(await perform(system, signIn, { email, password: chosen })).toMatchObject({ outcome: 'opened' })
    await drainQueue(mailTasks)
    const [mail] = await prisma.outboxItem.findMany({ where: { recipient: email } })
    expect(mail?.subject).toBe('[Mon Suivi Justice] Votre mot de passe a changé')
  })

  it('is left alone when the present one is wrong or the new one guessable', async () => {
    const actor = await acting(agent.id)
    await expect(perform(actor, changeOwnPassword, change('un-autre-mot-de-passe'))).rejects.toMatchObject({
      code: 'agent.present_password_wrong',
      field: 'presentPassword',
    })
    await expect(
      perform(actor, changeOwnPassword, change(goodPassword, 'motdepasse2026')),
    ).rejects.toMatchObject({ code: 'agent.password_guessable', field: 'password' })
  })

  it('is not guessed from a session left open: five tries, then a quarter of an hour', async () => {
    const actor = await acting(agent.id)
    const names = []
    for (let i = 0; i < 7; i++)
      names.push(
        await perform(actor, changeOwnPassword, change('un-autre-mot-de-passe')).catch(
          (error: unknown) => (error as Error).name,
        ),
      )
    expect(names).toEqual([...Array<string>(5).fill('Refused'), 'TooMany', 'TooMany'])
  })

  it('is nobody else’s, under impersonation neither', async () => {
    const admin = await anAgent({ organizationId: service.id, role: 'central_admin' })
    const borrowed = { ...(await acting(agent.id)), impersonatorId: admin.id }
    await expect(perform(borrowed, changeOwnPassword, change(goodPassword))).rejects.toThrow('not permitted')
    await expect(perform(borrowed, closeOtherSessions, {})).rejects.toThrow('not permitted')
    const refused = await prisma.auditEntry.findFirst({ where: { agentId: agent.id, action: 'refused' } })
    expect(refused).toMatchObject({
      impersonatorId: admin.id,
      fields: ['change the password of an agent'],
    })
  })
})

describe('the other sessions', () => {
  it('are closed and counted, the present one and those of others left', async () => {
    const [here, , , colleague] = [
      await aSessionOf(agent.id),
      await aSessionOf(agent.id),
      await aSessionOf(agent.id),
      await aSessionOf((await anAgent({ organizationId: service.id })).id),
    ]
    const actor = { ...(await acting(agent.id)), sessionId: here }
    expect(await perform(actor, closeOtherSessions, {})).toEqual({ closed: 2 })
    expect(await perform(actor, closeOtherSessions, {})).toEqual({ closed: 0 })
    const kept = await prisma.session.count({ where: { sid: { in: [here, colleague] } } })
    expect(kept).toBe(2)
  })
})

it('a role that its service does not have cannot be given in the database', async () => {
  const misplaced = prisma.agent.update({ where: { id: agent.id }, data: { role: 'sentence_judge' } })
  await expect(misplaced).rejects.toThrow()
  const moved = prisma.organization.update({ where: { id: service.id }, data: { kind: 'court' } })
  await expect(moved).rejects.toThrow()
  expect(await acting(agent.id)).toMatchObject({ role: 'probation_counsellor' })
})
