import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { spaceAccountFacts, spaceStateOf } from '../../probationer-space/rules'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { bookedAtOnce, countsOf } from '../commands/merge.sql.server'
import { keepsOwnSpace, merged, mergeFacts, mergeObstacles } from '../merge'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { mergePreviewInput, probationerIdInput } from '../schema'

/**
 * Two records side by side, and what merging them would do; the first alone until the other is chosen. Nothing is
 * written but the traces of both being opened.
 */
export const mergePreview = query(
  mergePreviewInput,
  async (ctx: Context<AgentActor>, { probationerId, otherId }) => {
    const keptRow = await rowOf(ctx, probationerId)
    const otherRow = otherId === null ? null : await rowOf(ctx, otherId)
    const ids = otherRow ? [keptRow.id, otherRow.id] : [keptRow.id]
    const counts = await countsOf(ctx, ids)
    for (const id of ids)
      await recordAudit(ctx, { action: 'view', subject: 'probationer', subjectId: id, probationerId: id })
    const kept = sideOf(keptRow, counts)
    if (!otherRow) return { kept, other: null, outcome: null, pair: null }

    const pair = { keptId: keptRow.id, otherId: otherRow.id }
    const atOnce = await bookedAtOnce(ctx, pair)
    const { receives, loses } = merged(keptRow, otherRow)
    const known = await ctx.tx.likelyDuplicate.findUnique({
      where: {
        firstId_secondId: { firstId: Math.min(...ids), secondId: Math.max(...ids) },
      },
      select: { id: true, dismissedAt: true, likenesses: true },
    })
    const followed = new Set(keptRow.followingOrganizationIds)
    return {
      kept,
      other: sideOf(otherRow, counts),
      outcome: {
        receives,
        loses,
        services: otherRow.followings.flatMap(({ organization }) =>
          followed.has(organization.id) ? [] : [organization.name],
        ),
        /** Of the two accounts, whose goes; null when there are not two. */
        spaceLost:
          keptRow.spaceAccount && otherRow.spaceAccount
            ? keepsOwnSpace(keptRow.spaceAccount, otherRow.spaceAccount, receives)
              ? ('other' as const)
              : ('kept' as const)
            : null,
        obstacles: mergeObstacles(keptRow, otherRow, { sameInstant: atOnce.length > 0 }),
        atOnce: atOnce.map(({ startsAt, timeZone, ...ids }) => ({ ...ids, ...civilOf(startsAt, timeZone) })),
      },
      pair: known && { id: known.id, dismissed: known.dismissedAt !== null, likenesses: known.likenesses },
    }
  },
)

type Row = Awaited<ReturnType<typeof rowOf>>

async function rowOf(ctx: Context<AgentActor>, id: number) {
  const row = orNotFound(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id }, probationersVisibleTo(ctx.actor)] },
      select: {
        ...probationerFacts,
        ...mergeFacts,
        lastName: true,
        firstName: true,
        updatedAt: true,
        city: { select: { name: true, departmentCode: true } },
        assignedAgent: { select: { firstName: true, lastName: true } },
        spaceAccount: { select: spaceAccountFacts },
        followings: {
          select: { organization: { select: { id: true, name: true } } },
          orderBy: [{ since: 'asc' }, { id: 'asc' }],
        },
      },
    }),
    'probationer',
  )
  assertAllowed(mayOnProbationer(ctx.actor, 'merge', row), 'merge two records')
  return row
}

function sideOf(row: Row, counts: Awaited<ReturnType<typeof countsOf>>) {
  const { probationerId: _, ...count } = orNotFound(
    counts.find(({ probationerId }) => probationerId === row.id),
    'probationer',
  )
  return {
    id: row.id,
    version: row.updatedAt.toISOString(),
    lastName: row.lastName,
    firstName: row.firstName,
    dateOfBirth: row.dateOfBirth && civilDateFromDb(row.dateOfBirth),
    phone: row.phone,
    phoneState: row.phoneState,
    hasNoMobilePhone: row.hasNoMobilePhone,
    smsOptOut: row.smsOptOut,
    appiNumber: row.appiNumber,
    residence: row.city
      ? `${row.city.name} (${row.city.departmentCode})`
      : row.isHomeless
        ? 'sans domicile fixe'
        : row.livesAbroad
          ? 'à l’étranger'
          : null,
    followedByAntiTerrorismJudge: row.followedByAntiTerrorismJudge,
    archived: row.archivedAt !== null,
    limited: row.limitedAt !== null,
    divestmentPending: row.divestments.length > 0,
    services: row.followings.map(({ organization }) => organization.name),
    assignedAgent: row.assignedAgent && agentName(row.assignedAgent),
    space: spaceStateOf(row.spaceAccount),
    counts: count,
  }
}

/** The record that one was merged into, for an old address; null when there is none that the actor sees. */
export const whereMerged = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<{ id: number } | null> => {
    const found = await ctx.tx.mergedRecord.findFirst({
      where: { id: probationerId, into: probationersVisibleTo(ctx.actor) },
      select: { intoId: true },
    })
    return found && { id: found.intoId }
  },
)
