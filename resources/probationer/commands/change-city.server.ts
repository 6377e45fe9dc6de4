import { recordAudit } from '../../audit/commands.server'
import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { recordHistory } from '../../history-entry/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { mayWithProbationers, probationersConvokableBy } from '../policy'
import { whyNotEditable } from '../rules'
import { changeCityInput } from '../schema'

/**
 * Says where a person found by exact identity lives now: the services of the commune that are sure follow
 * them from then on, beside those that did.
 *
 * @returns the services that were added.
 */
export const changeCity = command(
  changeCityInput,
  async (ctx: Context<AgentActor>, { probationerId, cityId }): Promise<{ services: string[] }> => {
    await lock(ctx, { probationer: probationerId })
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersConvokableBy(ctx.actor, ctx.now)] },
        select: {
          cityId: true,
          archivedAt: true,
          followedByAntiTerrorismJudge: true,
          followingOrganizationIds: true,
        },
      }),
      'probationer',
    )
    assertAllowed(mayWithProbationers(ctx.actor, 'lookUp'), 'change the commune of a person looked up')
    refuseIf(whyNotEditable(person))
    if (person.cityId === cityId) return { services: [] }
    const services = (await servicesOfCity(ctx, cityId)).filter(
      ({ id, kind }) =>
        !person.followingOrganizationIds.includes(id) &&
        (!person.followedByAntiTerrorismJudge || kind !== 'court'),
    )
    await ctx.tx.probationer.update({
      where: { id: probationerId },
      data: { cityId, isHomeless: false, livesAbroad: false, updatedAt: ctx.now },
      select: { id: true },
    })
    await ctx.tx.following.createMany({
      data: services.map(({ id }) => ({ probationerId, organizationId: id, since: ctx.now })),
      skipDuplicates: true,
    })
    await recordHistory(ctx, {
      probationerId,
      category: 'probationer',
      event: 'probationer.corrected',
      data: { fields: ['cityId'] },
    })
    await recordAudit(ctx, {
      action: 'update',
      subject: 'probationer',
      subjectId: probationerId,
      probationerId,
      fields: ['cityId'],
    })
    return { services: services.map(({ name }) => name) }
  },
)
