import type { Context } from '../../shared/context'
import { referenceOf, type Carried } from '../reference'
import { lookedForAfter } from '../rules'

/** What was handed over, and nobody knows whether it left. */
export interface UnsettledSms {
  of: Carried
  reference: string
  phone: string
  claimedAt: Date
  deadline: Date
}

const atMost = 500

/**
 * What is to be looked for in the provider's list: that which may still be handed over again first, the nearest deadline
 * before the others. In SQL, as its partial index asks: Prisma casts a state from text, which proves nothing to it.
 */
export async function unsettledSms(ctx: Context): Promise<UnsettledSms[]> {
  const by = new Date(ctx.now.getTime() - lookedForAfter)
  const rows = await ctx.tx.$queryRaw<(Carried & Pick<UnsettledSms, 'phone' | 'claimedAt' | 'deadline'>)[]>`
    SELECT kind, id, created_at AS "createdAt", phone, claimed_at AS "claimedAt", deadline FROM (
      SELECT 'message' AS kind, id, created_at, phone, claimed_at, deadline FROM message
       WHERE state = 'unknown' AND claimed_at <= ${by} AND phone IS NOT NULL
      UNION ALL
      SELECT 'test', id, created_at, phone, claimed_at, deadline FROM test_sms
       WHERE state = 'unknown' AND claimed_at <= ${by}) AS unsettled
     ORDER BY deadline <= ${ctx.now}, deadline, id LIMIT ${atMost}`
  return rows.map(({ kind, id, createdAt, ...sms }) => {
    const of = { kind, id, createdAt }
    return { of, reference: referenceOf(of), ...sms }
  })
}
