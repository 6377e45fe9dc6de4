import type { AnyMessageKind, MessageKind } from './template/schema'
import { addDays, civilOf, instantOf, type CivilDate, type CivilTime } from '../shared/civil-time'
import { hour, second } from '../shared/duration'

/** When messages leave and until when they are worth sending (decisions M1 and M2). */

/** Reminders leave between these hours, local to the place. */
const windowOpens: CivilTime = '08:00'
const windowCloses: CivilTime = '20:00'
/** A reminder that cannot wait for the window leaves outside it, but never between these hours. */
const nightFalls: CivilTime = '22:00'
const nightEnds: CivilTime = '06:00'

/** A summons says what a reminder would: none follows it closer than that. */
const remindsAfter = 6 * hour

/** A day and an hour on the wall of the place where the person is expected. */
export interface Meeting {
  date: CivilDate
  time: CivilTime
  zone: string
}

export interface PlannedMessage {
  kind: MessageKind
  /** 24 or 48 for a reminder, 0 for the others. */
  reminderHours: number
  dueAt: Date
  /** The message is useless from this instant on. */
  deadline: Date
}

/**
 * When a reminder leaves: the wall clock of the appointment, whole days before, brought into the
 * window of decent hours.
 */
export function reminderTime({ date, time, zone }: Meeting, hours: number): Date {
  const clamped = time < windowOpens ? windowOpens : time > windowCloses ? windowCloses : time
  return instantOf(addDays(date, -hours / 24), clamped, zone)
}

/** Less than the period is left, or the hour at which the reminder would have left is gone. */
function isShortNotice(meeting: Meeting, hours: number, now: Date): boolean {
  const periodStarts = instantOf(addDays(meeting.date, -hours / 24), meeting.time, meeting.zone)
  return periodStarts < now || reminderTime(meeting, hours) < now
}

/**
 * When a message whose hour has come, or went by in an outage, leaves: now within the window, otherwise when it opens
 * again. Where that would be too late, now all the same; but not a reminder in the night.
 *
 * @returns null when it must not leave any more: the person is to be phoned.
 */
export function whenLateLeaves(
  kind: AnyMessageKind,
  { now, deadline, zone }: { now: Date; deadline: Date; zone: string },
): Date | null {
  const { date, time } = civilOf(now, zone)
  if (time >= windowOpens && time <= windowCloses) return now
  const opens = instantOf(time < windowOpens ? date : addDays(date, 1), windowOpens, zone)
  if (opens < deadline) return opens
  return kind === 'reminder' && (time >= nightFalls || time < nightEnds) ? null : now
}

/** Until when a message of this kind may leave, whatever delayed it. */
function deadlineOf(kind: Exclude<MessageKind, 'reminder'>, startsAt: Date, now: Date): Date {
  switch (kind) {
    case 'summons':
    case 'rescheduling':
      return new Date(Math.min(startsAt.getTime(), now.getTime() + 24 * hour))
    case 'cancellation':
      return startsAt
    case 'missed':
      return new Date(now.getTime() + 7 * 24 * hour)
  }
}

/** The SMS of an absence waits as long as the page offers to take the outcome back, and a little more. */
const undoOffered = 12 * second

/** A message that an agent chose to send about an appointment: it leaves at once, or as soon as none takes it back. */
export function messageNow(
  kind: Exclude<MessageKind, 'reminder'>,
  startsAt: Date,
  now: Date,
): PlannedMessage {
  const dueAt = kind === 'missed' ? new Date(now.getTime() + undoOffered) : now
  return { kind, reminderHours: 0, dueAt, deadline: deadlineOf(kind, startsAt, now) }
}

/**
 * The messages that a booking or a rescheduling plans, in the order in which they leave.
 *
 * - `informNow`: the agent chose "inform now, then remind"; nobody asks it for an unreachable person.
 * - `reachable`: a phone, no refusal. Reminders are planned all the same: a phone may come later.
 * - `reminderHours`: the periods of the template, each judged on its own. On short notice a message
 *   that leaves now is enough; without one, one reminder leaves now, and may until the appointment.
 *   What leaves now also stands for the reminders of the next six hours.
 */
export function messagesToPlan({
  act,
  meeting,
  now,
  informNow,
  reachable,
  reminderHours,
}: {
  act: 'booking' | 'rescheduling'
  meeting: Meeting
  now: Date
  informNow: boolean
  reachable: boolean
  reminderHours: readonly number[]
}): PlannedMessage[] {
  const startsAt = instantOf(meeting.date, meeting.time, meeting.zone)
  if (startsAt <= now) return []

  const informs = informNow && reachable
  const periods = [...new Set(reminderHours)].sort((a, b) => a - b)
  const late = periods.filter((hours) => isShortNotice(meeting, hours, now))
  const leavingNow = late[0]

  const planned: PlannedMessage[] = []
  if (informs) planned.push(messageNow(act === 'booking' ? 'summons' : 'rescheduling', startsAt, now))
  else if (leavingNow !== undefined) {
    planned.push({ kind: 'reminder', reminderHours: leavingNow, dueAt: now, deadline: startsAt })
  }
  const deadline = new Date(startsAt.getTime() - 2 * hour)
  const notBefore = planned.length > 0 ? now.getTime() + remindsAfter : 0
  for (const hours of periods.filter((period) => !late.includes(period)).reverse()) {
    const dueAt = reminderTime(meeting, hours)
    if (dueAt.getTime() >= notBefore)
      planned.push({ kind: 'reminder', reminderHours: hours, dueAt, deadline })
  }
  return planned
}

/** A message that told the person of an appointment, or is about to. */
export interface Told {
  kind: AnyMessageKind
  reminderHours: number
  at: Date
}

/**
 * The reminders worth planning again for a person who can be reached anew: a number typed or corrected,
 * SMS accepted again, an excuse taken back. Those that still wait keep their hour. One whose hour is gone
 * leaves at once, unless the person was told since that hour, or in the last hours.
 */
export function remindersToPlanAgain({
  meeting,
  now,
  reminderHours,
  waiting,
  told,
}: {
  meeting: Meeting
  now: Date
  reminderHours: readonly number[]
  /** The periods of the reminders still planned. */
  waiting: readonly number[]
  told: readonly Told[]
}): PlannedMessage[] {
  const knowsOf = ({ reminderHours: hours, dueAt }: PlannedMessage) =>
    told.some(({ kind, reminderHours: toldHours, at }) =>
      kind === 'reminder'
        ? toldHours <= hours
        : at.getTime() > dueAt.getTime() - remindsAfter || at >= reminderTime(meeting, hours),
    )
  return messagesToPlan({
    act: 'booking',
    meeting,
    now,
    informNow: false,
    reachable: true,
    reminderHours,
  }).filter((message) => !waiting.includes(message.reminderHours) && !knowsOf(message))
}
