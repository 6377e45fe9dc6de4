import { recordAudits } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { recordHistories } from '../../history-entry/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, Refused, refuseIf } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { agentsInCharge, servicesOfThoseWhoFollow } from '../queries/agents-in-charge.server'
import { lastHandOvers } from '../queries/hand-overs.sql.server'
import { undoneWithin, whyNotEditable, whyNotHandedBack } from '../rules'
import { chooseAgentInput, handOverInput, probationerIdsInput } from '../schema'

/**
 * Puts an agent in charge of a person, whoever was before.
 *
 * @throws Stale when the record changed since the form was drawn.
 */
export const chooseAgent = command(
  chooseAgentInput,
  async (ctx: Context<AgentActor>, { probationerId, version, agentId }) => {
    const people = await lockedPersons(ctx, [probationerId], [agentId])
    for (const person of people) {
      assertAllowed(mayOnProbationer(ctx.actor, 'chooseAgent', person), 'choose the agent in charge')
      refuseIf(whyNotEditable(person))
      await refuseStale(ctx, {
        ...{ subject: 'probationer', subjectId: person.id, updatedAt: person.updatedAt, version },
        zone: ctx.actor.organization.timeZone,
        now: { assignedAgentId: person.assignedAgent && agentName(person.assignedAgent) },
      })
    }
    return putInCharge(ctx, people, agentId)
  },
)

/** Gives persons to an agent of the service, all or none of them. */
export const handOver = command(
  handOverInput,
  async (ctx: Context<AgentActor>, { probationerIds, agentId }) => {
    const people = await lockedPersons(ctx, probationerIds, [agentId])
    for (const person of people)
      assertAllowed(mayOnProbationer(ctx.actor, 'handOver', person), 'hand persons over')
    return putInCharge(ctx, people, agentId)
  },
)

/**
 * Gives back persons just handed over, each to whom they were with.
 *
 * @throws Refused when one has changed hands since, or the act is no longer recent.
 */
export const takeBack = command(probationerIdsInput, async (ctx: Context<AgentActor>, { probationerIds }) => {
  const handOvers = await lastHandOvers(ctx, probationerIds, new Date(ctx.now.getTime() - undoneWithin))
  const formerIds = [...handOvers.values()].flatMap(({ formerAgentId }) => formerAgentId ?? [])
  const people = await lockedPersons(ctx, probationerIds, formerIds)
  for (const person of people) {
    assertAllowed(mayOnProbationer(ctx.actor, 'handOver', person), 'take persons back')
    refuseIf(whyNotHandedBack(person, handOvers.get(person.id)))
  }
  const serviceOf = await servicesOfThoseWhoFollow(ctx, formerIds)
  // Whoever has left meanwhile, or follows nobody of this service any more, is not given them back.
  const formerOf = ({ id, followingOrganizationIds }: Person) => {
    const formerAgentId = handOvers.get(id)?.formerAgentId ?? null
    const service = formerAgentId === null ? undefined : serviceOf.get(formerAgentId)
    return service !== undefined && followingOrganizationIds.includes(service) ? formerAgentId : null
  }
  for (const formerAgentId of new Set(people.map(formerOf)))
    await change(
      ctx,
      people.filter((person) => formerOf(person) === formerAgentId),
      formerAgentId,
    )
  return { count: people.length }
})

type Person = Awaited<ReturnType<typeof lockedPersons>>[number]

/** The records the actor may see, and the agents who are to have them, kept as they are. */
async function lockedPersons(
  ctx: Context<AgentActor>,
  probationerIds: readonly number[],
  agentIds: readonly number[],
) {
  const wanted = [...new Set(probationerIds)]
  await lock(ctx, { probationer: wanted, agent: agentIds }, { agent: 'SHARE' })
  const people = await ctx.tx.probationer.findMany({
    where: { AND: [{ id: { in: wanted } }, probationersVisibleTo(ctx.actor)] },
    select: {
      ...probationerFacts,
      id: true,
      updatedAt: true,
      assignedAgent: { select: { firstName: true, lastName: true } },
    },
    orderBy: { id: 'asc' },
  })
  orNotFound(people.length === wanted.length || null, 'probationer')
  return people
}

async function putInCharge(ctx: Context<AgentActor>, people: readonly Person[], agentId: number) {
  for (const person of people) refuseIf(whyNotEditable(person))
  const agent = (await agentsInCharge(ctx, people)).find(({ id }) => id === agentId)
  if (!agent) throw new Refused('probationer.agent_cannot_follow', {}, 'agentId')
  const changed = people.filter(({ assignedAgentId }) => assignedAgentId !== agentId)
  await change(ctx, changed, agentId)
  return { count: changed.length, agent: agentName(agent) }
}

/** Writes who is in charge, with a line of history that says who was, and a trace. */
async function change(
  ctx: Context<AgentActor>,
  people: readonly Person[],
  agentId: number | null,
): Promise<void> {
  const agent =
    agentId === null
      ? null
      : await ctx.tx.agent.findFirst({
          where: { id: agentId, deletedAt: null },
          select: { id: true, firstName: true, lastName: true },
        })
  const ids = people.map(({ id }) => id)
  await ctx.tx.probationer.updateMany({
    where: { id: { in: ids } },
    data: { assignedAgentId: agent?.id ?? null, updatedAt: ctx.now },
  })
  for (const formerAgentId of new Set(people.map(({ assignedAgentId }) => assignedAgentId)))
    await recordHistories(
      ctx,
      agent
        ? {
            ...{ category: 'probationer', event: 'probationer.handed_over' },
            data: { agent: agentName(agent), agentId: agent.id, formerAgentId },
          }
        : { category: 'probationer', event: 'probationer.unassigned' },
      people.filter(({ assignedAgentId }) => assignedAgentId === formerAgentId).map(({ id }) => id),
    )
  await recordAudits(ctx, { action: 'update', subject: 'probationer', fields: ['assignedAgentId'] }, ids)
}
