CREATE INDEX "following_ending" ON "following" ("organization_id", "ending", "probationer_id") WHERE ending IS NOT NULL;
