import { lateAfter, type MessageState } from '../message/rules'
import { isWorkingDay } from '../shared/calendar'
import { addDays, civilOf, instantOf, type CivilDate } from '../shared/civil-time'
import { day, hour, minute } from '../shared/duration'
import type { PeriodCode, QueueFigures, Trouble, UsualFigures } from './schema'

/** The wall on which the team reads hours and days. */
export const teamZone = 'Europe/Paris'

export const periodLasts: Record<PeriodCode, number> = { '24h': day, '7d': 7 * day, '30d': 30 * day }

/** How old the figures of a name may be before they are counted again: the longer they take, the rarer. */
export const countedEvery = {
  queue: 5 * minute,
  '24h': minute,
  '7d': 10 * minute,
  '30d': 30 * minute,
  usual: 30 * minute,
} as const
export type FiguresName = keyof typeof countedEvery
export const figuresNames = Object.keys(countedEvery) as FiguresName[]

/** Figures older than that are told as old: nobody counts any more. */
export const figuresAreOld = (name: FiguresName, computedAt: Date, now: Date): boolean =>
  now.getTime() - computedAt.getTime() > countedEvery[name] + 10 * minute

/** A message handed over within this time of its hour is in time. */
export const inTimeWithin = 10

/** Below so many cases, a share would say more than it knows. */
export const fewestForShare = 20
export const shareOf = (part: number, whole: number): number | null =>
  whole < fewestForShare ? null : part / whole

// ————— Services whose SMS fail —————

/** Of the SMS of a service, those that are judged: the provider took them, or refused them for good. */
export const handedStates = ['sent', 'delivered', 'failed'] as const satisfies readonly MessageState[]
/** How many of them, the last ones of thirty days. */
export const failingWindow = 200
const failingShare = 0.25

/**
 * Whether the SMS of a service fail, for whoever asks: the alert, the supervision, the first page of the central team.
 * A quarter at least of its last ones failed for good; under twenty, nothing is said.
 */
export const smsFail = ({ handed, failed }: { handed: number; failed: number }): boolean =>
  handed >= fewestForShare && failed >= failingShare * handed

// ————— Receipts —————

const [opens, closes] = ['08:00', '20:00'] as const
export const silenceAllowed = 3 * hour

/** How much of a span falls within hours when somebody is convoked: 8 to 20, on worked days. */
export function workedBetween(from: Date, to: Date): number {
  let worked = 0
  const last = civilOf(to, teamZone).date
  for (let date = civilOf(from, teamZone).date; date <= last; date = addDays(date, 1)) {
    if (!isWorkingDay(date, '75')) continue
    const start = Math.max(from.getTime(), instantOf(date, opens, teamZone).getTime())
    const end = Math.min(to.getTime(), instantOf(date, closes, teamZone).getTime())
    worked += Math.max(0, end - start)
  }
  return worked
}

// ————— Credit —————

/** Parts of a text when none has left yet. */
const partsAtFirst = 2
const longest = 365

export interface Forecast {
  /** Credits for the next seven days. */
  needed: number
  /** The day on which nothing is left; null beyond a year, or where nothing leaves. */
  endsOn: CivilDate | null
}

/**
 * How long the credit lasts: each of the next seven days takes the reminders planned for it and what acts send at once
 * on an average day; the days after, the average of these.
 */
export function forecastOf(credits: number, usual: UsualFigures, today: CivilDate): Forecast {
  const ratio = usual.partsBilled > 0 && usual.creditsUsed > 0 ? usual.creditsUsed / usual.partsBilled : 1
  const partsOfReminder = usual.reminders > 0 ? usual.reminderParts / usual.reminders : partsAtFirst
  const atOnce = usual.otherParts / usual.days
  const week = usual.planned.map((planned) => (planned * partsOfReminder + atOnce) * ratio)
  const needed = week.reduce((sum, one) => sum + one, 0)
  let left = credits
  for (let ahead = 0; needed > 0 && ahead < longest; ahead += 1) {
    left -= week[ahead] ?? needed / week.length
    if (left < 0) return { needed, endsOn: addDays(today, ahead) }
  }
  return { needed, endsOn: null }
}

/** Asked every hour: an answer missed is nothing, several are. */
const creditUnreadFor = 6 * hour

// ————— Tasks —————

const night = { lateAfter: 30 * hour }
const often = (every: number) => ({ lateAfter: Math.max(3 * every, 15 * minute) })

/** The tasks that run by themselves and say so, and how long after their last run they are missed. */
export const watchedTasks = {
  'sweep-due-messages': often(minute),
  'reconcile-messages': often(minute),
  'release-dead-workers': often(minute),
  'count-supervision': often(minute),
  'check-alerts': often(5 * minute),
  'read-provider-events': often(15 * minute),
  'ask-credits': often(hour),
  'close-without-receipt': night,
  'archive-inactive': night,
  'erase-archived': night,
  'mark-endings': night,
  'refresh-figures': night,
  'erase-expired': night,
  'forget-relocations': night,
  'remind-of-pages': night,
  'settle-relocations': night,
  'settle-divestments': night,
  'search-duplicates': night,
  'generate-slots': night,
} as const satisfies Record<string, { lateAfter: number }>
export type WatchedTask = keyof typeof watchedTasks
export const watchedTaskNames = Object.keys(watchedTasks) as WatchedTask[]

export interface LastRun {
  task: WatchedTask
  startedAt: Date
  durationMs: number
  handled: number
  leftOut: number
}

export const isLate = ({ task, startedAt }: Pick<LastRun, 'task' | 'startedAt'>, now: Date): boolean =>
  now.getTime() - startedAt.getTime() > watchedTasks[task].lateAfter

// ————— Alerts —————

/** An alert that is no longer seen for so long is over: one that comes and goes is told once. */
export const overAfter = 15 * minute
/** An alert that lasts is told again so often. */
export const toldAgainAfter = 6 * hour

/** All that alerts are decided on, at one instant. */
export interface Situation {
  now: Date
  waiting: { late: number; oldestDueAt: Date | null }
  /** In the last hour. */
  expired: number
  /** Since when messages leave and no receipt comes; null while they do. */
  unanswered: Date | null
  account: { credits: number | null; unreadSince: Date | null }
  /** What is left is said to be little below this. */
  creditAlert: number
  usual: UsualFigures | null
  queue: QueueFigures | null
  runs: readonly LastRun[]
}

/** What is to be mended now. */
export function troublesOf(situation: Situation): Trouble[] {
  const { now, waiting, expired, unanswered, account, creditAlert, usual, queue, runs } = situation
  const troubles: Trouble[] = []
  const { late, oldestDueAt } = waiting
  if (late > 0 && oldestDueAt) troubles.push({ kind: 'messages_late', facts: { late, oldestDueAt } })
  if (expired > 0) troubles.push({ kind: 'messages_expired', facts: { expired } })
  if (unanswered && workedBetween(unanswered, now) >= silenceAllowed)
    troubles.push({ kind: 'receipts_silent', facts: { since: unanswered } })
  for (const { id, ...facts } of usual?.failing ?? [])
    troubles.push({ kind: 'service_failing', about: String(id), facts })
  const { credits, unreadSince } = account
  if (credits !== null && usual) {
    const { needed, endsOn } = forecastOf(credits, usual, civilOf(now, teamZone).date)
    if (credits < Math.max(needed, creditAlert))
      troubles.push({ kind: 'credit_low', facts: { credits, needed, endsOn } })
  }
  if (unreadSince && now.getTime() - unreadSince.getTime() > creditUnreadFor)
    troubles.push({ kind: 'credit_unread', facts: { since: unreadSince } })
  for (const run of runs) {
    const { task, startedAt, leftOut } = run
    if (isLate(run, now)) troubles.push({ kind: 'task_late', about: task, facts: { lastAt: startedAt } })
    if (leftOut > 0) troubles.push({ kind: 'task_incomplete', about: task, facts: { leftOut } })
  }
  const failing = queue?.failing ?? []
  if (failing.length > 0)
    troubles.push({
      kind: 'jobs_failing',
      facts: {
        total: failing.reduce((sum, one) => sum + one.total, 0),
        tasks: failing.map(({ task }) => task),
      },
    })
  return troubles
}

/** Due for longer than that, a message is late. */
export const lateSince = (now: Date) => new Date(now.getTime() - lateAfter)
export const expiredSince = (now: Date) => new Date(now.getTime() - hour)

export interface StandingAlert {
  id: number
  kind: string
  about: string
  toldAt: Date
  absentSince: Date | null
}

/** What changes between the alerts that stand and what is seen now. */
export function changesOf(standing: readonly StandingAlert[], troubles: readonly Trouble[], now: Date) {
  const keyOf = (one: { kind: string; about?: string }) => `${one.kind} ${one.about ?? ''}`
  const seen = new Map(troubles.map((trouble) => [keyOf(trouble), trouble]))
  const known = new Set(standing.map(keyOf))
  const past = (instant: Date, lasting: number) => now.getTime() - instant.getTime() >= lasting
  const present = standing.filter((alert) => seen.has(keyOf(alert)))
  const absent = standing.filter((alert) => !seen.has(keyOf(alert)))
  const ended = absent.filter(({ absentSince }) => absentSince && past(absentSince, overAfter))
  return {
    raised: troubles.filter((trouble) => !known.has(keyOf(trouble))),
    /** With what is known of them now. */
    present: present.flatMap((alert) => {
      const trouble = seen.get(keyOf(alert))
      return trouble ? [{ id: alert.id, trouble }] : []
    }),
    lasting: present.filter(({ toldAt }) => past(toldAt, toldAgainAfter)),
    newlyAbsent: absent.filter(({ absentSince }) => !absentSince),
    ended,
  }
}
