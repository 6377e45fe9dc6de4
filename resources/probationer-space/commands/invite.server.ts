import { recordAudit, type AuditAction } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../../probationer/policy'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { squaresOf, type QrCode } from '../../shared/qr.server'
import { civilOf, type CivilDate } from '../../shared/civil-time'
import type { E164 } from '../../shared/phone'
import { smsLink } from '../../message/rules'
import type { spaceHistory } from '../fr'
import {
  invitableOf,
  isSameSheet,
  spaceFacts,
  whyNotHandedOver,
  whyNotInvitedBySms,
  whyNotReset,
  whyNotRevoked,
} from '../rules'
import { invitedInput } from '../schema'
import { endSpaceSessions } from './sessions.server'
import { makeLink, pathOfLink, useUpLinks } from './links.server'
import { tellOfLink } from './message.server'

/**
 * Invites a person to their space by SMS, for the first time or once again (decision S1). The right is used as the agent
 * clicks, so that two clicks are one invitation; it is given back when the SMS fails for good.
 */
export const inviteToSpace = command(
  invitedInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<{ isAgain: boolean }> => {
    const person = await invited(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'inviteToSpace', person), 'invite to the space')
    refuseIf(whyNotInvitedBySms(person, ctx.now))
    const { accountId, isAgain } = await countInvitation(ctx, probationerId, { isOnPaper: false })
    const link = await makeLink(ctx, accountId, 'invitation')
    await tellOfLink(ctx, { probationerId, kind: 'space_invitation' }, link)
    await told(ctx, probationerId, isAgain ? 'space.invited_again' : 'space.invited', 'invite')
    return { isAgain }
  },
)

/** What is printed of an invitation. */
export interface InvitationPaper {
  address: string
  /** Of the same address, for a camera. */
  code: QrCode
  person: { lastName: string; firstName: string }
  /** Whom to ask for help. */
  service: { name: string; phone: E164 | null }
  /** The last day on which it opens something. */
  until: CivilDate
}

/**
 * The invitation on paper, of which only the answer holds the address: it is printed, and handed over. For a day it may
 * be printed again, with another link: that is the same invitation.
 */
export const handInvitationOver = command(
  invitedInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<InvitationPaper> => {
    const person = await invited(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'inviteToSpace', person), 'invite to the space')
    refuseIf(whyNotHandedOver(person, ctx.now))
    const isSame = isSameSheet(person.spaceAccount, ctx.now)
    const { accountId } = await countInvitation(ctx, probationerId, { isOnPaper: true, isSame })
    const link = await makeLink(ctx, accountId, 'invitation')
    await told(ctx, probationerId, isSame ? 'space.printed_again' : 'space.handed_over', 'invite')
    const path = pathOfLink(link)
    return {
      address: smsLink(env.PUBLIC_URL, path),
      code: squaresOf(new URL(path, env.PUBLIC_URL).href),
      person: { lastName: person.lastName, firstName: person.firstName },
      service: await serviceToAsk(ctx, probationerId),
      until: civilOf(link.expiresAt, ctx.actor.organization.timeZone).date,
    }
  },
)

/** Closes the access at once: the wrong person was invited, or somebody else has their phone. */
export const revokeSpace = command(
  invitedInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<void> => {
    const person = await invited(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'inviteToSpace', person), 'close the access to the space')
    refuseIf(whyNotRevoked(person))
    await close(ctx, probationerId, { revokedAt: ctx.now })
    await told(ctx, probationerId, 'space.revoked', 'withdraw')
  },
)

/** Takes an access back to where it began: the password opens nothing, and one more invitation may be sent. */
export const resetSpaceAccess = command(
  invitedInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<void> => {
    const person = await invited(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'resetSpaceAccess', person), 'reset the access to the space')
    refuseIf(whyNotReset(person))
    await close(ctx, probationerId, {
      ...{ acceptedAt: null, revokedAt: null, lastInvitedAt: null, numberSeenOn: null },
      ...{ invitationCount: 0, invitationsAllowed: 1, invitedNumber: null, invitedNumberAt: null },
    })
    await told(ctx, probationerId, 'space.reset', 'reset_access')
  },
)

/** The person, held until the end: of two clicks at once, the second finds the first one's invitation. */
async function invited(ctx: Context<AgentActor>, probationerId: number) {
  await lock(ctx, { probationer: probationerId })
  const person = orNotFound(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
      select: { ...probationerFacts, ...spaceFacts, lastName: true, firstName: true },
    }),
    'probationer',
  )
  return invitableOf(person)
}

async function countInvitation(
  ctx: Context,
  probationerId: number,
  { isOnPaper, isSame = false }: { isOnPaper: boolean; isSame?: boolean },
) {
  const last = { lastInvitedAt: ctx.now, lastInvitedOnPaper: isOnPaper }
  const { id: accountId, invitationCount } = await ctx.tx.spaceAccount.upsert({
    where: { probationerId },
    create: { probationerId, invitationCount: 1, ...last },
    update: isSame ? {} : { invitationCount: { increment: 1 }, ...last },
    select: { id: true, invitationCount: true },
  })
  return { accountId, isAgain: invitationCount > 1 }
}

/** The agent's own service where it follows the person, else the first that does. */
async function serviceToAsk({ tx, actor }: Context<AgentActor>, probationerId: number) {
  const services = await tx.organization.findMany({
    where: { followings: { some: { probationerId } } },
    select: {
      ...{ id: true, name: true, switchboardPhone: true },
      publicPages: {
        where: { state: 'published' },
        select: { phone: true },
        orderBy: { id: 'asc' },
        take: 1,
      },
    },
    orderBy: { id: 'asc' },
  })
  const service = services.find(({ id }) => id === actor.organization.id) ?? services[0]
  const { name, switchboardPhone, publicPages } = orNotFound(service, 'organization')
  return { name, phone: switchboardPhone ?? publicPages[0]?.phone ?? null }
}

async function close(
  ctx: Context,
  probationerId: number,
  change: Parameters<typeof ctx.tx.spaceAccount.update>[0]['data'],
): Promise<void> {
  const { id } = await ctx.tx.spaceAccount.update({
    where: { probationerId },
    data: { ...change, passwordHash: null },
    select: { id: true },
  })
  await useUpLinks(ctx, id)
  await endSpaceSessions(ctx, id)
}

async function told(
  ctx: Context,
  probationerId: number,
  event: keyof typeof spaceHistory,
  action: AuditAction,
): Promise<void> {
  await recordHistory(ctx, { probationerId, category: 'probationer', event })
  await recordAudit(ctx, { action, subject: 'space', probationerId })
}
