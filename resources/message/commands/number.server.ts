import type { Context } from '../../shared/context'
import { failedOnAnotherDay } from '../rules'

interface Sent {
  id: number
  probationerId: number
  phone: string | null
}

/**
 * A permanent failure marks the number to be checked; a second one on another day, dead: nothing
 * more is sent to it until it is edited (12 §6). A number changed since is left alone.
 */
export async function markNumberFailed(ctx: Context, message: Sent): Promise<void> {
  if (!message.phone) return
  const failures = await ctx.tx.message.findMany({
    where: {
      probationerId: message.probationerId,
      phone: message.phone,
      state: 'failed',
      endReason: { in: ['invalid_number', 'unallocated_number'] },
      id: { not: message.id },
    },
    select: { endedAt: true },
  })
  const days = failures.flatMap((failure) => failure.endedAt ?? [])
  await ctx.tx.probationer.updateMany({
    where: { id: message.probationerId, phone: message.phone },
    data: { phoneState: failedOnAnotherDay(days, ctx.now) ? 'dead' : 'to_check' },
  })
}

/** An SMS has arrived: what an earlier failure said of the number no longer holds. */
export async function markNumberWorks(ctx: Context, message: Sent): Promise<void> {
  if (!message.phone) return
  await ctx.tx.probationer.updateMany({
    where: { id: message.probationerId, phone: message.phone, phoneState: { not: 'fine' } },
    data: { phoneState: 'fine' },
  })
}
