import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type pg from 'pg'
import * as z from 'zod'
import { figure, median } from '../figures'

const run = promisify(execFile)

export const typeCode = 'hearing_exit_probation'
/** An hour at which no slot of the country is. */
const startTime = '06:55'
const room = 30_000
const spread = 200
const rounds = 3

/** Who books at the exit of hearings for one of the largest services, and where. */
export async function hearingExitBooker(pool: pg.Pool) {
  const { rows } = await pool.query<{
    agent: number
    email: string
    place: number
    service: number
    agenda: number
  }>(
    `WITH largest AS (
       SELECT f.organization_id AS service, count(*) AS persons
         FROM following f JOIN organization o ON o.id = f.organization_id
        WHERE o.kind = 'probation_service' GROUP BY 1 ORDER BY 2 DESC LIMIT 20)
     SELECT agent.id AS agent, agent.email, p.id AS place, largest.service, a.id AS agenda
       FROM largest
       JOIN organization_link l ON l.probation_service_id = largest.service
       JOIN agent ON agent.organization_id = l.court_id AND agent.role = 'execution_office_agent'
                 AND agent.security_charter_accepted_at IS NOT NULL AND agent.deleted_at IS NULL
       JOIN place p ON p.organization_id = largest.service AND p.archived_at IS NULL
       JOIN place_appointment_type t ON t.place_id = p.id AND t.type_code = $1
       JOIN agenda a ON a.place_id = p.id AND a.archived_at IS NULL
      ORDER BY largest.persons DESC, agent.id, a.id LIMIT 1`,
    [typeCode],
  )
  const [found] = rows
  if (!found) throw new Error('nobody books at the exit of a hearing')
  return found
}

/**
 * Bookings at the exit of hearings, on one slot and on many, beside the statements that they send, by pg alone:
 * the median of the rounds.
 */
export async function bookingsBesideTheirSql(
  databaseUrl: string,
  pool: pg.Pool,
  many: number,
): Promise<void> {
  await forget(pool)
  const found = await hearingExitBooker(pool)
  // Wednesdays of the next months that are not given yet: one slot a day of the last twenty.
  const { rows: slots } = await pool.query<{ id: number }>(
    `INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, seats_taken)
     SELECT $1, $2, day, to_char(at, 'HH24:MI'), (day + at) AT TIME ZONE 'Europe/Paris', 30, $3, 0
       FROM (SELECT date_trunc('week', now())::date + 2 + 7 * (n % 20 + 3) AS day,
                    time '${startTime}' + (n / 20) * interval '1 minute' AS at
               FROM generate_series(0, $4) n) AS hours
     RETURNING id`,
    [found.agenda, typeCode, room, spread],
  )
  const { rows: persons } = await pool.query<{ id: number }>(
    `SELECT p.id FROM probationer p JOIN following f ON f.probationer_id = p.id
      WHERE f.organization_id = $1 AND p.archived_at IS NULL AND p.phone IS NOT NULL AND NOT p.sms_opt_out
        AND NOT EXISTS (SELECT FROM divestment d WHERE d.probationer_id = p.id AND d.state = 'pending')
      ORDER BY p.id LIMIT $2`,
    [found.service, many * 4 * rounds + 200],
  )
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'tests/bench/booking/program.ts'], {
    maxBuffer: 10_000_000,
    env: {
      ...process.env,
      ...{ MSJ_ENV: 'demo', DATABASE_URL: databaseUrl },
      BENCH: JSON.stringify({
        ...{ agentId: found.agent, placeId: found.place, typeCode, many, rounds },
        slotIds: slots.map(({ id }) => id),
        personIds: persons.map(({ id }) => id),
      }),
    },
  })
  const rate = z.array(z.number()).length(rounds).transform(median)
  const rates = z.object({ hot: rate, hotSql: rate, spread: rate, spreadSql: rate }).parse(JSON.parse(stdout))
  figure('one slot, the same statements by pg', rates.hotSql, '/s', { baseline: true })
  figure('book_one_slot_rate', rates.hot, '/s')
  figure('book_one_slot_rate / the same statements', rates.hot / rates.hotSql, 'x', {
    ...{ target: 0.5, least: true },
  })
  figure(`${spread} slots, the same statements by pg`, rates.spreadSql, '/s', { baseline: true })
  figure('book_many_slots_rate', rates.spread, '/s')
  figure('book_many_slots_rate / the same statements', rates.spread / rates.spreadSql, 'x', {
    ...{ target: 0.5, least: true },
  })
  await forget(pool)
}

/** Takes away what was booked on these slots, and the slots. */
async function forget(pool: pg.Pool): Promise<void> {
  const ours = `(SELECT id FROM slot WHERE type_code = $1 AND capacity = $2)`
  const theirs = `(SELECT id FROM appointment WHERE slot_id IN ${ours})`
  for (const statement of [
    `DELETE FROM history_entry WHERE appointment_id IN ${theirs}`,
    `DELETE FROM message WHERE appointment_id IN ${theirs}`,
    `DELETE FROM appointment WHERE slot_id IN ${ours}`,
    `DELETE FROM slot WHERE type_code = $1 AND capacity = $2`,
  ])
    await pool.query(statement, [typeCode, room])
}
