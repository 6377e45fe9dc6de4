-- A message may be about the person alone: it then names its cause, so that it is told once.
ALTER TABLE "message" ALTER COLUMN "appointment_id" DROP NOT NULL;
ALTER TABLE "message" ADD COLUMN "cause_key" TEXT;
CREATE UNIQUE INDEX "message_cause_key_key" ON "message"("cause_key");
ALTER TABLE "message" ADD CONSTRAINT "message_has_one_cause" CHECK (num_nonnulls("appointment_id", "cause_key") = 1) NOT VALID;
