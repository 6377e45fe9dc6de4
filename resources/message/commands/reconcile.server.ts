import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keptTests } from '../../test-sms/commands.server'
import { claimLasts } from '../rules'
import { recordLookupInput } from '../schema'
import { keptMessages } from './deliver.server'
import { recordListed } from './outcome.server'

/** A claim without an answer for ten minutes is a crash between claim and answer: outcome unknown. */
export async function giveUpLostClaims(ctx: Context): Promise<void> {
  const by = new Date(ctx.now.getTime() - claimLasts)
  await ctx.tx
    .$executeRaw`UPDATE message SET state = 'unknown' WHERE state = 'sending' AND claimed_at < ${by}`
  await ctx.tx
    .$executeRaw`UPDATE test_sms SET state = 'unknown' WHERE state = 'sending' AND claimed_at < ${by}`
}

/** Writes down what the provider's list says of what was handed over. */
export const recordLookup = command(recordLookupInput, (ctx: Context, { of, ...answer }): Promise<void> =>
  recordListed(ctx, of.kind === 'test' ? keptTests : keptMessages, of.id, answer),
)
