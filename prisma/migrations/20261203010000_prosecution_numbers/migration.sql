-- The execution office finds a person by the prosecution number, however it was spaced when it was typed.
CREATE INDEX "appointment_prosecution_number_idx"
    ON "appointment" ((upper(regexp_replace("prosecution_number", '[^[:alnum:]]', '', 'g'))))
 WHERE "prosecution_number" IS NOT NULL;
