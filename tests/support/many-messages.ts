import type pg from 'pg'
import { deliverMessage, deliveryKeyPrefix, deliveryPriority } from '../../resources/message/jobs'

const typeCode = 'probation_follow_up'

interface Where {
  organizationId: number
  placeId: number
  agendaId: number
}

interface Many extends Where {
  persons: readonly number[]
  startsAt: Date
  kind: 'summons' | 'reminder'
  dueAt: Date
  deadline: Date
  createdAt?: Date
  /** When the jobs run, where it is not when the messages are due. */
  runAt?: Date
}

/** A slot with room for everybody: the capacity that no slot of people has, to find it again. */
const roomForMany = 31_000

/**
 * Appointments of so many persons at one instant, a message each and its job: what booking leaves, without the time
 * that it takes.
 *
 * @returns the ids of the messages.
 */
export async function convokeMany(
  pool: pg.Pool,
  { persons, startsAt, kind, dueAt, deadline, createdAt = dueAt, runAt = dueAt, ...where }: Many,
): Promise<number[]> {
  const { organizationId, placeId, agendaId } = where
  const { rows } = await pool.query<{ id: number }>(
    `WITH seats AS (
       INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, seats_taken)
       VALUES ($1, $2, $3::timestamptz::date, to_char($3::timestamptz, 'HH24:MI'), $3, 30, ${roomForMany}, $4)
       RETURNING id),
     booked AS (
       INSERT INTO appointment (probationer_id, slot_id, type_code, organization_id, creating_organization_id, place_id, starts_at)
       SELECT person, seats.id, $2, $5, $5, $6, $3 FROM unnest($7::int[]) AS person, seats
       RETURNING id, probationer_id)
     INSERT INTO message (probationer_id, appointment_id, kind, reminder_hours, due_at, deadline, created_at)
     SELECT probationer_id, id, $8::message_kind, CASE $8 WHEN 'reminder' THEN 24 ELSE 0 END, $9, $10, $11 FROM booked
     RETURNING id`,
    [
      ...[agendaId, typeCode, startsAt, persons.length, organizationId, placeId, persons],
      ...[kind, dueAt, deadline, createdAt],
    ],
  )
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b)
  await pool.query(
    `SELECT graphile_worker.add_job($2, json_build_object('messageId', id), run_at => $3, job_key => $4 || id, priority => $5)
       FROM unnest($1::int[]) AS id`,
    [ids, deliverMessage.name, runAt, deliveryKeyPrefix, deliveryPriority(kind)],
  )
  return ids
}

/** Takes away what was so convoked, with all that came of it. */
export async function forgetMany(pool: pg.Pool): Promise<void> {
  const slots = `(SELECT id FROM slot WHERE capacity = ${roomForMany})`
  const theirs = `(SELECT id FROM appointment WHERE slot_id IN ${slots})`
  for (const statement of [
    `DELETE FROM history_entry WHERE appointment_id IN ${theirs}`,
    `DELETE FROM receipt WHERE split_part(raw->>'tag', ':', 2) IN (SELECT id::text FROM message WHERE appointment_id IN ${theirs})`,
    `DELETE FROM message WHERE appointment_id IN ${theirs}`,
    `DELETE FROM appointment WHERE slot_id IN ${slots}`,
    `DELETE FROM slot WHERE capacity = ${roomForMany}`,
  ])
    await pool.query(statement)
}
