import { follow } from '../../divestment/commands/effects.server'
import { openForCity } from '../../divestment/commands/for-city.server'
import type { Opened } from '../../divestment/commands/open.server'
import { recordHistory } from '../../history-entry/commands.server'
import type { AgentActor, OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'

export interface CityFollowed {
  /** Those that follow the person more than before. */
  services: string[]
  divestment: Opened['state'] | null
}

/**
 * Another commune, whose sure services these are: they claim the person, who is held, from those that do follow them;
 * where they may not, they follow too. Whoever reads the record from then on is named in its history.
 */
export async function followCity(
  ctx: Context<AgentActor>,
  person: Parameters<typeof openForCity>[1],
  ofCity: readonly { id: number; name: string; kind: OrganizationKind }[],
): Promise<CityFollowed> {
  if (ofCity.length === 0) return { services: [], divestment: null }
  const opened = await openForCity(ctx, person, ofCity)
  if (!opened) {
    const services = ofCity.filter(({ kind }) => !person.followedByAntiTerrorismJudge || kind !== 'court')
    await follow(
      ctx,
      person.id,
      services.map(({ id }) => id),
    )
  }
  const { followingOrganizationIds: following } = await ctx.tx.probationer.findUniqueOrThrow({
    where: { id: person.id },
    select: { followingOrganizationIds: true },
  })
  const services = ofCity
    .filter(({ id }) => following.includes(id) && !person.followingOrganizationIds.includes(id))
    .map(({ name }) => name)
  if (services.length > 0)
    await recordHistory(ctx, {
      probationerId: person.id,
      category: 'probationer',
      event: 'probationer.followed_by_city',
      data: { service: services.join(', ') },
    })
  return { services, divestment: opened?.state ?? null }
}
