import { refuseStale } from '../../audit/stale.server'
import { jurisdictionOf } from '../../organization/queries.server'
import { asCompared, duplicatesOf } from '../../probationer/queries/duplicates.server'
import type { AgentActor } from '../../shared/actor'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { countByActor } from '../../shared/throttle.server'
import { standardComments } from '../fr'
import { mayRequestDivestment, mayUseDivestmentDesk } from '../policy'
import { readPerson } from '../queries/person.server'
import { deadlineOf, sourcesOf, whyNotRequested, whyNotTransferred } from '../rules'
import { requestDivestmentInput, transferPersonInput } from '../schema'
import { passTo, tell } from './effects.server'
import { onlyPending, openDivestment } from './open.server'

/**
 * Asks for a person that the notice of a resemblance showed, for the own service (decision P1). Only whoever types
 * them asks: the identity is compared again. Beyond the jurisdiction every obstacle is one sentence (decision P2).
 *
 * @throws Refused when the person is not to be asked for, or another request came first.
 */
export const requestDivestment = preparedCommand(
  requestDivestmentInput,
  (ctx: Context<AgentActor>) => countByActor('typed-person', ctx.actor),
  async (ctx: Context<AgentActor>, { probationerId, reason, ...typed }) => {
    await lock(ctx, { probationer: probationerId })
    const matches = await duplicatesOf(ctx, asCompared(ctx, typed))
    const match = orNotFound(
      matches.find((one) => one.probationerId === probationerId),
      'probationer',
    )
    refuseIf(match.claim.whyNot)
    const person = orNotFound(await readPerson(ctx, probationerId), 'probationer')
    const { organization, jurisdiction } = ctx.actor
    assertAllowed(
      mayRequestDivestment(ctx.actor, { targetOrganizationId: organization.id, probationer: person }),
      'ask for a person',
    )
    const opened = await openDivestment(ctx, {
      ...{ person, reason, origin: 'request', target: organization },
      destinations: jurisdiction,
    })
    return {
      ...opened,
      probationerId,
      isArchived: person.archivedAt !== null,
      /** The execution office goes on to the date. */
      convokes: match.claim.convokes,
      deadline: deadlineOf(ctx.now),
    }
  },
)

/**
 * Gives a person to a service at once, on the e-mail of those concerned (decision P1). Who did follow them is said
 * to have agreed.
 *
 * @throws Refused while a request is pending, which is decided instead.
 */
export const transferPerson = command(
  transferPersonInput,
  async (ctx: Context<AgentActor>, { probationerId, version, organizationId, reason }) => {
    await lock(ctx, { probationer: probationerId })
    assertAllowed(mayUseDivestmentDesk(ctx.actor), 'transfer a person')
    const person = orNotFound(await readPerson(ctx, probationerId), 'probationer')
    refuseIf(whyNotTransferred(person))
    await refuseStale(ctx, {
      ...{ subject: 'probationer', subjectId: probationerId, updatedAt: person.updatedAt, version },
      zone: ctx.actor.organization.timeZone,
    })
    const services = await jurisdictionOf(ctx, organizationId)
    const target = orNotFound(
      services.find(({ id }) => id === organizationId),
      'organization',
    )
    const destinations = services.map(({ id }) => id)
    const refusal = whyNotRequested(
      { ...person, isClaimed: false, isExpected: false },
      { targetId: organizationId, destinations },
    )
    if (refusal) throw new Refused(refusal, {}, 'organizationId')
    const claimed = {
      ...{ probationerId, origin: 'transfer' as const, targetOrganizationId: organizationId },
      ...{ destinationOrganizationIds: destinations, addedOrganizationIds: [] },
    }
    const { id } = await onlyPending(
      ctx.tx.divestment.create({
        data: {
          ...{ ...claimed, reason, state: 'accepted', requestedById: ctx.actor.id },
          ...{ createdAt: ctx.now, decidedAt: ctx.now },
          decisions: {
            create: sourcesOf(person.followingOrganizationIds, destinations).map((source) => ({
              ...{ organizationId: source, state: 'accepted' as const, comment: standardComments.desk },
              ...{ decidedById: ctx.actor.id, decidedAt: ctx.now, requestedAt: ctx.now },
            })),
          },
        },
        select: { id: true },
      }),
    )
    await passTo(ctx, claimed)
    await tell(
      ctx,
      { id, probationerId },
      {
        event: 'divestment.transferred',
        service: target.name,
        comment: reason,
        action: 'transfer',
      },
    )
    return { id, service: target.name, isArchived: person.archivedAt !== null }
  },
)
