import type { Context } from '../shared/context'

const day = 24 * 3_600_000
const ago = (ctx: Context, days: number) => new Date(ctx.now.getTime() - days * day)

/** Traces of reading and change are kept one year (decision R8). */
export async function eraseOldTraces(ctx: Context): Promise<number> {
  const { count } = await ctx.tx.auditEntry.deleteMany({ where: { at: { lt: ago(ctx, 365) } } })
  return count
}

/** Sessions that are over, links past their end, and receipts, job lines and outbox past their use. */
export async function eraseExpired(ctx: Context): Promise<number> {
  const sessions = await ctx.tx.session.deleteMany({ where: { expire: { lt: ago(ctx, 1) } } })
  const links = await ctx.tx.agentToken.deleteMany({ where: { expiresAt: { lt: ago(ctx, 30) } } })
  const spaceLinks = await ctx.tx.spaceToken.deleteMany({ where: { expiresAt: { lt: ago(ctx, 30) } } })
  const receipts = await ctx.tx.receipt.deleteMany({ where: { receivedAt: { lt: ago(ctx, 90) } } })
  // Names, numbers and the links of mails: what a demonstration of this week is looked at with.
  const outbox = await ctx.tx.outboxItem.deleteMany({ where: { createdAt: { lt: ago(ctx, 7) } } })
  const runs = await ctx.tx.jobRun.deleteMany({ where: { startedAt: { lt: ago(ctx, 90) } } })
  return sessions.count + links.count + spaceLinks.count + receipts.count + outbox.count + runs.count
}
