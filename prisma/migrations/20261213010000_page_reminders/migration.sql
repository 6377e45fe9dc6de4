-- When the local admins of a service were last asked to read its page again.
ALTER TABLE "public_page" ADD COLUMN "reminded_at" TIMESTAMPTZ(3);
