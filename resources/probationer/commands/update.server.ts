import type { Prisma } from '@prisma/client'
import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { follow } from '../../divestment/commands/effects.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planUsefulAgain } from '../../message/commands/plan.server'
import type { MessageToCome } from '../../message/schema'
import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { parisCourt } from '../../organization/queries.server'
import { followNumber } from '../../probationer-space/commands/life.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { formatShortDate } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { formatPhone } from '../../shared/phone'
import { usesInterJurisdiction } from '../../shared/rights'
import { duplicatesOf } from '../queries/duplicates.server'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { whyNotEditable } from '../rules'
import { probationerIdInput, updateProbationerInput } from '../schema'
import { followCity, type CityFollowed } from './follow-city.server'
import { newSmsOptOutToken } from './opt-out.server'
import { checkedPerson, lockIdentity, orTaken, personFaults, refuseDuplicates } from './typed-person.server'

const written = {
  lastName: true,
  firstName: true,
  dateOfBirth: true,
  phone: true,
  hasNoMobilePhone: true,
  smsOptOut: true,
  appiNumber: true,
  cityId: true,
  isHomeless: true,
  livesAbroad: true,
  followedByAntiTerrorismJudge: true,
} satisfies Prisma.ProbationerSelect

const reads = {
  ...probationerFacts,
  ...written,
  id: true,
  createdAt: true,
  updatedAt: true,
  followings: { select: { organization: { select: { id: true, kind: true, departmentCode: true } } } },
} satisfies Prisma.ProbationerSelect

type Person = Prisma.ProbationerGetPayload<{ select: typeof reads }>
type Written = Pick<Person, keyof typeof written>

const identityFields: readonly string[] = ['lastName', 'firstName', 'dateOfBirth', 'appiNumber']

/** Said in one line of history, by their names; the phone and the refusal of SMS have lines of their own. */
const toldTogether: readonly string[] = [
  ...identityFields,
  'cityId',
  'isHomeless',
  'livesAbroad',
  'followedByAntiTerrorismJudge',
]

/**
 * Corrects the record of a person, by the rules of registering. A number added says there is a
 * mobile, never that the person accepts SMS again (decision P4).
 *
 * @returns the messages that will leave from now on, when the number changed.
 * @throws Refused when the record changed since the form was drawn, or a rule of checkedPerson says no.
 */
export const updateProbationer = command(
  updateProbationerInput,
  async (
    ctx: Context<AgentActor>,
    { probationerId, version, formerNumberLost, ...typed },
  ): Promise<{ messages: MessageToCome[] } & CityFollowed> => {
    // Before the row, as registering does.
    await lockIdentity(ctx, typed)
    await lock(ctx, { probationer: probationerId }, { probationer: 'UPDATE' })
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: reads,
      }),
      'probationer',
    )
    const unticks = person.followedByAntiTerrorismJudge && !typed.followedByAntiTerrorismJudge
    assertAllowed(mayOnProbationer(ctx.actor, 'edit', person), 'edit a probationer')
    assertAllowed(
      !unticks || mayOnProbationer(ctx.actor, 'untickAntiTerrorism', person),
      'untick anti-terrorism',
    )
    refuseIf(whyNotEditable(person))
    await refuseStale(ctx, {
      subject: 'probationer',
      subjectId: person.id,
      updatedAt: person.updatedAt,
      version,
      zone: ctx.actor.organization.timeZone,
      now: wordsOfPerson(person),
    })

    const { cityId, isHomeless, livesAbroad } = usesInterJurisdiction(ctx.actor) ? typed : person
    const smsOptOut = person.smsOptOut || typed.smsOptOut
    const input = { ...typed, cityId, isHomeless, livesAbroad, smsOptOut }
    const data: Written = { ...checkedPerson(ctx, input), smsOptOut }
    const fields = changedFields(person, data)
    if (fields.length === 0) return { messages: [], services: [], divestment: null }
    const duplicates = await duplicatesOf(ctx, { ...input, phone: data.phone }, { except: person.id })
    // Whoever registered them already said it is another person.
    await refuseDuplicates(
      ctx,
      duplicates,
      input.isAnotherPerson || !fields.some((name) => identityFields.includes(name)),
    )

    await orTaken(
      ctx.tx.probationer.update({
        where: { id: person.id },
        data: { ...data, ...(fields.includes('phone') && ofNewNumber()), updatedAt: ctx.now },
        select: { id: true },
      }),
    )
    const followed = await changeFollowings(ctx, person, data)

    await tellPhone(ctx, person, data.phone)
    await followNumber(ctx, {
      probationerId: person.id,
      formerPhone: person.phone,
      isLost: formerNumberLost,
    })
    const corrected = fields.filter(
      (name) => toldTogether.includes(name) || (name === 'hasNoMobilePhone' && !fields.includes('phone')),
    )
    if (corrected.length > 0) {
      await recordHistory(ctx, {
        probationerId: person.id,
        category: 'probationer',
        event: 'probationer.corrected',
        data: { fields: corrected },
      })
    }
    if (fields.includes('smsOptOut')) {
      await recordHistory(ctx, {
        probationerId: person.id,
        category: 'probationer',
        event: 'probationer.sms_refused',
      })
    }
    await recordAudit(ctx, {
      action: 'update',
      subject: 'probationer',
      subjectId: person.id,
      probationerId: person.id,
      fields,
    })
    const reachableAnew = fields.includes('phone') || fields.includes('hasNoMobilePhone')
    const messages = reachableAnew ? await planUsefulAgain(ctx, { probationerId: person.id }) : []
    return { messages, ...followed }
  },
  {
    faultsOf: async (ctx, raw) => {
      // A refusal of SMS already recorded still says why there is no number.
      const { data } = probationerIdInput.safeParse(raw)
      const recorded = await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: data?.probationerId ?? 0 }, probationersVisibleTo(ctx.actor)] },
        select: { smsOptOut: true },
      })
      return personFaults(ctx, recorded?.smsOptOut ? { ...Object(raw), smsOptOut: true } : raw)
    },
  },
)

/** What failed was another number; what was sent to it holds another link. */
const ofNewNumber = () => ({ phoneState: 'fine' as const, smsOptOutToken: newSmsOptOutToken() })

/** What a record holds, in the words of its form. */
export function wordsOfPerson(
  person: Pick<Person, 'lastName' | 'firstName' | 'dateOfBirth' | 'phone' | 'appiNumber'>,
): Record<string, string | null> {
  return {
    lastName: person.lastName,
    firstName: person.firstName,
    dateOfBirth: person.dateOfBirth && formatShortDate(civilDateFromDb(person.dateOfBirth)),
    phone: person.phone && formatPhone(person.phone),
    appiNumber: person.appiNumber,
  }
}

function changedFields(before: Written, after: Written): string[] {
  const names = Object.keys(written) as (keyof Written)[]
  return names.filter((name) => before[name]?.valueOf() !== after[name]?.valueOf())
}

/**
 * Another commune opens a divestment where one is possible. Else services are added, as at registration; only the
 * court of Paris leaves, with the box that brought it.
 */
async function changeFollowings(
  ctx: Context<AgentActor>,
  person: Person,
  data: Written,
): Promise<CityFollowed> {
  const antiTerrorism = data.followedByAntiTerrorismJudge
  const cityServices =
    data.cityId && data.cityId !== person.cityId ? await servicesOfCity(ctx, data.cityId) : []
  const followed = await followCity(ctx, { ...person, ...data }, cityServices)
  if (followed.divestment) return followed
  const paris = antiTerrorism === person.followedByAntiTerrorismJudge ? null : await parisCourt(ctx)
  if (paris && antiTerrorism) await follow(ctx, person.id, [paris.id])
  if (!paris || antiTerrorism) return followed
  const others = person.followings.map(({ organization }) => organization).filter(({ id }) => id !== paris.id)
  const followedInParis = others.some(
    ({ kind, departmentCode }) => kind === 'probation_service' && departmentCode === '75',
  )
  if (others.length === 0 || followedInParis) return followed
  await ctx.tx.following.deleteMany({ where: { probationerId: person.id, organizationId: paris.id } })
  return followed
}

async function tellPhone(ctx: Context<AgentActor>, { id, phone: from }: Person, to: string | null) {
  if (from === to) return
  const change = from === null ? 'added' : to === null ? 'removed' : 'changed'
  await recordHistory(ctx, {
    probationerId: id,
    category: 'probationer',
    event: `probationer.phone_${change}`,
    data: { ...(from && { from }), ...(to && { to }) },
  })
}
