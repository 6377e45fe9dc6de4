-- "SMS non reçu" counts too the texts that could not be made.
DROP INDEX "message_not_received";
CREATE INDEX "message_in_trouble" ON "message" (appointment_id) WHERE state IN ('failed', 'expired') OR end_reason = 'unrenderable';

-- Receipts are erased by age, understood or not.
CREATE INDEX "receipt_received_at_idx" ON "receipt"("received_at");
