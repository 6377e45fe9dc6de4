-- Beside the key of a request, what it asked: another form under the same key is not a double submit.
ALTER TABLE "probationer" ADD COLUMN "request_digest" TEXT;
ALTER TABLE "appointment" ADD COLUMN "request_digest" TEXT;
