CREATE OR REPLACE VIEW reporting.live_appointment AS
SELECT a.id AS appointment_id, a.probationer_id, a.starts_at, a.organization_id, a.place_id, a.type_code,
       date_trunc('month', a.starts_at AT TIME ZONE o.time_zone)::date AS month,
       p.assigned_agent_id AS referent_id,
       (CASE WHEN m.reminder_received THEN 'received'
             WHEN m.reminder_unacknowledged THEN 'unacknowledged'
             WHEN m.reminder_failed THEN 'not_received'
             WHEN m.reminder_refused OR p.sms_opt_out THEN 'opted_out'
             WHEN m.reminder_unaddressed OR p.phone IS NULL OR p.has_no_mobile_phone THEN 'no_mobile'
             ELSE 'none' END)::reporting.reminder AS reminder,
       a.state AS outcome, m.texts_sent, m.texts_received, m.parts_sent
  FROM appointment a
  JOIN organization o ON o.id = a.organization_id
  JOIN probationer p ON p.id = a.probationer_id
 CROSS JOIN LATERAL (
   SELECT bool_or(kind = 'reminder' AND state = 'delivered') AS reminder_received,
          bool_or(kind = 'reminder' AND text_sent IS NOT NULL
                  AND (state IN ('sending', 'unknown', 'sent') OR state = 'expired' AND end_reason = 'unconfirmed')) AS reminder_unacknowledged,
          bool_or(kind = 'reminder' AND text_sent IS NOT NULL AND state = 'failed') AS reminder_failed,
          bool_or(kind = 'reminder' AND state = 'suppressed' AND end_reason = 'opted_out') AS reminder_refused,
          bool_or(kind = 'reminder' AND state = 'suppressed' AND end_reason IN ('no_phone', 'dead_number')) AS reminder_unaddressed,
          (count(*) FILTER (WHERE sent_at IS NOT NULL))::int AS texts_sent,
          (count(*) FILTER (WHERE state = 'delivered'))::int AS texts_received,
          (coalesce(sum(parts) FILTER (WHERE sent_at IS NOT NULL), 0))::int AS parts_sent
     FROM message WHERE appointment_id = a.id) AS m;

-- Until which instant the night has counted the appointments of a service that are. What was erased is in its count
-- whatever its hour: the erasure writes it there when it is later than that.
CREATE TABLE reporting.service_night (
  organization_id integer PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
  counted_until timestamptz NOT NULL,
  computed_at timestamptz NOT NULL
);

-- What pages of a service read: the count of the night, and what is later than it as it is now. A service that no
-- night has counted yet is counted as it is.
CREATE VIEW reporting.figure AS
SELECT c.organization_id, c.place_id, c.type_code, c.month, c.referent_id, c.reminder, c.outcome,
       c.appointments, c.texts_sent, c.texts_received, c.parts_sent
  FROM reporting.nightly_appointment_count c
  JOIN reporting.service_night n ON n.organization_id = c.organization_id
 UNION ALL
SELECT l.organization_id, l.place_id, l.type_code, l.month, l.referent_id, l.reminder, l.outcome,
       1, l.texts_sent, l.texts_received, l.parts_sent
  FROM (SELECT o.id, coalesce(n.counted_until, '-infinity') AS counted_until
          FROM organization o LEFT JOIN reporting.service_night n ON n.organization_id = o.id) AS service
  JOIN reporting.live_appointment l ON l.organization_id = service.id AND l.starts_at > service.counted_until
 WHERE l.starts_at <= now()
 UNION ALL
SELECT e.organization_id, e.place_id, e.type_code, e.month, e.referent_id, e.reminder, e.outcome,
       e.appointments, e.texts_sent, e.texts_received, e.parts_sent
  FROM reporting.erased_appointment e
 WHERE NOT EXISTS (SELECT 1 FROM reporting.service_night n WHERE n.organization_id = e.organization_id);

-- The same for the whole country, as of last night.
CREATE TABLE reporting.national_count (
  month date NOT NULL,
  type_code text NOT NULL,
  reminder reporting.reminder NOT NULL,
  outcome appointment_state NOT NULL,
  appointments integer NOT NULL,
  texts_sent integer NOT NULL,
  texts_received integer NOT NULL,
  parts_sent integer NOT NULL,
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (month, type_code, reminder, outcome)
);
