-- A mobile is shown to the persons an agent follows once they have said that it is a professional one: nobody has yet.
ALTER TABLE "agent" ADD COLUMN "phone_is_professional" BOOLEAN NOT NULL DEFAULT false;

-- Printed again the same day, an invitation on paper is the same one.
ALTER TABLE "space_account" ADD COLUMN "last_invited_on_paper" BOOLEAN NOT NULL DEFAULT false;
