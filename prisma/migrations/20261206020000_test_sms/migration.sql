-- A text of ours that a central admin sends to a number before an overseas deployment: about nobody, forgotten in a month.
CREATE TABLE "test_sms" (
    "id" SERIAL NOT NULL,
    "agent_id" INTEGER,
    "phone" TEXT NOT NULL,
    "state" "message_state" NOT NULL DEFAULT 'planned',
    "text_sent" TEXT,
    "external_id" TEXT,
    "provider_code" TEXT,
    "end_reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "test_sms_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "test_sms_agent_id_created_at_idx" ON "test_sms"("agent_id", "created_at");
CREATE INDEX "test_sms_created_at_idx" ON "test_sms"("created_at");
ALTER TABLE "test_sms" ADD CONSTRAINT "test_sms_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
