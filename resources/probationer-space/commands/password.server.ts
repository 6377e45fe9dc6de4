import { hashPassword, isGuessable, isPassword } from '../../agent/commands/password-hash.server'
import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { whyUnreachable, reachFacts } from '../../probationer/rules'
import type { ProbationerActor } from '../../shared/actor'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { phoneInSms } from '../../shared/phone'
import { countByActor } from '../../shared/throttle.server'
import { mayAskReset, mayResetBySms } from '../rules'
import {
  changeSpacePasswordInput,
  chooseSpacePasswordInput,
  numbersTyped,
  requestSpaceResetInput,
} from '../schema'
import { enabledFollowings, linkOf, lockLink, makeLink, useUpLinks } from './links.server'
import { tellOfAct, tellOfLink } from './message.server'
import { endSpaceSessions } from './sessions.server'
import { accountUnder } from './sign-in.sql.server'
import { forgetSpaceTries, type OpenedSpace } from './sign-in.server'

/** Creates the space of whoever holds the invitation, with the password they chose. */
export const acceptSpaceInvitation = preparedCommand(
  chooseSpacePasswordInput,
  (ctx: Context, { token, password }) => hashThrough(ctx, token, 'invitation', password),
  async (ctx: Context, { token }, passwordHash): Promise<OpenedSpace> => {
    const account = await lockLink(ctx, token, 'invitation')
    await takePassword(ctx, account, passwordHash)
    await ctx.tx.spaceAccount.update({
      where: { id: account.id },
      data: { acceptedAt: ctx.now, numberSeenOn: ctx.now },
      select: { id: true },
    })
    const probationerId = account.probationer.id
    await recordHistory(ctx, { probationerId, category: 'probationer', event: 'space.opened' })
    await recordAudit(ctx, { action: 'accept_invitation', subject: 'space', probationerId })
    return { accountId: account.id, probationerId }
  },
)

/**
 * Sends a link to choose another password, or nothing at all: whether a number has a space is nobody's business. To one
 * number, no more than a few an hour.
 */
export const requestSpaceReset = command(
  requestSpaceResetInput,
  async (ctx: Context, { phone }): Promise<void> => {
    const account = await accountUnder(ctx, numbersTyped(phone))
    if (!account) return
    const { probationerId } = account
    await lock(ctx, { probationer: probationerId })
    const held = await ctx.tx.spaceAccount.findUnique({
      where: { probationerId },
      select: {
        ...{ id: true, acceptedAt: true, revokedAt: true, numberSeenOn: true },
        probationer: { select: { ...reachFacts, followings: enabledFollowings } },
        tokens: {
          where: { purpose: 'password_reset', createdAt: { gt: new Date(ctx.now.getTime() - day) } },
          select: { createdAt: true },
        },
      },
    })
    if (!held || !mayResetBySms(held, ctx.now) || whyUnreachable(held.probationer)) return
    const askedAt = held.tokens.map(({ createdAt }) => createdAt)
    if (held.probationer.followings.length === 0 || !mayAskReset(askedAt, ctx.now)) return
    const link = await makeLink(ctx, held.id, 'password_reset')
    await tellOfLink(ctx, { probationerId, kind: 'space_reset' }, link)
    await recordAudit(ctx, { action: 'ask_reset', subject: 'space', probationerId })
  },
)

/**
 * Sets the password of whoever holds the link, who enters with it: were they to type it, whoever tries passwords on their
 * number would keep them out. Sessions open with the former one end, and an SMS says so.
 */
export const resetSpacePassword = preparedCommand(
  chooseSpacePasswordInput,
  (ctx: Context, { token, password }) => hashThrough(ctx, token, 'password_reset', password),
  async (ctx: Context, { token }, passwordHash): Promise<OpenedSpace> => {
    const account = await lockLink(ctx, token, 'password_reset')
    await takePassword(ctx, account, passwordHash)
    await endSpaceSessions(ctx, account.id)
    const probationerId = account.probationer.id
    await tellOfAct(ctx, { probationerId, kind: 'space_password_changed' })
    await recordAudit(ctx, { action: 'reset_password', subject: 'space', probationerId })
    return { accountId: account.id, probationerId }
  },
)

const ownAccount = {
  ...{ id: true, passwordHash: true },
  probationer: { select: { id: true, firstName: true, lastName: true, phone: true } },
} as const

const accountOf = async (ctx: Context<ProbationerActor>) =>
  orNotFound(
    await ctx.tx.spaceAccount.findUnique({ where: { probationerId: ctx.actor.id }, select: ownAccount }),
    'space account',
  )

/** Another password, by whoever says the present one. The other sessions end; the door gives this one another id. */
export const changeSpacePassword = preparedCommand(
  changeSpacePasswordInput,
  async (ctx: Context<ProbationerActor>, { presentPassword, password }) => {
    const account = await accountOf(ctx)
    await assertOwnPassword(ctx, account.passwordHash, presentPassword)
    refuseIf(password === presentPassword ? 'space.same_password' : null, 'password')
    return { seen: account.passwordHash, passwordHash: await hashChosen(account.probationer, password) }
  },
  async (ctx: Context<ProbationerActor>, _input, { seen, passwordHash }): Promise<{ accountId: number }> => {
    await lock(ctx, { probationer: ctx.actor.id })
    const account = await accountOf(ctx)
    // Changed by SMS while this one was hashed.
    refuseIf(account.passwordHash === seen ? null : 'space.present_password_wrong', 'presentPassword')
    await takePassword(ctx, account, passwordHash)
    await endSpaceSessions(ctx, account.id, ctx.actor.sessionId ?? null)
    await tellOfAct(ctx, { probationerId: ctx.actor.id, kind: 'space_password_changed' })
    await recordAudit(ctx, { action: 'change_password', subject: 'space', probationerId: ctx.actor.id })
    return { accountId: account.id }
  },
)

/**
 * @throws Refused beside its field when it is not the password of this account; TooMany beyond what anybody mistypes.
 */
export async function assertOwnPassword(
  { actor }: Context<ProbationerActor>,
  passwordHash: string | null,
  typed: string,
): Promise<void> {
  await countByActor('own-password', actor)
  refuseIf(
    (await isPassword(typed, passwordHash, 'person')) ? null : 'space.present_password_wrong',
    'presentPassword',
  )
}

interface Known {
  firstName: string
  lastName: string
  phone: string | null
}

/** @throws Refused when who knows the person would find it soon (decision A2). */
async function hashChosen({ firstName, lastName, phone }: Known, password: string): Promise<string> {
  const aboutThem = [firstName, lastName, ...(phone ? [phone, phoneInSms(phone)] : [])]
  refuseIf((await isGuessable(password, aboutThem, 'person')) ? 'space.password_guessable' : null, 'password')
  return hashPassword(password, 'person')
}

/** Null when the link opens nothing: the act then says so. */
async function hashThrough(
  ctx: Context,
  token: string,
  purpose: 'invitation' | 'password_reset',
  password: string,
): Promise<string | null> {
  const account = await linkOf(ctx, token, purpose)
  return account && hashChosen(account.probationer, password)
}

async function takePassword(
  ctx: Context,
  account: { id: number; probationer: { phone: string | null } },
  passwordHash: string | null,
): Promise<void> {
  if (passwordHash === null) throw new Refused('space.link_over')
  await ctx.tx.spaceAccount.update({
    where: { id: account.id },
    data: { passwordHash },
    select: { id: true },
  })
  await useUpLinks(ctx, account.id)
  if (account.probationer.phone) await forgetSpaceTries(ctx, account.probationer.phone)
}
