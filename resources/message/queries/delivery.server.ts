import { Prisma } from '@prisma/client'
import { phoneOffCode, type MessageState } from '../rules'
import type { MessageKind } from '../template/schema'
import { civilOf } from '../../shared/civil-time'

export interface Delivery {
  kind: MessageKind
  state: MessageState
  endReason: string | null
  phoneOff: boolean
  /** When it leaves or should have, on the wall of the place. */
  due: { date: string; time: string }
}

/** Whether a message `m` did not arrive, and will not: the condition of its partial indexes. */
export const inTroubleSql = Prisma.sql`(m.state IN ('failed', 'expired')
  OR m.end_reason IN ('unrenderable', 'place_without_phone', 'place_without_email'))`

/** Whether a message has not arrived, and somebody should know: a phone that is off too. As its partial index has it. */
const toCheckSql = (message: Prisma.Sql) => Prisma.sql`(${message}.state IN ('failed', 'expired')
  OR ${message}.end_reason IN ('unrenderable', 'place_without_phone', 'place_without_email')
  OR (${message}.state = 'sent' AND ${message}.provider_code = 'phone_off'))`

/** Since when a message `m` is known not to have arrived. */
export const failedAtSql = Prisma.sql`coalesce(m.ended_at, m.sent_at)`

/**
 * Whether a message `m` that may not have arrived is still the last word of its appointment: nothing that came later
 * has arrived, or is under way, and the number it went to is the person's. `p` is the person.
 */
export const stillUnreceivedSql = Prisma.sql`(${toCheckSql(Prisma.sql`m`)}
  AND NOT EXISTS (
    SELECT 1 FROM message later
     WHERE later.appointment_id = m.appointment_id AND later.id <> m.id
       AND (later.state = 'delivered' AND later.due_at >= m.due_at
         OR later.state IN ('planned', 'sending', 'unknown', 'sent') AND ${toCheckSql(Prisma.sql`later`)} IS NOT TRUE
            AND (later.created_at >= ${failedAtSql}
              OR m.phone <> p.phone AND (later.state = 'planned' OR later.phone = p.phone)))))`

/** A message as `messagesOfSql` reads it, its instant as JSON has it. */
export interface TellingMessage {
  kind: MessageKind
  state: MessageState
  endReason: string | null
  providerCode: string | null
  dueAt: string
  createdAt: string
  endedAt: string | null
}

/** The messages of an appointment as one JSON value, the furthest ahead first; withdrawn ones tell nothing. */
export const messagesOfSql = (appointmentId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT json_agg(json_build_object('kind', m.kind, 'state', m.state, 'endReason', m.end_reason,
                                    'providerCode', m.provider_code, 'dueAt', m.due_at,
                                    'createdAt', m.created_at, 'endedAt', m.ended_at)
                  ORDER BY m.due_at DESC, m.id DESC)
    FROM message m WHERE m.appointment_id = ${appointmentId} AND m.state <> 'cancelled')`

/**
 * Of the messages of one appointment, the one that tells most: the next one planned, unless the last one
 * that left or ended is in trouble since; else that last one.
 */
export function deliveryAmong(messages: readonly TellingMessage[], zone: string): Delivery | null {
  const last = messages.find((message) => message.state !== 'planned')
  const next = messages.findLast((message) => message.state === 'planned')
  // What was planned since, for a number that was corrected, says more than the trouble.
  const mended = next && last?.endedAt && new Date(next.createdAt) >= new Date(last.endedAt)
  const troubled = last && ['failed', 'expired'].includes(last.state) && !mended
  const telling = troubled ? last : (next ?? last)
  if (!telling) return null
  const { kind, state, endReason, providerCode, dueAt } = telling
  return {
    kind,
    state,
    endReason,
    phoneOff: isPhoneOff({ state, providerCode }),
    due: civilOf(new Date(dueAt), zone),
  }
}

export const isPhoneOff = ({ state, providerCode }: { state: MessageState; providerCode: string | null }) =>
  state === 'sent' && providerCode === phoneOffCode
