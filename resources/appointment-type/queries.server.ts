import type { Context } from '../shared/context'
import { isBookableBy } from './policy'

/** The types the actor's role books (decision C7), in the order of the trade. */
export async function bookableTypesFor(ctx: Context) {
  const types = await ctx.tx.appointmentType.findMany({ orderBy: { position: 'asc' } })
  return types.filter((type) => isBookableBy(ctx.actor, type))
}
