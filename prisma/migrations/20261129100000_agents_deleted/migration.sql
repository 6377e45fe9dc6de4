-- A deleted agent signs in no more; name and role stay as long as a trace names them.
ALTER TABLE "agent" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE INDEX "agent_deleted_at_idx" ON "agent"("deleted_at");
