import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { mayOnOrganization, organizationsOpenTo } from '../policy'
import { whyNotLinked } from '../rules'
import { linkOrganizationsInput } from '../schema'

/** Links a court and a probation service: from then on they are of one jurisdiction. */
export const linkOrganizations = command(
  linkOrganizationsInput,
  async (ctx: Context<AgentActor>, { organizationId, otherId }): Promise<{ other: string }> => {
    const { one, other, link } = await lockedPair(ctx, organizationId, otherId)
    refuseIf(whyNotLinked(one, other), 'otherId')
    const { count } = await ctx.tx.organizationLink.createMany({ data: [link], skipDuplicates: true })
    refuseIf(count === 0 ? 'organization.already_linked' : null, 'otherId')
    await auditLink(ctx, one, other)
    return { other: other.name }
  },
)

/** Undoes a link: neither sees the other's persons any more. */
export const unlinkOrganizations = command(
  linkOrganizationsInput,
  async (ctx: Context<AgentActor>, { organizationId, otherId }): Promise<{ other: string }> => {
    const { one, other, link } = await lockedPair(ctx, organizationId, otherId)
    const { count } = await ctx.tx.organizationLink.deleteMany({ where: link })
    refuseIf(count === 0 ? 'organization.not_linked' : null, 'otherId')
    await auditLink(ctx, one, other)
    return { other: other.name }
  },
)

async function lockedPair(ctx: Context<AgentActor>, organizationId: number, otherId: number) {
  await lock(ctx, { organization: [organizationId, otherId] })
  const find = async (id: number) =>
    orNotFound(
      await ctx.tx.organization.findFirst({
        where: { AND: [{ id }, organizationsOpenTo(ctx.actor)] },
        select: { id: true, name: true, kind: true },
      }),
      'organization',
    )
  const [one, other] = [await find(organizationId), await find(otherId)]
  for (const service of [one, other])
    assertAllowed(mayOnOrganization(ctx.actor, 'editRecord', service), 'link organizations')
  const [court, probationService] = one.kind === 'court' ? [one, other] : [other, one]
  return { one, other, link: { courtId: court.id, probationServiceId: probationService.id } }
}

async function auditLink(ctx: Context, ...services: { id: number }[]): Promise<void> {
  for (const { id } of services)
    await recordAudit(ctx, { action: 'update', subject: 'organization', subjectId: id, fields: ['links'] })
}
