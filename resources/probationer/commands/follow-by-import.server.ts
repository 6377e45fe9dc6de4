import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { mayStartImport } from '../../import/policy'
import type { AgentActor, OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { probationerFacts } from '../policy'
import { whyNotFollowedByImport } from '../rules'

/** The service that a file is imported for, and those it is linked to. */
export interface ImportingService {
  id: number
  kind: OrganizationKind
  name: string
  linkedIds: readonly number[]
}

/** Adds the service of a file to those of a person known already; answers why it did not, or null. */
export async function followByImport(
  ctx: Context<AgentActor>,
  probationerId: number,
  service: ImportingService,
): Promise<ReturnType<typeof whyNotFollowedByImport>> {
  assertAllowed(mayStartImport(ctx.actor, 'probationers'), 'import probationers')
  await lock(ctx, { probationer: probationerId })
  const person = await ctx.tx.probationer.findUniqueOrThrow({
    where: { id: probationerId },
    select: {
      ...probationerFacts,
      followedByAntiTerrorismJudge: true,
      followings: { select: { organization: { select: { id: true, kind: true } } } },
    },
  })
  const followers = person.followings.map(({ organization }) => organization)
  const reason = whyNotFollowedByImport({ ...person, followers }, service)
  if (reason !== null) return reason
  await ctx.tx.following.create({
    data: { probationerId, organizationId: service.id, since: ctx.now },
    select: { id: true },
  })
  const data = { place: service.name }
  await recordHistory(ctx, {
    ...{ probationerId, category: 'probationer', event: 'probationer.followed_by_import', data },
  })
  await recordAudit(ctx, {
    ...{ action: 'update', subject: 'probationer', subjectId: probationerId, probationerId },
    fields: ['followings'],
  })
  return null
}
