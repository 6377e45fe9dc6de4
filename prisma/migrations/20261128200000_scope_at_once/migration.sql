-- An appointment that is made writes its scope from its own row and the person's services: the function of many,
-- planned again at each call, costs a booking more than the appointment itself.
CREATE OR REPLACE FUNCTION refresh_scope_of_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  followed_by integer[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.probationer_id, NEW.starts_at, NEW.type_code, NEW.organization_id, NEW.creating_organization_id)
       IS NOT DISTINCT FROM (OLD.probationer_id, OLD.starts_at, OLD.type_code, OLD.organization_id, OLD.creating_organization_id) THEN
      UPDATE appointment_scope SET state = NEW.state WHERE appointment_id = NEW.id AND state <> NEW.state;
      RETURN NULL;
    END IF;
    DELETE FROM appointment_scope WHERE appointment_id = NEW.id;
  END IF;
  SELECT following_organization_ids INTO followed_by FROM probationer WHERE id = NEW.probationer_id;
  INSERT INTO appointment_scope
  SELECT service, NEW.starts_at, NEW.id, NEW.probationer_id, NEW.type_code, NEW.state,
         service = ANY (followed_by), service = NEW.creating_organization_id, service = NEW.organization_id
    FROM (SELECT unnest(followed_by) UNION SELECT NEW.creating_organization_id UNION SELECT NEW.organization_id) AS s (service);
  RETURN NULL;
END $$;

-- What an agent booked last, chosen in their next form, whether they book all day or never did.
DROP INDEX "appointment_booked_by_id_idx";
CREATE INDEX "appointment_booked_by_id_id_idx" ON "appointment"("booked_by_id", "id");
