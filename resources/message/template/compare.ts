/** A stretch of two texts side by side: in both, in the second one only, in the first one only. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** A datum, a word or a sign, with the blanks that follow it. */
const wordsOf = (text: string) => text.match(/(?:\{[^{}]*\}|[\p{L}\p{M}\p{N}'’-]+|[^\s])\s*/gu) ?? []

/** What the second text says more and less than the first, word by word. */
export function compareTexts(first: string, second: string): Stretch[] {
  const [before, after] = [wordsOf(first), wordsOf(second)]
  const isSame = (i: number, j: number) => before[i]?.trim() === after[j]?.trim()
  // The longest run of words in common from each pair of places on.
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i]
      if (row) row[j] = isSame(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
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
      say('same', after[j++])
      i++
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1)))
      say('removed', before[i++])
    else say('added', after[j++])
  }
  return stretches
}
