import type { Actor, OrganizationKind } from '../shared/actor'
import { addMonths, civilDateFromDb, civilOf, type CivilDate } from '../shared/civil-time'
import { minute } from '../shared/duration'
import { mayConvoke, pendingDivestment, type ProbationerFacts } from './policy'

/** How many persons a search shows: whoever is not among them is searched by more. */
export const mostFound = 8

/** Age of penal follow-up in the community here: 16 years on the day of saving. */
const minimumAge = 16

export function whyNotDateOfBirth(
  dateOfBirth: CivilDate | null,
  today: CivilDate,
  { mayBeMissing }: { mayBeMissing: boolean },
):
  | 'probationer.date_of_birth_missing'
  | 'probationer.too_young'
  | 'probationer.date_of_birth_unlikely'
  | null {
  if (dateOfBirth === null) return mayBeMissing ? null : 'probationer.date_of_birth_missing'
  if (dateOfBirth < '1900-01-01') return 'probationer.date_of_birth_unlikely'
  const sixteenth = `${Number(dateOfBirth.slice(0, 4)) + minimumAge}${dateOfBirth.slice(4)}`
  return sixteenth > today ? 'probationer.too_young' : null
}

/** A phone, or one of the two boxes saying why there is none to use. */
export function whyNotReach(reach: {
  phone: string | null
  hasNoMobilePhone: boolean
  smsOptOut: boolean
}): 'probationer.phone_missing' | null {
  return reach.phone || reach.hasNoMobilePhone || reach.smsOptOut ? null : 'probationer.phone_missing'
}

/** One of the three answers to where a person lives, where it is asked. */
export function whyNotResidence(residence: {
  cityId: number | null
  isHomeless: boolean
  livesAbroad: boolean
}): 'probationer.residence_missing' | 'probationer.residence_twice' | null {
  const answers = [residence.cityId !== null, residence.isHomeless, residence.livesAbroad].filter(Boolean)
  if (answers.length === 1) return null
  return answers.length === 0 ? 'probationer.residence_missing' : 'probationer.residence_twice'
}

/** A part of a record that a form would refuse, and why. */
export interface RecordFault {
  field: 'dateOfBirth' | 'phone'
  reason: NonNullable<ReturnType<typeof whyNotDateOfBirth> | ReturnType<typeof whyNotReach>>
}

/**
 * What keeps a record from being convoked until it is completed: imports and central admins
 * may leave out what a form asks.
 */
export function recordFaults(
  record: { dateOfBirth: Date | null; phone: string | null; hasNoMobilePhone: boolean; smsOptOut: boolean },
  today: CivilDate,
): RecordFault[] {
  const birth = record.dateOfBirth && civilDateFromDb(record.dateOfBirth)
  const faults: { field: RecordFault['field']; reason: RecordFault['reason'] | null }[] = [
    { field: 'dateOfBirth', reason: whyNotDateOfBirth(birth, today, { mayBeMissing: false }) },
    { field: 'phone', reason: whyNotReach(record) },
  ]
  return faults.flatMap(({ field, reason }) => (reason ? [{ field, reason }] : []))
}

/** Why this person gets no new appointment from this actor: archived (decision C8), limited, or being divested. */
export function whyNotConvokable(
  actor: Actor,
  facts: ProbationerFacts,
): 'probationer.archived' | 'probationer.limited' | 'probationer.divestment_pending' | null {
  const why = whyNotEditable(facts)
  if (why) return why
  return mayConvoke(actor, facts) ? null : 'probationer.divestment_pending'
}

type State = Pick<ProbationerFacts, 'archivedAt' | 'limitedAt'>

/** An archived record is read, and no longer changed; so is one whose use is limited (decision P11). */
export const whyNotEditable = ({ archivedAt, limitedAt }: State) =>
  archivedAt ? ('probationer.archived' as const) : limitedAt ? ('probationer.limited' as const) : null

/** While a divestment is pending, another commune waits. The person may be beyond the jurisdiction: no more is said (P2). */
export const whyNotCityChanged = (facts: State & Pick<ProbationerFacts, 'divestments'>) =>
  whyNotEditable(facts) ?? (pendingDivestment(facts) ? ('divestment.not_possible_here' as const) : null)

export function whyNotArchivable(
  facts: State & Pick<ProbationerFacts, 'divestments'>,
): 'probationer.already_archived' | 'probationer.limited' | 'probationer.being_divested' | null {
  if (facts.archivedAt) return 'probationer.already_archived'
  if (facts.limitedAt) return 'probationer.limited'
  return pendingDivestment(facts) ? 'probationer.being_divested' : null
}

/**
 * By hand: what is archived erases itself, and may be brought back until then; what is limited is kept as it is. Neither
 * holds against the person, who asked to be erased (decision P11).
 */
export function whyNotDeletable({
  rightsRequests,
  ...facts
}: State & Pick<ProbationerFacts, 'divestments'> & { rightsRequests: readonly unknown[] }):
  'probationer.archived_erases_itself' | 'probationer.limited' | 'probationer.divested_not_deletable' | null {
  if (pendingDivestment(facts)) return 'probationer.divested_not_deletable'
  if (rightsRequests.length > 0) return null
  if (facts.archivedAt) return 'probationer.archived_erases_itself'
  return facts.limitedAt ? 'probationer.limited' : null
}

export const whyNotUnarchivable = ({ archivedAt }: Pick<State, 'archivedAt'>) =>
  archivedAt ? null : ('probationer.not_archived' as const)

export const whyNotAssignable = (facts: State & { assignedAgentId: number | null }) =>
  whyNotEditable(facts) ?? (facts.assignedAgentId ? ('probationer.already_assigned' as const) : null)

export const whyNotUnassignable = (facts: State & { assignedAgentId: number | null }) =>
  whyNotEditable(facts) ?? (facts.assignedAgentId ? null : ('probationer.not_assigned' as const))

/** Handing over is taken back as long as its notice may still be on a page. */
export const undoneWithin = 10 * minute

/** Why a person is not given back to whom they were with. */
export const whyNotHandedBack = (
  facts: State & { assignedAgentId: number | null },
  handOver: { agentId: number } | undefined,
) =>
  whyNotEditable(facts) ??
  (handOver?.agentId === facts.assignedAgentId ? null : ('probationer.handed_over_since' as const))

export const whyNotSmsEnabled = (facts: State & { smsOptOut: boolean }) =>
  whyNotEditable(facts) ?? (facts.smsOptOut ? null : ('probationer.sms_not_refused' as const))

/** What tells whether a person can be sent SMS, read by a `select`. */
export const reachFacts = {
  phone: true,
  phoneState: true,
  hasNoMobilePhone: true,
  smsOptOut: true,
  archivedAt: true,
  limitedAt: true,
} as const

export interface Reach {
  phone: string | null
  phoneState: 'fine' | 'to_check' | 'dead'
  hasNoMobilePhone: boolean
  smsOptOut: boolean
  archivedAt: Date | null
  limitedAt: Date | null
}

export type UnreachableReason = 'archived' | 'limited' | 'opted_out' | 'no_phone' | 'dead_number'

/** Why no SMS leaves for this person as they are now (decision P4; a dead number waits to be corrected). */
export function whyUnreachable(person: Reach): UnreachableReason | null {
  if (person.archivedAt) return 'archived'
  if (person.limitedAt) return 'limited'
  if (person.smsOptOut) return 'opted_out'
  if (!person.phone || person.hasNoMobilePhone) return 'no_phone'
  return person.phoneState === 'dead' ? 'dead_number' : null
}

export const canReceiveSms = (person: Reach): boolean => whyUnreachable(person) === null

export type Resemblance =
  'same_appi_number' | 'same_phone' | 'same_identity' | 'same_identity_one_appi_number'

/**
 * How a record resembles an existing one, strongest first; null when it does not. Same identity with
 * two different APPI numbers is two persons.
 */
export function resemblanceOf(
  typed: { appiNumber: string | null; phone: string | null; sameIdentity: boolean },
  existing: { appiNumber: string | null; phone: string | null },
): Resemblance | null {
  if (typed.appiNumber && typed.appiNumber === existing.appiNumber) return 'same_appi_number'
  if (typed.phone && typed.phone === existing.phone) return 'same_phone'
  if (!typed.sameIdentity) return null
  if (!typed.appiNumber && !existing.appiNumber) return 'same_identity'
  return typed.appiNumber && existing.appiNumber ? null : 'same_identity_one_appi_number'
}

/** Blocking: the record cannot be saved. Otherwise the agent may say it is another person. */
export function blocksSaving(resemblance: Resemblance): boolean {
  return resemblance !== 'same_identity_one_appi_number'
}

export interface ServiceFacts {
  id: number
  kind: OrganizationKind
}

/**
 * The organizations a new record gets: the deployed services of the city when there are some,
 * otherwise the creator's and those linked to it. A person followed by the anti-terrorism judge
 * leaves every court and takes the one of Paris.
 */
export function organizationsOfNewRecord(facts: {
  servicesOfCity: readonly ServiceFacts[]
  ownAndLinked: readonly ServiceFacts[]
  followedByAntiTerrorismJudge: boolean
  parisCourt: ServiceFacts | null
}): number[] {
  const services = facts.servicesOfCity.length > 0 ? facts.servicesOfCity : facts.ownAndLinked
  if (!facts.followedByAntiTerrorismJudge) return services.map((service) => service.id)
  const probation = services.filter((service) => service.kind !== 'court')
  return [...probation, ...(facts.parisCourt ? [facts.parisCourt] : [])].map((service) => service.id)
}

/**
 * Why the service of an imported file does not join those of a person known already; null when it does: they are
 * followed by one service, of the other kind and linked to it (decision P8).
 */
export function whyNotFollowedByImport(
  person: State &
    Pick<ProbationerFacts, 'divestments'> & {
      followers: readonly ServiceFacts[]
      followedByAntiTerrorismJudge: boolean
    },
  service: ServiceFacts & { linkedIds: readonly number[] },
):
  | 'followedAlready'
  | 'archivedAlready'
  | 'limitedAlready'
  | 'restricted'
  | 'beingDivested'
  | 'followedByOthers'
  | null {
  if (person.followers.some(({ id }) => id === service.id)) return 'followedAlready'
  if (person.archivedAt) return 'archivedAlready'
  if (person.limitedAt) return 'limitedAlready'
  if (person.followedByAntiTerrorismJudge) return 'restricted'
  if (pendingDivestment(person)) return 'beingDivested'
  const [only, ...others] = person.followers
  return only && others.length === 0 && only.kind !== service.kind && service.linkedIds.includes(only.id)
    ? null
    : 'followedByOthers'
}

/** Records are erased six months after they are archived (decision P6). */
export const keptMonths = 6

export function erasedOn(archivedAt: Date, zone: string): CivilDate {
  return addMonths(civilOf(archivedAt, zone).date, keptMonths)
}

/** What decision P2 says of the last name of somebody from another jurisdiction. */
export const initialOf = (lastName: string): string => `${lastName.slice(0, 1)}.`
