-- A mail kept in the outbox, as a reader of mail shows it.
ALTER TABLE "outbox_item" ADD COLUMN "html" TEXT;
