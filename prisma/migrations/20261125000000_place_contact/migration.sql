-- Texts tell people how to reach the place, in the way it prefers: that way must exist. A place that has
-- only the other way prefers it from now on; one that has none is refused at its next change.
UPDATE "place" SET main_contact_method = 'email' WHERE main_contact_method = 'phone' AND coalesce(phone, '') = '' AND email <> '';
UPDATE "place" SET main_contact_method = 'phone' WHERE main_contact_method = 'email' AND coalesce(email, '') = '' AND phone <> '';
ALTER TABLE "place" ADD CONSTRAINT "place_can_be_reached" CHECK (CASE main_contact_method WHEN 'phone' THEN phone <> '' ELSE email <> '' END IS TRUE) NOT VALID;
