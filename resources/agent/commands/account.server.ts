import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { revokeCalendar } from '../../calendar-feed/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { assertAllowed, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { formatPhone, normalizePhone } from '../../shared/phone'
import { canFollowProbationers, rolesOf } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import { roleNames } from '../fr'
import { sendAccountMail } from '../jobs'
import { mayChangeRole, mayEditOther, mayOnAgent, mayReactivate, rolesGivenBy } from '../policy'
import { whyNotInUse, whyNotReactivated, whyNotUnlockable, whyPhoneNotShared } from '../rules'
import {
  agentIdInput,
  changeAgentRoleInput,
  editAgentInput,
  setAgentHeadquartersInput,
  setShortcutsInput,
} from '../schema'
import { assertNotForged } from './forged.server'
import { leaveAll, leavePersons } from './leave.sql.server'
import { sendLink, useUpLinks } from './links.server'
import { lockedAccount, lockWithWhatIsLeft } from './locked.server'
import { endSessions } from './sessions.server'
import { forgetTries } from './sign-in.server'
import { othersPhoneFaults } from './typed-phone.server'

/**
 * Unlocks an account after three wrong passwords (decision A1).
 *
 * @throws Refused when it is not locked.
 */
export const unlockAgent = command(
  agentIdInput,
  async (ctx: Context<AgentActor>, { agentId }): Promise<void> => {
    const agent = await lockedAccount(ctx, agentId)
    assertAllowed(mayOnAgent(ctx.actor, 'unlock', agent), 'unlock an agent')
    refuseIf(whyNotUnlockable(agent, ctx.now))
    await forgetTries(ctx, agentId)
    await recordAudit(ctx, { action: 'unlock', subject: 'agent', subjectId: agentId })
  },
)

/** Switches the actor's own single keys on or off. Nobody else's: it is how they type. */
export const setShortcuts = command(
  setShortcutsInput,
  async (ctx: Context<AgentActor>, { enabled }): Promise<void> => {
    const { id, role, organization, shortcutsEnabled } = ctx.actor
    assertAllowed(
      mayOnAgent(ctx.actor, 'edit', { id, role, organizationId: organization.id }),
      'set shortcuts',
    )
    if (enabled === shortcutsEnabled) return
    await ctx.tx.agent.update({ where: { id }, data: { shortcutsEnabled: enabled }, select: { id: true } })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'agent',
      subjectId: id,
      fields: ['shortcutsEnabled'],
    })
  },
)

/**
 * Gives an agent another role of their service, and ends their sessions. Who may no longer follow
 * anyone leaves the persons assigned to them.
 *
 * @throws Stale when the agent changed since the form was drawn.
 */
export const changeAgentRole = command(
  changeAgentRoleInput,
  async (ctx: Context<AgentActor>, { agentId, version, role }): Promise<void> => {
    const left = await lockWithWhatIsLeft(ctx, agentId)
    const agent = await lockedAccount(ctx, agentId)
    const { updatedAt, organization } = agent
    const { kind } = organization
    assertAllowed(rolesGivenBy(ctx.actor, agent).length > 0, 'change the role of an agent')
    refuseIf(whyNotInUse(agent))
    refuseIf(rolesOf(kind).includes(role) ? null : 'agent.role_not_of_service', 'role')
    assertAllowed(mayChangeRole(ctx.actor, agent, role), 'change the role of an agent')
    await refuseStale(ctx, {
      subject: 'agent',
      subjectId: agentId,
      updatedAt,
      version,
      zone: ctx.actor.organization.timeZone,
      now: { role: roleNames[agent.role] },
    })
    if (role === agent.role) return
    await ctx.tx.agent.update({
      where: { id: agentId },
      data: { role, updatedAt: ctx.now },
      select: { id: true },
    })
    if (!canFollowProbationers({ role, organization: { kind } })) await leavePersons(ctx, agentId, left)
    await endSessions(ctx, agentId)
    await recordAudit(ctx, { action: 'change_role', subject: 'agent', subjectId: agentId, fields: ['role'] })
  },
)

/**
 * Corrects the account of another agent: names, e-mail, phone. A new e-mail is a new way in: links sent to the old
 * one open nothing any more, and the new one is told.
 *
 * @throws Stale when the account changed since the form was drawn.
 * @throws Refused when the phone cannot be read, or the e-mail is somebody's.
 */
export const editAgent = command(
  editAgentInput,
  async (ctx: Context<AgentActor>, { agentId, version, phone: typed, ...input }): Promise<void> => {
    const agent = await lockedAccount(ctx, agentId)
    assertAllowed(mayEditOther(ctx.actor, agent), 'edit an agent')
    refuseIf(whyNotInUse(agent))
    const { firstName, lastName, email } = agent
    await refuseStale(ctx, {
      ...{ subject: 'agent', subjectId: agentId, updatedAt: agent.updatedAt, version },
      zone: ctx.actor.organization.timeZone,
      now: { firstName, lastName, email, phone: agent.phone && formatPhone(agent.phone) },
    })
    const phone = typed && normalizePhone(typed, agent.organization.departmentCode)
    refuseIf(typed && !phone ? 'agent.phone_unreadable' : null, 'phone')
    // Of another number only its agent says whether it is professional.
    const phoneIsProfessional = phone === agent.phone && agent.phoneIsProfessional
    const sharesPhone =
      agent.sharesPhone && phone !== null && !whyPhoneNotShared({ phone, phoneIsProfessional })
    const after = { ...input, phone, phoneIsProfessional, sharesPhone }
    const fields = (Object.keys(after) as (keyof typeof after)[]).filter(
      (field) => after[field] !== agent[field],
    )
    if (fields.length === 0) return
    await ctx.tx.agent
      .update({ where: { id: agentId }, data: { ...after, updatedAt: ctx.now }, select: { id: true } })
      .catch((error: unknown) => {
        throw violatesUnique(error, 'email') ? new Refused('agent.email_taken', {}, 'email') : error
      })
    await recordAudit(ctx, { action: 'update', subject: 'agent', subjectId: agentId, fields })
    if (after.email === email) return
    await useUpLinks(ctx, agentId)
    if (agent.passwordHash === null) return sendLink(ctx, agentId, 'invitation')
    await enqueue(ctx, sendAccountMail, { agentId, template: 'email_changed', at: ctx.now.toISOString() })
  },
  {
    faultsOf: (ctx, raw) => {
      assertNotForged(raw, 'change the role of an agent')
      return othersPhoneFaults(ctx, raw)
    },
  },
)

/**
 * Says of which headquarters an agent is, if any: some roles change service within it by themselves, and a local
 * admin answers for each of its services.
 *
 * @throws Stale when the account changed since the form was drawn.
 */
export const setAgentHeadquarters = command(
  setAgentHeadquartersInput,
  async (ctx: Context<AgentActor>, { agentId, version, headquartersId }): Promise<void> => {
    // Before the agent, as who undoes a headquarters takes its agents off it.
    await lock(ctx, { headquarters: headquartersId ?? [] }, { headquarters: 'SHARE' })
    const agent = await lockedAccount(ctx, agentId)
    assertAllowed(mayOnAgent(ctx.actor, 'setHeadquarters', agent), 'set the headquarters of an agent')
    refuseIf(whyNotInUse(agent))
    await refuseStale(ctx, {
      ...{ subject: 'agent', subjectId: agentId, updatedAt: agent.updatedAt, version },
      zone: ctx.actor.organization.timeZone,
      now: { headquartersId: agent.headquarters?.name ?? null },
    })
    if (headquartersId === (agent.headquarters?.id ?? null)) return
    await ctx.tx.agent.update({
      where: { id: agentId },
      data: { headquartersId, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'agent',
      subjectId: agentId,
      fields: ['headquartersId'],
    })
  },
)

/**
 * Deletes an account (decision R8): nothing opens it from now on. Name and role stay as long as a trace names them;
 * the persons stay in the service without referent, the appointments after today without agent.
 */
export const deleteAgent = command(agentIdInput, async (ctx: Context<AgentActor>, { agentId }) => {
  const left = await lockWithWhatIsLeft(ctx, agentId)
  const agent = await lockedAccount(ctx, agentId)
  assertAllowed(mayOnAgent(ctx.actor, 'delete', agent), 'delete an agent')
  refuseIf(whyNotInUse(agent))
  const counts = await leaveAll(ctx, agentId, left)
  await ctx.tx.agent.update({
    where: { id: agentId },
    data: {
      deletedAt: ctx.now,
      // Brought back, the account asks for another: whoever knew this one may be gone for good.
      passwordHash: null,
      ...{ sharesPhone: false, sharesEmail: false },
      updatedAt: ctx.now,
    },
    select: { id: true },
  })
  await revokeCalendar(ctx, agentId)
  await forgetTries(ctx, agentId)
  await useUpLinks(ctx, agentId)
  await endSessions(ctx, agentId)
  await ctx.tx.announcementReceipt.deleteMany({ where: { agentId } })
  await recordAudit(ctx, { action: 'delete', subject: 'agent', subjectId: agentId })
  return counts
})

/** Brings a deleted account back where it was, in its role: its agent is invited to choose a password. */
export const reactivateAgent = command(
  agentIdInput,
  async (ctx: Context<AgentActor>, { agentId }): Promise<{ id: number }> => {
    const agent = await lockedAccount(ctx, agentId)
    assertAllowed(mayReactivate(ctx.actor, agent), 'reactivate an agent')
    refuseIf(whyNotReactivated(agent))
    await ctx.tx.agent.update({
      where: { id: agentId },
      data: { deletedAt: null, invitedAt: ctx.now, updatedAt: ctx.now },
      select: { id: true },
    })
    await sendLink(ctx, agentId, 'invitation')
    await recordAudit(ctx, { action: 'reactivate', subject: 'agent', subjectId: agentId })
    return { id: agentId }
  },
)
