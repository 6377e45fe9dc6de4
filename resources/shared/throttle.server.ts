import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import type { AgentActor, ProbationerActor } from './actor'
import { pool } from './db.server'
import { keyedDigest } from './digest.server'
import { env } from './env.server'
import { TooMany } from './errors'
import { log } from './log.server'

/**
 * How many of an act one network may do before it waits, and how many by all together, in one process, are
 * told to the log, never refused: a limit for everybody would be a switch anybody can pull.
 *
 * The ministry leaves by few addresses, so one network may be ten thousand agents. Each right
 * password gives three failures back, as many as lock an account: a network is refused only when it
 * fails, in a quarter of an hour, 1,000 times more than three times its successes. Agents never do,
 * were one in two to mistype. One address that tries a list of accounts gets 1,000 passwords a quarter,
 * two an account before its lock, and each takes 10^8 guesses to find (decision A2).
 *
 * A forgotten password cannot be told from a made-up one without saying which e-mails are known:
 * 500 a quarter is a whole court on the morning after its holidays.
 */
const limits = {
  /** Wrong passwords. */
  'sign-in': { seconds: 15 * 60, network: 1_000, all: 5_000 },
  'password-reset': { seconds: 15 * 60, network: 500, all: 2_000 },
  /** Persons' spaces: one operator's phones share a network, and each number has waits of its own. */
  'space-sign-in': { seconds: 15 * 60, network: 1_000, all: 5_000 },
  /** Five SMS a day to one number whatever the network, which thousands of phones of one operator may share. */
  'space-reset': { seconds: 60 * 60, network: 100, all: 1_000 },
  'unknown-space-link': { seconds: 60 * 60, network: 200, all: 2_000 },
  /** Links that lead nowhere: somebody tries tokens. A good one is answered whatever the count. */
  'unknown-stop-link': { seconds: 60 * 60, network: 200, all: 2_000 },
  /** Those of calendars too: an address that was stopped goes on being asked by each calendar that had it. */
  'unknown-calendar': { seconds: 60 * 60, network: 2_000, all: 20_000 },
  'unknown-receipt': { seconds: 60 * 60, network: 2_000, all: 20_000 },
  /** Forms of the public site: one operator's phones, or one court, share a network. */
  'site-request': { seconds: 60 * 60, network: 60, all: 1_000 },
  /** What tells a service that somebody cannot come: a whole operator's phones may be one network. */
  absence: { seconds: 60 * 60, network: 600, all: 5_000 },
  'page-vote': { seconds: 60 * 60, network: 200, all: 20_000 },
} as const
type Throttled = keyof typeof limits

/** What one success of a network gives back to it. */
const forgiven = 3

const limiters = Object.fromEntries(
  (Object.keys(limits) as Throttled[]).map((name) => {
    const { network, all, seconds } = limits[name]
    return [
      name,
      {
        network: new RateLimiterPostgres({
          storeClient: pool,
          tableName: 'rate_limit',
          tableCreated: true,
          keyPrefix: `${name}-network`,
          points: network,
          duration: seconds,
        }),
        // Refuses nobody: a row that every try of a country writes would make them wait for each other.
        all: new RateLimiterMemory({ points: all, duration: seconds }),
      },
    ]
  }),
) as Record<Throttled, { network: RateLimiterPostgres; all: RateLimiterMemory }>

/** Neighbours count together: /24 in IPv4, /48 in IPv6. Kept as a digest, an address is personal. */
function networkOf(ip: string): string {
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(ip)?.[1]
  return keyedDigest('network', v4 ?? ip.split(':').slice(0, 3).join(':'))
}

/** Counts one against the network and among all; whether the network now goes beyond what is allowed. */
export async function countAgainst(name: Throttled, ip: string): Promise<boolean> {
  const { network, all } = limiters[name]
  const [ofNetwork, ofAll] = await Promise.all([network.penalty(networkOf(ip)), all.penalty('all')])
  warnAt(name, 'network', ofNetwork.consumedPoints)
  warnAt(name, 'all', ofAll.consumedPoints)
  return ofNetwork.consumedPoints > limits[name].network
}

/** Counts go up one by one: said when the number is reached, not at each attempt beyond. */
function warnAt(name: Throttled, scope: 'network' | 'all', count: number): void {
  if (count === limits[name][scope])
    log.warn({ act: name, scope, count }, 'many attempts: is somebody guessing?')
}

/** Takes back what was counted before it was known, and gives back what a success there proves. */
export async function countSuccess(name: Throttled, ip: string): Promise<void> {
  await limiters[name].network.reward(networkOf(ip), 1 + forgiven)
  await limiters[name].all.reward('all', 1)
}

/** Takes back what was counted before it was known to be nothing. */
export async function uncount(name: Throttled, ip: string): Promise<void> {
  await limiters[name].network.reward(networkOf(ip), 1)
  await limiters[name].all.reward('all', 1)
}

/** How many of an act one agent, or one person in their space, may do before they wait. */
const limitsOfActor = {
  /** What is known of a person being typed: faster than anybody types. */
  'typed-person': { seconds: 60, points: 30 },
  /** One person of the country by exact identity: as many as a hearing sends. */
  identity: { seconds: 10 * 60, points: 20 },
  /** The present password, asked again by who is signed in. */
  'own-password': { seconds: 15 * 60, points: 5 },
} as const
type LimitedByActor = keyof typeof limitsOfActor

const limitersOfActor = Object.fromEntries(
  (Object.keys(limitsOfActor) as LimitedByActor[]).map((name) => [
    name,
    new RateLimiterPostgres({
      storeClient: pool,
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: name,
      points: limitsOfActor[name].points,
      duration: limitsOfActor[name].seconds,
    }),
  ]),
) as Record<LimitedByActor, RateLimiterPostgres>

/**
 * Counts one against whoever acts, outside any transaction: a refusal does not undo it.
 *
 * @throws TooMany beyond what is allowed.
 */
export async function countByActor(
  name: LimitedByActor,
  { kind, id }: AgentActor | ProbationerActor,
): Promise<void> {
  const { consumedPoints } = await limitersOfActor[name].penalty(`${kind}-${id}`)
  refuseBeyond(limitsOfActor[name].points, consumedPoints, {
    act: name,
    ...(kind === 'agent' && { agentId: id }),
  })
}

/** By process: a script is stopped without a write for each letter that agents type. */
const searches = new RateLimiterMemory({ points: env.SEARCHES_PER_MINUTE, duration: 60 })

/**
 * Counts one search of an agent among persons, agents, places.
 *
 * @throws TooMany beyond what anybody types.
 */
export async function countSearch(agentId: number): Promise<void> {
  const { consumedPoints } = await searches.penalty(agentId)
  refuseBeyond(env.SEARCHES_PER_MINUTE, consumedPoints, { act: 'search', agentId })
}

/** By process, as searches: calendars of several machines ask every few minutes, at the shortest. */
const calendarReadings = new RateLimiterMemory({ points: 60, duration: 10 * 60 })

/**
 * Counts one reading of the calendar of an agent.
 *
 * @throws TooMany beyond what calendars ask.
 */
export async function countCalendarReading(agentId: number): Promise<void> {
  const { consumedPoints } = await calendarReadings.penalty(agentId)
  refuseBeyond(calendarReadings.points, consumedPoints, { act: 'calendar', agentId })
}

function refuseBeyond(points: number, consumed: number, who: { act: string; agentId?: number }): void {
  if (consumed === points + 1) log.warn(who, 'somebody asks too often')
  if (consumed > points) throw new TooMany(who.act)
}
