import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { InputOf } from '../../admin/define/action'
import { nationalPassword } from '../../prisma/seed/national/load'
import type { previewClosure } from '../../resources/closure/queries/preview.server'
import { addDays } from '../../resources/shared/civil-time'
import { figure, median } from './figures'
import { act, ask, signIn, type Client } from './load'

/** The local admin's desk: a service of its own, made anew for each run. */

const service = 'SPIP du banc d’essai'
const email = 'banc.essai@justice.example'
/** A clock that no other service of the country keeps. */
const timeZone = 'Pacific/Wallis'
const typeCode = 'hearing_exit_probation'
const agendas = 20
/** Of each agenda: five weekdays at twenty hours. */
const hours = 20

/** A local admin and the agendas of the service, without slots. */
export async function slotsDesk(url: string, pool: pg.Pool, like: string) {
  await forget(pool)
  const { rows } = await pool.query<{ id: number; agendas: number[] }>(
    `WITH service AS (
       INSERT INTO organization (name, kind, time_zone, department_code) VALUES ($1, 'probation_service', $2, '986') RETURNING id),
     place AS (
       INSERT INTO place (organization_id, name, address, short_address, department_code, phone)
       SELECT id, $1, 'Mata-Utu', 'Mata-Utu', '986', '+33199001020' FROM service RETURNING id, organization_id),
     types AS (INSERT INTO place_appointment_type (place_id, type_code) SELECT id, $3 FROM place RETURNING 1),
     agendas AS (
       INSERT INTO agenda (place_id, name) SELECT place.id, 'Agenda ' || n FROM place, generate_series(1, $4) n RETURNING id)
     SELECT (SELECT organization_id FROM place) AS id, array_agg(id ORDER BY id) AS agendas FROM agendas`,
    [service, timeZone, typeCode, agendas],
  )
  const [made] = rows
  if (!made) throw new Error('no service')
  await pool.query(
    `INSERT INTO agent (email, first_name, last_name, role, organization_id, password_hash,
                        security_charter_version, security_charter_accepted_at)
     SELECT $1, first_name, last_name, role, $2, password_hash, security_charter_version, now()
       FROM agent WHERE email = $3`,
    [email, made.id, like],
  )
  return { ...made, client: await signIn(url, email, nationalPassword) }
}
export type Desk = Awaited<ReturnType<typeof slotsDesk>>

/** Takes the service away, with its agent and all that it did. */
export async function forget(pool: pg.Pool): Promise<void> {
  const ours = `(SELECT id FROM organization WHERE name = $1)`
  const places = `(SELECT id FROM place WHERE organization_id IN ${ours})`
  const theirAgendas = `(SELECT id FROM agenda WHERE place_id IN ${places})`
  for (const statement of [
    `DELETE FROM appointment WHERE organization_id IN ${ours}`,
    `DELETE FROM slot WHERE agenda_id IN ${theirAgendas}`,
    `DELETE FROM recurring_slot WHERE agenda_id IN ${theirAgendas}`,
    `DELETE FROM closure WHERE organization_id IN ${ours}`,
    `DELETE FROM following WHERE organization_id IN ${ours}`,
    `DELETE FROM agenda WHERE place_id IN ${places}`,
    `DELETE FROM agent WHERE organization_id IN ${ours}`,
    `DELETE FROM place WHERE organization_id IN ${ours}`,
    `DELETE FROM organization WHERE name = $1`,
  ])
    await pool.query(statement, [service])
}

/** Half a year of 2,000 rules, then the same night again. */
export async function generation(pool: pg.Pool, desk: Desk): Promise<void> {
  await pool.query(
    `INSERT INTO recurring_slot (agenda_id, type_code, weekday, start_time, capacity)
     SELECT agenda, $2, weekday, to_char(time '08:00' + n * interval '30 minutes', 'HH24:MI'), 2
       FROM unnest($1::int[]) agenda, generate_series(1, 5) weekday, generate_series(0, $3 - 1) n`,
    [desk.agendas, typeCode, hours],
  )
  const night = async () => {
    const { rows: last } = await pool.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM job_run')
    await pool.query(
      `SELECT graphile_worker.add_job('generate-slots', json_build_object('timeZone', $1::text))`,
      [timeZone],
    )
    for (;;) {
      const { rows } = await pool.query<{ handled: number; ms: number }>(
        `SELECT handled, duration_ms AS ms FROM job_run WHERE task = 'generate-slots' AND id > $1`,
        [last[0]?.id],
      )
      if (rows[0]) return rows[0]
      await delay(50)
    }
  }
  const first = await night()
  const second = await night()
  const rules = desk.agendas.length * 5 * hours
  figure(`slots made by ${rules} rules`, first.handled, 'slots', { target: rules * 20, least: true })
  figure('generation', first.ms, 'ms', { target: 20_000, paced: true })
  figure('generation again, slots', second.handled, 'slots', { target: 0 })
  figure('generation again', second.ms, 'ms', { target: 3_000, paced: true })
}

/** The month of an agenda that holds 5,000 slots, as its calendar asks. */
export async function crowdedAgenda(pool: pg.Pool, { agendas: [agendaId] }: Desk) {
  await pool.query(
    `INSERT INTO slot (agenda_id, type_code, date, start_time, starts_at, capacity)
     SELECT $1, $2, s.date, to_char(time '06:00' + n * interval '5 minutes', 'HH24:MI'),
            (s.date + time '06:00' + n * interval '5 minutes') AT TIME ZONE $3, 2
       FROM (SELECT DISTINCT date FROM slot WHERE agenda_id = $1) s, generate_series(0, 19) n`,
    [agendaId, typeCode, timeZone],
  )
  const { rows } = await pool.query<{ slots: number; from: string }>(
    `SELECT count(*)::int AS slots, (date_trunc('week', current_date) + interval '28 days')::date::text AS from
       FROM slot WHERE agenda_id = $1`,
    [agendaId],
  )
  const [agenda] = rows
  if (!agenda || agenda.slots < 4_800) throw new Error(`${agenda?.slots ?? 0} slots only`)
  return ask('slotCalendar', { agendaId, typeCode: '', from: agenda.from, to: addDays(agenda.from, 32) })
}

/** A day on which 200 people are expected: looked at, then closed. */
export async function closedDay(url: string, pool: pg.Pool, { id, agendas, client }: Desk): Promise<void> {
  const agendaId = agendas.at(-1) ?? 0
  // Apart: the triggers of a following read the appointments of its statement.
  await pool.query(
    `INSERT INTO following (probationer_id, organization_id)
     SELECT id, $1 FROM probationer
      WHERE archived_at IS NULL AND phone IS NOT NULL AND NOT sms_opt_out ORDER BY id LIMIT 200`,
    [id],
  )
  const { rows } = await pool.query<{ date: string }>(
    `WITH day AS (SELECT min(date) AS date FROM slot WHERE agenda_id = $1 AND date > current_date + 20),
     slots AS (
       SELECT id, starts_at, place_id, row_number() OVER (ORDER BY slot.id) AS rank
         FROM (SELECT s.id, s.starts_at, a.place_id FROM slot s JOIN agenda a ON a.id = s.agenda_id, day
                WHERE s.agenda_id = $1 AND s.date = day.date LIMIT 20) slot),
     booked AS (
       INSERT INTO appointment (probationer_id, slot_id, type_code, organization_id, place_id, starts_at, creating_organization_id)
       SELECT probationer_id, slots.id, $3, $2, slots.place_id, slots.starts_at, $2
         FROM (SELECT probationer_id, row_number() OVER (ORDER BY probationer_id) AS rank
                 FROM following WHERE organization_id = $2) f
         JOIN slots ON slots.rank = 1 + f.rank % 20
       RETURNING slot_id),
     seats AS (
       UPDATE slot SET capacity = 10, seats_taken = (SELECT count(*) FROM booked WHERE slot_id = slot.id)
        WHERE id IN (SELECT id FROM slots) RETURNING 1)
     SELECT date::text FROM day, (SELECT count(*) FROM seats) AS counted`,
    [agendaId, id, typeCode],
  )
  const period = { scope: `agenda:${agendaId}`, firstDate: rows[0]?.date ?? '' }
  const times: number[] = []
  let lines: Preview['lines'] = []
  for (let n = 0; n < 5; n++) {
    const from = performance.now()
    lines = (await askOnce<Preview>(url, client, period)).lines
    times.push(performance.now() - from)
  }
  figure(`closing a day of ${lines.length}, previewed`, median(times), 'ms', { target: 1_000, paced: true })
  const from = performance.now()
  const done = await act<{ moved: number }>(url, client, 'Closure/actions/new', {
    ...period,
    lines: lines.map(({ appointmentId, proposals: [seat] }) => ({ ...seat, appointmentId, choice: 'move' })),
  })
  figure(`closing a day, ${done.moved} moved`, performance.now() - from, 'ms', {
    target: 10_000,
    paced: true,
  })
  if (done.moved !== 200) throw new Error(`${done.moved} moved`)
}
type Preview = Awaited<ReturnType<typeof previewClosure>>

async function askOnce<Result>(
  url: string,
  client: Client,
  input: InputOf<typeof previewClosure>,
): Promise<Result> {
  const { path, body } = ask('previewClosure', input)
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie: client.cookie },
    body: body ?? '',
  })
  const told = (await answer.json()) as { ok: boolean; result: Result }
  if (!told.ok) throw new Error(JSON.stringify(told))
  return told.result
}
