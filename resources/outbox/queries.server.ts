import type { Context } from '../shared/context'

/** The item kept under one of our references, the last one when there are several. */
export async function outboxItemOf(ctx: Context, reference: string): Promise<{ id: number } | null> {
  return ctx.tx.outboxItem.findFirst({ where: { reference }, select: { id: true }, orderBy: { id: 'desc' } })
}

/** What would have left, newest first. */
export function latestOutboxItems(ctx: Context, take: number) {
  return ctx.tx.outboxItem.findMany({
    select: {
      id: true,
      channel: true,
      sender: true,
      recipient: true,
      subject: true,
      body: true,
      html: true,
      createdAt: true,
    },
    orderBy: { id: 'desc' },
    take,
  })
}

/** A mail that would have left, as a reader of mail shows it. */
export async function outboxHtml(ctx: Context, id: number): Promise<string | null> {
  const item = await ctx.tx.outboxItem.findUnique({ where: { id }, select: { html: true } })
  return item?.html ?? null
}
