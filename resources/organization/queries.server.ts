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

/** Names of the local admins at work in an organization, those of its headquarters included. */
export function localAdminsOf(ctx: Context, organizationId: number) {
  // Somebody invited who has not come yet answers nobody.
  return rowsOf<{ id: number; firstName: string; lastName: string }>(
    ctx,
    Prisma.sql`
      SELECT id, first_name AS "firstName", last_name AS "lastName" FROM agent
       WHERE role = 'local_admin' AND password_hash IS NOT NULL
         AND (organization_id = ${organizationId}
              OR headquarters_id = (SELECT headquarters_id FROM organization WHERE id = ${organizationId}))
       ORDER BY last_name, first_name, id`,
  )
}
