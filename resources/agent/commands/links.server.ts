import type { AgentToken, AgentTokenPurpose } from '@prisma/client'
import type { Context } from '../../shared/context'
import { secretAgain } from '../../shared/derived-secret.server'
import { keyedDigest, sha256 } from '../../shared/digest.server'
import { env } from '../../shared/env.server'
import { enqueue } from '../../shared/enqueue.server'
import { Refused } from '../../shared/errors'
import { readLinkCode } from '../../shared/links'
import { lock } from '../../shared/lock.server'
import { sendAgentMail } from '../jobs'
import { invitationLinkLasts, isLinkUsable, resetLinkLasts } from '../rules'

const lasts: Record<AgentTokenPurpose, number> = {
  invitation: invitationLinkLasts,
  password_reset: resetLinkLasts,
}

type LinkRow = Pick<AgentToken, 'agentId' | 'purpose' | 'createdAt'>

const secretUnder = (secret: string, row: LinkRow) =>
  keyedDigest('agent-link', `${row.purpose} ${row.agentId} ${row.createdAt.toISOString()}`, secret)

/** The secret of a link, for the mail that carries it. */
export const secretOf = (row: LinkRow & Pick<AgentToken, 'tokenHash'>): string =>
  secretAgain(row.tokenHash, (secret) => secretUnder(secret, row))

/** Makes a link and asks for the mail that carries it. Earlier links stay valid: mails may arrive out of order. */
export async function sendLink(
  ctx: Context,
  agentId: number,
  purpose: AgentTokenPurpose,
  expiresAt = new Date(ctx.now.getTime() + lasts[purpose]),
): Promise<void> {
  const row = { agentId, purpose, createdAt: ctx.now }
  const tokenHash = sha256(secretUnder(env.LINK_SECRET[0], row))
  const { id: tokenId } = await ctx.tx.agentToken.upsert({
    where: { tokenHash },
    create: { ...row, tokenHash, expiresAt },
    update: {},
    select: { id: true },
  })
  await enqueue(ctx, sendAgentMail, { tokenId }, { key: `agent-mail:${tokenId}` })
}

const linkColumns = {
  agentId: true,
  purpose: true,
  usedAt: true,
  expiresAt: true,
  agent: {
    select: {
      email: true,
      firstName: true,
      lastName: true,
      passwordHash: true,
      deletedAt: true,
      organization: { select: { name: true } },
    },
  },
} as const

/** The usable link of this secret, with its agent; null when unknown, used or over: never say which. */
export async function linkOf(ctx: Context, secret: string, purpose: AgentTokenPurpose) {
  const link = await ctx.tx.agentToken.findUnique({
    where: { tokenHash: sha256(readLinkCode(secret)) },
    select: linkColumns,
  })
  const opens = link?.purpose === purpose && link.agent.deletedAt === null && isLinkUsable(link, ctx.now)
  return opens ? link : null
}

/**
 * The link, with the row of its agent locked: of two submits of one link, the second finds it used.
 *
 * @throws Refused when the link cannot be used.
 */
export async function lockLink(ctx: Context, secret: string, purpose: AgentTokenPurpose) {
  const seen = await linkOf(ctx, secret, purpose)
  if (seen) await lock(ctx, { agent: seen.agentId })
  const link = seen && (await linkOf(ctx, secret, purpose))
  if (!link) throw new Refused('agent.link_over')
  return link
}

/** Nothing sent before a password was chosen opens anything any more. */
export async function useUpLinks(ctx: Context, agentId: number): Promise<void> {
  await ctx.tx.agentToken.updateMany({ where: { agentId, usedAt: null }, data: { usedAt: ctx.now } })
}
