import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { PlannedMessage } from '../schedule'
import type { MessageKind } from '../template/schema'

/** Planning the messages of a booking, in SQL: see the booking's own. */

/** What its messages repeat of an appointment. */
export interface AppointmentTold {
  id: number
  probationerId: number
  /** A message tells of one version: planned twice for it, it would be told twice. */
  version: number
}

/** Messages that leave at their hour, of each appointment, under the version they tell of. */
export async function insertPlanned(
  ctx: Context,
  appointments: readonly AppointmentTold[],
  messages: readonly PlannedMessage[],
): Promise<{ id: number; kind: MessageKind; dueAt: Date }[]> {
  const wanted = messages.map(({ dueAt, deadline, ...message }) => ({
    ...message,
    dueAt: dueAt.toISOString(),
    deadline: deadline.toISOString(),
  }))
  const column = (name: keyof AppointmentTold) => appointments.map((appointment) => appointment[name])
  return rowsOf<{ id: number; kind: MessageKind; dueAt: Date }>(
    ctx,
    Prisma.sql`
      INSERT INTO message (probationer_id, appointment_id, appointment_version, kind, reminder_hours, due_at, deadline, created_at)
      SELECT told.probationer_id, told.id, told.version, kind, "reminderHours", "dueAt", deadline, ${ctx.now}
        FROM unnest(${column('probationerId')}::int[], ${column('id')}::int[], ${column('version')}::int[])
             AS told (probationer_id, id, version),
             json_to_recordset(${JSON.stringify(wanted)}::json)
             AS wanted (kind message_kind, "reminderHours" int, "dueAt" timestamptz, deadline timestamptz)
      RETURNING id, kind::text, due_at AS "dueAt"`,
  )
}
