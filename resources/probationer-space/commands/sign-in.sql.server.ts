import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { SpaceTries } from '../rules'

/** Signing in, in SQL: as many statements for a number that nobody has. */

interface Account {
  accountId: number
  probationerId: number
  phone: string
  passwordHash: string | null
}

/** The account of the first of these numbers that somebody has. */
export async function accountUnder(ctx: Context, phones: readonly string[]): Promise<Account | null> {
  const [account] = await rowsOf<Account>(
    ctx,
    Prisma.sql`
      SELECT s.id AS "accountId", p.id AS "probationerId", p.phone, s.password_hash AS "passwordHash"
        FROM probationer p JOIN space_account s ON s.probationer_id = p.id
       WHERE p.phone = ANY (${phones}::text[])
       ORDER BY array_position(${phones}::text[], p.phone) LIMIT 1`,
  )
  return account ?? null
}

/** The account as it is, and until the end of the transaction; null when it was closed. */
export async function lockAccount(
  ctx: Context,
  accountId: number,
): Promise<Pick<Account, 'accountId' | 'probationerId' | 'passwordHash'> | null> {
  const [account] = await rowsOf<Pick<Account, 'accountId' | 'probationerId' | 'passwordHash'>>(
    ctx,
    Prisma.sql`
      SELECT id AS "accountId", probationer_id AS "probationerId", password_hash AS "passwordHash"
        FROM space_account WHERE id = ${accountId} AND revoked_at IS NULL AND accepted_at IS NOT NULL
         FOR NO KEY UPDATE`,
  )
  return account ?? null
}

export async function triesUnder(ctx: Context, key: string): Promise<SpaceTries> {
  const [row] = await rowsOf<SpaceTries>(
    ctx,
    Prisma.sql`
      SELECT failed_attempts AS "failedAttempts", locked_until AS "lockedUntil"
        FROM space_sign_in_tries WHERE key = ${key} AND expires_at > ${ctx.now}::timestamptz`,
  )
  return row ?? { failedAttempts: 0, lockedUntil: null }
}

export async function keepTries(
  ctx: Context,
  key: string,
  { failedAttempts, lockedUntil }: SpaceTries,
  expiresAt: Date,
): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO space_sign_in_tries (key, failed_attempts, locked_until, expires_at)
      VALUES (${key}, ${failedAttempts}, ${lockedUntil}, ${expiresAt})
      ON CONFLICT (key) DO UPDATE
         SET failed_attempts = excluded.failed_attempts, locked_until = excluded.locked_until,
             expires_at = excluded.expires_at`,
  )
}

/** The number is theirs today. Of nobody, as many statements. */
export async function signedInOn(ctx: Context, accountId: number): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`UPDATE space_account SET number_seen_on = ${ctx.now}::timestamptz::date WHERE id = ${accountId}`,
  )
}
