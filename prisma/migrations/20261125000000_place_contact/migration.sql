-- Texts tell people how to reach the place, in the way it prefers: that way must exist.
ALTER TABLE "place" ADD CONSTRAINT "place_can_be_reached" CHECK (CASE main_contact_method WHEN 'phone' THEN phone <> '' ELSE email <> '' END IS TRUE);
