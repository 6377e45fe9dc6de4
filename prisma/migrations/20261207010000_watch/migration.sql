-- What the provider counted of a message, as its receipt says.
ALTER TABLE "message" ADD COLUMN "parts_billed" SMALLINT;
ALTER TABLE "message" ADD COLUMN "credits_used" DOUBLE PRECISION;

-- Read in the provider's own list, where the receipt was lost.
ALTER TABLE "receipt" ADD COLUMN "listed" BOOLEAN NOT NULL DEFAULT false;

-- Messages of a period: those that wait have an index of their own (message_due), withdrawn ones are not counted.
CREATE INDEX "message_left" ON "message" (due_at) WHERE state NOT IN ('planned', 'cancelled');

CREATE TABLE "watch_figures" (
    "name" TEXT NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "watch_figures_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "watch_alert" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL DEFAULT '',
    "facts" JSONB NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "absent_since" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "watch_alert_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "watch_alert_standing" ON "watch_alert" ("kind", "about") WHERE ended_at IS NULL;
CREATE INDEX "watch_alert_ended_at_idx" ON "watch_alert" ("ended_at");

CREATE TABLE "sms_account" (
    "provider" TEXT NOT NULL,
    "credits" DOUBLE PRECISION,
    "credits_at" TIMESTAMPTZ(3),
    "unread_since" TIMESTAMPTZ(3),
    "list_day" TEXT,
    "list_position" INTEGER NOT NULL DEFAULT 0,
    "list_read_until" TIMESTAMPTZ(3),

    CONSTRAINT "sms_account_pkey" PRIMARY KEY ("provider")
);
