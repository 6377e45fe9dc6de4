import { recordAudit } from '../../audit/commands.server'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keyedDigest } from '../../shared/digest.server'
import { day } from '../../shared/duration'
import { lock, lockKey } from '../../shared/lock.server'
import { isPassword } from './password-hash.server'
import { afterTry, lockLasts, triesAllowed, type Tries } from '../rules'
import { signInInput } from '../schema'
import { endSessions } from './sessions.server'

/** Tries on an e-mail nobody has: one year, then the clean-up of the rate limits drops them. */
const unknownKeptFor = 365 * day

export type SignInResult =
  { outcome: 'opened'; agentId: number } | { outcome: 'wrong'; triesLeft: number } | { outcome: 'locked' }

/**
 * Tries a password (decision A1). A wrong one is a result, not a refusal: an error would undo the
 * count. An e-mail nobody has is counted, warned and locked like the others, by the same number of
 * statements and the same hashing, so that no answer and no delay tells which e-mails are known.
 */
export const signIn = command(
  signInInput,
  async (ctx: Context, { email, password }): Promise<SignInResult> => {
    const agent = await ctx.tx.agent.findUnique({
      where: { email },
      select: { id: true, passwordHash: true },
    })
    // Before the lock: hashing is slow, and tries on one e-mail must not queue behind it.
    const right = await isPassword(password, agent?.passwordHash ?? null)

    const key = `tries-${keyedDigest('sign-in', email)}`
    await lockKey(ctx, key)
    await lock(ctx, { agent: agent?.id ?? 0 })
    const { outcome, ...tries } = afterTry(await triesOn(ctx, agent?.id, key), right, ctx.now)
    await keepTries(ctx, agent?.id, key, tries, outcome === 'opened')
    if (outcome === 'locked') await endSessions(ctx, agent?.id ?? 0)
    await recordAudit(ctx, {
      action: `sign_in_${outcome}`,
      subject: 'agent',
      ...(agent && { subjectId: agent.id }),
    })

    if (outcome === 'opened' && agent) return { outcome, agentId: agent.id }
    if (outcome === 'locked') return { outcome }
    return { outcome: 'wrong', triesLeft: triesAllowed - tries.failedAttempts }
  },
)

async function triesOn(ctx: Context, agentId: number | undefined, key: string): Promise<Tries> {
  if (agentId !== undefined)
    return ctx.tx.agent.findUniqueOrThrow({
      where: { id: agentId },
      select: { failedAttempts: true, lockedAt: true },
    })
  const row = await ctx.tx.rateLimit.findUnique({ where: { key }, select: { points: true, expire: true } })
  return {
    failedAttempts: row?.points ?? 0,
    lockedAt: row?.expire && row.points >= triesAllowed ? new Date(Number(row.expire) - lockLasts) : null,
  }
}

async function keepTries(
  ctx: Context,
  agentId: number | undefined,
  key: string,
  tries: Tries,
  opened: boolean,
): Promise<void> {
  if (agentId !== undefined) {
    const data = opened ? { ...tries, lastSignInAt: ctx.now } : tries
    await ctx.tx.agent.update({ where: { id: agentId }, data, select: { id: true } })
    return
  }
  // The count of a known account has no end; this one is kept long enough to look the same.
  const end = tries.lockedAt ? tries.lockedAt.getTime() + lockLasts : ctx.now.getTime() + unknownKeptFor
  const kept = { points: tries.failedAttempts, expire: BigInt(end) }
  await ctx.tx.rateLimit.upsert({ where: { key }, create: { key, ...kept }, update: kept })
}
