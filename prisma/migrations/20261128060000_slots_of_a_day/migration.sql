-- The day of an agenda, asked at each step of a booking.
CREATE INDEX "slot_agenda_id_date_start_time_idx" ON "slot"("agenda_id", "date", "start_time");
