import { recordHistory } from '../../history-entry/commands.server'
import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { parisCourt, servicesOfJurisdiction } from '../../organization/queries.server'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { requestDigest } from '../../shared/digest.server'
import { assertAllowed, refuseIf } from '../../shared/errors'
import { lockKey } from '../../shared/lock.server'
import { canFollowProbationers, usesInterJurisdiction } from '../../shared/rights'
import { duplicatesOf } from '../queries/duplicates.server'
import { mayOnProbationer, probationerFacts } from '../policy'
import { organizationsOfNewRecord } from '../rules'
import { registerProbationerInput, type RegisterProbationerInput } from '../schema'
import { newSmsOptOutToken } from './opt-out.server'
import { checkedPerson, lockIdentity, orTaken, personFaults, refuseDuplicates } from './typed-person.server'

/**
 * Registers a person with the services that follow them. A double submit registers once.
 * `inJurisdiction` says whether the agent may open the record: a commune may send it elsewhere.
 *
 * @throws Refused when the identity, the phone or the APPI number is taken, or a rule of checkedPerson says no.
 */
export const registerProbationer = command(
  registerProbationerInput,
  async (ctx: Context<AgentActor>, input): Promise<{ id: number; inJurisdiction: boolean }> => {
    const digest = requestDigest(ctx, input)
    if (input.requestKey) {
      await lockKey(ctx, input.requestKey)
      const made = await ctx.tx.probationer.findUnique({
        where: { requestKey: input.requestKey },
        select: { id: true, requestDigest: true, ...probationerFacts },
      })
      if (made) {
        refuseIf(made.requestDigest === digest ? null : 'probationer.already_registered')
        return { id: made.id, inJurisdiction: mayOnProbationer(ctx.actor, 'show', made) }
      }
    }

    const organizationIds = await organizationsOf(ctx, input)
    const facts = {
      followingOrganizationIds: organizationIds,
      assignedAgentId: null,
      archivedAt: null,
      divestments: [],
    }
    assertAllowed(mayOnProbationer(ctx.actor, 'create', facts), 'register a probationer')

    const { phone, ...person } = checkedPerson(ctx, input)
    await lockIdentity(ctx, input)
    const duplicates = await duplicatesOf(ctx, { ...input, phone })
    refuseDuplicates(duplicates, input.isAnotherPerson)
    const assignedAgentId = input.assignToMe && canFollowProbationers(ctx.actor) ? ctx.actor.id : null

    const { id } = await orTaken(
      ctx.tx.probationer.create({
        data: {
          ...person,
          phone,
          smsOptOut: input.smsOptOut,
          smsOptOutToken: newSmsOptOutToken(),
          assignedAgentId,
          creatingOrganizationId: ctx.actor.organization.id,
          requestKey: input.requestKey,
          requestDigest: digest,
          createdAt: ctx.now,
          followings: {
            create: organizationIds.map((organizationId) => ({ organizationId, since: ctx.now })),
          },
        },
        select: { id: true },
      }),
    )

    await recordHistory(ctx, { probationerId: id, category: 'probationer', event: 'probationer.registered' })
    await recordAudit(ctx, { action: 'create', subject: 'probationer', subjectId: id, probationerId: id })
    return { id, inJurisdiction: mayOnProbationer(ctx.actor, 'show', facts) }
  },
  { faultsOf: personFaults },
)

async function organizationsOf(ctx: Context<AgentActor>, input: RegisterProbationerInput): Promise<number[]> {
  return organizationsOfNewRecord({
    servicesOfCity:
      usesInterJurisdiction(ctx.actor) && input.cityId ? await servicesOfCity(ctx, input.cityId) : [],
    ownAndLinked: await servicesOfJurisdiction(ctx),
    followedByAntiTerrorismJudge: input.followedByAntiTerrorismJudge,
    parisCourt: input.followedByAntiTerrorismJudge ? await parisCourt(ctx) : null,
  })
}
