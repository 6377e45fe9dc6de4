import type { Context } from '../../shared/context'
import { spaceAccountFacts } from '../rules'

interface Sending {
  probationerId: number
  /** When it was asked for, which is the instant of its invitation. */
  createdAt: Date
}

/**
 * An SMS that failed for good invited nobody: the right to it comes back. Of an older one than the last, of another number
 * or before the access was opened anew, nothing does: it would give the right of another.
 */
export async function giveInvitationBack(ctx: Context, { probationerId, createdAt }: Sending): Promise<void> {
  const { count } = await ctx.tx.spaceAccount.updateMany({
    where: { probationerId, invitationCount: { gt: 0 }, acceptedAt: null, lastInvitedAt: createdAt },
    data: { invitationCount: { decrement: 1 } },
  })
  if (count > 0)
    await ctx.tx.spaceAccount.updateMany({
      where: { probationerId, invitationCount: 0 },
      data: { lastInvitedAt: null },
    })
}

/**
 * It had arrived after all, as operators may say late: its right is used, unless others were used meanwhile. Of a link that
 * opens nothing any more, none is.
 */
export async function takeInvitationAgain(
  ctx: Context,
  { probationerId, createdAt }: Sending,
): Promise<void> {
  const account = await ctx.tx.spaceAccount.findUnique({
    where: { probationerId, tokens: { some: { purpose: 'invitation', createdAt, usedAt: null } } },
    select: spaceAccountFacts,
  })
  if (!account || account.acceptedAt || account.invitationCount >= account.invitationsAllowed) return
  await ctx.tx.spaceAccount.update({
    where: { probationerId },
    data: { invitationCount: { increment: 1 }, lastInvitedAt: account.lastInvitedAt ?? createdAt },
    select: { id: true },
  })
}
