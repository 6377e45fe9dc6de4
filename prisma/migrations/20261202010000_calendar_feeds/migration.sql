-- The secret address at which an agent's calendar reads their appointments. Only its hash is kept.
CREATE TABLE "calendar_feed" (
    "agent_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("agent_id")
);

CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
