import { servicesOfCity } from '../../competent-service/queries/of-city.server'
import { parisCourt, servicesOfJurisdiction } from '../../organization/queries.server'
import { inviteToSpace } from '../../probationer-space/commands/invite.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { requestDigest } from '../../shared/digest.server'
import { refuseIf } from '../../shared/errors'
import { lockKey } from '../../shared/lock.server'
import { canFollowProbationers, usesInterJurisdiction } from '../../shared/rights'
import { mayOnProbationer, probationerFacts } from '../policy'
import { organizationsOfNewRecord } from '../rules'
import { registerProbationerInput, type RegisterProbationerInput } from '../schema'
import { createRecord } from './create-record.server'
import { personFaults } from './typed-person.server'

/**
 * Registers a person with the services that follow them. A double submit registers once.
 * `inJurisdiction` says whether the agent may open the record: a commune may send it elsewhere.
 * Asked to, invites them to their space as `inviteToSpace` does, or registers nobody.
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

    const made = await createRecord(ctx, input, {
      organizationIds: await organizationsOf(ctx, input),
      creatingOrganizationId: ctx.actor.organization.id,
      event: 'probationer.registered',
      assignedAgentId: input.assignToMe && canFollowProbationers(ctx.actor) ? ctx.actor.id : null,
      requestKey: input.requestKey,
      requestDigest: digest,
    })
    if (input.inviteToSpace) await inviteToSpace(ctx, { probationerId: made.id })
    return made
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
