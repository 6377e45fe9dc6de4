import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { claimForCity } from '../../divestment/commands/for-city.server'
import type { Opened } from '../../divestment/commands/open.server'
import { firstStateOf, isComplete, personReads } from '../../divestment/queries/person.server'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { mayWithProbationers, probationersConvokableBy } from '../policy'
import { changeCityInput } from '../schema'

/**
 * What another commune brings, before it is written: the services that follow the person from then on, and whether
 * they claim the person from those that do now. Read with the right of the act.
 */
export const foreseenOfCity = query(
  changeCityInput,
  async (
    ctx: Context<AgentActor>,
    { probationerId, cityId },
  ): Promise<{ services: string[]; divestment: Opened['state'] | null }> => {
    assertAllowed(mayWithProbationers(ctx.actor, 'lookUp'), 'foresee another commune')
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersConvokableBy(ctx.actor, ctx.now)] },
        select: { ...personReads, cityId: true },
      }),
      'probationer',
    )
    if (person.cityId === cityId) return { services: [], divestment: null }
    const ofCity = await servicesOfCity(ctx, cityId)
    const claim = await claimForCity(ctx, person, ofCity)
    const divestment = claim && (await firstStateOf(ctx, person))
    // Of an incomplete record nobody follows before the answer.
    const waits = divestment === 'pending' && !isComplete(ctx, person)
    const added = ofCity.filter(
      ({ id, kind }) =>
        !waits &&
        !person.followingOrganizationIds.includes(id) &&
        (kind !== 'court' || !person.followedByAntiTerrorismJudge),
    )
    return { services: added.map(({ name }) => name), divestment }
  },
)
