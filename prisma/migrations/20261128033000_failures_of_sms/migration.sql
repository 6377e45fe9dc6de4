-- What failed these last days, in the whole country, counted by service on the first page of central admins.
CREATE INDEX "message_in_trouble_since" ON "message" (ended_at)
 WHERE state IN ('failed', 'expired') OR end_reason IN ('unrenderable', 'place_without_phone', 'place_without_email');
