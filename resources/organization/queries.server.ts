import { Prisma } from '@prisma/client'
import type { AgentActor } from '../shared/actor'
import type { Context } from '../shared/context'
import { orNotFound } from '../shared/errors'
import { rowsOf } from '../shared/prepared.server'

/** Own organization and those linked to it, own first. */
export async function servicesOfJurisdiction(ctx: Context<AgentActor>) {
  const { id } = ctx.actor.organization
  const services = await ctx.tx.organization.findMany({
    where: { id: { in: [...ctx.actor.jurisdiction] } },
    select: { id: true, name: true, kind: true },
    orderBy: { name: 'asc' },
  })
  return services.sort((a, b) => Number(b.id === id) - Number(a.id === id))
}

/** The services competent for a commune that use this product: court, then probation service. */
export async function servicesOfCity(ctx: Context, cityId: number) {
  const service = { select: { organization: { select: { id: true, name: true, kind: true } } } } as const
  const city = orNotFound(
    await ctx.tx.city.findUnique({
      where: { id: cityId },
      select: { competentCourt: service, competentProbationService: service },
    }),
    'city',
  )
  return [city.competentCourt?.organization, city.competentProbationService?.organization].filter((o) => !!o)
}

/** The court that sits for anti-terrorism matters: the one of Paris. Null where it is not deployed. */
export function parisCourt(ctx: Context) {
  return ctx.tx.organization.findFirst({
    where: { kind: 'court', departmentCode: '75' },
    select: { id: true, name: true, kind: true },
    orderBy: { id: 'asc' },
  })
}

/** The local admins of an organization, then those of its headquarters, with the service where they are. */
export function localAdminsOf(ctx: Context, organizationId: number) {
  // Somebody invited who has not come yet answers nobody.
  return rowsOf<{ id: number; firstName: string; lastName: string; elsewhere: string | null }>(
    ctx,
    Prisma.sql`
      SELECT agent.id, agent.first_name AS "firstName", agent.last_name AS "lastName",
             CASE WHEN o.id <> ${organizationId} THEN o.name END AS elsewhere
        FROM agent JOIN organization o ON o.id = agent.organization_id
       WHERE agent.role = 'local_admin' AND agent.password_hash IS NOT NULL
         AND (agent.organization_id = ${organizationId}
              OR agent.headquarters_id = (SELECT headquarters_id FROM organization WHERE id = ${organizationId}))
       ORDER BY o.id <> ${organizationId}, agent.last_name, agent.first_name, agent.id`,
  )
}
