/** One line a figure: `name  value unit  target  ok|short`. */

let short = 0
let pace = 1

/** What targets in milliseconds are given for: a machine whose Express, as it comes, answers ten clients so. */
const expressOfTheTargets = 6

/** A slower machine, or one that is busy, is asked for as much less. */
export function paceOf(express: number): void {
  pace = express / expressOfTheTargets
  figure('pace of this machine (express_p95 / 6 ms)', pace, 'x', { baseline: true })
}

interface Judgement {
  /** The value must not pass it; with `least`, must reach it. Without target it is told, not judged. */
  target?: number
  least?: boolean
  /** Milliseconds, to be had on the machine of the targets: scaled to the pace of this one. */
  paced?: boolean
  /** What the ratios of the same run are made with. */
  baseline?: boolean
}

/** Prints a figure and remembers whether it fell short. */
export function figure(
  name: string,
  value: number,
  unit: string,
  { target, least = false, paced = false, baseline = false }: Judgement = {},
): void {
  const limit = target === undefined ? undefined : target * (paced ? pace : 1)
  const met = limit === undefined || (least ? value >= limit : value <= limit)
  if (!met) short += 1
  const told = baseline ? 'baseline' : '-'
  const given = paced && pace !== 1 ? ` (${target} paced)` : ''
  const wanted = limit === undefined ? told : `${least ? '>=' : '<='} ${rounded(limit)} ${unit}${given}`
  const verdict = limit === undefined ? '' : met ? 'ok' : 'short'
  process.stdout.write(
    `${name.padEnd(58)}${`${rounded(value)} ${unit}`.padStart(12)}  ${wanted.padEnd(24)}  ${verdict}\n`,
  )
}

const rounded = (value: number) =>
  value >= 100 || Number.isInteger(value)
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value.toFixed(2)

export const fellShort = () => short > 0

/** The value that so many in 100 do not pass. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
export const p95 = (values: readonly number[]) => percentile(values, 95)
export const median = (values: readonly number[]) => percentile(values, 50)
