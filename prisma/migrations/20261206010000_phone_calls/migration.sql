-- Whom their SMS did not reach is told by phone: what failed before is worked.
CREATE TABLE "phone_call" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "appointment_id" INTEGER,
    "agent_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "phone_call_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "phone_call_probationer_id_at_idx" ON "phone_call"("probationer_id", "at");
CREATE INDEX "phone_call_appointment_id_at_idx" ON "phone_call"("appointment_id", "at");
CREATE INDEX "phone_call_agent_id_idx" ON "phone_call"("agent_id");
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "phone_call" ADD CONSTRAINT "phone_call_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What may not have arrived, asked of each appointment of a list: the phones that are off too.
CREATE INDEX "message_to_check" ON "message" (appointment_id)
 WHERE state IN ('failed', 'expired') OR end_reason IN ('unrenderable', 'place_without_phone', 'place_without_email')
    OR (state = 'sent' AND provider_code = 'phone_off');
DROP INDEX "message_in_trouble";
CREATE INDEX "probationer_number_to_check" ON "probationer" (id) WHERE phone_state <> 'fine';
