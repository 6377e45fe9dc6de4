import type { Context } from '../../shared/context'
import { referenceOf, type Carried } from '../reference'
import { lookedForAfter } from '../rules'

/** What was handed over, and nobody knows whether it left. */
export interface UnsettledSms {
  of: Carried
  reference: string
  phone: string
  claimedAt: Date
}

const atMost = 500

/**
 * What is to be looked for in the provider's list: that which may still be handed over again first, the nearest deadline
 * before the others.
 */
export async function unsettledSms(ctx: Context): Promise<UnsettledSms[]> {
  const wanted = {
    where: { state: 'unknown', claimedAt: { lte: new Date(ctx.now.getTime() - lookedForAfter) } },
    select: { id: true, createdAt: true, phone: true, claimedAt: true, deadline: true },
    orderBy: { deadline: 'desc' },
    take: atMost,
  } as const
  const [messages, tests] = [await ctx.tx.message.findMany(wanted), await ctx.tx.testSms.findMany(wanted)]
  const isPast = ({ deadline }: { deadline: Date }) => Number(deadline <= ctx.now)
  return [
    ...messages.map((message) => ({ ...message, kind: 'message' as const })),
    ...tests.map((test) => ({ ...test, kind: 'test' as const })),
  ]
    .sort((a, b) => isPast(a) - isPast(b) || a.deadline.getTime() - b.deadline.getTime())
    .flatMap(({ kind, id, createdAt, phone, claimedAt }) => {
      const of = { kind, id, createdAt }
      return phone && claimedAt ? [{ of, reference: referenceOf(of), phone, claimedAt }] : []
    })
}
