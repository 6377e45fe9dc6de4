import { civilDateFromDb, dbDateOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { refuseIf } from '../../shared/errors'
import { formatShortDate } from '../../shared/french'

/** Nobody is expected at the old place from the date on, nor at the new one before. The place is locked. */
export async function refuseRelocated(
  ctx: Context,
  placeId: number,
  date: CivilDate,
  field: string,
): Promise<void> {
  const day = dbDateOf(date)
  const move = await ctx.tx.placeRelocation.findFirst({
    where: {
      OR: [
        { oldPlaceId: placeId, date: { lte: day } },
        { newPlaceId: placeId, date: { gt: day } },
      ],
    },
    select: {
      oldPlaceId: true,
      date: true,
      oldPlace: { select: { name: true } },
      newPlace: { select: { name: true } },
    },
  })
  if (!move) return
  const leaves = move.oldPlaceId === placeId
  refuseIf(leaves ? 'place_relocation.leaves' : 'place_relocation.not_there_yet', field, {
    date: formatShortDate(civilDateFromDb(move.date)),
    place: (leaves ? move.newPlace : move.oldPlace).name,
  })
}
