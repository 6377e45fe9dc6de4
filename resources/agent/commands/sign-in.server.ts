import { recordAudit } from '../../audit/commands.server'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keyedDigest } from '../../shared/digest.server'
import { day } from '../../shared/duration'
import { dropJob, enqueue } from '../../shared/enqueue.server'
import { lock, lockKey } from '../../shared/lock.server'
import { isPassword } from './password-hash.server'
import { sendAccountMail } from '../jobs'
import { afterTry, isLocked, knowsBrowser, lockLasts, triesAllowed, type Tries } from '../rules'
import { signInInput } from '../schema'

/** Tries that no row of an agent counts: one year, then the nightly task erases them. */
const triesKeptFor = 365 * day

export type SignInResult =
  { outcome: 'opened'; agentId: number } | { outcome: 'wrong'; triesLeft: number } | { outcome: 'locked' }

/**
 * Tries a password (decision A1). A wrong one is a result, not a refusal: an error would undo the
 * count. An e-mail nobody has is counted, warned and locked like the others, by the same number of
 * statements and the same hashing, so that no answer and no delay tells which e-mails are known.
 *
 * A browser that this agent has signed in from counts its own tries: strangers who know an e-mail
 * cannot shut its agent out, nor end what is open.
 */
export const signIn = preparedCommand(
  signInInput,
  async (ctx: Context, { email, password }) => {
    const agent = await ctx.tx.agent.findUnique({
      where: { email },
      select: { id: true, passwordHash: true },
    })
    return { ...agent, right: await isPassword(password, agent?.passwordHash ?? null) }
  },
  async (ctx: Context, { email, browser }, checked): Promise<SignInResult> => {
    const { id } = checked
    const strangers = keyedDigest('sign-in', email)
    const known = id !== undefined && browser !== null && knowsBrowser(browser, id, ctx.now)
    const key = known ? keyedDigest('known-browser', `${browser.id} ${id}`) : strangers
    await lockKey(ctx, strangers)
    await lock(ctx, { agent: id ?? 0 })
    const agent = await ctx.tx.agent.findUnique({
      where: { id: id ?? 0 },
      select: { id: true, passwordHash: true, failedAttempts: true, lockedAt: true },
    })
    // The password may have been changed while it was checked.
    const right = checked.right && agent?.passwordHash === checked.passwordHash

    const before = agent && !known ? agent : await triesUnder(ctx, key)
    const { outcome, ...tries } = afterTry(before, right, ctx.now)
    if (agent && !known) await keepOfAgent(ctx, agent.id, tries)
    else await keepUnder(ctx, key, agent?.id ?? null, tries)
    if (agent && outcome === 'opened')
      await ctx.tx.agent.update({
        where: { id: agent.id },
        data: { lastSignInAt: ctx.now },
        select: { id: true },
      })
    if (outcome === 'locked' && !isLocked(before, ctx.now)) await tellOfLock(ctx, agent, tries)
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

/** A lock reached from a browser of theirs is one of the account too: an admin sees it and opens it. */
async function tellOfLock(ctx: Context, agent: (Tries & { id: number }) | null, tries: Tries): Promise<void> {
  // For nobody, as many statements.
  if (!agent) return dropJob(ctx, 'nobody')
  if (!isLocked(agent, ctx.now)) await keepOfAgent(ctx, agent.id, tries)
  await enqueue(ctx, sendAccountMail, {
    agentId: agent.id,
    template: 'account_locked',
    at: ctx.now.toISOString(),
  })
}

async function triesUnder(ctx: Context, key: string): Promise<Tries> {
  const row = await ctx.tx.signInTries.findUnique({
    where: { key },
    select: { failedAttempts: true, lockedAt: true },
  })
  return row ?? { failedAttempts: 0, lockedAt: null }
}

async function keepOfAgent(ctx: Context, id: number, { failedAttempts, lockedAt }: Tries): Promise<void> {
  await ctx.tx.agent.update({ where: { id }, data: { failedAttempts, lockedAt }, select: { id: true } })
}

async function keepUnder(
  ctx: Context,
  key: string,
  agentId: number | null,
  { failedAttempts, lockedAt }: Tries,
): Promise<void> {
  // The count of a known account has no end; this one is kept long enough to look the same.
  const expiresAt = new Date(ctx.now.getTime() + (lockedAt ? lockLasts : triesKeptFor))
  const kept = { agentId, failedAttempts, lockedAt, expiresAt }
  await ctx.tx.signInTries.upsert({
    where: { key },
    create: { key, ...kept },
    update: kept,
    select: { key: true },
  })
}

/** Opens an account to passwords again, from everywhere. */
export async function forgetTries(ctx: Context, agentId: number): Promise<void> {
  await keepOfAgent(ctx, agentId, { failedAttempts: 0, lockedAt: null })
  await ctx.tx.signInTries.deleteMany({ where: { agentId } })
}
