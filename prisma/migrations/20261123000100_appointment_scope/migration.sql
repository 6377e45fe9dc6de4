-- Which services may see an appointment, and when it is: the lists of a jurisdiction are read from here,
-- in order, by one range of one index each service. Joined with the person instead, they took seconds
-- on five million appointments.
CREATE TABLE "appointment_scope" (
    "organization_id" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "appointment_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,
    "state" "appointment_state" NOT NULL,
    "follows" BOOLEAN NOT NULL,
    "creates" BOOLEAN NOT NULL,

    CONSTRAINT "appointment_scope_pkey" PRIMARY KEY ("organization_id", "starts_at", "appointment_id")
        INCLUDE ("type_code", "state", "follows", "creates")
);
CREATE INDEX "appointment_scope_appointment_id_idx" ON "appointment_scope"("appointment_id");
ALTER TABLE "appointment_scope" ADD CONSTRAINT "appointment_scope_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "appointment_scope" ADD CONSTRAINT "appointment_scope_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One line for each service that follows the person, one for the service that made the appointment.
CREATE FUNCTION appointment_scope_of(ids integer[]) RETURNS SETOF appointment_scope LANGUAGE sql STABLE AS $$
  SELECT service, a.starts_at, a.id, a.type_code, a.state,
         service = ANY (p.following_organization_ids), service = a.creating_organization_id
    FROM appointment a
    JOIN probationer p ON p.id = a.probationer_id
   CROSS JOIN LATERAL (SELECT unnest(p.following_organization_ids) UNION SELECT a.creating_organization_id) AS s (service)
   WHERE a.id = ANY (ids)
$$;

CREATE FUNCTION refresh_scope_of_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.probationer_id, NEW.starts_at, NEW.type_code, NEW.creating_organization_id)
       IS NOT DISTINCT FROM (OLD.probationer_id, OLD.starts_at, OLD.type_code, OLD.creating_organization_id) THEN
      UPDATE appointment_scope SET state = NEW.state WHERE appointment_id = NEW.id AND state <> NEW.state;
      RETURN NULL;
    END IF;
    DELETE FROM appointment_scope WHERE appointment_id = NEW.id;
  END IF;
  INSERT INTO appointment_scope SELECT * FROM appointment_scope_of(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER "appointment_scope_of_appointment"
  AFTER INSERT OR UPDATE OF probationer_id, starts_at, type_code, creating_organization_id, state ON "appointment"
  FOR EACH ROW EXECUTE FUNCTION refresh_scope_of_appointment();

CREATE FUNCTION refresh_scope_of_probationer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids integer[] := ARRAY(SELECT id FROM appointment WHERE probationer_id = NEW.id);
BEGIN
  DELETE FROM appointment_scope WHERE appointment_id = ANY (ids);
  INSERT INTO appointment_scope SELECT * FROM appointment_scope_of(ids);
  RETURN NULL;
END $$;
CREATE TRIGGER "appointment_scope_of_probationer"
  AFTER UPDATE OF following_organization_ids ON "probationer"
  FOR EACH ROW WHEN (OLD.following_organization_ids IS DISTINCT FROM NEW.following_organization_ids)
  EXECUTE FUNCTION refresh_scope_of_probationer();

INSERT INTO appointment_scope SELECT * FROM appointment_scope_of(ARRAY(SELECT id FROM appointment));

-- "SMS non reçu", asked of each appointment to come.
CREATE INDEX "message_not_received" ON "message" (appointment_id) WHERE state IN ('failed', 'expired');

-- The list of persons in order, who follows them read in the same place: a page of a service that follows
-- one person in a thousand reads thousands of entries, and none of the rows.
DROP INDEX "probationer_last_name_first_name_id_idx";
CREATE INDEX "probationer_by_name" ON "probationer" (last_name, first_name, id) INCLUDE (following_organization_ids);

-- The start of an APPI number, a piece of a phone.
CREATE INDEX "probationer_appi_number_start" ON "probationer" (appi_number text_pattern_ops);
CREATE INDEX "probationer_phone_piece" ON "probationer" USING gin (phone gin_trgm_ops);
