import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planUsefulAgain } from '../../message/commands/plan.server'
import type { MessageToCome } from '../../message/schema'
import { followNumber } from '../../probationer-space/commands/life.server'
import { holdWhole } from '../../retention/commands/erase.sql.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { keepsOwnSpace, merged, mergeFacts, mergeObstacles } from '../merge'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { canReceiveSms } from '../rules'
import { mergeInput } from '../schema'
import { bookedAtOnce, moveAll } from './merge.sql.server'
import { orTaken } from './typed-person.server'
import { wordsOfPerson } from './update.server'

/**
 * Makes one record of two of the same person: all that the other holds follows, what the kept one lacks is completed,
 * and the other is gone; its address leads to the kept one.
 *
 * @returns the messages that will leave, where the person can be reached anew.
 * @throws Refused when one of the two changed since they were compared, or both hold what one person cannot.
 */
export const mergeProbationers = command(
  mergeInput,
  async (
    ctx: Context<AgentActor>,
    { probationerId: keptId, otherId, version, otherVersion },
  ): Promise<{ id: number; messages: MessageToCome[] }> => {
    // Nobody books either, records an outcome or corrects them meanwhile. A phone and a number change record.
    await holdWhole(ctx, [keptId, otherId])
    const kept = await recordOf(ctx, keptId)
    const other = await recordOf(ctx, otherId)
    for (const record of [kept, other])
      assertAllowed(mayOnProbationer(ctx.actor, 'merge', record), 'merge two records')
    const atOnce = await bookedAtOnce(ctx, { keptId, otherId })
    const [obstacle] = mergeObstacles(kept, other, { sameInstant: atOnce.length > 0 })
    refuseIf(obstacle, obstacle === 'probationer.merge_itself' ? 'otherId' : undefined)
    for (const [record, seen] of [
      [kept, version],
      [other, otherVersion],
    ] as const)
      await refuseStale(ctx, {
        subject: 'probationer',
        subjectId: record.id,
        updatedAt: record.updatedAt,
        version: seen,
        zone: ctx.actor.organization.timeZone,
        now: wordsOfPerson(record),
      })

    const { data, receives } = merged(kept, other)
    const ownSpace = keepsOwnSpace(kept.spaceAccount, other.spaceAccount, receives)
    await moveAll(
      ctx,
      { keptId, otherId },
      {
        keepsOwnSpace: ownSpace,
        lostAppiNumber: other.appiNumber === data.appiNumber ? null : other.appiNumber,
      },
    )
    // Gone first: its phone, its number and its identity are free for the kept one.
    await ctx.tx.probationer.delete({ where: { id: otherId }, select: { id: true } })
    await orTaken(
      ctx.tx.probationer.update({
        where: { id: keptId },
        data: { ...data, updatedAt: ctx.now },
        select: { id: true },
      }),
    )

    const { phone: formerPhone } = ownSpace ? kept : other
    await followNumber(ctx, { probationerId: keptId, formerPhone, isLost: false })
    const lostPhone = [other.phone, kept.phone].find((phone) => phone !== null && phone !== data.phone)
    await recordHistory(ctx, {
      probationerId: keptId,
      category: 'probationer',
      event: 'probationer.merged',
      data: { fields: receives, ...(lostPhone && { from: lostPhone }) },
    })
    await recordAudit(ctx, {
      action: 'merge',
      subject: 'probationer',
      subjectId: keptId,
      probationerId: keptId,
      fields: ['merged', ...receives],
    })
    const reachedAnew = !canReceiveSms(kept) && canReceiveSms({ ...data, limitedAt: null })
    return {
      id: keptId,
      messages: reachedAnew ? await planUsefulAgain(ctx, { probationerId: keptId }) : [],
    }
  },
)

async function recordOf(ctx: Context<AgentActor>, id: number) {
  return orNotFound(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id }, probationersVisibleTo(ctx.actor)] },
      select: {
        ...probationerFacts,
        ...mergeFacts,
        lastName: true,
        firstName: true,
        updatedAt: true,
        spaceAccount: { select: { acceptedAt: true, revokedAt: true } },
      },
    }),
    'probationer',
  )
}
