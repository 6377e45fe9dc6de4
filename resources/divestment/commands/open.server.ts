import type { DivestmentOrigin, DivestmentState, Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { Refused } from '../../shared/errors'
import { answersDivestments, isExecutionOffice, rolesWithin } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import { standardComments } from '../fr'
import { firstStateOf, isComplete, type Person } from '../queries/person.server'
import { firstDecision, sourcesOf, type Source } from '../rules'
import { follow, passTo, tell, writeToSources } from './effects.server'

interface Opening {
  person: Person
  origin: Exclude<DivestmentOrigin, 'transfer'>
  target: { id: number; name: string }
  /** Who follows the person in the end. */
  destinations: readonly number[]
  reason: string | null
}

export interface Opened {
  id: number
  state: Extract<DivestmentState, 'pending' | 'auto_accepted'>
}

/**
 * Opens a divestment of a person who is held and may be asked for. Whole and quiet, they pass at once; else the
 * services that follow them are written to, and the execution office that asks may convoke them meanwhile: what it
 * needs for that follows the person too, and is remembered to be taken back.
 */
export async function openDivestment(
  ctx: Context<AgentActor>,
  { person, origin, target, destinations, reason }: Opening,
): Promise<Opened> {
  const following = person.followingOrganizationIds
  const isWhole = isComplete(ctx, person)
  const state = await firstStateOf(ctx, person)
  const rows = await firstRows(ctx, sourcesOf(following, destinations), state)
  const added =
    state === 'pending' && isWhole && isExecutionOffice(ctx.actor)
      ? destinations.filter((id) => !following.includes(id))
      : []
  const claimed = {
    probationerId: person.id,
    origin,
    targetOrganizationId: target.id,
    destinationOrganizationIds: [...destinations],
    addedOrganizationIds: added,
  }
  const { id } = await onlyPending(
    ctx.tx.divestment.create({
      data: {
        ...{ ...claimed, reason, state, requestedById: ctx.actor.id, createdAt: ctx.now },
        decidedAt: state === 'pending' ? null : ctx.now,
        decisions: { create: rows },
      },
      select: { id: true },
    }),
  )
  if (state === 'auto_accepted') await passTo(ctx, claimed)
  else await follow(ctx, person.id, added)
  await tell(
    ctx,
    { id, probationerId: person.id },
    {
      event: state === 'pending' ? 'divestment.requested' : 'divestment.auto_accepted',
      service: target.name,
      comment: reason,
      action: 'create',
    },
  )
  await writeToSources(
    ctx,
    rows.filter((row) => row.state === 'pending').map(({ organizationId }) => organizationId),
  )
  return { id, state }
}

/** The index has the last word on two requests about one person. */
export async function onlyPending<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write
  } catch (error) {
    throw violatesUnique(error, 'probationer_id') ? new Refused('divestment.already_pending') : error
  }
}

/** The row of each source, as it begins. */
async function firstRows(ctx: Context, sourceIds: readonly number[], divestment: Opened['state']) {
  const sources = await readSources(ctx, sourceIds)
  return sources.map((source) => {
    const state = divestment === 'auto_accepted' ? divestment : firstDecision(source, sources)
    const comment =
      divestment === 'auto_accepted'
        ? standardComments.quiet
        : state === 'ignored'
          ? standardComments.nobody
          : state === 'auto_accepted'
            ? standardComments.byCourt
            : null
    return {
      ...{ organizationId: source.id, state, comment, requestedAt: ctx.now },
      decidedAt: state === 'pending' ? null : ctx.now,
      // Written to at once: the first reminder comes five days later.
      remindedAt: state === 'pending' ? ctx.now : null,
    } satisfies Prisma.DivestmentDecisionUncheckedCreateWithoutDivestmentInput
  })
}

const answering = [
  ...new Set(
    (['court', 'probation_service'] as const).flatMap((kind) => rolesWithin(answersDivestments, kind)),
  ),
]

async function readSources(ctx: Context, ids: readonly number[]): Promise<Source[]> {
  const found = await ctx.tx.organization.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      kind: true,
      agents: {
        // Somebody invited who has not come yet answers nobody.
        where: { deletedAt: null, passwordHash: { not: null }, role: { in: answering } },
        select: { role: true },
        distinct: ['role'],
      },
      courtLinks: { select: { courtId: true } },
    },
    orderBy: { id: 'asc' },
  })
  return found.map(({ agents, courtLinks, ...source }) => ({
    ...source,
    isAnswered: agents.some(({ role }) => answersDivestments({ role, organization: source })),
    hasLocalAdmin: agents.some(({ role }) => role === 'local_admin'),
    courtIds: courtLinks.map(({ courtId }) => courtId),
  }))
}
