import type { z } from 'zod'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { fictionAllowed } from '../../shared/env.server'
import { refuseIf, Refused } from '../../shared/errors'
import { normalizePhone, whyNotProbationerPhone } from '../../shared/phone'
import { usesInterJurisdiction } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import type { Duplicate } from '../queries/duplicates.server'
import type { ProbationerRefusal } from '../fr'
import { whyNotDateOfBirth, whyNotReach } from '../rules'
import type { typedPerson } from '../schema'

/**
 * What a form says of a person, checked against the rules of 04 §1–3, as it is written.
 *
 * @throws Refused beside the field that breaks one.
 */
export function checkedPerson(ctx: Context<AgentActor>, input: z.output<typeof typedPerson>) {
  const { organization, role } = ctx.actor
  const today = civilOf(ctx.now, organization.timeZone).date
  refuseIf(
    whyNotDateOfBirth(input.dateOfBirth, today, {
      mayBeMissing: role === 'central_admin',
    }),
    'dateOfBirth',
  )
  const phone = readPhone(input.phone, organization.departmentCode)
  refuseIf(whyNotReach({ ...input, phone }), 'phone')
  if (usesInterJurisdiction(ctx.actor) && !input.cityId && !input.isHomeless && !input.livesAbroad) {
    refuseIf('probationer.residence_missing', 'cityId')
  }
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

/** The number in E.164, read with the territory of the service; null when nothing was typed. */
function readPhone(typed: string | null, departmentCode: string): string | null {
  if (!typed) return null
  const phone = normalizePhone(typed, departmentCode)
  if (!phone) throw new Refused('probationer.phone_unreadable', {}, 'phone')
  refuseIf(whyNotProbationerPhone(phone, { fictionAllowed }), 'phone')
  return phone
}

const takenBy = {
  same_appi_number: ['probationer.appi_number_taken', 'appiNumber'],
  same_phone: ['probationer.phone_taken', 'phone'],
  same_identity: ['probationer.identity_taken', 'lastName'],
  same_identity_one_appi_number: ['probationer.identity_alike', 'isAnotherPerson'],
} satisfies Record<Duplicate['resemblance'], [ProbationerRefusal, string]>

/** A blocking resemblance always refuses; a warning, until the agent says it is another person. */
export function refuseDuplicates(duplicates: Duplicate[], isAnotherPerson: boolean): void {
  const first = duplicates.find((duplicate) => duplicate.blocking || !isAnotherPerson)
  if (!first) return
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
