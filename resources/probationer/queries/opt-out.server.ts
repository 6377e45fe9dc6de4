import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { orNotFound } from '../../shared/errors'
import { rowsOf } from '../../shared/prepared.server'
import { formatPhone } from '../../shared/phone'
import { checkedSql, followedBySql } from './list.sql.server'
import { organizationsReached } from '../policy'
import { smsOptOutTokenInput } from '../schema'

/** What the STOP page shows: enough of the number to know one's own, nothing of who it is. */
export const smsChoiceOf = query(smsOptOutTokenInput, async (ctx: Context, { token }) => {
  const { phone, smsOptOut } = orNotFound(
    await ctx.tx.probationer.findUnique({
      where: { smsOptOutToken: token },
      select: { phone: true, smsOptOut: true },
    }),
    'sms opt-out link',
  )
  return { maskedPhone: phone && maskedPhone(phone), smsOptOut }
})

/** "06 •• •• •• 27", "+594 ••• •• •• 27" */
export function maskedPhone(phone: string): string {
  const groups = formatPhone(phone).split('\u00a0')
  return groups
    .map((group, i) => (i === 0 || i === groups.length - 1 ? group : '•'.repeat(group.length)))
    .join('\u00a0')
}

/** How long a refusal by the link is shown to whoever is in charge. */
const shownDays = 14
const shown = 5

/**
 * Who refused SMS by the link these last days, latest first: of the persons the agent is in charge of, or
 * of all whom their service follows.
 */
export async function smsStoppedByLink(ctx: Context<AgentActor>, { mine }: { mine: boolean }) {
  const { actor, now } = ctx
  const persons = await rowsOf<{ id: number; lastName: string; firstName: string; smsStoppedAt: Date }>(
    ctx,
    Prisma.sql`
      SELECT p.id, p.last_name AS "lastName", p.first_name AS "firstName", p.sms_stopped_at AS "smsStoppedAt"
        FROM probationer p
       WHERE p.sms_stopped_at > ${new Date(now.getTime() - shownDays * day)}
         AND p.sms_opt_out AND p.archived_at IS NULL
         AND ${mine ? Prisma.sql`p.assigned_agent_id = ${actor.id}` : followedBySql([actor.organization.id])}
         AND ${checkedSql(followedBySql(organizationsReached(actor, 'list')))}
       ORDER BY p.sms_stopped_at DESC LIMIT ${shown + 1}`,
  )
  return {
    persons: persons.slice(0, shown).map(({ smsStoppedAt, ...person }) => ({
      ...person,
      ...civilOf(smsStoppedAt, actor.organization.timeZone),
    })),
    more: persons.length > shown,
  }
}
