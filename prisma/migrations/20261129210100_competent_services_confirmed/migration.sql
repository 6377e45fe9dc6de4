ALTER TABLE "city" ADD COLUMN "probation_service_confirmed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "court_confirmed" BOOLEAN NOT NULL DEFAULT false;

-- What is tied to communes until now was tied by hand.
UPDATE "city" SET court_confirmed = competent_court_id IS NOT NULL,
                  probation_service_confirmed = competent_probation_service_id IS NOT NULL
 WHERE competent_court_id IS NOT NULL OR competent_probation_service_id IS NOT NULL;

-- One entry a service, however its name is written.
CREATE UNIQUE INDEX "competent_service_name" ON "competent_service" (kind, fold_text(official_name));
