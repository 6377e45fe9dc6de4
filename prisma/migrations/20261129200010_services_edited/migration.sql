-- The day a service started, set by the central desk; and what a form carries back.
ALTER TABLE "organization" ADD COLUMN "opened_at" DATE,
  ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "custom_column" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
