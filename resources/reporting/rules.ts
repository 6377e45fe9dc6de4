import { addMonths, type CivilDate } from '../shared/civil-time'

/** So many days are counted as they are read: an outcome recorded for them shows at once. */
export const freshDays = 7

/** Below so many appointments, a percentage would say more than it knows. */
export const fewestForShare = 20

/** "2026-11" */
export type Month = string

export const monthOf = (date: CivilDate): Month => date.slice(0, 7)
const monthsFrom = (month: Month, n: number): Month => monthOf(addMonths(`${month}-01`, n))

export interface Period {
  code: string
  from: Month
  to: Month
}

/** What may be chosen, the usual one first: whole months, then the one that runs, then years. */
export function periodsOn(today: CivilDate): readonly [Period, ...Period[]] {
  const current = monthOf(today)
  const last = (months: number): Period => ({
    code: String(months),
    from: monthsFrom(current, -months),
    to: monthsFrom(current, -1),
  })
  const year = Number(today.slice(0, 4))
  return [
    last(12),
    last(3),
    { code: 'month', from: current, to: current },
    { code: String(year), from: `${year}-01`, to: current },
    ...[year - 1, year - 2].map((past) => ({ code: String(past), from: `${past}-01`, to: `${past}-12` })),
  ]
}

export function periodAsked(code: string, today: CivilDate): Period {
  const periods = periodsOn(today)
  return periods.find((period) => period.code === code) ?? periods[0]
}

export function monthsOf({ from, to }: Period): Month[] {
  const months: Month[] = []
  for (let month = from; month <= to; month = monthsFrom(month, 1)) months.push(month)
  return months
}

export interface Counts {
  attended: number
  missed: number
  excused: number
  /** Past, without an outcome. */
  unsettled: number
  textsSent: number
  textsReceived: number
  partsSent: number
}

const share = (part: number, whole: number) => (whole < fewestForShare ? null : part / whole)

/** Those of which the outcome is known: what was missed is a share of them. */
export const settledOf = ({ attended, missed, excused }: Counts) => attended + missed + excused
export const pastOf = (counts: Counts) => settledOf(counts) + counts.unsettled

/** Null: too few for a percentage. */
export const missedShare = (counts: Counts) => share(counts.missed, settledOf(counts))
export const settledShare = (counts: Counts) => share(settledOf(counts), pastOf(counts))
export const receivedShare = ({ textsSent, textsReceived }: Counts) => share(textsReceived, textsSent)
export const partsOfText = ({ textsSent, partsSent }: Counts) =>
  textsSent === 0 ? null : partsSent / textsSent

/** How the missed share changed from the first month of a period to its last, where both have one. */
export function changeOver(
  months: readonly { month: Month; counts: Counts }[],
): { since: Month; by: number } | null {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last || first === last) return null
  const [before, after] = [missedShare(first.counts), missedShare(last.counts)]
  return before === null || after === null ? null : { since: first.month, by: after - before }
}
