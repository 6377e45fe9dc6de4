import type { Context } from '../../shared/context'

/** Ends every session of an account but the one that asks, when there is one. @returns how many. */
export async function endSpaceSessions(
  ctx: Context,
  accountId: number,
  except?: string | null,
): Promise<number> {
  const { count } = await ctx.tx.spaceSession.deleteMany({
    where: { accountId, ...(except && { sid: { not: except } }) },
  })
  return count
}
