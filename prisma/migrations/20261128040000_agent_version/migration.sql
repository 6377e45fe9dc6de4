-- The instant of the last change that a form carries back.
ALTER TABLE "agent" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
