import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import type { AgentActor } from '../../shared/actor'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { formatPhone, normalizePhone } from '../../shared/phone'
import { countByActor } from '../../shared/throttle.server'
import { whyPhoneNotShared } from '../rules'
import { isThemself, mayOnAgent, mayShareContact } from '../policy'
import { changeOwnPasswordInput, closeOtherSessionsInput, updateProfileInput } from '../schema'
import { assertNotForged } from './forged.server'
import { hashChosen, takePassword, tellOfNewPassword } from './password.server'
import { isPassword } from './password-hash.server'
import { endSessions } from './sessions.server'
import { phoneFaults } from './typed-phone.server'

const ownFacts = ({ id, role, organization }: AgentActor) => ({ id, role, organizationId: organization.id })

/**
 * Changes what an agent says of themselves. Phone and e-mail are shown to the persons they follow only
 * if they choose so, and only by those who may follow somebody.
 *
 * @throws Stale when the profile changed since the form was drawn.
 * @throws Refused when the phone cannot be read, or is to be shared and absent, or a mobile that may be their own.
 */
export const updateProfile = command(
  updateProfileInput,
  async (ctx: Context<AgentActor>, { version, phone: typed, ...input }) => {
    const { id, organization } = ctx.actor
    await lock(ctx, { agent: id })
    const { updatedAt, ...before } = await ctx.tx.agent.findUniqueOrThrow({
      where: { id },
      select: {
        firstName: true,
        lastName: true,
        phone: true,
        sharesPhone: true,
        phoneIsProfessional: true,
        sharesEmail: true,
        updatedAt: true,
      },
    })
    assertAllowed(mayOnAgent(ctx.actor, 'edit', ownFacts(ctx.actor)), 'update the own profile')
    const { firstName, lastName } = before
    await refuseStale(ctx, {
      subject: 'agent',
      subjectId: id,
      updatedAt,
      version,
      zone: organization.timeZone,
      now: { firstName, lastName, phone: before.phone && formatPhone(before.phone) },
    })
    const phone = typed && normalizePhone(typed, organization.departmentCode)
    refuseIf(typed && !phone ? 'agent.phone_unreadable' : null, 'phone')
    const mayShare = mayShareContact(ctx.actor)
    const profile = {
      ...input,
      phone,
      phoneIsProfessional: phone !== null && input.phoneIsProfessional,
      sharesPhone: mayShare && input.sharesPhone,
      sharesEmail: mayShare && input.sharesEmail,
    }
    refuseIf(profile.sharesPhone && !phone ? 'agent.no_phone_to_share' : null, 'phone')
    refuseIf(profile.sharesPhone ? whyPhoneNotShared(profile) : null, 'phoneIsProfessional')
    const fields = (Object.keys(before) as (keyof typeof before)[]).filter(
      (field) => before[field] !== profile[field],
    )
    if (fields.length > 0) {
      await ctx.tx.agent.update({
        where: { id },
        data: { ...profile, updatedAt: ctx.now },
        select: { id: true },
      })
      await recordAudit(ctx, { action: 'update', subject: 'agent', subjectId: id, fields })
    }
    return { firstName: profile.firstName, lastName: profile.lastName }
  },
  {
    faultsOf: (ctx, raw) => {
      assertNotForged(raw, 'raise oneself')
      return phoneFaults(ctx, raw)
    },
  },
)

/**
 * Changes the actor's own password, closes their other sessions and tells them by mail. The present
 * password is asked: a session left open must not be enough to take an account.
 *
 * @throws Refused when the present password is wrong, or the new one guessable.
 */
export const changeOwnPassword = preparedCommand(
  changeOwnPasswordInput,
  async (ctx: Context<AgentActor>, { presentPassword, password }) => {
    assertAllowed(isThemself(ctx.actor), 'change the password of an agent')
    await countByActor('own-password', ctx.actor)
    const agent = await ctx.tx.agent.findUniqueOrThrow({
      where: { id: ctx.actor.id },
      select: {
        firstName: true,
        lastName: true,
        email: true,
        passwordHash: true,
        organization: { select: { name: true } },
      },
    })
    const right = await isPassword(presentPassword, agent.passwordHash)
    refuseIf(right ? null : 'agent.present_password_wrong', 'presentPassword')
    return { present: agent.passwordHash, chosen: await hashChosen(agent, password) }
  },
  async (ctx: Context<AgentActor>, _input, { present, chosen }): Promise<void> => {
    const { id, sessionId } = ctx.actor
    await lock(ctx, { agent: id })
    const { passwordHash } = await ctx.tx.agent.findUniqueOrThrow({
      where: { id },
      select: { passwordHash: true },
    })
    // Changed meanwhile, by a link for instance: what was typed as the present one no longer is.
    refuseIf(passwordHash === present ? null : 'agent.present_password_wrong', 'presentPassword')
    await takePassword(ctx, id, chosen)
    await endSessions(ctx, id, sessionId)
    await tellOfNewPassword(ctx, id)
    await recordAudit(ctx, { action: 'change_password', subject: 'agent', subjectId: id })
  },
)

/** Ends the actor's sessions on other machines. */
export const closeOtherSessions = command(
  closeOtherSessionsInput,
  async (ctx: Context<AgentActor>): Promise<{ closed: number }> => {
    const { id, sessionId } = ctx.actor
    assertAllowed(isThemself(ctx.actor), 'close the sessions of an agent')
    await lock(ctx, { agent: id })
    const closed = await endSessions(ctx, id, sessionId)
    await recordAudit(ctx, { action: 'close_sessions', subject: 'agent', subjectId: id })
    return { closed }
  },
)
