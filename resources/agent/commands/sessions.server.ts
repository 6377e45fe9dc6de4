import type { Context } from '../../shared/context'

/**
 * Ends every session of an agent, and those where a central admin was acting under their name or
 * they under another's: after a change of role, lock or password (decision A3).
 */
export async function endSessions(ctx: Context, agentId: number): Promise<void> {
  await ctx.tx.session.deleteMany({
    where: {
      OR: ['agentId', 'impersonatorId'].map((key) => ({ sess: { path: [key], equals: agentId } })),
    },
  })
}
