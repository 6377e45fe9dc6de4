import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { mayShareContact } from '../policy'

/** What an agent reads and changes of their own account. */
export async function ownProfile(ctx: Context<AgentActor>) {
  const { id, organization } = ctx.actor
  const { updatedAt, ...row } = await ctx.tx.agent.findUniqueOrThrow({
    where: { id },
    select: {
      firstName: true,
      lastName: true,
      email: true,
      phone: true,
      role: true,
      sharesPhone: true,
      phoneIsProfessional: true,
      sharesEmail: true,
      shortcutsEnabled: true,
      updatedAt: true,
    },
  })
  return {
    ...row,
    version: updatedAt.toISOString(),
    organization: organization.name,
    mayShare: mayShareContact(ctx.actor),
  }
}
