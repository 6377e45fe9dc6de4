-- The number that a merge did not keep: an export of APPI still names the person by it.
ALTER TABLE "merged_record" ADD COLUMN "appi_number" TEXT;
CREATE UNIQUE INDEX "merged_record_appi_number_key" ON "merged_record"("appi_number");
