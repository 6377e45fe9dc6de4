CREATE TABLE "identity_look_up" (
    "agent_id" INTEGER NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_look_up_pkey" PRIMARY KEY ("agent_id", "probationer_id")
);

CREATE INDEX "identity_look_up_probationer_id_idx" ON "identity_look_up"("probationer_id");
CREATE INDEX "identity_look_up_at_idx" ON "identity_look_up"("at");

ALTER TABLE "identity_look_up" ADD CONSTRAINT "identity_look_up_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "identity_look_up" ADD CONSTRAINT "identity_look_up_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
