-- Limitation of processing: the record is read, and used for nothing, until it is lifted.
ALTER TABLE "probationer" ADD COLUMN "limited_at" TIMESTAMPTZ(3);

CREATE TYPE "rights_request_kind" AS ENUM ('access', 'rectification', 'erasure', 'limitation');
CREATE TYPE "rights_request_outcome" AS ENUM ('granted', 'partly_granted', 'refused');

CREATE TABLE "rights_request" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "kind" "rights_request_kind" NOT NULL,
    "received_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "recorded_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answered_on" DATE,
    "outcome" "rights_request_outcome",
    "answer" TEXT,
    "answered_by_id" INTEGER,

    CONSTRAINT "rights_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rights_request_answered_whole" CHECK (num_nonnulls("answered_on", "outcome", "answer") IN (0, 3))
);

CREATE INDEX "rights_request_probationer_id_idx" ON "rights_request"("probationer_id");
CREATE INDEX "rights_request_recorded_by_id_idx" ON "rights_request"("recorded_by_id");
CREATE INDEX "rights_request_answered_by_id_idx" ON "rights_request"("answered_by_id");
-- Those that wait, by the day they are due.
CREATE INDEX "rights_request_open" ON "rights_request"("due_on") WHERE "answered_on" IS NULL;

ALTER TABLE "rights_request" ADD CONSTRAINT "rights_request_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "rights_request" ADD CONSTRAINT "rights_request_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "rights_request" ADD CONSTRAINT "rights_request_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
