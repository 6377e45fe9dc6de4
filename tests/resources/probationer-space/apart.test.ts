import { beforeAll, describe, expect, it, vi } from 'vitest'
import { applyEvent } from '../../../resources/message/commands/apply.server'
import { readTraces } from '../../../resources/probationer/queries/read-traces.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import {
  handInvitationOver,
  resetSpaceAccess,
} from '../../../resources/probationer-space/commands/invite.server'
import {
  requestSpaceReset,
  resetSpacePassword,
} from '../../../resources/probationer-space/commands/password.server'
import { eraseDue } from '../../../resources/retention/commands/erase.sql.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { day, hour, minute } from '../../../resources/shared/duration'
import {
  accept,
  accountOf,
  after,
  anInvited,
  anOpened,
  another,
  at,
  codeOf,
  enter,
  invite,
  nobody,
  sms,
} from '../../support/space'
import { aCountry, anAgent, aPerson, monday } from '../../support/world'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let director: AgentActor
beforeAll(async () => {
  country = await aCountry()
  await prisma.organization.update({ where: { id: country.spip.id }, data: { spaceOnPaper: true } })
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  director = await anAgent(country.spip, 'probation_director')
})

const followed = (more: Parameters<typeof aPerson>[1] = {}) =>
  aPerson([country.spip], { assignedAgentId: counsellor.id, ...more })
const invited = () => anInvited(counsellor, [country.spip])
const opened = () => anOpened(counsellor, [country.spip])
const askReset = (phone: string, when: Date) => at(nobody, when, (ctx) => requestSpaceReset(ctx, { phone }))
const messagesOf = (probationerId: number) =>
  prisma.message.findMany({ where: { probationerId }, orderBy: { id: 'asc' } })
const becomes = (messageId: number, event: 'accepted' | 'receipt_failed' | 'receipt_delivered', when: Date) =>
  at(nobody, when, (ctx) =>
    applyEvent(ctx, messageId, event, event === 'receipt_failed' ? { reason: 'rejected' } : {}),
  )
const firstSms = async (probationerId: number) => (await messagesOf(probationerId))[0]?.id ?? 0

describe('what a person does in their space', () => {
  it('is read by no agent: neither in the record, its history, nor who read it', async () => {
    const person = await opened()
    const before = await at(director, after(minute), (ctx) =>
      probationerRecord(ctx, { probationerId: person.id }),
    )
    await enter(person.phone, 'un autre mot de passe', after(day))
    await enter(person.phone, undefined, after(day))
    await askReset(person.phone, after(2 * day))
    const { id, token } = await sms(person.id, after(2 * day + 1_000))
    await becomes(id, 'accepted', after(2 * day + 2_000))
    await becomes(id, 'receipt_delivered', after(2 * day + 3_000))
    await at(nobody, after(2 * day + minute), (ctx) => resetSpacePassword(ctx, { token, password: another }))
    await becomes((await sms(person.id, after(2 * day + 2 * minute))).id, 'accepted', after(3 * day))
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
    const person = await invited()
    const id = await firstSms(person.id)
    await becomes(id, 'receipt_failed', after(minute))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 0, lastInvitedAt: null })
    await becomes(id, 'receipt_delivered', after(2 * minute))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 1, lastInvitedAt: monday })
    expect(await codeOf(invite(counsellor, person.id, after(2 * day)))).toBe('done')
    expect(await codeOf(invite(counsellor, person.id, after(4 * day)))).toBe('space.no_invitation_left')
  })

  it('begins anew when the access is opened anew, whatever becomes of an SMS of before', async () => {
    const person = await invited()
    await invite(counsellor, person.id, after(2 * day))
    await sms(person.id, after(2 * day))
    await at(director, after(3 * day), (ctx) => resetSpaceAccess(ctx, { probationerId: person.id }))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 0, lastInvitedAt: null })
    expect(await codeOf(invite(counsellor, person.id, after(3 * day)))).toBe('done')
    await becomes(await firstSms(person.id), 'receipt_failed', after(3 * day))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 1, lastInvitedAt: after(3 * day) })
  })

  it('is not used by an SMS of before that arrives late, once the access was opened anew', async () => {
    const person = await invited()
    const id = await firstSms(person.id)
    await becomes(id, 'receipt_failed', after(minute))
    await invite(counsellor, person.id, after(2 * day))
    await invite(counsellor, person.id, after(4 * day))
    await at(director, after(5 * day), (ctx) => resetSpaceAccess(ctx, { probationerId: person.id }))
    await becomes(id, 'receipt_delivered', after(6 * day))
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 0, lastInvitedAt: null })
    expect(await codeOf(invite(counsellor, person.id, after(6 * day)))).toBe('done')
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
    for (const hours of [2, 3, 4]) await askReset(phone, after(day + hours * hour))
    expect(await left()).toBe(5)
    await askReset(phone, after(2 * day + 5 * minute))
    expect(await left()).toBe(6)
  })
})

describe('where the space is closed for a service', () => {
  it('neither a link that was sent before nor a forgotten password opens anything', async () => {
    const { token } = await invited()
    const person = await opened()
    const close = (probationerSpaceEnabled: boolean) =>
      prisma.organization.update({ where: { id: country.spip.id }, data: { probationerSpaceEnabled } })
    await close(false)
    try {
      expect(await codeOf(accept(token, after(day)))).toBe('space.link_over')
      await askReset(person.phone, after(day))
      expect((await messagesOf(person.id)).map(({ kind }) => kind)).toEqual(['space_invitation'])
    } finally {
      await close(true)
    }
    expect(await codeOf(accept(token, after(day)))).toBe('done')
  })
})

describe('an erased person', () => {
  it('leaves no count of the passwords that were tried on their number', async () => {
    const { id, phone } = await opened()
    const archivedAt = after(-200 * day)
    await prisma.probationer.update({ where: { id }, data: { archivedAt } })
    await enter(phone, 'pas le bon du tout', after(day))
    expect(await prisma.spaceSignInTries.count()).toBe(1)
    expect(await at(nobody, after(day), (ctx) => eraseDue(ctx, id))).toBe(true)
    expect(await prisma.spaceSignInTries.count()).toBe(0)
  })
})
