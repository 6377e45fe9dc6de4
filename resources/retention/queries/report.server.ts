import type { Context } from '../../shared/context'
import { foreseenAt } from './due.sql.server'

/** How many ids of a kind a mail lists: beyond, their number is enough. */
const shown = 500

/** What a central admin is told of a night to come: counts and ids, no name. Null when they are gone. */
export async function retentionReport(ctx: Context, { agentId, night }: { agentId: number; night: Date }) {
  const recipient = await ctx.tx.agent.findFirst({
    where: { id: agentId, deletedAt: null, role: 'central_admin' },
    select: { email: true, firstName: true },
  })
  if (!recipient) return null
  return {
    to: recipient.email,
    firstName: recipient.firstName,
    night,
    ...(await foreseenAt(ctx, { at: night, shown })),
  }
}
export type RetentionReport = NonNullable<Awaited<ReturnType<typeof retentionReport>>>
