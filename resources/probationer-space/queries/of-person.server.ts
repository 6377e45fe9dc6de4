import { neverArrived } from '../../message/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { spaceTriesOf } from '../commands/sign-in.server'
import { invitableOf, isSpaceShut, spaceFacts, spaceStateOf, whyNotInvitedBySms } from '../rules'

/** The space of a person as agents see it: where it stands, never what is done in it. */
export async function spaceOf(ctx: Context<AgentActor>, probationerId: number) {
  const { timeZone } = ctx.actor.organization
  const person = invitableOf(
    await ctx.tx.probationer.findUniqueOrThrow({
      where: { id: probationerId },
      select: {
        ...spaceFacts,
        messages: {
          where: { kind: 'space_invitation' },
          select: { state: true, endReason: true },
          orderBy: { id: 'desc' },
          take: 1,
        },
      },
    }),
  )
  const { spaceAccount: account, phone } = person
  const state = spaceStateOf(account)
  const day = (at: Date | null | undefined) => (at ? civilOf(at, timeZone).date : null)
  const [sms] = person.messages
  return {
    state,
    invitedOn: day(account?.lastInvitedAt),
    acceptedOn: day(account?.acceptedAt),
    /** Wrong passwords have shut it for a while. */
    isShut: state === 'open' && phone !== null && isSpaceShut(await spaceTriesOf(ctx, phone), ctx.now),
    /** What became of the SMS of the last invitation: when none counts, only that it never arrived. */
    sms: state === 'open' || !sms || (state === 'never' && !neverArrived.has(sms.state)) ? null : sms,
    whyNotInvited: whyNotInvitedBySms(person, ctx.now),
  }
}
