import { recordAudit } from '../../audit/commands.server'
import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { personReads } from '../../divestment/queries/person.server'
import { recordHistory } from '../../history-entry/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { mayWithProbationers, probationersConvokableBy } from '../policy'
import { whyNotCityChanged } from '../rules'
import { changeCityInput } from '../schema'
import { followCity, type CityFollowed } from './follow-city.server'

/**
 * Says where a person found by exact identity lives now. The services of the commune that are sure claim them from
 * those that follow them, which opens a divestment; where none is possible, they follow them too.
 *
 * @returns the services that follow the person more than before, and how the divestment stands.
 */
export const changeCity = command(
  changeCityInput,
  async (ctx: Context<AgentActor>, { probationerId, cityId }): Promise<CityFollowed> => {
    await lock(ctx, { probationer: probationerId })
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersConvokableBy(ctx.actor, ctx.now)] },
        select: { ...personReads, cityId: true },
      }),
      'probationer',
    )
    assertAllowed(mayWithProbationers(ctx.actor, 'lookUp'), 'change the commune of a person looked up')
    refuseIf(whyNotCityChanged(person))
    if (person.cityId === cityId) return { services: [], divestment: null }
    const ofCity = await servicesOfCity(ctx, cityId)
    await ctx.tx.probationer.update({
      where: { id: probationerId },
      data: { cityId, isHomeless: false, livesAbroad: false, updatedAt: ctx.now },
      select: { id: true },
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
    return followCity(ctx, person, ofCity)
  },
)
