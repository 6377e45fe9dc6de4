import type { OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { shortNameOf } from '../fr'

interface CompetentForCity {
  kind: OrganizationKind
  name: string
  /** Said by the ministry, or the only one of the département. A proposal opens no right. */
  confirmed: boolean
  /** Which of our organizations it is: null where it does not use this product. */
  organization: { id: number; name: string; kind: OrganizationKind } | null
}

const entry = {
  select: { officialName: true, organization: { select: { id: true, name: true, kind: true } } },
} as const

/** The services competent for a commune, sure or proposed: court, then probation service. */
export async function competentServicesOf(ctx: Context, cityId: number): Promise<CompetentForCity[]> {
  const city = orNotFound(
    await ctx.tx.city.findUnique({
      where: { id: cityId },
      select: {
        competentCourt: entry,
        courtConfirmed: true,
        competentProbationService: entry,
        probationServiceConfirmed: true,
      },
    }),
    'city',
  )
  const found = [
    ['court', city.competentCourt, city.courtConfirmed],
    ['probation_service', city.competentProbationService, city.probationServiceConfirmed],
  ] as const
  return found.flatMap(([kind, service, confirmed]) =>
    service
      ? [{ kind, name: shortNameOf(service.officialName), confirmed, organization: service.organization }]
      : [],
  )
}

/** Those that follow somebody of this commune: sure, and using this product. */
export async function servicesOfCity(ctx: Context, cityId: number) {
  const services = await competentServicesOf(ctx, cityId)
  return services.flatMap(({ confirmed, organization }) => (confirmed && organization ? [organization] : []))
}
