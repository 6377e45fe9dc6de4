import type { AgentActor, OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { usesInterJurisdiction } from '../../shared/rights'
import { mayRequestDivestment } from '../policy'
import { isExpected, type Person } from '../queries/person.server'
import { whyNotRequested } from '../rules'
import { openDivestment, type Opened } from './open.server'

type Services = readonly { id: number; name: string; kind: OrganizationKind }[]

/**
 * The commune of a person has changed, said by an execution office with inter-jurisdiction: its services claim them
 * from those that follow them. The person is held.
 *
 * @returns null when they are not to be asked for: the caller decides who follows them.
 */
export async function openForCity(
  ctx: Context<AgentActor>,
  person: Person,
  services: Services,
): Promise<Opened | null> {
  const claim = await claimForCity(ctx, person, services)
  return claim && openDivestment(ctx, { person, origin: 'city_change', ...claim, reason: null })
}

/** Which service would claim the person, and for whom; null when they are not to be asked for. */
export async function claimForCity(ctx: Context<AgentActor>, person: Person, services: Services) {
  const target = services.find(({ kind }) => kind === 'court') ?? services[0]
  if (!target || !usesInterJurisdiction(ctx.actor)) return null
  const facts = { targetOrganizationId: target.id, probationer: person }
  const destinations = services.map(({ id }) => id)
  const reason = whyNotRequested(
    {
      ...person,
      isClaimed: person.divestments.length > 0,
      isExpected: await isExpected(ctx, person.id, ctx.actor.organization.timeZone),
      // A shared court may be theirs already: what counts is that somebody would leave them.
      followingOrganizationIds: person.followingOrganizationIds.filter((id) => id !== target.id),
    },
    { targetId: target.id, destinations },
  )
  return reason || !mayRequestDivestment(ctx.actor, facts) ? null : { target, destinations }
}
