-- The page of a service is edited: what it says, its photo, its versions, where it went when it closed. A service
-- has its page before it has an address.
CREATE TYPE "page_closing" AS ENUM ('gone', 'moved');

ALTER TABLE "public_page"
    ALTER COLUMN "address_line" DROP NOT NULL,
    ALTER COLUMN "postal_code" DROP NOT NULL,
    ALTER COLUMN "city_name" DROP NOT NULL,
    ADD COLUMN "phone_hours" TEXT,
    ADD COLUMN "security" TEXT,
    ADD COLUMN "parking" TEXT,
    ADD COLUMN "notice_from" DATE,
    ADD COLUMN "notice_until" DATE,
    ADD COLUMN "papers" TEXT,
    ADD COLUMN "meeting" TEXT,
    ADD COLUMN "absence" TEXT,
    ADD COLUMN "closing" "page_closing",
    ADD COLUMN "successor_id" INTEGER,
    ADD COLUMN "preview_token" TEXT NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
    ADD COLUMN "checked_by_id" INTEGER,
    ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE UNIQUE INDEX "public_page_preview_token_key" ON "public_page"("preview_token");
CREATE INDEX "public_page_successor_id_idx" ON "public_page"("successor_id");
CREATE INDEX "public_page_checked_by_id_idx" ON "public_page"("checked_by_id");
ALTER TABLE "public_page" ADD CONSTRAINT "public_page_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "public_page"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "public_page" ADD CONSTRAINT "public_page_checked_by_id_fkey" FOREIGN KEY ("checked_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "public_page_version" (
    "id" SERIAL NOT NULL,
    "page_id" INTEGER NOT NULL,
    "said" JSONB NOT NULL,
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "public_page_version_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "public_page_version_page_id_id_idx" ON "public_page_version"("page_id", "id");
CREATE INDEX "public_page_version_created_by_id_idx" ON "public_page_version"("created_by_id");
ALTER TABLE "public_page_version" ADD CONSTRAINT "public_page_version_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "public_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "public_page_version" ADD CONSTRAINT "public_page_version_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "page_photo" (
    "page_id" INTEGER NOT NULL,
    "alternative" TEXT NOT NULL,
    "credit" TEXT,
    "digest" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "image" BYTEA NOT NULL,

    CONSTRAINT "page_photo_pkey" PRIMARY KEY ("page_id")
);
CREATE UNIQUE INDEX "page_photo_digest_page_id_key" ON "page_photo"("digest", "page_id");
ALTER TABLE "page_photo" ADD CONSTRAINT "page_photo_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "public_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who helps near a service.
CREATE TYPE "partner_theme" AS ENUM ('work', 'housing', 'health', 'mental_health', 'violence', 'victims', 'law', 'social_rights', 'family', 'mobility', 'digital', 'french', 'money', 'youth', 'sport_and_culture', 'food', 'peers');

CREATE TABLE "partner" (
    "id" SERIAL NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "themes" "partner_theme"[],
    "mission" TEXT NOT NULL,
    "audience" TEXT,
    "conditions" TEXT,
    "address" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "website" TEXT,
    "hours" TEXT,
    "wheelchair" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT,
    "valid_until" DATE,
    "archived_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "partner_organization_id_idx" ON "partner"("organization_id");
ALTER TABLE "partner" ADD CONSTRAINT "partner_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Old pages of partners lead to those that took their place.
UPDATE "legacy_path" SET "target" = replace("target", '/preparer-ma-convocation/departements/', '/investir-ma-reinsertion/departements/')
 WHERE "path" LIKE '/ma\_reinsertion\_%';
