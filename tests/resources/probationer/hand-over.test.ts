import { beforeAll, describe, expect, it } from 'vitest'
import { chooseAgent, handOver, takeBack } from '../../../resources/probationer/commands/hand-over.server'
import {
  agentToChoose,
  agentToHandOverTo,
} from '../../../resources/probationer/queries/agents-in-charge.server'
import { listProbationers } from '../../../resources/probationer/queries/list.server'
import { historySentence } from '../../../resources/history'
import { historyData } from '../../../resources/history-entry/schema'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { minute } from '../../../resources/shared/duration'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { aCountry, actAt, anAccount, anAgent, aPerson, aService, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let director: AgentActor
let counsellor: AgentActor
let claire: { id: number }
let paul: { id: number }
beforeAll(async () => {
  country = await aCountry()
  director = await anAgent(country.spip, 'probation_director', { firstName: 'Odile', lastName: 'Faure' })
  counsellor = await anAgent(country.spip, 'probation_counsellor', { firstName: 'Inès', lastName: 'Roy' })
  claire = await anAccount(country.spip, 'probation_counsellor')
  paul = await anAccount(country.spip, 'probation_counsellor', { firstName: 'Paul', lastName: 'Adam' })
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>, at = monday) =>
  actAt(actor, at, work)
const give = (people: readonly { id: number }[], agent: { id: number }, actor = director) =>
  by(actor, (ctx) => handOver(ctx, { probationerIds: people.map(({ id }) => id), agentId: agent.id }))
const takeThemBack = (people: readonly { id: number }[], at = monday, actor = director) =>
  by(actor, (ctx) => takeBack(ctx, { probationerIds: people.map(({ id }) => id) }), at)
const inCharge = async (people: readonly { id: number }[]) =>
  (
    await prisma.probationer.findMany({
      where: { id: { in: people.map(({ id }) => id) } },
      select: { assignedAgentId: true },
      orderBy: { id: 'asc' },
    })
  ).map(({ assignedAgentId }) => assignedAgentId)
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  )

describe('handing persons over', () => {
  it('puts an agent of the service in charge of them all, says how many, and tells each history who was', async () => {
    const people = [
      await aPerson([country.spip]),
      await aPerson([country.spip], { assignedAgentId: paul.id }),
      await aPerson([country.spip], { assignedAgentId: claire.id }),
    ]
    expect(await give(people, claire)).toEqual({ count: 2, agent: 'Claire Vasseur' })
    expect(await inCharge(people)).toEqual([claire.id, claire.id, claire.id])
    const lines = await prisma.historyEntry.findMany({
      where: { probationerId: { in: people.map(({ id }) => id) }, event: 'probationer.handed_over' },
      orderBy: { probationerId: 'asc' },
    })
    expect(lines.map(({ data }) => data)).toEqual([
      { agent: 'Claire Vasseur', agentId: claire.id, formerAgentId: null },
      { agent: 'Claire Vasseur', agentId: claire.id, formerAgentId: paul.id },
    ])
    expect(historySentence('probationer.handed_over', historyData.parse(lines[0]?.data))).toBe(
      'Suivi confié à Claire Vasseur',
    )
    expect(
      await prisma.auditEntry.count({
        where: {
          ...{ agentId: director.id, action: 'update', fields: { has: 'assignedAgentId' } },
          probationerId: { in: people.map(({ id }) => id) },
        },
      }),
    ).toBe(2)
  })

  it('is taken back within ten minutes, each to whom they were with, and no later', async () => {
    const people = [
      await aPerson([country.spip]),
      await aPerson([country.spip], { assignedAgentId: paul.id }),
    ]
    await give(people, claire)
    const later = new Date(monday.getTime() + 11 * minute)
    expect(await reasonOf(takeThemBack(people, later))).toBe('probationer.handed_over_since')
    expect(await takeThemBack(people)).toEqual({ count: 2 })
    expect(await inCharge(people)).toEqual([null, paul.id])
  })

  it('is taken back neither by another, nor once somebody else has been chosen', async () => {
    const people = [await aPerson([country.spip])]
    await give(people, claire)
    const other = await anAgent(country.spip, 'local_admin')
    expect(await reasonOf(takeThemBack(people, monday, other))).toBe('probationer.handed_over_since')
    await give(people, paul, other)
    expect(await reasonOf(takeThemBack(people))).toBe('probationer.handed_over_since')
    expect(await inCharge(people)).toEqual([paul.id])
  })

  it('gives nobody back to an agent who has left meanwhile', async () => {
    const gone = await anAccount(country.spip, 'probation_counsellor')
    const people = [await aPerson([country.spip], { assignedAgentId: gone.id })]
    await give(people, claire)
    await prisma.agent.update({ where: { id: gone.id }, data: { deletedAt: monday } })
    await takeThemBack(people)
    expect(await inCharge(people)).toEqual([null])
    const moved = await anAccount(country.spip, 'probation_counsellor')
    const others = [await aPerson([country.spip], { assignedAgentId: moved.id })]
    await give(others, claire)
    await prisma.agent.update({ where: { id: moved.id }, data: { organizationId: country.foreign.id } })
    await takeThemBack(others)
    expect(await inCharge(others)).toEqual([null])
  })

  it('takes all or none: one archived, or followed elsewhere, leaves the others as they were', async () => {
    const free = await aPerson([country.spip])
    const archived = await aPerson([country.spip], { archivedAt: monday })
    expect(await reasonOf(give([free, archived], claire))).toBe('probationer.archived')
    const branch = await aPerson([country.branch, country.court])
    const foreign = await aPerson([country.foreign])
    expect(await reasonOf(give([free, foreign], claire))).toBeInstanceOf(NotFound)
    // Of the jurisdiction, of another service.
    expect(await reasonOf(give([free, branch], claire))).toBeInstanceOf(Forbidden)
    expect(await inCharge([free])).toEqual([null])
  })

  it('is not for an agent of another service, a role that follows nobody, nor one who has left', async () => {
    const people = [await aPerson([country.spip])]
    const others = [
      await anAccount(country.branch, 'probation_counsellor'),
      await anAccount(country.spip, 'probation_secretary'),
      await prisma.agent.update({
        where: { id: (await anAccount(country.spip, 'probation_counsellor')).id },
        data: { deletedAt: monday },
      }),
    ]
    for (const agent of others)
      expect(await reasonOf(give(people, agent))).toBe('probationer.agent_cannot_follow')
  })

  it('belongs to directors and local admins of probation: others choose the agent of one person at a time', async () => {
    const person = await aPerson([country.spip])
    expect(await reasonOf(give([person], claire, counsellor))).toBeInstanceOf(Forbidden)
    const updatedAt = new Date(monday.getTime() - 60_000)
    await prisma.probationer.update({ where: { id: person.id }, data: { updatedAt } })
    const { version } = await by(counsellor, (ctx) => agentToChoose(ctx, { probationerId: person.id }))
    const choose = (actor: AgentActor, agentId = claire.id) =>
      by(actor, (ctx) => chooseAgent(ctx, { probationerId: person.id, version, agentId }))
    expect(await choose(counsellor)).toEqual({ count: 1, agent: 'Claire Vasseur' })
    expect(await reasonOf(choose(await anAgent(country.court, 'sentence_clerk')))).toBeInstanceOf(Forbidden)
    expect(await inCharge([person])).toEqual([claire.id])
    // From a form drawn before that: who is in charge is said, and stays.
    await expect(choose(director, paul.id)).rejects.toMatchObject({
      changes: { assignedAgentId: { now: 'Claire Vasseur' } },
    })
    expect(await inCharge([person])).toEqual([claire.id])
  })

  it('offers the counsellors, directors and local admins of the service, oneself first where nobody is in charge', async () => {
    const person = await aPerson([country.spip])
    const { values, options } = await by(counsellor, (ctx) =>
      agentToChoose(ctx, { probationerId: person.id }),
    )
    expect(values).toEqual({ agentId: String(counsellor.id) })
    const offered = options.agentId.map(({ value }) => Number(value))
    expect(offered).toEqual(expect.arrayContaining([director.id, counsellor.id, claire.id, paul.id]))
    const strangers = await prisma.agent.findMany({
      where: {
        OR: [
          { organizationId: { not: country.spip.id } },
          { role: 'probation_secretary' },
          { deletedAt: { not: null } },
        ],
      },
      select: { id: true },
    })
    expect(strangers.filter(({ id }) => offered.includes(id))).toEqual([])
    await expect(
      by(counsellor, (ctx) => agentToHandOverTo(ctx, { probationerIds: [person.id] })),
    ).rejects.toThrow('not permitted')
  })
})

describe('the list of persons', () => {
  it('shows those of one agent, or of none', async () => {
    const service = await aService('SPIP de Pontoise', 'probation_service')
    const admin = await anAgent(service, 'local_admin')
    const mine = await anAccount(service, 'probation_counsellor')
    const [of, free] = [await aPerson([service], { assignedAgentId: mine.id }), await aPerson([service])]
    const ids = async (agentId: number | null) =>
      (await by(admin, (ctx) => listProbationers(ctx, { agentId }))).rows.map(({ id }) => id)
    expect(await ids(mine.id)).toEqual([of.id])
    expect(await ids(null)).toEqual([free.id])
  })
})
