import { canReceiveSms, reachFacts } from '../../probationer/rules'
import type { Context } from '../../shared/context'
import { keyedDigest } from '../../shared/digest.server'
import { useUpLinks } from './links.server'
import { tellOfAct } from './message.server'
import { endSpaceSessions } from './sessions.server'

interface InvitationRights {
  invitationsAllowed: number
  lastInvitedAt: Date | null
  invitedNumber: string | null
  invitedNumberAt: Date | null
}

/**
 * A person has another number: they enter with it from now on, and whoever holds the former one is let out. Without a
 * number nobody enters until one is given again. Called inside the command that writes the number, once it is written.
 *
 * @param formerPhone the one that the account was entered with; nothing happens when it is the same.
 * @param isLost the former one is in other hands: its password opens nothing any more.
 */
export async function followNumber(
  ctx: Context,
  {
    probationerId,
    formerPhone,
    isLost,
  }: { probationerId: number; formerPhone: string | null; isLost: boolean },
): Promise<void> {
  const account = await ctx.tx.spaceAccount.findUnique({
    where: { probationerId },
    select: {
      ...{ id: true, acceptedAt: true, revokedAt: true, invitationsAllowed: true },
      ...{ lastInvitedAt: true, invitedNumber: true, invitedNumberAt: true },
      probationer: { select: reachFacts },
    },
  })
  if (!account || account.probationer.phone === formerPhone) return
  const { phone } = account.probationer
  await useUpLinks(ctx, account.id)
  await endSpaceSessions(ctx, account.id)
  await ctx.tx.spaceAccount.update({
    where: { probationerId },
    data: {
      ...(isLost && { passwordHash: null }),
      ...(phone && { numberSeenOn: ctx.now }),
      ...(!account.acceptedAt && rightsUnder(account, formerPhone, phone)),
    },
    select: { id: true },
  })
  if (account.acceptedAt && !account.revokedAt && canReceiveSms(account.probationer))
    await tellOfAct(ctx, { probationerId, kind: 'space_new_number' })
}

const digestOf = (phone: string): string => keyedDigest('space-invited', phone)

/**
 * What invitations a person has left under another number. Those that were sent went to another line: one more may be,
 * at once. Typed back, the number that was invited last has what it had.
 */
function rightsUnder(
  account: InvitationRights,
  formerPhone: string | null,
  phone: string | null,
): Partial<InvitationRights> {
  const { invitationsAllowed, lastInvitedAt } = account
  const { invitedNumber, invitedNumberAt } =
    formerPhone && lastInvitedAt
      ? { invitedNumber: digestOf(formerPhone), invitedNumberAt: lastInvitedAt }
      : account
  const invited = { invitedNumber, invitedNumberAt }
  if (phone === null) return invited
  if (digestOf(phone) !== invitedNumber)
    return lastInvitedAt
      ? { ...invited, invitationsAllowed: invitationsAllowed + 1, lastInvitedAt: null }
      : invited
  return lastInvitedAt
    ? invited
    : { ...invited, invitationsAllowed: invitationsAllowed - 1, lastInvitedAt: invitedNumberAt }
}
