import { Prisma } from '@prisma/client'
import type { Context } from '../shared/context'
import { rowsOf } from '../shared/prepared.server'

/** When the record of a person was read, newest first, and from which service: older traces kept none, and give the reader's own. */
export function readingsOf(
  ctx: Context,
  probationerId: number,
): Promise<{ at: Date; service: string | null }[]> {
  return rowsOf(
    ctx,
    Prisma.sql`
      SELECT e.at, o.name AS service
        FROM audit_entry e
        LEFT JOIN agent a ON a.id = coalesce(e.impersonator_id, e.agent_id)
        LEFT JOIN organization o ON o.id = coalesce(e.organization_id, a.organization_id)
       WHERE e.probationer_id = ${probationerId} AND e.action IN ('view', 'look_up', 'export')
       ORDER BY e.at DESC, e.id DESC`,
  )
}
