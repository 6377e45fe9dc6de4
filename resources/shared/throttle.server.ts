import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { pool } from './db.server'
import { keyedDigest } from './digest.server'

/**
 * How many failures (sign-in) or requests are taken from one network, and from all together.
 * A ministry leaves by few addresses: one network is thousands of agents.
 */
const limits = {
  'sign-in': { seconds: 15 * 60, network: 300, all: 3_000 },
  /** STOP links that lead nowhere: somebody tries tokens. */
  'unknown-stop-link': { seconds: 60 * 60, network: 200, all: 2_000 },
  'password-reset': { seconds: 60 * 60, network: 100, all: 1_000 },
} as const
type Throttled = keyof typeof limits

function limiter(name: Throttled, scope: 'network' | 'all') {
  return new RateLimiterPostgres({
    storeClient: pool,
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: `${name}-${scope}`,
    points: limits[name][scope],
    duration: limits[name].seconds,
  })
}

const limiters = Object.fromEntries(
  (Object.keys(limits) as Throttled[]).map((name) => [
    name,
    { network: limiter(name, 'network'), all: limiter(name, 'all') },
  ]),
) as Record<Throttled, Record<'network' | 'all', RateLimiterPostgres>>

/** Neighbours count together: /24 in IPv4, /48 in IPv6. Kept as a digest, an address is personal. */
function networkOf(ip: string): string {
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(ip)?.[1]
  return keyedDigest('network', v4 ?? ip.split(':').slice(0, 3).join(':'))
}

/** Whether this network, or everybody together, has used up what is allowed. */
export async function isThrottled(name: Throttled, ip: string): Promise<boolean> {
  const { network, all } = limiters[name]
  const counts = await Promise.all([network.get(networkOf(ip)), all.get('all')])
  return counts.some((count) => count !== null && count.remainingPoints <= 0)
}

/** Counts one against the network and against everybody. */
export async function countAgainst(name: Throttled, ip: string): Promise<void> {
  const { network, all } = limiters[name]
  await Promise.all([network.penalty(networkOf(ip)), all.penalty('all')])
}
