import { recordAudit } from '../../audit/commands.server'
import type { AgentActor, OrganizationKind, SystemActor } from '../../shared/actor'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { normalizePhone } from '../../shared/phone'
import { othersPhoneFaults } from './typed-phone.server'
import { rolesOf } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import { lockLink, sendLink } from './links.server'
import { lockedAccount } from './locked.server'
import { agentFacts, mayInvite, mayOnAgent, whyEmailTaken } from '../policy'
import { whyNotInvitedAgain } from '../rules'
import { agentIdInput, choosePasswordInput, inviteAgentInput } from '../schema'
import { hashChosenThrough, takePassword } from './password.server'

const holderColumns = {
  ...agentFacts,
  passwordHash: true,
  deletedAt: true,
  organization: { select: { id: true, kind: true } },
} as const
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
  { faultsOf: othersPhoneFaults },
)

/** Whose it is changes what can be done: invite again, ask for a transfer, or nothing. */
async function refuseTakenEmail(
  ctx: Context,
  email: string,
  organization: { id: number; kind: OrganizationKind },
): Promise<void> {
  const holder = await ctx.tx.agent.findUnique({
    where: { email },
    select: holderColumns,
  })
  if (!holder) return
  refuseIf(whyEmailTaken(ctx.actor, holder, organization), 'email')
}

/**
 * Mails the invitation again to an agent who never accepted it.
 *
 * @throws Refused when they already chose their password.
 */
export const resendInvitation = command(
  agentIdInput,
  async (ctx: Context<AgentActor>, { agentId }): Promise<void> => {
    const agent = await lockedAccount(ctx, agentId)
    assertAllowed(mayOnAgent(ctx.actor, 'resendInvitation', agent), 'send an invitation again')
    refuseIf(whyNotInvitedAgain(agent))
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
