CREATE TYPE "import_kind" AS ENUM ('agents', 'competent_services');
CREATE TYPE "import_outcome" AS ENUM ('created', 'left_alone', 'refused');

CREATE TABLE "import_run" (
    "id" SERIAL NOT NULL,
    "kind" "import_kind" NOT NULL,
    "file_name" TEXT NOT NULL,
    "agent_id" INTEGER,
    "impersonator_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "total" INTEGER NOT NULL,
    "created" INTEGER NOT NULL DEFAULT 0,
    "left_alone" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "import_row" (
    "run_id" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "outcome" "import_outcome",
    "reason" TEXT,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("run_id", "line")
);

CREATE INDEX "import_run_agent_id_id_idx" ON "import_run"("agent_id", "id");
CREATE INDEX "import_run_impersonator_id_idx" ON "import_run"("impersonator_id");
CREATE INDEX "import_run_created_at_idx" ON "import_run"("created_at");

ALTER TABLE "import_run" ADD CONSTRAINT "import_run_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_impersonator_id_fkey" FOREIGN KEY ("impersonator_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The next lines to work, however many are done; and those that a report names.
CREATE INDEX "import_row_waiting" ON "import_row" ("run_id", "line") WHERE outcome IS NULL;
CREATE INDEX "import_row_reported" ON "import_row" ("run_id", "line") WHERE outcome IN ('left_alone', 'refused');

-- Nothing of a file stays once its line is worked.
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_erased_once_worked" CHECK (outcome IS NULL OR cells = '{}');
