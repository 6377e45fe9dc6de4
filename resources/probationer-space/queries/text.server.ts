import { foldToGsm7, measure } from '../../message/sms-text'
import { smsLink } from '../../message/rules'
import type { SpaceMessageKind } from '../../message/template/schema'
import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { pathOfLink } from '../commands/links.server'
import { spaceSmsText } from '../fr'

/** What makes the message of a link unique, and leads back to it. */
export const causeOfLink = (tokenId: number): string => `space-link:${tokenId}`

const tokenOf = (causeKey: string): number => Number(/^space-link:(\d+)$/.exec(causeKey)?.[1])

/**
 * The text of an SMS of the space as it leaves, and as it is kept: the secret of its link is for the phone alone. Null
 * when its link is gone: another was asked meanwhile.
 */
export async function spaceSmsOf(
  ctx: Context,
  { messageId, kind }: { messageId: number; kind: SpaceMessageKind },
) {
  const { causeKey, probationer } = await ctx.tx.message.findUniqueOrThrow({
    where: { id: messageId },
    select: {
      causeKey: true,
      probationer: {
        select: { smsOptOutToken: true, spaceAccount: { select: { invitationCount: true } } },
      },
    },
  })
  const carriesLink = kind === 'space_invitation' || kind === 'space_reset'
  const link = carriesLink ? await usableLink(ctx, tokenOf(causeKey ?? '')) : null
  if (carriesLink && !link) return null
  const path = link && pathOfLink(link)
  const said = spaceSmsText(kind, probationer.spaceAccount?.invitationCount ?? 1)
  const made = (linkPath: string | null) =>
    foldToGsm7(
      [
        said,
        ...(linkPath === null ? [] : [smsLink(env.PUBLIC_URL, linkPath)]),
        `STOP ${smsLink(env.PUBLIC_URL, `/stop/${probationer.smsOptOutToken}`)}`,
      ].join(' '),
    )
  const text = made(path)
  const kept = path && made(path.replace(/[^/]+$/, (secret) => '*'.repeat(secret.length)))
  const { alphabet, parts } = measure(text)
  return { text, kept: kept ?? text, alphabet, parts }
}

async function usableLink(ctx: Context, id: number) {
  if (Number.isNaN(id)) return null
  const link = await ctx.tx.spaceToken.findUnique({ where: { id } })
  return link && link.usedAt === null && ctx.now < link.expiresAt ? link : null
}
