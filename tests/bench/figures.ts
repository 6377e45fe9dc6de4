/** One line a figure: `name  value unit  target  ok|short`. */

let short = 0

interface Judgement {
  /** The value must not pass it; with `least`, must reach it. Without target it is told, not judged. */
  target?: number
  least?: boolean
  /** What the ratios of the same run are made with. */
  baseline?: boolean
}

/** Prints a figure and remembers whether it fell short. */
export function figure(
  name: string,
  value: number,
  unit: string,
  { target, least = false, baseline = false }: Judgement = {},
): void {
  const met = target === undefined || (least ? value >= target : value <= target)
  if (!met) short += 1
  const told = baseline ? 'baseline' : '-'
  const wanted = target === undefined ? told : `${least ? '>=' : '<='} ${target} ${unit}`
  const verdict = target === undefined ? '' : met ? 'ok' : 'short'
  const rounded = value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
  process.stdout.write(
    `${name.padEnd(56)}${`${rounded} ${unit}`.padStart(12)}  ${wanted.padEnd(12)}  ${verdict}\n`,
  )
}

export const fellShort = () => short > 0

/** The value that 95 in 100 do not pass. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN
}
