import { Prisma } from '@prisma/client'
import type { Reach } from '../../probationer/rules'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { rowsOf } from '../../shared/prepared.server'
import type { PlannedMessage } from '../schedule'
import type { MessageKind } from '../template/schema'

/** Planning the messages of a booking, in SQL: see the booking's own. */

/** What the messages of an appointment depend on. */
export async function appointmentToPlan(ctx: Context, id: number) {
  const [found] = await rowsOf<
    Reach & {
      id: number
      probationerId: number
      version: number
      startsAt: Date
      zone: string
      /** Of the reminder in force; null without one. */
      reminderHours: number[] | null
    }
  >(
    ctx,
    Prisma.sql`
      SELECT a.id, a.probationer_id AS "probationerId", a.version, a.starts_at AS "startsAt", o.time_zone AS zone,
             p.phone, p.phone_state::text AS "phoneState", p.has_no_mobile_phone AS "hasNoMobilePhone",
             p.sms_opt_out AS "smsOptOut", p.archived_at AS "archivedAt",
             (SELECT t.reminder_hours FROM message_template t
               WHERE t.type_code = a.type_code AND t.kind = 'reminder'
                 AND (t.organization_id = a.organization_id OR t.organization_id IS NULL)
               ORDER BY t.organization_id NULLS LAST LIMIT 1) AS "reminderHours"
        FROM appointment a
        JOIN organization o ON o.id = a.organization_id
        JOIN probationer p ON p.id = a.probationer_id
       WHERE a.id = ${id}`,
  )
  return orNotFound(found, 'appointment')
}

/** Messages that leave at their hour, under the version of the appointment they tell of. */
export async function insertPlanned(
  ctx: Context,
  appointment: { id: number; probationerId: number; version: number },
  messages: readonly PlannedMessage[],
): Promise<{ id: number; kind: MessageKind; dueAt: Date }[]> {
  const wanted = messages.map(({ dueAt, deadline, ...message }) => ({
    ...message,
    dueAt: dueAt.toISOString(),
    deadline: deadline.toISOString(),
  }))
  return rowsOf<{ id: number; kind: MessageKind; dueAt: Date }>(
    ctx,
    Prisma.sql`
      INSERT INTO message (probationer_id, appointment_id, appointment_version, kind, reminder_hours, due_at, deadline, created_at)
      SELECT ${appointment.probationerId}, ${appointment.id}, ${appointment.version}, kind, "reminderHours", "dueAt", deadline, ${ctx.now}
        FROM json_to_recordset(${JSON.stringify(wanted)}::json)
             AS wanted (kind message_kind, "reminderHours" int, "dueAt" timestamptz, deadline timestamptz)
      RETURNING id, kind::text, due_at AS "dueAt"`,
  )
}
