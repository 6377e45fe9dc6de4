-- By itself: a column that is added holds its table until the transaction ends, which no index should lengthen.
-- Whom the night archives: those whose services have not changed for longest are looked at first, a few at a time.
CREATE INDEX "probationer_inactive" ON "probationer" ("followings_changed_at", "id") WHERE archived_at IS NULL;
