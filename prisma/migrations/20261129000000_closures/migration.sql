CREATE TYPE "closure_choice" AS ENUM ('move', 'cancel', 'keep');

CREATE TABLE "closure" (
    "id" SERIAL NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "place_id" INTEGER,
    "agenda_id" INTEGER,
    "agent_id" INTEGER,
    "first_date" DATE NOT NULL,
    "last_date" DATE NOT NULL,
    "from_time" CHAR(5),
    "to_time" CHAR(5),
    "reason" TEXT,
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lifted_at" TIMESTAMPTZ(3),
    "request_key" UUID,

    CONSTRAINT "closure_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "closure_of_one" CHECK (num_nonnulls("place_id", "agenda_id", "agent_id") = 1),
    CONSTRAINT "closure_in_order" CHECK ("first_date" <= "last_date")
);

CREATE UNIQUE INDEX "closure_request_key_key" ON "closure"("request_key");
CREATE INDEX "closure_organization_id_first_date_idx" ON "closure"("organization_id", "first_date");
CREATE INDEX "closure_place_id_idx" ON "closure"("place_id");
CREATE INDEX "closure_agenda_id_idx" ON "closure"("agenda_id");
CREATE INDEX "closure_agent_id_idx" ON "closure"("agent_id");
CREATE INDEX "closure_created_by_id_idx" ON "closure"("created_by_id");

CREATE TABLE "closure_line" (
    "closure_id" INTEGER NOT NULL,
    "appointment_id" INTEGER NOT NULL,
    "choice" "closure_choice" NOT NULL,

    CONSTRAINT "closure_line_pkey" PRIMARY KEY ("closure_id", "appointment_id")
);

CREATE INDEX "closure_line_appointment_id_idx" ON "closure_line"("appointment_id");

ALTER TABLE "slot" ADD COLUMN "closure_id" INTEGER;
CREATE INDEX "slot_closure_id_idx" ON "slot"("closure_id");

ALTER TABLE "closure" ADD CONSTRAINT "closure_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closure" ADD CONSTRAINT "closure_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closure" ADD CONSTRAINT "closure_agenda_id_fkey" FOREIGN KEY ("agenda_id") REFERENCES "agenda"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closure" ADD CONSTRAINT "closure_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closure" ADD CONSTRAINT "closure_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "closure_line" ADD CONSTRAINT "closure_line_closure_id_fkey" FOREIGN KEY ("closure_id") REFERENCES "closure"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closure_line" ADD CONSTRAINT "closure_line_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "slot" ADD CONSTRAINT "slot_closure_id_fkey" FOREIGN KEY ("closure_id") REFERENCES "closure"("id") ON DELETE SET NULL ON UPDATE CASCADE;
