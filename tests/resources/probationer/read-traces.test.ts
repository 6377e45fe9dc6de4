import { beforeAll, describe, expect, test } from 'vitest'
import { personToConvoke } from '../../../resources/probationer/queries/list.server'
import { readTraces } from '../../../resources/probationer/queries/read-traces.server'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let localAdmin: AgentActor
beforeAll(async () => {
  country = await aCountry()
  localAdmin = await anAgent(country.spip, 'local_admin', { lastName: 'Admin' })
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
const open = (actor: AgentActor, probationerId: number) =>
  by(actor, (ctx) => probationerRecord(ctx, { probationerId }))
const traces = (actor: AgentActor, probationerId: number, before?: number) =>
  by(actor, (ctx) => readTraces(ctx, { probationerId, ...(before && { before }) }))

describe('Who opened a record', () => {
  test('is read by the local admins of the services that follow and by central admins, with role and service', async () => {
    const { id } = await aPerson([country.spip, country.court])
    const counsellor = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Lectrice' })
    const clerk = await anAgent(country.court, 'sentence_clerk', { lastName: 'Greffe' })
    await open(counsellor, id)
    await by(clerk, (ctx) => personToConvoke(ctx, id))
    const { lines, more } = await traces(localAdmin, id)
    expect(more).toBe(false)
    expect(lines).toMatchObject([
      { who: 'Claire Greffe', role: 'sentence_clerk', service: 'TJ de Nanterre', action: 'view' },
      { who: 'Claire Lectrice', role: 'probation_counsellor', service: 'SPIP de Nanterre', action: 'view' },
    ])
    // Reading them is a reading.
    expect((await traces(await anAgent(country.court, 'local_admin'), id)).lines[0]).toMatchObject({
      who: 'Claire Admin',
    })
    expect((await traces(await anAgent(country.foreign, 'central_admin'), id)).lines).toHaveLength(4)
  })

  test('names the real person under impersonation, and whose account it was', async () => {
    const { id } = await aPerson([country.spip])
    const real = await anAgent(country.foreign, 'central_admin', { lastName: 'Centrale' })
    const borrowed = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Empruntée' })
    await open({ ...borrowed, impersonatorId: real.id }, id)
    expect((await traces(localAdmin, id)).lines[0]).toMatchObject({
      ...{ who: 'Claire Centrale', as: 'Claire Empruntée' },
    })
  })

  test('keeps the role and the service in which it was done, whatever became of the agent', async () => {
    const { id } = await aPerson([country.spip])
    const agent = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Mutée' })
    await open(agent, id)
    await prisma.agent.update({
      where: { id: agent.id },
      data: { role: 'educator', organizationId: country.branch.id },
    })
    expect((await traces(localAdmin, id)).lines[0]).toMatchObject({
      ...{ who: 'Claire Mutée', role: 'probation_counsellor', service: 'SPIP de Nanterre' },
    })
  })

  test('is refused to everybody else by the server', async () => {
    const { id } = await aPerson([country.spip])
    for (const role of ['probation_director', 'probation_counsellor', 'probation_secretary'] as const)
      await expect(traces(await anAgent(country.spip, role), id)).rejects.toBeInstanceOf(Forbidden)
    const linked = await aPerson([country.court])
    // Sees the record, and does not follow the person.
    await expect(traces(localAdmin, linked.id)).rejects.toBeInstanceOf(Forbidden)
    await expect(traces(await anAgent(country.foreign, 'local_admin'), id)).rejects.toBeInstanceOf(NotFound)
  })

  test('is read by pages, to the first one', async () => {
    const { id } = await aPerson([country.spip])
    await prisma.auditEntry.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({
        ...{ at: new Date(monday.getTime() - index * 60_000), agentId: localAdmin.id, action: 'view' },
        ...{ subject: 'probationer', subjectId: id, probationerId: id },
        ...{ role: 'local_admin' as const, organizationId: country.spip.id },
      })),
    })
    const seen = new Set<number>()
    let before: number | undefined
    for (let more = true; more;) {
      const page = await traces(localAdmin, id, before)
      for (const line of page.lines) seen.add(line.id)
      before = page.lines.at(-1)?.id
      more = page.more
    }
    expect(seen.size).toBe(120)
  })
})
