/** One line a figure: `name  value unit  target  ok|short`. */

let short = 0

interface Target {
  /** The value must not pass it; with `least`, must reach it. */
  target?: number
  least?: boolean
}

/** Prints a figure and remembers whether it fell short. Without target: a baseline, told and not judged. */
export function figure(
  name: string,
  value: number,
  unit: string,
  { target, least = false }: Target = {},
): void {
  const met = target === undefined || (least ? value >= target : value <= target)
  if (!met) short += 1
  const wanted = target === undefined ? 'baseline' : `${least ? '>=' : '<='} ${target} ${unit}`
  const verdict = target === undefined ? '' : met ? 'ok' : 'short'
  const rounded = value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
  process.stdout.write(
    `${name.padEnd(44)}${`${rounded} ${unit}`.padStart(14)}  ${wanted.padEnd(14)}  ${verdict}\n`,
  )
}

export const fellShort = () => short > 0

/** The value that 95 in 100 do not pass. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN
}
