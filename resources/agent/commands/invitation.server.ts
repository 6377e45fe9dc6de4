import { recordAudit } from '../../audit/commands.server'
import type { AgentActor, SystemActor } from '../../shared/actor'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { normalizePhone } from '../../shared/phone'
import { phoneFaults } from './typed-phone.server'
import { rolesOf } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import { lockLink, sendLink } from './links.server'
import { agentFacts, agentsVisibleTo, mayInvite, mayOnAgent } from '../policy'
import { agentIdInput, choosePasswordInput, inviteAgentInput } from '../schema'
import { hashChosenThrough, takePassword } from './password.server'

const serviceColumns = { id: true, kind: true, departmentCode: true } as const

/**
 * Creates the account of an agent and mails them a link to choose their password (decision A5).
 *
 * @throws Refused when the e-mail is taken, saying which way out there is.
 */
export const inviteAgent = command(
  inviteAgentInput,
  async (ctx: Context<AgentActor | SystemActor>, { phone: typed, ...person }): Promise<{ id: number }> => {
    const ownId = ctx.actor.kind === 'agent' ? ctx.actor.organization.id : null
    const organization = orNotFound(
      await ctx.tx.organization.findUnique({
        where: { id: person.organizationId ?? ownId ?? 0 },
        select: serviceColumns,
      }),
      'organization',
    )
    refuseIf(rolesOf(organization.kind).includes(person.role) ? null : 'agent.role_not_of_service', 'role')
    assertAllowed(mayInvite(ctx.actor, { role: person.role, organization }), 'invite an agent')

    const phone = typed && normalizePhone(typed, organization.departmentCode)
    refuseIf(typed && !phone ? 'agent.phone_unreadable' : null, 'phone')
    await refuseTakenEmail(ctx, person.email, organization)

    const data = { ...person, phone, organizationId: organization.id, invitedAt: ctx.now, createdAt: ctx.now }
    const { id } = await ctx.tx.agent.create({ data, select: { id: true } }).catch((error: unknown) => {
      throw violatesUnique(error, 'email') ? new Refused('agent.email_taken', {}, 'email') : error
    })
    await sendLink(ctx, id, 'invitation')
    await recordAudit(ctx, { action: 'invite', subject: 'agent', subjectId: id })
    return { id }
  },
  { faultsOf: phoneFaults },
)

/** Whose it is changes what can be done: invite again, ask for a transfer, or nothing. */
async function refuseTakenEmail(
  ctx: Context,
  email: string,
  organization: { id: number; kind: string },
): Promise<void> {
  const holder = await ctx.tx.agent.findUnique({
    where: { email },
    select: { passwordHash: true, organization: { select: serviceColumns } },
  })
  if (!holder) return
  const here = holder.organization.id === organization.id
  if (here) refuseIf(holder.passwordHash ? 'agent.email_taken_here' : 'agent.email_invited_here', 'email')
  refuseIf(
    holder.organization.kind === organization.kind ? 'agent.email_taken_same_kind' : 'agent.email_taken',
    'email',
  )
}

/**
 * Mails the invitation again to an agent who never accepted it.
 *
 * @throws Refused when they already chose their password.
 */
export const resendInvitation = command(
  agentIdInput,
  async (ctx: Context<AgentActor>, { agentId }): Promise<void> => {
    await lock(ctx, { agent: agentId })
    const agent = orNotFound(
      await ctx.tx.agent.findFirst({
        where: { AND: [{ id: agentId }, agentsVisibleTo(ctx.actor)] },
        select: { ...agentFacts, passwordHash: true },
      }),
      'agent',
    )
    assertAllowed(mayOnAgent(ctx.actor, 'resendInvitation', agent), 'send an invitation again')
    refuseIf(agent.passwordHash ? 'agent.already_active' : null)
    await ctx.tx.agent.update({ where: { id: agentId }, data: { invitedAt: ctx.now }, select: { id: true } })
    await sendLink(ctx, agentId, 'invitation')
    await recordAudit(ctx, { action: 'resend_invitation', subject: 'agent', subjectId: agentId })
  },
)

/**
 * Sets the first password of the agent who holds an invitation.
 *
 * @throws Refused when the link is over, or the password guessable.
 */
export const acceptInvitation = preparedCommand(
  choosePasswordInput,
  (ctx: Context, { token, password }) => hashChosenThrough(ctx, token, 'invitation', password),
  async (ctx: Context, { token }, passwordHash): Promise<{ agentId: number }> => {
    const { agentId } = await lockLink(ctx, token, 'invitation')
    await takePassword(ctx, agentId, passwordHash)
    await recordAudit(ctx, { action: 'accept_invitation', subject: 'agent', subjectId: agentId })
    return { agentId }
  },
)
