import type { AppointmentState } from '../appointment/rules'
import { day, hour, minute, second } from '../shared/duration'
import { sharedPhone } from '../agent/rules'
import { reachFacts, whyUnreachable, type Reach } from '../probationer/rules'

/** How long a link sent to a person opens something (decision A5). */
export const invitationLasts = 7 * day
export const resetLasts = 30 * minute

/** Sessions of persons (decision A3): phones are shared. */
export const spaceIdle = 20 * minute
const spaceAtMost = 12 * hour

export const isSpaceSessionOver = ({ signedInAt }: { signedInAt: number }, now: Date): boolean =>
  now.getTime() - signedInAt >= spaceAtMost

/** Nobody is invited twice in a day: the second would only say that the first was not read yet. */
const invitedAgainAfter = day

/** Whoever has not come for so long may have lost the number, until an agent gives it. */
const numberTrustedFor = 183 * day

export interface SpaceAccountFacts {
  invitationCount: number
  invitationsAllowed: number
  lastInvitedAt: Date | null
  lastInvitedOnPaper: boolean
  acceptedAt: Date | null
  revokedAt: Date | null
}

/** Read with a `select`. */
export const spaceAccountFacts = {
  invitationCount: true,
  invitationsAllowed: true,
  lastInvitedAt: true,
  lastInvitedOnPaper: true,
  acceptedAt: true,
  revokedAt: true,
} as const

/** What inviting a person depends on, read with a `select`. */
export const spaceFacts = {
  ...reachFacts,
  spaceAccount: { select: spaceAccountFacts },
  followings: {
    select: { organization: { select: { probationerSpaceEnabled: true, spaceOnPaper: true } } },
  },
} as const

/** The same, once read. */
export const invitableOf = <
  Person extends {
    followings: readonly {
      organization: { probationerSpaceEnabled: boolean; spaceOnPaper: boolean }
    }[]
  },
>(
  person: Person,
) => ({
  ...person,
  isSpaceEnabled: person.followings.some(({ organization }) => organization.probationerSpaceEnabled),
  isPaperAllowed: person.followings.some(
    ({ organization }) => organization.probationerSpaceEnabled && organization.spaceOnPaper,
  ),
})

export interface Invitable extends Reach {
  spaceAccount: SpaceAccountFacts | null
  /** By one at least of the services that follow them. */
  isSpaceEnabled: boolean
  /** By one of those: invitations are handed over on paper. */
  isPaperAllowed: boolean
}

/** Why a person is not invited to their space now, whatever the way. */
export function whyNotInvited({ spaceAccount: account, ...person }: Invitable, now: Date) {
  if (!person.isSpaceEnabled) return 'space.not_enabled' as const
  if (person.archivedAt) return 'probationer.archived' as const
  if (person.limitedAt) return 'probationer.limited' as const
  if (account?.revokedAt) return 'space.revoked' as const
  if (account?.acceptedAt) return 'space.already_open' as const
  if (account && account.invitationCount >= account.invitationsAllowed)
    return 'space.no_invitation_left' as const
  const { lastInvitedAt } = account ?? {}
  return lastInvitedAt && now.getTime() - lastInvitedAt.getTime() < invitedAgainAfter
    ? ('space.invited_today' as const)
    : null
}

const unreachableHere = {
  archived: 'probationer.archived',
  limited: 'probationer.limited',
  opted_out: 'space.sms_refused',
  no_phone: 'space.no_phone',
  dead_number: 'space.dead_number',
} as const

/** The same, by SMS. */
export function whyNotInvitedBySms(person: Invitable, now: Date) {
  const why = whyNotInvited(person, now)
  if (why) return why
  const reason = whyUnreachable(person)
  return reason && unreachableHere[reason]
}

/** A sheet that was badly printed, or lost: for a day, another one takes its place and is the same invitation. */
export const isSameSheet = (account: SpaceAccountFacts | null, now: Date): boolean =>
  account !== null &&
  account.lastInvitedOnPaper &&
  account.lastInvitedAt !== null &&
  now.getTime() - account.lastInvitedAt.getTime() < invitedAgainAfter &&
  !account.acceptedAt &&
  !account.revokedAt

/** On paper, for who receives no SMS: to enter, one says a number all the same. */
export const whyNotHandedOver = (person: Invitable, now: Date) =>
  whyNotInvited(isSameSheet(person.spaceAccount, now) ? { ...person, spaceAccount: null } : person, now) ??
  (person.isPaperAllowed ? null : ('space.no_paper' as const)) ??
  (person.phone ? null : ('space.no_phone' as const)) ??
  (whyUnreachable(person) ? null : ('space.sms_arrives' as const))

/** Closing an access that nobody was ever given changes nothing. */
export const whyNotRevoked = ({ spaceAccount }: { spaceAccount: SpaceAccountFacts | null }) =>
  spaceAccount && !spaceAccount.revokedAt && (spaceAccount.acceptedAt || spaceAccount.invitationCount > 0)
    ? null
    : ('space.nothing_to_close' as const)

/** An access is opened anew when it was used, closed, or when no invitation is left. */
export const whyNotReset = ({ spaceAccount: account }: { spaceAccount: SpaceAccountFacts | null }) =>
  account &&
  (account.acceptedAt || account.revokedAt || account.invitationCount >= account.invitationsAllowed)
    ? null
    : ('space.nothing_to_reset' as const)

export const spaceStates = ['never', 'invited', 'reinvited', 'open', 'revoked'] as const
export type SpaceState = (typeof spaceStates)[number]

/** Where the space of a person stands, as agents read it. */
export function spaceStateOf(account: SpaceAccountFacts | null): SpaceState {
  if (account?.revokedAt) return 'revoked'
  if (account?.acceptedAt) return 'open'
  if (!account || account.invitationCount === 0) return 'never'
  return account.invitationCount === 1 ? 'invited' : 'reinvited'
}

export interface SpaceLink {
  usedAt: Date | null
  expiresAt: Date
}
export const isSpaceLinkUsable = ({ usedAt, expiresAt }: SpaceLink, now: Date): boolean =>
  usedAt === null && now < expiresAt

export interface Opened {
  acceptedAt: Date | null
  revokedAt: Date | null
  numberSeenOn: Date | null
  probationer: { archivedAt: Date | null; limitedAt: Date | null }
}

/** Whether a forgotten password is chosen again by SMS. Of an archived record no SMS leaves any more. */
export function mayResetBySms(
  { acceptedAt, revokedAt, numberSeenOn, probationer }: Opened,
  now: Date,
): boolean {
  if (!acceptedAt || revokedAt || probationer.archivedAt || probationer.limitedAt) return false
  const seen = numberSeenOn ?? acceptedAt
  return now.getTime() - seen.getTime() < numberTrustedFor
}

// ————— Wrong passwords —————

export interface SpaceTries {
  failedAttempts: number
  lockedUntil: Date | null
}

/** Wrong passwords before the first wait, and before the long one. */
const waitsAfter = 3
const locksAfter = 10
const longWait = 15 * minute

/** 5 s, 10 s, 20 s… a minute at most; then a quarter of an hour. Never for ever: an SMS opens it again. */
function waitAfter(failedAttempts: number): number {
  if (failedAttempts >= locksAfter) return longWait
  if (failedAttempts < waitsAfter) return 0
  return Math.min(5 * second * 2 ** (failedAttempts - waitsAfter), minute)
}

export const isSpaceLocked = ({ lockedUntil }: SpaceTries, now: Date): boolean =>
  lockedUntil !== null && now < lockedUntil

/** Locked for long, as agents are told: nothing of each try. */
export const isSpaceShut = ({ failedAttempts, lockedUntil }: SpaceTries, now: Date): boolean =>
  failedAttempts >= locksAfter && lockedUntil !== null && now < lockedUntil

/** What one more try gives, and what is kept of it; the same for a number that nobody has. */
export function afterSpaceTry(
  tries: SpaceTries,
  isRight: boolean,
  now: Date,
): SpaceTries & { isOpen: boolean } {
  if (isSpaceLocked(tries, now)) return { ...tries, isOpen: false }
  if (isRight) return { failedAttempts: 0, lockedUntil: null, isOpen: true }
  // The long wait over, a new count.
  const failedAttempts = (tries.failedAttempts >= locksAfter ? 0 : tries.failedAttempts) + 1
  const wait = waitAfter(failedAttempts)
  return { failedAttempts, lockedUntil: wait > 0 ? new Date(now.getTime() + wait) : null, isOpen: false }
}

/** How long a count is kept: longer than any wait. */
export const triesKeptFor = day

// ————— Forgotten passwords —————

/** SMS to one number, so that nobody makes a phone ring all day. */
export const resetsAnHour = 3
export const resetsADay = 5
/** A second click is the same question. */
const resetsApart = minute

export function mayAskReset(askedAt: readonly Date[], now: Date): boolean {
  const since = (span: number) => askedAt.filter((at) => now.getTime() - at.getTime() < span).length
  return since(resetsApart) === 0 && since(hour) < resetsAnHour && since(day) < resetsADay
}

// ————— Appointments —————

/** As the person is told: `past` is one whose outcome is not recorded yet. */
export type OwnState = 'to_come' | 'past' | 'attended' | 'missed' | 'excused' | 'cancelled' | 'rescheduled'

/** Where a list shows it. Nobody is expected any more at a date that is cancelled, moved, or excused before it came. */
export function ownSectionOf(state: OwnState, isAhead: boolean): 'toCome' | 'past' | 'off' {
  if (state === 'to_come') return 'toCome'
  return isAhead || state === 'cancelled' || state === 'rescheduled' ? 'off' : 'past'
}

export function ownStateOf(
  { state, startsAt }: { state: AppointmentState; startsAt: Date },
  now: Date,
): OwnState {
  if (state !== 'booked') return state
  return startsAt > now ? 'to_come' : 'past'
}

// ————— Contacts —————

/** A new referent is said at the top of the page for so long. */
export const newReferentSaidFor = 30 * day

/** What an agent shares of theirs, as the person sees it; nothing once the follow-up has ended. */
export function sharedContact(
  agent: {
    phone: string | null
    email: string
    sharesPhone: boolean
    phoneIsProfessional: boolean
    sharesEmail: boolean
    isGone: boolean
    organizationId: number
  },
  {
    archivedAt,
    followingOrganizationIds,
  }: { archivedAt: Date | null; followingOrganizationIds: readonly number[] },
): { phone: string | null; email: string | null } | null {
  if (archivedAt || agent.isGone || !followingOrganizationIds.includes(agent.organizationId)) return null
  return {
    phone: sharedPhone(agent),
    email: agent.sharesEmail ? agent.email : null,
  }
}
