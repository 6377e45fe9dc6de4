-- Whose record is about to be archived by itself, or erased, as of last night: a list of a service finds them among
-- all that it follows.
CREATE TYPE "ending" AS ENUM ('archived', 'erased');
ALTER TABLE "following" ADD COLUMN "ending" "ending";
