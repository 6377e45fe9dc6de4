import { beforeAll, describe, expect, test } from 'vitest'
import { historySentence } from '../../../resources/history'
import { historyData } from '../../../resources/history-entry/schema'
import { unarchiveProbationer } from '../../../resources/probationer/commands/archive.server'
import { listProbationers } from '../../../resources/probationer/queries/list.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import { archiveInactive, walkStart } from '../../../resources/retention/commands/archive.sql.server'
import { markEndings } from '../../../resources/retention/commands/mark.sql.server'
import { foreseenAt } from '../../../resources/retention/queries/due.sql.server'
import { countEndings } from '../../../resources/retention/queries/endings.sql.server'
import { nightHour, nightZone, type EndingAsked } from '../../../resources/retention/rules'
import type { AgentActor, SystemActor } from '../../../resources/shared/actor'
import { addDays, instantOf } from '../../../resources/shared/civil-time'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aPerson, aSlot } from '../../support/world'

const night: SystemActor = { kind: 'system', task: 'archive-inactive' }
/** One in the morning in Paris. */
const now = new Date('2026-10-05T23:00:00Z')
const twelveMonthsAgo = new Date('2025-10-05T23:00:00Z')
const before = (instant: Date, days: number) => new Date(instant.getTime() - days * 86_400_000)

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

/** Registered long ago, followed by the same services since. */
async function inactive({
  createdAt = before(twelveMonthsAgo, 100),
  followingsChangedAt = createdAt,
  ...more
}: {
  createdAt?: Date
  followingsChangedAt?: Date
  archivedAt?: Date
  limitedAt?: Date
  assignedAgentId?: number
} = {}) {
  const { id } = await aPerson([country.spip])
  await prisma.probationer.update({ where: { id }, data: { createdAt, followingsChangedAt, ...more } })
  return id
}

async function convokedOn(probationerId: number, date: string, state: 'booked' | 'cancelled' = 'booked') {
  const slot = await aSlot(country.spip, 'probation_follow_up', date, '09:00', { seatsTaken: 1 })
  await prisma.appointment.create({
    data: {
      probationerId,
      slotId: slot.id,
      typeCode: slot.typeCode,
      organizationId: country.spip.id,
      placeId: country.spip.placeId,
      startsAt: slot.startsAt,
      state,
      creatingOrganizationId: country.spip.id,
    },
  })
}

const archive = (at = now) =>
  prisma.$transaction((tx) =>
    archiveInactive({ tx, actor: night, now: at }, { from: walkStart, looked: 1_000 }),
  )
const mark = () =>
  prisma.$transaction((tx) => markEndings({ tx, actor: night, now }, { after: 0, looked: 10_000 }))
const isArchived = async (id: number) =>
  (await prisma.probationer.findUniqueOrThrow({ where: { id } })).archivedAt !== null

describe('the record of somebody inactive', () => {
  test('is archived after a year by the night, which says so in the history and leaves a trace', async () => {
    const id = await inactive()
    await archive()
    expect((await prisma.probationer.findUniqueOrThrow({ where: { id } })).archivedAt).toEqual(now)
    const line = await prisma.historyEntry.findFirstOrThrow({ where: { probationerId: id } })
    expect(line).toMatchObject({ event: 'probationer.archived_inactive', agentId: null, actorName: null })
    expect(historySentence(line.event, historyData.parse(line.data))).toBe(
      'Fiche archivée d’elle-même\u00a0: ni convocation ni changement de service depuis douze mois. Elle sera effacée le mardi 6 avril 2027.',
    )
    expect(await prisma.auditEntry.count({ where: { probationerId: id, action: 'archive' } })).toBe(1)
    // The lists that each service reads know it.
    expect(await prisma.following.count({ where: { probationerId: id, archived: true } })).toBe(1)
    expect((await archive()).archived).toBe(0)
  })

  test('waits for its year: of registration, of the last appointment whatever became of it, of the last service', async () => {
    const created = {
      at: await inactive({ createdAt: twelveMonthsAgo }),
      after: await inactive({ createdAt: before(twelveMonthsAgo, -1) }),
    }
    const changed = {
      at: await inactive({ followingsChangedAt: twelveMonthsAgo }),
      after: await inactive({ followingsChangedAt: before(twelveMonthsAgo, -1) }),
    }
    const convoked = { at: await inactive(), after: await inactive() }
    await convokedOn(convoked.at, '2025-10-03')
    await convokedOn(convoked.after, '2025-10-07', 'cancelled')
    const toCome = await inactive()
    await convokedOn(toCome, '2026-12-01')
    await archive()
    for (const { at, after } of [created, changed, convoked]) {
      expect(await isArchived(at)).toBe(true)
      expect(await isArchived(after)).toBe(false)
    }
    expect(await isArchived(toCome)).toBe(false)
  })

  test('is kept by a service that comes, or that leaves: the day is written by the database', async () => {
    const since = before(twelveMonthsAgo, 400)
    const changedAt = async (id: number) =>
      (await prisma.probationer.findUniqueOrThrow({ where: { id } })).followingsChangedAt
    const came = await inactive({ followingsChangedAt: since })
    await prisma.following.create({ data: { probationerId: came, organizationId: country.branch.id } })
    const left = await inactive({ followingsChangedAt: since })
    await prisma.following.deleteMany({ where: { probationerId: left } })
    const stayed = await inactive({ followingsChangedAt: since })
    await prisma.probationer.update({ where: { id: stayed }, data: { lastName: 'RENOMMÉ' } })
    for (const id of [came, left]) expect((await changedAt(id)).getTime()).toBeGreaterThan(now.getTime())
    expect(await changedAt(stayed)).toEqual(since)
  })

  test('is left alone while a service claims the person, or while its processing is limited', async () => {
    const claimed = await inactive()
    await prisma.divestment.create({
      data: {
        probationerId: claimed,
        targetOrganizationId: country.foreign.id,
        destinationOrganizationIds: [country.foreign.id],
      },
    })
    const limited = await inactive({ limitedAt: before(now, 2) })
    await archive()
    expect([await isArchived(claimed), await isArchived(limited)]).toEqual([false, false])
    await prisma.divestment.updateMany({ where: { probationerId: claimed }, data: { state: 'refused' } })
    await prisma.probationer.update({ where: { id: limited }, data: { limitedAt: null } })
    await archive()
    expect([await isArchived(claimed), await isArchived(limited)]).toEqual([true, true])
  })

  test('comes back by hand, and has its year again', async () => {
    const id = await inactive()
    const admin = await anAgent(country.spip, 'local_admin')
    await archive()
    await actAt(admin, now, (ctx) => unarchiveProbationer(ctx, { probationerId: id }))
    await archive(before(now, -364))
    expect(await isArchived(id)).toBe(false)
    await archive(before(now, -366))
    expect(await isArchived(id)).toBe(true)
  })

  test('waits for the answer to what the person asked, not for their erasure', async () => {
    const asked = (probationerId: number, kind: 'access' | 'erasure') =>
      prisma.rightsRequest.create({ data: { probationerId, kind, receivedOn: now, dueOn: now } })
    const [access, erasure] = [await inactive(), await inactive()]
    const { id } = await asked(access, 'access')
    await asked(erasure, 'erasure')
    await archive()
    expect([await isArchived(access), await isArchived(erasure)]).toEqual([false, true])
    await prisma.rightsRequest.update({
      where: { id },
      data: { answeredOn: now, outcome: 'granted', answer: 'Remise.' },
    })
    await archive()
    expect(await isArchived(access)).toBe(true)
  })

  test('is archived once by two nights at once, and whoever is held by an agent is left to the next', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => inactive()))
    const [held = 0] = ids
    await prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM probationer WHERE id = ${held} FOR NO KEY UPDATE`
      const [one, two] = await Promise.all([archive(), archive()])
      expect(one.archived + two.archived).toBe(ids.length - 1)
    })
    expect(await isArchived(held)).toBe(false)
    expect((await archive()).archived).toBe(1)
    expect(
      await prisma.historyEntry.count({
        where: { probationerId: { in: ids }, event: 'probationer.archived_inactive' },
      }),
    ).toBe(ids.length)
  })

  test('is found a few at a time, until the walk is over', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, n) => inactive({ createdAt: before(twelveMonthsAgo, 50 + (n % 2)) })),
    )
    let steps = 0
    for (let from: typeof walkStart | null = walkStart; from; steps++) {
      const here: typeof walkStart = from
      from = (
        await prisma.$transaction((tx) =>
          archiveInactive({ tx, actor: night, now }, { from: here, looked: 2 }),
        )
      ).next
    }
    expect(steps).toBeGreaterThan(2)
    for (const id of ids) expect(await isArchived(id)).toBe(true)
  })
})

describe('the thirty days before', () => {
  test('show who will be archived and who will be erased, to who follows them and to their service', async () => {
    const mine = { assignedAgentId: counsellor.id }
    const yes = {
      archived: await inactive({ createdAt: before(twelveMonthsAgo, -29), ...mine }),
      erased: await inactive({ archivedAt: new Date('2026-05-04T10:00:00Z'), ...mine }),
    }
    const no = [
      await inactive({ createdAt: before(twelveMonthsAgo, -31), ...mine }),
      await inactive({ archivedAt: new Date('2026-05-06T10:00:00Z'), ...mine }),
    ]
    await mark()
    const list = async (ending: EndingAsked) =>
      (await actAt(counsellor, now, (ctx) => listProbationers(ctx, { ending, mine: true }))).rows
    for (const ending of ['archived', 'erased'] as const)
      expect((await list(ending)).map(({ id }) => id)).toEqual([yes[ending]])
    expect((await list('any')).map(({ id }) => id).sort()).toEqual([yes.archived, yes.erased].sort())
    expect((await list('erased'))[0]?.erasedOn).toBe('2026-11-04')
    expect(await actAt(counsellor, now, (ctx) => countEndings(ctx, { mine: true }))).toEqual({
      archived: 1,
      erased: 1,
    })
    const service = await actAt(counsellor, now, (ctx) => countEndings(ctx, { mine: false }))
    expect(service.erased).toBeGreaterThanOrEqual(1)
    const elsewhere = await anAgent(country.foreign, 'probation_counsellor')
    expect(await actAt(elsewhere, now, (ctx) => countEndings(ctx, { mine: false }))).toEqual({
      archived: 0,
      erased: 0,
    })
    // What is shown is what happens.
    await archive(before(now, -30))
    expect(await isArchived(yes.archived)).toBe(true)
    for (const id of no.slice(0, 1)) expect(await isArchived(id)).toBe(false)
  })

  test('count nobody who is convoked meanwhile', async () => {
    const id = await inactive({ createdAt: before(twelveMonthsAgo, -20) })
    const of = async () => {
      const { rows } = await actAt(counsellor, now, (ctx) => listProbationers(ctx, { ending: 'archived' }))
      return rows.map((row) => row.id)
    }
    await mark()
    expect(await of()).toContain(id)
    await convokedOn(id, '2026-10-20')
    expect(await of()).not.toContain(id)
    const isMarked = () => prisma.following.count({ where: { probationerId: id, ending: 'archived' } })
    expect(await isMarked()).toBe(1)
    await mark()
    expect(await isMarked()).toBe(0)
  })

  test('tell the night on which each will be archived, on its record and in the list', async () => {
    const instants = ['2025-10-20T22:59:00Z', '2025-10-20T23:01:00Z', '2026-08-31T12:00:00Z']
    const ids = await Promise.all([
      inactive(),
      ...instants.map((at) => inactive({ createdAt: new Date(at) })),
      inactive({ followingsChangedAt: new Date('2026-03-01T12:00:00Z') }),
      ...Array.from({ length: 2 }, () => inactive()),
    ])
    const [, , , , , toCome = 0, unarchived = 0] = ids
    await convokedOn(toCome, '2027-02-25', 'cancelled')
    await prisma.historyEntry.create({
      data: {
        probationerId: unarchived,
        category: 'probationer',
        event: 'probationer.unarchived',
        at: new Date('2026-06-30T22:30:00Z'),
      },
    })
    const nightOf = (date: string) => instantOf(date, nightHour, nightZone)
    const archives = async (date: string, id: number) => {
      const asked = { at: nightOf(date), shown: 1_000 }
      return (await foreseenAt({ tx: prisma, actor: night, now }, asked)).archived.ids.includes(id)
    }
    for (const id of ids) {
      const record = await actAt(counsellor, now, (ctx) => probationerRecord(ctx, { probationerId: id }))
      const day = record.archivedOn ?? ''
      expect(await archives(day, id)).toBe(true)
      // The first of the nights to come.
      if (nightOf(addDays(day, -1)) > now) expect(await archives(addDays(day, -1), id)).toBe(false)
    }
    await mark()
    const { rows } = await actAt(counsellor, now, (ctx) =>
      listProbationers(ctx, { ending: 'archived', perPage: 50 }),
    )
    const days = rows.filter(({ id }) => ids.includes(id)).map(({ archivedOn }) => archivedOn)
    expect(days.sort()).toEqual(['2026-10-07', '2026-10-21', '2026-10-22'])
  })

  test('tell no night of what none archives', async () => {
    for (const kept of [{ archivedAt: now }, { limitedAt: now }]) {
      const probationerId = await inactive(kept)
      const record = await actAt(counsellor, now, (ctx) => probationerRecord(ctx, { probationerId }))
      expect(record.archivedOn).toBeNull()
    }
  })
})
