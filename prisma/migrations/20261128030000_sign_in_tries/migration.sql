-- Wrong passwords that the row of no agent counts: on an e-mail nobody has, and from a browser that an
-- agent has signed in from before.
CREATE TABLE sign_in_tries (
  key text PRIMARY KEY,
  agent_id integer REFERENCES agent (id) ON DELETE CASCADE ON UPDATE CASCADE,
  failed_attempts integer NOT NULL,
  locked_at timestamptz(3),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_tries_agent_id_idx ON sign_in_tries (agent_id);
CREATE INDEX sign_in_tries_expires_at_idx ON sign_in_tries (expires_at);
DELETE FROM rate_limit WHERE key LIKE 'tries-%';

-- A role that its service does not have opens nothing: such an account cannot be made.
CREATE FUNCTION role_fits(role, organization_kind) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN $1 IN ('central_admin', 'local_admin') THEN true
    WHEN $1 IN ('probation_director', 'probation_counsellor', 'educator', 'psychologist', 'monitoring_officer',
                'probation_secretary') THEN $2 = 'probation_service'
    ELSE $2 = 'court'
  END
$$;

CREATE FUNCTION refuse_misplaced_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM agent a JOIN organization o ON o.id = a.organization_id
              WHERE CASE TG_TABLE_NAME WHEN 'agent' THEN a.id ELSE o.id END = NEW.id
                AND NOT role_fits(a.role, o.kind)) THEN
    RAISE EXCEPTION 'the role does not fit the kind of organization'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'agent_role_fits_organization';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER agent_role_fits_organization AFTER INSERT OR UPDATE OF role, organization_id ON agent
  FOR EACH ROW EXECUTE FUNCTION refuse_misplaced_role();
CREATE TRIGGER organization_kind_fits_roles AFTER UPDATE OF kind ON organization
  FOR EACH ROW EXECUTE FUNCTION refuse_misplaced_role();
