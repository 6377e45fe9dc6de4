import type pg from 'pg'

/** Hours at which people are received, busiest ones repeated. Published slots have theirs, never one of these. */
const freeHours = `
  08:45 09:15 09:15 09:45 09:45 10:15 10:15 10:15 10:45 10:45 11:15 11:15 11:45 13:30 14:15 14:15 14:45 14:45
  15:15 15:15 15:30 16:00 16:15 16:30 17:00 17:30`
  .trim()
  .split(/\s+/)

const publishedPatterns = {
  hearing_exit_sentence_judge: { hours: ['09:00', '10:00', '11:00', '14:00'], capacity: 3 },
  hearing_exit_probation: { hours: ['09:30', '10:30', '11:30'], capacity: 4 },
  electronic_tag_fitting: { hours: ['13:45', '15:45'], capacity: 2 },
}

/**
 * Recurring slots of every service, and the slots made from them, from the first day to the last.
 *
 * @returns how many.
 */
export async function loadPublishedSlots(
  client: pg.Client,
  { firstId }: { firstId: number },
): Promise<number> {
  const agendas = `
    SELECT j, agenda_id, n, 'hearing_exit_sentence_judge' AS type_code FROM national.jurisdiction, unnest(court_agenda_ids) WITH ORDINALITY AS a (agenda_id, n)
    UNION ALL SELECT j, probation_agenda_id, d, 'hearing_exit_probation' FROM national.jurisdiction, generate_series(0, 1) AS d
    UNION ALL SELECT j, tag_agenda_id, 2, 'electronic_tag_fitting' FROM national.jurisdiction`
  const patterns = Object.entries(publishedPatterns).flatMap(([type, { hours, capacity }]) =>
    hours.map((hour) => ({ type_code: type, start_time: hour, capacity })),
  )
  // Two days a week for each judge and each service: hearings are not every day.
  await client.query(
    `INSERT INTO recurring_slot (agenda_id, type_code, weekday, start_time, duration_minutes, capacity)
     SELECT agenda_id, type_code, 1 + (j + n * 2 + twice * 3) % 5, start_time, 30, capacity
       FROM (${agendas}) AS a
       JOIN jsonb_to_recordset($1) AS pattern (type_code text, start_time text, capacity int) USING (type_code),
            generate_series(0, 1) AS twice
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(patterns)],
  )
  const { rowCount } = await client.query(
    `CREATE UNLOGGED TABLE national.published AS
     SELECT ($1::int - 1 + row_number() OVER (ORDER BY d.date, r.id))::int AS id, j.j, r.agenda_id, r.type_code, r.id AS recurring_slot_id,
            d.date, d.day, r.start_time, (d.date + r.start_time::time) AT TIME ZONE j.time_zone AS starts_at, r.capacity
       FROM recurring_slot r
       JOIN agenda ON agenda.id = r.agenda_id
       JOIN national.jurisdiction j ON agenda.place_id IN (j.court_place_id, j.probation_place_id)
       JOIN national.working_day d ON d.department_code = j.department_code AND extract(isodow FROM d.date) = r.weekday`,
    [firstId],
  )
  return rowCount ?? 0
}

/**
 * Which seats of published slots are taken, and by whom: about a fifth of all appointments, the past
 * fuller than the future. People come to their hearing exit when their follow-up starts, hence both
 * in order of time; nobody twice for one type.
 *
 * @returns how many were planned.
 */
export async function planPublishedAppointments(
  client: pg.Client,
  { wanted }: { wanted: number },
): Promise<number> {
  const fullness = `CASE WHEN s.day < j.past_days THEN 1.0 ELSE 1 - 0.9 * (s.day - j.past_days) / j.future_days END`
  const { rows } = await client.query<{ seats: number }>(
    `SELECT sum(capacity * ${fullness})::float8 AS seats FROM national.published s JOIN national.jurisdiction j USING (j)`,
  )
  const share = Math.min(0.95, wanted / (rows[0]?.seats ?? 1))
  const { rowCount } = await client.query(
    `CREATE UNLOGGED TABLE national.taken AS
     WITH seats AS (
       SELECT s.*, row_number() OVER (PARTITION BY s.j, s.type_code ORDER BY s.starts_at, s.id, seat) - 1 AS rank,
              count(*) OVER (PARTITION BY s.j, s.type_code) AS seats
         FROM national.published s JOIN national.jurisdiction j USING (j), generate_series(1, s.capacity) AS seat
        WHERE national.dice(s.id::bigint * 8 + seat, 40, 1000000) < 1000000 * ${share.toFixed(6)} * ${fullness}
     ), people AS (
       SELECT id AS probationer_id, following, known_since, j, row_number() OVER (PARTITION BY j ORDER BY from_day, id) - 1 AS rank,
              count(*) OVER (PARTITION BY j) AS people
         FROM national.person
     ), sizes AS (SELECT DISTINCT j, people FROM people)
     SELECT s.*, p.probationer_id
       FROM seats s JOIN sizes USING (j)
       JOIN people p ON p.j = s.j AND p.rank = s.rank * sizes.people / least(s.seats, sizes.people)
       JOIN national.jurisdiction j ON j.j = s.j
      WHERE s.rank < sizes.people AND p.known_since < s.starts_at
        AND (s.type_code <> 'hearing_exit_sentence_judge' OR j.court_id = ANY (p.following))`,
  )
  return rowCount ?? 0
}

/** Every appointment to be, in the order in which they were booked. */
export async function planAppointments(
  client: pg.Client,
  { firstId, free }: { firstId: number; free: number },
): Promise<void> {
  await client.query(
    `
    CREATE UNLOGGED TABLE national.plan AS
    WITH counted AS (
      SELECT *, sum(weight) OVER (ORDER BY n) AS reached, sum(weight) OVER () AS total FROM national.person
    ), shared AS (
      -- Cut where the running sum passes an integer: the counts add up to what was asked for.
      SELECT *, (floor(reached * $3::int / total) - floor((reached - weight) * $3::int / total))::int AS appointments FROM counted
    ), occasions AS (
      -- One person's are spread evenly over their follow-up: never two on a day.
      SELECT p.id AS probationer_id, p.n, p.j, k, p.appointments, p.assigned_agent_id, p.following,
             p.n::bigint * 1024 + k AS seed,
             p.from_day + floor((k - 1 + (200 + national.dice(p.n::bigint * 1024 + k, 50, 600)) / 1000::float8)
                                * (p.to_day - p.from_day) / p.appointments)::int AS day
        FROM shared p, generate_series(1, p.appointments) AS k
    ), moved AS (
      -- A moved appointment keeps its type and its place: both halves are drawn from the first one's seed.
      SELECT *, k < appointments AND national.dice(seed, 51, 1000) < 22 AND national.dice(seed - 1, 51, 1000) >= 22 AS leaves,
             k > 1 AND national.dice(seed - 1, 51, 1000) < 22 AND national.dice(seed - 2, 51, 1000) >= 22 AS arrives
        FROM occasions
    ), hosted AS (
      SELECT j.*, probationer_id, n, k, day, assigned_agent_id, leaves, arrives, seed, seed - arrives::int AS root, k - arrives::int AS nth,
             court_id = ANY (following) AND national.dice(seed - arrives::int, 52, 100) < 18 AS in_court
        FROM moved JOIN national.jurisdiction j USING (j)
    ), typed AS (
      SELECT h.*, d.date, ($2::text[])[1 + national.dice(seed, 53, cardinality($2::text[]))] AS start_time,
             CASE WHEN in_court THEN CASE WHEN national.dice(root, 54, 100) < 72 THEN 'sentence_judge_follow_up' ELSE 'adversarial_hearing' END
                  WHEN nth = 1 THEN 'first_probation_follow_up'
                  ELSE (ARRAY['probation_follow_up', 'probation_follow_up', 'probation_follow_up', 'probation_follow_up',
                              'probation_follow_up', 'probation_follow_up', 'probation_follow_up', 'article_741_1',
                              'community_service_placement', 'electronic_monitoring', 'phone_appointment', 'phone_appointment',
                              'home_visit', 'course', 'probation_recall', 'group_session'])[1 + national.dice(root, 55, 16)]
             END AS type_code
        FROM hosted h
        JOIN national.working_day d USING (department_code, day)
    ), free AS (
      SELECT probationer_id, n, j, seed, leaves, arrives, NULL::int AS slot_id, type_code,
             CASE WHEN in_court THEN court_id ELSE probation_service_id END AS organization_id,
             CASE WHEN in_court THEN court_place_id WHEN type_code IN ('home_visit', 'phone_appointment') THEN home_place_id ELSE probation_place_id END AS place_id,
             CASE WHEN in_court THEN court_agenda_ids[1 + national.dice(n, 56, cardinality(court_agenda_ids))]
                  WHEN type_code IN ('home_visit', 'phone_appointment') THEN home_agenda_id ELSE probation_agenda_id END AS agenda_id,
             date, start_time, (date + start_time::time) AT TIME ZONE time_zone AS starts_at,
             CASE WHEN in_court THEN NULL ELSE coalesce(assigned_agent_id, counsellor_ids[1 + national.dice(n, 57, cardinality(counsellor_ids))]) END AS agent_id,
             CASE WHEN in_court THEN clerk_id WHEN national.dice(root, 58, 10) < 3 THEN secretary_id
                  ELSE coalesce(assigned_agent_id, counsellor_ids[1 + national.dice(n, 57, cardinality(counsellor_ids))]) END AS booked_by_id,
             CASE WHEN in_court THEN court_id ELSE probation_service_id END AS creating_organization_id
        FROM typed
    ), published AS (
      SELECT t.probationer_id, p.n, j.j, 1000000000000 + t.id::bigint * 64 + rank AS seed, false, false, t.id, t.type_code,
             CASE WHEN t.type_code = 'hearing_exit_sentence_judge' THEN court_id ELSE probation_service_id END,
             CASE WHEN t.type_code = 'hearing_exit_sentence_judge' THEN court_place_id ELSE probation_place_id END,
             t.agenda_id, t.date, t.start_time::text, t.starts_at, NULL::int,
             CASE WHEN t.type_code = 'electronic_tag_fitting' THEN clerk_id ELSE execution_office_agent_id END, court_id
        FROM national.taken t JOIN national.person p ON p.id = t.probationer_id JOIN national.jurisdiction j ON j.j = t.j
    ), dated AS (
      SELECT a.*, least(starts_at - (2 + national.dice(seed, 60, 40)) * interval '1 day',
                        now() - national.dice(seed, 61, 20 * 1440) * interval '1 minute') AS created_at
        FROM (SELECT * FROM free UNION ALL SELECT * FROM published) AS a
    )
    SELECT ($1::int - 1 + row_number() OVER (ORDER BY greatest(created_at, known_since), seed))::int AS id,
           dated.*,
           greatest(created_at, known_since) AS booked_at,
           (CASE WHEN leaves THEN 'rescheduled'
                 WHEN starts_at < now() THEN
                   CASE WHEN national.dice(seed, 62, 1000) < 705 THEN 'attended'
                        WHEN national.dice(seed, 62, 1000) < 860 THEN 'missed'
                        WHEN national.dice(seed, 62, 1000) < 910 THEN 'excused'
                        WHEN national.dice(seed, 62, 1000) < 965 THEN 'cancelled'
                        ELSE 'booked' END
                 WHEN national.dice(seed, 62, 1000) < 945 THEN 'booked'
                 WHEN national.dice(seed, 62, 1000) < 985 THEN 'cancelled'
                 ELSE 'excused' END)::appointment_state AS state,
           national.dice(seed, 63, 100) < 65 AS informed
      FROM dated JOIN national.person USING (n)`,
    [firstId, freeHours, free],
  )
  await client.query('ANALYZE national.plan')
}

/** Seats, then what sits on them. */
export async function loadAppointments(
  client: pg.Client,
  { slotsBefore }: { slotsBefore: number },
): Promise<void> {
  const holdsSeat = `state IN ('booked', 'attended', 'missed')`
  await client.query(
    `INSERT INTO slot (id, agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, seats_taken, is_open, recurring_slot_id)
     SELECT id, agenda_id, type_code, date, start_time, starts_at, 30, capacity, coalesce(seats, 0),
            seats IS NOT NULL OR national.dice(id, 64, 100) >= 3, recurring_slot_id
       FROM national.published
       LEFT JOIN (SELECT slot_id AS id, count(*) AS seats FROM national.plan WHERE slot_id IS NOT NULL AND ${holdsSeat} GROUP BY 1) AS taken USING (id)
      ORDER BY id`,
  )
  await client.query(
    `INSERT INTO slot (id, agenda_id, type_code, date, start_time, starts_at, duration_minutes, capacity, seats_taken)
     SELECT $1::int + id, agenda_id, type_code, date, start_time, starts_at, 30, 1, (${holdsSeat})::int
       FROM national.plan WHERE slot_id IS NULL ORDER BY id`,
    [slotsBefore],
  )
  await client.query(
    `INSERT INTO appointment (id, probationer_id, slot_id, type_code, organization_id, place_id, starts_at, state, agent_id,
       booked_by_id, creating_organization_id, prosecution_number, informed_at_booking, rescheduled_from_id, created_at, updated_at)
     SELECT a.id, a.probationer_id, coalesce(a.slot_id, $1::int + a.id), a.type_code, a.organization_id, a.place_id, a.starts_at, a.state, a.agent_id,
            a.booked_by_id, a.creating_organization_id,
            CASE WHEN a.slot_id IS NOT NULL AND national.dice(a.seed, 65, 10) < 7
                 THEN to_char(a.date, 'YY') || lpad(national.dice(a.seed, 66, 1000)::text, 3, '0') || lpad(national.dice(a.seed, 67, 1000000)::text, 6, '0') END,
            a.informed, old.id, a.booked_at, least(now(), greatest(a.booked_at, a.starts_at))
       FROM national.plan a
       LEFT JOIN national.plan old ON a.arrives AND old.leaves AND old.seed = a.seed - 1
      ORDER BY a.id`,
    [slotsBefore],
  )
}

/** Which services see each appointment: what its triggers would have written. */
export async function loadScopes(client: pg.Client): Promise<void> {
  await client.query(`
    INSERT INTO appointment_scope (organization_id, starts_at, appointment_id, probationer_id, type_code, state, follows, creates, hosts)
    SELECT service, a.starts_at, a.id, a.probationer_id, a.type_code, a.state,
           service = ANY (p.following), service = a.creating_organization_id, service = a.organization_id
      FROM national.plan a
      JOIN national.person p USING (n)
     CROSS JOIN LATERAL (SELECT unnest(p.following) UNION SELECT a.creating_organization_id UNION SELECT a.organization_id) AS s (service)`)
}

/**
 * Messages and history of the last two months and of what is to come; the older ones would only be
 * more of the same. Planned reminders have no job: the sweeper of every minute finds those due.
 */
export async function loadTraces(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE UNLOGGED TABLE national.recent AS
    SELECT a.*, p.phone, p.sms_opt_out, p.archived, o.name AS organization_name, o.time_zone, place.name AS place_name,
           p.phone IS NOT NULL AND NOT p.sms_opt_out AND NOT p.archived AS reachable
      FROM national.plan a
      JOIN national.person p ON p.n = a.n
      JOIN organization o ON o.id = a.organization_id
      JOIN place ON place.id = a.place_id
     WHERE a.starts_at > now() - interval '60 days'`)
  await client.query(`
    INSERT INTO message (probationer_id, appointment_id, kind, reminder_hours, state, due_at, deadline, text_sent, alphabet,
      parts, phone, external_id, end_reason, attempts, claimed_at, sent_at, delivered_at, ended_at, created_at)
    WITH planned AS (
      SELECT r.*, kind, due_at, deadline,
             CASE WHEN kind = 'summons' AND starts_at < booked_at THEN 'expired'
                  WHEN kind = 'reminder' AND state IN ('cancelled', 'rescheduled') THEN 'cancelled'
                  WHEN due_at > now() THEN CASE WHEN state = 'booked' THEN 'planned' ELSE 'cancelled' END
                  WHEN NOT reachable THEN 'suppressed'
                  WHEN national.dice(seed, 70, 1000) < 940 THEN 'delivered'
                  WHEN national.dice(seed, 70, 1000) < 975 THEN 'sent' ELSE 'failed' END::message_state AS message_state
        FROM national.recent r, LATERAL (
          SELECT 'reminder'::message_kind,
                 least(greatest(r.date - 1 + r.start_time::time, r.date - 1 + time '08:00'), r.date - 1 + time '20:00') AT TIME ZONE r.time_zone,
                 r.starts_at - interval '2 hours'
          UNION ALL SELECT 'summons', r.booked_at, least(r.starts_at, r.booked_at + interval '24 hours')
            WHERE r.informed AND r.reachable AND NOT r.arrives
          UNION ALL SELECT 'rescheduling', r.booked_at, least(r.starts_at, r.booked_at + interval '24 hours')
            WHERE r.informed AND r.reachable AND r.arrives
          UNION ALL SELECT 'missed', r.starts_at + interval '1 day', r.starts_at + interval '8 days'
            WHERE r.state = 'missed' AND r.reachable AND r.starts_at < now() - interval '1 day' AND r.informed
        ) AS m (kind, due_at, deadline)
    )
    SELECT probationer_id, id, kind, CASE kind WHEN 'reminder' THEN 24 ELSE 0 END, message_state, due_at, deadline,
           CASE WHEN left_for_good THEN CASE kind
             WHEN 'missed' THEN format('%s : vous aviez rendez-vous le %s a %s. Contactez votre service au plus vite.', organization_name, to_char(date, 'DD/MM/YYYY'), start_time)
             ELSE format('%s : vous avez rendez-vous le %s a %s. Lieu : %s. En cas d''absence, prevenez votre service.', organization_name, to_char(date, 'DD/MM/YYYY'), start_time, place_name) END END,
           CASE WHEN left_for_good THEN 'gsm7'::sms_alphabet END, CASE WHEN left_for_good THEN 1 END,
           CASE WHEN left_for_good THEN phone END, CASE WHEN left_for_good THEN 'national-' || id || '-' || kind END,
           CASE message_state WHEN 'suppressed' THEN CASE WHEN sms_opt_out THEN 'opted_out' WHEN archived THEN 'archived' ELSE 'no_phone' END
                              WHEN 'failed' THEN 'unallocated_number'
                              WHEN 'expired' THEN 'deadline'
                              WHEN 'cancelled' THEN CASE state WHEN 'rescheduled' THEN 'appointment_rescheduled' WHEN 'excused' THEN 'appointment_excused' ELSE 'appointment_cancelled' END END,
           left_for_good::int, CASE WHEN left_for_good THEN due_at END, CASE WHEN left_for_good THEN due_at + interval '1 second' END,
           CASE WHEN message_state = 'delivered' THEN due_at + interval '6 seconds' END,
           CASE WHEN message_state NOT IN ('planned', 'sent') THEN least(now(), due_at + interval '6 seconds') END, least(booked_at, due_at)
      FROM planned, LATERAL (SELECT message_state IN ('sent', 'delivered', 'failed')) AS l (left_for_good)
     ORDER BY due_at`)
  await client.query(`
    INSERT INTO history_entry (probationer_id, appointment_id, category, event, data, agent_id, actor_name, actor_role, at)
    SELECT r.probationer_id, r.id, 'appointment', e.event,
           jsonb_build_object('date', r.date, 'time', r.start_time, 'place', r.place_name, 'typeCode', r.type_code, 'inform', CASE WHEN r.informed THEN 'now' ELSE 'reminder' END),
           g.id, g.first_name || ' ' || g.last_name, g.role, e.at
      FROM national.recent r
      JOIN agent g ON g.id = r.booked_by_id,
           LATERAL (SELECT 'appointment.booked', r.booked_at
                    UNION ALL SELECT 'appointment.' || r.state, least(now(), r.starts_at + interval '1 hour')
                     WHERE r.state <> 'booked') AS e (event, at)
     ORDER BY e.at`)
}
