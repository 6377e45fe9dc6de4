import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keptTests } from '../../test-sms/commands.server'
import { recordLookupInput } from '../schema'
import { keptMessages } from './deliver.server'
import { recordListed } from './outcome.server'

/** Writes down what the provider's list says of what was handed over. */
export const recordLookup = command(recordLookupInput, (ctx: Context, { of, ...answer }): Promise<void> =>
  recordListed(ctx, of.kind === 'test' ? keptTests : keptMessages, of.id, answer),
)
