import { beforeAll, describe, expect, it, vi } from 'vitest'
import { applyEvent } from '../../../resources/message/commands/apply.server'
import { claimMessage } from '../../../resources/message/commands/deliver.server'
import { readTraces } from '../../../resources/probationer/queries/read-traces.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import {
  handInvitationOver,
  inviteToSpace,
  resetSpaceAccess,
} from '../../../resources/probationer-space/commands/invite.server'
import {
  acceptSpaceInvitation,
  requestSpaceReset,
  resetSpacePassword,
} from '../../../resources/probationer-space/commands/password.server'
import { signInToSpace } from '../../../resources/probationer-space/commands/sign-in.server'
import { eraseDue } from '../../../resources/retention/commands/erase.sql.server'
import { refusalOf } from '../../../resources/refusals'
import type { Actor, AgentActor, SystemActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma, transaction } from '../../../resources/shared/db.server'
import { aCountry, anAgent, aPerson, monday } from '../../support/world'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

const password = 'tournesol-wagon-épi-73'
const minute = 60_000
const day = 24 * 60 * minute

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let director: AgentActor
beforeAll(async () => {
  country = await aCountry()
  await prisma.organization.update({ where: { id: country.spip.id }, data: { spaceOnPaper: true } })
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  director = await anAgent(country.spip, 'probation_director')
})

const at = <A extends Actor, Result>(actor: A, when: Date, work: (ctx: Context<A>) => Promise<Result>) =>
  transaction((tx) => work({ tx, actor, now: when }), { maxWait: 20_000, timeout: 40_000 })
const after = (ms: number) => new Date(monday.getTime() + ms)
const nobody: SystemActor = { kind: 'system', task: 'test' }
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => refusalOf(error)?.code ?? error,
  )

const followed = async (more: Parameters<typeof aPerson>[1] = {}) => {
  const person = await aPerson([country.spip], { assignedAgentId: counsellor.id, ...more })
  return { ...person, phone: person.phone ?? '' }
}
const invite = (probationerId: number, when = monday) =>
  at(counsellor, when, (ctx) => inviteToSpace(ctx, { probationerId }))
const askReset = (phone: string, when: Date) => at(nobody, when, (ctx) => requestSpaceReset(ctx, { phone }))
const accountOf = (probationerId: number) =>
  prisma.spaceAccount.findUniqueOrThrow({ where: { probationerId } })
const messagesOf = (probationerId: number) =>
  prisma.message.findMany({ where: { probationerId }, orderBy: { id: 'asc' } })

/** The last SMS leaves; what it carries, and its id. */
async function leaves(probationerId: number, when: Date) {
  const id = (await messagesOf(probationerId)).at(-1)?.id ?? 0
  const out = await at(nobody, when, (ctx) => claimMessage(ctx, { messageId: id }))
  return { id, token: /\/(?:i|mdp)\/([a-z0-9]{26})/.exec(out?.text ?? '')?.[1] ?? '' }
}
const becomes = (messageId: number, event: 'accepted' | 'receipt_failed' | 'receipt_delivered', when: Date) =>
  at(nobody, when, (ctx) =>
    applyEvent(ctx, messageId, event, event === 'receipt_failed' ? { reason: 'rejected' } : {}),
  )

async function opened() {
  const person = await followed()
  await invite(person.id)
  const { token } = await leaves(person.id, after(1_000))
  await at(nobody, after(2_000), (ctx) => acceptSpaceInvitation(ctx, { token, password }))
  return person
}

describe('what a person does in their space', () => {
  it('is read by no agent: neither in the record, its history, nor who read it', async () => {
    const person = await opened()
    const before = await at(director, after(minute), (ctx) =>
      probationerRecord(ctx, { probationerId: person.id }),
    )
    const enter = (typed: string) =>
      at(nobody, after(day), (ctx) => signInToSpace(ctx, { phone: person.phone, password: typed }))
    await enter('un autre mot de passe')
    await enter(password)
    await askReset(person.phone, after(2 * day))
    const { id, token } = await leaves(person.id, after(2 * day + 1_000))
    await becomes(id, 'accepted', after(2 * day + 2_000))
    await becomes(id, 'receipt_delivered', after(2 * day + 3_000))
    await at(nobody, after(2 * day + minute), (ctx) =>
      resetSpacePassword(ctx, { token, password: 'chaussette-lundi-igloo-19' }),
    )
    await becomes((await leaves(person.id, after(2 * day + 2 * minute))).id, 'accepted', after(3 * day))
    expect((await messagesOf(person.id)).map(({ kind, state }) => [kind, state])).toEqual([
      ['space_invitation', 'sending'],
      ['space_reset', 'delivered'],
      ['space_password_changed', 'sent'],
    ])
    const read = await at(director, after(4 * day), (ctx) =>
      probationerRecord(ctx, { probationerId: person.id }),
    )
    expect(read.history).toEqual(before.history)
    expect(read.lastSms).toEqual(before.lastSms)
    expect(read.space).toEqual(before.space)
    const admin = await anAgent(country.spip, 'local_admin')
    const { lines } = await at(admin, after(4 * day), (ctx) =>
      readTraces(ctx, { probationerId: person.id, before: null }),
    )
    expect([...new Set(lines.map(({ subject, action }) => `${subject} ${action}`))].sort()).toEqual([
      'probationer view',
      'space invite',
    ])
  })
})

describe('the right to invite', () => {
  it('is used again when an SMS that was said to have failed had arrived', async () => {
    const person = await followed()
    await invite(person.id)
    const { id } = await leaves(person.id, after(1_000))
    await becomes(id, 'receipt_failed', after(minute))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 0, lastInvitedAt: null })
    await becomes(id, 'receipt_delivered', after(2 * minute))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 1, lastInvitedAt: monday })
    expect(await codeOf(invite(person.id, after(2 * day)))).toBe('done')
    expect(await codeOf(invite(person.id, after(4 * day)))).toBe('space.no_invitation_left')
  })

  it('begins anew when the access is opened anew, whatever becomes of an SMS of before', async () => {
    const person = await followed()
    await invite(person.id)
    const first = await leaves(person.id, after(1_000))
    await invite(person.id, after(2 * day))
    await leaves(person.id, after(2 * day))
    await at(director, after(3 * day), (ctx) => resetSpaceAccess(ctx, { probationerId: person.id }))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 0, lastInvitedAt: null })
    expect(await codeOf(invite(person.id, after(3 * day)))).toBe('done')
    await becomes(first.id, 'receipt_failed', after(3 * day))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 1, lastInvitedAt: after(3 * day) })
  })

  it('goes by SMS to who receives them: paper is for the others', async () => {
    const paper = (probationerId: number) =>
      codeOf(at(counsellor, monday, (ctx) => handInvitationOver(ctx, { probationerId })))
    expect(await paper((await followed()).id)).toBe('space.sms_arrives')
    expect(await paper((await followed({ phone: null })).id)).toBe('space.no_phone')
    expect(await paper((await followed({ smsOptOut: true })).id)).toBe('done')
    const dead = await followed()
    await prisma.probationer.update({ where: { id: dead.id }, data: { phoneState: 'dead' } })
    expect(await paper(dead.id)).toBe('done')
  })
})

describe('a forgotten password', () => {
  it('asked twice at one instant is one SMS; another may be asked a minute later, three an hour, five a day', async () => {
    const { id, phone } = await opened()
    await Promise.all([1, 2].map(() => askReset(phone, after(day))))
    const left = async () => (await messagesOf(id)).filter(({ kind }) => kind === 'space_reset').length
    expect(await left()).toBe(1)
    await askReset(phone, after(day + minute))
    await askReset(phone, after(day + 2 * minute))
    await askReset(phone, after(day + 3 * minute))
    expect(await left()).toBe(3)
    for (const hours of [2, 3, 4]) await askReset(phone, after(day + hours * 60 * minute))
    expect(await left()).toBe(5)
    await askReset(phone, after(2 * day + 5 * minute))
    expect(await left()).toBe(6)
  })
})

describe('where the space is closed for a service', () => {
  it('neither a link that was sent before nor a forgotten password opens anything', async () => {
    const invited = await followed()
    await invite(invited.id)
    const { token } = await leaves(invited.id, after(1_000))
    const person = await opened()
    const close = (probationerSpaceEnabled: boolean) =>
      prisma.organization.update({ where: { id: country.spip.id }, data: { probationerSpaceEnabled } })
    const accept = () =>
      codeOf(at(nobody, after(day), (ctx) => acceptSpaceInvitation(ctx, { token, password })))
    await close(false)
    try {
      expect(await accept()).toBe('space.link_over')
      await askReset(person.phone, after(day))
      expect((await messagesOf(person.id)).map(({ kind }) => kind)).toEqual(['space_invitation'])
    } finally {
      await close(true)
    }
    expect(await accept()).toBe('done')
  })
})

describe('an erased person', () => {
  it('leaves no count of the passwords that were tried on their number', async () => {
    const { id, phone } = await opened()
    const archivedAt = after(-200 * day)
    await prisma.probationer.update({ where: { id }, data: { archivedAt } })
    await at(nobody, after(day), (ctx) => signInToSpace(ctx, { phone, password: 'pas le bon du tout' }))
    expect(await prisma.spaceSignInTries.count()).toBe(1)
    expect(await at(nobody, after(day), (ctx) => eraseDue(ctx, id))).toBe(true)
    expect(await prisma.spaceSignInTries.count()).toBe(0)
  })
})
