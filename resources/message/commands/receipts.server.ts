import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { day, hour } from '../../shared/duration'
import { enqueue } from '../../shared/enqueue.server'
import { processReceipt } from '../jobs'
import { recordReceiptInput, storeReceiptInput } from '../schema'
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

const unknownKeptFor = 7 * day

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
    const state = await applyEvent(ctx, news.messageId, `receipt_${news.event}`, {
      at: news.at,
      reason: news.event === 'failed' ? (news.reason ?? 'rejected') : undefined,
      code: news.code,
    })
    const tooOld = ctx.now.getTime() - receipt.receivedAt.getTime() >= unknownKeptFor
    if (state === null && !tooOld) {
      await enqueue(ctx, processReceipt, { receiptId }, { runAt: new Date(ctx.now.getTime() + hour) })
      return
    }
    // Of a message that went with its person, it holds their number still.
    if (state === null) await ctx.tx.receipt.delete({ where: { id: receiptId } })
    else await ctx.tx.receipt.update({ where: { id: receiptId }, data: { processedAt: ctx.now } })
  },
)
