/**
 * How every client of ours reaches the database. Instants are read and written in UTC whatever the
 * database or the role prefers: Prisma's driver sends their digits without an offset, and reads them
 * back so. Said in the first packet, it costs no trip and no default wins over it. A wire that no longer
 * leads anywhere (a failover) is noticed in seconds, not in hours.
 */
export function connectionTo(databaseUrl: string, settings: Readonly<Record<string, string>> = {}) {
  const url = new URL(databaseUrl)
  const ours = Object.entries({ TimeZone: 'UTC', ...settings }).map(([name, value]) => `-c ${name}=${value}`)
  url.searchParams.set('options', [url.searchParams.get('options'), ...ours].filter(Boolean).join(' '))
  return { connectionString: url.href, keepAlive: true, keepAliveInitialDelayMillis: 10_000 }
}
