import type * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf } from '../../shared/civil-time'
import { readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { fictionAllowed } from '../../shared/env.server'
import { refuseIf, Refused } from '../../shared/errors'
import { fold } from '../../shared/fold'
import { lockKey } from '../../shared/lock.server'
import { normalizePhone, whyNotProbationerPhone } from '../../shared/phone'
import { usesInterJurisdiction } from '../../shared/rights'
import { countByActor } from '../../shared/throttle.server'
import { auditApart } from '../../shared/transact.server'
import { violatesUnique } from '../../shared/unique.server'
import type { Duplicate } from '../queries/duplicates.server'
import { probationerRefusals, type ProbationerRefusal } from '../fr'
import { whyNotDateOfBirth, whyNotReach, whyNotResidence } from '../rules'
import { typedPerson } from '../schema'

type TypedPerson = z.output<typeof typedPerson>

/** What the rules of a record say of what is typed; a field that could not be read is left out. */
function refusalsOf(
  { actor, now }: Context<AgentActor>,
  input: Partial<TypedPerson>,
): { field: keyof TypedPerson; reason: ProbationerRefusal }[] {
  const { organization, role } = actor
  const today = civilOf(now, organization.timeZone).date
  const { dateOfBirth, phone, cityId, isHomeless, livesAbroad } = input
  const reasons: [keyof TypedPerson, ProbationerRefusal | null | false][] = [
    [
      'dateOfBirth',
      dateOfBirth !== undefined &&
        whyNotDateOfBirth(dateOfBirth, today, { mayBeMissing: role === 'central_admin' }),
    ],
    ['phone', phone !== undefined && whyNotPhone(phone, organization.departmentCode)],
    [
      'phone',
      phone === null &&
        whyNotReach({
          phone,
          hasNoMobilePhone: input.hasNoMobilePhone ?? false,
          smsOptOut: input.smsOptOut ?? false,
        }),
    ],
    [
      'cityId',
      cityId !== undefined &&
        usesInterJurisdiction(actor) &&
        whyNotResidence({ cityId, isHomeless: isHomeless ?? false, livesAbroad: livesAbroad ?? false }),
    ],
  ]
  return reasons.flatMap(([field, reason]) => (reason ? [{ field, reason }] : []))
}

/** The same of a form as it was sent, of which some fields may be unreadable. */
export function personFaults(ctx: Context<AgentActor>, raw: unknown): Fault[] {
  return refusalsOf(ctx, readableFields(typedPerson, raw)).map(({ field, reason }) => ({
    path: [field],
    message: probationerRefusals[reason],
  }))
}

/**
 * What a form says of a person, checked against the rules of a record, as it is written.
 *
 * @throws Refused beside the field that breaks one.
 */
export function checkedPerson(ctx: Context<AgentActor>, input: TypedPerson) {
  const [first] = refusalsOf(ctx, input)
  refuseIf(first?.reason, first?.field)
  const phone = input.phone && normalizePhone(input.phone, ctx.actor.organization.departmentCode)
  return {
    lastName: input.lastName,
    firstName: input.firstName,
    dateOfBirth: input.dateOfBirth ? dbDateOf(input.dateOfBirth) : null,
    phone,
    // A number makes "no mobile" untrue.
    hasNoMobilePhone: input.hasNoMobilePhone && phone === null,
    appiNumber: input.appiNumber,
    cityId: input.cityId,
    isHomeless: input.isHomeless,
    livesAbroad: input.livesAbroad,
    followedByAntiTerrorismJudge: input.followedByAntiTerrorismJudge,
  }
}

/** Why a number is no number of theirs, read with the territory of the service; nothing typed is nothing wrong. */
function whyNotPhone(typed: string | null, departmentCode: string): ProbationerRefusal | null {
  if (!typed) return null
  const phone = normalizePhone(typed, departmentCode)
  return phone ? whyNotProbationerPhone(phone, { fictionAllowed }) : 'probationer.phone_unreadable'
}

const takenBy = {
  same_appi_number: ['probationer.appi_number_taken', 'appiNumber'],
  same_phone: ['probationer.phone_taken', 'phone'],
  same_identity: ['probationer.identity_taken', 'lastName'],
  same_identity_one_appi_number: ['probationer.identity_alike', 'isAnotherPerson'],
} satisfies Record<Duplicate['resemblance'], [ProbationerRefusal, string]>

/** Two who type one person at once come one after the other: the second is told of the resemblance. */
export async function lockIdentity(ctx: Context, person: TypedPerson): Promise<void> {
  if (person.dateOfBirth) await lockKey(ctx, identityOf(person))
}

/** Of those who bear one name and were born one day. */
export const identityOf = ({ lastName, firstName, dateOfBirth }: TypedPerson): string =>
  ['identity', fold(lastName), fold(firstName), dateOfBirth ?? ''].join('/')

/**
 * A blocking resemblance always refuses; a warning, until the agent says it is another person. A refusal says as much
 * as the notice does of somebody beyond the jurisdiction: it is counted and traced as the notice is (decision P2).
 *
 * @throws TooMany beyond what anybody types.
 */
export async function refuseDuplicates(
  { actor }: Context<AgentActor>,
  duplicates: Duplicate[],
  isAnotherPerson: boolean,
): Promise<void> {
  const first = duplicates.find((duplicate) => duplicate.blocking || !isAnotherPerson)
  if (!first) return
  if (!first.record) {
    const { probationerId } = first
    await auditApart(actor, {
      ...{ action: 'look_up', subject: 'probationer', subjectId: probationerId, probationerId },
    })
    await countByActor('typed-person', actor)
  }
  const [code, field] = takenBy[first.resemblance]
  throw new Refused(code, {}, field)
}

/** Another transaction may have taken the number between the check and the write: same answer. */
export async function orTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    const taken = violatesUnique(error, 'phone')
      ? 'same_phone'
      : violatesUnique(error, 'appi_number')
        ? 'same_appi_number'
        : violatesUnique(error)
          ? 'same_identity'
          : null
    if (!taken) throw error
    const [code, field] = takenBy[taken]
    throw new Refused(code, {}, field)
  }
}
