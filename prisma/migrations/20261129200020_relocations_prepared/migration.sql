-- Who asked for a relocation, and what its preparation moved.
ALTER TABLE "place_relocation" ADD COLUMN "requested_by_id" INTEGER,
  ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "prepared_at" TIMESTAMPTZ(3),
  ADD COLUMN "slots_moved" INTEGER,
  ADD COLUMN "rules_copied" INTEGER,
  ADD COLUMN "people_moved" INTEGER;

CREATE INDEX "place_relocation_requested_by_id_idx" ON "place_relocation"("requested_by_id");
ALTER TABLE "place_relocation" ADD CONSTRAINT "place_relocation_requested_by_id_fkey"
  FOREIGN KEY ("requested_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
