-- Where a town is, to the nearest kilometre: what "near me" measures to when a service has not said its own point.
ALTER TABLE "city" ADD COLUMN "latitude" DOUBLE PRECISION, ADD COLUMN "longitude" DOUBLE PRECISION;
CREATE INDEX "city_placed" ON "city" (department_code, fold_text(name)) WHERE latitude IS NOT NULL;

-- Who helps, by the beginnings of the words of their name.
CREATE INDEX "partner_name_search" ON "partner" USING gin ((' ' || fold_text(name)) gin_trgm_ops) WHERE archived_at IS NULL;
