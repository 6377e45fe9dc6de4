-- The pace of the SMS provider had a row among the rate limits, whose owner is a library.
CREATE TABLE "provider_pace" (
    "provider" TEXT NOT NULL,
    "last_turn" BIGINT NOT NULL,

    CONSTRAINT "provider_pace_pkey" PRIMARY KEY ("provider")
);
DELETE FROM "rate_limit" WHERE "key" = 'sms-provider';
