import type { MessageKind } from './template/schema'
import { whyUnreachable, type Reach, type UnreachableReason } from '../probationer/rules'
import { civilOf } from '../shared/civil-time'

/** From written to received (12 §1). `unknown` is not an end: it is being reconciled. */
export const messageStates = [
  'planned',
  'sending',
  'sent',
  'delivered',
  'failed',
  'expired',
  'suppressed',
  'cancelled',
  'unknown',
] as const
export type MessageState = (typeof messageStates)[number]

export const messageEvents = [
  'claimed',
  'accepted',
  'refused_for_now',
  'refused_for_good',
  'outcome_unknown',
  'absent',
  'deadline_passed',
  'suppressed',
  'cancelled',
  'receipt_accepted',
  'receipt_waiting',
  'receipt_failed',
  'receipt_delivered',
] as const
export type MessageEvent = (typeof messageEvents)[number]

/**
 * A receipt may come before our own record of the answer, late, twice, or in any order. A message
 * that went back to `planned` has left after all when a receipt says so.
 */
const receipts = {
  receipt_accepted: 'sent',
  receipt_failed: 'failed',
  receipt_delivered: 'delivered',
} as const

/** Ends never go back, except that a late "delivered" overrides everything. */
const end = { receipt_delivered: 'delivered' } as const

const transitions: Record<MessageState, Partial<Record<MessageEvent, MessageState>>> = {
  planned: {
    claimed: 'sending',
    deadline_passed: 'expired',
    suppressed: 'suppressed',
    cancelled: 'cancelled',
    ...receipts,
  },
  sending: {
    accepted: 'sent',
    refused_for_now: 'planned',
    refused_for_good: 'failed',
    outcome_unknown: 'unknown',
    ...receipts,
  },
  unknown: { accepted: 'sent', absent: 'planned', deadline_passed: 'expired', ...receipts },
  sent: { receipt_failed: 'failed', ...end },
  delivered: {},
  failed: end,
  expired: end,
  suppressed: end,
  cancelled: end,
}

/** What a message becomes; an event that does not concern its state changes nothing. */
export function nextState(state: MessageState, event: MessageEvent): MessageState {
  return transitions[state][event] ?? state
}

export const isEnd = (state: MessageState) =>
  ['delivered', 'failed', 'expired', 'suppressed', 'cancelled'].includes(state)

/** Why no message can be written about appointments of a type at a place (12 §9). */
export type MessageRefusal =
  'message.place_without_phone' | 'message.place_without_email' | 'message.text_unusable'

const minute = 60_000
const retryDelays = [0.5 * minute, 2 * minute, 5 * minute]

/** How long after the n-th refused try the next one is made (12 §3). */
export function retryDelay(attempts: number): number {
  return retryDelays[attempts - 1] ?? 5 * minute
}

/** After an ambiguous outcome: time for the provider's own list to know. */
export const reconcileDelay = 90_000
/** A claim without answer for that long is a crash between claim and answer. */
export const claimLasts = 10 * minute
export const lateAfter = 15 * minute
export const receiptsStopAfter = 72 * 60 * minute
/** Past its deadline, time for a provider's list that was away to be back. */
export const lookupsStopAfter = 60 * minute

/**
 * When a job that ran before its hour runs again. The queue goes by the clock of the database: ours is
 * behind it, and by that much too early then; asked for at once, the job would run in circles.
 */
export function askedAgainAt(dueAt: Date, now: Date): Date {
  return new Date(dueAt.getTime() + Math.min(dueAt.getTime() - now.getTime(), minute))
}

export interface Truth extends Reach {
  kind: MessageKind
  deadline: Date
  appointmentState: 'booked' | 'attended' | 'missed' | 'excused' | 'cancelled' | 'rescheduled'
  startsAt: Date
}

const expectedState = {
  summons: 'booked',
  reminder: 'booked',
  rescheduling: 'booked',
  cancellation: 'cancelled',
  missed: 'missed',
} as const satisfies Record<MessageKind, Truth['appointmentState']>

export const withdrawnBecause = {
  booked: 'appointment_booked_again',
  attended: 'appointment_settled',
  missed: 'appointment_settled',
  excused: 'appointment_excused',
  cancelled: 'appointment_cancelled',
  rescheduled: 'appointment_rescheduled',
} as const satisfies Record<Truth['appointmentState'], string>

export type WithdrawalReason = (typeof withdrawnBecause)[keyof typeof withdrawnBecause]
export type SuppressionReason =
  | UnreachableReason
  /** The text asks for what the place has not. */
  | 'unrenderable'
  | 'sms_not_open'
/** Where the provider or the operator says never: with the number, or with us. */
export const failureReasons = ['invalid_number', 'unallocated_number', 'blacklisted', 'rejected'] as const
export type FailureReason = (typeof failureReasons)[number]
export type EndReason =
  WithdrawalReason | SuppressionReason | FailureReason | 'deadline' | 'unconfirmed' | 'no_receipt'

export type WhyNotDeliverable =
  | { event: 'cancelled'; reason: WithdrawalReason }
  | { event: 'deadline_passed'; reason: 'deadline' }
  | { event: 'suppressed'; reason: SuppressionReason }

/** What is true now decides, not what was true when the message was planned (decision M3). */
export function whyNotDeliverable(truth: Truth, now: Date): WhyNotDeliverable | null {
  if (truth.appointmentState !== expectedState[truth.kind]) {
    return { event: 'cancelled', reason: withdrawnBecause[truth.appointmentState] }
  }
  const past = truth.startsAt <= now
  if (truth.deadline <= now || (past && truth.kind !== 'missed'))
    return { event: 'deadline_passed', reason: 'deadline' }
  const reason = whyUnreachable(truth)
  return reason && { event: 'suppressed', reason }
}

/** Reasons that speak of the number itself: the agent is asked to check it (12 §6). */
export const blamesNumber = (reason: string) => reason === 'invalid_number' || reason === 'unallocated_number'

/** One failure on another day than today's, as the place of the appointment counts days. */
export const failedOnAnotherDay = (failures: readonly Date[], now: Date, zone: string) =>
  failures.some((failure) => civilOf(failure, zone).date !== civilOf(now, zone).date)

const messagesAnHour = 5

export interface RecentMessage {
  claimedAt: Date
  textSent: string | null
}

/**
 * When this text may leave to this number: now, or once there is room again. At most five an hour,
 * one identical text an hour. Put off, never dropped: booked, cancelled and booked again, the last
 * word must arrive.
 */
export function mayLeaveAt(text: string, lastHour: readonly RecentMessage[], now: Date): Date {
  const hour = 60 * minute
  const sorted = lastHour.map((message) => message.claimedAt.getTime()).sort((a, b) => b - a)
  const fifth = sorted[messagesAnHour - 1]
  const same = lastHour
    .filter((message) => message.textSent === text)
    .map((message) => message.claimedAt.getTime())
  const blocked = Math.max(fifth ?? -Infinity, ...same)
  return new Date(Math.max(now.getTime(), blocked + hour))
}

/** What the provider is asked at most, all workers together, and how many may leave at once after a rest. */
export const messagesASecond = 20
/** A wait longer than this is spent in the queue, not in a worker. */
export const longestWait = 5_000

const domain = (origin: URL) =>
  origin.protocol === 'https:' && origin.port === '' ? origin.host : origin.origin

/** A link in an SMS: without scheme where phones recognise it all the same, six characters saved. */
export function smsLink(publicUrl: string, path: string): string {
  return domain(new URL(publicUrl)) + path
}
