import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { divestmentsVisibleTo, mayDecideDivestment } from '../policy'

/** The pending divestment of a person, for an agent who may open it, and whether it waits for their answer. */
export async function pendingDivestmentOf(
  ctx: Context<AgentActor>,
  probationerId: number,
): Promise<{ id: number; mayAnswer: boolean } | null> {
  const found = await ctx.tx.divestment.findFirst({
    where: { AND: [{ probationerId, state: 'pending' }, divestmentsVisibleTo(ctx.actor)] },
    select: { id: true, state: true, decisions: { select: { organizationId: true, state: true } } },
  })
  return (
    found && {
      id: found.id,
      mayAnswer: found.decisions.some((row) => mayDecideDivestment(ctx.actor, { ...row, divestment: found })),
    }
  )
}
