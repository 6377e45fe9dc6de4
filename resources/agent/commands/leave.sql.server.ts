import { Prisma } from '@prisma/client'
import { recordAudits } from '../../audit/commands.server'
import { recordHistories } from '../../history-entry/commands.server'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { LeftBehind } from '../queries/left-behind.server'

/** In SQL: a director may leave hundreds of persons at once. */

/**
 * Takes an agent off the persons they are the referent of.
 *
 * @returns how many persons.
 */
export async function leavePersons(
  ctx: Context,
  agentId: number,
  { probationerIds }: Pick<LeftBehind, 'probationerIds'>,
): Promise<number> {
  const left = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
    UPDATE probationer SET assigned_agent_id = NULL, updated_at = ${ctx.now}
     WHERE id = ANY (${[...probationerIds]}::int[]) AND assigned_agent_id = ${agentId}
    RETURNING id`,
  )
  const ids = left.map(({ id }) => id)
  if (ids.length === 0) return 0
  await recordHistories(ctx, { category: 'probationer', event: 'probationer.agent_left' }, ids)
  await recordAudits(ctx, { action: 'update', subject: 'probationer', fields: ['assignedAgentId'] }, ids)
  return ids.length
}

/** Takes an agent off their appointments after today; today's and past ones keep who received the person. */
async function leaveAppointments(
  ctx: Context,
  agentId: number,
  { appointmentIds }: Pick<LeftBehind, 'appointmentIds'>,
): Promise<number> {
  const left = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
    UPDATE appointment SET agent_id = NULL, updated_at = ${ctx.now}
     WHERE id = ANY (${[...appointmentIds]}::int[]) AND agent_id = ${agentId} AND state IN ('booked', 'excused')
    RETURNING id`,
  )
  const ids = left.map(({ id }) => id)
  if (ids.length > 0)
    await recordAudits(ctx, { action: 'update', subject: 'appointment', fields: ['agentId'] }, ids)
  return ids.length
}

/** Leaves everything behind: the agent goes to another service, or the account is deleted. */
export async function leaveAll(ctx: Context, agentId: number, held: LeftBehind) {
  return {
    persons: await leavePersons(ctx, agentId, held),
    appointments: await leaveAppointments(ctx, agentId, held),
  }
}
