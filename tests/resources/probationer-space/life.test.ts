import { beforeAll, describe, expect, it, vi } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { transferPerson } from '../../../resources/divestment/commands/request.server'
import { personToTransfer } from '../../../resources/divestment/queries/record.server'
import { claimMessage } from '../../../resources/message/commands/deliver.server'
import { updateFlags } from '../../../resources/organization/commands/edit.server'
import {
  archiveProbationer,
  unarchiveProbationer,
} from '../../../resources/probationer/commands/archive.server'
import { deleteProbationer } from '../../../resources/probationer/commands/delete.server'
import { assignToMe, unassign } from '../../../resources/probationer/commands/follow-up.server'
import { handOver } from '../../../resources/probationer/commands/hand-over.server'
import { mergeProbationers } from '../../../resources/probationer/commands/merge.server'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { mergePreview } from '../../../resources/probationer/queries/merge.server'
import { probationerRecord, probationerToEdit } from '../../../resources/probationer/queries/record.server'
import { chooseSms } from '../../../resources/probationer-space/commands/choices.server'
import { takeOwnFile } from '../../../resources/probationer-space/commands/export.server'
import { resetSpaceAccess, revokeSpace } from '../../../resources/probationer-space/commands/invite.server'
import {
  requestSpaceReset,
  resetSpacePassword,
} from '../../../resources/probationer-space/commands/password.server'
import { ownAppointments, ownContacts } from '../../../resources/probationer-space/queries/mine.server'
import type { AgentActor, ProbationerActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { day, hour } from '../../../resources/shared/duration'
import { Forbidden } from '../../../resources/shared/errors'
import {
  accept,
  accountOf,
  after,
  anInvited,
  anOpened,
  another,
  aSession,
  at,
  codeOf,
  enter,
  invite,
  lastMessage,
  nobody,
  password,
  sessionsOf,
  sms,
} from '../../support/space'
import { aCountry, anAgent, aPerson, monday } from '../../support/world'

// What happens to a person's record, and what becomes of their space: a test an event.

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let director: AgentActor
let localAdmin: AgentActor
let central: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor', { firstName: 'Inès', lastName: 'Faure' })
  await prisma.agent.update({
    where: { id: counsellor.id },
    data: { phone: '+33199007788', sharesPhone: true, sharesEmail: true },
  })
  director = await anAgent(country.spip, 'probation_director')
  localAdmin = await anAgent(country.spip, 'local_admin')
  central = await anAgent(country.court, 'central_admin')
})

type Person = Parameters<typeof aPerson>[1]
const invited = (more: Person = {}) => anInvited(counsellor, [country.spip], more)
const opened = (more: Person = {}) => anOpened(counsellor, [country.spip], more)
const themselves = (id: number): ProbationerActor => ({ kind: 'probationer', id })

const contactsOf = (id: number, when = after(day)) => at(themselves(id), when, (ctx) => ownContacts(ctx, {}))
const appointmentsOf = (id: number, when = after(day)) =>
  at(themselves(id), when, (ctx) => ownAppointments(ctx, {}))
const book = (probationerId: number, date = '2026-10-20') =>
  at(counsellor, after(hour), (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, date, time: '14:30', inform: 'reminder_only' },
      ...{ typeCode: 'probation_follow_up', placeId: country.spip.placeId },
    }),
  )

let numbers = 7100
const aNumber = () => `06 39 98 ${String(numbers).slice(0, 2)} ${String(numbers++).slice(2)}`
const e164 = (typed: string) => typed.replace(/ /g, '').replace(/^0/, '+33')

/** An agent types another number; none is said to be no mobile. */
async function type(id: number, phone: string | null, when = after(day), formerNumberLost = false) {
  const form = await at(counsellor, when, (ctx) => probationerToEdit(ctx, { probationerId: id }))
  const number = { phone: phone ?? '', hasNoMobilePhone: phone === null }
  return at(counsellor, when, (ctx) =>
    updateProbationer(ctx, {
      ...{ ...form.person, ...number, formerNumberLost },
      ...{ version: form.version, probationerId: id },
    }),
  )
}
const askReset = (phone: string, when: Date) => at(nobody, when, (ctx) => requestSpaceReset(ctx, { phone }))
const sent = (probationerId: number, kind: 'space_reset' | 'space_new_number' | 'space_invitation') =>
  prisma.message.count({ where: { probationerId, kind } })

describe('another number', () => {
  it('is entered with, by the same password: sessions end, and the new line alone is told', async () => {
    const { id, accountId, phone } = await opened()
    await aSession(accountId)
    const number = aNumber()
    await type(id, number)
    expect(await sessionsOf(accountId)).toBe(0)
    expect(await enter(phone)).toBeNull()
    expect(await enter(number)).toMatchObject({ probationerId: id })
    expect((await sms(id, after(day))).text).toMatch(
      /^Mon Suivi Justice : votre espace s'ouvre maintenant avec ce numéro/,
    )
    expect(await lastMessage(id)).toMatchObject({ phone: e164(number) })
    expect(await sent(id, 'space_new_number')).toBe(1)
  })

  it('of somebody else is refused, and changes nothing of the access', async () => {
    const { id, accountId, phone } = await opened()
    const theirs = await opened()
    await aSession(accountId)
    expect(await codeOf(type(id, theirs.phone))).toBe('probationer.phone_taken')
    expect(await sessionsOf(accountId)).toBe(1)
    expect(await enter(phone)).toMatchObject({ probationerId: id })
    expect(await enter(theirs.phone)).toMatchObject({ probationerId: theirs.id })
  })

  it('gives one more invitation, at once, and takes the link of the former one away', async () => {
    const { id, token } = await invited()
    await type(id, aNumber(), after(hour))
    expect(await codeOf(accept(token, after(hour)))).toBe('space.link_over')
    expect(await codeOf(invite(counsellor, id, after(2 * hour)))).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(3 * hour)))).toBe('space.invited_today')
    expect(await codeOf(invite(counsellor, id, after(2 * day)))).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(4 * day)))).toBe('space.no_invitation_left')
  })

  it('that nobody was invited at brings nothing: two invitations go to the line that is theirs', async () => {
    const { id } = await invited()
    await type(id, aNumber(), after(day))
    await type(id, aNumber(), after(day + hour))
    await type(id, aNumber(), after(day + 2 * hour))
    expect(await codeOf(invite(counsellor, id, after(2 * day)))).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(4 * day)))).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(6 * day)))).toBe('space.no_invitation_left')
  })

  it('taken away again leaves what the first one had: no third invitation, none within a day', async () => {
    const { id, phone } = await invited()
    for (const between of [null, aNumber(), null]) {
      await type(id, between, after(hour))
      await type(id, phone, after(2 * hour))
      expect(await codeOf(invite(counsellor, id, after(3 * hour)))).toBe('space.invited_today')
    }
    expect(await codeOf(invite(counsellor, id, after(2 * day)))).toBe('done')
    for (const between of [null, aNumber()]) {
      await type(id, between, after(3 * day))
      await type(id, phone, after(4 * day))
      expect(await codeOf(invite(counsellor, id, after(5 * day)))).toBe('space.no_invitation_left')
    }
    expect(await sent(id, 'space_invitation')).toBe(2)
    expect(JSON.stringify(await accountOf(id))).not.toContain(phone.slice(4))
  })

  it('typed back after the access was taken to its beginning leaves the invitation that this gave', async () => {
    const { id, phone } = await invited()
    const number = aNumber()
    await type(id, number, after(hour))
    await invite(counsellor, id, after(2 * hour))
    await invite(counsellor, id, after(2 * day))
    await at(director, after(3 * day), (ctx) => resetSpaceAccess(ctx, { probationerId: id }))
    await type(id, phone, after(4 * day))
    expect(await codeOf(invite(counsellor, id, after(5 * day)))).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(7 * day)))).toBe('space.no_invitation_left')
  })
})

describe('a number that is lost', () => {
  it('opens with no former password any more; another is chosen by SMS to the new one', async () => {
    const { id, accountId } = await opened()
    await aSession(accountId)
    const number = aNumber()
    await type(id, number, after(day), true)
    expect(await sessionsOf(accountId)).toBe(0)
    expect(await enter(number)).toBeNull()
    await askReset(number, after(2 * day))
    const { token } = await sms(id, after(2 * day))
    await at(nobody, after(2 * day), (ctx) => resetSpacePassword(ctx, { token, password: another }))
    expect(await enter(number, another, after(2 * day))).toMatchObject({ probationerId: id })
  })

  it('after half a year of silence too: the number that an agent has just given is trusted', async () => {
    const { id, phone } = await opened()
    await askReset(phone, after(200 * day))
    expect(await sent(id, 'space_reset')).toBe(0)
    const number = aNumber()
    await type(id, number, after(201 * day), true)
    await askReset(number, after(202 * day))
    const { token } = await sms(id, after(202 * day))
    await at(nobody, after(202 * day), (ctx) => resetSpacePassword(ctx, { token, password: another }))
    expect(await enter(number, another, after(202 * day))).toMatchObject({ probationerId: id })
    // And no longer than any other.
    const silent = await opened()
    const other = aNumber()
    await type(silent.id, other, after(day), true)
    await askReset(other, after(190 * day))
    expect(await sent(silent.id, 'space_reset')).toBe(0)
  })

  it('tells agents nothing of when the person came', async () => {
    const { id } = await opened()
    await type(id, aNumber(), after(day))
    const record = await at(counsellor, after(2 * day), (ctx) =>
      probationerRecord(ctx, { probationerId: id }),
    )
    const { numberSeenOn } = await accountOf(id)
    const seenOn = numberSeenOn?.toISOString().slice(0, 10)
    expect(seenOn).toBe('2026-10-06')
    expect(JSON.stringify(record.space)).not.toContain(seenOn)
  })
})

describe('a number that is removed', () => {
  it('lets everybody out, and nobody in until there is one again: the space is kept meanwhile', async () => {
    const { id, accountId, phone } = await opened()
    await aSession(accountId)
    await type(id, null)
    expect(await sessionsOf(accountId)).toBe(0)
    expect(await enter(phone)).toBeNull()
    expect(await sent(id, 'space_new_number')).toBe(0)
    await askReset(phone, after(day))
    expect(await sent(id, 'space_reset')).toBe(0)
    const number = aNumber()
    await type(id, number, after(2 * day))
    expect(await enter(number, password, after(2 * day))).toMatchObject({ probationerId: id })
    expect(await sent(id, 'space_new_number')).toBe(1)
  })
})

describe('SMS that are refused', () => {
  it('leave the space open, by its password alone; taken again, what is to come is reminded', async () => {
    const { id, phone, accountId } = await opened()
    await book(id)
    await aSession(accountId)
    const choose = (wanted: boolean, when: Date) =>
      codeOf(at(themselves(id), when, (ctx) => chooseSms(ctx, { wanted: wanted ? 'on' : '' })))
    expect(await choose(false, after(day))).toBe('done')
    expect(await sessionsOf(accountId)).toBe(1)
    expect(await enter(phone, password, after(day))).toMatchObject({ probationerId: id })
    await askReset(phone, after(day))
    expect(await sent(id, 'space_reset')).toBe(0)
    // Its turn comes while they are refused.
    const reminder = await prisma.message.findFirstOrThrow({ where: { probationerId: id, kind: 'reminder' } })
    expect(
      await at(nobody, reminder.dueAt, (ctx) => claimMessage(ctx, { messageId: reminder.id })),
    ).toBeNull()
    const states = async () =>
      (
        await prisma.message.findMany({
          where: { probationerId: id, kind: 'reminder' },
          orderBy: { id: 'asc' },
        })
      ).map(({ state }) => state)
    expect(await states()).toEqual(['suppressed'])
    expect(await choose(true, new Date(reminder.dueAt.getTime() + hour))).toBe('done')
    expect(await states()).toEqual(['suppressed', 'planned'])
    const { history } = await at(counsellor, after(2 * day), (ctx) =>
      probationerRecord(ctx, { probationerId: id }),
    )
    expect(history.lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['space.sms_refused', 'space.sms_taken_again']),
    )
  })
})

describe('another referent', () => {
  const give = (id: number, agent: { id: number }, when: Date) =>
    at(director, when, (ctx) => handOver(ctx, { probationerIds: [id], agentId: agent.id }))
  const take = (id: number, agent: AgentActor, when: Date) =>
    at(agent, when, (ctx) => assignToMe(ctx, { probationerId: id }))
  const back = (id: number, agent: AgentActor, when: Date) =>
    at(agent, when, (ctx) => unassign(ctx, { probationerId: id }))

  it('is the one that is named and called at once, which is said for thirty days', async () => {
    const { id } = await opened()
    const moreau = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Moreau' })
    expect(await contactsOf(id)).toMatchObject({
      referent: { name: 'Inès Faure', phone: '+33199007788' },
      isReferentNew: false,
    })
    await give(id, moreau, after(2 * day))
    const { referent, isReferentNew } = await contactsOf(id, after(2 * day))
    expect(referent).toEqual({
      ...{ name: 'Claire Moreau', service: country.spip.name, phone: null, email: null },
    })
    expect(isReferentNew).toBe(true)
    expect(await contactsOf(id, after(31 * day))).toMatchObject({ isReferentNew: true })
    expect(await contactsOf(id, after(33 * day))).toMatchObject({ isReferentNew: false })
  })

  it('is no other when it is the first, or the same again', async () => {
    const [taken, given] = [await aPerson([country.spip]), await aPerson([country.spip])]
    expect(await contactsOf(taken.id)).toMatchObject({ referent: null, isReferentNew: false })
    await take(taken.id, counsellor, after(day))
    await give(given.id, counsellor, after(day))
    for (const { id } of [taken, given])
      expect(await contactsOf(id)).toMatchObject({ referent: { name: 'Inès Faure' }, isReferentNew: false })
    await back(taken.id, counsellor, after(2 * day))
    await take(taken.id, counsellor, after(3 * day))
    expect(await contactsOf(taken.id, after(3 * day))).toMatchObject({ isReferentNew: false })
  })

  it('is said too when the one before gave the person back, or had registered them', async () => {
    const moreau = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Moreau' })
    const registered = await at(counsellor, monday, (ctx) =>
      registerProbationer(ctx, {
        ...{ lastName: 'Reprise', firstName: 'Nora', dateOfBirth: '1991-04-12', phone: aNumber() },
        assignToMe: true,
      }),
    )
    const isNew = async (when: Date) => (await contactsOf(registered.id, when)).isReferentNew
    await back(registered.id, counsellor, after(day))
    await take(registered.id, counsellor, after(2 * day))
    expect(await isNew(after(2 * day))).toBe(false)
    await back(registered.id, counsellor, after(3 * day))
    await take(registered.id, moreau, after(4 * day))
    expect(await isNew(after(4 * day))).toBe(true)
  })
})

describe('a person who is passed to another service', () => {
  it('keeps their access and their dates; the new service is shown, nobody of the former one', async () => {
    const { id, phone } = await opened()
    await book(id)
    const { version } = await at(central, after(day), (ctx) => personToTransfer(ctx, { probationerId: id }))
    await at(central, after(day), (ctx) =>
      transferPerson(ctx, {
        ...{ probationerId: id, version, organizationId: country.foreign.id, reason: 'Déménagement' },
      }),
    )
    expect(await enter(phone, password, after(2 * day))).toMatchObject({ probationerId: id })
    const { referent, services } = await contactsOf(id, after(2 * day))
    expect(referent).toBeNull()
    expect(services.map(({ name }) => name)).toContain(country.foreign.name)
    expect(services.map(({ name }) => name)).not.toContain(country.spip.name)
    const { toCome } = await appointmentsOf(id, after(2 * day))
    expect(toCome.map(({ service }) => service)).toEqual([country.spip.name])
  })
})

describe('an archived record', () => {
  it('names nobody, is read only, and is as before once it is taken out of the archives', async () => {
    const { id, phone, accountId } = await opened()
    await book(id)
    await aSession(accountId)
    await at(counsellor, after(day), (ctx) => archiveProbationer(ctx, { probationerId: id }))
    expect(await contactsOf(id, after(2 * day))).toMatchObject({ isOver: true, referent: null })
    expect((await appointmentsOf(id, after(2 * day))).toCome).toHaveLength(1)
    expect(await sessionsOf(accountId)).toBe(1)
    expect(await enter(phone, password, after(2 * day))).toMatchObject({ probationerId: id })
    const refuse = (when: Date) => codeOf(at(themselves(id), when, (ctx) => chooseSms(ctx, { wanted: '' })))
    expect(await refuse(after(2 * day))).toBe('space.read_only')
    expect(await prisma.probationer.count({ where: { id, smsOptOut: true } })).toBe(0)
    await askReset(phone, after(2 * day))
    expect(await sent(id, 'space_reset')).toBe(0)

    await at(localAdmin, after(3 * day), (ctx) => unarchiveProbationer(ctx, { probationerId: id }))
    expect(await contactsOf(id, after(4 * day))).toMatchObject({
      ...{ isOver: false, referent: { name: 'Inès Faure', phone: '+33199007788' } },
    })
    expect(await codeOf(invite(counsellor, id, after(4 * day)))).toBe('space.already_open')
    await askReset(phone, after(4 * day))
    expect(await sent(id, 'space_reset')).toBe(1)
    expect(await refuse(after(4 * day))).toBe('done')
  })

  it('is entered through no link that was sent before', async () => {
    const { id, token } = await invited()
    await at(counsellor, after(hour), (ctx) => archiveProbationer(ctx, { probationerId: id }))
    expect(await codeOf(accept(token, after(2 * hour)))).toBe('space.link_over')
  })
})

describe('two records of one person', () => {
  const preview = (keptId: number, otherId: number, when: Date) =>
    at(central, when, (ctx) => mergePreview(ctx, { probationerId: keptId, otherId }))
  const merge = async (kept: { id: number }, other: { id: number }, when = after(day)) => {
    const { kept: seen, other: otherSeen, outcome } = await preview(kept.id, other.id, when)
    await at(central, when, (ctx) =>
      mergeProbationers(ctx, {
        ...{ probationerId: kept.id, otherId: other.id },
        ...{ version: seen.version, otherVersion: otherSeen?.version ?? '' },
      }),
    )
    return outcome?.spaceLost
  }

  it('keep the space of the other under the number that stays: sessions end, that line is told', async () => {
    const kept = await aPerson([country.spip])
    const other = await opened()
    await aSession(other.accountId)
    await merge(kept, other)
    expect(await sessionsOf(other.accountId)).toBe(0)
    expect(await accountOf(kept.id)).toMatchObject({ id: other.accountId })
    expect(await enter(other.phone)).toBeNull()
    expect(await enter(kept.phone ?? '')).toMatchObject({ probationerId: kept.id })
    expect(await lastMessage(kept.id)).toMatchObject({ kind: 'space_new_number' })
    await sms(kept.id, after(day))
    expect(await lastMessage(kept.id)).toMatchObject({ phone: kept.phone })
  })

  it('take away the link that was sent to the number that is not kept', async () => {
    const kept = await aPerson([country.spip], { assignedAgentId: counsellor.id })
    const other = await invited()
    await merge(kept, other)
    expect(await codeOf(accept(other.token, after(day)))).toBe('space.link_over')
    expect(await codeOf(invite(counsellor, kept.id, after(2 * day)))).toBe('done')
    const { token } = await sms(kept.id, after(2 * day))
    expect(await codeOf(accept(token, after(2 * day)))).toBe('done')
  })

  it('leave in peace the space whose number stays, its sessions too', async () => {
    const kept = await aPerson([country.spip], { phone: null })
    const other = await opened()
    await aSession(other.accountId)
    await merge(kept, other)
    expect(await sessionsOf(other.accountId)).toBe(1)
    expect(await enter(other.phone)).toMatchObject({ probationerId: kept.id })
    expect(await sent(kept.id, 'space_new_number')).toBe(0)
  })

  it('keep the space that serves: neither one that was closed, nor one that was never created', async () => {
    const closed = await opened()
    await at(counsellor, after(hour), (ctx) => revokeSpace(ctx, { probationerId: closed.id }))
    const open = await opened()
    await aSession(open.accountId)
    expect(await merge(closed, open)).toBe('kept')
    expect(await accountOf(closed.id)).toMatchObject({ id: open.accountId, revokedAt: null })
    expect(await enter(closed.phone)).toMatchObject({ probationerId: closed.id })
    expect(await sessionsOf(closed.accountId)).toBe(0)

    const waiting = await invited()
    const used = await opened()
    expect(await merge(used, waiting)).toBe('other')
    expect(await codeOf(accept(waiting.token, after(day)))).toBe('space.link_over')
    expect(await enter(used.phone)).toMatchObject({ probationerId: used.id })
  })

  it('of which both spaces serve, keep the one of the number that stays; the sessions of the other end', async () => {
    const unreached = await opened()
    await prisma.probationer.update({ where: { id: unreached.id }, data: { phoneState: 'dead' } })
    const reached = await opened()
    await aSession(unreached.accountId)
    await aSession(reached.accountId)
    expect(await merge(unreached, reached)).toBe('kept')
    expect(await sessionsOf(unreached.accountId)).toBe(0)
    expect(await sessionsOf(reached.accountId)).toBe(1)
    expect(await enter(reached.phone)).toMatchObject({ probationerId: unreached.id })
    expect(await enter(unreached.phone)).toBeNull()
  })
})

describe('a person who is erased', () => {
  it('leaves nothing of a space: password, links, sessions and SMS go in the same transaction', async () => {
    const { id, accountId, phone } = await opened()
    await aSession(accountId)
    await askReset(phone, after(day))
    await prisma.rightsRequest.create({
      data: { probationerId: id, kind: 'erasure', receivedOn: monday, dueOn: monday },
    })
    const left = async () => [
      await prisma.spaceAccount.count({ where: { id: accountId } }),
      await prisma.spaceToken.count({ where: { spaceAccountId: accountId } }),
      await sessionsOf(accountId),
      await prisma.message.count({ where: { probationerId: id } }),
    ]
    expect(await left()).toEqual([1, 2, 1, 2])
    // One that fails in the end has erased nothing.
    const fails = at(director, after(2 * day), async (ctx) => {
      await deleteProbationer(ctx, { probationerId: id })
      throw new Error('the power is cut')
    })
    await expect(fails).rejects.toThrow('the power is cut')
    expect(await left()).toEqual([1, 2, 1, 2])
    await at(director, after(2 * day), (ctx) => deleteProbationer(ctx, { probationerId: id }))
    expect(await left()).toEqual([0, 0, 0, 0])
    expect(await enter(phone)).toBeNull()
  })
})

describe('a service that closes its space', () => {
  it('invites nobody; what was created is kept, and serves again when it opens', async () => {
    const { id, phone } = await anOpened(counsellor, [country.spip])
    const person = await aPerson([country.spip], { assignedAgentId: counsellor.id })
    const set = async (probationerSpaceEnabled: boolean) => {
      const { updatedAt } = await prisma.organization.findUniqueOrThrow({ where: { id: country.spip.id } })
      await at(central, after(day), (ctx) =>
        updateFlags(ctx, {
          ...{ organizationId: country.spip.id, version: updatedAt.toISOString() },
          ...{ openedAt: '2026-01-05', probationerSpaceEnabled },
        }),
      )
    }
    await set(false)
    try {
      expect(await codeOf(invite(counsellor, person.id, after(day)))).toBe('space.not_enabled')
    } finally {
      await set(true)
    }
    expect(await codeOf(invite(counsellor, person.id, after(day)))).toBe('done')
    expect(await enter(phone, password, after(day))).toMatchObject({ probationerId: id })
  })
})

describe('the wrong person invited', () => {
  it('is let out at once by who may invite; a director opens the access anew, with one invitation', async () => {
    const { id, accountId, phone } = await opened()
    await aSession(accountId)
    await at(counsellor, after(hour), (ctx) => revokeSpace(ctx, { probationerId: id }))
    expect(await sessionsOf(accountId)).toBe(0)
    expect(await enter(phone)).toBeNull()
    expect(await codeOf(invite(counsellor, id, after(3 * day)))).toBe('space.revoked')
    const reset = (actor: AgentActor) =>
      codeOf(at(actor, after(3 * day), (ctx) => resetSpaceAccess(ctx, { probationerId: id })))
    expect(await reset(counsellor)).toBeInstanceOf(Forbidden)
    expect(await reset(director)).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(3 * day)))).toBe('done')
    expect(await codeOf(invite(counsellor, id, after(6 * day)))).toBe('space.no_invitation_left')
  })

  it('opens nothing with the link that was sent', async () => {
    const { id, token } = await invited()
    await at(counsellor, after(hour), (ctx) => revokeSpace(ctx, { probationerId: id }))
    expect(await codeOf(accept(token, after(2 * hour)))).toBe('space.link_over')
    expect((await accountOf(id)).passwordHash).toBeNull()
  })
})

describe('the copy of a person’s data', () => {
  it('names no agent, whoever wrote and read, and holds neither password nor link', async () => {
    const { id, phone } = await opened()
    await book(id)
    await at(counsellor, after(day), (ctx) => probationerRecord(ctx, { probationerId: id }))
    const moreau = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Moreau' })
    await at(director, after(day), (ctx) => handOver(ctx, { probationerIds: [id], agentId: moreau.id }))
    await askReset(phone, after(day))
    const { token } = await sms(id, after(day))
    const file = await at(themselves(id), after(2 * day), (ctx) =>
      takeOwnFile(ctx, { presentPassword: password }),
    )
    const written = JSON.stringify(file)
    expect(written).toContain('Suivi confié à un autre agent')
    expect(written).toContain('choisissez un nouveau mot de passe')
    for (const name of ['Faure', 'Inès', 'Moreau', 'Vasseur']) expect(written).not.toContain(name)
    const { passwordHash } = await accountOf(id)
    const [link] = await prisma.spaceToken.findMany({
      where: { usedAt: null, spaceAccount: { probationerId: id } },
    })
    for (const secret of [passwordHash, link?.tokenHash, token]) {
      expect(secret).toMatch(/\S{20}/)
      expect(written).not.toContain(secret)
    }
    expect(written).not.toContain('argon2')
  })
})
