import pg from 'pg'
import { isWorkingDay } from '../../../resources/shared/calendar'
import { hashPassword } from '../../../resources/agent/commands/password-hash.server'
import { connectionTo } from '../../../resources/shared/connection'
import { addDays, type CivilDate } from '../../../resources/shared/civil-time'
import { readCourts } from '../courts'
import {
  loadAppointments,
  loadPublishedSlots,
  loadScopes,
  loadTraces,
  planAppointments,
  planPublishedAppointments,
} from './appointments'
import { seededDice } from './dice'
import { takeDownIndexes } from './indexes'
import { loadPeople, planPeople } from './people'
import { createServices, type Jurisdiction } from './services'

const bigTables = [
  'probationer',
  'following',
  'slot',
  'appointment',
  'appointment_scope',
  'message',
  'history_entry',
]
const monthsBehind = 24
const monthsAhead = 3
/** Of every invented agent. */
export const nationalPassword = 'Convoquer-Rappeler-Informer'

export interface Size {
  persons: number
  appointments: number
}

/**
 * Fills a migrated database with the country: services, people, appointments. In one transaction,
 * because indexes and keys are down meanwhile: everything, or as before.
 */
export async function loadNational(
  databaseUrl: string,
  { persons, appointments }: Size,
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client(connectionTo(databaseUrl))
  await client.connect()
  try {
    const { rows } = await client.query<{ services: number }>(
      'SELECT count(*)::int AS services FROM organization',
    )
    if ((rows[0]?.services ?? 0) > 100) throw new Error('Cette base contient déjà le pays entier.')
    const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const from = performance.now()
      const result = await work()
      say(`${name.padEnd(34)} ${((performance.now() - from) / 1000).toFixed(1)} s`)
      return result
    }

    await client.query('BEGIN')
    for (const setting of [
      `work_mem = '128MB'`,
      `maintenance_work_mem = '512MB'`,
      `synchronous_commit = off`,
      `max_parallel_workers_per_gather = 2`,
      `max_parallel_maintenance_workers = 2`,
    ])
      await client.query(`SET LOCAL ${setting}`)
    await createWorkRoom(client)
    await step('services, agents, lieux, agendas', async () => {
      const jurisdictions = await createServices(client, readCourts(), {
        persons,
        passwordHash: await hashPassword(nationalPassword),
        dice: seededDice(164),
      })
      await describe(client, jurisdictions)
    })
    const putBack = await step('index et clés retirés', () => takeDownIndexes(client, bigTables))
    const person = await nextId(client, 'probationer')
    const slot = await nextId(client, 'slot')
    const appointment = await nextId(client, 'appointment')
    await step('personnes inventées', () => planPeople(client, { persons, firstId: person }))
    await step('personnes et services', () => loadPeople(client))
    const slots = await step('créneaux publiés', () => loadPublishedSlots(client, { firstId: slot }))
    await step('convocations inventées', async () => {
      const published = await planPublishedAppointments(client, { wanted: appointments * 0.2 })
      await planAppointments(client, { firstId: appointment, free: appointments - published })
    })
    await step('créneaux et convocations', () => loadAppointments(client, { slotsBefore: slot + slots }))
    await step('portée des convocations', () => loadScopes(client))
    await step('messages et historique', () => loadTraces(client))
    await client.query('DROP SCHEMA national CASCADE')
    await step('index et clés remis', putBack)
    for (const table of bigTables.filter((name) => name !== 'appointment_scope'))
      await client.query(
        `SELECT setval(pg_get_serial_sequence($1, 'id'), (SELECT coalesce(max(id), 1) FROM ${table}))`,
        [table],
      )
    await client.query('COMMIT')
    await step('statistiques', async () => {
      for (const table of bigTables) await client.query(`VACUUM (ANALYZE) ${table}`)
      await client.query('ANALYZE')
    })
  } finally {
    await client.end()
  }
}

async function nextId(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ next: number }>(
    `SELECT coalesce(max(id), 0) + 1 AS next FROM ${table}`,
  )
  return rows[0]?.next ?? 1
}

/** A schema of its own for the working tables and for chance: the same id always draws the same. */
async function createWorkRoom(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE SCHEMA national;
    CREATE FUNCTION national.dice(id bigint, salt int, n int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN ((hashint8extended(id, salt) & 9223372036854775807) % n)::int;
    CREATE FUNCTION national.even(list text[], id bigint, salt int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN list[1 + national.dice(id, salt, cardinality(list))];
    -- The first of the list far more often than the last.
    CREATE FUNCTION national.rare(list text[], id bigint, salt int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN list[1 + floor(cardinality(list) * (national.dice(id, salt, 1000000) / 1000000::float8) ^ 1.6::float8)::int];`)
}

/** What the set-based statements need to know: the jurisdictions, and the working days of each territory. */
async function describe(client: pg.Client, jurisdictions: readonly Jurisdiction[]): Promise<void> {
  const { rows } = await client.query<{ today: CivilDate; first: CivilDate; last: CivilDate }>(
    `SELECT current_date::text AS today, (current_date - $1::int * interval '1 month')::date::text AS first,
            (current_date + $2::int * interval '1 month')::date::text AS last`,
    [monthsBehind, monthsAhead],
  )
  const [{ today, first, last } = { today: '', first: '', last: '' }] = rows
  const workingDays = new Map(
    [...new Set(jurisdictions.map(({ court }) => court.departmentCode))].map((code) => {
      const days: CivilDate[] = []
      for (let date = first; date <= last; date = addDays(date, 1))
        if (isWorkingDay(date, code)) days.push(date)
      return [code, days]
    }),
  )
  await client.query(
    `CREATE UNLOGGED TABLE national.working_day AS
     SELECT * FROM jsonb_to_recordset($1) AS d (department_code text, day int, date date)`,
    [
      JSON.stringify(
        [...workingDays].flatMap(([code, days]) =>
          days.map((date, day) => ({ department_code: code, day, date })),
        ),
      ),
    ],
  )
  let before = 0
  await client.query(
    `CREATE UNLOGGED TABLE national.jurisdiction AS
     SELECT * FROM jsonb_to_recordset($1) AS j (j int, starts_at_share int, department_code text, time_zone text, past_days int, future_days int,
       court_id int, probation_service_id int, court_place_id int, probation_place_id int, home_place_id int, court_agenda_ids int[],
       probation_agenda_id int, tag_agenda_id int, home_agenda_id int, counsellor_ids int[], secretary_id int, judge_ids int[], clerk_id int,
       execution_office_agent_id int)`,
    [
      JSON.stringify(
        jurisdictions.map(({ court, share, ...ids }, index) => {
          const days = workingDays.get(court.departmentCode) ?? []
          const pastDays = days.filter((date) => date < today).length
          const startsAtShare = Math.floor(before * 1_000_000_000)
          before += share
          return {
            j: index + 1,
            starts_at_share: startsAtShare,
            department_code: court.departmentCode,
            time_zone: court.timeZone,
            past_days: pastDays,
            future_days: days.length - pastDays,
            ...Object.fromEntries(
              Object.entries(ids).map(([key, value]) => [
                key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
                value,
              ]),
            ),
          }
        }),
      ),
    ],
  )
  await client.query('ANALYZE national.working_day, national.jurisdiction')
}
