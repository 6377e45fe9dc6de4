import { addDays, addMonths, civilOf, instantOf, type CivilDate } from '../shared/civil-time'
import { day } from '../shared/duration'

/** Without appointment nor change of service for so long, a record is archived by the night (decision P5). */
const inactiveMonths = 12

/** How long before it the end of a record is shown (decision P12). */
export const warnedDays = 30

/** How a record ends by itself: archived for its inactivity, then erased. */
export type Ending = 'archived' | 'erased'

/** What a list may ask of them. */
export const endingsAsked = ['any', 'archived', 'erased'] as const satisfies readonly (Ending | 'any')[]
export type EndingAsked = (typeof endingsAsked)[number]

/** The clock of the night's tasks, and of what is said of a night to the central team. */
export const nightZone = 'Europe/Paris'

/** Nothing may have happened since, for a record to be archived at this instant. */
export function inactiveSince(now: Date): Date {
  const { date, time } = civilOf(now, nightZone)
  return instantOf(addMonths(date, -inactiveMonths), time, nightZone)
}

export const warnedOf = (now: Date): Date => new Date(now.getTime() + warnedDays * day)

/** When the night's tasks archive and erase. */
export const nightHour = '01:00'

/** The next time they do. */
export function nextNight(now: Date): Date {
  const today = civilOf(now, nightZone).date
  const [next] = [today, addDays(today, 1)]
    .map((date) => instantOf(date, nightHour, nightZone))
    .filter((night) => night > now)
  return next ?? now
}

/** The night that archives a record to which nothing happens after this instant. */
export function archivingNight(last: Date, now: Date): Date {
  const [next, yearAfter] = [
    civilOf(nextNight(now), nightZone).date,
    addMonths(civilOf(last, nightZone).date, inactiveMonths),
  ]
  const nightOf = (date: CivilDate) => instantOf(date, nightHour, nightZone)
  let date = next > yearAfter ? next : yearAfter
  // The hour counts, and so does the end of February.
  while (inactiveSince(nightOf(date)) < last) date = addDays(date, 1)
  return nightOf(date)
}
