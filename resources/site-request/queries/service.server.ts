import { publicPageSlugInput } from '../../public-page/schema'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'

/** How a service that convokes is told that somebody cannot come. Its mailbox is used, and not shown. */
export const serviceToWarn = query(publicPageSlugInput, async (ctx: Context, { slug }) => {
  const { organization, ...page } = orNotFound(
    await ctx.tx.publicPage.findFirst({
      where: { slug, state: 'published' },
      select: { title: true, phone: true, email: true, organization: { select: { sharedMailbox: true } } },
    }),
    'public page',
  )
  return { ...page, canBeWrittenTo: Boolean(page.email ?? organization?.sharedMailbox) }
})
