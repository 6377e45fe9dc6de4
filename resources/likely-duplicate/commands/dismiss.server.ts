import { recordAudits } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command, noInput } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { searchDuplicates as searchJob, searchKey } from '../jobs'
import { likelyDuplicatesVisibleTo, mayManageDuplicates } from '../policy'
import { whyNotDismissible, whyNotProposable } from '../rules'
import { likelyDuplicateIdInput } from '../schema'

/** Says that two records are of two persons: they are never proposed again. */
export const dismissDuplicate = command(
  likelyDuplicateIdInput,
  async (ctx: Context<AgentActor>, { likelyDuplicateId }): Promise<void> => {
    const pair = await pairOf(ctx, likelyDuplicateId)
    refuseIf(whyNotDismissible(pair))
    await settle(ctx, pair, { dismissedAt: ctx.now, dismissedById: ctx.actor.id })
  },
)

/** Takes that back. */
export const proposeDuplicateAgain = command(
  likelyDuplicateIdInput,
  async (ctx: Context<AgentActor>, { likelyDuplicateId }): Promise<void> => {
    const pair = await pairOf(ctx, likelyDuplicateId)
    refuseIf(whyNotProposable(pair))
    await settle(ctx, pair, { dismissedAt: null, dismissedById: null })
  },
)

/** Searches now, rather than tonight. */
export const askForDuplicates = command(noInput, async (ctx: Context<AgentActor>): Promise<void> => {
  assertAllowed(mayManageDuplicates(ctx.actor), 'search for duplicates')
  await enqueue(ctx, searchJob, {}, { key: searchKey })
})

async function pairOf(ctx: Context<AgentActor>, id: number) {
  const pair = orNotFound(
    await ctx.tx.likelyDuplicate.findFirst({
      where: { AND: [{ id }, likelyDuplicatesVisibleTo(ctx.actor)] },
      select: { id: true, firstId: true, secondId: true, dismissedAt: true },
    }),
    'likely duplicate',
  )
  assertAllowed(mayManageDuplicates(ctx.actor), 'decide of a likely duplicate')
  return pair
}

async function settle(
  ctx: Context<AgentActor>,
  { id, firstId, secondId }: { id: number; firstId: number; secondId: number },
  data: { dismissedAt: Date | null; dismissedById: number | null },
): Promise<void> {
  await ctx.tx.likelyDuplicate.update({ where: { id }, data, select: { id: true } })
  await recordAudits(ctx, { action: 'compare', subject: 'probationer' }, [firstId, secondId])
}
