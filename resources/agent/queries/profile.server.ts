import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { mayShareContact } from '../policy'

/** What an agent reads and changes of their own account. */
export async function ownProfile(ctx: Context<AgentActor>) {
  const { id, organization, sessionId } = ctx.actor
  const { lastSignInAt, updatedAt, ...row } = await ctx.tx.agent.findUniqueOrThrow({
    where: { id },
    select: {
      firstName: true,
      lastName: true,
      email: true,
      phone: true,
      role: true,
      sharesPhone: true,
      sharesEmail: true,
      shortcutsEnabled: true,
      lastSignInAt: true,
      updatedAt: true,
    },
  })
  const otherSessions = await ctx.tx.session.count({
    where: {
      sess: { path: ['agentId'], equals: id },
      expire: { gt: ctx.now },
      ...(sessionId && { sid: { not: sessionId } }),
    },
  })
  return {
    ...row,
    version: updatedAt.toISOString(),
    lastSignIn: lastSignInAt && civilOf(lastSignInAt, organization.timeZone),
    organization: organization.name,
    mayShare: mayShareContact(ctx.actor),
    otherSessions,
  }
}
