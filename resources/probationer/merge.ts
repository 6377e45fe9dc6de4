import type { Reach } from './rules'

/** What one record becomes when another of the same person is merged into it. The preview and the act read the same. */

export interface Mergeable extends Reach {
  id: number
  dateOfBirth: Date | null
  appiNumber: string | null
  smsOptOutToken: string
  smsStoppedAt: Date | null
  assignedAgentId: number | null
  cityId: number | null
  isHomeless: boolean
  livesAbroad: boolean
  followedByAntiTerrorismJudge: boolean
  creatingOrganizationId: number | null
  createdAt: Date
  divestments: readonly { state: string }[]
}

/** Read with a `select`. */
export const mergeFacts = {
  id: true,
  dateOfBirth: true,
  appiNumber: true,
  phone: true,
  phoneState: true,
  hasNoMobilePhone: true,
  smsOptOut: true,
  smsOptOutToken: true,
  smsStoppedAt: true,
  assignedAgentId: true,
  cityId: true,
  isHomeless: true,
  livesAbroad: true,
  followedByAntiTerrorismJudge: true,
  creatingOrganizationId: true,
  createdAt: true,
  archivedAt: true,
  limitedAt: true,
} as const

export type MergedField =
  | 'dateOfBirth'
  | 'phone'
  | 'appiNumber'
  | 'residence'
  | 'assignedAgent'
  | 'smsOptOut'
  | 'followedByAntiTerrorismJudge'
  | 'unarchived'

const livesSomewhere = ({ cityId, isHomeless, livesAbroad }: Mergeable) =>
  cityId !== null || isHomeless || livesAbroad

/** Empty fields are completed from the other; what protects the person (a refusal, a code 12) is never lost. */
export function merged(kept: Mergeable, other: Mergeable) {
  // A number at which nothing arrives is worth none.
  const takesPhone =
    other.phone !== null &&
    (kept.phone === null || (kept.phoneState === 'dead' && other.phoneState !== 'dead'))
  const reach = takesPhone ? other : kept
  const refuses = kept.smsOptOut || other.smsOptOut
  const residence = livesSomewhere(kept) ? kept : other
  const archivedAt =
    kept.archivedAt && other.archivedAt
      ? new Date(Math.max(kept.archivedAt.getTime(), other.archivedAt.getTime()))
      : null
  const data = {
    dateOfBirth: kept.dateOfBirth ?? other.dateOfBirth,
    phone: reach.phone,
    phoneState: reach.phoneState,
    hasNoMobilePhone: reach.phone === null && (kept.hasNoMobilePhone || other.hasNoMobilePhone),
    // The link of an SMS is bound to its number.
    smsOptOutToken: reach.smsOptOutToken,
    smsOptOut: refuses,
    smsStoppedAt: refuses ? (kept.smsStoppedAt ?? other.smsStoppedAt) : null,
    appiNumber: kept.appiNumber ?? other.appiNumber,
    assignedAgentId: kept.assignedAgentId ?? other.assignedAgentId,
    cityId: residence.cityId,
    isHomeless: residence.isHomeless,
    livesAbroad: residence.livesAbroad,
    followedByAntiTerrorismJudge: kept.followedByAntiTerrorismJudge || other.followedByAntiTerrorismJudge,
    creatingOrganizationId: kept.creatingOrganizationId ?? other.creatingOrganizationId,
    createdAt: new Date(Math.min(kept.createdAt.getTime(), other.createdAt.getTime())),
    // Followed under one of the two, the person is followed.
    archivedAt,
  }
  const changes: [MergedField, boolean][] = [
    ['dateOfBirth', kept.dateOfBirth === null && other.dateOfBirth !== null],
    ['phone', takesPhone],
    ['appiNumber', kept.appiNumber === null && other.appiNumber !== null],
    ['residence', !livesSomewhere(kept) && livesSomewhere(other)],
    ['assignedAgent', kept.assignedAgentId === null && other.assignedAgentId !== null],
    ['smsOptOut', !kept.smsOptOut && other.smsOptOut],
    [
      'followedByAntiTerrorismJudge',
      !kept.followedByAntiTerrorismJudge && other.followedByAntiTerrorismJudge,
    ],
    ['unarchived', kept.archivedAt !== null && archivedAt === null],
  ]
  const differs = (one: Date | string | number | null, another: Date | string | number | null) =>
    one !== null && another !== null && one.valueOf() !== another.valueOf()
  const losses: [MergedField, boolean][] = [
    ['dateOfBirth', differs(kept.dateOfBirth, other.dateOfBirth)],
    ['phone', differs(kept.phone, other.phone) && !takesPhone],
    ['appiNumber', differs(kept.appiNumber, other.appiNumber)],
    [
      'residence',
      livesSomewhere(kept) &&
        livesSomewhere(other) &&
        (kept.cityId !== other.cityId ||
          kept.isHomeless !== other.isHomeless ||
          kept.livesAbroad !== other.livesAbroad),
    ],
    ['assignedAgent', differs(kept.assignedAgentId, other.assignedAgentId)],
  ]
  const namesOf = (list: [MergedField, boolean][]) => list.flatMap(([name, holds]) => (holds ? [name] : []))
  return {
    data,
    /** What the kept record receives. */
    receives: namesOf(changes),
    /** What only the other holds, and is lost with it. */
    loses: namesOf(losses),
  }
}

export type MergeObstacle =
  | 'probationer.merge_itself'
  | 'probationer.merge_limited'
  | 'probationer.merge_being_divested'
  | 'probationer.merge_same_instant'

/** Everything that forbids the merge of two records, as they are now. */
export function mergeObstacles(
  kept: Mergeable,
  other: Mergeable,
  { sameInstant }: { sameInstant: boolean },
): MergeObstacle[] {
  // It speaks of the services of one record: on the united one its end would take away others.
  const isBeingDivested = [kept, other].some(({ divestments }) =>
    divestments.some(({ state }) => state === 'pending'),
  )
  const reasons: [MergeObstacle, boolean][] = [
    ['probationer.merge_itself', kept.id === other.id],
    ['probationer.merge_limited', Boolean(kept.limitedAt ?? other.limitedAt)],
    ['probationer.merge_being_divested', isBeingDivested],
    ['probationer.merge_same_instant', sameInstant],
  ]
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []))
}

export interface SpaceAccess {
  acceptedAt: Date | null
  revokedAt: Date | null
}

const isUsed = ({ acceptedAt, revokedAt }: SpaceAccess) => acceptedAt !== null && revokedAt === null

/** Of two accounts, the one that the person uses stays; when neither is used, or both, the one of the number that stays. */
export function keepsOwnSpace(
  own: SpaceAccess | null,
  others: SpaceAccess | null,
  receives: readonly MergedField[],
): boolean {
  if (!own || !others) return own !== null
  return isUsed(own) === isUsed(others) ? !receives.includes('phone') : isUsed(own)
}
