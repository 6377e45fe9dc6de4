import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { mergeProbationers } from '../../../resources/probationer/commands/merge.server'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { searchProbationers } from '../../../resources/probationer/queries/list.server'
import { mergePreview, whereMerged } from '../../../resources/probationer/queries/merge.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import { historySentence } from '../../../resources/history'
import { duplicatesOf } from '../../../resources/probationer/queries/duplicates.server'
import { knownPersons } from '../../../resources/probationer/queries/known.sql.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused, Stale } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let central: AgentActor
let counsellor: AgentActor
let clerk: AgentActor

beforeAll(async () => {
  country = await aCountry()
  central = await anAgent(country.spip, 'central_admin')
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  clerk = await anAgent(country.court, 'sentence_clerk')
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
const preview = (keptId: number, otherId: number, actor = central) =>
  by(actor, (ctx) => mergePreview(ctx, { probationerId: keptId, otherId }))
const versionsOf = async (keptId: number, otherId: number) => {
  const { kept, other } = await preview(keptId, otherId)
  return { version: kept.version, otherVersion: other?.version ?? '' }
}
const merge = async (
  keptId: number,
  otherId: number,
  actor = central,
  versions?: { version: string; otherVersion: string },
) => {
  const seen = versions ?? (await versionsOf(keptId, otherId))
  return by(actor, (ctx) => mergeProbationers(ctx, { probationerId: keptId, otherId, ...seen }))
}
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  )
const book = (actor: AgentActor, probationerId: number, date: string, time = '14:30') =>
  by(actor, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, date, time, inform: 'now' as const },
      ...(actor === clerk
        ? { typeCode: 'sentence_judge_follow_up', placeId: country.court.placeId }
        : { typeCode: 'probation_follow_up', placeId: country.spip.placeId }),
    }),
  )

describe('Two records of one person', () => {
  test('keep answering to the number that was not kept, in a form and in a file', async () => {
    const kept = await aPerson([country.spip], { appiNumber: '202312340101' })
    const other = await aPerson([country.spip], { appiNumber: '202312340102' })
    await merge(kept.id, other.id)
    const person = {
      lastName: 'AUTRE',
      firstName: 'Nom',
      dateOfBirth: '1970-01-01',
      appiNumber: '202312340102',
    }
    await actAt(counsellor, monday, async (ctx) => {
      expect(await knownPersons(ctx, person)).toEqual([{ id: kept.id }])
      expect(await duplicatesOf(ctx, { ...person, phone: null })).toMatchObject([
        { probationerId: kept.id, resemblance: 'same_appi_number', blocking: true },
      ])
    })
  })

  test('a number that was lost, given again and lost again leads to the last record', async () => {
    const [first, second, third] = [
      await aPerson([country.spip], { appiNumber: '202312340201' }),
      await aPerson([country.spip], { appiNumber: '202312340202' }),
      await aPerson([country.spip], { appiNumber: '202312340203' }),
    ]
    await merge(second.id, first.id)
    await prisma.probationer.update({ where: { id: second.id }, data: { appiNumber: '202312340201' } })
    await merge(third.id, second.id)
    await actAt(counsellor, monday, async (ctx) => {
      const who = { lastName: 'AUTRE', firstName: 'Nom', dateOfBirth: '1970-01-01' }
      expect(await knownPersons(ctx, { ...who, appiNumber: '202312340201' })).toEqual([{ id: third.id }])
    })
    expect(await by(counsellor, (ctx) => whereMerged(ctx, { probationerId: first.id }))).toEqual({
      id: third.id,
    })
  })

  test('become one: all that the other held follows, and what the kept one lacked is completed', async () => {
    const kept = await aPerson([country.spip], { lastName: 'ABADIE', phone: null })
    await prisma.probationer.update({ where: { id: kept.id }, data: { hasNoMobilePhone: true } })
    const other = await aPerson([country.court, country.spip, country.branch], {
      ...{ lastName: 'ABADI', appiNumber: '202312340001', assignedAgentId: counsellor.id },
    })
    await book(counsellor, kept.id, '2026-10-13')
    const moved = await book(clerk, other.id, '2026-10-14')
    await prisma.divestment.create({
      data: {
        ...{ probationerId: other.id, targetOrganizationId: country.foreign.id, state: 'refused' },
        destinationOrganizationIds: [country.foreign.id],
      },
    })
    await prisma.phoneCall.create({ data: { probationerId: other.id, at: new Date() } })
    await prisma.rightsRequest.create({
      data: { probationerId: other.id, kind: 'access', receivedOn: monday, dueOn: monday },
    })
    await prisma.spaceAccount.create({ data: { probationerId: other.id, invitationCount: 1 } })
    await prisma.identityLookUp.create({
      data: { agentId: clerk.id, probationerId: other.id, at: monday },
    })
    const messages = await prisma.message.count({ where: { probationerId: other.id } })
    expect(messages).toBeGreaterThan(0)

    const said = await preview(kept.id, other.id)
    expect(said.outcome).toMatchObject({
      receives: ['phone', 'appiNumber', 'assignedAgent'],
      loses: [],
      services: ['TJ de Nanterre', 'SPIP de Gennevilliers'],
      obstacles: [],
    })
    expect(said.other?.counts).toMatchObject({
      appointments: 1,
      appointmentsToCome: 1,
      messages,
      requests: 1,
    })
    expect(await prisma.appointment.count({ where: { probationerId: other.id } })).toBe(1)

    await merge(kept.id, other.id)
    const whole = await prisma.probationer.findUniqueOrThrow({
      where: { id: kept.id },
      include: { followings: true, spaceAccount: true, divestments: true, identityLookUps: true },
    })
    expect(whole).toMatchObject({
      ...{ lastName: 'ABADIE', phone: other.phone, hasNoMobilePhone: false, appiNumber: '202312340001' },
      ...{ assignedAgentId: counsellor.id, smsOptOutToken: other.smsOptOutToken },
      spaceAccount: { invitationCount: 1 },
      divestments: [{ state: 'refused' }],
      identityLookUps: [{ agentId: clerk.id }],
    })
    expect(await prisma.probationer.findUnique({ where: { id: other.id } })).toBeNull()
    expect(await prisma.appointment.findUnique({ where: { id: moved.id } })).toMatchObject({
      probationerId: kept.id,
    })
    expect(await prisma.message.count({ where: { appointmentId: moved.id, probationerId: kept.id } })).toBe(
      messages,
    )
    expect(await prisma.rightsRequest.count({ where: { probationerId: kept.id } })).toBe(1)
  })

  test('what triggers derive stays true: who follows, who sees each appointment, what is found', async () => {
    const kept = await aPerson([country.spip], { lastName: 'BERTHOLET' })
    const other = await aPerson([country.branch], { lastName: 'BERTOLÉ' })
    const inBranch = await anAgent(country.branch, 'probation_counsellor')
    await book(counsellor, kept.id, '2026-10-15')
    const { id: appointmentId } = await by(inBranch, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId: other.id, date: '2026-10-16', time: '09:00', inform: 'reminder_only' },
        ...{ typeCode: 'probation_follow_up', placeId: country.branch.placeId },
      }),
    )
    await merge(kept.id, other.id)
    expect(
      (
        await prisma.probationer.findUniqueOrThrow({ where: { id: kept.id } })
      ).followingOrganizationIds.sort(),
    ).toEqual([country.spip.id, country.branch.id].sort())
    const scopes = await prisma.appointmentScope.findMany({ where: { probationerId: kept.id } })
    expect(new Set(scopes.filter((one) => one.follows).map((one) => one.organizationId))).toEqual(
      new Set([country.spip.id, country.branch.id]),
    )
    expect(scopes.filter((one) => one.appointmentId === appointmentId)).toHaveLength(2)
    expect(await prisma.appointmentScope.count({ where: { probationerId: other.id } })).toBe(0)
    const followings = await prisma.following.findMany({ where: { probationerId: kept.id } })
    expect(followings.map(({ lastName, archived }) => [lastName, archived])).toEqual([
      ['BERTHOLET', false],
      ['BERTHOLET', false],
    ])
    // Seen by the other service now, under the name that stays.
    const found = await by(inBranch, (ctx) => searchProbationers(ctx, { text: 'berthol' }))
    expect(found.map(({ id }) => id)).toEqual([kept.id])
    expect(await by(inBranch, (ctx) => searchProbationers(ctx, { text: 'bertolé' }))).toEqual([])
  })

  test('the traces and the history follow, with a line of the merge and the number that is not kept', async () => {
    const kept = await aPerson([country.spip])
    const other = await aPerson([country.spip], { phone: '+33639989901' })
    await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: other.id }))
    await book(counsellor, other.id, '2026-10-19')
    await merge(kept.id, other.id)
    expect(await prisma.auditEntry.count({ where: { probationerId: other.id } })).toBe(0)
    expect(
      await prisma.auditEntry.count({
        where: { probationerId: kept.id, subjectId: kept.id, agentId: counsellor.id, action: 'view' },
      }),
    ).toBe(1)
    expect(
      await prisma.auditEntry.count({
        where: { probationerId: kept.id, action: 'merge', agentId: central.id },
      }),
    ).toBe(1)
    const { history } = await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: kept.id }))
    expect(history.lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['probationer.merged', 'appointment.booked']),
    )
    const line = history.lines.find(({ event }) => event === 'probationer.merged')
    expect(historySentence('probationer.merged', line?.data ?? {})).toContain(
      '06\u00a039\u00a098\u00a099\u00a001',
    )
  })

  test('the old address leads to the kept record, for who sees it, after several merges too', async () => {
    const [first, second, third] = [
      await aPerson([country.spip]),
      await aPerson([country.spip]),
      await aPerson([country.spip]),
    ]
    await merge(second.id, first.id)
    await merge(third.id, second.id)
    const where = (actor: AgentActor) => by(actor, (ctx) => whereMerged(ctx, { probationerId: first.id }))
    expect(await where(counsellor)).toEqual({ id: third.id })
    expect(await where(await anAgent(country.foreign, 'probation_counsellor'))).toBeNull()
  })

  test('a refusal of SMS, a code 12 and the person being followed are never lost', async () => {
    const kept = await aPerson([country.spip], { archivedAt: monday })
    const other = await aPerson([country.spip], {
      ...{ smsOptOut: true, followedByAntiTerrorismJudge: true, phone: null },
    })
    const said = await preview(kept.id, other.id)
    expect(said.outcome?.receives).toEqual(['smsOptOut', 'followedByAntiTerrorismJudge', 'unarchived'])
    await merge(kept.id, other.id)
    expect(await prisma.probationer.findUniqueOrThrow({ where: { id: kept.id } })).toMatchObject({
      ...{ smsOptOut: true, followedByAntiTerrorismJudge: true, archivedAt: null },
    })
  })

  test('keep the number at which SMS arrive, rather than one at which none does', async () => {
    const kept = await aPerson([country.spip], { phone: '+33639981101' })
    const other = await aPerson([country.spip], { phone: '+33639981102' })
    await prisma.probationer.update({ where: { id: kept.id }, data: { phoneState: 'dead' } })
    const { outcome } = await preview(kept.id, other.id)
    expect(outcome).toMatchObject({ receives: ['phone'], loses: [] })
    await merge(kept.id, other.id)
    expect(await prisma.probationer.findUniqueOrThrow({ where: { id: kept.id } })).toMatchObject({
      phone: '+33639981102',
      phoneState: 'fine',
    })
    const line = await prisma.historyEntry.findFirstOrThrow({
      where: { probationerId: kept.id, event: 'probationer.merged' },
    })
    expect(line.data).toMatchObject({ from: '+33639981101' })
  })

  test('of the same identity, one with an APPI number and one without, leave no number and no name taken', async () => {
    const same = { lastName: 'CAMARA', firstName: 'Awa', dateOfBirth: '1990-01-02' }
    const kept = await aPerson([country.spip], { ...same, phone: null })
    const other = await aPerson([country.court], { ...same, appiNumber: '202312340077' })
    await merge(kept.id, other.id)
    expect(await prisma.probationer.count({ where: { lastName: 'CAMARA' } })).toBe(1)
    expect(
      await reasonOf(
        by(counsellor, (ctx) =>
          registerProbationer(ctx, {
            ...same,
            lastName: 'AUTRE',
            appiNumber: '202312340077',
            hasNoMobilePhone: true,
          }),
        ),
      ),
    ).toBe('probationer.appi_number_taken')
  })

  test('of two personal spaces, the one that is used stays, else the one of the number that stays', async () => {
    const pairWith = async (own: object, others: object, number: { phone?: null } = {}) => {
      const kept = await aPerson([country.spip], number)
      const other = await aPerson([country.spip])
      await prisma.spaceAccount.create({ data: { probationerId: kept.id, ...own } })
      await prisma.spaceAccount.create({ data: { probationerId: other.id, ...others } })
      const { outcome } = await preview(kept.id, other.id)
      await merge(kept.id, other.id)
      const account = await prisma.spaceAccount.findUniqueOrThrow({ where: { probationerId: kept.id } })
      return [outcome?.spaceLost, account.invitationCount]
    }
    expect(await pairWith({ invitationCount: 1 }, { invitationCount: 2, acceptedAt: monday })).toEqual([
      'kept',
      2,
    ])
    expect(await pairWith({ invitationCount: 1 }, { invitationCount: 2 })).toEqual(['other', 1])
    expect(await pairWith({ invitationCount: 1 }, { invitationCount: 2 }, { phone: null })).toEqual([
      'kept',
      2,
    ])
    const closed = { invitationCount: 1, acceptedAt: monday, revokedAt: monday }
    expect(await pairWith(closed, { invitationCount: 2, acceptedAt: monday })).toEqual(['kept', 2])
    expect(await pairWith({ invitationCount: 2, acceptedAt: monday }, closed)).toEqual(['other', 2])
  })
})

describe('A merge is refused', () => {
  test('to everybody but central admins, and of what they do not see', async () => {
    const kept = await aPerson([country.spip])
    const other = await aPerson([country.spip])
    const versions = { version: kept.updatedAt.toISOString(), otherVersion: other.updatedAt.toISOString() }
    for (const role of ['local_admin', 'probation_director'] as const) {
      const actor = await anAgent(country.spip, role)
      await expect(merge(kept.id, other.id, actor, versions)).rejects.toBeInstanceOf(Forbidden)
      await expect(preview(kept.id, other.id, actor)).rejects.toBeInstanceOf(Forbidden)
    }
    const stranger = await anAgent(country.foreign, 'local_admin')
    await expect(merge(kept.id, other.id, stranger, versions)).rejects.toBeInstanceOf(NotFound)
    await expect(merge(kept.id, 2_000_000_000, central, versions)).rejects.toBeInstanceOf(NotFound)
    expect(await prisma.probationer.count({ where: { id: { in: [kept.id, other.id] } } })).toBe(2)
  })

  test('with itself, limited, expected twice at one instant, or being divested', async () => {
    const one = await aPerson([country.spip])
    const versions = { version: one.updatedAt.toISOString(), otherVersion: one.updatedAt.toISOString() }
    expect(await reasonOf(merge(one.id, one.id, central, versions))).toBe('probationer.merge_itself')

    const limited = await aPerson([country.spip], { limitedAt: monday })
    expect(await reasonOf(merge(one.id, limited.id))).toBe('probationer.merge_limited')

    const twice = await aPerson([country.spip, country.court])
    await book(counsellor, one.id, '2026-10-20', '10:00')
    const { id: otherAppointmentId } = await book(clerk, twice.id, '2026-10-20', '10:00')
    expect((await preview(one.id, twice.id)).outcome).toMatchObject({
      obstacles: ['probationer.merge_same_instant'],
      atOnce: [{ otherAppointmentId, date: '2026-10-20', time: '10:00' }],
    })
    expect(await reasonOf(merge(one.id, twice.id))).toBe('probationer.merge_same_instant')

    const claimed = await aPerson([country.spip])
    await prisma.divestment.create({
      data: {
        ...{ probationerId: claimed.id, targetOrganizationId: country.foreign.id },
        destinationOrganizationIds: [country.foreign.id],
      },
    })
    for (const [kept, other] of [
      [claimed.id, limited.id],
      [one.id, claimed.id],
    ] as const)
      expect((await preview(kept, other)).outcome?.obstacles).toContain('probationer.merge_being_divested')
    expect(await reasonOf(merge(one.id, claimed.id))).toBe('probationer.merge_being_divested')
  })

  test('when one of the two changed since they were compared: who, when and which field are said', async () => {
    const kept = await aPerson([country.spip])
    const other = await aPerson([country.spip])
    const seen = await versionsOf(kept.id, other.id)
    await prisma.probationer.update({
      where: { id: other.id },
      data: { lastName: 'NOUVEAU', updatedAt: new Date(monday.getTime() + 60_000) },
    })
    await prisma.auditEntry.create({
      data: {
        ...{ at: new Date(Date.parse(seen.otherVersion) + 1_000), agentId: counsellor.id, action: 'update' },
        ...{ subject: 'probationer', subjectId: other.id, probationerId: other.id, fields: ['lastName'] },
      },
    })
    const refused = await merge(kept.id, other.id, central, seen).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Stale)
    expect((refused as Stale).changes).toMatchObject({ lastName: { now: 'NOUVEAU' } })
    expect(await prisma.probationer.count({ where: { id: other.id } })).toBe(1)
    expect(await reasonOf(merge(kept.id, other.id))).toBe('accepted')
  })

  test('the second of two at once: one merge is done', async () => {
    const kept = await aPerson([country.spip])
    const other = await aPerson([country.spip])
    const seen = await versionsOf(kept.id, other.id)
    const turned = { version: seen.otherVersion, otherVersion: seen.version }
    const ends = await Promise.allSettled([
      merge(kept.id, other.id, central, seen),
      merge(other.id, kept.id, central, turned),
    ])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await prisma.probationer.count({ where: { id: { in: [kept.id, other.id] } } })).toBe(1)
  })
})

/** A new one is added to `moveAll` first, then here. */
const tablesOfPersons = [
  ...['appointment', 'message', 'history_entry', 'divestment', 'rights_request', 'audit_entry', 'following'],
  ...['phone_call', 'identity_look_up', 'space_account', 'merged_record', 'likely_duplicate'],
  // Written by the triggers of the others.
  'appointment_scope',
]

test('a merge knows every table that names a person', async () => {
  const named = await prisma.$queryRaw<{ table: string }[]>`
    SELECT DISTINCT table_name::text AS table FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'probationer_id'
     UNION
    SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'probationer'::regclass`
  expect(named.map(({ table }) => table).sort()).toEqual(tablesOfPersons.toSorted())
})
