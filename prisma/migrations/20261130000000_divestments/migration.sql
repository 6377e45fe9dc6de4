ALTER TYPE "divestment_state" ADD VALUE 'withdrawn';
CREATE TYPE "divestment_origin" AS ENUM ('request', 'city_change', 'transfer');

ALTER TABLE "divestment" ADD COLUMN "origin" "divestment_origin" NOT NULL DEFAULT 'request',
  ADD COLUMN "reason" VARCHAR(120);
ALTER TABLE "divestment_decision" ADD COLUMN "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE divestment_decision SET requested_at = d.created_at FROM divestment d WHERE d.id = divestment_id;

-- The lists of a service: what waits, the oldest first; what is over, the latest first.
CREATE INDEX "divestment_decision_waiting" ON "divestment_decision" ("organization_id", "requested_at", "divestment_id") WHERE state = 'pending';
CREATE INDEX "divestment_decision_answered" ON "divestment_decision" ("organization_id", "requested_at", "divestment_id") WHERE state <> 'pending';
CREATE INDEX "divestment_sent_waiting" ON "divestment" ("target_organization_id", "created_at", "id") WHERE state = 'pending';
CREATE INDEX "divestment_sent_ended" ON "divestment" ("target_organization_id", "created_at", "id") WHERE state <> 'pending';
-- The central desk.
CREATE INDEX "divestment_waiting" ON "divestment" ("created_at", "id") WHERE state = 'pending';
CREATE INDEX "divestment_ended" ON "divestment" ("created_at", "id") WHERE state <> 'pending';
-- Walked by the partial ones above.
DROP INDEX "divestment_state_created_at_idx";
