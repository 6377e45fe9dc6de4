/** A stretch of two texts side by side: in both, in the second one only, in the first one only. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** A datum, a word or a sign, with the blanks that follow it; the end of a line is one of them. */
const wordsOf = (text: string) => text.match(/(?:\{[^{}]*\}|[\p{L}\p{M}\p{N}'’-]+|[^\s])[^\S\n]*|\n/gu) ?? []

/** What the second text says more and less than the first, word by word. */
export function compareTexts(first: string, second: string): Stretch[] {
  const [before, after] = [wordsOf(first), wordsOf(second)]
  const isSame = (i: number, j: number) => before[i]?.trim() === after[j]?.trim()
  // The longest run in common from each pair of places on: a word weighs more than the end of a line.
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i]
      const weight = before[i] === '\n' ? 1 : 2
      if (row) row[j] = isSame(i, j) ? at(i + 1, j + 1) + weight : Math.max(at(i + 1, j), at(i, j + 1))
    }

  const stretches: Stretch[] = []
  const say = (kind: Stretch['kind'], word = '') => {
    const last = stretches.at(-1)
    if (last?.kind === kind) last.text += word
    else stretches.push({ kind, text: word })
  }
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && isSame(i, j)) {
      // With the blank that one of them has: what comes after may be of that one.
      const [old = '', now = ''] = [before[i++], after[j++]]
      say('same', old.length > now.length ? old : now)
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1)))
      say('removed', before[i++])
    else say('added', after[j++])
  }
  return stretches
}
