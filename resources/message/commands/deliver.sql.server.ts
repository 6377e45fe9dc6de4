import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { hour } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'
import type { UnderWay } from '../becoming'
import { nextState, type MessageState, type RecentMessage, type Truth } from '../rules'
import type { SmsMeasure } from '../sms-text'
import type { AnyMessageKind } from '../template/schema'

/** The way of a message, in SQL: each statement less is one more message a second, and thousands are due at one minute. */

/**
 * Holds the person of a message until the end of the transaction.
 *
 * @returns the state of the message before they were held; null when there is no such message.
 */
export async function holdPersonOf(ctx: Context, messageId: number): Promise<MessageState | null> {
  const [message] = await rowsOf<{ state: MessageState }>(
    ctx,
    Prisma.sql`
      SELECT m.state::text FROM message m JOIN probationer p ON p.id = m.probationer_id
       WHERE m.id = ${messageId} FOR NO KEY UPDATE OF p`,
  )
  return message?.state ?? null
}

export type TruthOfMessage = Truth & {
  createdAt: Date
  dueAt: Date
  appointmentId: number | null
  zone: string
  /** Whether a message has told the person of this appointment already. */
  wasTold: boolean
}

/** What is true of a planned message at this instant, its row held; null when it is no longer planned. */
export async function truthOf(
  ctx: Context,
  messageId: number,
): Promise<(TruthOfMessage & { lastHour: RecentMessage[] }) | null> {
  type Row = TruthOfMessage & { lastHour: (Omit<RecentMessage, 'claimedAt'> & { claimedAt: string })[] }
  const [truth] = await rowsOf<Row>(
    ctx,
    Prisma.sql`
      SELECT m.kind::text, m.created_at AS "createdAt", m.due_at AS "dueAt", m.deadline, a.id AS "appointmentId",
             a.state::text AS "appointmentState", a.starts_at AS "startsAt",
             coalesce(o.time_zone, 'Europe/Paris') AS zone,
             EXISTS (SELECT 1 FROM appointment other
                      WHERE other.probationer_id = a.probationer_id AND other.starts_at = a.starts_at
                        AND other.place_id = a.place_id AND other.state = 'booked' AND other.id <> a.id) AS "bookedAgain",
             p.phone, p.phone_state::text AS "phoneState",
             p.has_no_mobile_phone AS "hasNoMobilePhone", p.sms_opt_out AS "smsOptOut", p.archived_at AS "archivedAt",
             p.limited_at AS "limitedAt",
             EXISTS (SELECT 1 FROM message told
                      WHERE told.appointment_id = a.id AND told.state IN ('sent', 'delivered')) AS "wasTold",
             (SELECT coalesce(json_agg(json_build_object(
                       'claimedAt', recent.claimed_at, 'state', recent.state, 'textSent', recent.text_sent)), '[]')
                FROM message recent
               WHERE recent.probationer_id = p.id AND recent.phone = p.phone
                 AND recent.state IN ('sending', 'unknown', 'sent', 'delivered', 'failed')
                 AND recent.claimed_at > ${new Date(ctx.now.getTime() - hour)}::timestamptz) AS "lastHour"
        FROM message m JOIN probationer p ON p.id = m.probationer_id
             LEFT JOIN appointment a ON a.id = m.appointment_id
             LEFT JOIN organization o ON o.id = coalesce(a.organization_id, p.creating_organization_id)
       WHERE m.id = ${messageId} AND m.state = 'planned'
         FOR NO KEY UPDATE OF m`,
  )
  return truth
    ? {
        ...truth,
        lastHour: truth.lastHour.map((sms) => ({ ...sms, claimedAt: new Date(sms.claimedAt) })),
      }
    : null
}

/** Writes down that a message is being handed over: to whom, and in which words. */
export async function writeClaim(
  ctx: Context,
  messageId: number,
  {
    phone,
    text,
    alphabet,
    parts,
    templateVersionId,
  }: Pick<SmsMeasure, 'alphabet' | 'parts'> & {
    phone: string
    /** As it is kept: without the secret of a link that is for the phone alone. */
    text: string
    templateVersionId: number | null
  },
): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE message SET state = ${nextState('planned', 'claimed')}::message_state, claimed_at = ${ctx.now}::timestamptz,
             text_sent = ${text}, alphabet = ${alphabet}::sms_alphabet, parts = ${parts}::int,
             template_version_id = ${templateVersionId}::int, phone = ${phone}, attempts = attempts + 1,
             absent_since = NULL
       WHERE id = ${messageId}`,
  )
}

/** A message that is held: what an event may change of it, and what is told of it. */
export interface HeldMessage extends UnderWay {
  probationerId: number
  appointmentId: number | null
  kind: AnyMessageKind
  phone: string | null
  textSent: string | null
  createdAt: Date
  deadline: Date
  attempts: number
  absentSince: Date | null
}

/**
 * A message as it is, held until the end of the transaction. Its person too, and before it: what becomes of a message
 * may change what is known of their number.
 */
export async function holdWithPerson(ctx: Context, messageId: number): Promise<HeldMessage | null> {
  const [message] = await rowsOf<HeldMessage>(
    ctx,
    Prisma.sql`
      WITH person AS MATERIALIZED (
        SELECT 1 FROM probationer WHERE id = (SELECT probationer_id FROM message WHERE id = ${messageId})
           FOR NO KEY UPDATE)
      SELECT probationer_id AS "probationerId", appointment_id AS "appointmentId", kind::text, phone,
             text_sent AS "textSent", state::text, external_id AS "externalId", provider_code AS "providerCode",
             parts_billed AS "partsBilled", credits_used AS "creditsUsed", claimed_at AS "claimedAt",
             sent_at AS "sentAt", delivered_at AS "deliveredAt", ended_at AS "endedAt", end_reason AS "endReason",
             created_at AS "createdAt", deadline, attempts, absent_since AS "absentSince"
        FROM message
        -- Asked of the person before, who is then held.
       WHERE id = ${messageId} AND (SELECT count(*) FROM person) >= 0
         FOR NO KEY UPDATE`,
  )
  return message ?? null
}

/** Writes down what a message that is held has become. */
export async function writeEvent(ctx: Context, messageId: number, message: UnderWay): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
      UPDATE message SET state = ${message.state}::message_state, external_id = ${message.externalId}::text,
             provider_code = ${message.providerCode}::text, parts_billed = ${message.partsBilled}::smallint,
             credits_used = ${message.creditsUsed}::float8, claimed_at = ${message.claimedAt}::timestamptz,
             sent_at = ${message.sentAt}::timestamptz, delivered_at = ${message.deliveredAt}::timestamptz,
             ended_at = ${message.endedAt}::timestamptz, end_reason = ${message.endReason}::text
       WHERE id = ${messageId}`,
  )
}
