import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { closuresVisibleTo } from '../policy'
import { closingOf } from './touched.server'

/** A closure the actor may act on, and what it closes. */
export async function closureOf(ctx: Context<AgentActor>, closureId: number) {
  const closure = orNotFound(
    await ctx.tx.closure.findFirst({ where: { AND: [{ id: closureId }, closuresVisibleTo(ctx.actor)] } }),
    'closure',
  )
  const { agendaId, placeId, agentId, firstDate, lastDate, fromTime, toTime } = closure
  const scope =
    agendaId !== null
      ? ({ kind: 'agenda', id: agendaId } as const)
      : placeId !== null
        ? ({ kind: 'place', id: placeId } as const)
        : ({ kind: 'agent', id: agentId ?? 0 } as const)
  const period = {
    ...{ fromTime, toTime },
    firstDate: civilDateFromDb(firstDate),
    lastDate: civilDateFromDb(lastDate),
  }
  const { id, reason, liftedAt } = closure
  return { id, reason, liftedAt, closing: await closingOf(ctx, scope), period }
}
