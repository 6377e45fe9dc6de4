import { canReceiveSms, reachFacts } from '../../probationer/rules'
import type { Context } from '../../shared/context'
import { useUpLinks } from './links.server'
import { tellOfAct } from './message.server'
import { endSpaceSessions } from './sessions.server'

/**
 * A person has another number, or none: they enter with it from now on, and whoever holds the former one is let out. An
 * invitation that was not accepted went to another line, and may be sent again. Called inside the command that writes
 * the number.
 *
 * @param isLost the former one is in other hands: its password opens nothing any more.
 */
export async function followNumber(
  ctx: Context,
  { probationerId, isLost }: { probationerId: number; isLost: boolean },
): Promise<void> {
  const account = await ctx.tx.spaceAccount.findUnique({
    where: { probationerId },
    select: { id: true, acceptedAt: true, revokedAt: true, probationer: { select: reachFacts } },
  })
  if (!account) return
  await useUpLinks(ctx, account.id)
  await endSpaceSessions(ctx, account.id)
  await ctx.tx.spaceAccount.update({
    where: { probationerId },
    data: {
      ...(isLost && { passwordHash: null }),
      ...(!account.acceptedAt && { invitationsAllowed: { increment: 1 }, lastInvitedAt: null }),
    },
    select: { id: true },
  })
  if (account.acceptedAt && !account.revokedAt && canReceiveSms(account.probationer))
    await tellOfAct(ctx, { probationerId, kind: 'space_new_number' })
}
