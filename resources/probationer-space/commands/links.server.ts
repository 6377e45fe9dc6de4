import type { AgentTokenPurpose, SpaceToken } from '@prisma/client'
import type { Context } from '../../shared/context'
import { secretAgain } from '../../shared/derived-secret.server'
import { keyedDigest, sha256 } from '../../shared/digest.server'
import { env } from '../../shared/env.server'
import { Refused } from '../../shared/errors'
import { linkLetters } from '../../shared/links'
import { lock } from '../../shared/lock.server'
import { invitationLasts, isSpaceLinkUsable, mayResetBySms, resetLasts } from '../rules'

const lasts: Record<AgentTokenPurpose, number> = { invitation: invitationLasts, password_reset: resetLasts }

/** Short addresses: each sign more is paid in each SMS. */
const pathBefore: Record<AgentTokenPurpose, string> = { invitation: '/i/', password_reset: '/mdp/' }

type LinkRow = Pick<SpaceToken, 'spaceAccountId' | 'purpose' | 'createdAt'>

/** 26 letters of 31: more than 128 bits. */
const secretLength = 26

function secretUnder(secret: string, { spaceAccountId, purpose, createdAt }: LinkRow): string {
  const digest = keyedDigest('space-link', `${purpose} ${spaceAccountId} ${createdAt.toISOString()}`, secret)
  const base = BigInt(linkLetters.length)
  let rest = BigInt(`0x${digest}`)
  let written = ''
  while (written.length < secretLength) {
    written += linkLetters.charAt(Number(rest % base))
    rest /= base
  }
  return written
}

/** The path of a link, for the SMS or the paper that carries it. */
export const pathOfLink = (row: LinkRow & Pick<SpaceToken, 'tokenHash'>): string =>
  pathBefore[row.purpose] + secretAgain(row.tokenHash, (secret) => secretUnder(secret, row))

const made = {
  id: true,
  spaceAccountId: true,
  purpose: true,
  createdAt: true,
  tokenHash: true,
  expiresAt: true,
} as const

/** Makes a link; those of its purpose made before open nothing any more. */
export async function makeLink(ctx: Context, spaceAccountId: number, purpose: AgentTokenPurpose) {
  await useUpLinks(ctx, spaceAccountId, purpose)
  const row = { spaceAccountId, purpose, createdAt: ctx.now }
  const expiresAt = new Date(ctx.now.getTime() + lasts[purpose])
  return ctx.tx.spaceToken.create({
    data: { ...row, expiresAt, tokenHash: sha256(secretUnder(env.LINK_SECRET[0], row)) },
    select: made,
  })
}

/** What was sent before opens nothing any more. */
export async function useUpLinks(
  ctx: Context,
  spaceAccountId: number,
  purpose?: AgentTokenPurpose,
): Promise<void> {
  await ctx.tx.spaceToken.updateMany({
    where: { spaceAccountId, usedAt: null, ...(purpose && { purpose }) },
    data: { usedAt: ctx.now },
  })
}

/** The services that follow the person and have the space (decision S1). */
export const enabledFollowings = {
  where: { organization: { probationerSpaceEnabled: true } },
  select: { id: true },
} as const

const linkColumns = {
  ...{ purpose: true, usedAt: true, expiresAt: true },
  spaceAccount: {
    select: {
      ...{ id: true, acceptedAt: true, revokedAt: true, numberSeenOn: true, passwordHash: true },
      probationer: {
        select: {
          ...{ id: true, firstName: true, lastName: true, phone: true },
          ...{ archivedAt: true, limitedAt: true, followings: enabledFollowings },
        },
      },
    },
  },
} as const

/**
 * The account that a link opens; null when it is unknown, used, over, of an access that was closed, of a number that is
 * gone or of services that have no space: nobody is told which.
 */
export async function linkOf(ctx: Context, secret: string, purpose: AgentTokenPurpose) {
  const link = await ctx.tx.spaceToken.findUnique({
    where: { tokenHash: sha256(secret) },
    select: linkColumns,
  })
  if (link?.purpose !== purpose || !isSpaceLinkUsable(link, ctx.now)) return null
  const { spaceAccount: account } = link
  const { phone, archivedAt, limitedAt, followings } = account.probationer
  const opens =
    purpose === 'invitation'
      ? !account.acceptedAt && !account.revokedAt && !archivedAt && !limitedAt
      : mayResetBySms(account, ctx.now)
  return opens && phone && followings.length > 0
    ? { ...account, probationer: { ...account.probationer, phone } }
    : null
}

/**
 * The same, with the person held: of two submits of one link, the second finds it used.
 *
 * @throws Refused when it opens nothing.
 */
export async function lockLink(ctx: Context, secret: string, purpose: AgentTokenPurpose) {
  const seen = await linkOf(ctx, secret, purpose)
  if (seen) await lock(ctx, { probationer: seen.probationer.id })
  const account = seen && (await linkOf(ctx, secret, purpose))
  if (!account) throw new Refused('space.link_over')
  return account
}
