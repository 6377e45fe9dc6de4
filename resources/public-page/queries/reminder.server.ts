import type { Prisma } from '@prisma/client'
import type * as z from 'zod'
import type { Context } from '../../shared/context'
import type { sendPageReminder } from '../jobs'
import { unreadSince } from '../rules'

/** The pages that nobody has checked for six months, since they were written when nobody ever did. */
export const unreadPages = (now: Date) =>
  ({
    state: 'published',
    OR: [{ checkedAt: { lt: unreadSince(now) } }, { checkedAt: null, updatedAt: { lt: unreadSince(now) } }],
  }) satisfies Prisma.PublicPageWhereInput

/** Who reads the page of their service again: whoever was invited and has not come yet reads nothing. */
export const readersAgain = {
  role: 'local_admin',
  deletedAt: null,
  passwordHash: { not: null },
} satisfies Prisma.AgentWhereInput

/** What a local admin is told of the page of their service; null when they left it, or when it has been checked since. */
export async function pageReminder(
  ctx: Context,
  { pageId, agentId }: Pick<z.output<typeof sendPageReminder.payload>, 'pageId' | 'agentId'>,
) {
  const page = await ctx.tx.publicPage.findFirst({
    where: { id: pageId, ...unreadPages(ctx.now) },
    select: { id: true, title: true, timeZone: true, checkedAt: true, organizationId: true },
  })
  if (!page || page.organizationId === null) return null
  const recipient = await ctx.tx.agent.findFirst({
    where: { id: agentId, organizationId: page.organizationId, ...readersAgain },
    select: { email: true, firstName: true },
  })
  if (!recipient) return null
  return { to: recipient.email, firstName: recipient.firstName, ...page }
}
export type PageReminder = NonNullable<Awaited<ReturnType<typeof pageReminder>>>
