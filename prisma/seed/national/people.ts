import type pg from 'pg'
import { firstNames, secondFirstNames, surnameEndings, surnameRoots, surnames } from './names'

/**
 * The working table of the load: who lives where, followed since and until which working day. Chance is a hash of the id, so that two runs invent the same country.
 *
 * Phones: a million different numbers that ring nowhere. 0639 belongs to Mayotte, dialled +262 639:
 * under +33 the million numbers of 639 000000 to 639 999999 exist for nobody, and contain the ten
 * thousand kept for fiction (+33 639 98). Beyond a million people, nobody has a phone.
 */
export async function planPeople(
  client: pg.Client,
  { persons, firstId }: { persons: number; firstId: number },
): Promise<void> {
  await client.query(
    `
    CREATE UNLOGGED TABLE national.person AS
    WITH drawn AS (
      SELECT n, national.dice(n, 1, 1000000000) AS home FROM generate_series(1, $1::int) AS n
    ), homed AS (
      SELECT n, width_bucket(home, (SELECT array_agg(starts_at_share ORDER BY j) FROM national.jurisdiction)) AS j
        FROM drawn
    ), lives AS (
      SELECT n, j.*,
             national.dice(n, 2, 100) < 8 AS archived,
             CASE WHEN national.dice(n, 2, 100) < 8 OR national.dice(n, 3, 100) < 35 THEN 0
                  ELSE national.dice(n, 4, j.past_days) END AS from_day
        FROM homed JOIN national.jurisdiction j USING (j)
    ), spans AS (
      SELECT *,
             CASE WHEN archived THEN past_days * (15 + national.dice(n, 5, 25)) / 100
                  WHEN past_days - from_day < 60 OR national.dice(n, 6, 100) < 60
                    THEN greatest(past_days + (future_days * (national.dice(n, 5, 1000) / 1000::float8) ^ 2)::int, from_day + 30)
                  ELSE least(past_days - 1, from_day + 40 + national.dice(n, 5, past_days - from_day))
             END AS to_day
        FROM lives
    ), weighed AS (
      SELECT *, (to_day - from_day) * (30 + national.dice(n, 7, 140))::bigint AS weight FROM spans
    ), named AS (
      SELECT *,
             CASE WHEN national.dice(n, 10, 100) < 55 THEN national.rare($3, n, 11)
                  WHEN national.dice(n, 10, 100) < 93 THEN national.even($4, n, 12) || national.even($7, n, 36)
                  ELSE national.rare($3, n, 13) || '-' || national.even($4, n, 14) || national.even($7, n, 37) END AS last_name,
             CASE WHEN national.dice(n, 15, 100) < 94 THEN national.rare($5, n, 16)
                  ELSE (ARRAY['Jean', 'Marie', 'Anne', 'Pierre'])[1 + national.dice(n, 17, 4)] || '-' || national.even($6, n, 18)
             END AS first_name,
             current_date - 17 * 366 - national.dice(n, 19, 20 * 365)
               - (40 * 365 * (national.dice(n, 35, 1000000) / 1000000::float8) ^ 2)::int AS date_of_birth
        FROM weighed
    ), folded AS (
      SELECT *, search_text_of(last_name, first_name) AS search_text FROM named
    )
    SELECT $2::int + n AS id, n, j, from_day, to_day, weight, archived, last_name, first_name, date_of_birth, search_text,
           -- Those already followed on the first day have been for up to three years.
           (d.date - national.dice(n, 8, CASE from_day WHEN 0 THEN 1000 ELSE 25 END))::timestamptz
             + (480 + national.dice(n, 9, 600)) * interval '1 minute' AS known_since,
           CASE WHEN n <= 1000000 AND national.dice(n, 20, 100) < 88
                THEN '+33639' || lpad((n::bigint * 611953 % 1000000)::text, 6, '0') END AS phone,
           national.dice(n, 21, 100) < 2 AS sms_opt_out,
           -- Twelve people in a hundred have no number; of namesakes born the same day, only one.
           CASE WHEN national.dice(n, 22, 100) >= 12
                  OR row_number() OVER (PARTITION BY search_text, date_of_birth, national.dice(n, 22, 100) < 12 ORDER BY n) > 1
                THEN CASE WHEN n % 20 = 7 AND n < 2000000 THEN '199' || lpad((n / 20)::text, 5, '0')
                          ELSE '20' || lpad((10 + national.dice(n, 23, 17))::text, 2, '0')
                               || lpad((n::bigint * 48271 % 100000000)::text, 8, '0')
                               || CASE WHEN national.dice(n, 24, 10) = 0 THEN chr(65 + national.dice(n, 25, 26)) ELSE '' END
                     END
           END AS appi_number,
           lower(translate(substr(encode(decode(md5('stop' || n), 'hex'), 'base64'), 1, 10), '+/', 'xy')) AS sms_opt_out_token,
           CASE WHEN national.dice(n, 26, 100) < 62
                THEN counsellor_ids[1 + national.dice(n, 27, cardinality(counsellor_ids))] END AS assigned_agent_id,
           -- Both services of the jurisdiction, the creator first; some are followed by one only, some elsewhere too.
           CASE WHEN national.dice(n, 28, 100) < 5 THEN ARRAY[probation_service_id]
                WHEN national.dice(n, 28, 100) < 45 THEN ARRAY[court_id, probation_service_id]
                ELSE ARRAY[probation_service_id, court_id] END
           || CASE WHEN national.dice(n, 29, 100) < 4
                   THEN ARRAY[(SELECT o.probation_service_id FROM national.jurisdiction o
                                WHERE o.j = 1 + (folded.j + national.dice(folded.n, 30, 160)) % (SELECT count(*)::int FROM national.jurisdiction))]
                   ELSE ARRAY[]::int[] END AS following
      FROM folded JOIN national.working_day d USING (department_code)
     WHERE d.day = from_day`,
    [persons, firstId - 1, surnames, surnameRoots, firstNames, secondFirstNames, surnameEndings],
  )
  await client.query('ANALYZE national.person')
}

/** The people and who follows them, derived columns included: their triggers are down. */
export async function loadPeople(client: pg.Client): Promise<void> {
  await client.query(`
    INSERT INTO probationer (id, last_name, first_name, date_of_birth, phone, phone_state, has_no_mobile_phone, sms_opt_out,
      sms_opt_out_token, appi_number, assigned_agent_id, is_homeless, lives_abroad, creating_organization_id,
      following_organization_ids, followings_changed_at, search_text, archived_at, created_at, updated_at)
    SELECT id, last_name, first_name, date_of_birth, phone,
           (CASE WHEN phone IS NULL OR national.dice(n, 31, 1000) >= 20 THEN 'fine'
                 WHEN national.dice(n, 31, 1000) >= 5 THEN 'to_check' ELSE 'dead' END)::phone_state,
           phone IS NULL, sms_opt_out, sms_opt_out_token, appi_number, assigned_agent_id,
           national.dice(n, 32, 100) < 3, national.dice(n, 33, 1000) < 4, following[1], following, known_since, search_text,
           CASE WHEN archived THEN now() - national.dice(n, 34, 170) * interval '1 day' END, known_since, known_since
      FROM national.person
     ORDER BY known_since`)
  await client.query(`
    INSERT INTO following (probationer_id, organization_id, since, last_name, first_name, search_text, archived)
    SELECT p.id, organization_id, known_since + rank * interval '1 millisecond', last_name, first_name,
           search_text, archived
      FROM national.person p, unnest(following) WITH ORDINALITY AS f (organization_id, rank)
     ORDER BY known_since`)
}
