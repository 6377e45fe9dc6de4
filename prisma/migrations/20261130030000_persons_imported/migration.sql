ALTER TYPE "import_kind" ADD VALUE 'probationers';
ALTER TYPE "import_outcome" ADD VALUE 'linked' AFTER 'created';

ALTER TABLE "import_run" ADD COLUMN "organization_id" INTEGER;
ALTER TABLE "import_run" ADD COLUMN "linked" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "import_run_organization_id_idx" ON "import_run"("organization_id");
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;
