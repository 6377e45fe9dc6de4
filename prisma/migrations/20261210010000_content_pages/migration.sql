-- The pages of information of the public site, and what each said once.
CREATE TYPE "content_page_state" AS ENUM ('draft', 'published', 'archived');
CREATE TYPE "content_layout" AS ENUM ('plain', 'accordion', 'faq');
CREATE TYPE "legal_status" AS ENUM ('to_validate', 'validated', 'none');
CREATE TABLE "content_page" (
    "id" SERIAL NOT NULL,
    "path" TEXT NOT NULL,
    "state" "content_page_state" NOT NULL DEFAULT 'draft',
    "published_version_id" INTEGER,
    "checked_on" DATE,
    "checked_by_id" INTEGER,
    "preview_token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "content_page_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "content_page_version" (
    "id" SERIAL NOT NULL,
    "page_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "short_title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "lead" TEXT NOT NULL,
    "order" INTEGER NOT NULL DEFAULT 0,
    "layout" "content_layout" NOT NULL DEFAULT 'plain',
    "body" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '[]',
    "sources" JSONB NOT NULL DEFAULT '[]',
    "legal_status" "legal_status" NOT NULL DEFAULT 'to_validate',
    "restored_id" INTEGER,
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_by_id" INTEGER,
    "published_at" TIMESTAMPTZ(3),
    CONSTRAINT "content_page_version_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "content_page_path_key" ON "content_page"("path");
CREATE UNIQUE INDEX "content_page_published_version_id_key" ON "content_page"("published_version_id");
CREATE UNIQUE INDEX "content_page_preview_token_key" ON "content_page"("preview_token");
CREATE INDEX "content_page_checked_by_id_idx" ON "content_page"("checked_by_id");
CREATE INDEX "content_page_version_page_id_id_idx" ON "content_page_version"("page_id", "id");
CREATE INDEX "content_page_version_restored_id_idx" ON "content_page_version"("restored_id");
CREATE INDEX "content_page_version_created_by_id_idx" ON "content_page_version"("created_by_id");
CREATE INDEX "content_page_version_published_by_id_idx" ON "content_page_version"("published_by_id");
ALTER TABLE "content_page" ADD CONSTRAINT "content_page_published_version_id_fkey" FOREIGN KEY ("published_version_id") REFERENCES "content_page_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "content_page" ADD CONSTRAINT "content_page_checked_by_id_fkey" FOREIGN KEY ("checked_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "content_page_version" ADD CONSTRAINT "content_page_version_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "content_page"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "content_page_version" ADD CONSTRAINT "content_page_version_restored_id_fkey" FOREIGN KEY ("restored_id") REFERENCES "content_page_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "content_page_version" ADD CONSTRAINT "content_page_version_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "content_page_version" ADD CONSTRAINT "content_page_version_published_by_id_fkey" FOREIGN KEY ("published_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
