import { randomBytes } from 'node:crypto'
import { recordHistory } from '../../history-entry/commands.server'
import { parisCourt, servicesOfCity, servicesOfJurisdiction } from '../../organization/queries.server'
import { trace } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { fictionAllowed } from '../../shared/env.server'
import { allow, refuse, Refused } from '../../shared/errors'
import { lockKey } from '../../shared/lock.server'
import { normalizePhone, whyNotProbationerPhone } from '../../shared/phone'
import { violatesUnique } from '../../shared/unique.server'
import { canFollowProbationers, usesInterJurisdiction } from '../../shared/rights'
import { duplicatesOf, type Duplicate } from '../duplicates.server'
import { mayOnProbationer } from '../policy'
import { organizationsOfNewRecord, whyNotDateOfBirth, whyNotReach } from '../rules'
import { registerProbationerInput, type RegisterProbationerInput } from '../schema'
import type { ProbationerRefusal } from '../fr'

/**
 * Registers a person with the services that follow them (02 §4). A double submit registers once.
 *
 * @throws Refused when the identity, the phone or the APPI number is taken, or a rule of 04 §1–3 says no.
 */
export const registerProbationer = command(
  registerProbationerInput,
  async (ctx: Context<AgentActor>, input): Promise<{ id: number }> => {
    if (input.requestKey) {
      await lockKey(ctx, input.requestKey)
      const made = await ctx.tx.probationer.findUnique({
        where: { requestKey: input.requestKey },
        select: { id: true },
      })
      if (made) return made
    }

    const organizationIds = await organizationsOf(ctx, input)
    allow(
      mayOnProbationer(ctx.actor, 'create', {
        followingOrganizationIds: organizationIds,
        assignedAgentId: null,
        archivedAt: null,
        divestments: [],
      }),
      'register a probationer',
    )

    const { phone, ...person } = personFrom(ctx, input)
    const duplicates = await duplicatesOf(ctx, { ...input, phone })
    refuseDuplicates(duplicates, input.isAnotherPerson)
    const assignedAgentId = input.assignToMe && canFollowProbationers(ctx.actor) ? ctx.actor.id : null

    const { id } = await orTaken(
      ctx.tx.probationer.create({
        data: {
          ...person,
          phone,
          // A number makes "no mobile" untrue.
          hasNoMobilePhone: input.hasNoMobilePhone && phone === null,
          smsOptOut: input.smsOptOut,
          smsOptOutToken: newSmsOptOutToken(),
          assignedAgentId,
          creatingOrganizationId: ctx.actor.organization.id,
          requestKey: input.requestKey,
          createdAt: ctx.now,
          followings: {
            create: organizationIds.map((organizationId) => ({ organizationId, since: ctx.now })),
          },
        },
        select: { id: true },
      }),
    )

    await recordHistory(ctx, { probationerId: id, category: 'probationer', event: 'probationer.registered' })
    await trace(ctx, { action: 'create', subject: 'probationer', subjectId: id, probationerId: id })
    return { id }
  },
)

async function organizationsOf(ctx: Context<AgentActor>, input: RegisterProbationerInput): Promise<number[]> {
  const cityCounts = usesInterJurisdiction(ctx.actor)
  if (cityCounts && !input.cityId && !input.isHomeless && !input.livesAbroad) {
    refuse('probationer.residence_missing' satisfies ProbationerRefusal, 'cityId')
  }
  return organizationsOfNewRecord({
    servicesOfCity: cityCounts && input.cityId ? await servicesOfCity(ctx, input.cityId) : [],
    ownAndLinked: await servicesOfJurisdiction(ctx),
    followedByAntiTerrorismJudge: input.followedByAntiTerrorismJudge,
    parisCourt: input.followedByAntiTerrorismJudge ? await parisCourt(ctx) : null,
  })
}

/** What the input says of the person, checked against the rules of 04 §1–3. */
function personFrom(ctx: Context<AgentActor>, input: RegisterProbationerInput) {
  const { organization, role } = ctx.actor
  const today = civilOf(ctx.now, organization.timeZone).date
  refuse(
    whyNotDateOfBirth(input.dateOfBirth, today, {
      mayBeMissing: role === 'central_admin',
    }) satisfies ProbationerRefusal | null,
    'dateOfBirth',
  )
  const phone = readPhone(input.phone, organization.departmentCode)
  refuse(whyNotReach({ ...input, phone }) satisfies ProbationerRefusal | null, 'phone')
  return {
    lastName: input.lastName,
    firstName: input.firstName,
    dateOfBirth: input.dateOfBirth && dbDateOf(input.dateOfBirth),
    phone,
    appiNumber: input.appiNumber,
    cityId: input.cityId,
    isHomeless: input.isHomeless,
    livesAbroad: input.livesAbroad,
    followedByAntiTerrorismJudge: input.followedByAntiTerrorismJudge,
  }
}

/** The number in E.164, read with the territory of the service; null when nothing was typed. */
export function readPhone(typed: string | null, departmentCode: string): string | null {
  if (!typed) return null
  const phone = normalizePhone(typed, departmentCode)
  if (!phone) throw new Refused('probationer.phone_unreadable' satisfies ProbationerRefusal, {}, 'phone')
  refuse(whyNotProbationerPhone(phone, { fictionAllowed }) satisfies ProbationerRefusal | null, 'phone')
  return phone
}

const takenBy = {
  same_appi_number: ['probationer.appi_number_taken', 'appiNumber'],
  same_phone: ['probationer.phone_taken', 'phone'],
  same_identity: ['probationer.identity_taken', 'lastName'],
  same_identity_one_appi_number: ['probationer.identity_alike', 'isAnotherPerson'],
} satisfies Record<Duplicate['resemblance'], [ProbationerRefusal, string]>

function refuseDuplicates(duplicates: Duplicate[], isAnotherPerson: boolean): void {
  const first = duplicates.find((duplicate) => duplicate.blocking || !isAnotherPerson)
  if (!first) return
  const [code, field] = takenBy[first.resemblance]
  throw new Refused(code, {}, field)
}

/** Another transaction may have taken the number between the check and the write: same answer. */
async function orTaken<T>(write: Promise<T>): Promise<T> {
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

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 10 characters, none that reads like another: 31^10 possibilities. */
export function newSmsOptOutToken(): string {
  return [...randomBytes(10)].map((byte) => letters[byte % letters.length]).join('')
}
