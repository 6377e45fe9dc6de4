import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** Any number that only these acts take, beside the id of a service. */
const figuresLock = 7_411_743

/** Until the end of the transaction, nobody is erased whom the service received: they would be counted twice, or no more. */
export async function holdFigures(ctx: Context, organizationId: number): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`SELECT pg_advisory_xact_lock(${figuresLock}::int, ${organizationId}::int)::text`,
  )
}

/** Until the end of the transaction, the services that received a person are not counted; others erase meanwhile. */
export async function keepFigures(ctx: Context, probationerId: number): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
      SELECT pg_advisory_xact_lock_shared(${figuresLock}::int, organization_id)::text
        FROM (SELECT DISTINCT organization_id FROM appointment
               WHERE probationer_id = ${probationerId}::int ORDER BY organization_id) AS receiving`,
  )
}
