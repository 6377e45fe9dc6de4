import { Prisma, type CustomColumn } from '@prisma/client'
import type { AgentActor, OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { asksColumns } from '../rules'

const read = {
  id: true,
  name: true,
  dataType: true,
  moment: true,
  typeCodes: true,
  organizationId: true,
} as const

/**
 * The columns of the table of a type where this service receives: its own when it is a court, else those of the first
 * court that it is linked to.
 */
export async function columnsOfHost(
  ctx: Context,
  host: { id: number; kind: OrganizationKind },
  typeCode: string,
) {
  if (!asksColumns(typeCode)) return []
  const link =
    host.kind === 'court'
      ? { courtId: host.id }
      : await ctx.tx.organizationLink.findFirst({
          where: { probationServiceId: host.id },
          select: { courtId: true },
          orderBy: { id: 'asc' },
        })
  return link
    ? ctx.tx.customColumn.findMany({
        where: { organizationId: link.courtId, typeCodes: { has: typeCode } },
        select: read,
        orderBy: { id: 'asc' },
      })
    : []
}

type BookingColumn = Pick<CustomColumn, 'id' | 'name' | 'dataType' | 'typeCodes'>

/** What the actor's court asks of whoever books at the exit of a hearing. */
export const columnsAtBooking = async (ctx: Context<AgentActor>): Promise<BookingColumn[]> => {
  const { id, kind } = ctx.actor.organization
  if (kind !== 'court') return []
  return rowsOf<BookingColumn>(
    ctx,
    Prisma.sql`
      SELECT id, name, data_type::text AS "dataType", type_codes AS "typeCodes"
        FROM custom_column WHERE organization_id = ${id} AND moment = 'at_booking' ORDER BY id`,
  )
}
