-- What comes after an appointment that was missed or excused names it: it is convoked again once, not twice.
ALTER TABLE "appointment" ADD COLUMN "reconvenes_id" INTEGER REFERENCES "appointment" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "appointment_reconvenes_id_idx" ON "appointment" ("reconvenes_id") WHERE "reconvenes_id" IS NOT NULL;
