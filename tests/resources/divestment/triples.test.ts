import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { DivestmentDecisionState, DivestmentState } from '@prisma/client'
import {
  acceptDivestment,
  refuseDivestment,
  settleLate,
  withdrawDivestment,
} from '../../../resources/divestment/commands/answer.server'
import type { AgentActor, OrganizationKind } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { positions } from '../rights-matrices'
import { at } from '../../support/booked'
import { actAt, anAgent, aPerson, aService, type AService } from '../../support/world'

/**
 * Every state of a divestment, every event, every role on every side, against the table below. A column says what
 * becomes of the divestment, or why not, when the event comes from: a role that answers at a service that is asked
 * (source), at the claiming one (target), elsewhere; the central desk; whoever asked, in any role. The other roles
 * see nothing of it.
 */
vi.setConfig({ testTimeout: 120_000 })

const written = `
divestment    row           event    source           target    elsewhere central   requester
pending       pending       accept   accepted         forbidden unseen    accepted  forbidden
pending       pending       refuse   refused          forbidden unseen    refused   forbidden
pending       pending       withdraw forbidden        withdrawn unseen    withdrawn withdrawn
pending       accepted      accept   already_answered forbidden unseen    accepted  forbidden
pending       accepted      refuse   already_answered forbidden unseen    refused   forbidden
pending       accepted      withdraw forbidden        withdrawn unseen    withdrawn withdrawn
pending       auto_accepted accept   already_answered forbidden unseen    accepted  forbidden
pending       auto_accepted refuse   already_answered forbidden unseen    refused   forbidden
pending       auto_accepted withdraw forbidden        withdrawn unseen    withdrawn withdrawn
pending       ignored       accept   already_answered forbidden unseen    accepted  forbidden
pending       ignored       refuse   already_answered forbidden unseen    refused   forbidden
pending       ignored       withdraw forbidden        withdrawn unseen    withdrawn withdrawn
accepted      accepted      accept   over             forbidden unseen    over      forbidden
accepted      accepted      refuse   over             forbidden unseen    over      forbidden
accepted      accepted      withdraw forbidden        over      unseen    over      over
auto_accepted auto_accepted accept   over             forbidden unseen    over      forbidden
auto_accepted auto_accepted refuse   over             forbidden unseen    over      forbidden
auto_accepted auto_accepted withdraw forbidden        over      unseen    over      over
refused       refused       accept   over             forbidden unseen    over      forbidden
refused       refused       refuse   over             forbidden unseen    over      forbidden
refused       refused       withdraw forbidden        over      unseen    over      over
withdrawn     ignored       accept   over             forbidden unseen    over      forbidden
withdrawn     ignored       refuse   over             forbidden unseen    over      forbidden
withdrawn     ignored       withdraw forbidden        over      unseen    over      over
`
const [, ...lines] = written
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/))
const rows = lines.map(
  ([divestment = '', row = '', event = '', source, target, elsewhere, central, requester]) => ({
    divestment: divestment as DivestmentState,
    row: row as DivestmentDecisionState,
    event: event as keyof typeof events,
    told: { source, target, elsewhere, central, requester },
  }),
)

/** The night has no role. */
const nights = [
  ['pending', 'pending', 'accepted'],
  ['pending', 'accepted', 'pending'],
  ['pending', 'auto_accepted', 'pending'],
  ['pending', 'ignored', 'pending'],
  ['accepted', 'accepted', 'accepted'],
  ['auto_accepted', 'auto_accepted', 'auto_accepted'],
  ['refused', 'refused', 'refused'],
  ['withdrawn', 'ignored', 'withdrawn'],
] as const satisfies readonly (readonly [DivestmentState, DivestmentDecisionState, DivestmentState])[]

const events = { accept: acceptDivestment, refuse: refuseDivestment, withdraw: withdrawDivestment }
const answering = ['LC', 'LP', 'SJ', 'SC', 'HS', 'SP']
const sides = ['source', 'target', 'elsewhere', 'requester'] as const
type Side = (typeof sides)[number]

/** The other service that is asked: what makes the divestment possible, and leaves the row under test decisive. */
const otherRow: Partial<Record<DivestmentDecisionState, DivestmentDecisionState>> = {
  pending: 'accepted',
  accepted: 'pending',
  auto_accepted: 'pending',
}

const now = new Date('2026-10-20T08:00:00Z')
const kinds = ['court', 'probation_service'] as const
let services: Record<Exclude<Side, 'requester'>, Record<OrganizationKind, AService>>
let actors: Map<string, AgentActor>
const actorAt = (side: Side, column: string, role: string, kind: OrganizationKind) =>
  actors.get(`${side} ${column} ${role} ${kind}`) as AgentActor

beforeAll(async () => {
  const pair = async (name: string) => {
    const court = await aService(`TJ ${name}`, 'court')
    const service = await aService(`SPIP ${name}`, 'probation_service')
    await prisma.organizationLink.create({ data: { courtId: court.id, probationServiceId: service.id } })
    return { court, probation_service: service }
  }
  services = {
    source: await pair('asked'),
    target: await pair('claiming'),
    elsewhere: await pair('elsewhere'),
  }
  actors = new Map()
  for (const side of sides)
    for (const [column, role, kind] of positions) {
      const service = services[side === 'requester' ? 'target' : side][kind]
      actors.set(`${side} ${column} ${role} ${kind}`, await anAgent(service, role, { passwordHash: 'x' }))
    }
}, 120_000)

async function aDivestment(state: DivestmentState, row: DivestmentDecisionState, kind: OrganizationKind) {
  const { source, target } = services
  const other = kind === 'court' ? 'probation_service' : 'court'
  const person = await aPerson([source.court, source.probation_service])
  return prisma.divestment.create({
    data: {
      probationerId: person.id,
      targetOrganizationId: target[kind].id,
      destinationOrganizationIds: [target.court.id, target.probation_service.id],
      state,
      createdAt: new Date('2026-10-05T08:00:00Z'),
      decisions: {
        create: [
          { organizationId: source[kind].id, state: row, requestedAt: new Date('2026-10-05T08:00:00Z') },
          { organizationId: source[other].id, state: otherRow[row] ?? row, requestedAt: now },
        ],
      },
    },
  })
}

class Undone extends Error {}

/** What an event makes of a divestment, or the word of what refuses it; undone, so that the next one finds it as it was. */
async function tried(actor: AgentActor, id: number, event: keyof typeof events, side: Side): Promise<string> {
  let state = ''
  try {
    await actAt(actor, now, async (ctx) => {
      if (side === 'requester')
        await ctx.tx.divestment.update({ where: { id }, data: { requestedById: actor.id } })
      await (events[event] as (ctx: Context<AgentActor>, raw: object) => Promise<unknown>)(ctx, {
        divestmentId: id,
      })
      state = (await ctx.tx.divestment.findUniqueOrThrow({ where: { id } })).state
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return state
    if (error instanceof Refused) return error.code.replace('divestment.', '')
    if (error instanceof Forbidden) return 'forbidden'
    if (error instanceof NotFound) return 'unseen'
    throw error
  }
  return state
}

describe('a divestment', () => {
  it.each(rows)('$divestment, its row $row: $event', async ({ divestment, row, event, told }) => {
    const made = Object.fromEntries(
      await Promise.all(kinds.map(async (kind) => [kind, await aDivestment(divestment, row, kind)] as const)),
    )
    const seen: string[] = []
    const promised: string[] = []
    for (const side of sides)
      for (const [column, role, kind] of positions) {
        const who = `${role} of a ${kind}, ${side}`
        const id = made[kind]?.id ?? 0
        seen.push(`${who}: ${await tried(actorAt(side, column, role, kind), id, event, side)}`)
        const told_ =
          column === 'CA'
            ? told.central
            : side === 'requester'
              ? told.requester
              : answering.includes(column)
                ? told[side]
                : 'unseen'
        promised.push(`${who}: ${told_}`)
      }
    expect(seen).toEqual(promised)
  })

  it.each(nights)('%s, its row %s: after ten days the night leaves it %s', async (state, row, after) => {
    const { id } = await aDivestment(state, row, 'court')
    await at(now, (ctx) => settleLate(ctx, { divestmentId: id }))
    expect((await prisma.divestment.findUniqueOrThrow({ where: { id } })).state).toBe(after)
  })
})
