-- What a page of a service will say once its draft is put online; only a page online has one.
ALTER TABLE "public_page"
  ADD COLUMN "draft" JSONB,
  ADD CONSTRAINT "public_page_draft_check" CHECK ("draft" IS NULL OR "state" = 'published');
