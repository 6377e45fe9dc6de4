-- A day that somebody took back by hand is not made again.
ALTER TABLE "recurring_slot" ADD COLUMN "skipped_dates" DATE[] NOT NULL DEFAULT '{}',
  ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- One slot a rule and a day, were two generations to run at once.
DROP INDEX "slot_recurring_slot_id_date_idx";
CREATE UNIQUE INDEX "slot_recurring_slot_id_date_key" ON "slot" ("recurring_slot_id", "date");

ALTER TABLE "slot" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- What a run could not make, beside what it made.
ALTER TABLE "job_run" ADD COLUMN "left_out" INTEGER NOT NULL DEFAULT 0;

-- The published slots to come, the soonest first: few beside the seats of free hours.
CREATE INDEX "slot_published_to_come" ON "slot" ("starts_at", "id")
  WHERE type_code IN ('hearing_exit_sentence_judge', 'hearing_exit_probation', 'electronic_tag_fitting');
