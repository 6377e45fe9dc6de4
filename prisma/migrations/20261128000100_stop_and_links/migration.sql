-- A refusal by the STOP link, shown to whoever is in charge of the person.
ALTER TABLE "probationer" ADD COLUMN "sms_stopped_at" TIMESTAMPTZ(3);
CREATE INDEX "probationer_sms_stopped" ON "probationer" (sms_stopped_at) WHERE sms_stopped_at IS NOT NULL;

-- A phone may write the link in capitals: tokens are compared in lower case.
UPDATE "probationer" SET "sms_opt_out_token" = lower("sms_opt_out_token") WHERE "sms_opt_out_token" <> lower("sms_opt_out_token");
ALTER TABLE "probationer" ADD CONSTRAINT "probationer_sms_opt_out_token_in_lower_case" CHECK (sms_opt_out_token = lower(sms_opt_out_token));

-- Agents read the history: the address of STOP is not theirs.
UPDATE "history_entry"
   SET "data" = jsonb_set("data"::jsonb, '{text}', to_jsonb(regexp_replace("data"->>'text', '(/stop/)[a-z0-9]+', '\1••••••••••', 'i')))
 WHERE "event" = 'message.sent' AND "data"->>'text' ~* '/stop/[a-z0-9]';

DROP INDEX "message_in_trouble";
CREATE INDEX "message_in_trouble" ON "message" (appointment_id)
 WHERE state IN ('failed', 'expired') OR end_reason IN ('unrenderable', 'place_without_phone', 'place_without_email');
