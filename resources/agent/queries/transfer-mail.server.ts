import type * as z from 'zod'
import type { Context } from '../../shared/context'
import { agentName } from '../../shared/french'
import { formatPhone } from '../../shared/phone'
import { canFollowProbationers } from '../../shared/rights'
import type { sendTransferMail } from '../jobs'

/** What the mails of a transfer say; null when somebody they name or are written to is gone. */
export async function transferMail(ctx: Context, payload: z.output<typeof sendTransferMail.payload>) {
  const { agentId, recipientId, fromOrganizationId, toOrganizationId } = payload
  const [agent, recipient] = await Promise.all(
    [agentId, recipientId].map((id) =>
      ctx.tx.agent.findUnique({
        where: { id, deletedAt: null },
        select: {
          firstName: true,
          lastName: true,
          email: true,
          role: true,
          organization: { select: { kind: true } },
        },
      }),
    ),
  )
  const [from, to] = await Promise.all(
    [fromOrganizationId, toOrganizationId].map((id) =>
      ctx.tx.organization.findUnique({ where: { id }, select: { name: true, switchboardPhone: true } }),
    ),
  )
  if (!agent || !recipient || !from || !to) return null
  return {
    to: recipient.email,
    firstName: recipient.firstName,
    agent: recipientId === agentId ? null : agentName(agent),
    follows: canFollowProbationers(agent),
    from: from.name,
    service: to.name,
    switchboard: to.switchboardPhone && formatPhone(to.switchboardPhone),
  }
}
export type TransferMail = NonNullable<Awaited<ReturnType<typeof transferMail>>>
