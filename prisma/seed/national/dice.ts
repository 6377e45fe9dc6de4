/** Chance that falls the same way at each run. */
export interface Dice {
  pick: <T>(list: readonly T[]) => T
  /** Letters and digits. */
  word: (length: number) => string
}

/** mulberry32: small, even enough to invent names. */
export function seededDice(seed: number): Dice {
  let state = seed
  const below = (n: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n)
  }
  return {
    pick: (list) => {
      const item = list[below(list.length)]
      if (item === undefined) throw new Error('Nothing to pick from')
      return item
    },
    word: (length) =>
      Array.from({ length }, () => 'abcdefghijkmnpqrstuvwxyz23456789'.charAt(below(32))).join(''),
  }
}
