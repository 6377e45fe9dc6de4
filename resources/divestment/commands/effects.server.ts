import type { DivestmentOrigin, DivestmentState } from '@prisma/client'
import { recordAudit, type AuditAction } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { jurisdictionOf, localAdminsOf } from '../../organization/queries.server'
import type { Context } from '../../shared/context'
import { enqueueAll } from '../../shared/enqueue.server'
import type { divestmentHistory } from '../fr'
import { sendDivestmentEnd, sendDivestmentsWaiting, waitingMailKey } from '../jobs'

interface Told {
  event: keyof typeof divestmentHistory
  service: string
  comment?: string | null
  action: AuditAction
}

/** What the end of a divestment writes about the person, who is held. */
export interface Claimed {
  id: number
  probationerId: number
  origin: DivestmentOrigin
  targetOrganizationId: number
  destinationOrganizationIds: number[]
  addedOrganizationIds: number[]
  requestedBy: { id: number; deletedAt: Date | null } | null
}

/**
 * The destinations follow the person from now on, and nobody else; those that did already, a court shared by both
 * sides, are not touched. Nobody is in charge of them yet. A commune that nobody there would read is forgotten. What
 * is archived stays so.
 */
export async function passTo(ctx: Context, claimed: Omit<Claimed, 'id' | 'requestedBy'>): Promise<void> {
  const { probationerId, destinationOrganizationIds: destinations } = claimed
  const ofTarget = await jurisdictionOf(ctx, claimed.targetOrganizationId)
  const keepsCity =
    claimed.origin === 'city_change' || ofTarget.some(({ interJurisdiction }) => interJurisdiction)
  await follow(ctx, probationerId, destinations)
  await ctx.tx.following.deleteMany({ where: { probationerId, organizationId: { notIn: destinations } } })
  await ctx.tx.probationer.update({
    where: { id: probationerId },
    data: { assignedAgentId: null, ...(!keepsCity && { cityId: null }), updatedAt: ctx.now },
    select: { id: true },
  })
}

/** These services follow the person too. */
export async function follow(ctx: Context, probationerId: number, ids: readonly number[]): Promise<void> {
  await ctx.tx.following.createMany({
    data: ids.map((organizationId) => ({ probationerId, organizationId, since: ctx.now })),
    skipDuplicates: true,
  })
}

/** Undoes what the request had added, and nothing that was there before; a commune that opened it is not theirs. */
export async function undoAdditions(ctx: Context, claimed: Claimed): Promise<void> {
  const { probationerId, addedOrganizationIds: added } = claimed
  await ctx.tx.following.deleteMany({ where: { probationerId, organizationId: { in: added } } })
  await ctx.tx.probationer.update({
    where: { id: probationerId },
    data: { ...(claimed.origin === 'city_change' && { cityId: null }), updatedAt: ctx.now },
    select: { id: true },
  })
}

/** The divestment is over: its state, the line of history and the trace. */
export async function end(
  ctx: Context,
  { id, probationerId }: Claimed,
  state: Exclude<DivestmentState, 'pending' | 'auto_accepted'>,
  told: Told,
): Promise<void> {
  await ctx.tx.divestment.update({ where: { id }, data: { state, decidedAt: ctx.now }, select: { id: true } })
  await tell(ctx, { id, probationerId }, told)
}

/** One line of history and one trace for each act. */
export async function tell(
  ctx: Context,
  { id, probationerId }: { id: number; probationerId: number },
  { event, service, comment, action }: Told,
): Promise<void> {
  await recordHistory(ctx, {
    probationerId,
    category: 'probationer',
    event,
    data: { service, ...(comment && { comment }) },
  })
  await recordAudit(ctx, { action, subject: 'divestment', subjectId: id, probationerId })
}

/** Writes to the shared mailbox and to the local admins of the services that are to answer. */
export async function writeToSources(
  ctx: Context,
  organizationIds: readonly number[],
  options: { runAt?: Date } = {},
): Promise<void> {
  for (const organizationId of organizationIds) {
    const admins = await localAdminsOf(ctx, organizationId)
    await enqueueAll(
      ctx,
      sendDivestmentsWaiting,
      [null, ...admins.map(({ id }) => id)].map((recipientId) => ({
        payload: { organizationId, recipientId, at: ctx.now.toISOString() },
        key: waitingMailKey(organizationId, recipientId),
        ...options,
      })),
    )
  }
}

/** Writes how it ended to who asked; to the local admins of the claiming service once they are gone. */
export async function writeToRequester(ctx: Context, claimed: Claimed): Promise<void> {
  const { id: divestmentId, requestedBy, targetOrganizationId } = claimed
  const recipients =
    requestedBy?.deletedAt === null ? [requestedBy] : await localAdminsOf(ctx, targetOrganizationId)
  await enqueueAll(
    ctx,
    sendDivestmentEnd,
    recipients.map(({ id: recipientId }) => ({ payload: { divestmentId, recipientId } })),
  )
}
