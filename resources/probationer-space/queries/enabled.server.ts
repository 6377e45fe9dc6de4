import type { Context } from '../../shared/context'

/** Whether one at least of these services has its persons' spaces open (decision S1). */
export async function spaceEnabledFor(ctx: Context, organizationIds: readonly number[]): Promise<boolean> {
  const open = await ctx.tx.organization.findFirst({
    where: { id: { in: [...organizationIds] }, probationerSpaceEnabled: true },
    select: { id: true },
  })
  return open !== null
}
