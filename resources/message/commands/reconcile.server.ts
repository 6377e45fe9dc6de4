import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keptTests } from '../../test-sms/commands.server'
import { claimLasts, nextState } from '../rules'
import { recordLookupInput } from '../schema'
import { keptMessages } from './deliver.server'
import { recordListed } from './outcome.server'

/** A claim without an answer for ten minutes is a crash between claim and answer: outcome unknown. */
export async function giveUpLostClaims(ctx: Context): Promise<void> {
  const lost = {
    where: { state: 'sending', claimedAt: { lt: new Date(ctx.now.getTime() - claimLasts) } },
    data: { state: nextState('sending', 'outcome_unknown') },
  } as const
  await ctx.tx.message.updateMany(lost)
  await ctx.tx.testSms.updateMany(lost)
}

/** Writes down what the provider's list says of what was handed over. */
export const recordLookup = command(recordLookupInput, (ctx: Context, { of, outcome }): Promise<void> =>
  recordListed(ctx, of.kind === 'test' ? keptTests : keptMessages, of.id, outcome),
)
