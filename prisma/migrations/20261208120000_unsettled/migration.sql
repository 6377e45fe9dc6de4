-- Since when the provider's list is known not to have what was handed over: twice absent, it never left.
ALTER TABLE "message" ADD COLUMN "absent_since" TIMESTAMPTZ(3);
ALTER TABLE "test_sms" ADD COLUMN "absent_since" TIMESTAMPTZ(3);
-- How many times slower than its pace a provider is asked, while its answers are lost.
ALTER TABLE "provider_pace" ADD COLUMN "slower" INTEGER NOT NULL DEFAULT 1;
