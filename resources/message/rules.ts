import type { AnyMessageKind, MessageKind, SpaceMessageKind } from './template/schema'
import { whyUnreachable, type Reach, type UnreachableReason } from '../probationer/rules'
import { addDays, civilOf, instantOf, type CivilDate } from '../shared/civil-time'
import { day, minute, second } from '../shared/duration'

/** From written to received. `unknown` is not an end: it is being reconciled. */
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

/** Ended, and nobody read it. */
export const neverArrived: ReadonlySet<MessageState> = new Set([
  'failed',
  'expired',
  'suppressed',
  'cancelled',
])

/** Caused by what a person does in their space: no agent is told (decision S1). */
export const ownActKinds: ReadonlySet<AnyMessageKind> = new Set(['space_reset', 'space_password_changed'])

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
 * that went back to `planned` has left after all when a receipt, or an answer that comes late, says so.
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
    accepted: 'sent',
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

/** Why no message can be written about appointments of a type at a place. */
export type MessageRefusal =
  'message.place_without_phone' | 'message.place_without_email' | 'message.text_unusable'

/** The same, of a message whose hour has come. */
export const unrenderableBecause = {
  'message.place_without_phone': 'place_without_phone',
  'message.place_without_email': 'place_without_email',
  'message.text_unusable': 'unrenderable',
} as const satisfies Record<MessageRefusal, string>

const retryDelays = [0.5 * minute, 2 * minute, 5 * minute]

/** How long after the n-th refused try the next one is made. */
export function retryDelay(attempts: number): number {
  return retryDelays[attempts - 1] ?? 5 * minute
}

/** After an ambiguous outcome: time for the provider's own list to know. */
export const lookedForAfter = minute
/**
 * The provider's list is behind by a minute or two, and a call lasts: what it does not know of a younger claim may have
 * left all the same.
 */
const listKnowsAfter = 2.5 * minute
/** Two absences are two answers, not one read twice. */
const absencesApart = 0.5 * minute
/** Days of which a provider's list is asked. */
export const listedDays = 3
/** An older claim is no longer looked for: that the list forgets a message is no absence. */
export const listForgetsAfter = (listedDays - 1) * day

/** What the list's not knowing of a message says, by the instant at which it was asked. */
export function afterAbsence(
  { claimedAt, absentSince }: { claimedAt: Date; absentSince: Date | null },
  askedAt: Date,
): 'nothing' | 'absent_once' | 'never_left' {
  const age = askedAt.getTime() - claimedAt.getTime()
  if (age < listKnowsAfter || age > listForgetsAfter) return 'nothing'
  if (!absentSince) return 'absent_once'
  return askedAt.getTime() - absentSince.getTime() < absencesApart ? 'nothing' : 'never_left'
}

/** Nobody asks by number between the first question and the instant from which an absence counts. */
export function isAskedByNumber({ claimedAt }: { claimedAt: Date }, now: Date): boolean {
  const age = now.getTime() - claimedAt.getTime()
  return age < 2 * lookedForAfter || age >= listKnowsAfter
}

/** Too late for an answer to be of use, or for the list to have one. */
export const isOverdue = ({ deadline, claimedAt }: { deadline: Date; claimedAt: Date }, now: Date): boolean =>
  now.getTime() - deadline.getTime() > lookupsStopAfter ||
  now.getTime() - claimedAt.getTime() > listForgetsAfter

/**
 * How many pages of the list are read before its messages are asked for one by one: where there are many to find, they
 * left in the same hour, and a page tells of some thirty. At worst, half as many questions are asked in vain.
 */
export const pagesWorthReading = (unsettled: number) => Math.min(Math.floor(unsettled / 2), 40)
/** Their clock and ours may differ by so much. */
export const clocksDifferBy = 10 * minute
/** How many messages are asked for by number in a run, at most. */
export const askedByNumber = 20

/**
 * How long a message that got no turn waits for the next, `patience` away. While turns are rare, reminders come back one
 * after the other, each at a part `chance` of the time: all at once, they would be looked at in vain each minute.
 */
export const waitsForTurn = (
  { kind, patience, isSlowed }: { kind: AnyMessageKind; patience: number; isSlowed: boolean },
  chance: number,
): number => patience + (isSlowed && kind === 'reminder' ? chance * 4 * patience : 0)

/** A claim without answer for that long is a crash between claim and answer. */
export const claimLasts = 10 * minute
export const lateAfter = 15 * minute
export const receiptsStopAfter = 72 * 60 * minute
/** Past its deadline, time for a provider's list that was away to be back. */
export const lookupsStopAfter = 60 * minute

/**
 * When a job that ran before its hour runs again. The queue uses the database's clock: when ours is behind,
 * the job fires early. It is delayed by the drift, one minute at most, so that it does not spin.
 */
export function askedAgainAt(dueAt: Date, now: Date): Date {
  return new Date(dueAt.getTime() + Math.min(dueAt.getTime() - now.getTime(), minute))
}

interface AboutAppointment {
  kind: MessageKind
  appointmentState: 'booked' | 'attended' | 'missed' | 'excused' | 'cancelled' | 'rescheduled'
  startsAt: Date
  /** By another appointment: expected at the same place, at the same instant. */
  bookedAgain: boolean
}

/** Only its deadline and the person decide. */
interface AboutPerson {
  kind: SpaceMessageKind
  appointmentState: null
}

export type Truth = Reach & { deadline: Date } & (AboutAppointment | AboutPerson)
type AppointmentState = AboutAppointment['appointmentState']

const expectedState = {
  summons: 'booked',
  reminder: 'booked',
  rescheduling: 'booked',
  cancellation: 'cancelled',
  missed: 'missed',
} as const satisfies Record<MessageKind, AppointmentState>

export const withdrawnBecause = {
  booked: 'appointment_booked_again',
  attended: 'appointment_settled',
  missed: 'appointment_settled',
  excused: 'appointment_excused',
  cancelled: 'appointment_cancelled',
  rescheduled: 'appointment_rescheduled',
} as const satisfies Record<AppointmentState, string>

export type WithdrawalReason = (typeof withdrawnBecause)[keyof typeof withdrawnBecause]
export type SuppressionReason =
  | UnreachableReason
  /** The text asks for what the place has not. */
  | 'place_without_phone'
  | 'place_without_email'
  | 'unrenderable'
  /** Another link was asked meanwhile, or the access was closed. */
  | 'link_over'
  | 'already_told'
  | 'sms_not_open'
/** What is written of a phone that is off: the message still waits for it. Partial indexes know it. */
export const phoneOffCode = 'phone_off'

/** Where the provider or the operator says never: with the number, or with us. */
export const failureReasons = ['invalid_number', 'unallocated_number', 'blacklisted', 'rejected'] as const
export type FailureReason = (typeof failureReasons)[number]
export type EndReason =
  WithdrawalReason | SuppressionReason | FailureReason | 'deadline' | 'night' | 'unconfirmed' | 'no_receipt'

export type WhyNotDeliverable =
  | { event: 'cancelled'; reason: WithdrawalReason }
  | { event: 'deadline_passed'; reason: 'deadline' }
  | { event: 'suppressed'; reason: SuppressionReason }

/** What is true now decides, not what was true when the message was planned (decision M3). */
export function whyNotDeliverable(truth: Truth, now: Date): WhyNotDeliverable | null {
  if (truth.appointmentState !== null) {
    const why = whyAppointmentForbids(truth, now)
    if (why) return why
  }
  if (truth.deadline <= now) return { event: 'deadline_passed', reason: 'deadline' }
  const reason = whyUnreachable(truth)
  return reason && { event: 'suppressed', reason }
}

function whyAppointmentForbids(
  { kind, appointmentState, startsAt, bookedAgain }: AboutAppointment,
  now: Date,
): WhyNotDeliverable | null {
  if (appointmentState !== expectedState[kind])
    return { event: 'cancelled', reason: withdrawnBecause[appointmentState] }
  // The word that came after it is the true one.
  if (kind === 'cancellation' && bookedAgain) return { event: 'cancelled', reason: withdrawnBecause.booked }
  return startsAt <= now && kind !== 'missed' ? { event: 'deadline_passed', reason: 'deadline' } : null
}

/** Reasons that speak of the number itself: the agent is asked to check it. */
export const blamesNumber = (reason: string) => reason === 'invalid_number' || reason === 'unallocated_number'

/** One failure on another day than today's, as the place of the appointment counts days. */
export const failedOnAnotherDay = (failures: readonly Date[], now: Date, zone: string) =>
  failures.some((failure) => civilOf(failure, zone).date !== civilOf(now, zone).date)

const messagesAnHour = 5

/** A message that left for this number, or is leaving. */
export interface RecentMessage {
  claimedAt: Date
  state: MessageState
  textSent: string | null
}

/** A call to a provider is answered, or given up, before that after the claim. */
export const handingOverLasts = 15_000
/**
 * A worker that stood still for longer between its claim and its call makes none: others have begun to look for what
 * became of the message, and may have given it to somebody else.
 */
export const callFollowsWithin = 5 * second

export type Departure =
  | 'now'
  /** Says again what the person was just told. */
  | 'already_told'
  /**
   * Once it is known what became of the one before; or, in an hour of its own, once there is room again.
   * Never after the deadline.
   */
  | { at: Date; isNewHour: boolean }

/**
 * When a text may leave for a number. The limits of an hour (five messages, no text twice running) hold
 * repeats back, never a newer state: booked, cancelled and booked again, the last word arrives, and
 * arrives last.
 *
 * - `lastHour`: what left for this number in the last hour.
 * - `isRepeat`: a reminder of what a message has told before.
 */
export function departureOf(
  { text, isRepeat, deadline }: { text: string; isRepeat: boolean; deadline: Date },
  lastHour: readonly RecentMessage[],
  now: Date,
): Departure {
  const recent = [...lastHour].sort((a, b) => b.claimedAt.getTime() - a.claimedAt.getTime())
  const isUnderWay = ({ state, claimedAt }: RecentMessage) =>
    state === 'sending' && now.getTime() - claimedAt.getTime() < handingOverLasts
  const soon = (wait: number): Departure => {
    const at = new Date(now.getTime() + wait)
    return at < deadline ? { at, isNewHour: false } : 'now'
  }
  // One at a time: two calls at once may be told in the other order.
  if (recent.some(isUnderWay)) return soon(second)

  const last = recent.find(({ state }) => state !== 'failed')
  if (last?.textSent === text)
    return last.state === 'sent' || last.state === 'delivered' ? 'already_told' : soon(minute)
  const fifth = recent[messagesAnHour - 1]
  if (!isRepeat || !fifth) return 'now'
  const room = new Date(fifth.claimedAt.getTime() + 60 * minute)
  return room < deadline ? { at: room, isNewHour: true } : 'already_told'
}

/**
 * A message that an agent's act sends at once leaves whatever the hour (decision M2). What an outage has kept for longer
 * is late like any other, and asks the window.
 */
export function leavesAsAsked(
  { kind, createdAt, dueAt }: { kind: AnyMessageKind; createdAt: Date; dueAt: Date },
  now: Date,
): boolean {
  const asked = kind === 'reminder' ? createdAt : dueAt
  return dueAt <= asked && now.getTime() - asked.getTime() < lateAfter
}

/** What a page shows of messages, in short: the same as long as nothing became of them. */
export const stampOfMessages = (
  messages: readonly { id: number; state: MessageState; endReason: string | null; phoneOff: boolean }[],
): string =>
  messages
    .map(({ id, state, endReason, phoneOff }) => [id, state, endReason, phoneOff].join(' '))
    .sort()
    .join(',')

/** How often a page asks what became of a message: as it leaves, then while its receipt is awaited. */
const shortWait = 3 * second
const longWait = 20 * second

/** After how long it is worth asking what became of a message; null when nothing is awaited. */
export function askedAgainIn(
  {
    state,
    dueAt,
    sentAt,
    endedAt,
  }: { state: MessageState; dueAt: Date; sentAt: Date | null; endedAt: Date | null },
  now: Date,
): number | null {
  const since = (at: Date) => now.getTime() - at.getTime()
  switch (state) {
    case 'sending':
    case 'unknown':
      return shortWait
    case 'planned':
      // A late one is tried again every few minutes.
      return since(dueAt) < -minute ? null : since(dueAt) < 2 * minute ? shortWait : longWait
    case 'sent':
      if (endedAt || !sentAt || since(sentAt) > 60 * minute) return null
      return since(sentAt) < 2 * minute ? shortWait : longWait
    default:
      return null
  }
}

/** One provider, one pace, one account. */
export const smsProvider = 'sms'

/** A message sent for longer than that without a receipt is looked for in the provider's list. */
export const receiptAwaited = 120 * minute
/** What has just happened is not in the list yet. */
const listedWithin = 5 * minute
/** A day of the list, in UTC, is read once more after its end. */
const dayListedWithin = 180 * minute

/** Up to where the list is known, once all that it says now was read. */
export const listReadUntil = (now: Date) => new Date(now.getTime() - listedWithin)

export interface ListPosition {
  day: CivilDate
  /** How many events of the day were read. */
  position: number
}

/** Where to read on, after a page: null once there is nothing left to read now. */
export function nextInList(
  { day, position }: ListPosition,
  { read, whole }: { read: number; whole: boolean },
  now: Date,
): ListPosition | null {
  if (!whole) return { day, position: position + read }
  const next = addDays(day, 1)
  const isOver = now.getTime() >= instantOf(next, '00:00', 'UTC').getTime() + dayListedWithin
  return isOver ? { day: next, position: 0 } : null
}

/** A wait longer than this is spent in the queue, not in a worker. */
export const longestWait = 5_000

const domain = (origin: URL) =>
  origin.protocol === 'https:' && origin.port === '' ? origin.host : origin.origin

/** A link in an SMS: without scheme where phones recognise it all the same, six characters saved. */
export function smsLink(publicUrl: string, path: string): string {
  return domain(new URL(publicUrl)) + path
}
