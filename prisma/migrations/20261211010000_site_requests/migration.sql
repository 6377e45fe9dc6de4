-- What visitors send by the forms of the public site, and what they say of its pages.
CREATE TYPE "site_request_kind" AS ENUM ('contact', 'page_error', 'absence', 'deployment', 'training');
CREATE TYPE "site_request_state" AS ENUM ('received', 'incomplete', 'accepted', 'refused', 'done');

CREATE TABLE "site_request" (
    "id" SERIAL NOT NULL,
    "kind" "site_request_kind" NOT NULL,
    "state" "site_request_state" NOT NULL DEFAULT 'received',
    "reference" TEXT NOT NULL,
    "email" TEXT,
    "public_page_id" INTEGER,
    "page" TEXT,
    "details" JSONB NOT NULL,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "submit_digest" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "site_request_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "site_request_reference_key" ON "site_request"("reference");
CREATE UNIQUE INDEX "site_request_submit_digest_key" ON "site_request"("submit_digest");
CREATE INDEX "site_request_created_at_idx" ON "site_request"("created_at");
CREATE INDEX "site_request_state_created_at_idx" ON "site_request"("state", "created_at");
CREATE INDEX "site_request_expires_at_idx" ON "site_request"("expires_at");
CREATE INDEX "site_request_public_page_id_idx" ON "site_request"("public_page_id");

ALTER TABLE "site_request" ADD CONSTRAINT "site_request_public_page_id_fkey" FOREIGN KEY ("public_page_id") REFERENCES "public_page"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "page_vote" (
    "id" SERIAL NOT NULL,
    "page" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "helped" INTEGER NOT NULL DEFAULT 0,
    "not_helped" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "page_vote_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "page_vote_page_day_key" ON "page_vote"("page", "day");
CREATE INDEX "page_vote_day_idx" ON "page_vote"("day");
