import { neverArrived } from '../../message/rules'
import { mayOnProbationer, probationerFacts } from '../../probationer/policy'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { spaceTriesOf } from '../commands/sign-in.server'
import {
  invitableOf,
  isSameSheet,
  isSpaceShut,
  spaceAccountFacts,
  spaceFacts,
  spaceStateOf,
  whyNotInvitedBySms,
} from '../rules'

/** The space of a person as agents see it: where it stands, never what is done in it. */
export async function spaceOf(ctx: Context<AgentActor>, probationerId: number) {
  const { timeZone } = ctx.actor.organization
  const person = invitableOf(
    await ctx.tx.probationer.findUniqueOrThrow({
      where: { id: probationerId },
      select: {
        ...{ ...probationerFacts, ...spaceFacts },
        spaceAccount: {
          select: {
            ...spaceAccountFacts,
            tokens: {
              where: { purpose: 'invitation' },
              select: { expiresAt: true },
              orderBy: { id: 'desc' },
              take: 1,
            },
          },
        },
        messages: {
          where: { kind: 'space_invitation' },
          select: { state: true, endReason: true, createdAt: true },
          orderBy: { id: 'desc' },
          take: 1,
        },
        historyEntries: {
          where: { event: 'space.reset' },
          select: { at: true },
          orderBy: { id: 'desc' },
          take: 1,
        },
      },
    }),
  )
  const { spaceAccount: account, phone } = person
  const state = spaceStateOf(account)
  const isInvited = state === 'invited' || state === 'reinvited'
  const day = (at: Date | null | undefined) => (at ? civilOf(at, timeZone).date : null)
  const [reset] = person.historyEntries
  const [message] = person.messages
  const [link] = account?.tokens ?? []
  // Before the access was reset, or on paper since: it says nothing of what holds now.
  const isSmsTold =
    message &&
    state !== 'open' &&
    (state !== 'never' || neverArrived.has(message.state)) &&
    !account?.lastInvitedOnPaper &&
    (!reset || message.createdAt > reset.at)
  return {
    state,
    isOnPaper: isInvited && Boolean(account?.lastInvitedOnPaper),
    invitedOn: day(account?.lastInvitedAt),
    acceptedOn: day(account?.acceptedAt),
    revokedOn: day(account?.revokedAt),
    /** The access was taken back to its beginning, and nobody was invited since. */
    resetOn: state === 'never' ? day(reset?.at) : null,
    /** The last link of an invitation opens nothing since this day. */
    overSince: isInvited && link && link.expiresAt <= ctx.now ? day(link.expiresAt) : null,
    /** The sheet may be printed again. */
    isSameSheet: isSameSheet(account, ctx.now),
    /** Wrong passwords have shut it for a while. */
    isShut: state === 'open' && phone !== null && isSpaceShut(await spaceTriesOf(ctx, phone), ctx.now),
    /** What became of the SMS of the last invitation: when none counts, only that it never arrived. */
    sms: isSmsTold ? { state: message.state, endReason: message.endReason } : null,
    /** It is theirs to invite, whether the person can be now or not. */
    mayInvite: mayOnProbationer(ctx.actor, 'inviteToSpace', person),
    whyNotInvited: whyNotInvitedBySms(person, ctx.now),
  }
}
