import type { MessageKind } from './template/schema'
import { addDays, instantOf, type CivilDate, type CivilTime } from '../shared/civil-time'

/** When messages leave and until when they are worth sending (decisions M1 and M2, 12 §3). */

/** Reminders leave between these hours, local to the place. */
const windowOpens: CivilTime = '08:00'
const windowCloses: CivilTime = '20:00'

const hour = 3_600_000

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

/** A message that an agent chose to send about an appointment: it leaves at once. */
export function messageNow(
  kind: Exclude<MessageKind, 'reminder'>,
  startsAt: Date,
  now: Date,
): PlannedMessage {
  return { kind, reminderHours: 0, dueAt: now, deadline: deadlineOf(kind, startsAt, now) }
}

/**
 * The messages that a booking or a rescheduling plans, in the order in which they leave.
 *
 * - `informNow`: the agent chose "inform now, then remind"; nobody asks it for an unreachable person.
 * - `reachable`: a phone, no refusal. Reminders are planned all the same: a phone may come later.
 * - `reminderHours`: the periods of the template, each judged on its own. On short notice a message
 *   that leaves now is enough; without one, one reminder leaves now, and may until the appointment.
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
  for (const hours of periods.filter((period) => !late.includes(period)).reverse()) {
    planned.push({ kind: 'reminder', reminderHours: hours, dueAt: reminderTime(meeting, hours), deadline })
  }
  return planned
}
