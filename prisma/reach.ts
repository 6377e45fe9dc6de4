import pg from 'pg'
import { connectionTo } from '../resources/shared/connection'

/**
 * Throws one sentence when the database of DATABASE_URL does not open: a process that cannot work says so
 * when it starts, to whoever wrote the address.
 */
export async function assertReachable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ ...connectionTo(databaseUrl), connectionTimeoutMillis: 30_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`${whyNot(error, new URL(databaseUrl))} Voir DATABASE_URL.`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}

function whyNot(error: unknown, { host, pathname }: URL): string {
  const codes = [error, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])].map((one) =>
    typeof one === 'object' && one !== null && 'code' in one ? String(one.code) : '',
  )
  const is = (...some: string[]) => codes.some((code) => some.includes(code))
  if (is('ENOTFOUND', 'EAI_AGAIN')) return `Aucune machine ne répond au nom ${host}.`
  if (is('28P01', '28000')) return `La base de données ${host} refuse cet utilisateur ou son mot de passe.`
  if (is('3D000')) return `La base de données ${pathname.slice(1)} n’existe pas sur ${host}.`
  return `La base de données ne répond pas sur ${host}.`
}
