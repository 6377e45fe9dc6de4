-- A record that was merged into another: its old address leads there.
CREATE TABLE "merged_record" (
    "id" INTEGER NOT NULL,
    "into_id" INTEGER NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merged_record_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "merged_record_into_id_idx" ON "merged_record"("into_id");
ALTER TABLE "merged_record" ADD CONSTRAINT "merged_record_into_id_fkey" FOREIGN KEY ("into_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Two records that may be of one person, as the search of the night found them.
CREATE TYPE "likeness" AS ENUM (
  'same_appi_number', 'same_number', 'same_names', 'swapped_names', 'names_sound_alike', 'names_spelt_alike',
  'same_birth', 'birth_nearly_same', 'birth_missing', 'same_service', 'different_appi_numbers'
);
CREATE TABLE "likely_duplicate" (
    "id" SERIAL NOT NULL,
    "first_id" INTEGER NOT NULL,
    "second_id" INTEGER NOT NULL,
    "score" INTEGER NOT NULL,
    "likenesses" "likeness"[] NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3),
    "dismissed_by_id" INTEGER,

    CONSTRAINT "likely_duplicate_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "likely_duplicate_in_order" CHECK ("first_id" < "second_id")
);
CREATE UNIQUE INDEX "likely_duplicate_first_id_second_id_key" ON "likely_duplicate"("first_id", "second_id");
CREATE INDEX "likely_duplicate_second_id_idx" ON "likely_duplicate"("second_id");
CREATE INDEX "likely_duplicate_dismissed_by_id_idx" ON "likely_duplicate"("dismissed_by_id");
-- Those to be worked, the likeliest first.
CREATE INDEX "likely_duplicate_open" ON "likely_duplicate"("score" DESC, "id") WHERE "dismissed_at" IS NULL;
ALTER TABLE "likely_duplicate" ADD CONSTRAINT "likely_duplicate_first_id_fkey" FOREIGN KEY ("first_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "likely_duplicate" ADD CONSTRAINT "likely_duplicate_second_id_fkey" FOREIGN KEY ("second_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "likely_duplicate" ADD CONSTRAINT "likely_duplicate_dismissed_by_id_fkey" FOREIGN KEY ("dismissed_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- How a name sounds in French, roughly: two names under one key are to be looked at, no more. What is not written in
-- the Latin alphabet is its own key.
CREATE FUNCTION sound_of(name text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  sound text := replace(fold_text(name), ' ', '');
BEGIN
  IF sound !~ '^[a-z]+$' THEN
    RETURN sound;
  END IF;
  sound := replace(replace(replace(sound, 'ph', 'f'), 'sch', 'ch'), 'ch', 'C');
  sound := replace(replace(replace(sound, 'eau', 'o'), 'au', 'o'), 'ou', 'u');
  sound := translate(sound, 'ywzh', 'ivs');
  sound := regexp_replace(sound, 'c([ei])', 's\1', 'g');
  sound := regexp_replace(sound, 'g([ei])', 'j\1', 'g');
  sound := regexp_replace(sound, '(qu|q|ck|c)', 'k', 'g');
  sound := regexp_replace(sound, '(ai|ei|e)', 'e', 'g');
  -- "n" before a consonant and "m" there are one sound; a letter is said once, however often it is written.
  sound := regexp_replace(sound, 'm([bp])', 'n\1', 'g');
  sound := regexp_replace(sound, '(.)\1+', '\1', 'g');
  -- Silent at the end.
  sound := regexp_replace(sound, '(e[rst]?|[dpstx]+|e)$', '');
  RETURN CASE WHEN sound = '' THEN replace(fold_text(name), ' ', '') ELSE sound END;
END $$;

-- The role and the service in which a record was read: those of today may be others.
ALTER TABLE "audit_entry" ADD COLUMN "role" "role", ADD COLUMN "organization_id" INTEGER;
