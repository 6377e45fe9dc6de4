import { useEffect, useId, useRef, useState } from 'react'
import { briefMonthWords, monthWords, percent } from '../../../resources/reporting/fr'
import { missedShare } from '../../../resources/reporting/rules'
import type { Month } from './data'
import styles from './statistics.module.css'

const height = 204
const left = 44
/** The first value is written beside the scale. */
const inset = 24
const right = 26
const [top, bottom] = [24, 172]
/** What the name of a month takes. */
const labelWidth = 46

/** Shares by month as a line: a month with too few appointments has no point, and breaks it. */
export function MissedChart({ months }: { months: readonly Month[] }) {
  const [width, setWidth] = useState(660)
  const ref = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    const box = ref.current
    if (!box) return
    const observer = new ResizeObserver(() => setWidth(Math.max(240, box.clientWidth)))
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  const shares = months.map(({ counts }) => missedShare(counts))
  const step = stepFor(Math.max(...shares.map((share) => share ?? 0)))
  const x = (index: number) =>
    months.length === 1
      ? (left + width - right) / 2
      : left + inset + (index * (width - left - right - inset)) / (months.length - 1)
  const y = (share: number) => bottom - (share / (4 * step)) * (bottom - top)
  const points = shares.flatMap((share, index) =>
    share === null ? [] : [{ index, share, x: x(index), y: y(share), words: percent(share) ?? '' }],
  )
  const every = Math.ceil((months.length * labelWidth) / (width - left - right - inset + labelWidth))
  // Counted from the last one, which is always named.
  const named = months.flatMap(({ month }, index) =>
    (months.length - 1 - index) % every === 0 ? [{ month, index }] : [],
  )
  const ends = [points[0], points.at(-1)].filter(
    (point, index, both) => point && both.indexOf(point) === index,
  )
  return (
    <div ref={ref} className={styles.chart}>
      <svg
        role="img"
        aria-labelledby={`${id}t ${id}d`}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
      >
        <title id={`${id}t`}>Part des convocations manquées, par mois</title>
        <desc id={`${id}d`}>{sentenceOf(months, points)}</desc>
        {[0, 1, 2, 3, 4].map((nth) => (
          <g key={nth}>
            <line className={styles.rule} x1={left} x2={width} y1={y(nth * step)} y2={y(nth * step)} />
            <text x={left - 6} y={y(nth * step) + 4} textAnchor="end">
              {`${Math.round(nth * step * 100)}\u00a0%`}
            </text>
          </g>
        ))}
        {piecesOf(points).map((piece) => (
          <polyline
            key={piece[0]?.index}
            className={styles.line}
            points={piece.map((point) => `${point.x},${point.y}`).join(' ')}
          />
        ))}
        {points.map((point) => (
          <circle key={point.index} className={styles.point} cx={point.x} cy={point.y} r={4} />
        ))}
        {named.map(({ month, index }, nth) => (
          <text key={month} x={x(index)} y={bottom + 22} textAnchor="middle">
            {briefMonthWords(month, nth === 0)}
          </text>
        ))}
        {ends.map(
          (point) =>
            point && (
              <text
                key={point.index}
                className={styles.value}
                x={point.x}
                y={point.y - 11}
                textAnchor="middle"
              >
                {point.words}
              </text>
            ),
        )}
      </svg>
    </div>
  )
}

interface Point {
  index: number
  share: number
  x: number
  y: number
  words: string
}

/** Four lines above zero, a round number apart, the last one above what is drawn. */
const stepFor = (most: number) =>
  [0.01, 0.02, 0.03, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2].find((step) => 4 * step >= most) ?? 0.25

/** Points one month after the other. */
function piecesOf(points: readonly Point[]): Point[][] {
  const pieces: Point[][] = []
  for (const point of points) {
    const last = pieces.at(-1)
    if (last?.at(-1)?.index === point.index - 1) last.push(point)
    else pieces.push([point])
  }
  return pieces
}

function sentenceOf(months: readonly Month[], points: readonly Point[]): string {
  const said = (point: Point | undefined) =>
    point ? `${point.words} en ${monthWords(months[point.index]?.month ?? '')}` : ''
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return 'Trop peu de convocations chaque mois pour un pourcentage.'
  return first === last ? `${said(first)}.` : `De ${said(first)} à ${said(last)}.`
}
