import type { DivestmentDecisionState, DivestmentState } from '@prisma/client'
import type { OrganizationKind } from '../shared/actor'
import { addDays, addMonths, civilOf, daysBetween, instantOf, type CivilDate } from '../shared/civil-time'

/** Calendar days for an answer; beyond, the night accepts what nothing holds back. */
export const answerDays = 10
/** Calendar days between two reminders to a service. */
const reminderDays = 5
/** Without an appointment for so long, nobody is asked. */
const quietMonths = 6

/** The wall on which the days of a request are counted: the night that settles them is the same for all. */
export const zoneOfDeadlines = 'Europe/Paris'

const dayOf = (instant: Date): CivilDate => civilOf(instant, zoneOfDeadlines).date

export const deadlineOf = (requestedAt: Date): CivilDate => addDays(dayOf(requestedAt), answerDays)

/** Days left to answer; 0 on the last one, and below once the night may accept. */
export const daysLeft = (requestedAt: Date, now: Date): number =>
  daysBetween(dayOf(now), deadlineOf(requestedAt))

export const isLate = (requestedAt: Date, now: Date): boolean => daysLeft(requestedAt, now) <= 0

const midnightAgo = (now: Date, days: number): Date =>
  instantOf(addDays(dayOf(now), 1 - days), '00:00', zoneOfDeadlines)

/** What was requested before this instant is late. */
export const lateBefore = (now: Date): Date => midnightAgo(now, answerDays)
/** Who was last reminded before this instant is reminded again. */
export const remindedBefore = (now: Date): Date => midnightAgo(now, reminderDays)

/** Who must answer: those who follow the person and would no longer. */
export const sourcesOf = (following: readonly number[], destinations: readonly number[]): number[] =>
  following.filter((id) => !destinations.includes(id))

export interface RequestedPerson {
  followingOrganizationIds: readonly number[]
  followedByAntiTerrorismJudge: boolean
  limitedAt: Date | null
  /** A request about them is pending. */
  isClaimed: boolean
  /** Convoked somewhere, today or later. */
  isExpected: boolean
}

export type Obstacle =
  | 'divestment.code_12'
  | 'divestment.limited'
  | 'divestment.already_following'
  | 'divestment.already_pending'
  | 'divestment.expected'
  | 'divestment.no_source'

/** Why nobody passes to other services as they are now, asked before or not (decisions P11, R7). */
export function whyNotPassed({
  followedByAntiTerrorismJudge,
  limitedAt,
}: Pick<RequestedPerson, 'followedByAntiTerrorismJudge' | 'limitedAt'>):
  'divestment.code_12' | 'divestment.limited' | null {
  if (followedByAntiTerrorismJudge) return 'divestment.code_12'
  return limitedAt ? 'divestment.limited' : null
}

/** Why a service may not ask for a person (decisions P1, P11, R7). */
export function whyNotRequested(
  person: RequestedPerson,
  { targetId, destinations }: { targetId: number; destinations: readonly number[] },
): Obstacle | null {
  if (person.followingOrganizationIds.includes(targetId)) return 'divestment.already_following'
  const forbidden = whyNotPassed(person)
  if (forbidden) return forbidden
  if (person.isClaimed) return 'divestment.already_pending'
  if (person.isExpected) return 'divestment.expected'
  return sourcesOf(person.followingOrganizationIds, destinations).length === 0 ? 'divestment.no_source' : null
}

/** What waits for an answer is decided, not passed by. */
export const whyNotTransferred = ({ divestments }: { divestments: readonly { state: DivestmentState }[] }) =>
  divestments.some(({ state }) => state === 'pending') ? ('divestment.already_pending' as const) : null

/**
 * Nobody is asked about a record that is whole and quiet: archived, or for six months neither registered nor convoked,
 * whatever became of the appointments. Otherwise the services that follow the person answer.
 */
export function firstState(
  person: {
    isComplete: boolean
    isArchived: boolean
    registered: CivilDate
    latestAppointment: CivilDate | null
  },
  today: CivilDate,
): 'auto_accepted' | 'pending' {
  const { isComplete, isArchived, registered, latestAppointment } = person
  const isQuiet = isArchived || (latestAppointment ?? registered) < addMonths(today, -quietMonths)
  return isComplete && isQuiet ? 'auto_accepted' : 'pending'
}

export interface Source {
  id: number
  kind: OrganizationKind
  /** Somebody there has a role that answers. */
  isAnswered: boolean
  hasLocalAdmin: boolean
  courtIds: readonly number[]
}

/**
 * How the row of a source begins while the divestment is pending: nobody there answers, or one of its courts that is
 * asked too answers for both.
 */
export function firstDecision(
  source: Source,
  sources: readonly Source[],
): Extract<DivestmentDecisionState, 'ignored' | 'auto_accepted' | 'pending'> {
  if (!source.isAnswered) return 'ignored'
  const court = sources.find(
    ({ id, hasLocalAdmin }) => source.courtIds.includes(id) && id !== source.id && hasLocalAdmin,
  )
  return source.kind === 'probation_service' && court ? 'auto_accepted' : 'pending'
}

interface Row {
  state: DivestmentDecisionState
}

/** Every service has agreed, or has nobody to say no. */
export const isAgreed = (rows: readonly Row[]): boolean =>
  rows.every(({ state }) => ['accepted', 'auto_accepted', 'ignored'].includes(state))

/** A row that waits for an answer; one that nobody answers is the central desk's. */
export const isOpen = ({ state }: Row, { atDesk }: { atDesk: boolean }): boolean =>
  state === 'pending' || (atDesk && state === 'ignored')

/** Why a divestment is not answered any more, or not by these rows. */
export function whyNotAnswered(
  { state }: { state: DivestmentState },
  rows: readonly Row[],
  desk: { atDesk: boolean },
): 'divestment.over' | 'divestment.already_answered' | null {
  if (state !== 'pending') return 'divestment.over'
  return rows.some((row) => isOpen(row, desk)) ? null : 'divestment.already_answered'
}

export const whyNotWithdrawn = ({ state }: { state: DivestmentState }) =>
  state === 'pending' ? null : ('divestment.over' as const)

/** What keeps a pending divestment from ending by itself, as the central desk reads it. */
export type Blocking = 'nobody_answers' | 'incomplete' | 'expected' | 'late' | 'waiting'

/**
 * What a request that waits, waits for. Late and held back by nothing, it ends the next night.
 */
export function blockingOf(
  {
    rows,
    createdAt,
    isComplete,
    isExpected,
  }: {
    rows: readonly Row[]
    createdAt: Date
    isComplete: boolean
    isExpected: boolean
  },
  now: Date,
): Blocking {
  if (rows.every(({ state }) => state === 'ignored')) return 'nobody_answers'
  if (!isComplete) return 'incomplete'
  if (!isLate(createdAt, now)) return 'waiting'
  return isExpected ? 'expected' : 'late'
}

/** Accepted without an answer: what nothing holds back (decision P1). */
export const isAcceptedByTheNight = ({
  isComplete,
  isArchived,
  isExpected,
}: {
  isComplete: boolean
  isArchived: boolean
  /** Convoked after today by another than the claiming service and those linked to it. */
  isExpected: boolean
}): boolean => isComplete && (isArchived || !isExpected)
