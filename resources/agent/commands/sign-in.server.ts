import { recordAudit } from '../../audit/commands.server'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keyedDigest } from '../../shared/digest.server'
import { dropJob, enqueue } from '../../shared/enqueue.server'
import { lockKey } from '../../shared/lock.server'
import { charterVersion } from '../charter'
import { isPassword } from './password-hash.server'
import { sendAccountMail } from '../jobs'
import { afterTry, isLocked, knowsBrowser, triesAllowed, type Tries } from '../rules'
import { signInInput } from '../schema'
import { agentNamed, keepOfAgent, keepUnder, lockAgent, triesUnder } from './sign-in.sql.server'

export type SignInResult =
  | { outcome: 'opened'; agentId: number; charterAccepted: boolean }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'locked' }

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
    const agent = await agentNamed(ctx, email)
    return { ...agent, right: await isPassword(password, agent?.passwordHash ?? null) }
  },
  async (ctx: Context, { email, browser }, checked): Promise<SignInResult> => {
    const { id } = checked
    const strangers = keyedDigest('sign-in', email)
    const known = id !== undefined && browser !== null && knowsBrowser(browser, id, ctx.now)
    const key = known ? keyedDigest('known-browser', `${browser.id} ${id}`) : strangers
    await lockKey(ctx, strangers)
    const agent = await lockAgent(ctx, id ?? 0)
    // The password may have been changed while it was checked.
    const right = checked.right && agent?.passwordHash === checked.passwordHash

    const under = await triesUnder(ctx, key)
    const before = agent && !known ? agent : under
    const { outcome, ...tries } = afterTry(before, right, ctx.now)
    if (!agent || known) await keepUnder(ctx, key, agent?.id ?? null, tries)
    if (agent && (!known || outcome === 'opened'))
      await keepOfAgent(ctx, agent.id, known ? agent : tries, outcome === 'opened' ? ctx.now : null)
    if (outcome === 'locked' && !isLocked(before, ctx.now)) await tellOfLock(ctx, agent, tries)
    await recordAudit(ctx, {
      action: `sign_in_${outcome}`,
      subject: 'agent',
      ...(agent && { subjectId: agent.id }),
    })

    if (outcome === 'opened' && agent)
      return { outcome, agentId: agent.id, charterAccepted: agent.charterVersion === charterVersion }
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

/** Opens an account to passwords again, from everywhere. */
export async function forgetTries(ctx: Context, agentId: number): Promise<void> {
  await keepOfAgent(ctx, agentId, { failedAttempts: 0, lockedAt: null })
  await ctx.tx.signInTries.deleteMany({ where: { agentId } })
}
