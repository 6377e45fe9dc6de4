import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  acceptInvitation,
  inviteAgent,
  resendInvitation,
} from '../../../resources/agent/commands/invitation.server'
import { requestPasswordReset, resetPassword } from '../../../resources/agent/commands/password.server'
import { signIn } from '../../../resources/agent/commands/sign-in.server'
import { sendLink } from '../../../resources/agent/commands/links.server'
import { holderOfLink, mailOfLink } from '../../../resources/agent/queries/actor.server'
import { invitationLinkLasts, resetLinkLasts } from '../../../resources/agent/rules'
import { prisma } from '../../../resources/shared/db.server'
import { perform, read, transact } from '../../../resources/shared/transact.server'
import {
  acting,
  anAgent,
  aService,
  aSessionOf,
  goodPassword,
  lastSecret,
  system,
} from '../../support/accounts'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

const another = 'brouette-lundi-nuage-sifflet'

const askReset = (email: string) => transact(system, (ctx) => requestPasswordReset(ctx, { email }))
const reset = async (token: string, password = another, laterBy = 0) => {
  const later = <C extends { now: Date }>(ctx: C) => ({ ...ctx, now: new Date(ctx.now.getTime() + laterBy) })
  const typed = { token, password, passwordAgain: password }
  const act = await read(system, (ctx) => resetPassword.prepare(later(ctx), typed))
  return transact(system, (ctx) => act(later(ctx)))
}
const accept = (token: string, password = another) =>
  perform(system, acceptInvitation, { token, password, passwordAgain: password })
const enter = (email: string, password: string) => perform(system, signIn, { email, password })
const jobs = () =>
  prisma.$queryRaw<{ payload: unknown }[]>`
    SELECT p.payload FROM graphile_worker._private_jobs p JOIN graphile_worker._private_tasks t ON t.id = p.task_id
     WHERE t.identifier = 'send-agent-mail'`

let service: { id: number }
let agent: { id: number; email: string }
beforeEach(async () => {
  service = await aService()
  agent = await anAgent({ organizationId: service.id })
})

describe('a forgotten password', () => {
  it('is replaced through a link, which opens a locked account and ends its sessions', async () => {
    await aSessionOf(agent.id)
    for (let i = 0; i < 3; i++) await enter(agent.email, 'faux-mot-de-passe')
    await askReset(agent.email)
    await reset(await lastSecret(agent.id))
    expect(await enter(agent.email, goodPassword)).toMatchObject({ outcome: 'wrong' })
    expect(await enter(agent.email, another)).toMatchObject({ outcome: 'opened' })
    expect(await prisma.session.count({ where: { sess: { path: ['agentId'], equals: agent.id } } })).toBe(0)
  })

  it('asked for an e-mail nobody has, answers alike and writes nothing', async () => {
    const before = await jobs()
    await expect(askReset('personne@justice.example')).resolves.toBeUndefined()
    expect(await jobs()).toHaveLength(before.length)
  })

  it('asked twice in a row, sends one mail', async () => {
    await Promise.all([askReset(agent.email), askReset(agent.email), askReset(agent.email)])
    expect(await prisma.agentToken.count({ where: { agentId: agent.id } })).toBe(1)
  })

  it('leaves neither secret nor address in the job, nor the secret in the database', async () => {
    await askReset(agent.email)
    const secret = await lastSecret(agent.id)
    const rows = JSON.stringify([await jobs(), await prisma.agentToken.findMany()])
    expect(rows).not.toContain(secret)
    expect(JSON.stringify(await jobs())).not.toContain(agent.email)
    const { id } = await prisma.agentToken.findFirstOrThrow({ where: { agentId: agent.id } })
    expect(await read(system, (ctx) => mailOfLink(ctx, id))).toMatchObject({ to: agent.email, secret })
  })

  it('takes a link once, even from two submits at the same instant', async () => {
    await askReset(agent.email)
    const secret = await lastSecret(agent.id)
    const results = await Promise.allSettled([reset(secret), reset(secret), reset(secret)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(reset(secret)).rejects.toMatchObject({ code: 'agent.link_over' })
  })

  it('takes a link for six hours', async () => {
    await askReset(agent.email)
    const secret = await lastSecret(agent.id)
    await expect(reset(secret, another, resetLinkLasts)).rejects.toMatchObject({ code: 'agent.link_over' })
    await reset(secret, another, resetLinkLasts - 60_000)
  })

  it('keeps the link when the password chosen is refused', async () => {
    await askReset(agent.email)
    const secret = await lastSecret(agent.id)
    await expect(reset(secret, 'Ines-Faure-2026')).rejects.toMatchObject({
      code: 'agent.password_guessable',
      field: 'password',
    })
    await reset(secret)
  })

  it('takes no link of another kind, nor one made up', async () => {
    await askReset(agent.email)
    const secret = await lastSecret(agent.id)
    await expect(accept(secret)).rejects.toMatchObject({ code: 'agent.link_over' })
    for (const token of ['', 'x', 'é\u0001', secret.slice(1), `${secret}x`])
      expect(await read(system, (ctx) => holderOfLink(ctx, { token, purpose: 'password_reset' }))).toBeNull()
  })
})

describe('passwords', () => {
  it.each([
    ['too short', 'onze-signes'],
    ['a word and figures', 'motdepasse2026'],
    ['the keyboard', 'azertyuiop123'],
    ['the name of the person', 'FaureInes1991'],
    ['one sign repeated', 'a'.repeat(40)],
    ['too long', goodPassword.repeat(6)],
  ])('are refused: %s', async (_, password) => {
    await askReset(agent.email)
    await expect(reset(await lastSecret(agent.id), password)).rejects.toThrow()
  })

  it.each([
    ['cheval bleu sous la table'],
    ['kX9!vqT2#mLw'],
    ['étagère-pélican-mardi'],
    ['密码-подушка-φεγγάρι'],
  ])('are taken without any rule of composition: %s', async (password) => {
    await askReset(agent.email)
    await reset(await lastSecret(agent.id), password)
    expect(await enter(agent.email, password.normalize('NFD'))).toMatchObject({ outcome: 'opened' })
  })

  it('are typed twice alike', async () => {
    const typed = { token: 'x', password: another, passwordAgain: goodPassword }
    await expect(transact(system, (ctx) => resetPassword(ctx, typed))).rejects.toThrow('pas les mêmes')
  })
})

describe('an invitation', () => {
  const person = {
    firstName: 'zoé',
    lastName: 'Le Goff',
    role: 'psychologist',
    phone: '01 99 00 12 34',
  } as const
  const localAdmin = async () =>
    acting((await anAgent({ organizationId: service.id, role: 'local_admin' })).id)

  it('creates the account in the own service; accepting it opens the account', async () => {
    const admin = await localAdmin()
    const { id } = await transact(admin, (ctx) =>
      inviteAgent(ctx, { ...person, email: ' Zoe@Justice.example ' }),
    )
    expect(await prisma.agent.findUnique({ where: { id } })).toMatchObject({
      email: 'zoe@justice.example',
      firstName: 'Zoé',
      lastName: 'Le Goff',
      phone: '+33199001234',
      organizationId: service.id,
      passwordHash: null,
    })
    expect(await accept(await lastSecret(id))).toEqual({ agentId: id })
    expect(await enter('zoe@justice.example', another)).toMatchObject({ outcome: 'opened', agentId: id })
    expect((await acting(id)).charterAccepted).toBe(false)
  })

  it('lasts thirty days and can be sent again until it is accepted', async () => {
    const admin = await localAdmin()
    const invited = await anAgent({ organizationId: service.id, password: null })
    await transact(admin, (ctx) => resendInvitation(ctx, { agentId: invited.id }))
    const { createdAt, expiresAt } = await prisma.agentToken.findFirstOrThrow({
      where: { agentId: invited.id },
    })
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(invitationLinkLasts)
    await accept(await lastSecret(invited.id))
    await expect(
      transact(admin, (ctx) => resendInvitation(ctx, { agentId: invited.id })),
    ).rejects.toMatchObject({ code: 'agent.already_active' })
  })

  it('is sent again to who asks for a password before accepting it, and lasts no longer for it', async () => {
    const invited = await anAgent({ organizationId: service.id, password: null })
    const at = (days: number) => new Date(Date.now() - days * 86_400_000)
    const links = () => prisma.agentToken.findMany({ where: { agentId: invited.id }, orderBy: { id: 'asc' } })
    await transact(system, (ctx) => sendLink({ ...ctx, now: at(29) }, invited.id, 'invitation'))
    await askReset(invited.email)
    const [first, second] = await links()
    expect(second?.expiresAt).toEqual(first?.expiresAt)
    expect(await accept(await lastSecret(invited.id))).toEqual({ agentId: invited.id })
  })

  it('that is over, is renewed by those who invite, not by asking for a password', async () => {
    const invited = await anAgent({ organizationId: service.id, password: null })
    const longAgo = new Date(Date.now() - invitationLinkLasts)
    await transact(system, (ctx) => sendLink({ ...ctx, now: longAgo }, invited.id, 'invitation'))
    const before = await jobs()
    await askReset(invited.email)
    expect(await prisma.agentToken.count({ where: { agentId: invited.id } })).toBe(1)
    expect(await jobs()).toHaveLength(before.length)
  })

  it('says of an e-mail already used which way out there is', async () => {
    const admin = await localAdmin()
    const invite = (email: string) => transact(admin, (ctx) => inviteAgent(ctx, { ...person, email }))
    const sameKind = await anAgent({ organizationId: (await aService()).id })
    const otherKind = await anAgent({ organizationId: (await aService('court')).id, role: 'sentence_clerk' })
    const invited = await anAgent({ organizationId: service.id, password: null })
    await expect(invite(agent.email)).rejects.toMatchObject({ code: 'agent.email_taken_here' })
    await expect(invite(invited.email)).rejects.toMatchObject({ code: 'agent.email_invited_here' })
    await expect(invite(sameKind.email)).rejects.toMatchObject({ code: 'agent.email_taken_same_kind' })
    await expect(invite(otherKind.email)).rejects.toMatchObject({
      code: 'agent.email_taken_other_kind',
      field: 'email',
    })
  })

  it('twice at the same instant, makes one account', async () => {
    const admin = await localAdmin()
    const invite = () =>
      transact(admin, (ctx) => inviteAgent(ctx, { ...person, email: 'double@justice.example' }))
    const results = await Promise.allSettled([invite(), invite()])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is refused for another service, a role above one’s own, a role of the other kind, and to other roles', async () => {
    const admin = await localAdmin()
    const elsewhere = (await aService()).id
    const email = 'refuse@justice.example'
    const asAdmin = (change: object) =>
      transact(admin, (ctx) => inviteAgent(ctx, { ...person, email, ...change }))
    await expect(asAdmin({ organizationId: elsewhere })).rejects.toThrow('not permitted')
    await expect(asAdmin({ role: 'central_admin' })).rejects.toThrow('not permitted')
    await expect(asAdmin({ role: 'sentence_judge' })).rejects.toMatchObject({
      code: 'agent.role_not_of_service',
    })
    const counsellor = await acting(agent.id)
    await expect(transact(counsellor, (ctx) => inviteAgent(ctx, { ...person, email }))).rejects.toThrow(
      'not permitted',
    )
  })
})
