import type * as z from 'zod'
import { roleNames } from '../../agent/fr'
import type { Context } from '../../shared/context'
import { agentName } from '../../shared/french'
import { formatPhone } from '../../shared/phone'
import type { sendDivestmentEnd, sendDivestmentsWaiting } from '../jobs'
import { deadlineOf } from '../rules'

/** What a mail says of the requests that wait; null when none does any more, or there is nobody to write to. */
export async function waitingMail(
  ctx: Context,
  { organizationId, recipientId }: z.output<typeof sendDivestmentsWaiting.payload>,
) {
  const waiting = { organizationId, state: 'pending' as const }
  const [organization, agent, count, oldest] = await Promise.all([
    ctx.tx.organization.findUnique({
      where: { id: organizationId },
      select: { name: true, sharedMailbox: true },
    }),
    recipientId === null
      ? null
      : ctx.tx.agent.findUnique({
          where: { id: recipientId, deletedAt: null },
          select: { email: true, firstName: true },
        }),
    ctx.tx.divestmentDecision.count({ where: waiting }),
    ctx.tx.divestmentDecision.findFirst({
      where: waiting,
      select: { requestedAt: true },
      orderBy: { requestedAt: 'asc' },
    }),
  ])
  const to = recipientId === null ? organization?.sharedMailbox : agent?.email
  if (!organization || !to || !oldest) return null
  return {
    ...{ to, count },
    firstName: agent?.firstName ?? null,
    service: organization.name,
    deadline: deadlineOf(oldest.requestedAt),
  }
}
export type WaitingMail = NonNullable<Awaited<ReturnType<typeof waitingMail>>>

/** What a mail says of a request that is over; null when it is not, or its reader is gone. */
export async function endMail(
  ctx: Context,
  { divestmentId, recipientId }: z.output<typeof sendDivestmentEnd.payload>,
) {
  const [divestment, recipient] = await Promise.all([
    ctx.tx.divestment.findUnique({
      where: { id: divestmentId },
      select: {
        id: true,
        state: true,
        probationerId: true,
        targetOrganization: { select: { name: true } },
        probationer: { select: { archivedAt: true } },
        decisions: {
          where: { state: 'refused' },
          select: {
            comment: true,
            organization: { select: { name: true, switchboardPhone: true } },
            decidedBy: {
              select: { firstName: true, lastName: true, role: true, email: true, phone: true },
            },
          },
          orderBy: { id: 'asc' },
        },
      },
    }),
    ctx.tx.agent.findUnique({
      where: { id: recipientId, deletedAt: null },
      select: { email: true, firstName: true },
    }),
  ])
  if (!divestment || !recipient) return null
  const { id, state, probationerId, targetOrganization, probationer, decisions } = divestment
  const [refusal] = decisions
  const by = refusal?.decidedBy
  // The switchboard of a service answers nothing for the central team, who decided in its place.
  const phone = by?.phone ?? (by?.role === 'central_admin' ? null : refusal?.organization.switchboardPhone)
  return {
    to: recipient.email,
    firstName: recipient.firstName,
    ...{ id, state, probationerId },
    target: targetOrganization.name,
    archived: probationer.archivedAt !== null,
    refusal: refusal && {
      comment: refusal.comment,
      service: refusal.organization.name,
      by: by ? `${agentName(by)} (${roleNames[by.role]})` : null,
      email: by?.email ?? null,
      phone: phone ? formatPhone(phone) : null,
    },
  }
}
export type EndMail = NonNullable<Awaited<ReturnType<typeof endMail>>>
