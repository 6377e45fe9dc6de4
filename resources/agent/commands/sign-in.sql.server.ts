import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'
import { lockLasts, type Tries } from '../rules'

/** Signing in, in SQL: at nine o'clock a country does, and Prisma would cost more than the statements. */

/** Tries that no row of an agent counts: one year, then the nightly task erases them. */
const triesKeptFor = 365 * day

/** The account of an e-mail, and what opens it. */
export async function agentNamed(
  ctx: Context,
  email: string,
): Promise<Pick<Account, 'id' | 'passwordHash'> | undefined> {
  const [agent] = await rowsOf<Pick<Account, 'id' | 'passwordHash'>>(
    ctx,
    Prisma.sql`SELECT id, password_hash AS "passwordHash" FROM agent WHERE email = ${email} AND deleted_at IS NULL`,
  )
  return agent
}

interface Account extends Tries {
  id: number
  passwordHash: string | null
  charterVersion: string | null
}

/** The account as it is, and until the end of the transaction. */
export async function lockAgent(ctx: Context, id: number): Promise<Account | null> {
  const [agent] = await rowsOf<Account>(
    ctx,
    Prisma.sql`
      SELECT id, password_hash AS "passwordHash", failed_attempts AS "failedAttempts", locked_at AS "lockedAt",
             security_charter_version AS "charterVersion"
        FROM agent WHERE id = ${id} AND deleted_at IS NULL FOR NO KEY UPDATE`,
  )
  return agent ?? null
}

export async function triesUnder(ctx: Context, key: string): Promise<Tries> {
  const [row] = await rowsOf<Tries>(
    ctx,
    Prisma.sql`
      SELECT failed_attempts AS "failedAttempts", locked_at AS "lockedAt" FROM sign_in_tries WHERE key = ${key}`,
  )
  return row ?? { failedAttempts: 0, lockedAt: null }
}

export async function keepOfAgent(
  ctx: Context,
  id: number,
  { failedAttempts, lockedAt }: Tries,
  signedInAt: Date | null = null,
): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
    UPDATE agent SET failed_attempts = ${failedAttempts}, locked_at = ${lockedAt},
                     last_sign_in_at = coalesce(${signedInAt}, last_sign_in_at)
     WHERE id = ${id}`,
  )
}

export async function keepUnder(
  ctx: Context,
  key: string,
  agentId: number | null,
  { failedAttempts, lockedAt }: Tries,
): Promise<void> {
  // The count of a known account has no end; this one is kept long enough to look the same.
  const expiresAt = new Date(ctx.now.getTime() + (lockedAt ? lockLasts : triesKeptFor))
  await rowsOf(
    ctx,
    Prisma.sql`
    INSERT INTO sign_in_tries (key, agent_id, failed_attempts, locked_at, expires_at)
    VALUES (${key}, ${agentId}, ${failedAttempts}, ${lockedAt}, ${expiresAt})
    ON CONFLICT (key) DO UPDATE
       SET agent_id = excluded.agent_id, failed_attempts = excluded.failed_attempts,
           locked_at = excluded.locked_at, expires_at = excluded.expires_at`,
  )
}
