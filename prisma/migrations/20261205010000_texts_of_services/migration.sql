-- The row of a service whose text is the common one again: its versions and its reminders stay.
ALTER TABLE "message_template" ADD COLUMN "follows_default" BOOLEAN NOT NULL DEFAULT false;

CREATE TYPE "message_template_proposal_state" AS ENUM ('pending', 'accepted', 'refused', 'withdrawn', 'replaced');

CREATE TABLE "message_template_proposal" (
    "id" SERIAL NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,
    "kind" "message_kind" NOT NULL,
    "text" TEXT NOT NULL,
    "based_on_id" INTEGER,
    "state" "message_template_proposal_state" NOT NULL DEFAULT 'pending',
    "proposed_by_id" INTEGER,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_by_id" INTEGER,
    "ended_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "message_template_proposal_pkey" PRIMARY KEY ("id")
);

-- One that waits for each text of a service.
CREATE UNIQUE INDEX "message_template_proposal_pending" ON "message_template_proposal" (organization_id, type_code, kind) WHERE state = 'pending';
CREATE INDEX "message_template_proposal_organization_id_type_code_kind_idx" ON "message_template_proposal"("organization_id", "type_code", "kind");
CREATE INDEX "message_template_proposal_state_id_idx" ON "message_template_proposal"("state", "id");
CREATE INDEX "message_template_proposal_based_on_id_idx" ON "message_template_proposal"("based_on_id");
CREATE INDEX "message_template_proposal_proposed_by_id_idx" ON "message_template_proposal"("proposed_by_id");
CREATE INDEX "message_template_proposal_ended_by_id_idx" ON "message_template_proposal"("ended_by_id");

ALTER TABLE "message_template_proposal" ADD CONSTRAINT "message_template_proposal_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "message_template_proposal" ADD CONSTRAINT "message_template_proposal_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "message_template_proposal" ADD CONSTRAINT "message_template_proposal_based_on_id_fkey" FOREIGN KEY ("based_on_id") REFERENCES "message_template_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "message_template_proposal" ADD CONSTRAINT "message_template_proposal_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "message_template_proposal" ADD CONSTRAINT "message_template_proposal_ended_by_id_fkey" FOREIGN KEY ("ended_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
