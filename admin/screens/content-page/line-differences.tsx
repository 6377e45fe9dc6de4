import styles from './content-page.module.css'

/** What changed between two texts of many lines: the lines taken out and put in, with one line around them. */
export function LineDifferences({ from, to }: { from: readonly string[]; to: readonly string[] }) {
  const lines = compared(from, to)
  const shown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - 1), at + 2).some(({ kind }) => kind !== 'same'),
  )
  if (!shown.includes(true)) return <p className="hint">Aucune différence.</p>
  return (
    <div className={styles.differences}>
      {lines.map(({ kind, text }, at) => {
        if (!shown[at]) return shown[at - 1] ? <p key={at}>…</p> : null
        if (kind === 'same') return <p key={at}>{text || '\u00a0'}</p>
        return (
          <p key={at}>
            <span className="visually-hidden">{kind === 'added' ? 'Ajouté\u00a0: ' : 'Retiré\u00a0: '}</span>
            {kind === 'added' ? <ins>{text || '\u00a0'}</ins> : <del>{text || '\u00a0'}</del>}
          </p>
        )
      })}
    </div>
  )
}

interface Line {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** By the longest run of lines in common. */
function compared(from: readonly string[], to: readonly string[]): Line[] {
  const common = Array.from({ length: from.length + 1 }, () => new Uint16Array(to.length + 1))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--) {
      const row = common[i]
      if (row) row[j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      lines.push({ kind: 'same', text: from[i] ?? '' })
      i++
      j++
    } else if (j >= to.length || (i < from.length && at(i + 1, j) >= at(i, j + 1)))
      lines.push({ kind: 'removed', text: from[i++] ?? '' })
    else lines.push({ kind: 'added', text: to[j++] ?? '' })
  }
  return lines
}
