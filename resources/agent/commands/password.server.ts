import { recordAudit } from '../../audit/commands.server'
import { revokeCalendar } from '../../calendar-feed/commands.server'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { hashPassword, isGuessable } from './password-hash.server'
import { linkOf, lockLink, sendLink, useUpLinks } from './links.server'
import { sendAccountMail } from '../jobs'
import { resetMailEvery } from '../rules'
import { choosePasswordInput, requestPasswordResetInput } from '../schema'
import { endSessions } from './sessions.server'
import { forgetTries } from './sign-in.server'

/**
 * Sends a link to choose a new password, or says nothing: whether the e-mail is known is nobody's
 * business. Who has not accepted their invitation gets it again as long as it lasts, for no longer:
 * to renew one is an act of those who invite (decision A5).
 */
export const requestPasswordReset = command(
  requestPasswordResetInput,
  async (ctx: Context, { email }): Promise<void> => {
    const agent = await ctx.tx.agent.findUnique({
      where: { email, deletedAt: null },
      select: { id: true, passwordHash: true },
    })
    if (!agent) return
    await lock(ctx, { agent: agent.id })
    const purpose = agent.passwordHash ? 'password_reset' : 'invitation'
    const last = await ctx.tx.agentToken.findFirst({
      where: { agentId: agent.id, purpose, usedAt: null, expiresAt: { gt: ctx.now } },
      orderBy: { createdAt: 'desc' },
      select: { createdAt: true, expiresAt: true },
    })
    if (last && ctx.now.getTime() - last.createdAt.getTime() < resetMailEvery) return
    if (purpose === 'password_reset') await sendLink(ctx, agent.id, purpose)
    else if (last) await sendLink(ctx, agent.id, purpose, last.expiresAt)
  },
)

/**
 * Sets the new password of the agent who holds the link. Unlocks the account, ends its sessions and its calendar.
 *
 * @throws Refused when the link is over, or the password guessable.
 */
export const resetPassword = preparedCommand(
  choosePasswordInput,
  (ctx: Context, { token, password }) => hashChosenThrough(ctx, token, 'password_reset', password),
  async (ctx: Context, { token }, passwordHash): Promise<void> => {
    const { agentId } = await lockLink(ctx, token, 'password_reset')
    await takePassword(ctx, agentId, passwordHash)
    await endSessions(ctx, agentId)
    await revokeCalendar(ctx, agentId)
    await tellOfNewPassword(ctx, agentId)
    await recordAudit(ctx, { action: 'reset_password', subject: 'agent', subjectId: agentId })
  },
)

/**
 * The hash of a password chosen through a link, null when the link is over: the act then says so.
 *
 * @throws Refused when the password is guessable.
 */
export async function hashChosenThrough(
  ctx: Context,
  token: string,
  purpose: 'invitation' | 'password_reset',
  password: string,
): Promise<string | null> {
  const link = await linkOf(ctx, token, purpose)
  return link && hashChosen(link.agent, password)
}

interface Known {
  firstName: string
  lastName: string
  email: string
  organization: { name: string }
}

/** @throws Refused when who knows the person would find it soon. */
export async function hashChosen(agent: Known, password: string): Promise<string> {
  const aboutThem = [agent.firstName, agent.lastName, agent.email, agent.organization.name]
  refuseIf((await isGuessable(password, aboutThem)) ? 'agent.password_guessable' : null, 'password')
  return hashPassword(password)
}

/** Writes a new password: links sent before open nothing any more, and wrong tries are forgotten. */
export async function takePassword(
  ctx: Context,
  agentId: number,
  passwordHash: string | null,
): Promise<void> {
  refuseIf(passwordHash === null ? 'agent.link_over' : null)
  await ctx.tx.agent.update({ where: { id: agentId }, data: { passwordHash }, select: { id: true } })
  await forgetTries(ctx, agentId)
  await useUpLinks(ctx, agentId)
}

/** Who did not change it must learn that somebody did. */
export async function tellOfNewPassword(ctx: Context, agentId: number): Promise<void> {
  await enqueue(ctx, sendAccountMail, { agentId, template: 'password_changed', at: ctx.now.toISOString() })
}
