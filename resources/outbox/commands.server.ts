import * as z from 'zod'
import { command } from '../shared/command'
import type { Context } from '../shared/context'

const putInOutboxInput = z.object({
  channel: z.enum(['sms', 'email']),
  sender: z.string(),
  recipient: z.string(),
  subject: z.string().optional(),
  body: z.string(),
  /** The same, as a reader of mail shows it. */
  html: z.string().optional(),
  /** Our own reference, as given to a provider. */
  reference: z.string().optional(),
})

/** Keeps what would have left, where no real provider is set. */
export const putInOutbox = command(putInOutboxInput, async (ctx: Context, item): Promise<{ id: number }> =>
  ctx.tx.outboxItem.create({ data: { ...item, createdAt: ctx.now }, select: { id: true } }),
)
