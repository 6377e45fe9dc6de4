import type { Context } from '../../shared/context'

/**
 * Ends every session of an agent, and those where a central admin was acting under their name or
 * they under another's: after a change of role or password (decision A3). All but one, the present one,
 * when it is the agent who asks.
 *
 * @returns how many.
 */
export async function endSessions(ctx: Context, agentId: number, except?: string | null): Promise<number> {
  const { count } = await ctx.tx.session.deleteMany({
    where: {
      OR: [
        { sess: { path: ['agentId'], equals: agentId } },
        { sess: { path: ['impersonatorId'], equals: agentId } },
      ],
      ...(except && { sid: { not: except } }),
    },
  })
  return count
}
