import { hash, verify } from '@node-rs/argon2'
import { TooMany } from '../../shared/errors'

/** A hash no password opens: an account without one takes as long to refuse as the others. */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$8xNhN7Jm2zyjHyzXg0NK6g$M1S7zKUiqgkDmVX1oxnp4V0qX3wZ5k7Xq0o9w2nJp3c'

/**
 * Hashing takes a whole core for as long as it lasts: a few at once, the others in line. A line longer
 * than a country's agents at nine o'clock is refused, so that nobody else waits.
 */
const longestLine = 150

function line(atOnce: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= longestLine) throw new TooMany('passwords to hash')
    if (running < atOnce) running += 1
    else await new Promise<void>((turn) => waiting.push(turn))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** Whoever tries passwords on persons' spaces makes no agent wait. */
const lines = { agent: line(2), person: line(1) }
type Line = keyof typeof lines

/** Argon2id; the library's defaults are those OWASP recommends (19 MiB, 2 passes). */
export const hashPassword = (password: string, of: Line = 'agent'): Promise<string> =>
  lines[of](() => hash(password))

/** Whether the password is the one of this hash. Null: no, after the same time. */
export async function isPassword(
  password: string,
  passwordHash: string | null,
  of: Line = 'agent',
): Promise<boolean> {
  const right = await lines[of](() => verify(passwordHash ?? nobody, password))
  return right && passwordHash !== null
}

/** Dictionaries are several megabytes and serve only when a password is chosen. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, common, french] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-fr'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
    useLevenshteinDistance: false,
  })
}
let estimator: ReturnType<typeof loadEstimator> | undefined

/** Enough to judge by; the time it takes grows fast with the length. */
const judged = 40

/**
 * Whether a password would be found soon, above all by who knows the person (decision A2). Judged
 * as it is, then without the words about them: a name and a year look strong to an estimator that
 * counts how many words it has to combine.
 */
export async function isGuessable(
  password: string,
  aboutThePerson: readonly string[],
  of: Line = 'agent',
): Promise<boolean> {
  estimator ??= loadEstimator()
  const zxcvbn = await estimator
  const start = password.slice(0, judged)
  const words = [...aboutThePerson, 'suivi justice msj spip tribunal']
    .flatMap((text) => unaccented(text).split(/[^a-z0-9]+/))
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
  const without = words.reduce((rest, word) => rest.replaceAll(word, ' '), unaccented(start))
  return lines[of](() =>
    Promise.resolve([start, without].some((text) => zxcvbn.check(text, words).score < 3)),
  )
}

function unaccented(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
