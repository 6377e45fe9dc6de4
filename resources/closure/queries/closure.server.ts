import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { closuresVisibleTo, mayClose } from '../policy'
import type { Scope } from '../schema'
import { agendaWithPlace, type Closing } from './touched.server'

/**
 * A closure the actor may act on, and what it closes: of the service that closed it, even once its place or its
 * agenda is archived, or its agent gone elsewhere.
 */
export async function closureOf(ctx: Context<AgentActor>, closureId: number) {
  const { organization, place, agenda, agent, ...closure } = orNotFound(
    await ctx.tx.closure.findFirst({
      where: { AND: [{ id: closureId }, closuresVisibleTo(ctx.actor)] },
      include: {
        organization: { select: { timeZone: true } },
        place: { select: { name: true } },
        agenda: { select: { name: true, placeId: true, place: { select: { name: true } } } },
        agent: { select: { firstName: true, lastName: true } },
      },
    }),
    'closure',
  )
  assertAllowed(mayClose(ctx.actor, closure), 'settle a closure')
  const { id, organizationId, agendaId, placeId, agentId, firstDate, lastDate, fromTime, toTime } = closure
  const scope: Scope =
    agendaId !== null
      ? { kind: 'agenda', id: agendaId }
      : placeId !== null
        ? { kind: 'place', id: placeId }
        : { kind: 'agent', id: agentId ?? 0 }
  const closing: Closing = {
    scope,
    placeId: agenda?.placeId ?? placeId,
    name: place?.name ?? (agenda ? agendaWithPlace(agenda) : agent ? agentName(agent) : ''),
    organizationId,
    timeZone: organization.timeZone,
  }
  const period = {
    ...{ fromTime, toTime },
    firstDate: civilDateFromDb(firstDate),
    lastDate: civilDateFromDb(lastDate),
  }
  return { id, reason: closure.reason, liftedAt: closure.liftedAt, closing, period }
}
