import type { Context } from '../../shared/context'

/** An SMS that failed for good invited nobody: the right to it comes back. */
export async function giveInvitationBack(ctx: Context, probationerId: number): Promise<void> {
  const { count } = await ctx.tx.spaceAccount.updateMany({
    where: { probationerId, invitationCount: { gt: 0 }, acceptedAt: null },
    data: { invitationCount: { decrement: 1 } },
  })
  if (count > 0)
    await ctx.tx.spaceAccount.updateMany({
      where: { probationerId, invitationCount: 0 },
      data: { lastInvitedAt: null },
    })
}
