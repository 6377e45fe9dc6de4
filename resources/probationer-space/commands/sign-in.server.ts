import { isPassword } from '../../agent/commands/password-hash.server'
import { recordAudit } from '../../audit/commands.server'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { keyedDigest } from '../../shared/digest.server'
import { lockKey } from '../../shared/lock.server'
import { afterSpaceTry, triesKeptFor } from '../rules'
import { numbersTyped, signInToSpaceInput } from '../schema'
import { accountUnder, keepTries, lockAccount, signedInOn, triesUnder } from './sign-in.sql.server'

/** Of a session to open. */
export interface OpenedSpace {
  accountId: number
  probationerId: number
}

/** Tries are counted under the number that was meant, or under what was typed. */
const keyOf = (phone: string): string => keyedDigest('space-sign-in', phone)

/** Opens an account to passwords again. */
export async function forgetSpaceTries(ctx: Context, phone: string): Promise<void> {
  await ctx.tx.spaceSignInTries.deleteMany({ where: { key: keyOf(phone) } })
}

/** The same of a person, before their number is erased with them. */
export async function forgetSpaceTriesOf(ctx: Context, probationerId: number): Promise<void> {
  const person = await ctx.tx.probationer.findUnique({
    where: { id: probationerId },
    select: { phone: true },
  })
  if (person?.phone) await forgetSpaceTries(ctx, person.phone)
}

/** Where the tries on a number stand. */
export const spaceTriesOf = (ctx: Context, phone: string) => triesUnder(ctx, keyOf(phone))

/**
 * Tries a password. A wrong one is a result, not a refusal: an error would undo the count. A number that nobody has, or
 * whose space is closed, is counted, waited for and refused by the same statements and the same hashing: neither answer
 * nor delay tells who has a space.
 *
 * @returns null for anything but the right password of an open space.
 */
export const signInToSpace = preparedCommand(
  signInToSpaceInput,
  async (ctx: Context, { phone, password }) => {
    const account = await accountUnder(ctx, numbersTyped(phone))
    return { account, isRight: await isPassword(password, account?.passwordHash ?? null, 'person') }
  },
  async (ctx: Context, { phone }, { account, isRight }): Promise<OpenedSpace | null> => {
    const key = keyOf(account?.phone ?? numbersTyped(phone)[0] ?? phone)
    await lockKey(ctx, key)
    const held = await lockAccount(ctx, account?.accountId ?? 0)
    // Changed or closed while it was checked.
    const opens = isRight && held !== null && held.passwordHash === account?.passwordHash
    const { isOpen, ...tries } = afterSpaceTry(await triesUnder(ctx, key), opens, ctx.now)
    await keepTries(ctx, key, tries, new Date(ctx.now.getTime() + triesKeptFor))
    await signedInOn(ctx, isOpen && held ? held.accountId : 0)
    await recordAudit(ctx, {
      action: isOpen ? 'sign_in_opened' : 'sign_in_wrong',
      subject: 'space',
      ...(held && { probationerId: held.probationerId }),
    })
    return isOpen && held ? { accountId: held.accountId, probationerId: held.probationerId } : null
  },
)
