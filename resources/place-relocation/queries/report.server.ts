import { civilDateFromDb } from '../../shared/civil-time'
import type { Context } from '../../shared/context'

/** What a prepared relocation has moved, for who asked for it; null when they are gone. */
export async function reportOfRelocation(ctx: Context, relocationId: number) {
  const found = await ctx.tx.placeRelocation.findUnique({
    where: { id: relocationId },
    include: {
      oldPlace: { select: { name: true } },
      newPlace: { select: { name: true } },
      requestedBy: { select: { email: true, firstName: true, deletedAt: true } },
    },
  })
  if (!found?.requestedBy || found.requestedBy.deletedAt) return null
  const { requestedBy, date, oldPlace, newPlace, slotsMoved, rulesCopied, peopleMoved } = found
  return {
    to: requestedBy.email,
    firstName: requestedBy.firstName,
    date: civilDateFromDb(date),
    ...{ oldPlace: oldPlace.name, newPlace: newPlace.name },
    slotsMoved: slotsMoved ?? 0,
    rulesCopied: rulesCopied ?? 0,
    peopleMoved: peopleMoved ?? 0,
  }
}
export type RelocationReport = NonNullable<Awaited<ReturnType<typeof reportOfRelocation>>>
