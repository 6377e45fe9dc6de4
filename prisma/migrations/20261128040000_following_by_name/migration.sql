-- The persons of a service, in the order of their names: a page is one range of one index, however few of
-- the country the service follows. The names are those of the person, kept so by the triggers below.
DROP TRIGGER "following_organizations" ON "following";
ALTER TABLE "following" ADD COLUMN "last_name" TEXT NOT NULL DEFAULT '', ADD COLUMN "first_name" TEXT NOT NULL DEFAULT '';
UPDATE following f SET last_name = p.last_name, first_name = p.first_name FROM probationer p WHERE p.id = f.probationer_id;
CREATE TRIGGER "following_organizations" AFTER INSERT OR DELETE OR UPDATE OF probationer_id, organization_id, since ON "following"
  FOR EACH ROW EXECUTE FUNCTION refresh_following_organizations();

CREATE FUNCTION name_following() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT last_name, first_name INTO NEW.last_name, NEW.first_name FROM probationer WHERE id = NEW.probationer_id;
  RETURN NEW;
END $$;
CREATE TRIGGER "following_named" BEFORE INSERT OR UPDATE OF probationer_id ON "following"
  FOR EACH ROW EXECUTE FUNCTION name_following();

CREATE FUNCTION rename_followings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE following SET last_name = NEW.last_name, first_name = NEW.first_name WHERE probationer_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER "probationer_renamed" AFTER UPDATE OF last_name, first_name ON "probationer"
  FOR EACH ROW WHEN ((OLD.last_name, OLD.first_name) IS DISTINCT FROM (NEW.last_name, NEW.first_name))
  EXECUTE FUNCTION rename_followings();

CREATE INDEX "following_by_name" ON "following" ("organization_id", "last_name", "first_name", "probationer_id");

-- Those of the whole country are read by name alone.
DROP INDEX "probationer_by_name";
CREATE INDEX "probationer_by_name" ON "probationer" ("last_name", "first_name", "id");
