import { day, hour, minute } from '../shared/duration'
import { mayBeMobile } from '../shared/phone'
import { charterVersion } from './charter'

/** Wrong passwords before an account is locked (decision A1). */
export const triesAllowed = 3
export const lockLasts = 24 * hour

export const sessionIdle = 60 * minute
const sessionAtMost = 12 * hour

export const resetLinkLasts = 6 * hour
export const invitationLinkLasts = 30 * day

/** A browser that an agent has signed in from is known for as long. */
export const browserKnownFor = 90 * 24 * hour

/** A browser, and the agents who signed in from it, as its signed cookie says. */
export interface KnownBrowser {
  id: string
  agents: readonly { id: number; at: number }[]
}

export function knowsBrowser({ agents }: KnownBrowser, agentId: number, now: Date): boolean {
  return agents.some(({ id, at }) => id === agentId && now.getTime() - at < browserKnownFor)
}

/** As many agents as share a machine: the last to sign in. */
const agentsOfBrowser = 5

/** The browser as it is known once this agent has signed in from it. */
export function withAgent(browser: KnownBrowser, agentId: number, now: Date): KnownBrowser {
  const others = browser.agents.filter(({ id }) => id !== agentId)
  return { ...browser, agents: [{ id: agentId, at: now.getTime() }, ...others].slice(0, agentsOfBrowser) }
}

/** Asked twice in a row, one mail leaves. */
export const resetMailEvery = 2 * minute

/** A lock opens by itself after 24 hours. */
export function isLocked(agent: { lockedAt: Date | null }, now: Date): boolean {
  return agent.lockedAt !== null && now.getTime() - agent.lockedAt.getTime() < lockLasts
}

export const accountStates = ['active', 'invited', 'charter_due', 'locked', 'deleted'] as const
export type AccountState = (typeof accountStates)[number]

/** Where an account stands: a lock is said before an invitation that waits, and that before the charter. */
export function accountStateOf(
  agent: {
    lockedAt: Date | null
    passwordHash: string | null
    securityCharterVersion: string | null
    deletedAt: Date | null
  },
  now: Date,
): AccountState {
  if (agent.deletedAt) return 'deleted'
  if (isLocked(agent, now)) return 'locked'
  if (agent.passwordHash === null) return 'invited'
  return agent.securityCharterVersion === charterVersion ? 'active' : 'charter_due'
}

/** A session ends 12 hours after the sign-in, however busy it was. */
export function isSessionOver(session: { signedInAt: number }, now: Date): boolean {
  return now.getTime() - session.signedInAt >= sessionAtMost
}

/** What is kept of the tries on an e-mail, whether an account has this e-mail or not. */
export interface Tries {
  failedAttempts: number
  lockedAt: Date | null
}

export type TryOutcome = 'opened' | 'wrong' | 'locked'

/**
 * What one more try on an e-mail gives, and what is kept of it. The same for an e-mail nobody has:
 * that is what makes both answers alike. A locked account opens to no password, and a try on it
 * does not prolong the lock.
 */
export function afterTry(tries: Tries, rightPassword: boolean, now: Date): Tries & { outcome: TryOutcome } {
  if (isLocked(tries, now)) return { ...tries, outcome: 'locked' }
  if (rightPassword) return { failedAttempts: 0, lockedAt: null, outcome: 'opened' }
  // A lock that has run out starts a new count.
  const failedAttempts = (tries.lockedAt ? 0 : tries.failedAttempts) + 1
  const locks = failedAttempts >= triesAllowed
  return { failedAttempts, lockedAt: locks ? now : null, outcome: locks ? 'locked' : 'wrong' }
}

/** A link is used once, before its end. */
export function isLinkUsable(link: { usedAt: Date | null; expiresAt: Date }, now: Date): boolean {
  return link.usedAt === null && link.expiresAt > now
}

/** Months without a sign-in after which an account is listed as unused. */
export const unusedAfterMonths = 6

/** What a deleted account takes no more; its reactivation is what brings it back. */
export const whyNotInUse = ({ deletedAt }: { deletedAt: Date | null }) =>
  deletedAt ? ('agent.deleted' as const) : null

export const whyNotUnlockable = (agent: { deletedAt: Date | null; lockedAt: Date | null }, now: Date) =>
  whyNotInUse(agent) ?? (isLocked(agent, now) ? null : ('agent.not_locked' as const))

export const whyNotInvitedAgain = (agent: { deletedAt: Date | null; passwordHash: string | null }) =>
  whyNotInUse(agent) ?? (agent.passwordHash === null ? null : ('agent.already_active' as const))

export const whyNotReactivated = ({ deletedAt }: { deletedAt: Date | null }) =>
  deletedAt ? null : ('agent.not_deleted' as const)

interface OwnPhone {
  phone: string | null
  sharesPhone: boolean
  phoneIsProfessional: boolean
}

/** A mobile may be the agent's own: nobody reads it until they have said that it is a professional one. */
export const whyPhoneNotShared = ({ phone, phoneIsProfessional }: Omit<OwnPhone, 'sharesPhone'>) =>
  phone && mayBeMobile(phone) && !phoneIsProfessional ? ('agent.mobile_to_confirm' as const) : null

export const sharedPhone = (own: OwnPhone): string | null =>
  own.sharesPhone && !whyPhoneNotShared(own) ? own.phone : null

interface Contact extends OwnPhone {
  firstName: string
  lastName: string
  email: string
  sharesEmail: boolean
}

/**
 * What a person reads of the agent who follows them: each of phone and e-mail only when it is shared. Who follows
 * nobody shares nothing, whatever their boxes say.
 */
export const sharedContact = (
  { firstName, lastName, email, sharesEmail, ...own }: Contact,
  mayShare: boolean,
) => ({
  name: `${firstName} ${lastName}`,
  phone: mayShare ? sharedPhone(own) : null,
  email: mayShare && sharesEmail ? email : null,
})
