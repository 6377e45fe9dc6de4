-- A receipt is kept as its provider gave it: the numbers it holds are found by their last nine digits, however spelt.
CREATE FUNCTION phone_ends_in(raw jsonb) RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN ARRAY(SELECT right(run[1], 9)
                 FROM regexp_matches(regexp_replace(raw::text, '(?<=[0-9])[\s\u00A0\u202F.()/-]+(?=[0-9])', '', 'g'), '[0-9]{9,}', 'g') AS run);
CREATE INDEX "receipt_phone_ends" ON "receipt" USING gin (phone_ends_in(raw));
CREATE INDEX "outbox_item_recipient_idx" ON "outbox_item" ("recipient");
