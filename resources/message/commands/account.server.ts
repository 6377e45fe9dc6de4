import type { Context } from '../../shared/context'
import { minute } from '../../shared/duration'
import { listReadUntil, nextInList, smsProvider, type ListPosition } from '../rules'

/** Each receipt says what is left: written once a minute, so that receipts do not wait for each other. */
const writtenEvery = minute

/** What is left on the account, as it said at an instant; older news changes nothing. */
export async function recordCredits(
  ctx: Context,
  { credits, at }: { credits: number; at: Date },
): Promise<void> {
  const known = { credits, creditsAt: at, unreadSince: null }
  const { count } = await ctx.tx.smsAccount.updateMany({
    where: {
      provider: smsProvider,
      OR: [{ creditsAt: null }, { creditsAt: { lte: new Date(at.getTime() - writtenEvery) } }],
    },
    data: known,
  })
  if (count === 0)
    await ctx.tx.smsAccount.createMany({ data: { provider: smsProvider, ...known }, skipDuplicates: true })
}

/** The account was asked and did not say: since the first time that it did not. */
export async function recordCreditsUnread(ctx: Context): Promise<void> {
  const { unreadSince } = await ctx.tx.smsAccount.upsert({
    where: { provider: smsProvider },
    create: { provider: smsProvider, unreadSince: ctx.now },
    update: {},
    select: { unreadSince: true },
  })
  if (!unreadSince)
    await ctx.tx.smsAccount.update({ where: { provider: smsProvider }, data: { unreadSince: ctx.now } })
}

/**
 * A page of the list was read: moves on.
 *
 * @returns where to read on, or null: all that the list says now is known.
 */
export async function recordListRead(
  ctx: Context,
  at: ListPosition,
  page: { read: number; whole: boolean },
): Promise<ListPosition | null> {
  const next = nextInList(at, page, ctx.now)
  const { day, position } = next ?? { ...at, position: at.position + page.read }
  const read = {
    ...{ listDay: day, listPosition: position },
    ...(!next && { listReadUntil: listReadUntil(ctx.now) }),
  }
  await ctx.tx.smsAccount.upsert({
    where: { provider: smsProvider },
    create: { provider: smsProvider, ...read },
    update: read,
    select: { provider: true },
  })
  return next
}
