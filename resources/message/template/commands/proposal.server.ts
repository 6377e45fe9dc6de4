import { recordAudit } from '../../../audit/commands.server'
import type { AgentActor } from '../../../shared/actor'
import { command } from '../../../shared/command'
import type { Context } from '../../../shared/context'
import { enqueue } from '../../../shared/enqueue.server'
import { assertAllowed, orNotFound, refuseIf } from '../../../shared/errors'
import { sendProposalAnswer } from '../jobs'
import { mayManageTemplates, mayProposeTemplate, proposalsVisibleTo } from '../policy'
import {
  acceptProposalInput,
  proposalIdInput,
  proposeTextInput,
  refuseProposalInput,
  type TextAddress,
} from '../schema'
import { leaveOwnText, lockedText, refuseChanged, refuseUnusable, writeVersion } from './text.server'

/**
 * Asks for another text for one's own service; the team answers. A newer proposal takes the place of the one that
 * waits. The common text is asked for by its own words.
 */
export const proposeText = command(
  proposeTextInput,
  async (ctx: Context<AgentActor>, { text, seenVersionId, ...which }): Promise<void> => {
    const address = { ...which, organizationId: ctx.actor.organization.id }
    assertAllowed(mayProposeTemplate(ctx.actor, address), 'propose a text')
    const state = await lockedText(ctx, address)
    refuseChanged(state, seenVersionId)
    if (!(state.isOwn && text === state.common.text)) await refuseUnusable(ctx, state, text)
    const before = await ctx.tx.messageTemplateProposal.findFirst({
      where: { ...address, state: 'pending' },
      select: { id: true, text: true },
    })
    refuseIf(before?.text === text ? 'message_template.already_proposed' : null, 'text')
    if (before) await end(ctx, before.id, 'replaced')
    const { id } = await ctx.tx.messageTemplateProposal.create({
      data: {
        ...address,
        ...{ text, basedOnId: state.inForce.id, proposedById: ctx.actor.id, proposedAt: ctx.now },
      },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'create', subject: 'message_template_proposal', subjectId: id })
  },
)

/** Takes back what one's service proposed. */
export const withdrawProposal = command(
  proposalIdInput,
  async (ctx: Context<AgentActor>, { proposalId }): Promise<void> => {
    await lockedProposal(ctx, proposalId, mayProposeTemplate)
    await end(ctx, proposalId, 'withdrawn')
    await recordAudit(ctx, {
      action: 'withdraw',
      subject: 'message_template_proposal',
      subjectId: proposalId,
    })
  },
)

/**
 * Gives a service the text it proposed, in force at once. Who proposed it is written to.
 *
 * @throws Refused when the text in force is no longer the one they started from, unless that was seen.
 */
export const acceptProposal = command(
  acceptProposalInput,
  async (ctx: Context<AgentActor>, { proposalId, seenVersionId, anyway }): Promise<void> => {
    const { text, basedOnId, state } = await lockedProposal(ctx, proposalId, (actor) =>
      mayManageTemplates(actor, 'decide'),
    )
    refuseChanged(state, seenVersionId)
    refuseIf(basedOnId !== state.inForce.id && !anyway ? 'message_template.proposal_stale' : null, 'anyway')
    if (text === state.common.text) {
      if (state.isOwn) await leaveOwnText(ctx, state)
    } else if (text !== state.inForce.text) {
      await refuseUnusable(ctx, state, text)
      await writeVersion(ctx, state, text, ['text', 'proposal'])
    }
    await answer(ctx, proposalId, 'accepted', null)
  },
)

/** Keeps the text as it is, and says why to who proposed. */
export const refuseProposal = command(
  refuseProposalInput,
  async (ctx: Context<AgentActor>, { proposalId, answer: words }): Promise<void> => {
    await lockedProposal(ctx, proposalId, (actor) => mayManageTemplates(actor, 'decide'))
    await answer(ctx, proposalId, 'refused', words)
  },
)

/** A proposal that still waits, beside the text it would change. */
async function lockedProposal(
  ctx: Context<AgentActor>,
  id: number,
  may: (actor: AgentActor, proposal: { organizationId: number }) => boolean,
) {
  const where = { AND: [{ id }, proposalsVisibleTo(ctx.actor)] }
  const { organizationId, typeCode, kind } = orNotFound(
    await ctx.tx.messageTemplateProposal.findFirst({
      where,
      select: { organizationId: true, typeCode: true, kind: true },
    }),
    'proposal of a text',
  )
  assertAllowed(may(ctx.actor, { organizationId }), 'answer a proposal of a text')
  const state = await lockedText(ctx, { organizationId, typeCode, kind } as TextAddress)
  const proposal = orNotFound(
    await ctx.tx.messageTemplateProposal.findFirst({
      where,
      select: { text: true, basedOnId: true, state: true },
    }),
    'proposal of a text',
  )
  refuseIf(proposal.state === 'pending' ? null : 'message_template.proposal_over')
  return { ...proposal, state }
}

async function answer(
  ctx: Context<AgentActor>,
  id: number,
  state: 'accepted' | 'refused',
  words: string | null,
): Promise<void> {
  await end(ctx, id, state, words)
  await recordAudit(ctx, {
    ...{ subject: 'message_template_proposal', subjectId: id },
    action: state === 'accepted' ? 'accept' : 'refuse',
  })
  await enqueue(ctx, sendProposalAnswer, { proposalId: id })
}

async function end(
  ctx: Context<AgentActor>,
  id: number,
  state: 'accepted' | 'refused' | 'withdrawn' | 'replaced',
  words: string | null = null,
): Promise<void> {
  await ctx.tx.messageTemplateProposal.update({
    where: { id },
    data: { state, answer: words, endedAt: ctx.now, endedById: ctx.actor.id },
    select: { id: true },
  })
}
