import { parisCourt, servicesOfJurisdiction } from '../../organization/queries.server'
import { organizationsOfNewRecord } from '../../probationer/rules'
import { mayWithProbationers } from '../../probationer/policy'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { usesInterJurisdiction } from '../../shared/rights'
import { whoWillFollowInput } from '../schema'
import { competentServicesOf } from './of-city.server'

/**
 * Who will follow a person being registered, before it is saved: the organizations, and of the services
 * competent for the commune those that will not, and why.
 */
export const whoWillFollow = query(
  whoWillFollowInput,
  async (ctx: Context<AgentActor>, { cityId, followedByAntiTerrorismJudge }) => {
    assertAllowed(mayWithProbationers(ctx.actor, 'index'), 'register a probationer')
    const ofCity = cityId && usesInterJurisdiction(ctx.actor) ? await competentServicesOf(ctx, cityId) : []
    const servicesOfCity = ofCity.flatMap(({ confirmed, organization }) =>
      confirmed && organization ? [organization] : [],
    )
    const ownAndLinked = await servicesOfJurisdiction(ctx)
    const paris = followedByAntiTerrorismJudge ? await parisCourt(ctx) : null
    const ids = organizationsOfNewRecord({
      servicesOfCity,
      ownAndLinked,
      followedByAntiTerrorismJudge,
      parisCourt: paris,
    })
    const named = [...servicesOfCity, ...ownAndLinked, ...(paris ? [paris] : [])]
    const ofJurisdiction = servicesOfCity.length === 0
    return {
      services: ids.map((id) => ({
        id,
        name: named.find((service) => service.id === id)?.name ?? '',
        own: id === ctx.actor.organization.id,
      })),
      /** A commune was chosen, and says nothing of who follows: the jurisdiction does. */
      cityWithoutServices: cityId !== null && ofJurisdiction,
      toConfirm: ofCity.filter(({ confirmed }) => !confirmed).map(({ name }) => name),
      notHere: ofCity
        .filter(({ confirmed, organization }) => confirmed && !organization)
        .map(({ name }) => name),
    }
  },
)
