-- When the services that follow a person last changed, one taken away included. What changed before this day is not
-- known: it counts as changed today, so that nobody is archived too soon.
ALTER TABLE "probationer" ADD COLUMN "followings_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();

CREATE OR REPLACE FUNCTION refresh_following_organizations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE probationer p
     SET following_organization_ids = coalesce((SELECT array_agg(organization_id ORDER BY since, id) FROM following WHERE probationer_id = p.id), '{}'),
         followings_changed_at = now()
   WHERE p.id IN (OLD.probationer_id, NEW.probationer_id);
  RETURN NULL;
END $$;

-- What is counted of appointments outlives the persons: counts by service, place, type, month, referent, reminder and
-- outcome, and nothing that leads to somebody.
CREATE SCHEMA reporting;
CREATE TYPE reporting.reminder AS ENUM ('received', 'not_received', 'no_mobile', 'opted_out', 'none');

-- One line an appointment that still is: what it counts as.
CREATE VIEW reporting.live_appointment AS
SELECT a.id AS appointment_id, a.probationer_id, a.starts_at, a.organization_id, a.place_id, a.type_code,
       date_trunc('month', a.starts_at AT TIME ZONE o.time_zone)::date AS month,
       p.assigned_agent_id AS referent_id,
       (CASE WHEN m.reminder_received THEN 'received'
             WHEN m.reminder_left THEN 'not_received'
             WHEN m.reminder_refused OR p.sms_opt_out THEN 'opted_out'
             WHEN m.reminder_unaddressed OR p.phone IS NULL OR p.has_no_mobile_phone THEN 'no_mobile'
             ELSE 'none' END)::reporting.reminder AS reminder,
       a.state AS outcome, m.texts_sent, m.texts_received, m.parts_sent
  FROM appointment a
  JOIN organization o ON o.id = a.organization_id
  JOIN probationer p ON p.id = a.probationer_id
 CROSS JOIN LATERAL (
   SELECT bool_or(kind = 'reminder' AND state = 'delivered') AS reminder_received,
          bool_or(kind = 'reminder' AND text_sent IS NOT NULL AND state IN ('sending', 'unknown', 'sent', 'failed')) AS reminder_left,
          bool_or(kind = 'reminder' AND state = 'suppressed' AND end_reason = 'opted_out') AS reminder_refused,
          bool_or(kind = 'reminder' AND state = 'suppressed' AND end_reason IN ('no_phone', 'dead_number')) AS reminder_unaddressed,
          (count(*) FILTER (WHERE sent_at IS NOT NULL))::int AS texts_sent,
          (count(*) FILTER (WHERE state = 'delivered'))::int AS texts_received,
          (coalesce(sum(parts) FILTER (WHERE sent_at IS NOT NULL), 0))::int AS parts_sent
     FROM message WHERE appointment_id = a.id) AS m;

-- The same of those that were erased, written as they are. One cell for all persons: no line, no order and no date
-- tells whose an appointment was. A referent who is gone is nobody: see the view.
CREATE TABLE reporting.erased_appointment (
  organization_id integer NOT NULL REFERENCES organization (id) ON DELETE RESTRICT,
  place_id integer NOT NULL REFERENCES place (id) ON DELETE RESTRICT,
  type_code text NOT NULL REFERENCES appointment_type (code) ON DELETE RESTRICT,
  month date NOT NULL,
  referent_id integer,
  reminder reporting.reminder NOT NULL,
  outcome appointment_state NOT NULL,
  appointments integer NOT NULL,
  texts_sent integer NOT NULL,
  texts_received integer NOT NULL,
  parts_sent integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organization_id, month, place_id, type_code, referent_id, reminder, outcome)
);

-- The figures at this instant, of the appointments whose hour is past: those that are and those that were. Asked of one
-- service, it reads that service only.
CREATE VIEW reporting.appointment_count AS
SELECT organization_id, place_id, type_code, month, referent_id, reminder, outcome,
       sum(appointments)::int AS appointments, sum(texts_sent)::int AS texts_sent,
       sum(texts_received)::int AS texts_received, sum(parts_sent)::int AS parts_sent
  FROM (SELECT organization_id, place_id, type_code, month, referent_id, reminder, outcome,
               1 AS appointments, texts_sent, texts_received, parts_sent
          FROM reporting.live_appointment
         WHERE starts_at <= now()
        UNION ALL
        SELECT e.organization_id, e.place_id, e.type_code, e.month, agent.id, e.reminder, e.outcome,
               e.appointments, e.texts_sent, e.texts_received, e.parts_sent
          FROM reporting.erased_appointment e
          LEFT JOIN agent ON agent.id = e.referent_id) AS counted
 GROUP BY organization_id, place_id, type_code, month, referent_id, reminder, outcome;

-- The same as of last night, service by service: what a page of the whole country, or of years, reads.
CREATE TABLE reporting.nightly_appointment_count (
  organization_id integer NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  place_id integer NOT NULL,
  type_code text NOT NULL,
  month date NOT NULL,
  referent_id integer,
  reminder reporting.reminder NOT NULL,
  outcome appointment_state NOT NULL,
  appointments integer NOT NULL,
  texts_sent integer NOT NULL,
  texts_received integer NOT NULL,
  parts_sent integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organization_id, month, place_id, type_code, referent_id, reminder, outcome)
);
