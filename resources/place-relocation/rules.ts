import { addMonths, type CivilDate } from '../shared/civil-time'
import { hour } from '../shared/duration'
import { formatShortDate } from '../shared/french'

/** Between registering and preparing: the time to change one's mind. */
export const preparedAfter = hour

/** How long a relocation that is done is remembered. */
export const rememberedMonths = 1

export function whyNotOn(date: CivilDate, today: CivilDate) {
  if (date <= today) return 'place_relocation.too_soon' as const
  return date > addMonths(today, 12) ? ('place_relocation.too_far' as const) : null
}

/** Prepared, people are expected at the new place. */
export const whyNotCancelled = ({ preparedAt }: { preparedAt: Date | null }) =>
  preparedAt ? ('place_relocation.prepared' as const) : null

export const relocationState = ({
  state,
  preparedAt,
}: {
  state: 'pending' | 'done'
  preparedAt: Date | null
}): 'registered' | 'prepared' | 'done' => {
  if (state === 'done') return 'done'
  return preparedAt ? 'prepared' : 'registered'
}

/** The name of an agenda at the new place: that of the old one, which still stands, and the date. */
export function relocatedName(name: string, date: CivilDate): string {
  const suffix = ` (${formatShortDate(date)})`
  return name.slice(0, 100 - suffix.length) + suffix
}
