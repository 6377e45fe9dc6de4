-- The instant of the last change that a form carries back.
ALTER TABLE "place" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "agenda" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Who changed this record since: asked when two forms were open on it.
CREATE INDEX "audit_entry_subject_subject_id_at_idx" ON "audit_entry"("subject", "subject_id", "at");
