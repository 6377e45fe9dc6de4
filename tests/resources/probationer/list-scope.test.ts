import { beforeAll, expect, test } from 'vitest'
import type { Prisma } from '@prisma/client'
import {
  defaultProbationerFilter,
  probationersConvokableBy,
  probationersVisibleTo,
} from '../../../resources/probationer/policy'
import {
  listProbationers,
  personToConvoke,
  searchProbationers,
  type ProbationerListFilters,
} from '../../../resources/probationer/queries/list.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { NotFound } from '../../../resources/shared/errors'
import { prisma } from '../../../resources/shared/db.server'
import { read } from '../../../resources/shared/transact.server'
import { rolesOf } from '../../../resources/shared/rights'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

// Lists, search and booking are read in SQL of our own, sent under a name; the policy speaks to Prisma.
// They must agree, role by role and filter by filter.

const actors: AgentActor[] = []

beforeAll(async () => {
  const { court, spip, branch, foreign } = await aCountry()
  const farCourt = await prisma.organization.create({
    data: { name: 'TJ de Versailles', kind: 'court', departmentCode: '78', interJurisdiction: true },
  })
  const services = [court, spip, branch, foreign, farCourt]
  for (const service of services)
    for (const role of rolesOf(service.kind)) actors.push(await anAgent(service, role))
  actors.push(
    await anAgent(spip, 'probation_counsellor', { charter: null }),
    // The database keeps no such agent: the scope must not count on it.
    { ...(await anAgent(court, 'sentence_clerk')), role: 'educator' },
  )

  const [counsellor] = actors.filter(({ role }) => role === 'probation_counsellor')
  const followers = [[court, spip], [spip], [branch], [foreign], [court, foreign], services, []]
  for (const [index, followedBy] of followers.entries())
    for (const lastName of ['MARTIN', 'BENSALEM']) {
      const person = await aPerson(followedBy, {
        lastName: `${lastName} ${index}`,
        ...(index % 2 === 0 && counsellor && { assignedAgentId: counsellor.id }),
        ...(lastName === 'MARTIN' && index === 1 && { archivedAt: monday }),
      })
      // Somebody registered this morning by the far court, somebody last week.
      const createdAt = new Date(monday.getTime() - (index === 0 ? 1 : 100) * 3_600_000)
      await prisma.probationer.update({
        where: { id: person.id },
        data: { createdAt, ...(index !== 2 && { creatingOrganizationId: farCourt.id }) },
      })
      const farClerk = actors.find(
        ({ organization, role }) => organization.id === farCourt.id && role === 'execution_office_agent',
      )
      // Looked up by a clerk of the far court: one just now, one the day before yesterday.
      if (index === 3 && farClerk)
        await prisma.identityLookUp.create({
          data: {
            agentId: farClerk.id,
            probationerId: person.id,
            at: new Date(monday.getTime() - (lastName === 'MARTIN' ? 1 : 48) * 3_600_000),
          },
        })
      if (index === 2) await convoke(person.id, branch, lastName === 'MARTIN' ? '2026-10-12' : '2026-10-01')
    }
}, 120_000)

async function convoke(
  probationerId: number,
  service: Awaited<ReturnType<typeof aCountry>>['spip'],
  date: string,
) {
  const slot = await aSlot(service, 'probation_follow_up', date, '10:00')
  await prisma.appointment.create({
    data: {
      probationerId,
      slotId: slot.id,
      typeCode: 'probation_follow_up',
      organizationId: service.id,
      placeId: service.placeId,
      startsAt: slot.startsAt,
      creatingOrganizationId: service.id,
    },
  })
}

const nothingPlanned = {
  archivedAt: null,
  appointments: { none: { state: 'booked', startsAt: { gt: monday } } },
} satisfies Prisma.ProbationerWhereInput

const filters: [string, ProbationerListFilters, (actor: AgentActor) => Prisma.ProbationerWhereInput][] = [
  ['everybody of the jurisdiction', { wholeJurisdiction: true }, () => ({})],
  ['whom the role is shown first', {}, defaultProbationerFilter],
  ['my persons', { mine: true, wholeJurisdiction: true }, (actor) => ({ assignedAgentId: actor.id })],
  ['nobody expected', { withoutAppointment: true, wholeJurisdiction: true }, () => nothingPlanned],
  ['a name', { text: 'martin', wholeJurisdiction: true }, () => ({ searchText: { contains: 'martin' } })],
  [
    'a name, mine, nobody expected',
    { text: 'ben', mine: true, withoutAppointment: true },
    (actor) => ({
      AND: [
        defaultProbationerFilter(actor),
        { searchText: { contains: 'ben' }, assignedAgentId: actor.id },
        nothingPlanned,
      ],
    }),
  ],
]

const nameOf = ({ role, organization, charterAccepted }: AgentActor) =>
  `${role} of ${organization.name}${charterAccepted ? '' : ', charter not accepted'}`

test.each(filters)(
  'the list of %s is what the rights promise each role, in order',
  async (_, asked, where) => {
    for (const actor of actors) {
      const promised = await prisma.probationer.findMany({
        where: { AND: [probationersVisibleTo(actor), where(actor)] },
        select: { id: true },
        orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
      })
      const pages = await Promise.all(
        [1, 2, 3].map((page) =>
          actAt(actor, monday, (ctx) => listProbationers(ctx, { ...asked, page, perPage: 7 })),
        ),
      )
      expect(
        pages.flatMap(({ rows }) => rows.map(({ id }) => id)),
        nameOf(actor),
      ).toEqual(promised.map(({ id }) => id))
      // On the page beyond the end too.
      for (const { total } of pages) expect(total, nameOf(actor)).toBe(promised.length)
    }
  },
)

test('the box of search finds within the same bounds, archived persons last', async () => {
  for (const actor of actors) {
    const promised = await prisma.probationer.findMany({
      where: { AND: [probationersVisibleTo(actor), { searchText: { contains: 'martin' } }] },
      select: { id: true, archivedAt: true },
      orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
    })
    const found = await actAt(actor, monday, (ctx) => searchProbationers(ctx, { text: 'martin' }))
    expect(
      found.map(({ id }) => id),
      nameOf(actor),
    ).toEqual(
      [...promised.filter((p) => !p.archivedAt), ...promised.filter((p) => p.archivedAt)]
        .slice(0, 8)
        .map(({ id }) => id),
    )
  }
})

const pages: [
  string,
  (ctx: Context<AgentActor>, id: number) => Promise<unknown>,
  (actor: AgentActor, now: Date) => Prisma.ProbationerWhereInput,
][] = [
  ['the record', (ctx, id) => probationerRecord(ctx, { probationerId: id }), probationersVisibleTo],
  ['the booking page', personToConvoke, probationersConvokableBy],
]

test.each(pages)(
  '%s opens for exactly the persons the policy says',
  async (_, open, where) => {
    const persons = await prisma.probationer.findMany({ select: { id: true } })
    for (const actor of actors) {
      const promised = await prisma.probationer.findMany({
        where: where(actor, monday),
        select: { id: true },
        orderBy: { id: 'asc' },
      })
      const opened = await Promise.all(
        persons.map(({ id }) =>
          read(actor, (ctx) => open({ ...ctx, now: monday }, id)).then(
            () => [id],
            (error: unknown) => {
              if (error instanceof NotFound) return []
              throw error
            },
          ),
        ),
      )
      expect(
        opened.flat().toSorted((a, b) => a - b),
        nameOf(actor),
      ).toEqual(promised.map(({ id }) => id))
    }
  },
  120_000,
)

test('a named statement answers as the same one within a transaction', async () => {
  for (const actor of actors) {
    const [named, within] = await Promise.all([
      read(actor, (ctx) => listProbationers({ ...ctx, now: monday }, { text: 'a' })),
      actAt(actor, monday, (ctx) => listProbationers(ctx, { text: 'a' })),
    ])
    expect(named, nameOf(actor)).toEqual(within)
  }
})

test('whoever is renamed, followed or given up changes place in the lists at once', async () => {
  const [reader] = actors.filter(({ role }) => role === 'probation_counsellor')
  if (!reader) throw new Error('There is a counsellor')
  const names = async () => {
    const { rows } = await actAt(reader, monday, (ctx) => listProbationers(ctx, { perPage: 50 }))
    return rows.map(({ lastName }) => lastName)
  }
  const before = await names()
  const person = await prisma.probationer.findFirstOrThrow({
    where: { lastName: before[0] ?? '' },
    select: { id: true },
  })
  await prisma.probationer.update({ where: { id: person.id }, data: { lastName: 'ZOLA' } })
  expect(await names()).toEqual([...before.slice(1), 'ZOLA'])
  await prisma.following.deleteMany({ where: { probationerId: person.id } })
  expect(await names()).toEqual(before.slice(1))
  await prisma.following.create({
    data: { probationerId: person.id, organizationId: reader.organization.id },
  })
  expect(await names()).toEqual([...before.slice(1), 'ZOLA'])
})
