import { agentName } from '../shared/french'
import { Prisma, type HistoryCategory } from '@prisma/client'
import type { HistoryEvent } from '../history'
import type { Context } from '../shared/context'
import { rowsOf } from '../shared/prepared.server'

export interface NewHistoryEntry {
  probationerId: number
  appointmentId?: number
  category: HistoryCategory
  /** `subject.what-happened`, worded by the subject's fr.ts when it is read. */
  event: HistoryEvent
  data?: Prisma.InputJsonObject
}

/** Adds a line to the history of a person, signed by the actor. Lines are never changed nor removed alone. */
export const recordHistory = (ctx: Context, { probationerId, ...entry }: NewHistoryEntry): Promise<void> =>
  recordHistories(ctx, entry, [probationerId])

/** The same line in the history of several persons. */
export const recordHistories = (
  ctx: Context,
  { appointmentId, data, ...entry }: Omit<NewHistoryEntry, 'probationerId'>,
  probationerIds: readonly number[],
): Promise<void> =>
  recordHistoryLines(
    ctx,
    entry,
    probationerIds.map((probationerId) => ({
      probationerId,
      ...(appointmentId !== undefined && { appointmentId }),
      ...(data && { data }),
    })),
  )

/** One event of several persons, of which each has their own appointment or data. */
export async function recordHistoryLines(
  ctx: Context,
  { category, event }: Pick<NewHistoryEntry, 'category' | 'event'>,
  lines: readonly Pick<NewHistoryEntry, 'probationerId' | 'appointmentId' | 'data'>[],
): Promise<void> {
  const { actor } = ctx
  const asked = lines.map(({ probationerId, appointmentId = null, data = {} }) => ({
    probationerId,
    appointmentId,
    data,
  }))
  const by =
    actor.kind === 'agent'
      ? { id: actor.id, name: agentName(actor), role: actor.role }
      : { id: null, name: null, role: null }
  // In SQL: every act pays for it.
  await rowsOf(
    ctx,
    Prisma.sql`
    INSERT INTO history_entry (probationer_id, appointment_id, category, event, data, agent_id, actor_name, actor_role, at)
    SELECT "probationerId", "appointmentId", ${category}::history_category, ${event}::text, data,
           ${by.id}::int, ${by.name}::text, ${by.role}::role, ${ctx.now}::timestamptz
      FROM json_to_recordset(${JSON.stringify(asked)}::json)
           AS line ("probationerId" int, "appointmentId" int, data jsonb)`,
  )
}
