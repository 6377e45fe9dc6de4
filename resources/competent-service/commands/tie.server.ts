import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { mayManageCompetentServices } from '../policy'
import { tieCompetentServiceInput } from '../schema'

/**
 * Says which of our organizations an entry of the directory is, or that it is none yet.
 *
 * @throws Refused when one is a court and the other is not.
 */
export const tieCompetentService = command(
  tieCompetentServiceInput,
  async (ctx: Context<AgentActor>, { competentServiceId, organizationId }): Promise<void> => {
    assertAllowed(mayManageCompetentServices(ctx.actor), 'tie a competent service')
    const entry = orNotFound(
      await ctx.tx.competentService.findUnique({
        where: { id: competentServiceId },
        select: { kind: true, organizationId: true },
      }),
      'competent service',
    )
    if (entry.organizationId === organizationId) return
    if (organizationId) {
      const { kind } = orNotFound(
        await ctx.tx.organization.findUnique({ where: { id: organizationId }, select: { kind: true } }),
        'organization',
      )
      refuseIf(kind === entry.kind ? null : 'competent_service.other_kind', 'organizationId')
    }
    await ctx.tx.competentService.update({
      where: { id: competentServiceId },
      data: { organizationId },
      select: { id: true },
    })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'competent_service',
      subjectId: competentServiceId,
      fields: ['organizationId'],
    })
  },
)
