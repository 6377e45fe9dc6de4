import { recordAudit } from '../../audit/commands.server'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { hashPassword, isGuessable } from './password-hash.server'
import { lockLink, sendLink, useUpLinks } from './links.server'
import { resetMailEvery } from '../rules'
import { choosePasswordInput, requestPasswordResetInput } from '../schema'
import { endSessions } from './sessions.server'

/**
 * Sends a link to choose a new password, or says nothing: whether the e-mail is known is nobody's
 * business. Who has not accepted their invitation gets it again as long as it lasts, for no longer:
 * to renew one is an act of those who invite (decision A5).
 */
export const requestPasswordReset = command(
  requestPasswordResetInput,
  async (ctx: Context, { email }): Promise<void> => {
    const agent = await ctx.tx.agent.findUnique({
      where: { email },
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
 * Takes the new password of who holds the link. Unlocks the account and ends its sessions.
 *
 * @throws Refused when the link is over, or the password guessable.
 */
export const resetPassword = command(choosePasswordInput, async (ctx: Context, input): Promise<void> => {
  const link = await lockLink(ctx, input.token, 'password_reset')
  await takePassword(ctx, link, input.password)
  await endSessions(ctx, link.agentId)
  await recordAudit(ctx, { action: 'reset_password', subject: 'agent', subjectId: link.agentId })
})

/** Writes the password chosen through a link, which has then served. */
export async function takePassword(
  ctx: Context,
  { agentId, agent }: Awaited<ReturnType<typeof lockLink>>,
  password: string,
): Promise<void> {
  const aboutThem = [agent.firstName, agent.lastName, agent.email, agent.organization.name]
  refuseIf((await isGuessable(password, aboutThem)) ? 'agent.password_guessable' : null, 'password')
  await ctx.tx.agent.update({
    where: { id: agentId },
    data: { passwordHash: await hashPassword(password), failedAttempts: 0, lockedAt: null },
    select: { id: true },
  })
  await useUpLinks(ctx, agentId)
}
