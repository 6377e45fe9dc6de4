import { recordHistory } from '../../history-entry/commands.server'
import type { Context } from '../../shared/context'
import { failedOnAnotherDay } from '../rules'

interface Sent {
  id: number
  probationerId: number
  phone: string | null
}

const edits = ['probationer.phone_added', 'probationer.phone_changed', 'probationer.phone_removed']

/**
 * A permanent failure marks the number to be checked; a second one on another day, dead: nothing
 * more is sent to it until it is edited. Only what followed its last edit and the last SMS that
 * arrived counts. A number changed since is left alone.
 */
export async function markNumberFailed(ctx: Context, message: Sent): Promise<void> {
  const { probationerId, phone } = message
  if (!phone) return
  const arrived = await ctx.tx.message.findFirst({
    where: { probationerId, phone, state: 'delivered' },
    orderBy: { deliveredAt: { sort: 'desc', nulls: 'last' } },
    select: { deliveredAt: true },
  })
  const edited = await ctx.tx.historyEntry.findFirst({
    where: { probationerId, event: { in: edits } },
    orderBy: { at: 'desc' },
    select: { at: true },
  })
  const { appointment, probationer } = await ctx.tx.message.findUniqueOrThrow({
    where: { id: message.id },
    select: {
      appointment: { select: { organization: { select: { timeZone: true } } } },
      probationer: { select: { creatingOrganization: { select: { timeZone: true } } } },
    },
  })
  const zone = (appointment?.organization ?? probationer.creatingOrganization)?.timeZone ?? 'Europe/Paris'
  const since = new Date(Math.max(arrived?.deliveredAt?.getTime() ?? 0, edited?.at.getTime() ?? 0))
  const failures = await ctx.tx.message.findMany({
    where: {
      probationerId,
      phone,
      state: 'failed',
      endReason: { in: ['invalid_number', 'unallocated_number'] },
      endedAt: { gt: since },
      id: { not: message.id },
    },
    select: { endedAt: true },
  })
  const days = failures.flatMap((failure) => failure.endedAt ?? [])
  const phoneState = failedOnAnotherDay(days, ctx.now, zone) ? 'dead' : 'to_check'
  const { count } = await ctx.tx.probationer.updateMany({
    where: { id: probationerId, phone, phoneState: { not: phoneState } },
    data: { phoneState },
  })
  if (count > 0)
    await recordHistory(ctx, { probationerId, category: 'probationer', event: 'probationer.phone_to_check' })
}

/** An SMS has arrived: what an earlier failure said of the number no longer holds. */
export async function markNumberWorks(ctx: Context, message: Sent): Promise<void> {
  if (!message.phone) return
  await ctx.tx.probationer.updateMany({
    where: { id: message.probationerId, phone: message.phone, phoneState: { not: 'fine' } },
    data: { phoneState: 'fine' },
  })
}
