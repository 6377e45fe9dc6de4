-- A reminder that left and of which nobody said whether it arrived is neither received nor not received. What was
-- erased before this day keeps both as one.
ALTER TYPE reporting.reminder ADD VALUE 'unacknowledged' AFTER 'received';
