-- Extensions: search without accents and with typos, one index for scope and search together.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- CreateEnum
CREATE TYPE "organization_kind" AS ENUM ('court', 'probation_service');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('central_admin', 'local_admin', 'sentence_judge', 'court_secretary', 'sentence_clerk', 'head_sentence_clerk', 'head_execution_clerk', 'execution_office_agent', 'prosecutor', 'criminal_court_clerk', 'juvenile_court_clerk', 'guilty_plea_clerk', 'appeal_court_clerk', 'probation_director', 'probation_counsellor', 'educator', 'psychologist', 'monitoring_officer', 'probation_secretary');

-- CreateEnum
CREATE TYPE "agent_token_purpose" AS ENUM ('invitation', 'password_reset');

-- CreateEnum
CREATE TYPE "phone_state" AS ENUM ('fine', 'to_check', 'dead');

-- CreateEnum
CREATE TYPE "divestment_state" AS ENUM ('pending', 'accepted', 'auto_accepted', 'refused');

-- CreateEnum
CREATE TYPE "divestment_decision_state" AS ENUM ('pending', 'accepted', 'auto_accepted', 'refused', 'ignored');

-- CreateEnum
CREATE TYPE "contact_method" AS ENUM ('phone', 'email');

-- CreateEnum
CREATE TYPE "place_relocation_state" AS ENUM ('pending', 'done');

-- CreateEnum
CREATE TYPE "appointment_state" AS ENUM ('booked', 'attended', 'missed', 'excused', 'cancelled', 'rescheduled');

-- CreateEnum
CREATE TYPE "custom_column_data_type" AS ENUM ('text', 'date');

-- CreateEnum
CREATE TYPE "custom_column_moment" AS ENUM ('at_booking', 'in_table');

-- CreateEnum
CREATE TYPE "message_kind" AS ENUM ('summons', 'reminder', 'cancellation', 'missed', 'rescheduling');

-- CreateEnum
CREATE TYPE "message_state" AS ENUM ('planned', 'sending', 'sent', 'delivered', 'failed', 'expired', 'suppressed', 'cancelled', 'unknown');

-- CreateEnum
CREATE TYPE "sms_alphabet" AS ENUM ('gsm7', 'ucs2');

-- CreateEnum
CREATE TYPE "outbox_channel" AS ENUM ('sms', 'email');

-- CreateEnum
CREATE TYPE "history_category" AS ENUM ('probationer', 'appointment', 'message');

-- CreateEnum
CREATE TYPE "announcement_kind" AS ENUM ('info', 'success', 'error');

-- CreateEnum
CREATE TYPE "public_page_state" AS ENUM ('draft', 'published', 'archived');

-- CreateTable
CREATE TABLE "headquarters" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "headquarters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "organization_kind" NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "department_code" TEXT NOT NULL,
    "switchboard_phone" TEXT,
    "shared_mailbox" TEXT,
    "inter_jurisdiction" BOOLEAN NOT NULL DEFAULT false,
    "probationer_space_enabled" BOOLEAN NOT NULL DEFAULT true,
    "agenda_guidance" TEXT,
    "headquarters_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_link" (
    "id" SERIAL NOT NULL,
    "court_id" INTEGER NOT NULL,
    "probation_service_id" INTEGER NOT NULL,

    CONSTRAINT "organization_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "competent_service" (
    "id" SERIAL NOT NULL,
    "kind" "organization_kind" NOT NULL,
    "official_name" TEXT NOT NULL,
    "organization_id" INTEGER,

    CONSTRAINT "competent_service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "city" (
    "id" SERIAL NOT NULL,
    "insee_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "postal_codes" TEXT[],
    "population" INTEGER NOT NULL DEFAULT 0,
    "competent_probation_service_id" INTEGER,
    "competent_court_id" INTEGER,

    CONSTRAINT "city_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "phone" TEXT,
    "organization_id" INTEGER NOT NULL,
    "headquarters_id" INTEGER,
    "shares_phone" BOOLEAN NOT NULL DEFAULT false,
    "shares_email" BOOLEAN NOT NULL DEFAULT false,
    "shortcuts_enabled" BOOLEAN NOT NULL DEFAULT true,
    "password_hash" TEXT,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_at" TIMESTAMPTZ(3),
    "security_charter_version" TEXT,
    "security_charter_accepted_at" TIMESTAMPTZ(3),
    "invited_at" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_token" (
    "id" SERIAL NOT NULL,
    "agent_id" INTEGER NOT NULL,
    "purpose" "agent_token_purpose" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "sid" TEXT NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "probationer" (
    "id" SERIAL NOT NULL,
    "last_name" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "date_of_birth" DATE,
    "phone" TEXT,
    "phone_state" "phone_state" NOT NULL DEFAULT 'fine',
    "has_no_mobile_phone" BOOLEAN NOT NULL DEFAULT false,
    "sms_opt_out" BOOLEAN NOT NULL DEFAULT false,
    "sms_opt_out_token" TEXT NOT NULL,
    "appi_number" TEXT,
    "assigned_agent_id" INTEGER,
    "city_id" INTEGER,
    "is_homeless" BOOLEAN NOT NULL DEFAULT false,
    "lives_abroad" BOOLEAN NOT NULL DEFAULT false,
    "followed_by_anti_terrorism_judge" BOOLEAN NOT NULL DEFAULT false,
    "creating_organization_id" INTEGER,
    "following_organization_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "request_key" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "probationer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "following" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "following_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "divestment" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "target_organization_id" INTEGER NOT NULL,
    "requested_by_id" INTEGER,
    "state" "divestment_state" NOT NULL DEFAULT 'pending',
    "destination_organization_ids" INTEGER[],
    "added_organization_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "divestment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "divestment_decision" (
    "id" SERIAL NOT NULL,
    "divestment_id" INTEGER NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "state" "divestment_decision_state" NOT NULL DEFAULT 'pending',
    "comment" VARCHAR(120),
    "decided_by_id" INTEGER,
    "decided_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),

    CONSTRAINT "divestment_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" SERIAL NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "short_address" VARCHAR(40) NOT NULL,
    "department_code" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "main_contact_method" "contact_method" NOT NULL DEFAULT 'phone',
    "public_page_id" INTEGER,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_type" (
    "code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "public_label" TEXT NOT NULL,
    "uses_published_slots" BOOLEAN NOT NULL,
    "allowed_on_days_off" BOOLEAN NOT NULL,
    "assigned_to_booker" BOOLEAN NOT NULL,
    "asks_prosecution_number" BOOLEAN NOT NULL,
    "required_host_kind" "organization_kind",
    "bookable_by_execution_office" BOOLEAN NOT NULL,
    "bookable_by_sentence_department" BOOLEAN NOT NULL,
    "bookable_by_probation" BOOLEAN NOT NULL,
    "restricted_in_probation" BOOLEAN NOT NULL DEFAULT false,
    "held_at_place" BOOLEAN NOT NULL DEFAULT true,
    "shares_address" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "appointment_type_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "place_appointment_type" (
    "id" SERIAL NOT NULL,
    "place_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,

    CONSTRAINT "place_appointment_type_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agenda" (
    "id" SERIAL NOT NULL,
    "place_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "agenda_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recurring_slot" (
    "id" SERIAL NOT NULL,
    "agenda_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "start_time" CHAR(5) NOT NULL,
    "duration_minutes" INTEGER NOT NULL DEFAULT 30,
    "capacity" INTEGER NOT NULL DEFAULT 1,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "recurring_slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slot" (
    "id" SERIAL NOT NULL,
    "agenda_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "start_time" CHAR(5) NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_minutes" INTEGER NOT NULL DEFAULT 30,
    "capacity" INTEGER NOT NULL DEFAULT 1,
    "seats_taken" INTEGER NOT NULL DEFAULT 0,
    "is_open" BOOLEAN NOT NULL DEFAULT true,
    "recurring_slot_id" INTEGER,

    CONSTRAINT "slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place_relocation" (
    "id" SERIAL NOT NULL,
    "old_place_id" INTEGER NOT NULL,
    "new_place_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "state" "place_relocation_state" NOT NULL DEFAULT 'pending',

    CONSTRAINT "place_relocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "slot_id" INTEGER NOT NULL,
    "type_code" TEXT NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "place_id" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "appointment_state" NOT NULL DEFAULT 'booked',
    "agent_id" INTEGER,
    "booked_by_id" INTEGER,
    "creating_organization_id" INTEGER NOT NULL,
    "prosecution_number" TEXT,
    "informed_at_booking" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "rescheduled_from_id" INTEGER,
    "request_key" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_column" (
    "id" SERIAL NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "data_type" "custom_column_data_type" NOT NULL DEFAULT 'text',
    "moment" "custom_column_moment" NOT NULL,
    "type_codes" TEXT[],

    CONSTRAINT "custom_column_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_column_value" (
    "id" SERIAL NOT NULL,
    "appointment_id" INTEGER NOT NULL,
    "custom_column_id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "custom_column_value_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "appointment_id" INTEGER NOT NULL,
    "kind" "message_kind" NOT NULL,
    "reminder_hours" INTEGER NOT NULL DEFAULT 0,
    "appointment_version" INTEGER NOT NULL DEFAULT 1,
    "state" "message_state" NOT NULL DEFAULT 'planned',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "text_sent" TEXT,
    "template_version_id" INTEGER,
    "alphabet" "sms_alphabet",
    "parts" INTEGER,
    "phone" TEXT,
    "external_id" TEXT,
    "provider_code" TEXT,
    "end_reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_template" (
    "id" SERIAL NOT NULL,
    "organization_id" INTEGER,
    "type_code" TEXT NOT NULL,
    "kind" "message_kind" NOT NULL,
    "reminder_hours" INTEGER[] DEFAULT ARRAY[]::INTEGER[],

    CONSTRAINT "message_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_template_version" (
    "id" SERIAL NOT NULL,
    "template_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_template_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt" (
    "id" SERIAL NOT NULL,
    "raw" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_item" (
    "id" SERIAL NOT NULL,
    "channel" "outbox_channel" NOT NULL,
    "sender" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT,
    "body" TEXT NOT NULL,
    "reference" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "history_entry" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "appointment_id" INTEGER,
    "category" "history_category" NOT NULL,
    "event" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "agent_id" INTEGER,
    "actor_name" TEXT,
    "actor_role" "role",
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "history_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "agent_id" INTEGER,
    "impersonator_id" INTEGER,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" INTEGER,
    "probationer_id" INTEGER,
    "fields" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "id" SERIAL NOT NULL,
    "task" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "handled" INTEGER NOT NULL,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement" (
    "id" SERIAL NOT NULL,
    "body" TEXT NOT NULL,
    "kind" "announcement_kind" NOT NULL DEFAULT 'info',
    "target_organization_id" INTEGER,
    "target_role" "role",
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement_receipt" (
    "id" SERIAL NOT NULL,
    "announcement_id" INTEGER NOT NULL,
    "agent_id" INTEGER NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "announcement_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public_page" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "code" VARCHAR(8) NOT NULL,
    "organization_id" INTEGER,
    "kind" "organization_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "official_name" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "address_line" TEXT NOT NULL,
    "postal_code" TEXT NOT NULL,
    "city_name" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "time_zone" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "opening_hours" JSONB,
    "transport" TEXT,
    "accessibility" TEXT,
    "reception" TEXT,
    "notice" TEXT,
    "state" "public_page_state" NOT NULL DEFAULT 'draft',
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "public_page_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legacy_path" (
    "id" SERIAL NOT NULL,
    "path" TEXT NOT NULL,
    "target" TEXT NOT NULL,

    CONSTRAINT "legacy_path_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "space_account" (
    "id" SERIAL NOT NULL,
    "probationer_id" INTEGER NOT NULL,
    "invitation_count" INTEGER NOT NULL DEFAULT 0,
    "last_invited_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "password_hash" TEXT,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "space_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "space_token" (
    "id" SERIAL NOT NULL,
    "space_account_id" INTEGER NOT NULL,
    "purpose" "agent_token_purpose" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "space_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "headquarters_name_key" ON "headquarters"("name");

-- CreateIndex
CREATE UNIQUE INDEX "organization_name_key" ON "organization"("name");

-- CreateIndex
CREATE INDEX "organization_headquarters_id_idx" ON "organization"("headquarters_id");

-- CreateIndex
CREATE INDEX "organization_link_probation_service_id_idx" ON "organization_link"("probation_service_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_link_court_id_probation_service_id_key" ON "organization_link"("court_id", "probation_service_id");

-- CreateIndex
CREATE INDEX "competent_service_organization_id_idx" ON "competent_service"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "competent_service_kind_official_name_key" ON "competent_service"("kind", "official_name");

-- CreateIndex
CREATE UNIQUE INDEX "city_insee_code_key" ON "city"("insee_code");

-- CreateIndex
CREATE INDEX "city_department_code_idx" ON "city"("department_code");

-- CreateIndex
CREATE INDEX "city_competent_probation_service_id_idx" ON "city"("competent_probation_service_id");

-- CreateIndex
CREATE INDEX "city_competent_court_id_idx" ON "city"("competent_court_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_email_key" ON "agent"("email");

-- CreateIndex
CREATE INDEX "agent_organization_id_role_idx" ON "agent"("organization_id", "role");

-- CreateIndex
CREATE INDEX "agent_headquarters_id_idx" ON "agent"("headquarters_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_token_token_hash_key" ON "agent_token"("token_hash");

-- CreateIndex
CREATE INDEX "agent_token_agent_id_purpose_idx" ON "agent_token"("agent_id", "purpose");

-- CreateIndex
CREATE INDEX "session_expire_idx" ON "session"("expire");

-- CreateIndex
CREATE UNIQUE INDEX "probationer_phone_key" ON "probationer"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "probationer_sms_opt_out_token_key" ON "probationer"("sms_opt_out_token");

-- CreateIndex
CREATE UNIQUE INDEX "probationer_appi_number_key" ON "probationer"("appi_number");

-- CreateIndex
CREATE UNIQUE INDEX "probationer_request_key_key" ON "probationer"("request_key");

-- CreateIndex
CREATE INDEX "probationer_last_name_first_name_id_idx" ON "probationer"("last_name", "first_name", "id");

-- CreateIndex
CREATE INDEX "probationer_assigned_agent_id_idx" ON "probationer"("assigned_agent_id");

-- CreateIndex
CREATE INDEX "probationer_date_of_birth_idx" ON "probationer"("date_of_birth");

-- CreateIndex
CREATE INDEX "probationer_archived_at_idx" ON "probationer"("archived_at");

-- CreateIndex
CREATE INDEX "following_organization_id_idx" ON "following"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "following_probationer_id_organization_id_key" ON "following"("probationer_id", "organization_id");

-- CreateIndex
CREATE INDEX "divestment_probationer_id_idx" ON "divestment"("probationer_id");

-- CreateIndex
CREATE INDEX "divestment_target_organization_id_state_idx" ON "divestment"("target_organization_id", "state");

-- CreateIndex
CREATE INDEX "divestment_state_created_at_idx" ON "divestment"("state", "created_at");

-- CreateIndex
CREATE INDEX "divestment_requested_by_id_idx" ON "divestment"("requested_by_id");

-- CreateIndex
CREATE INDEX "divestment_decision_organization_id_state_idx" ON "divestment_decision"("organization_id", "state");

-- CreateIndex
CREATE INDEX "divestment_decision_decided_by_id_idx" ON "divestment_decision"("decided_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "divestment_decision_divestment_id_organization_id_key" ON "divestment_decision"("divestment_id", "organization_id");

-- CreateIndex
CREATE INDEX "place_organization_id_idx" ON "place"("organization_id");

-- CreateIndex
CREATE INDEX "place_public_page_id_idx" ON "place"("public_page_id");

-- CreateIndex
CREATE INDEX "place_appointment_type_type_code_idx" ON "place_appointment_type"("type_code");

-- CreateIndex
CREATE UNIQUE INDEX "place_appointment_type_place_id_type_code_key" ON "place_appointment_type"("place_id", "type_code");

-- CreateIndex
CREATE INDEX "agenda_place_id_idx" ON "agenda"("place_id");

-- CreateIndex
CREATE UNIQUE INDEX "recurring_slot_agenda_id_type_code_weekday_start_time_key" ON "recurring_slot"("agenda_id", "type_code", "weekday", "start_time");

-- CreateIndex
CREATE INDEX "slot_agenda_id_type_code_starts_at_idx" ON "slot"("agenda_id", "type_code", "starts_at");

-- CreateIndex
CREATE INDEX "slot_type_code_idx" ON "slot"("type_code");

-- CreateIndex
CREATE INDEX "slot_recurring_slot_id_date_idx" ON "slot"("recurring_slot_id", "date");

-- CreateIndex
CREATE INDEX "place_relocation_new_place_id_idx" ON "place_relocation"("new_place_id");

-- CreateIndex
CREATE UNIQUE INDEX "place_relocation_old_place_id_new_place_id_date_key" ON "place_relocation"("old_place_id", "new_place_id", "date");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_rescheduled_from_id_key" ON "appointment"("rescheduled_from_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_request_key_key" ON "appointment"("request_key");

-- CreateIndex
CREATE INDEX "appointment_probationer_id_starts_at_idx" ON "appointment"("probationer_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_organization_id_starts_at_idx" ON "appointment"("organization_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_creating_organization_id_starts_at_idx" ON "appointment"("creating_organization_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_starts_at_idx" ON "appointment"("starts_at");

-- CreateIndex
CREATE INDEX "appointment_agent_id_starts_at_idx" ON "appointment"("agent_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_place_id_starts_at_idx" ON "appointment"("place_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_slot_id_idx" ON "appointment"("slot_id");

-- CreateIndex
CREATE INDEX "appointment_booked_by_id_idx" ON "appointment"("booked_by_id");

-- CreateIndex
CREATE INDEX "custom_column_organization_id_idx" ON "custom_column"("organization_id");

-- CreateIndex
CREATE INDEX "custom_column_value_custom_column_id_idx" ON "custom_column_value"("custom_column_id");

-- CreateIndex
CREATE UNIQUE INDEX "custom_column_value_appointment_id_custom_column_id_key" ON "custom_column_value"("appointment_id", "custom_column_id");

-- CreateIndex
CREATE INDEX "message_probationer_id_created_at_idx" ON "message"("probationer_id", "created_at");

-- CreateIndex
CREATE INDEX "message_external_id_idx" ON "message"("external_id");

-- CreateIndex
CREATE INDEX "message_template_version_id_idx" ON "message"("template_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_appointment_id_kind_reminder_hours_appointment_vers_key" ON "message"("appointment_id", "kind", "reminder_hours", "appointment_version");

-- CreateIndex
CREATE INDEX "message_template_type_code_kind_idx" ON "message_template"("type_code", "kind");

-- CreateIndex
CREATE INDEX "message_template_version_template_id_id_idx" ON "message_template_version"("template_id", "id");

-- CreateIndex
CREATE INDEX "message_template_version_created_by_id_idx" ON "message_template_version"("created_by_id");

-- CreateIndex
CREATE INDEX "receipt_processed_at_received_at_idx" ON "receipt"("processed_at", "received_at");

-- CreateIndex
CREATE INDEX "outbox_item_channel_created_at_idx" ON "outbox_item"("channel", "created_at");

-- CreateIndex
CREATE INDEX "outbox_item_reference_idx" ON "outbox_item"("reference");

-- CreateIndex
CREATE INDEX "history_entry_probationer_id_at_idx" ON "history_entry"("probationer_id", "at");

-- CreateIndex
CREATE INDEX "history_entry_appointment_id_at_idx" ON "history_entry"("appointment_id", "at");

-- CreateIndex
CREATE INDEX "history_entry_agent_id_idx" ON "history_entry"("agent_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "audit_entry_probationer_id_at_idx" ON "audit_entry"("probationer_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_agent_id_at_idx" ON "audit_entry"("agent_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_impersonator_id_idx" ON "audit_entry"("impersonator_id");

-- CreateIndex
CREATE INDEX "job_run_task_started_at_idx" ON "job_run"("task", "started_at");

-- CreateIndex
CREATE INDEX "announcement_target_organization_id_idx" ON "announcement"("target_organization_id");

-- CreateIndex
CREATE INDEX "announcement_created_by_id_idx" ON "announcement"("created_by_id");

-- CreateIndex
CREATE INDEX "announcement_receipt_agent_id_read_at_idx" ON "announcement_receipt"("agent_id", "read_at");

-- CreateIndex
CREATE UNIQUE INDEX "announcement_receipt_announcement_id_agent_id_key" ON "announcement_receipt"("announcement_id", "agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "public_page_slug_key" ON "public_page"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "public_page_code_key" ON "public_page"("code");

-- CreateIndex
CREATE INDEX "public_page_department_code_idx" ON "public_page"("department_code");

-- CreateIndex
CREATE INDEX "public_page_organization_id_idx" ON "public_page"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "legacy_path_path_key" ON "legacy_path"("path");

-- CreateIndex
CREATE UNIQUE INDEX "space_account_probationer_id_key" ON "space_account"("probationer_id");

-- CreateIndex
CREATE UNIQUE INDEX "space_token_token_hash_key" ON "space_token"("token_hash");

-- CreateIndex
CREATE INDEX "space_token_space_account_id_idx" ON "space_token"("space_account_id");

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_headquarters_id_fkey" FOREIGN KEY ("headquarters_id") REFERENCES "headquarters"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_link" ADD CONSTRAINT "organization_link_court_id_fkey" FOREIGN KEY ("court_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_link" ADD CONSTRAINT "organization_link_probation_service_id_fkey" FOREIGN KEY ("probation_service_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "competent_service" ADD CONSTRAINT "competent_service_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "city" ADD CONSTRAINT "city_competent_probation_service_id_fkey" FOREIGN KEY ("competent_probation_service_id") REFERENCES "competent_service"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "city" ADD CONSTRAINT "city_competent_court_id_fkey" FOREIGN KEY ("competent_court_id") REFERENCES "competent_service"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_headquarters_id_fkey" FOREIGN KEY ("headquarters_id") REFERENCES "headquarters"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_token" ADD CONSTRAINT "agent_token_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "probationer" ADD CONSTRAINT "probationer_assigned_agent_id_fkey" FOREIGN KEY ("assigned_agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "probationer" ADD CONSTRAINT "probationer_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "probationer" ADD CONSTRAINT "probationer_creating_organization_id_fkey" FOREIGN KEY ("creating_organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "following" ADD CONSTRAINT "following_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "following" ADD CONSTRAINT "following_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "divestment" ADD CONSTRAINT "divestment_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "divestment" ADD CONSTRAINT "divestment_target_organization_id_fkey" FOREIGN KEY ("target_organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "divestment" ADD CONSTRAINT "divestment_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "divestment_decision" ADD CONSTRAINT "divestment_decision_divestment_id_fkey" FOREIGN KEY ("divestment_id") REFERENCES "divestment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "divestment_decision" ADD CONSTRAINT "divestment_decision_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "divestment_decision" ADD CONSTRAINT "divestment_decision_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_public_page_id_fkey" FOREIGN KEY ("public_page_id") REFERENCES "public_page"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_appointment_type" ADD CONSTRAINT "place_appointment_type_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_appointment_type" ADD CONSTRAINT "place_appointment_type_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agenda" ADD CONSTRAINT "agenda_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_slot" ADD CONSTRAINT "recurring_slot_agenda_id_fkey" FOREIGN KEY ("agenda_id") REFERENCES "agenda"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_slot" ADD CONSTRAINT "recurring_slot_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_agenda_id_fkey" FOREIGN KEY ("agenda_id") REFERENCES "agenda"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_recurring_slot_id_fkey" FOREIGN KEY ("recurring_slot_id") REFERENCES "recurring_slot"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_relocation" ADD CONSTRAINT "place_relocation_old_place_id_fkey" FOREIGN KEY ("old_place_id") REFERENCES "place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_relocation" ADD CONSTRAINT "place_relocation_new_place_id_fkey" FOREIGN KEY ("new_place_id") REFERENCES "place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_booked_by_id_fkey" FOREIGN KEY ("booked_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_creating_organization_id_fkey" FOREIGN KEY ("creating_organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_rescheduled_from_id_fkey" FOREIGN KEY ("rescheduled_from_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custom_column" ADD CONSTRAINT "custom_column_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custom_column_value" ADD CONSTRAINT "custom_column_value_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custom_column_value" ADD CONSTRAINT "custom_column_value_custom_column_id_fkey" FOREIGN KEY ("custom_column_id") REFERENCES "custom_column"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_template_version_id_fkey" FOREIGN KEY ("template_version_id") REFERENCES "message_template_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_template" ADD CONSTRAINT "message_template_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_template" ADD CONSTRAINT "message_template_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_template_version" ADD CONSTRAINT "message_template_version_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "message_template"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_template_version" ADD CONSTRAINT "message_template_version_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "history_entry" ADD CONSTRAINT "history_entry_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "history_entry" ADD CONSTRAINT "history_entry_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "history_entry" ADD CONSTRAINT "history_entry_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_impersonator_id_fkey" FOREIGN KEY ("impersonator_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_target_organization_id_fkey" FOREIGN KEY ("target_organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_receipt" ADD CONSTRAINT "announcement_receipt_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_receipt" ADD CONSTRAINT "announcement_receipt_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public_page" ADD CONSTRAINT "public_page_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "space_account" ADD CONSTRAINT "space_account_probationer_id_fkey" FOREIGN KEY ("probationer_id") REFERENCES "probationer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "space_token" ADD CONSTRAINT "space_token_space_account_id_fkey" FOREIGN KEY ("space_account_id") REFERENCES "space_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ————— What Prisma cannot say —————

-- Lower-cased, without accents, hyphens or apostrophes. Immutable, so that indexes may use it.
CREATE FUNCTION fold_text(input text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, input)), '[^a-z0-9]+', ' ', 'g'));

-- Civil hours.
ALTER TABLE "slot" ADD CONSTRAINT "slot_start_time_is_an_hour" CHECK (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "recurring_slot" ADD CONSTRAINT "recurring_slot_start_time_is_an_hour" CHECK (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "recurring_slot" ADD CONSTRAINT "recurring_slot_on_a_weekday" CHECK (weekday BETWEEN 1 AND 5);

-- Seats: the last word on overbooking.
ALTER TABLE "slot" ADD CONSTRAINT "slot_seats_within_capacity" CHECK (seats_taken >= 0 AND seats_taken <= capacity AND capacity > 0);
ALTER TABLE "slot" ADD CONSTRAINT "slot_lasts" CHECK (duration_minutes > 0);
ALTER TABLE "recurring_slot" ADD CONSTRAINT "recurring_slot_has_seats" CHECK (capacity > 0 AND duration_minutes > 0);
CREATE INDEX "slot_bookable" ON "slot" (type_code, agenda_id, starts_at) WHERE is_open AND seats_taken < capacity;

-- One person is never expected twice at the same instant.
CREATE UNIQUE INDEX "appointment_once_at_an_instant" ON "appointment" (probationer_id, starts_at) WHERE state = 'booked';
CREATE INDEX "appointment_booked_by_host" ON "appointment" (organization_id, starts_at) WHERE state = 'booked';
CREATE INDEX "appointment_booked_by_agent" ON "appointment" (agent_id, starts_at) WHERE state = 'booked' AND agent_id IS NOT NULL;

-- A court is linked to probation services and nothing else.
CREATE FUNCTION check_organization_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT kind FROM organization WHERE id = NEW.court_id) <> 'court'
     OR (SELECT kind FROM organization WHERE id = NEW.probation_service_id) <> 'probation_service' THEN
    RAISE EXCEPTION 'a link joins a court and a probation service' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "organization_link_kinds" BEFORE INSERT OR UPDATE ON "organization_link"
  FOR EACH ROW EXECUTE FUNCTION check_organization_link();

-- A person: names never blank, identity unique while nobody has an APPI number.
ALTER TABLE "probationer" ADD CONSTRAINT "probationer_is_named" CHECK (last_name <> '' AND first_name <> '');
ALTER TABLE "probationer" ADD CONSTRAINT "probationer_phone_is_international" CHECK (phone ~ '^\+[1-9][0-9]{6,14}$');
CREATE UNIQUE INDEX "probationer_identity" ON "probationer" (fold_text(last_name), fold_text(first_name), date_of_birth) WHERE appi_number IS NULL;
CREATE INDEX "probationer_same_identity" ON "probationer" (fold_text(last_name), fold_text(first_name), date_of_birth);

CREATE FUNCTION fold_probationer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := fold_text(NEW.last_name || ' ' || NEW.first_name);
  RETURN NEW;
END $$;
CREATE TRIGGER "probationer_search_text" BEFORE INSERT OR UPDATE OF last_name, first_name ON "probationer"
  FOR EACH ROW EXECUTE FUNCTION fold_probationer();

-- Scope (who follows) and search (names) answered together.
CREATE INDEX "probationer_scope_and_search" ON "probationer" USING gin (following_organization_ids, search_text gin_trgm_ops);

CREATE FUNCTION refresh_following_organizations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  target integer := coalesce(NEW.probationer_id, OLD.probationer_id);
BEGIN
  UPDATE probationer
     SET following_organization_ids = coalesce((SELECT array_agg(organization_id ORDER BY since, id) FROM following WHERE probationer_id = target), '{}')
   WHERE id = target;
  RETURN NULL;
END $$;
CREATE TRIGGER "following_organizations" AFTER INSERT OR UPDATE OR DELETE ON "following"
  FOR EACH ROW EXECUTE FUNCTION refresh_following_organizations();

-- Divestments: one pending request a person.
CREATE UNIQUE INDEX "divestment_one_pending" ON "divestment" (probationer_id) WHERE state = 'pending';

-- Messages: what is due, what is stuck.
CREATE INDEX "message_due" ON "message" (due_at) WHERE state = 'planned';
CREATE INDEX "message_unsettled" ON "message" (claimed_at) WHERE state IN ('sending', 'unknown');
CREATE INDEX "message_without_receipt" ON "message" (sent_at) WHERE state = 'sent';
CREATE UNIQUE INDEX "message_template_of" ON "message_template" (organization_id, type_code, kind) NULLS NOT DISTINCT;
ALTER TABLE "message" ADD CONSTRAINT "message_sent_has_text" CHECK (state NOT IN ('sent', 'delivered') OR text_sent IS NOT NULL);

-- Communes and services found without accents.
CREATE INDEX "city_name_search" ON "city" USING gin (fold_text(name) gin_trgm_ops);
CREATE INDEX "city_postal_codes" ON "city" USING gin (postal_codes);
