import type * as z from 'zod'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { day, hour, minute } from '../../shared/duration'
import { enqueue, enqueueAll } from '../../shared/enqueue.server'
import { applyTestEvent } from '../../test-sms/commands.server'
import { processReceipt } from '../jobs'
import type { Carried } from '../reference'
import { nextState } from '../rules'
import {
  applyListedInput,
  receiptIdInput,
  recordReceiptInput,
  storeReceiptInput,
  storeReceiptsInput,
} from '../schema'
import { recordCredits } from './account.server'
import { applyEvent } from './apply.server'

/** Keeps a receipt as the provider gave it, to be understood by a job: the provider is answered at once. */
export const storeReceipt = command(
  storeReceiptInput,
  async (ctx: Context, { raw }): Promise<{ id: number }> => {
    const receipt = await ctx.tx.receipt.create({
      data: { raw: raw ?? {}, receivedAt: ctx.now },
      select: { id: true },
    })
    await enqueue(ctx, processReceipt, { receiptId: receipt.id })
    return receipt
  },
)

/** The same of several that came together: all are kept, or none and the provider tells them again. */
export const storeReceipts = command(storeReceiptsInput, async (ctx: Context, { raws }): Promise<void> => {
  await keep(ctx, raws)
})

async function keep(
  ctx: Context,
  raws: readonly z.output<typeof storeReceiptInput>['raw'][],
  listed = false,
) {
  const receipts = await ctx.tx.receipt.createManyAndReturn({
    data: raws.map((raw) => ({ raw: raw ?? {}, listed, receivedAt: ctx.now })),
    select: { id: true },
  })
  await enqueueAll(
    ctx,
    processReceipt,
    receipts.map(({ id }) => ({ payload: { receiptId: id } })),
  )
  return receipts.length
}

/**
 * Keeps, of what the provider's list tells, what changes a message, as receipts that had come: they are understood by
 * the same job. What is known already leaves nothing, however often the list is read.
 */
export const applyListed = command(applyListedInput, async (ctx: Context, { told }): Promise<number> => {
  const idsOf = (kind: 'message' | 'test') =>
    told.flatMap(({ news: { of } }) => (of.kind === kind ? [of.id] : []))
  const known = { id: true, state: true, createdAt: true } as const
  const messages = await ctx.tx.message.findMany({ where: { id: { in: idsOf('message') } }, select: known })
  const tests = await ctx.tx.testSms.findMany({ where: { id: { in: idsOf('test') } }, select: known })
  const changing = told.filter(({ news: { of, event } }) => {
    const state = (of.kind === 'test' ? tests : messages).find(
      ({ id, createdAt }) => id === of.id && createdAt.getTime() === of.createdAt.getTime(),
    )?.state
    return state !== undefined && nextState(state, `receipt_${event}`) !== state
  })
  return keep(
    ctx,
    changing.map(({ raw }) => raw),
    true,
  )
})

const unknownKeptFor = 7 * day

/** Another deployment on the same account, or this one before its database was restored, has the same ids. */
async function isOurs(ctx: Context, { kind, ...of }: Carried): Promise<boolean> {
  const found = { where: of, select: { id: true } } as const
  const row =
    kind === 'test' ? await ctx.tx.testSms.findUnique(found) : await ctx.tx.message.findUnique(found)
  return row !== null
}

/** When what a receipt tells happened: at the instant it names, or as it came where that is no instant of a receipt. */
function instantOf({ at }: { at: Date }, { receivedAt }: { receivedAt: Date }): Date {
  const since = receivedAt.getTime() - at.getTime()
  return since > 7 * day || since < -10 * minute ? receivedAt : at
}

/** Nobody can read it now: tried again every hour, as long as receipts are kept that speak of no message of ours. */
export const putOffReceipt = command(receiptIdInput, async (ctx: Context, { receiptId }): Promise<void> => {
  const receipt = await ctx.tx.receipt.findUnique({ where: { id: receiptId }, select: { receivedAt: true } })
  if (receipt && !isTooOld(ctx, receipt)) await askAgainLater(ctx, receiptId)
})

const isTooOld = (ctx: Context, { receivedAt }: { receivedAt: Date }) =>
  ctx.now.getTime() - receivedAt.getTime() >= unknownKeptFor

const askAgainLater = (ctx: Context, receiptId: number) =>
  enqueue(ctx, processReceipt, { receiptId }, { runAt: new Date(ctx.now.getTime() + hour) })

/**
 * Applies a receipt once understood. One that speaks of no message of ours is kept seven days and
 * tried again every hour, then deleted: it may have come before our own commit. One that nobody understands stays
 * in the table, unprocessed.
 */
export const recordReceipt = command(
  recordReceiptInput,
  async (ctx: Context, { receiptId, news }): Promise<void> => {
    const receipt = await ctx.tx.receipt.findUnique({ where: { id: receiptId } })
    if (!receipt || receipt.processedAt || !news) return
    const at = instantOf(news, receipt)
    const { of } = news
    const apply = of.kind === 'test' ? applyTestEvent : applyEvent
    const state = !(await isOurs(ctx, of))
      ? null
      : await apply(ctx, of.id, `receipt_${news.event}`, {
          at,
          reason: news.event === 'failed' ? (news.reason ?? 'rejected') : undefined,
          code: news.event === 'accepted' ? undefined : news.code,
          partsBilled: news.partsBilled,
          creditsUsed: news.creditsUsed,
        })
    if (news.creditsLeft !== undefined) await recordCredits(ctx, { credits: news.creditsLeft, at })
    if (state === null && !isTooOld(ctx, receipt)) return askAgainLater(ctx, receiptId)
    // Of a message that went with its person, it holds their number still.
    if (state === null) await ctx.tx.receipt.delete({ where: { id: receiptId } })
    else await ctx.tx.receipt.update({ where: { id: receiptId }, data: { processedAt: ctx.now } })
  },
)
