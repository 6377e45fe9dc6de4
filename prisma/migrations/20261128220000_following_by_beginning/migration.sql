-- What an agent types begins a last name: the first of a service, in the order of their names, are the first lines
-- of one range of one index, however many it follows under that name. Like the names, kept by the triggers.
-- Nobody is archived nor renamed between the copy and the triggers that keep it.
LOCK TABLE "probationer" IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE "following" ADD COLUMN "search_text" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "archived" BOOLEAN NOT NULL DEFAULT false;
UPDATE following f SET search_text = p.search_text, archived = p.archived_at IS NOT NULL
  FROM probationer p WHERE p.id = f.probationer_id;

CREATE OR REPLACE FUNCTION name_following() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT last_name, first_name, search_text, archived_at IS NOT NULL
    INTO NEW.last_name, NEW.first_name, NEW.search_text, NEW.archived
    FROM probationer WHERE id = NEW.probationer_id
     -- Renamed or archived meanwhile, the person would leave what they were here.
     FOR NO KEY UPDATE;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION rename_followings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE following
     SET last_name = NEW.last_name, first_name = NEW.first_name, search_text = NEW.search_text,
         archived = NEW.archived_at IS NOT NULL
   WHERE probationer_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER "probationer_renamed" ON "probationer";
CREATE TRIGGER "probationer_renamed" AFTER UPDATE OF last_name, first_name, search_text, archived_at ON "probationer"
  FOR EACH ROW WHEN ((OLD.last_name, OLD.first_name, OLD.search_text, OLD.archived_at IS NULL)
    IS DISTINCT FROM (NEW.last_name, NEW.first_name, NEW.search_text, NEW.archived_at IS NULL))
  EXECUTE FUNCTION rename_followings();

CREATE INDEX "following_by_beginning" ON "following" ("organization_id", "search_text", "probationer_id") WHERE NOT archived;

-- A line that goes from one person to another is told to both.
CREATE OR REPLACE FUNCTION refresh_following_organizations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE probationer p
     SET following_organization_ids = coalesce((SELECT array_agg(organization_id ORDER BY since, id) FROM following WHERE probationer_id = p.id), '{}')
   WHERE p.id IN (OLD.probationer_id, NEW.probationer_id);
  RETURN NULL;
END $$;
