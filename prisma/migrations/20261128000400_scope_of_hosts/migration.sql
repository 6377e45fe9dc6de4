-- The list a service opens first is that of the appointments it receives: the scope holds them too, and
-- the person, so that this list and what home counts of it are one range of one index, rows unread. Asked
-- of `appointment` instead, each line costs a look into the scope, a thousand times a page.
DROP TRIGGER "appointment_scope_of_appointment" ON "appointment";
DROP TABLE "appointment_scope" CASCADE;
CREATE TABLE "appointment_scope" (
    "organization_id" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "appointment_id" INTEGER NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,
    "state" "appointment_state" NOT NULL,
    "follows" BOOLEAN NOT NULL,
    "creates" BOOLEAN NOT NULL,
    "hosts" BOOLEAN NOT NULL
);

-- One line for each service that follows the person, made the appointment or receives it.
CREATE FUNCTION appointment_scope_of(ids integer[]) RETURNS SETOF appointment_scope LANGUAGE sql STABLE AS $$
  SELECT service, a.starts_at, a.id, a.probationer_id, a.type_code, a.state,
         service = ANY (p.following_organization_ids), service = a.creating_organization_id, service = a.organization_id
    FROM appointment a
    JOIN probationer p ON p.id = a.probationer_id
   CROSS JOIN LATERAL (SELECT unnest(p.following_organization_ids) UNION SELECT a.creating_organization_id UNION SELECT a.organization_id) AS s (service)
   WHERE a.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION refresh_scope_of_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.probationer_id, NEW.starts_at, NEW.type_code, NEW.organization_id, NEW.creating_organization_id)
       IS NOT DISTINCT FROM (OLD.probationer_id, OLD.starts_at, OLD.type_code, OLD.organization_id, OLD.creating_organization_id) THEN
      UPDATE appointment_scope SET state = NEW.state WHERE appointment_id = NEW.id AND state <> NEW.state;
      RETURN NULL;
    END IF;
    DELETE FROM appointment_scope WHERE appointment_id = NEW.id;
  END IF;
  INSERT INTO appointment_scope SELECT * FROM appointment_scope_of(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER "appointment_scope_of_appointment"
  AFTER INSERT OR UPDATE OF probationer_id, starts_at, type_code, organization_id, creating_organization_id, state ON "appointment"
  FOR EACH ROW EXECUTE FUNCTION refresh_scope_of_appointment();

INSERT INTO appointment_scope
SELECT service, a.starts_at, a.id, a.probationer_id, a.type_code, a.state,
       service = ANY (p.following_organization_ids), service = a.creating_organization_id, service = a.organization_id
  FROM appointment a
  JOIN probationer p ON p.id = a.probationer_id
 CROSS JOIN LATERAL (SELECT unnest(p.following_organization_ids) UNION SELECT a.creating_organization_id UNION SELECT a.organization_id) AS s (service);

ALTER TABLE "appointment_scope" ADD CONSTRAINT "appointment_scope_pkey" PRIMARY KEY ("organization_id", "starts_at", "appointment_id")
  INCLUDE ("probationer_id", "type_code", "state", "follows", "creates", "hosts");
CREATE INDEX "appointment_scope_appointment_id_idx" ON "appointment_scope"("appointment_id");
ALTER TABLE "appointment_scope" ADD CONSTRAINT "appointment_scope_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "appointment_scope" ADD CONSTRAINT "appointment_scope_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- "Issues à renseigner": what a service received and nobody said the end of, without walking through
-- the months of what is settled.
CREATE INDEX "appointment_scope_unsettled" ON "appointment_scope" ("organization_id", "starts_at", "appointment_id")
  INCLUDE ("probationer_id", "type_code", "state", "follows", "creates", "hosts") WHERE hosts AND state = 'booked';

-- "Pas de portable": asked of each appointment of the fortnight.
CREATE INDEX "probationer_without_mobile" ON "probationer" (id) WHERE (phone IS NULL OR phone_state = 'dead') AND NOT sms_opt_out;

-- How many persons a service follows, counted in the index.
DROP INDEX "following_organization_id_idx";
CREATE INDEX "following_organization_id_probationer_id_idx" ON "following"("organization_id", "probationer_id");
