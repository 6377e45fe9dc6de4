-- The SMS of a person's own space: about no appointment, caused by a link or by an act.
ALTER TYPE "message_kind" ADD VALUE 'space_invitation';
ALTER TYPE "message_kind" ADD VALUE 'space_reset';
ALTER TYPE "message_kind" ADD VALUE 'space_password_changed';
ALTER TYPE "message_kind" ADD VALUE 'space_new_number';

-- Wrong passwords are counted under the number that was typed, whether anybody has it or not.
ALTER TABLE "space_account"
  DROP COLUMN "failed_attempts",
  DROP COLUMN "locked_until",
  ADD COLUMN "invitations_allowed" INTEGER NOT NULL DEFAULT 2,
  ADD COLUMN "revoked_at" TIMESTAMPTZ(3),
  ADD COLUMN "number_seen_on" DATE,
  ADD COLUMN "invited_number" TEXT,
  ADD COLUMN "invited_number_at" TIMESTAMPTZ(3),
  -- Two clicks at once, or a door that forgets to count: never a third invitation.
  ADD CONSTRAINT "space_account_invitations_check" CHECK ("invitation_count" BETWEEN 0 AND "invitations_allowed");

ALTER TABLE "space_token" ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TABLE "space_sign_in_tries" (
    "key" TEXT NOT NULL,
    "failed_attempts" INTEGER NOT NULL,
    "locked_until" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "space_sign_in_tries_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "space_sign_in_tries_expires_at_idx" ON "space_sign_in_tries"("expires_at");

-- Made like "session"; of whom it is, so that it goes with their account, in the same transaction.
CREATE TABLE "space_session" (
    "sid" TEXT NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,
    "account_id" INTEGER GENERATED ALWAYS AS (("sess" ->> 'accountId')::integer) STORED,

    CONSTRAINT "space_session_pkey" PRIMARY KEY ("sid"),
    CONSTRAINT "space_session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "space_account"("id") ON DELETE CASCADE
);
CREATE INDEX "space_session_expire_idx" ON "space_session"("expire");
CREATE INDEX "space_session_account_id_idx" ON "space_session"("account_id");

-- An invitation handed over on paper, where no SMS reaches the person: a choice of the service.
ALTER TABLE "organization" ADD COLUMN "space_on_paper" BOOLEAN NOT NULL DEFAULT false;
