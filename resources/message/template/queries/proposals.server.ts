import { Prisma } from '@prisma/client'
import type * as z from 'zod'
import { appointmentTypes, type AppointmentTypeCode } from '../../../appointment-type/catalogue'
import type { AgentActor } from '../../../shared/actor'
import { civilOf } from '../../../shared/civil-time'
import { query } from '../../../shared/command'
import type { Context } from '../../../shared/context'
import { assertAllowed, orNotFound } from '../../../shared/errors'
import { agentName } from '../../../shared/french'
import { rowsOf } from '../../../shared/prepared.server'
import type { sendProposalAnswer } from '../jobs'
import { mayManageTemplates, mayOpenTexts, proposalsVisibleTo } from '../policy'
import { listProposalsInput, proposalIdInput, type MessageKind } from '../schema'
import { textStateOf } from './text.server'

const who = { select: { firstName: true, lastName: true } } as const

const line = {
  ...{ id: true, typeCode: true, kind: true, state: true, proposedAt: true, endedAt: true },
  organization: { select: { id: true, name: true } },
  proposedBy: who,
} satisfies Prisma.MessageTemplateProposalSelect

const labelOf = (typeCode: string) =>
  appointmentTypes.find(({ code }) => code === typeCode)?.label ?? typeCode

/**
 * What services propose. Those who answer read what waits, the oldest first, or what is over; a service, all that it
 * proposed, what was just answered or proposed first.
 */
export const listProposals = query(
  listProposalsInput,
  async (ctx: Context<AgentActor>, { over, page, perPage }) => {
    assertAllowed(mayOpenTexts(ctx.actor), 'list proposals of texts')
    const { organization: own } = ctx.actor
    const answers = mayManageTemplates(ctx.actor, 'decide')
    const where = {
      AND: [
        proposalsVisibleTo(ctx.actor),
        over ? { state: { not: 'pending' as const } } : answers ? { state: 'pending' as const } : {},
      ],
    }
    const [skip, take] = [(page - 1) * perPage, perPage]
    const [rows, total] = await Promise.all([
      answers
        ? ctx.tx.messageTemplateProposal.findMany({
            ...{ where, skip, take, select: line },
            orderBy: { id: over ? 'desc' : 'asc' },
          })
        : latestOf(ctx, own.id, { over, skip, take }),
      ctx.tx.messageTemplateProposal.count({ where }),
    ])
    const zone = own.timeZone
    return {
      rows: rows.map(({ organization, proposedBy, proposedAt, endedAt, typeCode, ...row }) => ({
        ...row,
        service: organization.name,
        type: labelOf(typeCode),
        by: proposedBy && agentName(proposedBy),
        on: civilOf(proposedAt, zone).date,
        endedOn: endedAt && civilOf(endedAt, zone).date,
      })),
      total,
    }
  },
)

/** What a service proposed, by when it was answered, or proposed if it was not: the latest first. */
async function latestOf(
  ctx: Context<AgentActor>,
  organizationId: number,
  { over, skip, take }: { over: boolean; skip: number; take: number },
) {
  const ids = (
    await rowsOf<{ id: number }>(
      ctx,
      Prisma.sql`
        SELECT id FROM message_template_proposal
         WHERE organization_id = ${organizationId} AND (NOT ${over}::boolean OR state <> 'pending')
         ORDER BY coalesce(ended_at, proposed_at) DESC, id DESC LIMIT ${take} OFFSET ${skip}`,
    )
  ).map(({ id }) => id)
  const rows = await ctx.tx.messageTemplateProposal.findMany({
    where: { AND: [proposalsVisibleTo(ctx.actor), { id: { in: ids } }] },
    select: line,
  })
  return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
}

/** A proposal beside the text in force, the common one, and the one its service started from. */
export const proposalRecord = query(proposalIdInput, async (ctx: Context<AgentActor>, { proposalId }) => {
  const found = orNotFound(
    await ctx.tx.messageTemplateProposal.findFirst({
      where: { AND: [{ id: proposalId }, proposalsVisibleTo(ctx.actor)] },
      select: {
        ...line,
        ...{ text: true, answer: true, basedOnId: true },
        basedOn: { select: { text: true } },
        endedBy: who,
      },
    }),
    'proposal of a text',
  )
  const { organization, text, answer, state: stands } = found
  // Written by a command that takes no other.
  const [typeCode, kind] = [found.typeCode as AppointmentTypeCode, found.kind as MessageKind]
  const state = await textStateOf(ctx, { organizationId: organization.id, typeCode, kind })
  const zone = ctx.actor.organization.timeZone
  return {
    id: proposalId,
    ...{ service: organization, typeCode, kind, text, answer },
    state: stands,
    type: labelOf(typeCode),
    by: found.proposedBy && agentName(found.proposedBy),
    on: civilOf(found.proposedAt, zone).date,
    endedBy: found.endedBy && agentName(found.endedBy),
    endedOn: found.endedAt && civilOf(found.endedAt, zone).date,
    inForce: { id: state.inForce.id, text: state.inForce.text, own: state.isOwn },
    common: state.common.text,
    /** What they started from, when it is no longer in force. */
    startedFrom: found.basedOnId === state.inForce.id ? null : (found.basedOn?.text ?? ''),
    mayDecide: mayManageTemplates(ctx.actor, 'decide') && stands === 'pending',
  }
})

/** What a mail says of an answer; null when there is none, or nobody to write to. */
export async function proposalMail(
  ctx: Context,
  { proposalId }: z.output<typeof sendProposalAnswer.payload>,
) {
  const found = await ctx.tx.messageTemplateProposal.findUnique({
    where: { id: proposalId },
    select: {
      ...{ organizationId: true, typeCode: true, kind: true, state: true, answer: true },
      proposedBy: { select: { email: true, firstName: true, deletedAt: true } },
    },
  })
  if (!found?.proposedBy || found.proposedBy.deletedAt) return null
  if (found.state !== 'accepted' && found.state !== 'refused') return null
  return {
    to: found.proposedBy.email,
    firstName: found.proposedBy.firstName,
    ...{ state: found.state, answer: found.answer, kind: found.kind, typeCode: found.typeCode },
    type: labelOf(found.typeCode),
  }
}
export type ProposalMail = NonNullable<Awaited<ReturnType<typeof proposalMail>>>
