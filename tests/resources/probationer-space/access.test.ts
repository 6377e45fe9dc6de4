import { beforeAll, describe, expect, it, vi } from 'vitest'
import { recordSendResult } from '../../../resources/message/commands/deliver.server'
import { archiveProbationer } from '../../../resources/probationer/commands/archive.server'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { listProbationers } from '../../../resources/probationer/queries/list.server'
import {
  handInvitationOver,
  resetSpaceAccess,
  revokeSpace,
} from '../../../resources/probationer-space/commands/invite.server'
import {
  acceptSpaceInvitation,
  changeSpacePassword,
  requestSpaceReset,
  resetSpacePassword,
} from '../../../resources/probationer-space/commands/password.server'
import { spaceStates, type SpaceState } from '../../../resources/probationer-space/rules'
import { spaceOf } from '../../../resources/probationer-space/queries/of-person.server'
import type { AgentActor, ProbationerActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { day, hour } from '../../../resources/shared/duration'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import {
  accountOf,
  after,
  anOpened,
  another,
  aSession,
  at,
  codeOf,
  enter,
  invite as inviteAs,
  lastMessage,
  nobody,
  password,
  sessionsOf,
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
const invite = (probationerId: number, when = monday, actor = counsellor) =>
  inviteAs(actor, probationerId, when)
const opened = () => anOpened(counsellor, [country.spip])

describe('an invitation to the space', () => {
  it('is one short SMS, whose secret only the phone has', async () => {
    const person = await followed()
    await invite(person.id)
    const { id, text, token } = await sms(person.id, after(1_000))
    expect(text).toMatch(
      /^Mon Suivi Justice : ouvrez votre espace personnel. Lien valable 7 jours : \S+\/i\/\w{26} STOP \S+$/,
    )
    expect(text).not.toMatch(/SPIP|peine|Karim|PERSONNE/)
    const kept = await prisma.message.findUniqueOrThrow({ where: { id } })
    expect(kept).toMatchObject({ kind: 'space_invitation', state: 'sending' })
    const everything = JSON.stringify([
      kept,
      await prisma.spaceToken.findMany(),
      await prisma.historyEntry.findMany({ where: { probationerId: person.id } }),
      await prisma.auditEntry.findMany({ where: { probationerId: person.id } }),
      await prisma.$queryRaw`SELECT payload FROM graphile_worker._private_jobs`,
    ])
    expect(everything).not.toContain(token)
  })

  it('is sent by who follows the person, by their director, their local admin and the team, by nobody else', async () => {
    const { spip, branch, court } = country
    const may = [
      counsellor,
      director,
      await anAgent(spip, 'local_admin'),
      await anAgent(court, 'central_admin'),
    ]
    for (const actor of may) {
      const person = await followed()
      expect(await codeOf(invite(person.id, monday, actor)), actor.role).toBe('done')
    }
    const person = await followed()
    const mayNot = await Promise.all([
      anAgent(spip, 'probation_counsellor'),
      anAgent(spip, 'probation_secretary'),
      anAgent(court, 'sentence_clerk'),
      anAgent(court, 'sentence_judge'),
    ])
    for (const actor of mayNot)
      expect(await codeOf(invite(person.id, monday, actor)), actor.role).toBeInstanceOf(Forbidden)
    // Linked to the same court, and another service.
    for (const actor of [
      await anAgent(branch, 'probation_director'),
      await anAgent(country.foreign, 'local_admin'),
    ]) {
      const refused = await codeOf(invite(person.id, monday, actor))
      expect(refused instanceof Forbidden || refused instanceof NotFound, actor.role).toBe(true)
    }
    expect(await prisma.spaceAccount.count({ where: { probationerId: person.id } })).toBe(0)
  })

  it('goes with the registration when its box is ticked; whoever may not invite registers nobody so', async () => {
    const typed = (phone: string, more: object = {}) => ({
      ...{ lastName: `Invitée ${phone.slice(-2)}`, firstName: 'Nora', dateOfBirth: '1991-04-12', phone },
      ...{ inviteToSpace: true, ...more },
    })
    const register = (input: ReturnType<typeof typed>, actor = counsellor) =>
      at(actor, monday, (ctx) => registerProbationer(ctx, input))
    const { id } = await register(typed('06 39 98 71 01', { assignToMe: true }))
    expect(await lastMessage(id)).toMatchObject({ kind: 'space_invitation' })
    expect(await accountOf(id)).toMatchObject({ invitationCount: 1 })
    // Nobody's person is not theirs to invite.
    expect(await codeOf(register(typed('06 39 98 71 02')))).toBeInstanceOf(Forbidden)
    expect(await prisma.probationer.count({ where: { phone: '+33639987102' } })).toBe(0)
    const secretary = await anAgent(country.spip, 'probation_secretary')
    expect(await codeOf(register(typed('06 39 98 71 03'), secretary))).toBeInstanceOf(Forbidden)
    // Registered without a number, they cannot be told.
    expect(await codeOf(register(typed('', { hasNoMobilePhone: true, assignToMe: true })))).toBe(
      'space.no_phone',
    )
  })

  it('is sent again once, a day later, and never a third time, even by two clicks at once', async () => {
    const person = await followed()
    const clicks = () => Promise.all([1, 2].map(() => codeOf(invite(person.id))))
    expect((await clicks()).sort()).toEqual(['done', 'space.invited_today'])
    expect(await codeOf(invite(person.id, after(23 * hour)))).toBe('space.invited_today')
    const first = await sms(person.id, after(1_000))
    const later = after(2 * day)
    const relaunches = await Promise.all([1, 2].map(() => codeOf(invite(person.id, later))))
    expect(relaunches.sort()).toEqual(['done', 'space.no_invitation_left'])
    expect(await codeOf(invite(person.id, after(40 * day)))).toBe('space.no_invitation_left')
    expect(await prisma.message.count({ where: { probationerId: person.id } })).toBe(2)
    // The link that was sent first opens nothing any more.
    const { token } = await sms(person.id, later)
    expect(
      await codeOf(at(nobody, later, (ctx) => acceptSpaceInvitation(ctx, { token: first.token, password }))),
    ).toBe('space.link_over')
    expect(await codeOf(at(nobody, later, (ctx) => acceptSpaceInvitation(ctx, { token, password })))).toBe(
      'done',
    )
    await expect(
      prisma.spaceAccount.update({ where: { probationerId: person.id }, data: { invitationCount: 3 } }),
    ).rejects.toThrow('space_account_invitations_check')
  })

  it('that failed for good is no invitation', async () => {
    const person = await followed()
    await invite(person.id)
    const { id } = await sms(person.id, after(1_000))
    await at(nobody, after(2_000), (ctx) =>
      recordSendResult(ctx, {
        messageId: id,
        outcome: { kind: 'refused_for_good', reason: 'rejected' },
      }),
    )
    expect(await accountOf(person.id)).toMatchObject({ invitationCount: 0, lastInvitedAt: null })
    expect(await codeOf(invite(person.id, after(hour)))).toBe('done')
  })

  it('is refused, saying why, where no SMS is of use; on paper for who wants none', async () => {
    const archived = await followed({ archivedAt: monday })
    const refusing = await followed({ smsOptOut: true })
    const unreachable = await followed({ phone: null })
    expect(await codeOf(invite(archived.id))).toBe('probationer.archived')
    expect(await codeOf(invite(refusing.id))).toBe('space.sms_refused')
    expect(await codeOf(invite(unreachable.id))).toBe('space.no_phone')
    const { address } = await at(counsellor, monday, (ctx) =>
      handInvitationOver(ctx, { probationerId: refusing.id }),
    )
    const token = /\/i\/(\w{26})$/.exec(address)?.[1] ?? ''
    await at(nobody, after(hour), (ctx) => acceptSpaceInvitation(ctx, { token, password }))
    expect(await enter(refusing.phone ?? '')).toMatchObject({ probationerId: refusing.id })
    expect(await prisma.message.count({ where: { probationerId: refusing.id } })).toBe(0)
  })

  it('is printed again for a day when the sheet is spoilt, as the same invitation; the former sheet opens nothing', async () => {
    const { id } = await followed({ smsOptOut: true })
    const print = async (ms: number) => {
      const { address } = await at(counsellor, after(ms), (ctx) =>
        handInvitationOver(ctx, { probationerId: id }),
      )
      return address.slice(-26)
    }
    const open = (token: string, ms: number) =>
      codeOf(at(nobody, after(ms), (ctx) => acceptSpaceInvitation(ctx, { token, password })))
    // Two clicks at once, then a reload.
    const [one, two] = await Promise.all([print(0), print(1)])
    const last = await print(23 * hour)
    expect(await accountOf(id)).toMatchObject({ invitationCount: 1, lastInvitedOnPaper: true })
    expect((await accountOf(id)).lastInvitedAt?.getTime()).toBeLessThan(after(hour).getTime())
    const lines = await prisma.historyEntry.findMany({ where: { probationerId: id }, orderBy: { id: 'asc' } })
    expect(lines.map(({ event }) => event)).toEqual([
      'space.handed_over',
      'space.printed_again',
      'space.printed_again',
    ])
    // The day over, a sheet is the second invitation, and the last one with those of its day.
    const second = await print(25 * hour)
    expect(await accountOf(id)).toMatchObject({ invitationCount: 2 })
    const again = await print(26 * hour)
    expect(await codeOf(print(50 * hour))).toBe('space.no_invitation_left')
    for (const former of [one, two, last, second])
      expect(await open(former, 27 * hour)).toBe('space.link_over')
    expect(await open(again, 27 * hour)).toBe('done')
    expect(await codeOf(print(28 * hour))).toBe('space.already_open')
  })

  it('is told to agents as it is: on paper, over, taken back, and whose it is to send', async () => {
    const { id } = await followed({ smsOptOut: true })
    const told = (ms: number, actor = counsellor) => at(actor, after(ms), (ctx) => spaceOf(ctx, id))
    const colleague = await anAgent(country.spip, 'probation_counsellor')
    expect([(await told(0)).mayInvite, (await told(0, colleague)).mayInvite]).toEqual([true, false])
    await at(counsellor, after(0), (ctx) => handInvitationOver(ctx, { probationerId: id }))
    expect(await told(hour)).toMatchObject({
      state: 'invited',
      isOnPaper: true,
      isSameSheet: true,
      overSince: null,
    })
    expect(await told(8 * day)).toMatchObject({
      state: 'invited',
      isSameSheet: false,
      overSince: '2026-10-12',
    })
    await at(counsellor, after(8 * day), (ctx) => handInvitationOver(ctx, { probationerId: id }))
    expect(await told(9 * day)).toMatchObject({ state: 'reinvited', overSince: null, resetOn: null })
    await at(director, after(16 * day), (ctx) => resetSpaceAccess(ctx, { probationerId: id }))
    expect(await told(17 * day)).toMatchObject({ overSince: null })
  })

  it('is sent where one service at least has the space open', async () => {
    const closed = country.branch
    await prisma.organization.update({ where: { id: closed.id }, data: { probationerSpaceEnabled: false } })
    const admin = await anAgent(closed, 'local_admin')
    const person = await aPerson([closed])
    expect(await codeOf(invite(person.id, monday, admin))).toBe('space.not_enabled')
    await prisma.following.create({ data: { probationerId: person.id, organizationId: country.spip.id } })
    expect(await codeOf(invite(person.id, monday, admin))).toBe('done')
  })
})

describe('the list of persons', () => {
  const accounts: Record<SpaceState, object | null> = {
    never: null,
    invited: { invitationCount: 1, lastInvitedAt: monday },
    reinvited: { invitationCount: 2, lastInvitedAt: monday },
    open: { invitationCount: 1, acceptedAt: monday },
    revoked: { invitationCount: 1, acceptedAt: monday, revokedAt: monday },
  }

  it('is narrowed to where the space stands, of the own service', async () => {
    const wanted = new Map<SpaceState, number>()
    for (const state of spaceStates)
      for (const service of [country.spip, country.foreign]) {
        const { id } = await aPerson([service], { lastName: 'FILTREE', firstName: `${state} ${service.id}` })
        if (service === country.spip) wanted.set(state, id)
        const account = accounts[state]
        if (account) await prisma.spaceAccount.create({ data: { probationerId: id, ...account } })
      }
    for (const space of spaceStates) {
      const { rows } = await at(director, after(hour), (ctx) =>
        listProbationers(ctx, { text: 'FILTREE', space, page: 1, perPage: 50 }),
      )
      expect(
        rows.map(({ id }) => id),
        space,
      ).toEqual([wanted.get(space)])
    }
  })
})

describe('creating the space', () => {
  it('takes the link once, within seven days; a page that is only looked at takes nothing', async () => {
    const person = await followed()
    await invite(person.id)
    const { token } = await sms(person.id, after(1_000))
    const accept = (when: Date, typed = password) =>
      codeOf(at(nobody, when, (ctx) => acceptSpaceInvitation(ctx, { token, password: typed })))
    expect(await accept(after(7 * day))).toBe('space.link_over')
    for (const weak of [
      'karim-2026-karim',
      'motdepasse1234',
      (person.phone ?? '').replace('+33', '0') + 'ab',
    ])
      expect(await accept(after(hour), weak), weak).toBe('space.password_guessable')
    const both = await Promise.all([accept(after(hour)), accept(after(hour))])
    expect(both.sort()).toEqual(['done', 'space.link_over'])
    expect((await accountOf(person.id)).acceptedAt).toEqual(after(hour))
    expect(await codeOf(invite(person.id, after(3 * day)))).toBe('space.already_open')
  })
})

describe('entering the space', () => {
  it('reads the number however it is spelt', async () => {
    const { phone, id } = await opened()
    const digits = phone.slice(3)
    for (const spelt of [
      `0${digits}`,
      `0${digits.slice(0, 1)} ${digits.slice(1, 3)} ${digits.slice(3)}`,
      `+33 ${digits}`,
      `0033${digits}`,
      `0${digits.slice(0, 1)}.${digits.slice(1)}`,
    ])
      expect(await enter(spelt), spelt).toMatchObject({ probationerId: id })
  })

  it('waits after three wrong passwords, longer and longer, whoever has the number; an SMS opens it again', async () => {
    const { phone } = await opened()
    const stranger = '06 39 98 99 99'
    for (const typed of [phone, stranger]) {
      for (let n = 0; n < 3; n++) expect(await enter(typed, another)).toBeNull()
      expect(await enter(typed)).toBeNull()
    }
    expect(await enter(phone, password, after(hour + 6_000))).not.toBeNull()

    let when = after(2 * hour)
    for (let n = 0; n < 10; n++) {
      await enter(phone, another, when)
      when = new Date(when.getTime() + 61_000)
    }
    expect(await enter(phone, password, when)).toBeNull()
    await at(nobody, when, (ctx) => requestSpaceReset(ctx, { phone }))
    const person = await prisma.probationer.findUniqueOrThrow({ where: { phone } })
    const { token } = await sms(person.id, when)
    await at(nobody, when, (ctx) => resetSpacePassword(ctx, { token, password: another }))
    expect(await enter(phone, another, when)).not.toBeNull()
    expect(await enter(phone, password, when)).toBeNull()
  })
})

describe('a forgotten password', () => {
  it('is chosen again by SMS within half an hour, which closes what was open and says so', async () => {
    const { phone, id, accountId } = await opened()
    await aSession(accountId)
    await at(nobody, after(day), (ctx) => requestSpaceReset(ctx, { phone }))
    const { text, token } = await sms(id, after(day))
    expect(text).toMatch(/^Mon Suivi Justice : choisissez un nouveau mot de passe/)
    const choose = (when: Date) =>
      codeOf(at(nobody, when, (ctx) => resetSpacePassword(ctx, { token, password: another })))
    expect(await choose(after(day + 31 * 60_000))).toBe('space.link_over')
    expect(await choose(after(day + 60_000))).toBe('done')
    expect(await choose(after(day + 60_000))).toBe('space.link_over')
    expect(await sessionsOf(accountId)).toBe(0)
    expect(await lastMessage(id)).toMatchObject({ kind: 'space_password_changed' })
  })

  it('makes a phone ring three times an hour at most', async () => {
    const { phone, id } = await opened()
    for (let n = 0; n < 6; n++)
      await at(nobody, after(day + n * 60_000), (ctx) => requestSpaceReset(ctx, { phone }))
    expect(await prisma.message.count({ where: { probationerId: id, kind: 'space_reset' } })).toBe(3)
  })

  it('sends nothing for an archived record, a closed access, a number that has not been seen for six months', async () => {
    const archived = await opened()
    await at(counsellor, after(hour), (ctx) => archiveProbationer(ctx, { probationerId: archived.id }))
    const revoked = await opened()
    await at(counsellor, after(hour), (ctx) => revokeSpace(ctx, { probationerId: revoked.id }))
    const silent = await opened()
    for (const [{ phone, id }, when] of [
      [archived, after(day)],
      [revoked, after(day)],
      [silent, after(200 * day)],
    ] as const) {
      await at(nobody, when, (ctx) => requestSpaceReset(ctx, { phone }))
      expect(await prisma.message.count({ where: { probationerId: id, kind: 'space_reset' } })).toBe(0)
    }
  })

  it('is changed by who says the present one: the other sessions end, this one goes on', async () => {
    const { id, accountId, phone } = await opened()
    await aSession(accountId, `mine-${accountId}`)
    await aSession(accountId)
    const me: ProbationerActor = { kind: 'probationer', id, sessionId: `mine-${accountId}` }
    const change = (presentPassword: string) =>
      codeOf(at(me, after(day), (ctx) => changeSpacePassword(ctx, { presentPassword, password: another })))
    expect(await change(another)).toBe('space.present_password_wrong')
    expect(await change(password)).toBe('done')
    expect(await prisma.spaceSession.findMany({ where: { accountId }, select: { sid: true } })).toEqual([
      { sid: `mine-${accountId}` },
    ])
    expect(await enter(phone, another, after(day))).not.toBeNull()
  })
})
