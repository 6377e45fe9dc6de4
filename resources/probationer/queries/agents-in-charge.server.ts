import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { canFollowProbationers, mayUseCentralConsole, rolesWithin } from '../../shared/rights'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { probationerIdInput, probationerIdsInput } from '../schema'

/**
 * Who may be in charge of persons: counsellors, directors and local admins of the actor's own probation service;
 * for a central admin, of any that follows all of them.
 */
export function agentsInCharge(
  { actor, tx }: Context<AgentActor>,
  people: readonly { followingOrganizationIds: readonly number[] }[],
) {
  const [first, ...others] = people.map(({ followingOrganizationIds }) => followingOrganizationIds)
  const ofAll = (first ?? []).filter((id) => others.every((ids) => ids.includes(id)))
  return tx.agent.findMany({
    where: {
      deletedAt: null,
      role: { in: rolesWithin(canFollowProbationers, 'probation_service') },
      organization: {
        kind: 'probation_service',
        id: { in: mayUseCentralConsole(actor) ? ofAll : [actor.organization.id] },
      },
    },
    select: { id: true, firstName: true, lastName: true, organization: { select: { name: true } } },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
  })
}

/** Of these agents, those whose account and role still follow persons, each with their service. */
export async function servicesOfThoseWhoFollow(
  { tx }: Context,
  agentIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const agents = await tx.agent.findMany({
    where: {
      ...{ id: { in: [...agentIds] }, deletedAt: null },
      role: { in: rolesWithin(canFollowProbationers, 'probation_service') },
      organization: { kind: 'probation_service' },
    },
    select: { id: true, organizationId: true },
  })
  return new Map(agents.map(({ id, organizationId }) => [id, organizationId]))
}

const choicesOf = async (
  ctx: Context<AgentActor>,
  people: readonly { followingOrganizationIds: readonly number[] }[],
) =>
  (await agentsInCharge(ctx, people)).map((agent) => ({
    value: String(agent.id),
    label: mayUseCentralConsole(ctx.actor)
      ? `${agentName(agent)}, ${agent.organization.name}`
      : agentName(agent),
  }))

/** What the form that chooses the agent in charge starts from: oneself, where nobody is and one may be. */
export const agentToChoose = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }) => {
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: { ...probationerFacts, updatedAt: true },
      }),
      'probationer',
    )
    assertAllowed(mayOnProbationer(ctx.actor, 'chooseAgent', person), 'choose the agent in charge')
    const agentId = await choicesOf(ctx, [person])
    const likely = String(person.assignedAgentId ?? ctx.actor.id)
    return {
      version: person.updatedAt.toISOString(),
      values: { agentId: agentId.some(({ value }) => value === likely) ? likely : '' },
      options: { agentId },
    }
  },
)

/** What the form that hands persons over starts from. */
export const agentToHandOverTo = query(
  probationerIdsInput,
  async (ctx: Context<AgentActor>, { probationerIds }) => {
    const people = await ctx.tx.probationer.findMany({
      where: { AND: [{ id: { in: probationerIds } }, probationersVisibleTo(ctx.actor)] },
      select: probationerFacts,
    })
    for (const person of people)
      assertAllowed(mayOnProbationer(ctx.actor, 'handOver', person), 'hand persons over')
    return { values: { agentId: '' }, options: { agentId: await choicesOf(ctx, people) } }
  },
)
